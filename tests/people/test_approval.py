"""Approval as the district chooses: at once, the first listing, or all; the way there and back, with mails and comments."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Site, TaskState, Workflow

from offers.models import OfferPage, Topic
from offers.models.rules import Approval, ListingRules
from people.approval import ensure_approval
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import offer, provider
from tests.offers.editing_form import filled
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db

NEVER, FIRST, ALWAYS = Approval


@pytest.fixture
def kita():
    return provider("kita-nassau", title="Kita Nassau", street="Amselweg 14", postal_code="56377", town="Nassau")


@pytest.fixture
def leader(kita):
    return team_member(kita)


@pytest.fixture
def district(kita):
    user = member(RoleName.DISTRICT)
    ensure_approval(ensure_team(RoleName.DISTRICT))
    return user


def choose(approval):
    rules = ListingRules.for_site(Site.objects.get(is_default_site=True))
    rules.approval = approval
    rules.save()


def fresh(user):
    """As the next request sees the person."""
    return type(user).objects.get(pk=user.pk)


def may_publish(user, page):
    return page.permissions_for_user(fresh(user)).can_publish()


def may_publish_new(user, parent):
    return parent.permissions_for_user(fresh(user)).can_publish_subpage()


# The setting, whether the provider has had an offer online, and whether its team then publishes by itself.
CASES = [
    (NEVER, None, True),
    (NEVER, "draft", True),
    (FIRST, None, False),
    (FIRST, "draft", False),
    (FIRST, "live", True),
    (FIRST, "was live", True),
    (ALWAYS, None, False),
    (ALWAYS, "live", False),
]


@pytest.mark.parametrize(("approval", "earlier", "publishes"), CASES)
def test_who_publishes_under_which_rule(approval, earlier, publishes, kita, leader, district):
    choose(approval)
    draft = offer(kita, "neu", live=False)
    if earlier:
        other = offer(kita, "frueher", live=earlier == "live")
        if earlier == "was live":
            other.save_revision().publish()
            other.refresh_from_db()
            other.unpublish()
    assert may_publish(leader, draft) is publishes
    assert may_publish_new(leader, kita) is publishes
    assert may_publish(district, draft)
    assert may_publish_new(district, kita)


def test_what_another_provider_has_online_does_not_count(kita, leader):
    choose(FIRST)
    offer(provider("kita-lahn"), "fremdes")
    assert not may_publish(leader, offer(kita, "neu", live=False))


def test_the_setting_works_at_once(kita, leader):
    draft = offer(kita, "neu", live=False)
    seen = []
    for approval in (NEVER, ALWAYS, NEVER):
        choose(approval)
        seen.append(may_publish(leader, draft))
    assert seen == [True, False, True]


def test_what_waits_elsewhere_does_not_go_online_by_a_move(kita, leader):
    choose(FIRST)
    new = provider("kita-neu")
    leader.groups.add(ensure_team(RoleName.PROVIDER, new).group)
    shown = offer(kita, "sichtbar")
    draft = offer(kita, "entwurf", live=False)
    assert not shown.permissions_for_user(fresh(leader)).can_move_to(new)
    assert draft.permissions_for_user(fresh(leader)).can_move_to(new)


@pytest.mark.parametrize("approval", Approval)
def test_a_provider_may_always_take_an_offer_off(approval, kita, leader):
    choose(approval)
    assert offer(kita, "sichtbar").permissions_for_user(leader).can_unpublish()


def test_the_number_of_questions_does_not_grow_with_the_listings(kita, leader, django_assert_max_num_queries):
    choose(FIRST)
    pages = [offer(kita, f"angebot-{number}", live=False) for number in range(8)]
    user = fresh(leader)
    # The pages, the person's rights, the site, its rule, what is online.
    with django_assert_max_num_queries(5):
        assert not any(page.permissions_for_user(user).can_publish() for page in OfferPage.objects.filter(pk__in=[p.pk for p in pages]))


def form(**fields):
    """What may be published: with a summary and a topic."""
    topic = Topic.objects.get_or_create(slug="spielen", defaults={"name": "Spielen"})[0]
    return filled(summary="Für alle Kinder.", topics=[topic.pk], **fields)


def write(client, user, kita, action):
    """Somebody sends the form of a new offer; the offer, as it then stands."""
    client.force_login(user)
    url = reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk))
    client.post(url, form(**{action: "1"}))
    return OfferPage.objects.get(title="Krabbelgruppe")


def act(client, user, page, action, comment=""):
    client.force_login(user)
    state = page.current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=(page.pk, action, state.pk)), {"comment": comment})


def test_under_always_the_button_to_publish_does_nothing_for_the_team(client, kita, leader, district):
    choose(ALWAYS)
    assert not write(client, leader, kita, "action-publish").live


@pytest.mark.parametrize(
    ("approval", "shown", "hidden"), [(NEVER, "action-publish", "action-submit"), (ALWAYS, "action-submit", "action-publish")]
)
def test_one_button_ends_the_work(approval, shown, hidden, client, kita, leader, district):
    choose(approval)
    client.force_login(leader)
    page = client.get(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk))).content.decode()
    assert f'name="{shown}"' in page
    assert f'name="{hidden}"' not in page


def test_approved_with_mails_on_both_sides(client, kita, leader, district, django_capture_on_commit_callbacks):
    choose(FIRST)
    page = write(client, leader, kita, "action-submit")
    assert not page.live
    [to_district] = [message for message in mail.outbox if district.email in message.to]
    assert to_district.subject == "„Krabbelgruppe“ wartet auf Ihre Freigabe"
    assert "von Kita Nassau" in to_district.body
    assert f"/admin/pages/{page.pk}/edit/" in to_district.body
    assert to_district.alternatives[0].mimetype == "text/html"

    mail.outbox.clear()
    act(client, district, page, "approve")
    page.refresh_from_db()
    assert page.live
    [to_kita] = mail.outbox
    assert (to_kita.to, to_kita.subject) == ([leader.email], "„Krabbelgruppe“ ist online")
    assert page.full_url in to_kita.body
    # The next one goes online without asking.
    assert may_publish_new(leader, kita)


def test_given_back_with_a_comment_and_sent_again(client, kita, leader, district):
    choose(ALWAYS)
    page = write(client, leader, kita, "action-submit")
    mail.outbox.clear()
    act(client, district, page, "reject", comment="Bitte <b>Alter</b> ergänzen")
    [to_kita] = mail.outbox
    assert to_kita.to == [leader.email]
    assert "Bitte <b>Alter</b> ergänzen" in to_kita.body
    assert "Bitte &lt;b&gt;Alter&lt;/b&gt; ergänzen" in to_kita.alternatives[0].content
    assert TaskState.objects.get().comment == "Bitte <b>Alter</b> ergänzen"

    client.force_login(leader)
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert "Bitte &lt;b&gt;Alter&lt;/b&gt; ergänzen" in client.get(url).content.decode()
    client.post(url, form(min_age_months="6", **{"action-restart-workflow": "1"}))
    page.refresh_from_db()
    assert page.workflow_in_progress
    assert not page.live


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_approves_their_own(action, client, kita, leader, district):
    choose(ALWAYS)
    page = write(client, leader, kita, "action-submit")
    act(client, leader, page, action)
    page.refresh_from_db()
    assert not page.live
    assert page.workflow_in_progress


def test_the_approval_set_up_again_is_the_same(district):
    first = ensure_approval(ensure_team(RoleName.DISTRICT))
    assert ensure_approval(ensure_team(RoleName.DISTRICT)) == first
    assert Workflow.objects.get() == first
    assert first.workflow_tasks.count() == 1
