"""A real browser on a real server. Nothing of another host is ever needed."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright runs an event loop in this thread; Django would refuse the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("Chromium is missing: install Debian's package chromium.")
        pytest.skip("Chromium is missing: install Debian's package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Opens an address in a context of its own; at the end no page may have asked another host or written an error.

    `width`: of the window in px, under 700 a touch screen; other keywords are Playwright's for a context.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    home = urlsplit(live_server.url).netloc

    def watch(page: Page) -> None:
        page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if urlsplit(request.url).netloc not in ("", home) else None)

    def open_(path: str, *, width: int = 1280, cookies: dict[str, str] | None = None, **options) -> Page:
        phone = width < 700
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, has_touch=phone, is_mobile=phone, locale="de-DE", **options
        )
        contexts.append(context)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in (cookies or {}).items()])
        page = context.new_page()
        watch(page)
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []
