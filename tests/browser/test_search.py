"""The search page in a browser: live without a page load, whole without JavaScript, by keys alone, light on a phone."""

import json
import re
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE_BUDGET_BYTES = 150_000


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    return int(re.search(r"\d+", page.locator("#ergebnis").inner_text()).group())


def wait_for_address(page: Page, name: str, values: list[str]) -> None:
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(name, []) == values)


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The Tab key does not reach {selector}.")


def mark(page: Page) -> None:
    page.evaluate("document.documentElement.dataset.sameDocument = 'yes'")


def is_marked(page: Page) -> bool:
    return page.evaluate("document.documentElement.dataset.sameDocument === 'yes'")


def listed(site: str, query: str = "") -> list[BeautifulSoup]:
    """The cards of all pages of the list, by following the links."""
    cards, path = [], f"/suche/?{query}"
    while path:
        with urlopen(site + path) as answer:
            soup = BeautifulSoup(answer.read(), "html.parser")
        cards += soup.select("[data-offer-key]")
        following = soup.select_one("a[rel=next]")
        path = following["href"] if following else ""
    return cards


class TestOnAPhone:
    @pytest.mark.parametrize("path", ["/suche/", "/suche/?q=Krabbelgruppe&ort=Bad+Ems"])
    def test_the_first_view_is_light_and_brings_nothing_of_the_map(self, open_site, path):
        page = open_site.blank(width=360)
        session, sizes, urls = page.context.new_cdp_session(page), [], []
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", lambda event: urls.append(event["response"]["url"]))
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(open_site.home + path, wait_until="networkidle")
        assert 10_000 < sum(sizes) < PHONE_BUDGET_BYTES, sorted(zip(sizes, urls, strict=False), reverse=True)
        assert not [url for url in urls if "leaflet" in url or "/karte" in url or "map/view" in url]

    def test_the_map_is_one_tap_away_and_loads_with_it(self, open_site):
        page = open_site("/suche/?ort=Nassau", width=360)
        with page.expect_response("**/leaflet*.js"), page.expect_response("**/suche/karte.geojson*"):
            page.get_by_role("button", name="Auf der Karte zeigen").tap()
        page.locator(".map-marker").first.wait_for()
        expect(page.get_by_role("button", name="Karte schließen")).to_have_attribute("aria-expanded", "true")

    def test_the_button_of_the_map_is_still_there_after_new_results(self, open_site):
        page = open_site("/suche/", width=360)
        page.locator("[name=q]").fill("Beratung")
        page.keyboard.press("Enter")
        wait_for_address(page, "q", ["Beratung"])
        page.get_by_role("button", name="Auf der Karte zeigen").tap()
        page.locator(".map-marker").first.wait_for()


