"""The desk on a telephone: a new offer in twelve fields, one tap each for the rest, with and without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offers.models import OfferPage, Topic
from tests.browser.axe import Axe
from tests.browser.width import wider_than_the_window
from tests.offers.builders import offer, provider, weekly
from tests.people.builders import team_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

SMALL = """() => [...document.querySelectorAll(".desk :is(button, .button, select, input:not([type=hidden], [type=checkbox]))")]
  .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def kita():
    Topic.objects.get_or_create(slug="krabbeln", defaults={"name": "Krabbelgruppen"})
    Topic.objects.get_or_create(slug="begegnung", defaults={"name": "Begegnung"})
    return provider("kita-nassau", title="Kita Nassau", street="Amselweg 14", postal_code="56377", town="Nassau", phone="02604 1")


@pytest.fixture
def signed_in(open_page, client, kita, settings):
    """Opens a path as somebody of the Kita's team."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    client.force_login(team_member(kita))
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies["sessionid"].value}

    def opened(path, **options):
        return open_page(path, cookies=cookies, **options)

    return opened


def ours(page):
    """What axe finds in our part of the page; the frame around it is Wagtail's."""
    return [line for line in Axe(page).findings() if "desk" in line or "field-" in line or "angebot" in line]


def good_on_a_telephone(page):
    assert not wider_than_the_window(page)
    assert page.evaluate(SMALL) == []
    assert ours(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_new_group_is_online_after_twelve_fields_at_most(signed_in, kita, scripts):
    page = signed_in("/admin/", width=360, java_script_enabled=scripts)
    page.get_by_role("link", name="Mit einem Beispiel anfangen").click()
    page.get_by_role("link", name="Krabbelgruppe Babys").click()
    asked = page.locator(".desk-field")
    asked.first.wait_for()
    assert asked.count() <= 12
    assert page.locator(".desk-form :is(input:not([type=hidden]):not([type=checkbox]), select, textarea, fieldset)").count() <= 12
    if scripts:
        good_on_a_telephone(page)
    day = timezone.localdate() + timedelta(days=2)
    page.get_by_label("Wie heißt es?").fill("Krabbelkäfer")
    page.get_by_label("Wann ist es das nächste Mal?").fill(day.isoformat())
    page.get_by_role("button", name="Online stellen").click()
    assert "Ist online." in page.locator(".desk-done").inner_text()
    made = OfferPage.objects.get(title="Krabbelkäfer")
    assert made.live
    assert made.schedules.get().weekday == day.weekday()
    if scripts:
        page.wait_for_selector(".desk-found h2")
        assert "Das würden Familien noch fragen" in page.locator(".desk-found").inner_text()
        good_on_a_telephone(page)
    page.get_by_role("link", name="So sehen es Familien").click()
    assert "Krabbelkäfer" in page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_each_of_the_usual_things_is_one_tap(signed_in, kita, scripts):
    tomorrow = timezone.localdate() + timedelta(days=1)
    made = offer(
        kita,
        title="Donaudampfschifffahrtselternkindgruppentreffen am Mittwoch",
        schedules=[weekly(tomorrow.weekday())],
        confirmed_at=timezone.localdate() - timedelta(days=200),
        pauses_in_school_holidays=False,
        pauses_on_public_holidays=False,
    )
    made.save_revision().publish()
    OfferPage.objects.filter(pk=made.pk).update(confirmed_at=timezone.localdate() - timedelta(days=200))
    page = signed_in("/admin/", width=360, java_script_enabled=scripts)
    card = page.locator(f"#angebot-{made.pk}")
    if scripts:
        good_on_a_telephone(page)
    card.get_by_role("button", name="Stimmt noch").click()
    assert "heute bestätigt" in card.locator("[role=status]").inner_text()
    page.locator(".desk-week").get_by_role("button", name="Fällt aus").first.click()
    assert OfferPage.objects.get(pk=made.pk).exceptions.count() == 1
    assert "fällt aus" in page.locator(".desk-week").inner_text()
    if scripts:
        good_on_a_telephone(page)
    card.get_by_role("button", name="Rückgängig").click()
    assert OfferPage.objects.get(pk=made.pk).exceptions.count() == 0
    card.get_by_role("button", name="Offline nehmen").click()
    assert not OfferPage.objects.get(pk=made.pk).live
    card.get_by_role("button", name="Rückgängig").click()
    assert OfferPage.objects.get(pk=made.pk).live
    card.get_by_role("button", name="Kopieren").click()
    assert OfferPage.objects.filter(title__startswith="Kopie von").count() == 1


def test_errors_stand_beside_their_fields(signed_in, kita):
    page = signed_in(reverse("new_offer_from", args=(kita.pk, "elternkurs")), width=360)
    page.get_by_label("Von", exact=True).fill("21:30")
    page.get_by_label("Bis", exact=True).fill("19:30")
    page.get_by_role("button", name="Online stellen").click()
    assert "Das Ende liegt vor dem Anfang." in page.locator("#field-end_time").inner_text()
    good_on_a_telephone(page)


def test_the_preview_begins_as_wide_as_a_telephone(signed_in, kita):
    made = offer(kita)
    page = signed_in(reverse("wagtailadmin_pages:edit", args=(made.pk,)), width=1280)
    page.wait_for_selector("[data-findability] h2")
    chosen = page.locator("[data-device-width]").first
    assert int(chosen.get_attribute("data-device-width")) < 400
