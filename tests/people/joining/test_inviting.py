"""One invitation: provider page, team and account in one step, without doubles; a mail with a link that a scanner may open."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models.signals import m2m_changed
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.models import User
from offers.freshness.recipients import addresses
from offers.models import ProviderIndexPage, ProviderPage
from people.joining import inviting, leaving, links
from people.joining.houses import House, Person
from people.joining.permissions import Actor, NotAllowedError
from people.models import RoleName, Team
from people.roles import ensure_team, providers_of
from tests.offers.builders import home_page
from tests.people.builders import member, team_member
from tests.people.joining.conftest import link

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Kita Regenbogen",
    "kind": "kita",
    "street": "Emser Straße 1",
    "postal_code": "56377",
    "town": "Nassau",
    "first_name": "Ina",
    "last_name": "Muster",
    "email": "Ina.Muster@Kita.example",
}


@pytest.fixture
def staff(client, district):
    client.force_login(district)
    return client


def counts():
    return User.objects.count(), ProviderPage.objects.count(), Team.objects.count()


def test_all_is_made_in_one_step(staff):
    answer = staff.post(reverse("people_invite"), NEW)
    assert answer.url == reverse("people_teams")
    person = User.objects.get(email="ina.muster@kita.example")
    (page,) = providers_of(person)
    assert (page.title, page.key, page.live, page.town) == ("Kita Regenbogen", "kita-regenbogen", True, "Nassau")
    assert page.team.collection is not None
    assert page.permissions_for_user(person).can_edit()
    assert not person.has_usable_password()
    message = mail.outbox[-1]
    assert message.to == ["ina.muster@kita.example"]
    assert "Einladung: Kita Regenbogen" in message.subject
    assert "Guten Tag Ina Muster" in message.body
    assert "District" in message.body
    html = message.alternatives[0][0]
    assert link(message) in html
    assert ModelLogEntry.objects.filter(action="people.invited", object_id=str(person.pk), user__email="district@example.org").exists()


def test_without_an_address_the_page_waits_as_a_draft(staff):
    staff.post(reverse("people_invite"), {**NEW, "street": "", "postal_code": ""})
    page = ProviderPage.objects.get(title="Kita Regenbogen")
    assert (page.live, page.latest_revision is not None) == (False, True)


def test_the_same_again_makes_nothing_new_and_sends_the_link_again(staff):
    staff.post(reverse("people_invite"), NEW)
    before = counts()
    staff.post(reverse("people_invite"), {**NEW, "name": "  kita REGENBOGEN ", "email": "ina.muster@kita.example"})
    assert counts() == before
    assert len(mail.outbox) == 2
    assert link(mail.outbox[1])


def test_an_existing_provider_is_chosen_by_key(staff, kita):
    staff.post(reverse("people_invite"), {"provider": "kita-nassau", "last_name": "Muster", "email": "neu@kita.example"})
    assert providers_of(User.objects.get(email="neu@kita.example")).get() == kita
    assert ProviderPage.objects.count() == 1


def test_who_has_an_account_comes_into_the_team_and_is_told_so(staff, kita, stranger):
    staff.post(reverse("people_invite"), {"provider": "kita-nassau", "last_name": "Anders", "email": stranger.email})
    stranger.refresh_from_db()
    assert stranger.last_name == ""
    assert providers_of(stranger).count() == 2
    assert stranger.has_usable_password()
    assert "Sie sind im Team: Kita Nassau" in mail.outbox[-1].subject
    assert "einladung" not in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "keine"), ("postal_code", "1"), ("name", ""), ("last_name", ""), ("last_name", "http://böse.example"), ("kind", "zoo")],
)
def test_what_is_wrong_is_said_at_its_field(field, value, staff):
    before = counts()
    answer = staff.post(reverse("people_invite"), {**NEW, field: value})
    assert field in answer.context["form"].errors
    assert (counts(), mail.outbox) == (before, [])


def test_if_anything_fails_nothing_of_it_is_left(staff):
    before = counts()

    def fail(action, **kwargs):
        raise KeyboardInterrupt

    m2m_changed.connect(fail, sender=User.groups.through)
    try:
        with pytest.raises(KeyboardInterrupt):
            staff.post(reverse("people_invite"), NEW)
    finally:
        m2m_changed.disconnect(fail, sender=User.groups.through)
    assert (counts(), mail.outbox) == (before, [])


class TestLink:
    @pytest.fixture
    def path(self, kita, by_district):
        inviting.invite_house(House(key="kita-nassau"), Person("Ina", "Muster", "ina@kita.example"), by_district)
        return link()

    def test_opening_it_says_who_and_what_and_changes_nothing(self, client, path):
        before = User.objects.filter(email="ina@kita.example").values().get()
        entries = ModelLogEntry.objects.count()
        for send in (client.get, client.head, client.get):
            answer = send(path)
            assert answer.status_code == 200
        assert "ina@kita.example" in answer.content.decode()
        assert "Kita Nassau" in answer.content.decode()
        assert User.objects.filter(email="ina@kita.example").values().get() == before
        assert ModelLogEntry.objects.count() == entries
        assert "_auth_user_id" not in client.session

    def test_a_password_lets_one_in_and_ends_the_link(self, client, path):
        answer = client.post(path, {"password": "ein-langes-passwort"})
        assert answer.url == reverse("wagtailadmin_home")
        assert client.get(answer.url).status_code == 200
        client.logout()
        for send in (client.get, client.post):
            assert send(path, {"password": "ein-anderes-passwort"}).status_code == 410
        assert client.login(email="ina@kita.example", password="ein-langes-passwort")
        assert ModelLogEntry.objects.filter(action="people.joined").count() == 1

    def test_a_weak_password_is_refused_and_the_link_stays(self, client, path):
        assert client.post(path, {"password": "kurz"}).context["form"].errors
        assert client.get(path).status_code == 200

    def test_the_passkey_s_way_leads_to_its_page_and_ends_the_link(self, client, path):
        answer = client.post(path, {"passkey": "1"})
        assert answer.url.startswith(reverse("mfa_add_webauthn"))
        assert client.get(answer.url).status_code == 200
        client.logout()
        assert client.get(path).status_code == 410

    def test_it_expires(self, client, path, monkeypatch):
        monkeypatch.setattr(links, "VALID_FOR", timedelta(seconds=-1))
        assert [send(path, {"passkey": "1"}).status_code for send in (client.get, client.post)] == [410, 410]

    @pytest.mark.parametrize("change", [lambda path: path[:-3] + "x/", lambda path: "/konto/einladung/abc/"])
    def test_a_broken_one_is_told_of(self, change, client, path):
        assert client.get(change(path)).status_code == 404

    def test_it_ends_with_another_address_and_with_the_account(self, client, path):
        person = User.objects.get(email="ina@kita.example")
        person.email = "andere@kita.example"
        person.save()
        assert client.get(path).status_code == 410
        person.email, person.is_active = "ina@kita.example", False
        person.save()
        assert client.get(path).status_code == 410

    def test_whoever_is_signed_in_here_is_signed_out_first(self, client, path, stranger):
        client.force_login(stranger)
        client.post(path, {"password": "ein-langes-passwort"})
        assert client.session["_auth_user_id"] == str(User.objects.get(email="ina@kita.example").pk)

    def test_who_needs_a_second_factor_goes_on_to_it_with_the_mailbox_proved(self, client, path, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        person = User.objects.get(email="ina@kita.example")
        person.groups.add(ensure_team(RoleName.DISTRICT).group)
        answer = client.post(path, {"password": "ein-langes-passwort"}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("second_factor")
        assert reverse("mfa_add_webauthn") in answer.content.decode()
        assert client.get(reverse("wagtailadmin_home")).status_code == 302
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200


class TestColleague:
    def test_a_team_invites_a_colleague(self, client, kita, leader):
        client.force_login(leader)
        client.post(reverse("people_invite_to", args=(kita.team.pk,)), {"last_name": "Neu", "email": "neu@kita.example"})
        assert providers_of(User.objects.get(email="neu@kita.example")).get() == kita

    def test_the_answer_is_the_same_for_known_and_unknown_addresses(self, client, kita, leader, stranger):
        client.force_login(leader)
        url = reverse("people_invite_to", args=(kita.team.pk,))
        said = []
        for email in ("neu@kita.example", stranger.email):
            answer = client.post(url, {"last_name": "Neu", "email": email}, follow=True)
            said.append([str(message).replace(email, "…") for message in answer.context["messages"]])
        assert said[0] == said[1]

    def test_it_does_not_write_to_the_whole_world(self, client, kita, leader):
        client.force_login(leader)
        for number in range(22):
            client.post(reverse("people_invite_to", args=(kita.team.pk,)), {"last_name": "Neu", "email": f"neu{number}@kita.example"})
        assert len(mail.outbox) == 20


def test_a_closed_account_opens_by_the_link_alone(kita, other_kita, by_district, leader):
    leaving.remove(leader, kita.team, by_district)
    outcome = inviting.invite_house(House(key="kita-diez"), Person("", "Muster", leader.email), by_district)
    assert (outcome.person.pk, outcome.new_account, outcome.person.is_active) == (leader.pk, False, True)
    assert not links.can_sign_in(outcome.person)
    assert link()
    assert providers_of(outcome.person).get() == other_kita


def test_an_account_that_an_administrator_has_closed_stays_closed(kita, by_district, stranger):
    stranger.is_active = False
    stranger.save()
    with pytest.raises(NotAllowedError):
        inviting.invite_house(House(key="kita-nassau"), Person("", "Muster", stranger.email), by_district)
    administrator = Actor(User.objects.create_superuser("admin@example.org", "ein-langes-passwort"))
    assert inviting.invite_house(House(key="kita-nassau"), Person("", "Muster", stranger.email), administrator).person.is_active


def test_the_freshness_mail_goes_to_the_team(kita, other_kita, leader, stranger):
    team_member(kita, "zweite@kita-nassau.example")
    gone = team_member(kita, "fort@kita-nassau.example")
    gone.is_active = False
    gone.save()
    found = addresses([kita, other_kita])
    assert found == {kita.pk: ["leitung@kita-nassau.example", "zweite@kita-nassau.example"], other_kita.pk: [stranger.email]}


def test_the_district_sees_the_mails_that_wait(client, kita):
    client.force_login(member(RoleName.DISTRICT, email="amt@example.org"))
    assert client.get(reverse("unsent_mails")).status_code == 200
    assert client.post(reverse("retry_mails")).status_code == 302


def test_the_first_invitation_makes_the_directory_too():
    home_page()
    outcome = inviting.invite_house(House(name="Kita Neu", town="Nassau"), Person("", "Muster", "ina@kita.example"), Actor(None))
    assert outcome.team.provider.get_parent().specific == ProviderIndexPage.objects.get()


def test_without_a_site_it_is_said_what_is_missing():
    with pytest.raises(NotAllowedError, match="create_site"):
        inviting.invite_house(House(name="Kita Neu", town="Nassau"), Person("", "Muster", "ina@kita.example"), Actor(None))