def test_a_parent_gets_from_home_to_an_offer_by_keys_alone(open_site):
    page = open_site("/")
    tab_to(page, "[name=q]")
    page.keyboard.type("Krabbelgruppe")
    tab_to(page, "[name=ort]")
    page.keyboard.type("Bad E")
    suggestions = page.locator("#ort-vorschlaege [role=option]")
    expect(suggestions.first).to_contain_text("Bad Ems")
    page.keyboard.press("ArrowDown")
    expect(suggestions.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    page.wait_for_url("**/suche/**")
    assert (address(page)["q"], address(page)["ort"]) == (["Krabbelgruppe"], ["Bad Ems"])
    before = total(page)
    assert before > 1

    tab_to(page, "[data-filter] > summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=art][value=gruppe]")
    page.keyboard.press("Space")
    wait_for_address(page, "art", ["gruppe"])
    expect(page.locator("[name=art][value=gruppe]")).to_be_focused()
    assert 0 < total(page) <= before
    page.keyboard.press("Escape")
    expect(page.locator("[data-filter][open]")).to_have_count(0)

    tab_to(page, "[data-offer-key] a")
    title = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.wait_for_url("**/anbieter/**")
    assert page.locator("h1").inner_text() == title


class TestWithoutAPageLoad:
    def test_a_filter_changes_list_and_address_and_keeps_the_focus(self, open_site):
        page = open_site("/suche/?ort=Nassau")
        before = total(page)
        mark(page)
        page.locator("summary", has_text="Art").first.click()
        box = page.locator("[name=art][value=beratung]")
        box.focus()
        page.keyboard.press("Space")
        wait_for_address(page, "art", ["beratung"])
        expect(box).to_be_focused()
        expect(box).to_be_checked()
        assert total(page) < before
        assert set(page.locator(".card .tag").all_inner_texts()) == {"Beratung"}
        expect(page.locator("[data-filter][open] summary")).to_have_text("Art: Beratung")
        assert is_marked(page)

    def test_the_back_button_returns_to_the_question_before(self, open_site):
        page = open_site("/suche/?ort=Nassau")
        before = total(page)
        page.locator("summary", has_text="Art").first.click()
        page.locator("[name=art][value=beratung]").check()
        wait_for_address(page, "art", ["beratung"])
        assert total(page) < before
        page.go_back()
        wait_for_address(page, "art", [])
        expect(page.locator("#ergebnis")).to_contain_text(str(before))
        assert address(page)["ort"] == ["Nassau"]
        page.locator("summary", has_text="Art").first.click()
        expect(page.locator("[name=art][value=beratung]")).not_to_be_checked()

    def test_what_is_typed_meanwhile_stays(self, open_site):
        page = open_site("/suche/")
        page.locator("[name=q]").fill("Beratung")
        page.keyboard.press("Enter")
        page.locator("[name=ort]").press_sequentially("Nas")
        wait_for_address(page, "q", ["Beratung"])
        page.wait_for_load_state("networkidle")
        expect(page.locator("[name=ort]")).to_have_value("Nas")
        expect(page.locator("[name=ort]")).to_be_focused()

    def test_a_chosen_order_goes_into_the_address(self, open_site):
        page = open_site("/suche/?ort=Nassau")
        mark(page)
        page.get_by_label("Reihenfolge").select_option("entfernung")
        wait_for_address(page, "sortierung", ["entfernung"])
        assert is_marked(page)
        expect(page.locator("[data-offer-key] .facts").first).to_contain_text("Nassau")

    def test_the_address_says_nothing_of_empty_fields(self, open_site):
        page = open_site("/suche/")
        page.locator("[name=q]").fill("Krabbelgruppe")
        page.keyboard.press("Enter")
        wait_for_address(page, "q", ["Krabbelgruppe"])
        assert set(address(page)) == {"q"}


class TestWithoutJavaScript:
    def test_a_parent_gets_from_home_to_an_offer(self, open_site):
        page = open_site("/", java_script_enabled=False)
        page.locator("[name=q]").fill("Krabbelgruppe")
        page.locator("[name=ort]").fill("56130")
        page.get_by_role("button", name="Suchen").click()
        before = total(page)
        page.locator("summary", has_text="Art").first.click()
        page.locator("[name=art][value=gruppe]").check()
        page.get_by_role("button", name="Filter anwenden").click()
        assert address(page)["art"] == ["gruppe"]
        assert 0 < total(page) <= before
        title = page.locator("[data-offer-key] h3").first.inner_text()
        page.locator("[data-offer-key] a").first.click()
        assert page.locator("h1").inner_text() == title

    @pytest.mark.parametrize("width", [360, 1280])
    def test_nothing_is_shown_that_only_a_script_could_answer(self, open_site, width):
        page = open_site("/suche/?ort=Nassau", width=width, java_script_enabled=False)
        for selector in ("[data-locate]", "[data-map-toggle]"):
            expect(page.locator(selector)).to_be_hidden()

    def test_an_order_can_be_chosen_with_the_form(self, open_site):
        page = open_site("/suche/?ort=Nassau", java_script_enabled=False)
        page.get_by_label("Reihenfolge").select_option("datum")
        page.locator(".search-box__button").click()
        assert address(page)["sortierung"] == ["datum"]

    def test_pages_are_links(self, open_site):
        page = open_site("/suche/?ort=Nassau&umkreis=50", java_script_enabled=False)
        first = page.locator("[data-offer-key]").first.get_attribute("data-offer-key")
        page.get_by_role("link", name="Weitere Angebote").click()
        assert (address(page)["seite"], address(page)["ort"]) == (["2"], ["Nassau"])
        assert page.locator("[data-offer-key]").first.get_attribute("data-offer-key") != first


@pytest.mark.parametrize("query", ["", "q=Beratung", "ort=Diez&umkreis=5"])
def test_every_offer_on_the_map_is_in_the_list(site, query):
    with urlopen(f"{site}/suche/karte.geojson?{query}&zoom=10") as answer:
        features = json.load(answer)["features"]
    cards = listed(site, query)
    placed = {card["data-offer-key"] for card in cards if card.has_attr("data-lat")}
    assert len(cards) == len({card["data-offer-key"] for card in cards})
    assert sum(each["properties"]["count"] for each in features) == len(placed) > 0
    assert {each["properties"]["key"] for each in features if each["properties"]["count"] == 1} <= placed


def test_a_chip_takes_its_condition_back_and_leaves_the_others(open_site):
    page = open_site("/suche/?ort=Nassau&umkreis=25&art=gruppe&tag=mi&tag=do")
    before = total(page)
    page.get_by_role("link", name="Filter „Mittwoch“ entfernen").click()
    wait_for_address(page, "tag", ["do"])
    assert (address(page)["art"], address(page)["ort"], address(page)["umkreis"]) == (["gruppe"], ["Nassau"], ["25"])
    assert 0 < total(page) < before
    expect(page.get_by_role("link", name="Filter „Mittwoch“ entfernen")).to_have_count(0)
    expect(page.get_by_role("link", name="Filter „Donnerstag“ entfernen")).to_be_visible()


def test_where_nothing_is_found_every_way_out_finds_what_it_promises(open_site):
    path = "/suche/?q=Krabbelgruppe&ort=Nassau&umkreis=2&art=gruppe&tag=so&alter=8"
    page = open_site(path)
    assert total(page) == 0
    ways = page.locator(".empty a.button")
    labels = ways.all_inner_texts()
    assert len(labels) >= 1
    promised = [int(re.search(r"\((\d+)\)", label).group(1)) for label in labels]
    assert promised == sorted(promised, reverse=True)
    for number, promise in enumerate(promised):
        page.goto(open_site.home + path)
        ways.nth(number).click()
        page.wait_for_function("() => !document.querySelector('.empty')")
        assert total(page) == promise > 0
