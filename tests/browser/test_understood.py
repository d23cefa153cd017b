"""What was understood, in a browser: on the narrowest screens, by keyboard, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.width import wider_than_the_window

pytestmark = pytest.mark.browser

QUESTION = "/suche/?q=krabbelgruppe in der Nähe von Katzenelnbogen mittwochvormittag für 6 Monate kostenlos ohne Anmeldung"


@pytest.mark.parametrize("scripts", [True, False])
def test_chips_fit_the_narrowest_screen_and_take_their_words_back(open_site, scripts):
    page = open_site(QUESTION, width=320, java_script_enabled=scripts)
    assert not wider_than_the_window(page)
    chip = page.get_by_role("link", name="„Mittwoch, Vormittag“ entfernen")
    chip.scroll_into_view_if_needed()
    assert chip.bounding_box()["height"] >= 44
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(page.locator("#q")).to_have_value("krabbelgruppe in der Nähe von Katzenelnbogen für 6 Monate kostenlos ohne Anmeldung")
    expect(page.get_by_role("link", name="„Katzenelnbogen“ entfernen")).to_be_visible()


def test_words_alone_stay_so_while_filters_change(open_site):
    page = open_site("/suche/?q=babytreff diez")
    page.get_by_role("link", name="Nur als Wörter suchen").click()
    expect(page.get_by_role("link", name="Filter „nur als Wörter“ entfernen")).to_be_visible()
    expect(page.get_by_text("Verstanden als:")).to_have_count(0)
