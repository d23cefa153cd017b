"""Import and export of listings: idempotent, whole or not at all, each fault with its remedy."""

import csv
from datetime import date, time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

import offers
from offers.interchange.columns import offer_table, provider_table
from offers.models import OfferPage, ProviderIndexPage, ProviderPage, ScheduleException, SchoolHoliday, Topic
from search.models import OutboxEntry
from tests.offers import builders

pytestmark = pytest.mark.django_db

DEMO = Path(offers.__file__).parent / "data" / "demo"
PROVIDER = {
    "kennung": "kita-nassau",
    "name": "Kita Nassau",
    "art": "kita",
    "strasse": "Amselweg 14",
    "plz": "56377",
    "ort": "Nassau",
    "breite": "50.31812",
    "laenge": "7.79905",
    "email": "kita@example.org",
}
OFFER = {
    "kennung": "krabbelgruppe",
    "anbieter": "kita-nassau",
    "titel": "Krabbelgruppe",
    "art": "gruppe",
    "themen": "begegnung, krabbeln",
    "kurztext": "Babys treffen sich.",
    "beschreibung": "Jeden Mittwoch.\nMit Liedern.",
    "form": "vor_ort",
    "alter_von_monate": "4",
    "alter_bis_monate": "18",
    "zielgruppe": "eltern, kinder",
    "kosten": "kostenfrei",
    "anmeldung": "keine",
    "termine": "FREQ=WEEKLY;BYDAY=WE 09:30-11:00 | 2026-12-03 19:30-21:00",
    "beginnt_am": "2026-08-19",
    "pause_in_schulferien": "ja",
    "sozialraumbudget": "ja",
    "sensibel": "nein",
}


