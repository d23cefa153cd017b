"""What holds for every public page: usable by all, no other host, no cookie, no error, no sideways scrolling."""

import pytest

from tests.browser.axe import Axe

pytestmark = pytest.mark.browser

KRABBELGRUPPE = "/anbieter/kita-regenbogen-nassau/krabbelgruppe-kita-regenbogen-nassau/"
SENSITIVE = "/anbieter/schwangerenberatung-lichtblick-lahnstein/beratung-gewalt-in-der-partnerschaft-lahnstein/"
PAGES = {
    "home": "/",
    "search": "/suche/",
    "results": "/suche/?q=Krabbelgruppe&ort=Bad+Ems&art=gruppe",
    "nothing-found": "/suche/?q=Krabbelgruppe&ort=Nassau&umkreis=2&art=kurs&alter=120",
    "broken-question": "/suche/?q=Beratung&alter=sechs&ort=Atlantis",
    "offer": KRABBELGRUPPE,
    "sensitive-offer": SENSITIVE,
    "provider": "/anbieter/kita-regenbogen-nassau/",
    "providers": "/anbieter/",
    "newsroom": "/presse/",
    "release": "/presse/nr-176-2024-sozialraumbudget-workshop/",
    "topics": "/themen/",
    "topic": "/themen/krabbeln/",
    "towns": "/orte/",
    "town": "/orte/nassau/",
    "text": "/datenschutz/",
    "interface": "/api/",
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_at_all_sizes(page) -> dict[str, list[str]]:
    """axe at 360 and 1280 px, light and dark, by what was looked at; and how far a page of 320 px scrolls sideways."""
    axe, faults = Axe(page), {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults[f"{width} {scheme}"] = axe.findings()
    page.set_viewport_size({"width": 320, "height": 640})
    if wide := page.evaluate(SIDEWAYS):
        faults["320"] = [f"scrolls sideways by {wide} px"]
    return {where: found for where, found in faults.items() if found}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_everybody_can_use_the_page_and_nobody_else_hears_of_it(open_site, path):
    page = open_site(path, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert faults_at_all_sizes(page) == {}


@pytest.mark.parametrize("label", ["Art", "Wann", "Mehr"])
def test_everybody_can_use_an_open_filter(open_site, label):
    page = open_site("/suche/", reduced_motion="reduce")
    page.locator("summary", has_text=label).first.click()
    page.locator("[data-filter][open]").wait_for()
    assert faults_at_all_sizes(page) == {}


def test_everybody_can_use_the_way_in_for_editors(chromium, site):
    # It is not for families: its form has a cookie against forgery.
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/konto/login/", wait_until="networkidle")
    found = faults_at_all_sizes(page)
    context.close()
    assert found == {}


def test_a_missing_page_helps_on(open_site):
    page = open_site("/gibt-es-nicht/", reduced_motion="reduce")
    # The browser writes the status of the page itself into its console.
    assert [fault for fault in open_site.faults if "404" not in fault] == []
    open_site.faults.clear()
    assert page.locator("main a[href='/suche/'], main form[action='/suche/']").count() >= 1
    assert faults_at_all_sizes(page) == {}
