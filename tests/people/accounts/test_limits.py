"""Guessing is limited in all processes together, and says when it may go on."""

import os
import subprocess
import sys

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.people.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def test_what_is_counted_lies_in_the_database():
    for module in (ratelimit, totp):
        module.cache.set("x", 1)
        assert caches["limits"].get("x") == 1
        caches["limits"].clear()
    assert isinstance(caches["limits"], DatabaseCache)
    assert "sign_in_limits" in connection.introspection.table_names()


def test_five_wrong_passwords_then_five_minutes_even_for_the_right_one(client, kita):
    for _ in range(5):
        assert sign_in(client, kita, "falsch-falsch").status_code == 200
    page = sign_in(client, kita).content.decode()
    assert "In fünf Minuten geht es weiter" in page
    assert "_auth_user_id" not in client.session


def test_whether_an_address_exists_makes_no_difference_to_the_limit(client, kita):
    answers = {}
    for address in (kita.email, "niemand@example.com"):
        caches["limits"].clear()
        answers[address] = [sign_in(client, address, "falsch-falsch").content.decode().count("In fünf Minuten") for _ in range(6)]
    assert answers[kita.email] == answers["niemand@example.com"] == [0, 0, 0, 0, 0, 1]


def test_one_machine_that_tries_many_addresses_waits_a_minute(client, kita):
    for number in range(10):
        sign_in(client, f"niemand{number}@example.com", "falsch-falsch")
    assert "_auth_user_id" not in client.session
    sign_in(client, kita)
    assert "_auth_user_id" not in client.session
    assert "_auth_user_id" in (other := Client(REMOTE_ADDR="192.0.2.7"), sign_in(other, kita))[0].session


def test_behind_a_proxy_the_visitors_address_counts(client, kita, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        client.post(reverse("account_login"), {"login": f"n{number}@example.com", "password": "x"}, HTTP_X_FORWARDED_FOR="192.0.2.1")
    # What a visitor writes into the header themselves stands before what the proxy adds.
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.1"}
    client.post(reverse("account_login"), {"login": kita.email, "password": PASSWORD}, **forged)
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_login"), {"login": kita.email, "password": PASSWORD}, HTTP_X_FORWARDED_FOR="192.0.2.2")
    assert "_auth_user_id" in client.session


def test_a_forgotten_password_sends_three_mails_an_hour_and_then_says_when(client, kita):
    for _ in range(3):
        assert client.post(reverse("account_reset_password"), {"email": kita.email}).status_code == 302
    answer = client.post(reverse("account_reset_password"), {"email": kita.email})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Spätestens in 60 Minuten geht es weiter" in answer.content.decode()
    assert '<html lang="de"' in answer.content.decode()
    assert len(mail.outbox) == 3


def test_confirming_who_one_is_is_limited_too(client, kita):
    sign_in(client, kita)
    answers = [client.post(reverse("account_reauthenticate"), {"password": "falsch-falsch"}).status_code for _ in range(11)]
    assert answers[-1] == 429


GUESS = """
import django; django.setup()
from allauth.core.internal import ratelimit
from django.test import RequestFactory
from people.accounts.limits import make_table
make_table()
request = RequestFactory().post("/")
print("ready", flush=True); input()
print(sum(bool(ratelimit.consume(request, app="allauth.account", action="login_failed", key="kita@example.com")) for _ in range(4)))
"""


def test_processes_that_guess_at_the_same_moment_have_five_tries_together(tmp_path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PYTHONPATH": str(django_settings.BASE_DIR),
        "STATE_DIR": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-c", GUESS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    guessing = []
    for _ in range(3):
        guessing.append(subprocess.Popen(command, env=environment, **pipes))
        assert guessing[-1].stdout.readline() == "ready\n"
    for process in guessing:
        process.stdin.write("\n")
        process.stdin.flush()
    allowed = sum(int(process.communicate()[0]) for process in guessing)
    assert 1 <= allowed <= 5
