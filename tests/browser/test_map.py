"""The map in a browser: what loads when, what fingers and keys do, how list and map know each other."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from cms.models import User
from places.datafiles import read_folder
from places.loading import load
from tests.offers.builders import offer, provider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MARKER, CARD = ".map-marker", ".map-card"
NASSAU = "Krabbelgruppe im Regenbogen, Nassau"


@pytest.fixture
def listings(live_server):
    """One offer in Nassau, three side by side in Diez."""
    load(read_folder(Path(settings.PLACES_FOLDER)))
    nassau = provider("kita-nassau", town="Nassau", postal_code="56377", latitude=50.3140, longitude=7.8000)
    offer(nassau, "krabbelgruppe", title="Krabbelgruppe im Regenbogen").save_revision().publish()
    diez = provider("kita-diez", town="Diez", postal_code="65582", latitude=50.3727, longitude=8.0093)
    for number in (1, 2, 3):
        offer(diez, f"beratung-{number}", title=f"Beratung {number}", kind="beratung").save_revision().publish()
    call_command("rebuild_index", verbosity=0)
    return nassau


def swipe(page, x, y, down):
    """One finger, ten steps."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        devtools.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + down * step / 10}]})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_on_a_phone_the_map_loads_only_when_somebody_wants_it(listings, open_page):
    page = open_page("/suche/", width=360)
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    page.wait_for_load_state("networkidle")
    page.reload(wait_until="networkidle")
    assert not [url for url in loaded if "leaflet" in url or "/karte" in url]
    page.click("[data-map-toggle]")
    page.wait_for_selector(MARKER)
    assert [url for url in loaded if "leaflet.js" in url]


def test_markers_and_clusters_have_names_and_are_large_enough_for_a_thumb(listings, open_page):
    page = open_page("/suche/")
    page.wait_for_selector(MARKER)
    names = [marker.get_attribute("aria-label") for marker in page.query_selector_all(MARKER)]
    assert names == ["3 Angebote, vergrößern", NASSAU]
    boxes = [marker.bounding_box() for marker in page.query_selector_all(MARKER)]
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)


def test_a_marker_opens_a_card_by_key_and_escape_leads_back(listings, open_page):
    page = open_page("/suche/")
    marker = page.get_by_role("button", name=NASSAU)
    marker.focus()
    page.keyboard.press("Enter")
    link = page.locator(f"{CARD} a")
    link.wait_for()
    assert link.evaluate("each => each === document.activeElement")
    assert link.get_attribute("href").endswith("/kita-nassau/krabbelgruppe/")
    page.keyboard.press("Escape")
    assert marker.evaluate("each => each === document.activeElement")
    page.wait_for_selector(CARD, state="detached")


def test_list_and_map_mark_each_other(listings, open_page):
    page = open_page("/suche/")
    page.wait_for_selector(MARKER)
    page.locator("[data-offer-key=krabbelgruppe] a").first.focus()
    assert page.locator(f"{MARKER}.is-marked").get_attribute("aria-label") == NASSAU
    page.locator("[data-offer-key=beratung-2] a").first.focus()
    assert page.locator(f"{MARKER}.is-marked").get_attribute("aria-label") == "3 Angebote, vergrößern"
    page.get_by_role("button", name=NASSAU).focus()
    assert page.locator("[data-offer-key].is-marked").get_attribute("data-offer-key") == "krabbelgruppe"


def test_the_map_follows_a_new_question_and_keeps_what_stays(listings, open_page):
    page = open_page("/suche/")
    page.wait_for_selector(MARKER)
    page.get_by_role("button", name=NASSAU).evaluate("each => { each.dataset.seen = 'before'; }")
    page.fill("[name=q]", "Krabbelgruppe")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{MARKER}--cluster", state="detached")
    assert page.get_by_role("button", name=NASSAU).get_attribute("data-seen") == "before"


def test_a_cluster_leads_to_where_it_parts(listings, open_page):
    offer(listings, "treff", title="Treff", kind="treff", venue="eigener", latitude=50.31, longitude=7.80).save_revision().publish()
    call_command("drain_index", verbosity=0)
    page = open_page("/suche/", reduced_motion="reduce")
    page.get_by_role("button", name="2 Angebote, vergrößern").click()
    page.get_by_role("button", name=NASSAU).wait_for()
    assert page.locator(MARKER).count() == 2
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_one_finger_scrolls_the_page_past_the_map(listings, open_page):
    page = open_page("/anbieter/kita-nassau/krabbelgruppe/", width=360)
    canvas = page.locator(".map__canvas")
    page.locator("family-map").scroll_into_view_if_needed()
    canvas.wait_for()
    page.wait_for_selector(".map-name")
    before, box = page.evaluate("scrollY"), canvas.bounding_box()
    swipe(page, box["x"] + 150, box["y"] + 60, down=100)
    page.wait_for_function(f"() => scrollY < {before}")


def test_the_wheel_scrolls_the_page_until_the_map_is_in_use(listings, open_page):
    page = open_page("/suche/")
    page.wait_for_selector(MARKER)
    zoom = "document.querySelector('family-map').view.map.getZoom()"
    page.locator(".map__canvas").hover(position={"x": 250, "y": 300})
    before = page.evaluate(zoom)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate(zoom) == before
    page.locator(".map__canvas").focus()
    page.mouse.wheel(0, 200)
    page.wait_for_function(f"() => {zoom} < {before}")


def test_without_javascript_a_link_stands_where_the_map_would_be(listings, open_page):
    page = open_page("/suche/", java_script_enabled=False)
    assert page.locator("family-map a").get_attribute("href") == "#ergebnis"


def test_the_whole_window_shows_the_map_and_escape_ends_it(listings, open_page):
    page = open_page("/suche/")
    page.get_by_role("button", name="Große Karte", exact=True).click()
    assert page.locator("family-map").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    page.keyboard.press("Escape")
    expect(page.locator("family-map[data-full]")).to_have_count(0)


def test_editors_move_a_point_by_keys_paste_and_the_town(listings, open_page, client):
    client.force_login(User.objects.create_superuser("kreis@example.org", "ein-langes-passwort"))
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    page = open_page(f"/admin/pages/{listings.pk}/edit/", cookies=cookies)
    point = page.locator(".position__marker")
    page.locator("position-picker").scroll_into_view_if_needed()
    point.focus()
    page.keyboard.press("ArrowUp")
    assert page.input_value("[name=latitude]") == "50.31422"
    page.fill("[name=latitude]", "50.3200, 7.8100")
    page.keyboard.press("Tab")
    assert (page.input_value("[name=latitude]"), page.input_value("[name=longitude]")) == ("50.32000", "7.81000")
    page.click("[data-position-take]")
    page.wait_for_function("() => document.querySelector('.position__status').textContent.includes('Nassau')")
    assert page.input_value("[name=latitude]") == "50.31562"
    page.click("[data-position-remove]")
    assert page.input_value("[name=latitude]") == ""
    assert point.count() == 0


def test_listings_in_one_place_open_as_a_list(listings, open_page):
    page = open_page("/suche/?q=Beratung", reduced_motion="reduce")
    page.locator(f"{MARKER}--cluster").click()
    link = page.locator(f"{CARD} a")
    assert link.inner_text() == "3 Angebote an dieser Stelle"
    link.click()
    page.wait_for_url("**/suche/?q=Beratung&lat=*")
    assert page.locator("[data-offer-key]").count() == 3
