"""What becomes of a report: one of many, a mail, an answer, its end."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from offers.models import OfferPage, Report, ReportState
from offers.reports.daily import tend_reports
from offers.reports.receiving import take
from offers.reports.states import NEXT, answer, in_order
from tests.offers.builders import offer, provider
from tests.offers.freshness_builders import sent
from tests.offers.reports.builders import district, listing, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def report(page, day, topic="time", **values):
    return Report.objects.create(offer=page, topic=topic, reported_on=day, last_reported_on=day, **values)


def test_the_same_is_one_report_and_counts_networks(page, read):
    for number, text in enumerate(("Kein Treff mehr", "kein  treff mehr", "KEIN TREFF MEHR", "Anders")):
        send(page, topic="ended", text=text, address=f"192.0.2.{number}")
    send(page, topic="ended", text="Kein Treff mehr", address="192.0.2.1")
    assert list(Report.objects.order_by("pk").values_list("text", "times")) == [("Kein Treff mehr", 3), ("Anders", 1)]


def test_a_settled_report_is_not_joined(page, today):
    first = take(page, "time", "Erst um zehn", today, counts=True)
    answer(first, ReportState.DONE, today)
    first.save()
    assert take(page, "time", "Erst um zehn", today, counts=True).pk != first.pk


def test_a_report_never_changes_the_offer(page, read):
    before = OfferPage.objects.values().get(pk=page.pk)
    for number in range(6):
        send(page, topic="ended", address=f"192.0.2.{number}")
    assert OfferPage.objects.values().get(pk=page.pk) == before


def test_the_mail_reaches_house_and_district_in_text_and_html(page, today):
    words = "<b>Zeit</b> & „Ort“ {{ x }}"
    take(page, "time", words, today, counts=True)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"kita-nassau@example.org", "kreis@example.org"}
    for letter in letters.values():
        ((html, kind),) = letter.alternatives
        assert kind == "text/html"
        assert "<b>Zeit" not in html
        for content in (letter.body, unescape(html)):
            assert words in content
            for word in (page.title, "Tag oder Uhrzeit", "/admin/hinweise/", f"/admin/pages/{page.pk}/edit/", "wissen wir nicht"):
                assert word in content
    assert letters["kreis@example.org"].body != letters["kita-nassau@example.org"].body
    assert mail.outbox[0].subject == "Kita-Nassau: Eine Familie hat einen Hinweis"


def test_one_mail_a_provider_a_day(page, today):
    second = offer(page.provider, "zweite", title="Zweite")
    take(page, "time", "eins", today, counts=True)
    assert len(sent()) == 2
    take(second, "place", "zwei", today, counts=True)
    take(page, "phone", "drei", today, counts=True)
    assert sent() == []
    say = []
    tend_reports(today, say.append)
    assert (sent(), say) == ([], [])
    tend_reports(today + timedelta(days=1), say.append, dry_run=True)
    assert sent() == []
    for _twice in range(2):
        tend_reports(today + timedelta(days=1), say.append)
    letters = sent()
    assert [letter.subject for letter in letters] == ["Kita-Nassau: 2 Hinweise von Familien"] * 2
    assert all("zwei" in letter.body and "drei" in letter.body and "eins" not in letter.body for letter in letters)
    other = listing("kita-lahn")
    take(other, "time", "vier", today, counts=True)
    assert len(sent()) == 2


def test_who_cannot_be_written_to_is_told_later(page, today):
    district("")
    type(page.provider).objects.update(email="")
    take(OfferPage.objects.get(pk=page.pk), "time", "eins", today, counts=True)
    assert (sent(), Report.objects.get().mailed_on) == ([], None)
    district()
    tend_reports(today, lambda line: None)
    assert [letter.to for letter in sent()] == [["kreis@example.org"]]


def test_a_long_list_is_cut(page, today):
    for number in range(23):
        report(page, today, text=f"Hinweis-{number}-")
    tend_reports(today, lambda line: None)
    body = sent()[0].body
    assert len(re.findall(r"Hinweis-\d+-", body)) == 20
    assert "Und 3 weitere Hinweise." in body


def test_states_and_days_of_the_answer(page, today):
    one = report(page, today)
    assert (one.is_open, one.answered_on) == (True, None)
    assert answer(one, ReportState.IN_WORK, today)
    assert answer(one, ReportState.DONE, today + timedelta(days=2))
    assert (one.answered_on, one.closed_on, one.is_open) == (today, today + timedelta(days=2), False)
    assert not answer(one, ReportState.NOT_RIGHT, today)
    assert answer(one, ReportState.IN_WORK, today)
    assert (one.answered_on, one.closed_on) == (today, None)
    assert set(NEXT) == set(ReportState)


def test_many_who_say_it_has_ended_come_first_then_what_waits(page, today):
    old = report(page, today - timedelta(days=8))
    fresh = report(page, today)
    four = report(listing("kita-lahn"), today, "ended", times=4)
    closed = report(page, today, state="done", closed_on=today)
    assert in_order([fresh, closed, four, old], today, 7) == [old, fresh, four, closed]
    fifth = report(four.offer, today, "ended", text="schon lange", times=1)
    assert in_order([fresh, closed, four, old, fifth], today, 7) == [four, fifth, old, fresh, closed]


def test_publishing_a_change_suggests_that_it_is_settled(page, today):
    one, other = report(page, today), report(listing("kita-lahn"), today)
    page.save_revision()
    one.refresh_from_db()
    assert one.changed_on is None
    page.save_revision().publish()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.changed_on, one.state, other.changed_on) == (today, "new", None)


def test_settled_reports_go_after_their_time(page, today, settings, capsys):
    settings.REPORT_KEEP_DAYS = 180
    kept = report(page, today, state="done", closed_on=today - timedelta(days=180), text="bleibt")
    report(page, today, state="not_right", closed_on=today - timedelta(days=181))
    still_open = report(page, today - timedelta(days=400))
    call_command("keep_fresh", dry_run=True)
    assert Report.objects.count() == 3
    call_command("keep_fresh")
    assert set(Report.objects.all()) == {kept, still_open}
    assert "1 settled reports deleted" in capsys.readouterr().out


def test_a_report_goes_with_its_offer(page, today):
    report(page, today)
    page.delete()
    assert not Report.objects.exists()
    assert provider("kita-neu").pk
