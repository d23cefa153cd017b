"""An offer's page in a browser: on paper, and left in a hurry."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import KRABBELGRUPPE, SENSITIVE

pytestmark = pytest.mark.browser


def test_on_paper_an_offer_is_one_page_with_its_address_as_qr_code(open_site):
    page = open_site(KRABBELGRUPPE)
    expect(page.locator(".offer__qr")).to_be_hidden()
    page.emulate_media(media="print")
    code = page.locator(".offer__qr img")
    expect(code).to_be_visible()
    page.wait_for_function("() => document.querySelector('.offer__qr img').naturalWidth > 0")
    for gone in (".site-header", ".site-footer", "family-map", "[data-print]"):
        assert page.locator(gone).filter(visible=True).count() == 0, gone
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_print_and_share_are_there_only_with_javascript(open_site):
    assert open_site(KRABBELGRUPPE).locator("[data-print]").is_visible()
    without = open_site(KRABBELGRUPPE, java_script_enabled=False)
    assert not without.locator("[data-print]").is_visible()
    assert not without.locator("[data-share]").is_visible()


def test_leaving_a_sensitive_page_takes_it_out_of_the_history(open_site):
    page = open_site("/themen/gewalt/")
    page.route("https://**", lambda route: route.fulfill(body="<title>Wetter</title>", content_type="text/html"))
    page.goto(open_site.home + SENSITIVE)
    page.get_by_role("link", name="Seite schnell verlassen").click()
    page.wait_for_url("https://**")
    assert page.title() == "Wetter"
    page.go_back()
    assert page.url == f"{open_site.home}/themen/gewalt/"
    # The one request to another host is the one that was asked for.
    assert [fault for fault in open_site.faults if not fault.startswith("https://www.wetter.de/")] == []
    open_site.faults.clear()


def test_leaving_works_without_javascript_too_and_tells_nobody_where_from(open_site):
    page = open_site(SENSITIVE, java_script_enabled=False)
    link = page.get_by_role("link", name="Seite schnell verlassen")
    assert link.get_attribute("href").startswith("https://")
    assert "noreferrer" in link.get_attribute("rel")
