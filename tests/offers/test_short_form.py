"""A new offer from an example: twelve fields, the same checks as the full form, one offer however often one taps."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offers.choices import Audience, Form, OfferKind, Registration
from offers.desk.short_form import AGES, RHYTHMS, ShortForm
from offers.examples import examples
from offers.models import OfferPage, Topic
from offers.models.rules import Approval
from people.approval import ensure_approval
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import provider
from tests.offers.test_editing import words
from tests.people.builders import member, team_member
from tests.people.test_approval import choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def kita():
    Topic.objects.get_or_create(slug="krabbeln", defaults={"name": "Krabbelgruppen"})
    return provider("kita-nassau", title="Kita Nassau", street="Amselweg 14", postal_code="56377", town="Nassau", phone="02604 1")


@pytest.fixture
def leader(kita, client):
    client.force_login(team_member(kita))
    return client


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=3)


def address(kita, example="krabbelgruppe"):
    return reverse("new_offer_from", args=(kita.pk, example))


def filled(day, **changes):
    values = {
        "title": "Krabbelgruppe",
        "kind": "gruppe",
        "summary": "Babys spielen, Eltern reden.",
        "topics": ["krabbeln"],
        "first_day": day.isoformat(),
        "rhythm": "weekly",
        "start_time": "09:30",
        "end_time": "11:00",
        "age": "0-36",
        "price": "",
        "registration": "keine",
        "contact_phone": "02604 1",
        "publish": "1",
    }
    return {**values, **changes}


def test_the_form_has_twelve_fields_at_most():
    assert len(ShortForm.base_fields) <= 12


@pytest.mark.parametrize("example", examples().values(), ids=lambda each: each.slug)
def test_every_example_speaks_the_codes_of_the_listing_format(example):
    assert example.kind in OfferKind
    assert example.form in Form
    assert example.registration in Registration
    assert set(example.audience) <= set(Audience)
    assert example.age in dict(AGES)
    assert example.rhythm in dict(RHYTHMS)
    assert len(example.summary) <= 300
    assert not set(example.summary) & set("!")


def test_an_example_and_a_day_are_enough(leader, kita, day):
    chosen = words(leader.get(reverse("new_offer", args=(kita.pk,))))
    assert "Vater-Kind-Samstag" in chosen
    page = leader.get(address(kita)).content.decode()
    assert 'value="02604 1"' in page
    assert 'value="09:30"' in page
    done = leader.post(address(kita), filled(day), follow=True)
    assert "Ist online. Familien finden es ab jetzt." in words(done)
    made = OfferPage.objects.get(title="Krabbelgruppe")
    assert made.live
    assert made.get_parent().pk == kita.pk
    assert made.confirmed_at == timezone.localdate()
    assert (made.min_age_months, made.max_age_months, made.cost, made.contact_phone) == (0, 36, "kostenfrei", "02604 1")
    assert [topic.slug for topic in made.topics.all()] == ["krabbeln"]
    assert made.municipality_id == kita.municipality_id
    assert made.audience == ["eltern", "kinder"]
    (schedule,) = made.schedules.all()
    assert (schedule.frequency, schedule.weekday, schedule.interval) == ("weekly", day.weekday(), 1)
    # The full form opens with the same.
    form = leader.get(reverse("wagtailadmin_pages:edit", args=(made.pk,))).context["form"]
    assert form["title"].value() == "Krabbelgruppe"
    assert len(form.formsets["schedules"].forms) == 1


@pytest.mark.parametrize(
    ("rhythm", "first", "expected"),
    [
        ("fortnightly", date(2030, 1, 2), ("weekly", 2, 2, None, None)),
        ("monthly", date(2030, 1, 8), ("monthly", 1, 1, 2, None)),
        ("monthly", date(2030, 1, 29), ("monthly", 1, 1, -1, None)),
        ("once", date(2030, 1, 8), ("once", None, 1, None, date(2030, 1, 8))),
    ],
)
def test_the_first_day_says_the_weekday(leader, kita, rhythm, first, expected):
    leader.post(address(kita), filled(first, rhythm=rhythm))
    (schedule,) = OfferPage.objects.get().schedules.all()
    found = (schedule.frequency, schedule.weekday, schedule.interval, schedule.week_of_month, schedule.date)
    assert found == expected
    assert OfferPage.objects.get().occurrences(first, first)[0].start.date() == first


def test_by_arrangement_needs_no_day(leader, kita):
    leader.post(address(kita, "sprechstunde"), filled(timezone.localdate(), rhythm="arrangement", first_day="", start_time="", end_time=""))
    assert list(OfferPage.objects.get(live=True).schedules.all()) == []


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        ({"title": ""}, "Bitte geben Sie einen Namen ein."),
        ({"summary": ""}, "Bitte sagen Sie in ein, zwei Sätzen"),
        ({"first_day": ""}, "Bitte den Tag eintragen, oder"),
        ({"first_day": "2020-01-01"}, "Dieser Tag ist vorbei."),
        ({"start_time": ""}, "Bitte eintragen, wann es anfängt."),
        ({"end_time": "09:00"}, "Das Ende liegt vor dem Anfang."),
        ({"registration": "erforderlich", "contact_phone": ""}, "Bitte sagen Sie, wie Familien sich anmelden"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_lost(leader, kita, day, changes, remedy):
    answer = leader.post(address(kita), filled(day, **{"price": "3 Euro", **changes}))
    assert answer.status_code == 200
    assert remedy in words(answer)
    assert 'value="3 Euro"' in answer.content.decode()
    assert answer.context["form"].general_errors == []
    assert not OfferPage.objects.exists()


def test_a_price_in_words_is_a_price(leader, kita, day):
    leader.post(address(kita), filled(day, price="3 Euro je Treffen"))
    assert OfferPage.objects.values_list("cost", "cost_note").get() == ("betrag", "3 Euro je Treffen")


def test_a_second_tap_makes_no_second_offer(leader, kita, day):
    first = leader.post(address(kita), filled(day, once="eins"))
    assert leader.post(address(kita), filled(day, once="eins")).url == first.url
    assert OfferPage.objects.count() == 1
    # Another form with the same name is another offer.
    leader.post(address(kita), filled(day, once="zwei"))
    assert sorted(OfferPage.objects.values_list("slug", flat=True)) == ["krabbelgruppe", "krabbelgruppe-2"]


def test_a_draft_needs_only_its_name(leader, kita):
    leader.post(address(kita), {"title": "Später mehr", "draft": "1"})
    made = OfferPage.objects.get()
    assert (made.live, made.confirmed_at, made.title) == (False, None, "Später mehr")
    assert leader.get(reverse("wagtailadmin_pages:edit", args=(made.pk,))).status_code == 200
    assert leader.get(reverse("wagtailadmin_pages:view_draft", args=(made.pk,))).status_code == 200


def test_where_the_district_reads_first_it_is_handed_in(leader, kita, day):
    member(RoleName.DISTRICT)
    ensure_approval(ensure_team(RoleName.DISTRICT))
    choose(Approval.FIRST)
    assert "Zur Freigabe geben" in words(leader.get(address(kita)))
    done = leader.post(address(kita), filled(day), follow=True)
    made = OfferPage.objects.get()
    assert not made.live
    assert made.workflow_in_progress
    assert "Liegt beim Kreis." in words(done)


@pytest.mark.parametrize("role", [RoleName.PROVIDER, RoleName.PRESS, RoleName.ADVISER])
def test_nobody_adds_to_anothers_provider(role, client, kita, day):
    client.force_login(member(role, *[provider("kita-lahn")] if role == RoleName.PROVIDER else []))
    assert client.get(reverse("new_offer", args=(kita.pk,))).status_code == 404
    assert client.get(address(kita)).status_code == 404
    assert client.post(address(kita), filled(day)).status_code == 404
    assert not OfferPage.objects.exists()


def test_what_others_have_written_is_not_shown(client, leader, kita, day):
    leader.post(address(kita), filled(day))
    client.force_login(team_member(provider("kita-lahn")))
    assert client.get(reverse("offer_written", args=(OfferPage.objects.get().pk,))).status_code == 404
