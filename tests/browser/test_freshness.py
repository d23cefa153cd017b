"""Confirming listings on a telephone, by the link of a mail: without JavaScript, without an account."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from offers.freshness.daily import keep_fresh
from offers.models import OfferPage
from tests.browser.axe import Axe
from tests.browser.width import wider_than_the_window
from tests.offers.freshness_builders import house, link, offers_of, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def kita():
    return house(offers=3, title="Kita Regenbogen", confirmed=timezone.localdate() - timedelta(days=190))


@pytest.fixture
def letter(kita):
    keep_fresh(timezone.localdate(), lambda line: None)
    return sent()[0]


def test_two_taps_confirm_two_and_end_one(open_page, letter, kita):
    page = open_page(link(letter), width=320, java_script_enabled=False)
    page.get_by_role("link", name=re.compile("Findet nicht mehr statt.*Angebot 2")).click()
    page.get_by_role("button", name="Ja, nicht mehr zeigen").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("button", name="Ja, das stimmt noch").click()
    assert page.get_by_role("heading", level=1).inner_text().replace("\n", " ") == "Danke, alles ist beantwortet."
    today = timezone.localdate()
    assert [(each.live, each.confirmed_at == today) for each in offers_of(kita)] == [(True, True), (True, True), (False, False)]


def test_the_pages_of_the_mail_are_for_everybody(open_page, letter, kita):
    OfferPage.objects.filter(pk=offers_of(kita)[0].pk).update(title="Donaudampfschifffahrtselternkindgruppentreffen am Mittwoch")
    for path in (link(letter), f"{link(letter)}endet/{offers_of(kita)[1].pk}/", link(letter, "erinnerungen")):
        page = open_page(path, width=320)
        assert not wider_than_the_window(page)
        assert Axe(page).findings() == []


def test_the_mail_itself_is_for_everybody(open_page, letter):
    page = open_page.blank(width=320)
    page.set_content(letter.alternatives[0][0])
    assert not wider_than_the_window(page)
    assert Axe(page).findings() == []


def test_the_work_list_is_for_everybody(open_page, client, kita, live_server, settings, admin_user):
    OfferPage.objects.update(confirmed_at=timezone.localdate() - timedelta(days=300))
    client.force_login(admin_user)
    page = open_page("/admin/nicht-bestaetigt/", width=360, cookies={settings.SESSION_COOKIE_NAME: client.cookies["sessionid"].value})
    assert page.get_by_role("checkbox").count() == 3
    assert not wider_than_the_window(page)
    assert [line for line in Axe(page).findings() if "unconfirmed" in line] == []
