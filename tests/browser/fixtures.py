"""A real browser on a real server. Nothing of another host is ever needed."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.site import address_of_site

# Playwright runs an event loop in this thread; Django would refuse the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Where Django keeps what migrations have written, for tests with `serialized_rollback`.
RESTORED = "_test_serialized_contents"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        if os.environ.get("REQUIRE_SERVICES") == "1" or os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: install Debian's package chromium.")
        pytest.skip("Chromium is missing: install Debian's package chromium.")
    # In the event loop that begins here Django has other connections, and these know nothing of what they are to restore.
    contents = getattr(connection, RESTORED, None)
    with sync_playwright() as playwright:
        if contents is not None:
            setattr(connection, RESTORED, contents)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> str:
    """The address of the demo site as `make run` serves it, shared by all workers of this test run. Nobody may change its data.

    DEMO_SITE names one that runs already, which is quicker while one writes tests.
    """
    if running := os.environ.get("DEMO_SITE"):
        return running
    own = tmp_path_factory.getbasetemp()
    in_worker = "PYTEST_XDIST_WORKER" in os.environ
    return address_of_site(own.parent if in_worker else own, os.getppid() if in_worker else os.getpid())


class Visitor:
    """Opens pages of one site, each in a context of its own, and notes what no page may do."""

    def __init__(self, browser: Browser, home: str) -> None:
        self.browser, self.home = browser, home
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(self, path: str, **options) -> Page:
        page = self.blank(**options)
        page.goto(self.home + path)
        return page

    def blank(self, *, width: int = 1280, cookies: dict[str, str] | None = None, **options) -> Page:
        """`width`: of the window in px, under 700 a touch screen; other keywords are Playwright's for a context."""
        phone = width < 700
        context = self.browser.new_context(
            **{
                "viewport": {"width": width, "height": 800},
                "has_touch": phone,
                "is_mobile": phone,
                "locale": "de-DE",
                "timezone_id": "Europe/Berlin",
                **options,
            }
        )
        context.set_default_timeout(60_000)
        self.contexts.append(context)
        context.add_cookies([{"name": name, "value": value, "url": self.home} for name, value in (cookies or {}).items()])
        page = context.new_page()
        self._watch(page)
        return page

    def _watch(self, page: Page) -> None:
        host = urlsplit(self.home).netloc
        page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.faults.append(request.url) if urlsplit(request.url).netloc not in ("", host) else None)

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def open_page(chromium, live_server) -> Iterator[Visitor]:
    """Opens an address of the test's own data; at the end no page may have asked another host or written an error."""
    visitor = Visitor(chromium, live_server.url)
    yield visitor
    visitor.leave()
    assert visitor.faults == []


@pytest.fixture
def open_site(chromium, site) -> Iterator[Visitor]:
    """Opens an address of the demo site; at the end no page may have asked another host, written an error or set a cookie."""
    visitor = Visitor(chromium, site)
    yield visitor
    cookies = [cookie["name"] for context in visitor.contexts for cookie in context.cookies()]
    visitor.leave()
    assert (visitor.faults, cookies) == ([], [])
