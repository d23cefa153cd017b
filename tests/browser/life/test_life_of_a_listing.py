"""The whole life of a listing, as the people see it: district and Kita, the family, and what comes by mail."""

import re
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site

from home.models import DistrictSettings
from offers.models import OfferPage, Topic
from offers.models.rules import Approval
from people.models import RoleName
from tests.browser.life.district import the_district_approves, the_district_invites, the_district_signs_in, the_leader_is_replaced
from tests.browser.life.family import (
    a_family_finds_it,
    a_family_reports_a_wrong_detail,
    a_link_confirms_it,
    it_is_hidden_with_a_notice,
    nobody_confirms_it,
    the_old_link_is_worth_nothing,
)
from tests.browser.life.kita import (
    the_leader_adds_a_picture,
    the_leader_corrects_it,
    the_leader_hands_it_in,
    the_leader_joins_with_a_passkey,
    the_leader_writes_an_offer_from_an_example,
    the_successor_takes_over,
)
from tests.browser.life.listing_life import DISTRICT, LEADER, NEIGHBOUR, SUCCESSOR, TITLE, Letters, bring_index_up_to_date, link, subject
from tests.cms.test_mail import queue, server  # noqa: F401  fixtures
from tests.offers.builders import offer, provider, weekly
from tests.offers.freshness_builders import rules
from tests.people.accounts.conftest import PASSWORD
from tests.people.builders import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

# What Chromium writes into its console about answers that are a refusal.
STATUS = re.compile(r"^Failed to load resource: .* status of (\d+)")
# The hidden offer, before and after somebody has only opened the link; then the link of a person who has left.
REFUSALS = ["404", "404", "403"]


@pytest.fixture
def site(live_server, settings, tmp_path, server):  # noqa: F811
    """A site as in production: second factor, queue of mails, files on disk, an index. Another Kita has a group of the same kind."""
    server.start()
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.SECOND_FACTOR_REQUIRED = True
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    for slug, name in (("krabbeln", "Krabbelgruppen"), ("begegnung", "Begegnung")):
        Topic.objects.get_or_create(slug=slug, defaults={"name": name})
    other = provider("kita-lahn", title="Kita Lahn", street="Weg 1", postal_code="56130", town="Bad Ems")
    in_three_days = (timezone.localdate() + timedelta(days=3)).weekday()
    offer(other, "krabbeln", title=NEIGHBOUR, kind="gruppe", schedules=[weekly(in_three_days)]).save_revision().publish()
    district = member(RoleName.DISTRICT, email=DISTRICT)
    district.set_password(PASSWORD)
    district.save()
    call_command("create_roles", verbosity=0)
    rules(approval=Approval.FIRST)
    address = urlsplit(live_server.url)
    Site.objects.update(hostname=address.hostname, port=address.port)
    chosen = DistrictSettings.for_site(Site.objects.get(is_default_site=True))
    chosen.email = DISTRICT
    chosen.save()
    bring_index_up_to_date()
    return live_server.url


@pytest.fixture
def letters(server):  # noqa: F811
    return Letters(server)


def test_the_life_of_a_listing(open_page, site, letters):
    office = open_page("/admin/menschen/", width=1280)
    the_district_signs_in(office, letters)
    the_district_invites(office)
    phone = open_page(link(letters.one_to(LEADER), "/konto/einladung/"), width=360)
    the_leader_joins_with_a_passkey(phone)
    the_leader_writes_an_offer_from_an_example(phone)
    the_leader_adds_a_picture(phone)
    letters.to(LEADER)
    the_leader_hands_it_in(phone)
    the_district_approves(office, letters)
    family = open_page(path_of(letters.one_to(LEADER)), width=360)
    a_family_finds_it(family)
    a_family_reports_a_wrong_detail(family, letters)
    the_leader_corrects_it(phone, family)

    made = OfferPage.objects.get(title=TITLE)
    nobody_confirms_it(made, office, family, letters)
    notice = it_is_hidden_with_a_notice(made, phone, family, letters)
    a_link_confirms_it(open_page(link(notice, "/bestaetigen/"), width=360), made, family)
    the_leader_is_replaced(office, phone, letters)
    the_old_link_is_worth_nothing(open_page(link(notice, "/bestaetigen/"), width=360))
    the_successor_takes_over(open_page(link(letters.one_to(SUCCESSOR), "/konto/einladung/"), width=360), made)
    a_family_finds_it(family)
    assert [STATUS.search(fault)[1] for fault in open_page.faults if STATUS.search(fault)] == REFUSALS
    open_page.faults[:] = [fault for fault in open_page.faults if not STATUS.search(fault)]


def path_of(approved: EmailMessage) -> str:
    """Of the page that the mail about the approval shows."""
    assert subject(approved) == f"„{TITLE}“ ist online"
    return link(approved, "/anbieter/")
