"""Sessions end, and people see where they are signed in."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.accounts.agents import describe
from people.accounts.middleware import SEEN
from tests.people.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
NEW = "ganz-neu-und-lang"


def hours_left(client):
    row = Session.objects.get(session_key=client.session.session_key)
    return (row.expire_date - timezone.now()).total_seconds() / 3600


@pytest.mark.parametrize(("who", "hours"), [("kita", 12), ("district", 8), ("press", 8), ("admin", 8)])
def test_a_session_ends_when_nobody_uses_it(client, request, who, hours):
    user = request.getfixturevalue(who)
    sign_in(client, user)
    client.get("/admin/")
    assert hours - 0.1 < hours_left(client) <= hours
    assert client.get("/konto/zweiter-schritt/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/admin/")["Location"].startswith("/konto/login/")


def test_use_moves_the_end_but_not_with_every_click(client, kita):
    sign_in(client, kita)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")
    assert not [query for query in queries if re.match(r"UPDATE|INSERT", query["sql"]) and "session" in query["sql"]]
    session = client.session
    session[SEEN] -= 6 * 60
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    client.get("/admin/")
    assert hours_left(client) > 11


def test_the_cookie_is_for_the_server_alone(client, kita):
    cookie = sign_in(client, kita).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_a_new_password_ends_all_other_sessions(client, kita):
    other = Client(HTTP_USER_AGENT="Firefox Windows")
    for each in (client, other):
        sign_in(each, kita)
        assert each.get("/admin/").status_code == 200
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


def test_one_sees_where_one_is_signed_in_and_ends_it(client, kita, press):
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    stranger = Client()
    for each, user in ((client, kita), (other, kita), (stranger, press)):
        sign_in(each, user)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox auf Windows" in page
    assert "127.0.0.1" not in re.sub(r"<[^>]+>", " ", page)
    theirs = UserSession.objects.get(user=press)
    assert client.post(reverse("usersessions_list"), {"session": theirs.pk}).status_code == 404
    client.post(reverse("usersessions_list"), {"session": UserSession.objects.get(session_key=other.session.session_key).pk})
    assert other.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_all_others_end_at_once(client, kita):
    others = [Client(), Client()]
    for each in (client, *others):
        sign_in(each, kita)
    client.post(reverse("usersessions_list"))
    assert [each.get("/admin/").status_code for each in (client, *others)] == [200, 302, 302]


def test_no_machines_address_is_kept(kita):
    sign_in(Client(REMOTE_ADDR="192.0.2.77"), kita)
    assert [session.ip for session in UserSession.objects.all()] == ["192.0.0.0"]


def test_ended_sessions_are_forgotten(client, kita, capsys):
    sign_in(client, kita)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    call_command("forget_log")
    call_command("forget_log")
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert "0 log entries" in capsys.readouterr().out


def test_browsers_are_called_what_people_call_them():
    chrome = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
    assert describe(chrome) == ("Chrome", "Android")
    assert describe(chrome.replace("Linux; Android 14", "Windows NT 10.0") + " Edg/130.0") == ("Edge", "Windows")
    assert describe("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1") == (
        "Safari",
        "iPhone",
    )
    assert describe("") == ("", "")
