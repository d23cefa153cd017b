"""What the address says, read with patience."""

from datetime import date, datetime

import pytest
from django.http import QueryDict

from offers.models import Topic
from places.models import Place
from places.resolver import changed
from search.addresses import search_url
from search.filters import understood_chips
from search.forms import MAX_TEXT
from search.provider_names import KnownProviders
from search.question import understand
from tests.offers import builders
from tests.search.builders import NOW

pytestmark = pytest.mark.django_db


def ask(query):
    return understand(QueryDict(query), [Topic(slug="krabbeln", name="Krabbeln"), Topic(slug="schlafen", name="Schlafen")], now=NOW)


def test_everything_an_address_can_say_arrives_in_the_request():
    question = ask(
        "q=turnen&art=kurs&art=gruppe&thema=krabbeln&alter=30&tag=mo&tag=mi&zeit=vormittag&von=2026-12-01&bis=2026-12-24"
        "&sprache=tr&form=vor_ort&kostenfrei=1&ohne_anmeldung=1&barrierefrei=1&anbieter=kita-a&sortierung=datum&seite=2"
        "&lat=50.3&lon=7.7&umkreis=7,5"
    )
    request = question.request
    assert question.hints == ()
    assert (request.text, request.kinds, request.topics) == ("turnen", ("kurs", "gruppe"), ("krabbeln",))
    assert (request.age_months, request.days, request.time) == (30, ("mo", "mi"), "vormittag")
    assert (request.date_from.isoformat(), request.date_to.isoformat()) == ("2026-12-01", "2026-12-24")
    assert (request.languages, request.form, request.provider) == (("tr",), "vor_ort", "kita-a")
    assert (request.free, request.without_registration, request.accessible) == (True, True, True)
    assert (request.sort, request.page) == ("datum", 2)
    assert (request.circle.latitude, request.circle.longitude, request.circle.radius_km) == (50.3, 7.7, 7.5)


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ("alter=sechs", "age_months"),
        ("alter=-1", "age_months"),
        ("alter=99999999999999999999", "age_months"),
        ("von=31.02.2026", "date_from"),
        ("bis=morgen", "date_to"),
        ("lat=NaN&lon=7.7", "circle"),
        ("lat=inf&lon=-inf", "circle"),
        ("lat=50.3", "circle"),
        ("lat=91&lon=7", "circle"),
        ("zeit=mittags", "time"),
        ("form=brieftaube", "form"),
        ("art=zirkus", "kinds"),
        ("thema=nichts", "topics"),
        ("tag=feiertag", "days"),
        ("sprache=klingonisch", "languages"),
        ("anbieter=../../etc/passwd", "provider"),
        ("kostenfrei=vielleicht", "free"),
        ("sortierung=zufall", ""),
        ("seite=0", ""),
        ("seite=1e9", ""),
        ("ort=Atlantis", "circle"),
    ],
)
def test_a_broken_value_is_left_out_and_named_and_the_rest_holds(broken, field):
    question = ask(f"q=krabbeln&art=gruppe&{broken}")
    assert question.hints
    assert question.request.text == "krabbeln"
    assert question.request.kinds == ("gruppe",)
    assert question.request.page == 1
    if field and field != "kinds":
        assert not getattr(question.request, field)


def test_a_very_long_question_is_cut_and_says_so():
    question = ask(f"q={'a' * 10_000}")
    assert len(question.request.text) == MAX_TEXT
    assert "sehr lang" in question.hints[0]


def test_control_characters_become_blanks():
    assert ask("q=krabbel%00%1b%0a%0dgruppe%E2%80%8B").request.text.startswith("krabbel gruppe")


def test_dates_in_the_wrong_order_are_turned_round():
    request = ask("von=2026-12-24&bis=2026-12-01").request
    assert request.date_from < request.date_to


def test_the_address_of_a_question_gives_the_same_question_again():
    address = "q=turnen&umkreis=7.5&lat=50.3&lon=7.7&art=kurs&art=gruppe&alter=30&tag=mo&tag=mi&kostenfrei=1&seite=3"
    first = ask(address)
    second = ask(search_url(first.data).partition("?")[2])
    assert first.data == second.data
    assert search_url(first.data) == search_url(second.data)


def test_empty_fields_of_the_form_leave_no_trace_in_the_address():
    assert search_url(ask("q=&ort=&alter=&zeit=&von=&bis=&form=&seite=1").data) == "/suche/"


