"""What the menu and the first page put before each role: what it has a use for, and nothing that is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.admin.menu import admin_menu, reports_menu

from cms.models import User
from offers.models import OfferPage
from offers.models.report import Report
from people.models import RoleName
from tests.offers.builders import offer, provider
from tests.offers.freshness_builders import house
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db

FILES = {"images", "documents"}
DISTRICT = {"explorer", "people", "people-log", "people-offers", "offer-reports", "unconfirmed", "reports", "settings"}
DISTRICT |= {"verzeichnis", "orte", "familiensuche", *FILES}
MENU = {
    "provider": {"desk", "own-team", "offer-reports", *FILES},
    "adviser": {"people-offers"},
    "press": {"explorer", *FILES},
    "district": DISTRICT,
    "admin": DISTRICT | {"help"},
}
DISTRICTS_REPORTS = {"site-history", "locked-pages", "workflows", "workflow-tasks", "aging-pages", "unsent-mails"}
# The entry "reports" itself is for these alone.
REPORTS = {"district": DISTRICTS_REPORTS, "admin": DISTRICTS_REPORTS | {"page-types-usage"}}


@pytest.fixture
def people():
    kita = provider("kita-nassau")
    offer(kita)
    return {
        "provider": team_member(kita),
        "adviser": member(RoleName.ADVISER),
        "press": member(RoleName.PRESS),
        "district": member(RoleName.DISTRICT),
        "admin": User.objects.create_superuser("admin@example.org", "ein-langes-passwort"),
    }


@pytest.mark.parametrize("role", MENU)
def test_the_menu_shows_each_role_its_own(role, people, client):
    client.force_login(people[role])
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    assert {item.name for item in admin_menu.menu_items_for_request(request)} == MENU[role]


@pytest.mark.parametrize("role", REPORTS)
def test_the_reports_are_those_that_open(role, people, client):
    client.force_login(people[role])
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    assert {item.name for item in reports_menu.menu_items_for_request(request)} == REPORTS[role]


def test_the_mails_that_wait_are_for_the_district(people, client):
    shown = set()
    for role, person in people.items():
        client.force_login(person)
        request = client.get(reverse("wagtailadmin_home")).wsgi_request
        if "unsent-mails" in {item.name for item in reports_menu.menu_items_for_request(request)}:
            shown.add(role)
    assert shown == {"district", "admin"}


def test_the_number_of_reports_is_that_of_one_s_own(client):
    today = timezone.localdate()
    own, other = provider("kita-nassau"), provider("kita-lahn")
    for page in (offer(own, "gruppe"), offer(other, "treff")):
        Report.objects.create(offer=page, text="stimmt nicht", reported_on=today, last_reported_on=today)
    client.force_login(team_member(own))
    assert "Hinweise (1)" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_figures_of_the_whole_site_are_for_administrators(people, client):
    shown = set()
    for role, person in people.items():
        client.force_login(person)
        if "w-summary__list" in client.get(reverse("wagtailadmin_home")).content.decode():
            shown.add(role)
    assert shown == {"admin"}


def test_the_adviser_is_led_to_what_there_is_to_read(people, client):
    shown = set()
    for role, person in people.items():
        client.force_login(person)
        if "Für Ihre Beratung" in (page := client.get(reverse("wagtailadmin_home")).content.decode()):
            shown.add(role)
            assert f'href="{reverse("people_offers")}"' in page
    assert shown == {"adviser"}


def test_the_first_page_says_what_waits_for_the_district(people, client):
    today = timezone.localdate()
    house("kita-regenbogen", offers=3, confirmed=today - timedelta(days=400))
    report = Report.objects.create(offer=OfferPage.objects.first(), text="stimmt nicht", reported_on=today, last_reported_on=today)
    texts = {}
    for role, person in people.items():
        client.force_login(person)
        texts[role] = " ".join(strip_tags(client.get(reverse("wagtailadmin_home")).content.decode()).split())
    assert {role for role, text in texts.items() if "Was auf Sie wartet" in text} == {"district", "admin"}
    assert "1 Hinweis von Familien 3 Angebote, die niemand bestätigt , bei 1 Einrichtung" in texts["district"].replace(
        "bestätigt,", "bestätigt ,"
    )
    report.delete()
    OfferPage.objects.update(confirmed_at=today)
    client.force_login(people["district"])
    assert "Alles bestätigt, und keine Hinweise von Familien." in client.get(reverse("wagtailadmin_home")).content.decode()
