"""The page of families: what gets in, what does not, and that nothing of a person is kept."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from offers.models import OfferPage, Report
from offers.reports import limits, tokens
from offers.reports.daily import tend_reports
from tests.offers.reports.builders import SAME_ORIGIN, freeze_time, listing, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _read(read):
    """Only one test is about forms that nobody has read."""


def address(page, name="report_offer"):
    return reverse(name, args=(page.key,))


def test_a_family_reports_in_one_field_and_gets_no_cookie(page):
    client = Client(enforce_csrf_checks=True)
    shown = client.get(address(page))
    sent = send(page, client=client, text="Beginnt erst um zehn")
    thanks = client.get(sent["Location"])
    assert (shown.status_code, sent.status_code, thanks.status_code) == (200, 302, 200)
    assert not client.cookies
    assert "no-store" in shown["Cache-Control"]
    for answer in (shown, thanks):
        assert "noindex" in answer["X-Robots-Tag"]
        assert b'name="robots" content="noindex' in answer.content
    (report,) = Report.objects.all()
    assert (report.offer_id, report.topic, report.text, report.state, report.times) == (page.pk, "other", "Beginnt erst um zehn", "new", 1)


def test_one_tap_is_enough(page):
    assert send(page, topic="ended").status_code == 302
    assert Report.objects.get().topic == "ended"


@pytest.mark.parametrize(
    "values", [{}, {"topic": "other"}, {"text": " \r\n\u200b"}, {"text": "x" * 501}, {"topic": "erfunden", "text": "x"}]
)
def test_what_says_nothing_or_too_much_is_asked_again(page, values):
    assert send(page, **values).status_code == 200
    assert not Report.objects.exists()


def test_breaks_count_as_browsers_count_them(page):
    assert send(page, text="x" * 498 + "\r\ny").status_code == 302
    assert len(Report.objects.get().text) == 500


def test_tokens_that_are_worth_nothing(page):
    other = listing("kita-lahn")
    good = tokens.issue(page.pk)
    for token in ("", "x", good[:-2] + "xx", good.replace(str(page.pk), str(other.pk), 1), tokens.issue(other.pk)):
        answer = send(page, token=token, text="Stimmt nicht")
        assert answer.status_code == 400
        assert "Stimmt nicht" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_token_is_too_young_then_good_then_too_old(page, monkeypatch):
    monkeypatch.undo()
    with freeze_time("2026-11-24 08:00:00"):
        token = tokens.issue(page.pk)
        assert tokens.judge(token, page.pk) == tokens.Verdict.EARLY
        assert send(page, token=token, text="x y").status_code == 400
    with freeze_time("2026-11-24 08:00:10"):
        assert tokens.judge(token, page.pk) == tokens.Verdict.GOOD
    with freeze_time("2026-11-24 20:00:10"):
        assert tokens.judge(token, page.pk) == tokens.Verdict.LATE
        assert send(page, token=token, text="x y").status_code == 400
    assert not Report.objects.exists()


def test_a_token_is_good_once(page):
    token = tokens.issue(page.pk)
    assert [send(page, token=token, text=text).status_code for text in ("eins", "zwei")] == [302, 302]
    assert [report.text for report in Report.objects.all()] == ["eins"]


def test_who_fills_in_what_nobody_sees_is_thanked_for_nothing(page):
    assert send(page, text="Kauft", betreff="Angebot").status_code == 302
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://boese.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Accept": "*/*"}, 302),
        (SAME_ORIGIN, 302),
    ],
)
def test_only_our_own_page_sends(page, headers, status):
    assert send(page, headers=headers, text="Stimmt nicht").status_code == status
    assert Report.objects.exists() == (status == 302)


def test_a_network_reports_three_times_a_day_on_an_offer(page):
    answers = [send(page, text=f"Hinweis {number}").status_code for number in range(4)]
    assert answers == [302, 302, 302, 429]
    assert send(page, text="von anderswo", address="192.0.2.9").status_code == 302
    with freeze_time("2099-01-01"):
        assert send(page, text="an einem anderen Tag").status_code == 302


def test_a_household_is_one_network(page):
    for number in range(4):
        answer = send(page, text=f"Hinweis {number}", address=f"2001:db8:0:1::{number}")
    assert answer.status_code == 429
    assert send(page, text="nebenan", address="2001:db8:0:2::1").status_code == 302


def test_all_offers_and_all_networks_have_their_limit(page, monkeypatch):
    monkeypatch.setattr(limits, "PER_NETWORK", 1)
    other = listing("kita-lahn")
    assert [send(each, text="x y").status_code for each in (page, other)] == [302, 429]
    monkeypatch.setattr(limits, "ALL_OF_OFFER", 2)
    assert [send(page, text=f"x {n}", address=f"192.0.2.{n}").status_code for n in (7, 8)] == [302, 429]


def test_what_looks_like_a_person_is_shown_first_and_then_left_out(page):
    text = "Falsche Zeit. Anna, 0171 2345678, anna@example.com. Ihre Nummer 02604 952110 stimmt."
    hint = send(page, text=text)
    assert hint.status_code == 200
    assert "Bitte keine Namen oder Telefonnummern" in hint.content.decode()
    assert not Report.objects.exists()
    assert send(page, text=text, gelesen="1").status_code == 302
    assert Report.objects.get().text == (
        "Falsche Zeit. Anna, [Nummer entfernt], [E-Mail-Adresse entfernt]. Ihre Nummer 02604 952110 stimmt."
    )


def test_no_trace_of_the_sender_stays_in_the_database(page):
    send(
        page, text="Schreiben Sie anna@example.com", gelesen="1", address="203.0.113.77", headers={**SAME_ORIGIN, "User-Agent": "Selten/1"}
    )
    report = Report.objects.values().get()
    kept = " ".join(str(value) for value in report.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM sign_in_limits")
        kept += " ".join(str(row) for row in cursor.fetchall())
    for trace in ("anna", "203.0.113", "Selten"):
        assert trace not in kept
    assert not any(hasattr(value, "hour") for value in report.values())


def test_the_key_of_the_hashes_is_gone_the_next_day(page):
    first, second = date(2026, 11, 24), date(2026, 11, 25)
    name, key = limits._name(first, "offer", "192.0.2.1", 1), caches["limits"].get(limits.KEY)
    assert limits._name(first, "offer", "192.0.2.1", 1) == name
    assert limits._name(second, "offer", "192.0.2.1", 1) != name
    assert caches["limits"].get(limits.KEY) not in (None, key)
    tend_reports(date(2026, 11, 26), lambda line: None)
    assert caches["limits"].get(limits.KEY) is None


def test_words_are_shown_as_words(page):
    words = "<script>alert(1)</script> „Ümläut“ {{ 7|add:7 }} ‮ 日本 & \"'"
    shown = send(page, token="", text=words).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; „Ümläut“ {{ 7|add:7 }}" in shown


@pytest.mark.parametrize("change", [{"live": False}, {"key": "anders"}])
def test_what_families_do_not_see_is_not_reported(page, change, client):
    OfferPage.objects.filter(pk=page.pk).update(**change)
    assert client.get(address(page)).status_code == 404
    assert send(page, text="x y").status_code == 404


def test_sensitive_pages_can_be_left_quickly(page, client):
    assert b"data-leave" not in client.get(address(page)).content
    OfferPage.objects.filter(pk=page.pk).update(sensitive=True)
    for name in ("report_offer", "report_thanks"):
        assert b"data-leave" in client.get(address(page, name)).content


def test_the_way_there(page, client):
    assert address(page) in client.get(page.url).content.decode()
    assert "Disallow: /hinweis/" in client.get("/robots.txt").content.decode().splitlines()


def test_showing_the_page_takes_few_queries(page, client, django_assert_max_num_queries):
    client.get(address(page))
    with django_assert_max_num_queries(8):
        client.get(address(page))
