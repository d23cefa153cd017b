"""No page scrolls sideways."""

from playwright.sync_api import Page


def wider_than_the_window(page: Page) -> str:
    """Empty is good; else what is too wide, in px. A page that a tap has only just opened is waited for."""
    # A click returns when the answer begins: until the page has come there may be no document to measure.
    page.wait_for_load_state()
    # Not innerWidth: a telephone zooms out until all is in sight, and then nothing is ever too wide.
    window = page.viewport_size["width"]
    width = page.evaluate("document.documentElement.scrollWidth")
    return f"{page.url}: {width} px in a window of {window} px" if width > window else ""
