"""One tap does no more than its button says: what is locked stays as it is, and who may not add makes no copy."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Site, WorkflowState

from cms.models import User
from offers.models import OfferPage
from offers.models.rules import Approval, ListingRules
from people.approval import ensure_approval
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import offer, provider
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kita():
    return provider("kita-nassau", title="Kita Nassau", street="Amselweg 14", postal_code="56377", town="Nassau")


def lock(page):
    page.locked, page.locked_by, page.locked_at = True, member(RoleName.DISTRICT), timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])
    return page


def tap(client, name, page):
    return client.post(reverse(name, args=(page.pk,)), follow=True)


def test_what_the_district_has_locked_is_not_handed_in(client, kita):
    ListingRules.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults={"approval": Approval.ALWAYS})
    page = offer(kita, "gruppe", live=False)
    client.force_login(team_member(kita))
    lock(page)
    ensure_approval(ensure_team(RoleName.DISTRICT))
    tap(client, "offer_put_online", page)
    assert not WorkflowState.objects.exists()


def test_what_the_district_has_locked_is_not_taken_off(client, kita):
    page = lock(offer(kita, "gruppe"))
    client.force_login(team_member(kita))
    tap(client, "offer_take_off", page)
    assert OfferPage.objects.get(pk=page.pk).live


def test_who_may_only_change_makes_no_copy(client, kita):
    page = offer(kita, "gruppe")
    writers = Group.objects.create(name="Nur schreiben")
    writers.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=writers, page=kita, permission=Permission.objects.get(codename="change_page"))
    person = User.objects.create_user("schreibt@example.org", "ein-langes-passwort")
    person.groups.add(writers)
    client.force_login(person)
    tap(client, "offer_copy", page)
    assert OfferPage.objects.count() == 1