class TestWhatWordsSay:
    """Conditions in `q` join the parameters."""

    @pytest.fixture(autouse=True)
    def _towns(self):
        for name, latitude, longitude in (("Diez", 50.37, 8.01), ("Nassau", 50.31, 7.80)):
            Place.objects.create(name=name, slug=name.lower(), kind="stadt", latitude=latitude, longitude=longitude, population=5000)
        changed()

    def test_they_become_conditions_and_the_rest_is_searched(self):
        question = ask("q=turnen in diez samstags nachmittags für 3-jährige kostenlos ohne anmeldung barrierefrei online auf türkisch")
        request = question.request
        assert request.text == "turnen"
        assert question.place_label == "Diez"
        assert (request.circle.latitude, request.circle.radius_km, question.radius_km) == (50.37, 15, 15)
        assert (request.days, request.time, request.age_months) == (("sa",), "nachmittag", 36)
        assert (request.free, request.without_registration, request.accessible) == (True, True, True)
        assert (request.form, request.languages) == ("online", ("tr",))

    def test_days_count_from_now(self):
        assert ask("q=turnen morgen").request.date_from == date(2026, 11, 24)
        late = understand(QueryDict("q=turnen morgen"), [], now=datetime.fromisoformat("2026-11-23T23:30:00+00:00"))
        assert late.request.date_from == date(2026, 11, 25)

    def test_a_radius_holds_for_a_place_in_words(self):
        assert ask("q=turnen diez&umkreis=5").request.circle.radius_km == 5

    def test_parameters_win_and_their_words_go(self):
        request = ask("q=turnen samstags für 3-jährige kostenlos&tag=mo&alter=0").request
        assert (request.text, request.days, request.age_months, request.free) == ("turnen", ("mo",), 0, True)

    def test_a_given_day_takes_the_dates_of_the_same_words_away(self):
        request = ask("q=turnen diesen samstag&tag=mo").request
        assert (request.text, request.days, request.date_from, request.date_to) == ("turnen", ("mo",), None, None)

    def test_the_same_place_in_words_goes_and_another_stays(self):
        assert ask("q=turnen diez&ort=Diez").request.text == "turnen"
        other = ask("q=turnen diez&ort=Nassau")
        assert (other.request.text, other.place_label) == ("turnen diez", "Nassau")
        assert ask("q=turnen diez&lat=50.3&lon=7.7").request.text == "turnen diez"

    def test_an_unknown_place_leaves_the_one_in_words(self):
        question = ask("q=turnen diez&ort=Atlantis")
        assert question.place_label == "Diez"
        assert "Atlantis" in question.hints[0]

    def test_words_alone_on_demand(self):
        question = ask("q=turnen diez samstags&woertlich=1")
        assert question.request.text == "turnen diez samstags"
        assert (question.request.circle, question.request.days, question.understood.conditions) == (None, (), ())
        assert "woertlich=1" in search_url(question.data)

    def test_hints_only_rank(self):
        request = ask("q=türkische babygruppe mit baby").request
        assert (request.wished_age_months, request.wished_languages) == (4, ("tr",))
        assert (request.age_months, request.languages) == (None, ())
        asked = ask("q=türkische babygruppe mit baby&alter=30&sprache=en").request
        assert (asked.wished_age_months, asked.wished_languages) == (None, ())

    def test_a_corrected_place_is_told(self):
        Place.objects.create(name="Nastätten", slug="nastaetten", kind="stadt", latitude=50.2, longitude=7.86, population=4000)
        changed()
        question = ask("q=turnen in Nastäten")
        assert question.place_label == "Nastätten"
        assert "Nastätten" in question.hints[0]

    def test_a_chip_takes_its_words_back(self):
        question = ask("q=papa samstags in diez&art=kurs&seite=2")
        assert [(chip.label, chip.url) for chip in understood_chips(question)] == [
            ("Samstag", "/suche/?q=papa+in+diez&art=kurs"),
            ("Diez", "/suche/?q=papa+samstags&art=kurs"),
        ]

    def test_words_that_say_several_things_are_one_chip(self):
        assert [chip.label for chip in understood_chips(ask("q=turnen mittwochnachmittag"))] == ["Mittwoch, Nachmittag"]
        assert [chip.label for chip in understood_chips(ask("q=turnen morgen"))] == ["24. November"]
        assert [chip.label for chip in understood_chips(ask("q=18 monate"))] == ["18 Monate"]

    def test_words_leave_the_address_with_what_they_say(self):
        question = ask("q=papa samstags in diez")
        assert question.without_words(["tag", "zeit"]) == {"q": "papa in diez"}
        assert question.without_words(["kostenfrei"]) == {}
        assert question.with_text("vater") == "vater samstags in diez"

    def test_decomposed_letters_are_the_same_question(self):
        assert ask("q=turnen für 3-ja\u0308hrige").data == ask("q=turnen für 3-jährige").data


def test_names_of_providers_cost_one_small_question_a_minute(django_assert_num_queries):
    provider = builders.provider("haus-am-fluss", title="Haus am Fluss")
    now = [0.0]
    known = KnownProviders(clock=lambda: now[0])
    with django_assert_num_queries(2):
        first = known.names()
    with django_assert_num_queries(0):
        assert known.names() is first
    now[0] = 61
    with django_assert_num_queries(1):
        assert known.names() is first
    provider.title = "Haus Lahnblick"
    provider.save_revision().publish()
    now[0] = 122
    assert known.names() is not first
