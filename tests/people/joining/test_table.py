"""A table of invitations: read as Excel saves it, each fault named, shown first, done without doubles and after an interruption."""

import io
import zipfile
from datetime import datetime

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cms.models import User
from offers.models import ProviderPage
from people.joining import table_views
from people.joining.permissions import Actor
from people.joining.plans import carry_out, plan_file
from people.models import RoleName, Team
from tests.people.builders import team_member
from tests.people.joining.conftest import HEADING, rows, table

pytestmark = pytest.mark.django_db
NAMES = HEADING.split(";")
GOOD = ["Kita Neu", "Kita", "Weg 1", "56377", "Nassau", "Ina", "Muster", "ina@kita.example"]


@pytest.fixture
def staff(client, district):
    client.force_login(district)
    return client


def upload(client, data, name="liste.csv"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(reverse("people_table"), {"table": file})


def do(client, answer):
    return client.post(reverse("people_table_do"), {"lines": answer.context["lines"]}, follow=True)


def workbook(*lines, merge=None, heading=tuple(NAMES)):
    book = Workbook()
    sheet = book.active
    for line in (heading, *lines):
        sheet.append(line)
    if merge:
        sheet.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_cell(name, value):
    return [value if each == name else cell for each, cell in zip(NAMES, GOOD, strict=True)]


def faults_of(data):
    return [(fault.line, fault.column, fault.message) for fault in plan_file("liste", data, Actor(None)).faults]


def counts():
    return User.objects.count(), ProviderPage.objects.count(), Team.objects.count(), len(mail.outbox)


TEXT = "\n".join((HEADING, ";".join(GOOD).replace("Weg 1", "Straße 1"), ""))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode("cp1252"),
        TEXT.replace(";", "\t").encode("utf-16"),
        TEXT.replace(";", ",").encode(),
        TEXT.upper().replace("STRASSE 1", "Straße 1").replace("KITA NEU", "Kita Neu").encode(),
        ("\n\n" + TEXT + ";;;;;;;\n\n").encode(),
        workbook(with_cell("strasse", "Straße 1")),
        workbook([cell if cell != "56377" else 56377 for cell in with_cell("strasse", "Straße 1")]),
        workbook([*with_cell("strasse", "Straße 1"), None, None], [None] * 8, ["", " "]),
    ],
    ids=["utf8", "bom", "cp1252", "crlf", "utf16", "comma", "capitals", "empty lines", "xlsx", "postcode as number", "xlsx empty lines"],
)
def test_the_ways_in_which_a_table_is_saved(data, kita):
    plan = plan_file("liste", data, Actor(None))
    assert plan.faults == []
    (step,) = plan.steps
    assert (step.entry.house.name, step.entry.house.street, step.entry.house.postal_code) == ("Kita Neu", "Straße 1", "56377")
    assert step.entry.person.email == "ina@kita.example"


