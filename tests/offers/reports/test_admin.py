"""Who sees and answers which reports."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from offers.models import Report
from people.models import RoleName
from tests.offers.reports.builders import listing
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db
LIST = "/admin/hinweise/"


def report(page, text, topic="time", days=0, **values):
    day = timezone.localdate() - timedelta(days=days)
    return Report.objects.create(offer=page, topic=topic, text=text, reported_on=day, last_reported_on=day, **values)


@pytest.fixture
def both(page):
    return report(page, "bei Nassau"), report(listing("kita-lahn"), "an der Lahn")


def sees(client, user, query=""):
    client.force_login(user)
    answer = client.get(LIST + query)
    text = answer.content.decode()
    return answer.status_code, "bei Nassau" in text, "an der Lahn" in text


def test_a_kita_sees_its_own(client, both):
    assert sees(client, team_member(both[0].offer.provider)) == (200, True, False)
    assert sees(client, member(RoleName.PROVIDER, both[0].offer.provider, both[1].offer.provider)) == (200, True, True)


@pytest.mark.parametrize(("role", "may"), [(RoleName.DISTRICT, True), (RoleName.PRESS, False), (RoleName.ADVISER, False)])
def test_the_district_sees_all_others_nothing(client, both, role, may):
    user = member(role)
    assert sees(client, user) == ((200, True, True) if may else (302, False, False))
    menu = client.get("/admin/").content.decode()
    assert ("Hinweise (2)" in menu) == may
    status = client.post(reverse("answer_report", args=(both[0].pk,)), {"done": "1"}).status_code
    both[0].refresh_from_db()
    assert (status, both[0].state) == ((302, "done") if may else (404, "new"))


def test_nobody_without_account(client, both):
    for answer in (client.get(LIST), client.post(f"{LIST}{both[0].pk}/", {"done": "1"})):
        assert (answer.status_code, answer["Location"].startswith("/konto/login/")) == (302, True) or "login" in answer["Location"]
    assert not Report.objects.exclude(state="new").exists()


@pytest.mark.parametrize("sent", ["change", "done", "not_right", "reopen"])
def test_the_report_of_another_house_is_not_there(client, both, sent):
    client.force_login(team_member(both[0].offer.provider))
    for key in (both[1].pk, 999_999):
        assert client.post(f"{LIST}{key}/", {sent: "1"}).status_code == 404
    assert client.get(f"{LIST}{both[0].pk}/").status_code == 405
    assert client.post(f"{LIST}{both[0].pk}/", {"unsinn": "1"}).status_code == 404
    assert not Report.objects.exclude(state="new").exists()


def test_one_tap_each(client, both):
    user = team_member(both[0].offer.provider)
    client.force_login(user)
    one = both[0]
    for sent, state, target in (
        ("change", "in_work", reverse("wagtailadmin_pages:edit", args=(one.offer_id,))),
        ("done", "done", LIST),
        ("reopen", "in_work", LIST),
        ("not_right", "not_right", LIST),
    ):
        answer = client.post(f"{LIST}{one.pk}/", {sent: "1"})
        one.refresh_from_db()
        assert (answer["Location"], one.state) == (target, state)
    actions = PageLogEntry.objects.filter(page=one.offer_id, user=user).values_list("action", flat=True)
    assert {"offers.report_in_work", "offers.report_done", "offers.report_not_right", "offers.report_reopened"} <= set(actions)
    history = client.get(reverse("wagtailadmin_pages:history", args=(one.offer_id,))).content.decode()
    assert "Hinweis erledigt" in history


def test_filters_and_what_comes_first(client, both, settings):
    settings.REPORT_ANSWER_DAYS = 7
    page = both[0].offer
    report(page, "von früher", days=8)
    report(page, "fertig", state="done", closed_on=timezone.localdate())
    report(both[1].offer, "endete", topic="ended", times=5)
    client.force_login(member(RoleName.DISTRICT))
    first = client.get(LIST).content.decode()
    order = [first.index(words) for words in ("endete", "von früher", "bei Nassau")]
    assert order == sorted(order)
    assert "Mehrere Familien sagen" in first
    assert "Seit mehr als 7 Tagen ohne Antwort" in first
    assert "fertig" not in first
    late = client.get(f"{LIST}?stand=lange").content.decode()
    assert "von früher" in late
    assert "bei Nassau" not in late
    closed = client.get(f"{LIST}?stand=zu").content.decode()
    assert "fertig" in closed
    assert "von früher" not in closed


def test_words_of_families_are_words(client, page):
    report(page, "<img src=x onerror=alert(1)> {{ x }}")
    client.force_login(team_member(page.provider))
    shown = client.get(LIST).content.decode()
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; {{ x }}" in shown


def test_the_suggestion_after_a_change(client, page):
    report(page, "x", changed_on=timezone.localdate())
    client.force_login(team_member(page.provider))
    assert "Ist der Hinweis damit erledigt?" in client.get(LIST).content.decode()


@pytest.mark.parametrize("role", [RoleName.DISTRICT, RoleName.PROVIDER])
def test_ten_times_the_reports_take_the_same_queries(client, page, role, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(member(role) if role == RoleName.DISTRICT else team_member(page.provider))
    report(page, "eins")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(30):
        report(listing(f"kita-{number}") if role == RoleName.DISTRICT and number < 5 else page, f"Hinweis {number}")
    with django_assert_num_queries(len(few)):
        client.get(LIST)
