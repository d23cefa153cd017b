"""What the life of a listing needs beside a browser: the post, the days that go by, the index that follows, pictures of each step."""

import os
import re
from datetime import date, timedelta
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from offers.models import ConfirmationMail, OfferPage, Report, Setback
from search.models import OutboxEntry
from tests.browser.width import wider_than_the_window
from tests.cms.test_mail import Post

DISTRICT, LEADER, SUCCESSOR = "kreis@example.org", "ina@kita.example", "uli@kita.example"
TITLE, NEIGHBOUR, HINT = "Krabbelkäfer", "Krabbelkäfer an der Lahn", "Es beginnt erst um zehn."


class Letters:
    """Mails as they came out of the queue and went through a real mail server."""

    def __init__(self, post: Post) -> None:
        self.post = post

    def to(self, address: str) -> list[EmailMessage]:
        """Send what waits in the queue; everything that this address has got since the last time, for any other address it stays."""
        call_command("send_mail", stdout=StringIO())
        mine = [(to, message) for to, message in self.post.got if to == [address]]
        self.post.got = [each for each in self.post.got if each not in mine]
        return [message for _to, message in mine]

    def one_to(self, address: str) -> EmailMessage:
        (message,) = self.to(address)
        return message


def text(message: EmailMessage) -> str:
    """The words of a mail."""
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def subject(message: EmailMessage) -> str:
    """Without the blank that stays of a header on two lines."""
    return message["Subject"].strip()


def link(message: EmailMessage, beginning: str) -> str:
    """The path of the mail's first link that begins so."""
    paths = [urlsplit(address).path for address in re.findall(r"https?://\S+", text(message))]
    return next(path for path in paths if path.startswith(beginning))


def days_pass(number: int) -> None:
    """Everything that bears a date is so many days older."""
    back = timedelta(days=number)
    OfferPage.objects.update(confirmed_at=F("confirmed_at") - back)
    ConfirmationMail.objects.update(sent_on=F("sent_on") - back)
    Setback.objects.update(since=F("since") - back)
    Report.objects.update(reported_on=F("reported_on") - back, last_reported_on=F("last_reported_on") - back)


def wait_until(offer: OfferPage, days_after_lapse: int) -> None:
    """Let the days pass until so many after the offer's confirmation has lapsed; before, where the number is negative."""
    offer.refresh_from_db()
    every, until = relativedelta(months=offer.confirm_every_months), timezone.localdate() - timedelta(days=days_after_lapse)
    # Months differ in length: the days that pass also move the day of lapsing by one or two.
    days_pass(next(number for number in range(1, 400) if offer.confirmed_at - timedelta(days=number) + every <= until))


def daily_command() -> str:
    """What the daily command says; run twice, since that must do nothing more."""
    said, again = StringIO(), StringIO()
    call_command("keep_fresh", stdout=said)
    call_command("keep_fresh", stdout=again)
    assert ": 0 mails, 0 hidden, 0 lowered, 0 lifted" in again.getvalue()
    return said.getvalue()


def bring_index_up_to_date() -> None:
    call_command("drain_index", stdout=StringIO())
    assert not OutboxEntry.objects.exists()


def look(page: Page, name: str) -> None:
    """No page is wider than its window. Keeps a picture where somebody wants to see one."""
    page.wait_for_load_state("networkidle")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert not wider_than_the_window(page), name


def reads(page: Page, *words: str) -> None:
    """All of it is on the page, or comes soon."""
    for each in words:
        expect(page.locator("body")).to_contain_text(each, timeout=60_000)


def told(page: Page, words: str) -> None:
    """The admin says so above the page that follows."""
    expect(page.locator(".messages")).to_contain_text(words, timeout=60_000)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=60_000)


def in_words(day: date) -> str:
    return date_format(day, "j. F Y")


def go(page: Page, path: str) -> None:
    """To another page of the same site."""
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + path)
