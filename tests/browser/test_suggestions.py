"""Suggestions and help in a browser: by keys, for screen readers, in any script, on the narrowest screens, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import Axe
from tests.browser.width import wider_than_the_window

pytestmark = pytest.mark.browser

OPTIONS = "#q-vorschlaege [role=option]"
NOTHING = "/suche/?q=Musikgarten&ort=Singhofen&umkreis=2&form=vor_ort&tag=mi"
UNKNOWN = "/suche/?q=quantenmechanik"


def type_into(page, text):
    page.locator("#q").press_sequentially(text, delay=20)
    page.locator(OPTIONS).first.wait_for()


def test_suggestions_come_in_groups_that_screen_readers_tell(open_site):
    page = open_site("/suche/")
    type_into(page, "krab")
    field = page.get_by_role("combobox", name="Was suchen Sie?")
    expect(field).to_have_attribute("aria-expanded", "true")
    box = page.get_by_role("listbox", name="Vorschläge")
    for group in ("Themen", "Was Familien suchen", "Angebote"):
        assert box.get_by_role("group", name=group).get_by_role("option").count() >= 1
    labels = [text.lower() for text in page.locator(f"{OPTIONS} > span:first-child").all_inner_texts()]
    assert len(labels) == len(set(labels)) <= 9
    expect(page.locator("#q ~ [role=status]")).to_have_text(f"{len(labels)} Vorschläge")
    assert Axe(page).findings() == []


def test_arrow_keys_go_through_all_groups_and_enter_searches_the_question(open_site):
    page = open_site("/suche/")
    type_into(page, "mein baby schr")
    question = page.get_by_role("option", name="mein baby schreit nur noch")
    for _press in range(9):
        page.keyboard.press("ArrowDown")
        if question.get_attribute("aria-selected") == "true":
            break
    assert page.locator("#q").get_attribute("aria-activedescendant") == question.get_attribute("id")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/?q=mein+baby+schreit+nur+noch")
    expect(page.locator("#q-vorschlaege")).to_be_hidden()
    expect(page.locator("[data-offer-key]").first).to_be_visible()


def test_escape_closes_the_list_and_keeps_what_was_typed(open_site):
    page = open_site("/suche/")
    type_into(page, "trozphase")
    page.keyboard.press("Escape")
    expect(page.locator("#q-vorschlaege")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("trozphase")
    expect(page.locator("#q ~ [role=status]")).to_have_text("")


@pytest.mark.parametrize(
    ("typed", "language", "direction"), [("طفل يب", "ar", "rtl"), ("дитина не сл", "uk", "ltr"), ("oyun gr", "tr", "ltr")]
)
def test_questions_of_other_languages_say_which_and_run_their_way(open_site, typed, language, direction):
    page = open_site("/suche/", width=320)
    type_into(page, typed)
    label = page.locator(f"{OPTIONS} > [lang={language}]").first
    expect(label).to_have_css("direction", direction)
    assert not wider_than_the_window(page)


def test_a_tap_on_the_front_door_asks_for_the_place_next(open_site):
    page = open_site("/", width=360)
    type_into(page, "eifersüch")
    page.locator(OPTIONS).first.tap()
    expect(page.locator("#ort")).to_be_focused()


HELP = [NOTHING, UNKNOWN, "/suche/?q=krabelgruppe", "/suche/?ort=Kaub&umkreis=2&art=kurs"]


@pytest.mark.parametrize("path", HELP)
def test_help_fits_the_narrowest_screen_and_needs_no_script(open_site, path):
    page = open_site(path, width=320, java_script_enabled=False)
    assert not wider_than_the_window(page)
    for link in page.locator(".empty a, .help .chip, .more a").all():
        assert link.bounding_box()["height"] >= 44


@pytest.mark.parametrize("path", HELP)
def test_help_is_there_for_everybody(open_site, path):
    assert Axe(open_site(path)).findings() == []


def test_help_leads_to_offers_without_a_page_of_its_own(open_site):
    page = open_site(NOTHING)
    page.locator("#hilfe-orte ~ .chips a").first.click()
    page.wait_for_url("**ort=Nassau**")
    expect(page.locator("[data-offer-key]").first).to_be_visible()