@pytest.mark.parametrize(
    ("data", "line", "column", "word"),
    [
        (workbook(with_cell("name", "=A1")), 2, "name", "Formel"),
        (workbook(GOOD, with_cell("email", '=HYPERLINK("http://x")')), 3, "email", "Formel"),
        (workbook(with_cell("strasse", datetime(2026, 5, 3))), 2, "strasse", "Datum"),
        (workbook(GOOD, GOOD, merge="A2:A3"), 2, "A", "verbunden"),
        (workbook(with_cell("plz", 56377.5)), 2, "plz", "Kommazahl"),
        (workbook(with_cell("name", "#REF!")), 2, "name", "Fehler der Tabelle"),
        (table(";".join(with_cell("plz", "1067"))), 2, "plz", "Null am Anfang"),
        (table(";".join(with_cell("email", "ina(at)kita"))), 2, "email", "keine E-Mail-Adresse"),
        (table(";".join(with_cell("email", "Ina <ina@kita.example>"))), 2, "email", "keine E-Mail-Adresse"),
        (table(";".join(with_cell("art", "Zoo"))), 2, "art", "Familienzentrum"),
        (table(";".join(with_cell("name", ""))), 2, "name", "ausfüllen"),
        (table(";".join(with_cell("nachname", ""))), 2, "nachname", "ausfüllen"),
        (table(";".join(with_cell("nachname", "siehe http://x.example"))), 2, "nachname", "Internetadresse"),
        (table(";".join(with_cell("name", "=1+1"))), 2, "name", "Formel"),
        (table(";".join(with_cell("name", "x" * 121))), 2, "name", "Zu lang"),
        (table(";".join(with_cell("name", "a\x07b"))), 2, "name", "Steuerzeichen"),
        (table(";".join(GOOD), ";".join(with_cell("email", "INA@kita.example"))), 3, "email", "Zeile 2"),
        (table(";".join(GOOD) + ";zuviel"), 2, "", "mehr Zellen"),
        (table(";".join(GOOD), '"offen;' + ";".join(GOOD)), 1, "", "Anführungszeichen"),
        (table(";".join(GOOD), heading="name;ort;mail"), 1, "", "Es fehlt: nachname, email"),
        (table(";".join(GOOD), heading=HEADING.replace("art", "name")), 1, "", "Doppelte Spalte"),
        (table(heading=HEADING + ";gehalt"), 1, "", "gehalt"),
        (table("; ".join(["gibt-es-nicht", *GOOD]), heading="kennung;" + HEADING), 2, "kennung", "Kein Anbieter"),
        (b"", 1, "", "leer"),
        (b"\x00\x01\x02", 1, "", "keine Tabelle"),
        (b"%PDF-1.7 ...", 1, "", "keine Tabelle"),
        (b"<html><table>", 1, "", "keine Tabelle"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", 1, "", "Kennwort"),
        (b"PK\x03\x04 broken", 1, "", "beschädigt"),
        (b"x" * (5 * 1024 * 1024 + 1), 1, "", "5 MB"),
        (table(*rows(1001)), 1002, "", "1000 Zeilen"),
    ],
)
def test_each_fault_is_named_with_line_column_and_remedy(data, line, column, word, kita):
    faults = faults_of(data)
    assert any((where, name) == (line, column) and word in message for where, name, message in faults), faults


def packed(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_a_bomb_and_other_archives_are_not_unpacked(kita):
    assert "entpackt zu groß" in faults_of(packed("xl/worksheets/sheet1.xml", b"0" * 30_000_000))[0][2]
    assert "keine Excel-Datei" in faults_of(packed("content.xml", b"<ods/>"))[0][2]
    assert "beschädigt" in faults_of(packed("xl/workbook.xml", b"<x/>"))[0][2]


def test_a_provider_of_the_same_name_elsewhere_is_another_one(kita):
    same = table(";".join(with_cell("name", "kita  nassau")))
    (step,) = plan_file("liste", same, Actor(None)).steps
    assert step.provider.pk == kita.pk
    elsewhere = table("Kita Nassau;Kita;Weg 1;65582;Diez;Ina;Muster;ina@kita.example")
    assert plan_file("liste", elsewhere, Actor(None)).steps[0].provider is None


def test_accounts_that_may_more_are_a_fault_for_the_district(by_district, district):
    data = table(";".join(with_cell("email", district.email)))
    (fault,) = plan_file("liste", data, by_district).faults
    assert (fault.line, fault.column) == (2, "email")
    assert "Administration" in fault.message


def test_it_is_shown_before_anything_is_done(staff, kita, leader):
    before = counts()
    answer = upload(staff, table(*rows(2), f"Kita Nassau;Kita;;56377;Nassau;;Muster;{leader.email}"))
    page = answer.content.decode()
    assert "2 Einladungen gehen hinaus" in page
    assert "2 Anbieter werden neu angelegt" in page
    assert "schon im Team, keine Mail" in page
    assert counts() == before
    assert "liste" not in str(dict(staff.session))
    assert "kita.example" not in str(dict(staff.session))


def test_with_a_fault_there_is_nothing_to_send(staff, kita):
    answer = upload(staff, table(*rows(2), ";".join(with_cell("plz", "1"))))
    assert "Zeile 4" in answer.content.decode()
    assert answer.context["lines"] == ""


def test_what_was_shown_is_done_and_a_second_tap_does_nothing_twice(staff, kita):
    shown = upload(staff, table(*rows(3)))
    before = counts()
    do(staff, shown)
    after = counts()
    assert [new - old for new, old in zip(after, before, strict=True)] == [3, 3, 3, 3]
    do(staff, shown)
    assert counts() == after
    assert "nichts zu tun" in upload(staff, table(*rows(3))).content.decode()


def test_a_long_table_goes_on_with_one_more_tap(staff, kita, monkeypatch):
    monkeypatch.setattr(table_views, "WORK_SECONDS", 0.0)
    answer = upload(staff, table(*rows(3)))
    for left in (2, 1):
        answer = do(staff, answer)
        assert len(answer.context["done"].rest) == left
    assert do(staff, answer).redirect_chain[-1][0] == reverse("people_teams")
    assert len(mail.outbox) == 3


def test_nobody_sends_what_was_shown_to_another_or_what_was_changed(client, staff, kita):
    lines = upload(staff, table(*rows(1))).context["lines"]
    assert staff.post(reverse("people_table_do"), {"lines": lines[:-2] + "xx"}).url == reverse("people_table")
    client.force_login(User.objects.create_superuser("admin@example.org", "ein-langes-passwort"))
    assert client.post(reverse("people_table_do"), {"lines": lines}).status_code in (302, 403)
    assert mail.outbox == []


def test_an_interrupted_run_is_repeated_without_doubles(kita):
    """The process ends in the middle of the fourth line: three are whole, of the fourth nothing is there."""
    data = table(*rows(6))
    by = Actor(None)
    made = []

    def end(instance, created, **kwargs):
        made.append(instance)
        if len(made) == 4:
            raise KeyboardInterrupt

    post_save.connect(end, sender=User)
    try:
        with pytest.raises(KeyboardInterrupt):
            carry_out(plan_file("liste", data, by), by)
    finally:
        post_save.disconnect(end, sender=User)
    assert counts() == (3, 1 + 3, 3, 3)
    done = carry_out(plan_file("liste", data, by), by)
    assert (done.invited, done.unchanged, done.faults) == (3, 3, [])
    assert counts() == (6, 1 + 6, 6, 6)
    assert sorted(message.to[0] for message in mail.outbox) == [f"leitung{number}@kita.example" for number in range(6)]


def test_one_person_for_several_providers_and_several_for_one(kita):
    by = Actor(None)
    lines = [";".join(GOOD), ";".join(with_cell("name", "Kita Zwei")), ";".join(with_cell("email", "zweite@kita.example"))]
    done = carry_out(plan_file("liste", table(*lines), by), by)
    assert (done.invited, done.new_providers) == (3, 2)
    assert User.objects.get(email="ina@kita.example").groups.count() == 2


def test_the_table_of_86_costs_as_many_queries_as_one_of_two(staff, kita, django_assert_num_queries):
    upload(staff, table(*rows(1)))
    with CaptureQueriesContext(connection) as few:
        upload(staff, table(*rows(2)))
    with django_assert_num_queries(len(few)):
        upload(staff, table(*rows(86)))


def test_the_list_costs_the_same_for_many(staff, kita):
    by = Actor(None)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(reverse("people_teams")).status_code == 200
        return len(queries)

    carry_out(plan_file("liste", table(*rows(2)), by), by)
    cost()
    few = cost()
    carry_out(plan_file("liste", table(*rows(20)), by), by)
    assert cost() == few


def test_the_template_can_be_filled_in_and_sent(staff, kita):
    answer = staff.get(reverse("people_table_template"))
    book = load_workbook(io.BytesIO(answer.content))
    book.worksheets[0].append(["", *GOOD])
    content = io.BytesIO()
    book.save(content)
    plan = plan_file("vorlage.xlsx", content.getvalue(), Actor(None))
    assert plan.faults == []
    assert plan.open[0].entry.person.email == "ina@kita.example"


class TestCommand:
    def test_it_says_first_and_does_then(self, tmp_path, kita, capsys):
        path = tmp_path / "liste.csv"
        path.write_bytes(table(*rows(2)))
        before = counts()
        call_command("invite", path)
        assert counts() == before
        assert "Nothing was done" in capsys.readouterr().out
        call_command("invite", path, send=True)
        assert "2 invited, 2 new providers" in capsys.readouterr().out
        call_command("invite", path, send=True)
        assert "0 invited, 0 new providers, 2 unchanged" in capsys.readouterr().out
        assert len(mail.outbox) == 2

    def test_faults_end_it(self, tmp_path, kita):
        path = tmp_path / "liste.csv"
        path.write_bytes(table(";".join(with_cell("plz", "1"))))
        with pytest.raises(CommandError, match="Zeile 2, Spalte plz"):
            call_command("invite", path, send=True)
        with pytest.raises(CommandError, match="No such file"):
            call_command("invite", tmp_path / "fehlt.csv")
        assert mail.outbox == []


def test_who_is_in_the_team_under_another_spelling_is_known(kita):
    team_member(kita, "ina@kita.example")
    (step,) = plan_file("liste", table("KITA nassau;;;;nassau;;Muster;INA@Kita.example"), Actor(None)).steps
    assert step.standing == "member"
    assert Team.objects.filter(role=RoleName.PROVIDER).count() == 1
