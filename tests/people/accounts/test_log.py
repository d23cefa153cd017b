"""The district reads who did what; nobody else does; it is kept for a set time."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log as write
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from people.models import RoleName
from tests.people.accounts.conftest import code_of, member, sign_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enter(client, user):
    """Sign in with both steps."""
    TOTP.activate(user, SECRET)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    return client


def actions():
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", "label"))


def test_signing_in_and_failing_to_is_noted_without_password_or_unknown_address(client, kita):
    sign_in(client, kita, "geheim-und-falsch")
    sign_in(client, "wer@anderswo.example", "geheim-und-falsch")
    sign_in(client, kita)
    assert actions() == [
        ("people.sign_in_failed", "Kim Muster"),
        ("people.sign_in_unknown", "Unbekannte Adresse"),
        ("people.sign_in", "Kim Muster"),
    ]
    kept = str(list(ModelLogEntry.objects.values()))
    assert "geheim" not in kept
    assert "anderswo" not in kept
    assert "127.0.0.1" not in kept


def test_a_wrong_code_is_noted(client, district):
    TOTP.activate(district, SECRET)
    sign_in(client, district)
    client.post(reverse("mfa_authenticate"), {"code": "000000" if code_of(SECRET) != "000000" else "111111"})
    assert actions()[-1] == ("people.second_factor_failed", str(district))


def test_changed_rights_are_noted_from_either_side(kita):
    group = Group.objects.create(name="Kita Regenbogen")
    kita.groups.add(group)
    group.user_set.remove(kita)
    kita.groups.set([group])
    kita.groups.clear()
    kita.is_superuser = True
    kita.save()
    kita.is_active = False
    kita.save(update_fields=["is_active"])
    kita.save()
    assert [entry.data["what"] for entry in ModelLogEntry.objects.order_by("pk")] == [
        "+ Kita Regenbogen",
        "− Kita Regenbogen",
        "+ Kita Regenbogen",
        "− Kita Regenbogen",
        "+ darf alles",
        "− Konto offen",
    ]


@pytest.mark.parametrize("who", ["district", "admin"])
def test_the_district_reads_the_log_and_its_download_is_noted(client, request, who, kita):
    sign_in(Client(), kita, "falsch-falsch")
    write(Page.objects.first(), "wagtail.edit", user=kita)
    enter(client, request.getfixturevalue(who))
    page = client.get(reverse("people_log")).content.decode()
    assert "Anmeldung misslungen: falsches Passwort" in page
    assert reverse("people_log") in client.get("/admin/").content.decode()
    for form in ("csv", "xlsx"):
        answer = client.get(reverse("people_log"), {"export": form})
        assert answer.status_code == 200
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    last = ModelLogEntry.objects.order_by("pk").last()
    assert (last.action, last.data["what"]) == ("people.download", reverse("people_log"))


def test_nobody_else_reads_the_log(client, kita, press):
    adviser = member("beratung@example.com", RoleName.ADVISER)
    sign_in(client, kita)
    others = [client, enter(Client(), press), enter(Client(), adviser)]
    for each in others:
        for address in ("people_log", "people_log_results"):
            for data in ({}, {"export": "csv"}):
                answer = each.get(reverse(address), data)
                assert answer.status_code in (302, 403)
                assert answer.get("Location", "/admin/") == "/admin/"
        assert reverse("people_log") not in each.get("/admin/").content.decode()


def test_the_log_is_found_by_person_object_action_and_date(client, district, kita):
    old = timezone.now() - timedelta(days=40)
    write(kita, "people.password_changed", user=kita, timestamp=old)
    write(Page.objects.first(), "wagtail.edit", user=district, title="Krabbelgruppe am Markt")
    enter(client, district)

    def found(**data):
        return [(entry.action, entry.label) for entry in client.get(reverse("people_log"), data).context["object_list"]]

    assert {label for _action, label in found(user=kita.pk)} == {str(kita)}
    assert found(label="krabbel") == [("wagtail.edit", "Krabbelgruppe am Markt")]
    assert found(action="people.password_changed") == [("people.password_changed", str(kita))]
    assert found(timestamp_to=(old + timedelta(days=1)).date()) == [("people.password_changed", str(kita))]
    assert len(found()) > 2


def test_what_is_too_old_is_forgotten(kita, settings):
    settings.LOG_KEEP_DAYS = 30
    for days in (29, 31):
        moment = timezone.now() - timedelta(days=days)
        write(kita, "people.sign_in", user=kita, timestamp=moment)
        write(Page.objects.first(), "wagtail.edit", user=kita, timestamp=moment)
    call_command("forget_log")
    call_command("forget_log")
    assert (ModelLogEntry.objects.count(), PageLogEntry.objects.count()) == (1, 1)
