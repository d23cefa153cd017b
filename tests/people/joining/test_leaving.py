"""Removal and handover: what hangs on a person goes over, nothing is orphaned, sessions end; a lost second factor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, ModelLogEntry, Page, PageSubscription, Workflow, WorkflowState

from cms.models import User
from offers.models import ListingRules
from people.approval import ensure_approval
from people.joining import leaving
from people.joining.houses import Person
from people.joining.permissions import NotAllowedError
from people.models import RoleName
from people.roles import ensure_team, providers_of
from tests.offers.builders import offer
from tests.people.accounts.conftest import sign_in
from tests.people.builders import team_member
from tests.people.joining.conftest import link

pytestmark = pytest.mark.django_db
NEW = {"first_name": "Nora", "last_name": "Neu", "email": "neu@kita-nassau.example"}


@pytest.fixture
def staff(client, district):
    client.force_login(district)
    return client


@pytest.fixture
def colleague(kita):
    return team_member(kita, "zweite@kita-nassau.example")


def url(name, kita, person):
    return reverse(name, args=(kita.team.pk, person.pk))


def test_removal_closes_the_account_of_whoever_has_no_team(staff, kita, leader):
    TOTP.activate(leader, "JBSWY3DPEHPK3PXP")
    staff.post(url("people_remove", kita, leader))
    leader.refresh_from_db()
    assert (leader.is_active, leader.has_usable_password(), leader.groups.count()) == (False, False, 0)
    assert not Authenticator.objects.filter(user=leader).exists()
    assert "geschlossen" in mail.outbox[-1].body
    assert "geschlossen" in mail.outbox[-1].alternatives[0][0]
    assert ModelLogEntry.objects.filter(action="people.left", object_id=str(leader.pk)).exists()


def test_whoever_is_in_another_team_keeps_the_account(staff, kita, other_kita, leader):
    leader.groups.add(other_kita.team.group if hasattr(other_kita, "team") else ensure_team(RoleName.PROVIDER, other_kita).group)
    staff.post(url("people_remove", kita, leader))
    leader.refresh_from_db()
    assert (leader.is_active, leader.has_usable_password()) == (True, True)
    assert providers_of(leader).get() == other_kita
    assert "geschlossen" not in mail.outbox[-1].body


def test_sessions_end(client, django_user_model, kita, leader, by_district):
    sign_in(client, leader)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert UserSession.objects.filter(user=leader).exists()
    leaving.remove(leader, kita.team, by_district)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert not UserSession.objects.filter(user=leader).exists()


def test_what_hangs_on_the_person_goes_to_whoever_stays(kita, leader, colleague, by_district):
    page = offer(kita, "gruppe", owner=leader)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=leader, locked_at=timezone.now())
    comment = Comment.objects.create(page=page.page_ptr, user=leader, text="Stimmt das?", contentpath="title")
    PageSubscription.objects.create(page=page.page_ptr, user=leader, comment_notifications=True)
    leaving.remove(leader, kita.team, by_district)
    page.refresh_from_db()
    assert (page.locked, page.locked_by, page.owner) == (False, None, colleague)
    assert not page.get_lock()
    assert Comment.objects.get() == comment
    assert not PageSubscription.objects.exists()
    assert page.permissions_for_user(colleague).can_edit()


def test_what_waits_for_approval_can_be_taken_back_by_the_new_leader(kita, leader, by_district, district):
    ListingRules.objects.all().delete()
    workflow: Workflow = ensure_approval(ensure_team(RoleName.DISTRICT))
    page = offer(kita, "gruppe", live=False, owner=leader)
    page.save_revision(user=leader)
    workflow.start(page, leader)
    leaving.hand_over(leader, kita.team, Person("Nora", "Neu", NEW["email"]), by_district)
    state = WorkflowState.objects.get()
    new = User.objects.get(email=NEW["email"])
    page.refresh_from_db()
    assert (state.status, state.requested_by, page.owner) == (WorkflowState.STATUS_IN_PROGRESS, new, new)
    assert state.user_can_cancel(new)
    assert not state.user_can_cancel(User.objects.get(pk=leader.pk))


def test_another_team_s_pages_stay_as_they_are(kita, other_kita, leader, by_district):
    leader.groups.add(ensure_team(RoleName.PROVIDER, other_kita).group)
    page = offer(other_kita, "gruppe", owner=leader)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=leader)
    leaving.remove(leader, kita.team, by_district)
    page.refresh_from_db()
    assert (page.locked, page.locked_by, page.owner) == (True, leader, leader)


def test_handover_is_one_step(staff, kita, leader):
    answer = staff.post(url("people_hand_over", kita, leader), NEW, follow=True)
    assert "übernimmt" in answer.content.decode()
    assert list(User.objects.filter(groups=kita.team.group).values_list("email", flat=True)) == [NEW["email"]]
    to = {message.to[0]: message.subject for message in mail.outbox}
    assert "Einladung" in to[NEW["email"]]
    assert "Nicht mehr im Team" in to[leader.email]
    assert link(next(message for message in mail.outbox if message.to == [NEW["email"]]))


@pytest.mark.parametrize("email", ["leitung@kita-nassau.example", "Leitung@Kita-Nassau.example", "admin@example.org"])
def test_a_handover_that_cannot_be_leaves_all_as_it_was(email, staff, kita, leader):
    User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    answer = staff.post(url("people_hand_over", kita, leader), {**NEW, "email": email})
    assert answer.context["form"].errors["email"]
    assert leader.groups.filter(pk=kita.team.group_id).exists()
    assert mail.outbox == []


def test_nobody_is_removed_twice(kita, leader, by_district):
    leaving.remove(leader, kita.team, by_district)
    with pytest.raises(NotAllowedError):
        leaving.remove(leader, kita.team, by_district)
    assert len(mail.outbox) == 1


def test_a_lost_second_factor_is_reset(client, staff, kita, leader):
    TOTP.activate(leader, "JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=leader, type="recovery_codes", data={})
    staff.post(url("people_reset_factor", kita, leader))
    assert not Authenticator.objects.filter(user=leader).exists()
    assert "zurückgesetzt" in mail.outbox[-1].subject
    assert reverse("account_login") in mail.outbox[-1].body
    assert ModelLogEntry.objects.filter(action="people.factor_reset", object_id=str(leader.pk), user__email="district@example.org").exists()


def test_whoever_had_only_a_passkey_gets_a_link(client, staff, kita, leader):
    leader.set_unusable_password()
    leader.save()
    Authenticator.objects.create(user=leader, type="webauthn", data={"name": "Telefon", "credential": {}})
    staff.post(url("people_reset_factor", kita, leader))
    client.logout()
    assert client.get(link()).status_code == 200
