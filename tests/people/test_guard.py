"""The list of refused addresses: whom each lets in, and that each names an address that there is."""

from fnmatch import fnmatchcase

import pytest
from django.urls import get_resolver, reverse

from cms.models import User
from people.guard import RULES
from people.models import RoleName
from tests.offers.builders import offer, provider
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db

# The address, and the roles that it opens for.
OPEN_FOR = {
    "wagtailadmin_reports:page_types_usage": {"admin"},
    "wagtailadmin_reports:page_types_usage_results": {"admin"},
    "wagtailadmin_reports:site_history": {"admin", "district"},
    "wagtailadmin_reports:workflow": {"admin", "district"},
    "wagtailadmin_reports:workflow_tasks": {"admin", "district"},
    "wagtailadmin_reports:aging_pages": {"admin", "district"},
    "wagtailadmin_reports:locked_pages": {"admin", "district"},
    "wagtailadmin_workflows:index": {"admin"},
    "wagtailadmin_workflows:task_chooser": {"admin"},
}


@pytest.fixture
def people():
    kita = provider("kita-nassau")
    offer(kita)
    return {
        "admin": User.objects.create_superuser("admin@example.org", "ein-langes-passwort"),
        "district": member(RoleName.DISTRICT),
        "press": member(RoleName.PRESS),
        "adviser": member(RoleName.ADVISER),
        "provider": team_member(kita),
    }


@pytest.mark.parametrize("name", OPEN_FOR)
def test_whom_an_address_opens_for(name, people, client):
    opened = set()
    for role, user in people.items():
        client.force_login(user)
        if client.get(reverse(name)).status_code == 200:
            opened.add(role)
    assert opened == OPEN_FOR[name]


def names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


@pytest.mark.parametrize("pattern", [pattern for pattern, _rule in RULES])
def test_each_rule_is_about_something(pattern):
    assert [name for name in names(get_resolver()) if fnmatchcase(name, pattern)]


def test_visitors_are_sent_to_the_door(client):
    answer = client.get(reverse("wagtailadmin_reports:site_history"))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(("role", "entries"), [("district", True), ("press", False), ("provider", False), ("adviser", False)])
def test_the_menu_shows_reports_to_whom_they_open(role, entries, people, client):
    client.force_login(people[role])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("/admin/reports/site-history/" in page) is entries
    assert "/admin/reports/page-types-usage/" not in page
