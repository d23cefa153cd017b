"""Wagtail's own groups go, unless somebody is in them, and come back with their rights."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Workflow

from cms.models import User

pytestmark = pytest.mark.django_db

migration = import_module("people.migrations.0003_without_default_groups")


def test_a_new_site_has_neither_the_groups_nor_their_workflow():
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert not Workflow.objects.exists()


def test_they_come_back_and_go_again():
    migration.bring_back(apps, None)
    given = set(GroupPagePermission.objects.values_list("group__name", "permission__codename"))
    assert {("Editors", "change_page"), ("Moderators", "publish_page")} <= given
    migration.remove(apps, None)
    assert not Group.objects.exists()


def test_groups_with_people_stay():
    migration.bring_back(apps, None)
    User.objects.create_user("alt@example.org", "ein-langes-passwort").groups.add(Group.objects.get(name="Editors"))
    migration.remove(apps, None)
    assert [group.name for group in Group.objects.all()] == ["Editors"]
