"""Reporting and answering on a telephone, with and without JavaScript."""

import os
import re
from pathlib import Path

import pytest
from django.core.cache import caches
from django.utils import timezone

from offers.models import OfferPage, Report
from tests.browser.axe import Axe
from tests.browser.width import wider_than_the_window
from tests.offers.reports.builders import listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
LONG = "Donaudampfschifffahrtselternkindgruppentreffen am Mittwoch"


def look(page, name):
    """Keeps a picture where somebody wants to see one."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert not wider_than_the_window(page)


@pytest.mark.parametrize(("width", "script"), [(320, False), (360, True)])
def test_a_family_reports_from_the_offers_page(open_page, page, read, width, script):
    OfferPage.objects.filter(pk=page.pk).update(title=LONG, sensitive=True)
    browser = open_page(page.url, width=width, java_script_enabled=script)
    browser.get_by_role("link", name="Stimmt etwas nicht?").click()
    look(browser, f"form-{width}")
    if script:
        assert Axe(browser).findings() == []
    assert browser.get_by_role("textbox").count() == 1
    assert browser.get_by_role("link", name="Seite schnell verlassen").is_visible()
    browser.get_by_role("button", name="Hinweis abschicken").click()
    assert browser.get_by_role("alert").inner_text().startswith("Bitte schreiben Sie kurz")
    look(browser, f"empty-{width}")
    browser.get_by_role("radio", name="Tag oder Uhrzeit").check()
    browser.get_by_role("textbox", name="Was stimmt nicht?").fill("Erst um zehn. Anna, 0171 2345678")
    browser.get_by_role("button", name="Hinweis abschicken").click()
    assert "Erst um zehn. Anna, [Nummer entfernt]" in browser.get_by_role("alert").inner_text()
    look(browser, f"hint-{width}")
    if script:
        assert Axe(browser).findings() == []
    browser.get_by_role("textbox", name="Was stimmt nicht?").fill("Erst um zehn.")
    browser.get_by_role("button", name="Hinweis abschicken").click()
    assert browser.get_by_role("heading", level=1).inner_text() == "Danke für Ihren Hinweis."
    look(browser, f"thanks-{width}")
    if script:
        assert Axe(browser).findings() == []
    assert [(report.topic, report.text) for report in Report.objects.all()] == [("time", "Erst um zehn.")]
    assert browser.context.cookies() == []


def test_a_form_that_was_sent_too_fast_goes_through_the_second_time(open_page, page):
    browser = open_page(f"/hinweis/{page.key}/", width=360)
    browser.evaluate("document.querySelector('[value=ended]').checked = true; document.querySelector('.report__form').requestSubmit()")
    browser.get_by_text("Das ging sehr schnell").wait_for()
    browser.wait_for_timeout(4_000)
    browser.get_by_role("button", name="Hinweis abschicken").click()
    browser.get_by_role("heading", name="Danke für Ihren Hinweis.").wait_for()
    assert Report.objects.get().topic == "ended"
    # The first answer was a refusal, which Chromium writes into its console.
    open_page.faults.clear()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_is_for_everybody(open_page, client, page, settings, admin_user, width):
    caches["limits"].clear()
    today = timezone.localdate()
    OfferPage.objects.filter(pk=page.pk).update(title=LONG)
    Report.objects.create(offer=page, topic="ended", text="Schon lange nicht mehr", times=6, reported_on=today, last_reported_on=today)
    other = listing("kita-lahn")
    Report.objects.create(offer=other, text="Wort" * 60, reported_on=today, last_reported_on=today, changed_on=today)
    client.force_login(admin_user)
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies["sessionid"].value}
    browser = open_page("/admin/hinweise/", width=width, cookies=cookies)
    look(browser, f"list-{width}")
    assert [line for line in Axe(browser).findings() if "reports" in line] == []
    browser.get_by_role("button", name=re.compile("Erledigt.*Gruppe in kita-lahn")).click()
    browser.get_by_text("„Gruppe in kita-lahn“: Erledigt.").wait_for()
    assert Report.objects.get(offer=other).state == "done"
