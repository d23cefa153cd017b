""" "Meine Angebote": what it shows, what a tap does, and that nobody taps on what is another's."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu
from wagtail.models import PageLogEntry

from offers.freshness.actions import hide
from offers.models import OfferPage, ScheduleException
from offers.models.rules import Approval
from people.approval import ensure_approval
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import offer, provider, weekly
from tests.offers.test_editing import words
from tests.people.builders import member, team_member
from tests.people.test_approval import choose

pytestmark = pytest.mark.django_db

TAPS = ("offer_confirm", "offer_cancel_date", "offer_restore_date", "offer_take_off", "offer_put_online", "offer_copy")
HOME = "/admin/"


@pytest.fixture
def kita():
    return provider("kita-nassau", title="Kita Nassau", street="Amselweg 14", postal_code="56377", town="Nassau", phone="02604 1")


@pytest.fixture
def leader(kita, client):
    user = team_member(kita)
    client.force_login(user)
    return client


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def group(kita, tomorrow):
    """Online since a year, every week, tomorrow the next time."""
    page = offer(
        kita,
        title="Krabbelgruppe",
        schedules=[weekly(tomorrow.weekday())],
        confirmed_at=timezone.localdate() - timedelta(days=30),
        pauses_in_school_holidays=False,
        pauses_on_public_holidays=False,
    )
    page.save_revision().publish()
    return OfferPage.objects.get(pk=page.pk)


def tap(client, name, page, **data):
    return client.post(reverse(name, args=(page.pk,)), data, follow=True)


def again(page):
    return OfferPage.objects.get(pk=page.pk)


def cancelled(page):
    return [(each.date, each.change) for each in again(page).exceptions.all()]


def actions_of(page):
    return list(PageLogEntry.objects.filter(page=page.pk).order_by("timestamp", "pk").values_list("action", flat=True))


def test_the_first_page_shows_what_is_online_what_waits_and_what_is_old(leader, kita, group):
    offer(kita, "alt", title="Elterncafé", confirmed_at=timezone.localdate() - timedelta(days=200))
    offer(kita, "entwurf", title="Vatertag", live=False)
    offer(provider("kita-lahn"), "fremd", title="Fremdes Angebot")
    shown = words(leader.get(HOME))
    assert "Krabbelgruppe" in shown
    assert "Zu sehen, zuletzt bestätigt am" in shown
    assert "nicht mehr bestätigt" in shown
    assert "Entwurf, noch nicht zu sehen" in shown
    assert "morgen, 9:30 Uhr · jede Woche" in shown
    assert "Fremdes Angebot" not in shown
    assert shown.index("Elterncafé") < shown.index("Vatertag")


def test_nothing_yet_invites_to_begin(leader, kita):
    shown = leader.get(HOME)
    assert "Mit einem Beispiel anfangen" in words(shown)
    assert reverse("new_offer", args=(kita.pk,)) in shown.content.decode()


def test_who_keeps_no_provider_sees_no_desk(client, kita, group):
    for role in (RoleName.PRESS, RoleName.ADVISER, RoleName.DISTRICT):
        client.force_login(member(role))
        assert 'class="desk"' not in client.get(HOME).content.decode()


def test_who_keeps_many_chooses_one_first(client):
    houses = [provider(f"kita-{number}", title=f"Kita {number}") for number in range(5)]
    for house in houses:
        offer(house, f"gruppe-{house.pk}", title=f"Gruppe {house.title}")
    client.force_login(member(RoleName.PROVIDER, *houses))
    shown = words(client.get(HOME))
    assert "Kita 3 1 Angebot online" in shown
    assert "Gruppe Kita 3" not in shown
    one = words(client.get(HOME, {"anbieter": houses[3].pk}))
    assert "Gruppe Kita 3" in one
    assert "Gruppe Kita 2" not in one
    other = offer(provider("kita-fremd"), "fremd", title="Fremdes")
    assert "Fremdes" not in words(client.get(HOME, {"anbieter": other.get_parent().pk}))


def queries(client):
    client.get(HOME)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(HOME).status_code == 200
    return len(counted)


def test_many_offers_cost_as_many_queries_as_two(leader, kita, group, tomorrow):
    offer(kita, "zweites", live=False)
    few = queries(leader)
    for number in range(15):
        page = offer(
            kita, f"nr-{number}", schedules=[weekly(tomorrow.weekday())], live=number % 3 != 0, confirmed_at=date(2026, 1, 1 + number)
        )
        page.exceptions.add(ScheduleException(date=tomorrow))
        page.save()
    assert queries(leader) == few


@pytest.mark.parametrize("role", [RoleName.PROVIDER, RoleName.PRESS, RoleName.ADVISER])
@pytest.mark.parametrize("name", TAPS)
def test_nobody_taps_on_anothers_offer(name, role, client, group, tomorrow):
    other = [provider("kita-lahn")] if role == RoleName.PROVIDER else []
    client.force_login(member(role, *other))
    before = OfferPage.objects.count()
    assert client.post(reverse(name, args=(group.pk,)), {"date": tomorrow.isoformat()}).status_code == 404
    now = again(group)
    assert (now.live, now.confirmed_at, cancelled(now), OfferPage.objects.count()) == (True, group.confirmed_at, [], before)


@pytest.mark.parametrize("name", TAPS)
def test_a_link_alone_changes_nothing(name, leader, group):
    assert leader.get(reverse(name, args=(group.pk,))).status_code == 405


@pytest.mark.parametrize("name", TAPS)
def test_whoever_is_not_signed_in_is_sent_to_the_door(name, client, group):
    assert "/konto/login/" in client.post(reverse(name, args=(group.pk,))).url


def test_confirming_is_one_tap(leader, group):
    shown = words(tap(leader, "offer_confirm", group))
    assert again(group).confirmed_at == timezone.localdate()
    assert "Familien lesen: heute bestätigt" in shown
    tap(leader, "offer_confirm", group)
    assert actions_of(group).count("offers.confirmed") == 1


def test_what_was_hidden_is_online_again_with_one_tap(leader, group):
    hide(group, timezone.localdate())
    assert "Nicht online, weil es lange niemand bestätigt hat" in words(leader.get(HOME))
    tap(leader, "offer_confirm", group)
    assert again(group).live


def test_a_draft_has_nothing_to_confirm(leader, kita):
    draft = offer(kita, live=False, confirmed_at=None)
    tap(leader, "offer_confirm", draft)
    assert again(draft).confirmed_at is None


def test_a_date_is_cancelled_and_taken_back_with_one_tap_each(leader, group, tomorrow):
    day = tomorrow.isoformat()
    for _twice in range(2):
        shown = words(tap(leader, "offer_cancel_date", group, date=day))
        assert "fällt aus" in shown
        assert "Rückgängig" in shown
    assert cancelled(group) == [(tomorrow, "cancelled")]
    assert [each.start.date() for each in again(group).upcoming(timezone.now(), 1)] == [tomorrow + timedelta(days=7)]
    assert cancelled(again(group).get_latest_revision_as_object()) == [(tomorrow, "cancelled")]
    for _twice in range(2):
        tap(leader, "offer_restore_date", group, date=day)
    assert cancelled(group) == []
    assert list(again(group).get_latest_revision_as_object().exceptions.all()) == []
    assert [each for each in actions_of(group) if each.startswith("offers.date")] == ["offers.date_cancelled", "offers.date_restored"]
    assert f"Ein Termin fällt aus: {tomorrow.day}." in words(leader.get(reverse("wagtailadmin_pages:history", args=(group.pk,))))


def test_a_cancelled_date_reaches_families_and_leaves_the_draft_over_it_a_draft(leader, group, tomorrow):
    draft = again(group)
    draft.title = "Neuer Name"
    draft.save_revision()
    tap(leader, "offer_cancel_date", group, date=tomorrow.isoformat())
    now = again(group)
    assert (now.title, now.has_unpublished_changes, cancelled(now)) == ("Krabbelgruppe", True, [(tomorrow, "cancelled")])
    latest = now.get_latest_revision_as_object()
    assert latest.title == "Neuer Name"
    assert [each.date for each in latest.exceptions.all()] == [tomorrow]
    now.latest_revision.publish()
    assert cancelled(group) == [(tomorrow, "cancelled")]
    tap(leader, "offer_restore_date", group, date=tomorrow.isoformat())
    assert cancelled(group) == []


def test_a_moved_date_that_is_cancelled_and_taken_back_is_moved_again(leader, group, tomorrow):
    page = again(group)
    page.exceptions.add(ScheduleException(date=tomorrow, change="moved", new_date=tomorrow + timedelta(days=1)))
    page.save_revision().publish()
    tap(leader, "offer_cancel_date", group, date=tomorrow.isoformat())
    assert cancelled(group) == [(tomorrow, "cancelled")]
    tap(leader, "offer_restore_date", group, date=tomorrow.isoformat())
    assert cancelled(group) == [(tomorrow, "moved")]


def test_a_day_without_a_date_is_not_cancelled(leader, group, tomorrow):
    shown = words(tap(leader, "offer_cancel_date", group, date=(tomorrow + timedelta(days=1)).isoformat()))
    assert "An diesem Tag ist kein Termin." in shown
    assert cancelled(group) == []
    for broken in ("", "morgen", "2026-13-40"):
        assert leader.post(reverse("offer_cancel_date", args=(group.pk,)), {"date": broken}).status_code == 404


def test_offline_and_online_again(leader, group):
    shown = words(tap(leader, "offer_take_off", group))
    assert not again(group).live
    assert "Nicht mehr online." in shown
    assert "Rückgängig" in shown
    tap(leader, "offer_take_off", group)
    tap(leader, "offer_put_online", group)
    assert again(group).live
    tap(leader, "offer_put_online", group)
    assert actions_of(group).count("wagtail.unpublish") == 1
    assert actions_of(group).count("wagtail.publish") == 2


def test_a_draft_with_gaps_does_not_go_online_and_says_why(leader, kita):
    draft = offer(kita, live=False, cost="betrag")
    draft.save_revision()
    shown = tap(leader, "offer_put_online", draft)
    assert not again(draft).live
    assert "Bitte sagen Sie, was es kostet" in words(shown)
    assert shown.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=(draft.pk,))


def test_a_copy_is_a_draft_and_a_second_tap_makes_no_second(leader, group, tomorrow):
    tap(leader, "offer_cancel_date", group, date=tomorrow.isoformat())
    for _twice in range(2):
        shown = tap(leader, "offer_copy", group)
    made = OfferPage.objects.get(title="Kopie von Krabbelgruppe")
    assert shown.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=(made.pk,))
    latest = made.get_latest_revision_as_object()
    assert (made.live, made.confirmed_at, latest.confirmed_at, made.key != group.key) == (False, None, None, True)
    assert [each.start_time for each in latest.schedules.all()] == [each.start_time for each in group.schedules.all()]
    assert list(latest.exceptions.all()) == list(made.exceptions.all()) == []


def test_where_the_district_reads_first_a_tap_hands_in(leader, kita):
    member(RoleName.DISTRICT)
    ensure_approval(ensure_team(RoleName.DISTRICT))
    choose(Approval.ALWAYS)
    draft = offer(kita, live=False, title="Neu")
    draft.save_revision()
    assert "Zur Freigabe geben" in words(leader.get(HOME))
    for _twice in range(2):
        tap(leader, "offer_put_online", draft)
    waiting = again(draft)
    assert not waiting.live
    assert waiting.workflow_in_progress
    assert waiting.workflow_states.count() == 1
    assert "Liegt beim Kreis zur Freigabe" in words(leader.get(HOME))
    waiting.current_workflow_state.current_task_state.reject(comment="Bitte das Alter nennen.", user=None)
    shown = words(leader.get(HOME))
    assert "Vom Kreis zurückgegeben" in shown
    assert "Bitte das Alter nennen." in shown
    tap(leader, "offer_put_online", draft)
    assert again(draft).workflow_in_progress


def test_a_cancelled_date_waits_for_no_approval(leader, group, tomorrow):
    member(RoleName.DISTRICT)
    ensure_approval(ensure_team(RoleName.DISTRICT))
    choose(Approval.ALWAYS)
    draft = again(group)
    draft.summary = "Neu."
    draft.save_revision()
    tap(leader, "offer_put_online", group)
    tap(leader, "offer_cancel_date", group, date=tomorrow.isoformat())
    assert (again(group).summary, cancelled(group)) == ("Kurz gesagt.", [(tomorrow, "cancelled")])
    again(group).current_workflow_state.current_task_state.approve(user=None)
    assert (again(group).summary, cancelled(group)) == ("Neu.", [(tomorrow, "cancelled")])


def test_the_menu_of_a_kita_is_short(leader, kita, group):
    request = leader.get(HOME).wsgi_request
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    names = [item.name for item in items]
    assert names[0] == "desk"
    assert not {"explorer", "reports", "help", "settings", "snippets", "people-offers", "unconfirmed"} & set(names)