def written(path, names, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def home():
    return builders.home_page()


@pytest.fixture
def bring(tmp_path, capsys):
    """Import rows as files; gives what was printed and the faults, one a line."""

    def run(providers=(PROVIDER,), offers=(OFFER,), **options):
        files = {}
        if providers is not None:
            files["providers"] = written(tmp_path / "anbieter.csv", provider_table().names, providers)
        if offers is not None:
            files["offers"] = written(tmp_path / "angebote.csv", offer_table({}).names, offers)
        capsys.readouterr()
        failed = False
        try:
            call_command("import_offers", **files, **options)
        except CommandError:
            failed = True
        printed = capsys.readouterr()
        assert failed == bool(printed.err)
        return printed.out, printed.err.splitlines()

    return run


def export(folder):
    folder.mkdir(exist_ok=True)
    call_command("export_offers", providers=folder / "anbieter.csv", offers=folder / "angebote.csv")
    return folder / "anbieter.csv", folder / "angebote.csv"


def traces():
    """What any write of a page leaves behind."""
    pages = list(
        Page.objects.order_by("pk").values_list("pk", "path", "latest_revision_id", "last_published_at", "latest_revision_created_at")
    )
    return Revision.objects.count(), OutboxEntry.objects.count(), PageLogEntry.objects.count(), pages


def meaning(path, lists):
    """Rows as what they say: the order within a list does not count, nor zeros at the end of a coordinate."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        row.update((name, sorted(row[name].split(", "))) for name in lists)
    return rows


def test_the_demo_goes_in_whole_comes_out_the_same_and_changes_nothing_when_it_comes_back(home, tmp_path):
    call_command("import_offers", providers=DEMO / "anbieter.csv", offers=DEMO / "angebote.csv")
    assert (ProviderPage.objects.live().count(), OfferPage.objects.live().count()) == (60, 243)
    providers, offers = export(tmp_path / "first")
    assert meaning(providers, []) == meaning(DEMO / "anbieter.csv", [])
    lists = ["themen", "zielgruppe", "sprachen", "barrierefreiheit"]
    assert meaning(offers, lists) == meaning(DEMO / "angebote.csv", lists)

    before = traces()
    with CaptureQueriesContext(connection) as queries:
        call_command("import_offers", providers=providers, offers=offers)
        call_command("import_offers", providers=DEMO / "anbieter.csv", offers=DEMO / "angebote.csv")
    assert traces() == before
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    again = export(tmp_path / "second")
    assert [path.read_bytes() for path in again] == [providers.read_bytes(), offers.read_bytes()]


def test_a_new_page_is_published_as_an_editor_would_publish_it(home, bring):
    heard = []

    def listen(sender, instance, revision, **_):
        heard.append((sender, instance.slug, revision.content["title"]))

    page_published.connect(listen)
    try:
        out, _ = bring()
    finally:
        page_published.disconnect(listen)
    assert out.splitlines() == ["anbieter.csv: 1 neu, 0 geändert, 0 unverändert.", "angebote.csv: 1 neu, 0 geändert, 0 unverändert."]
    assert (OfferPage, "krabbelgruppe", "Krabbelgruppe") in heard
    page = OfferPage.objects.get()
    assert page.live
    assert not page.has_unpublished_changes
    assert page.first_published_at == page.last_published_at
    assert page.live_revision == page.latest_revision == page.get_latest_revision()
    draft = page.get_latest_revision_as_object()
    assert [(each.frequency, each.start_time) for each in draft.schedules.all()] == [("weekly", time(9, 30)), ("once", time(19, 30))]
    assert {topic.slug for topic in draft.topics.all()} == {"begegnung", "krabbeln"}
    assert {entry.action for entry in PageLogEntry.objects.filter(page=page.pk)} == {"wagtail.create", "wagtail.publish"}
    assert page.get_parent().specific == ProviderPage.objects.get()
    assert page.get_url() == "/anbieter/kita-nassau/krabbelgruppe/"


def test_a_new_page_has_what_its_row_says(home, bring):
    bring()
    page = OfferPage.objects.get()
    assert page.description == "Jeden Mittwoch.\nMit Liedern."
    assert (page.min_age_months, page.max_age_months, page.starts_on, page.ends_on) == (4, 18, date(2026, 8, 19), None)
    assert (page.audience, page.languages) == (["eltern", "kinder"], [])
    assert (page.pauses_in_school_holidays, page.pauses_on_public_holidays, page.funded, page.sensitive) == (True, True, True, False)
    assert (page.venue, page.location_point) == ("anbieter", (50.31812, 7.79905))


@pytest.mark.parametrize(
    ("cells", "venue"),
    [
        ({}, "anbieter"),
        ({"form": "zuhause"}, "anbieter"),
        ({"form": "online"}, "keiner"),
        ({"form": "telefon"}, "keiner"),
        ({"treffpunkt": "Bürgerhaus", "ort": "Dausenau"}, "eigener"),
    ],
)
def test_the_venue_follows_from_form_and_address(home, bring, cells, venue):
    bring(offers=[OFFER | cells])
    assert OfferPage.objects.get().venue == venue


def test_a_changed_row_changes_its_cells_and_nothing_else(home, bring):
    bring()
    page = OfferPage.objects.get()
    page.pauses_on_public_holidays = False
    page.pauses_at_closures = False
    page.confirm_every_months = 3
    page.picture_alt = "Kinder am Boden"
    page.exceptions.add(ScheduleException(date=date(2026, 12, 2)))
    page.save_revision().publish()
    rules = list(OfferPage.objects.get().schedules.values_list("pk", flat=True))
    out, _ = bring(offers=[OFFER | {"kurztext": "Anders gesagt.", "kosten": "spende"}])
    assert "angebote.csv: 0 neu, 1 geändert, 0 unverändert." in out
    page = OfferPage.objects.get()
    assert (page.summary, page.cost) == ("Anders gesagt.", "spende")
    assert (page.pauses_in_school_holidays, page.pauses_on_public_holidays, page.pauses_at_closures) == (True, False, False)
    assert (page.confirm_every_months, page.picture_alt) == (3, "Kinder am Boden")
    assert [each.date for each in page.exceptions.all()] == [date(2026, 12, 2)]
    assert list(page.schedules.values_list("pk", flat=True)) == rules
    assert page.get_latest_revision_as_object().summary == "Anders gesagt."


def test_the_pause_of_a_changed_cell_holds_for_public_holidays_too(home, bring):
    bring(offers=[OFFER | {"pause_in_schulferien": "nein"}])
    page = OfferPage.objects.get()
    assert (page.pauses_in_school_holidays, page.pauses_on_public_holidays) == (False, False)
    bring()
    page = OfferPage.objects.get()
    assert (page.pauses_in_school_holidays, page.pauses_on_public_holidays) == (True, True)


def test_an_offer_that_comes_home_forgets_its_own_address(home, bring):
    bring(offers=[OFFER | {"treffpunkt": "Bürgerhaus", "strasse": "Schulweg 2", "ort": "Dausenau", "breite": "50.3", "laenge": "7.7"}])
    bring()
    page = OfferPage.objects.get()
    assert (page.venue, page.venue_name, page.street, page.latitude) == ("anbieter", "", "", None)


def test_an_offer_goes_to_another_provider_and_keeps_its_page(home, bring):
    bring()
    page = OfferPage.objects.get()
    bring(providers=[PROVIDER, PROVIDER | {"kennung": "kita-ems", "name": "Kita Ems"}], offers=[OFFER | {"anbieter": "kita-ems"}])
    moved = OfferPage.objects.get()
    assert moved.pk == page.pk
    assert moved.get_url() == "/anbieter/kita-ems/krabbelgruppe/"
    assert ProviderPage.objects.get(key="kita-ems").numchild == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_line_ends_of_a_form_are_no_change(home, bring, tmp_path):
    bring()
    page = OfferPage.objects.get()
    page.description = "Jeden Mittwoch.\r\nMit Liedern."
    page.save_revision().publish()
    before = traces()
    bring()
    assert traces() == before


@pytest.mark.parametrize(
    ("cells", "column", "part"),
    [
        ({"kennung": ""}, "kennung", "Bitte ausfüllen"),
        ({"kennung": "mit leerzeichen"}, "kennung", ""),
        ({"kennung": "x" * 121}, "kennung", "120"),
        ({"anbieter": "kita-unbekannt"}, "anbieter", "Den Anbieter „kita-unbekannt“ gibt es nicht"),
        ({"anbieter": ""}, "anbieter", "Bitte ausfüllen"),
        ({"titel": ""}, "titel", "Bitte ausfüllen"),
        ({"titel": "x" * 256}, "titel", "255"),
        ({"art": "grupe"}, "art", "Meinten Sie gruppe?"),
        ({"art": ""}, "art", "Möglich sind: gruppe, beratung"),
        ({"themen": "krabeln, musik"}, "themen", "Unbekannt: krabeln. Meinten Sie krabbeln?"),
        ({"kurztext": "x" * 301}, "kurztext", "300"),
        ({"kurztext": "a\x00b"}, "kurztext", "Steuerzeichen"),
        ({"beschreibung": "x" * 20_001}, "beschreibung", "länger als 20000 Zeichen"),
        ({"plz": "5613", "ort": "Bad Ems"}, "plz", "fünf Ziffern"),
        ({"strasse": "Am Markt 1"}, "ort", "braucht einen Ort"),
        ({"breite": "50,3", "laenge": "7.7", "ort": "Nassau"}, "breite", "Punkt statt Komma"),
        ({"breite": "95.1", "laenge": "7.7", "ort": "Nassau"}, "breite", "vertauscht"),
        ({"breite": "50.3", "ort": "Nassau"}, "laenge", "Breite und Länge"),
        ({"form": "online", "ort": "Nassau"}, "form", "keinen Treffpunkt"),
        ({"alter_von_monate": "zwei"}, "alter_von_monate", "keine Zahl von 0 bis 216"),
        ({"alter_bis_monate": "3"}, "alter_bis_monate", "Höchstalter"),
        ({"zielgruppe": "alle"}, "zielgruppe", "Möglich sind: eltern"),
        ({"sprachen": "deutsch"}, "sprachen", "Möglich sind: de"),
        ({"kontakt_email": "kita(at)example.org"}, "kontakt_email", "E-Mail"),
        ({"termine": "mittwochs 9:30"}, "termine", "Beispiele: FREQ=WEEKLY"),
        ({"beginnt_am": "19.08.2026"}, "beginnt_am", "Bitte so schreiben: 2026-12-03"),
        ({"endet_am": "2026-08-18"}, "endet_am", "endet, bevor sie beginnt"),
        ({"pause_in_schulferien": "Ja"}, "pause_in_schulferien", "„ja“ oder „nein“"),
    ],
)
def test_a_broken_offer_is_named_by_line_column_and_remedy_and_nothing_is_written(home, bring, cells, column, part):
    bring(offers=None)
    before = traces()
    good = OFFER | {"kennung": "andere"}
    out, faults = bring(providers=None, offers=[good, OFFER | cells])
    # The good row's description has two lines, so the second begins at the fourth.
    assert [fault.split(": ", 1)[0] for fault in faults] == [f"angebote.csv, Zeile 4, Spalte {column}"]
    assert part in faults[0]
    assert "nichts gespeichert" in out
    assert traces() == before


def test_a_broken_provider_is_named_and_its_offers_wait_for_it(home, bring):
    _, faults = bring(providers=[PROVIDER | {"webseite": "example", "art": "kitta"}])
    assert [fault.split(": ", 1)[0] for fault in faults] == [
        "anbieter.csv, Zeile 2, Spalte art",
        "anbieter.csv, Zeile 2, Spalte webseite",
        "angebote.csv, Zeile 2, Spalte anbieter",
    ]
    assert not ProviderPage.objects.exists()
    assert not OfferPage.objects.exists()


def test_a_key_stands_once(home, bring):
    _, faults = bring(offers=[OFFER, OFFER | {"titel": "Andere"}])
    assert faults == ["angebote.csv, Zeile 4, Spalte kennung: Die Kennung steht schon in Zeile 2. Jede Kennung kommt einmal vor."]
    assert not OfferPage.objects.exists()


def test_an_address_that_another_page_has_is_a_fault_and_not_an_error(home, bring):
    bring(offers=None)
    builders.offer(ProviderPage.objects.get(), key="alt", title="Alt")
    OfferPage.objects.filter(key="alt").update(slug="krabbelgruppe")
    _, faults = bring(providers=None, offers=[OFFER])
    assert [fault.split(": ", 1)[0] for fault in faults] == ["angebote.csv, Zeile 2, Spalte kennung"]


def test_invalid_rows_are_skipped_on_demand_and_still_named(home, bring):
    rows = [
        OFFER,
        OFFER | {"kennung": "kaputt", "form": "hybrid"},
        OFFER | {"kennung": "verwaist", "anbieter": "nirgends"},
        OFFER | {"kennung": "gut"},
    ]
    out, faults = bring(offers=rows, skip_invalid=True)
    assert len(faults) == 2
    assert "angebote.csv: 2 neu" in out
    assert {page.key for page in OfferPage.objects.all()} == {"krabbelgruppe", "gut"}


def test_a_dry_run_names_what_would_happen_and_writes_nothing(home, bring):
    before = traces()
    out, _ = bring(dry_run=True)
    assert "angebote.csv: 1 neu, 0 geändert, 0 unverändert. Probelauf, nichts gespeichert." in out
    assert traces() == before
    assert not Topic.objects.exists()
    assert not ProviderIndexPage.objects.exists()
    _, faults = bring(dry_run=True, offers=[OFFER | {"art": "grupe"}])
    assert len(faults) == 1
    assert traces() == before


def test_an_import_that_is_interrupted_leaves_nothing(home, bring):
    before = traces()

    def fail(instance, **_):
        if instance.slug == "dritte":
            raise RuntimeError("power cut")

    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            bring(offers=[OFFER, OFFER | {"kennung": "zweite"}, OFFER | {"kennung": "dritte"}])
    finally:
        page_published.disconnect(fail)
    assert traces() == before


@pytest.mark.parametrize(
    ("prepare", "part"),
    [
        (lambda page: page.save_revision(), "Die Seite hat einen Entwurf"),
        (lambda page: OfferPage.objects.get().unpublish(), "Die Seite ist nicht veröffentlicht"),
        (lambda page: Page.objects.filter(pk=page.pk).update(locked=True), "Die Seite ist gesperrt"),
    ],
)
def test_a_page_that_an_editor_holds_is_not_written_over(home, bring, prepare, part):
    bring()
    page = OfferPage.objects.get()
    page.title = "Was eine Erzieherin gerade schreibt"
    prepare(page)
    before = traces()
    _, faults = bring(offers=[OFFER | {"kurztext": "Anders gesagt."}])
    assert len(faults) == 1
    assert part in faults[0]
    assert traces() == before
    # A row that changes nothing is no quarrel.
    assert bring()[1] == []
    assert traces() == before


def test_an_export_leaves_out_what_is_not_published(home, bring, tmp_path):
    bring(
        providers=[PROVIDER, PROVIDER | {"kennung": "zu"}],
        offers=[OFFER, OFFER | {"kennung": "b"}, OFFER | {"kennung": "c", "anbieter": "zu"}],
    )
    OfferPage.objects.get(key="b").unpublish()
    ProviderPage.objects.get(key="zu").unpublish()
    providers, offers = export(tmp_path / "out")
    assert [row["kennung"] for row in meaning(providers, [])] == ["kita-nassau"]
    assert [row["kennung"] for row in meaning(offers, [])] == ["krabbelgruppe"]


def test_a_page_whose_content_todays_checks_refuse_still_goes_round(home, bring, tmp_path):
    bring()
    OfferPage.objects.update(contact_email="alt(at)example.org", max_age_months=300)
    _, offers = export(tmp_path / "out")
    before = traces()
    call_command("import_offers", offers=offers)
    assert traces() == before


def test_a_second_import_asks_as_often_for_many_rows_as_for_few(home, bring):
    counts = []
    for number in (2, 12):
        rows = [OFFER | {"kennung": f"gruppe-{each}"} for each in range(number)]
        bring(offers=rows)
        with CaptureQueriesContext(connection) as queries:
            bring(offers=rows)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_topics_come_with_the_first_import_and_names_of_staff_stay(home, bring):
    bring()
    assert Topic.objects.count() == 30
    featured = Topic.objects.filter(featured__isnull=False).order_by("featured").values_list("slug", flat=True)
    assert list(featured) == [
        "krabbeln",
        "stillen",
        "schwangerschaft",
        "erziehung",
        "sprache",
        "bewegung",
        "trennung",
        "finanzen",
        "kita_start",
    ]
    Topic.objects.filter(slug="krabbeln").update(name="Krabbeln am Vormittag")
    bring()
    assert Topic.objects.get(slug="krabbeln").name == "Krabbeln am Vormittag"


def test_every_icon_of_a_topic_is_one_that_the_site_carries():
    names = (Path(offers.__file__).parents[1] / "static" / "icons.txt").read_text(encoding="utf-8").split()
    with (DEMO.parent / "topics.csv").open(encoding="utf-8") as file:
        assert not {row["icon"] for row in csv.DictReader(file, delimiter=";")} - set(names)


def test_a_site_without_a_home_page_is_told_what_to_do(tmp_path):
    file = written(tmp_path / "anbieter.csv", provider_table().names, [PROVIDER])
    with pytest.raises(CommandError, match="create_site"):
        call_command("import_offers", providers=file)


@pytest.mark.parametrize("command", ["import_offers", "export_offers"])
def test_a_command_without_a_file_or_with_one_that_is_not_there_says_so(home, tmp_path, command):
    with pytest.raises(CommandError, match="--providers"):
        call_command(command)
    with pytest.raises(CommandError, match="lässt sich nicht"):
        call_command(command, providers=tmp_path / "ordner" / "fehlt.csv")


def test_the_school_holidays_are_loaded_once(tmp_path):
    call_command("load_calendar")
    assert SchoolHoliday.objects.get(name="Weihnachtsferien", first_day="2026-12-23").last_day == date(2027, 1, 8)
    before = list(SchoolHoliday.objects.values_list())
    call_command("load_calendar")
    assert list(SchoolHoliday.objects.values_list()) == before
    broken = tmp_path / "ferien.csv"
    broken.write_text("name,first_day,last_day\nHitzefrei,2031-07-01,2031-07-02\nFalsch,2031-08-02,2031-08-01\n")
    with pytest.raises(CommandError, match="Zeile 3"):
        call_command("load_calendar", file=broken)
    assert list(SchoolHoliday.objects.values_list()) == before
