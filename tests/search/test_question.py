"""What the address says, read with patience."""

import pytest
from django.http import QueryDict

from offers.models import Topic
from search.addresses import search_url
from search.forms import MAX_TEXT
from search.question import understand

pytestmark = pytest.mark.django_db


def ask(query):
    return understand(QueryDict(query), [Topic(slug="krabbeln", name="Krabbeln"), Topic(slug="schlafen", name="Schlafen")])


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
