"""A password alone never opens the admin to those whose role asks for more."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import caches
from django.urls import get_resolver, reverse
from wagtail.models import ModelLogEntry

from tests.people.accounts.conftest import PASSWORD, code_of, sign_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROLES = ["press", "district", "admin"]
pytestmark = pytest.mark.django_db
# The first factor counts when the transaction is through.
committed = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def admin_addresses():
    """Every named address of the admin that needs no object, from the resolver."""
    found = []

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            else:
                path = "/" + re.sub(r"\(\?P<(\w+)>[^)]*\)|<[^>]+>", "1", route).replace("^", "").replace("$", "").replace("\\", "")
                found.append(path)

    for entry in get_resolver().url_patterns:
        if str(entry.pattern) == "admin/":
            walk(entry.url_patterns, "admin/")
    return found


def mail_code():
    return re.search(r"^(\d{4} \d{4})$", mail.outbox[-1].body, re.MULTILINE)[1]


def prove_mailbox(client):
    page = reverse("second_factor")
    client.post(page)
    return client.post(page, {"code": mail_code()})


def set_up_app(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    caches["limits"].clear()
    return secret, answer


@pytest.fixture(params=ROLES)
def bound(request):
    """Somebody whose role asks for a second factor."""
    return request.getfixturevalue(request.param)


def test_without_a_second_factor_no_address_of_the_admin_answers(client, bound):
    client.force_login(bound)
    addresses = admin_addresses()
    assert len(addresses) > 200
    for address in addresses:
        for ask in (client.get, client.post, client.put, client.patch, client.delete):
            answer = ask(address)
            open_to = answer.status_code == 302 and answer["Location"].startswith(("/konto/zweiter-schritt/?", "/konto/login/", "/admin/"))
            # What no pattern fits is not found; nothing else may answer.
            assert open_to or answer.status_code == 404 or address.startswith(("/admin/password_reset/", "/admin/login/")), (
                address,
                answer,
            )


def test_scripts_that_ask_for_data_get_a_no(client, bound):
    client.force_login(bound)
    for header in ({"HTTP_ACCEPT": "application/json"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}):
        assert client.get("/admin/api/main/pages/", **header).status_code == 403
    assert client.post("/admin/pages/1/edit/", "{}", content_type="application/json").status_code == 403


def test_a_stolen_password_leads_no_further_than_to_the_mailbox(client, bound):
    assert sign_in(client, bound).status_code == 302
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/konto/zweiter-schritt/")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "account_email", "account_change_password", "usersessions_list"):
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        for answer in (client.get(reverse(name)), client.post(reverse(name), {"code": "123456", "email": "dieb@example.com"})):
            assert answer["Location"].startswith("/konto/zweiter-schritt/"), name
    assert not Authenticator.objects.exists()


@committed
def test_the_way_in_is_code_by_mail_then_app_then_recovery_codes_once(client, district):
    sign_in(client, district)
    assert "Wie wollen Sie sich ausweisen" in client.get(prove_mailbox(client)["Location"]).content.decode()
    secret, answer = set_up_app(client)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    shown = client.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<li>\d{4} \d{4}</li>", shown)) == 10
    assert not re.search(r"\d{4} \d{4}</li>", client.get(answer["Location"]).content.decode())
    assert client.get("/admin/").status_code == 200

    client.post(reverse("account_logout"))
    assert sign_in(client, district)["Location"] == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_five_wrong_codes_of_the_mail_end_it(client, district):
    sign_in(client, district)
    page = reverse("second_factor")
    client.post(page)
    right = mail_code()
    for _ in range(5):
        assert client.post(page, {"code": "0000 0000" if right != "0000 0000" else "1111 1111"}).status_code == 200
    assert client.post(page, {"code": right}).status_code == 200
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith("/konto/zweiter-schritt/")


def test_three_codes_by_mail_in_ten_minutes_are_enough(client, district):
    sign_in(client, district)
    for _ in range(5):
        client.post(reverse("second_factor"))
    assert len(mail.outbox) == 3


def test_the_code_of_one_session_opens_no_other(client, district):
    sign_in(client, district)
    client.post(reverse("second_factor"))
    thief = type(client)()
    sign_in(thief, district)
    thief.post(reverse("second_factor"), {"code": mail_code()})
    assert thief.get(reverse("mfa_activate_totp"))["Location"].startswith("/konto/zweiter-schritt/")


def test_a_session_from_before_has_to_show_the_factor_too(client, district, kita):
    for user in (district, kita):
        early = type(client)()
        sign_in(early, user)
        TOTP.activate(user, SECRET)
        for path in ("/admin/", reverse("mfa_add_webauthn"), reverse("account_email"), reverse("account_change_password")):
            assert early.get(path)["Location"].startswith("/konto/zweiter-schritt/")
        asked = early.get("/admin/", follow=True)
        assert asked.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
        early.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert early.get("/admin/").status_code == 302
        early.post(reverse("mfa_reauthenticate"), {"code": code_of(SECRET)})
        assert early.get("/admin/").status_code == 200


def test_a_new_role_asks_at_the_next_click(client, kita, district):
    sign_in(client, kita)
    assert client.get("/admin/").status_code == 200
    kita.groups.set(district.groups.all())
    assert client.get("/admin/")["Location"].startswith("/konto/zweiter-schritt/")


@committed
def test_the_last_factor_stays_while_the_role_needs_it(client, bound):
    sign_in(client, bound)
    prove_mailbox(client)
    set_up_app(client)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "Ihre Aufgabe braucht einen zweiten Schritt" in answer.content.decode()
    key = Authenticator.objects.create(user=bound, type="webauthn", data={"name": "Laptop", "credential": {}})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
    answer = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)
    assert "Ihre Aufgabe braucht einen zweiten Schritt" in answer.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()


@committed
def test_a_kita_may_go_without_and_may_take_it_away_again(client, kita):
    sign_in(client, kita)
    home = client.get("/admin/").content.decode()
    assert 'data-w-dismissible-id-value="second-factor-offer"' in home
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    set_up_app(client)
    assert "second-factor-offer" not in client.get("/admin/").content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").status_code == 200


def test_the_offer_stays_away_once_closed(client, kita):
    sign_in(client, kita)
    client.patch(reverse("wagtailadmin_dismissibles"), '{"second-factor-offer": true}', content_type="application/json")
    assert "second-factor-offer" not in client.get("/admin/").content.decode()


@committed
def test_a_recovery_code_opens_once(client, district):
    sign_in(client, district)
    prove_mailbox(client)
    _secret, answer = set_up_app(client)
    code = re.search(r"<li>(\d{4} \d{4})</li>", client.get(answer["Location"]).content.decode())[1]
    client.post(reverse("account_logout"))
    for expected in (302, 200):
        sign_in(client, district)
        assert client.post(reverse("mfa_authenticate"), {"code": code.replace(" ", "")}).status_code == expected
        client.post(reverse("account_logout"))
    assert ModelLogEntry.objects.filter(action="people.recovery_code_used").count() == 1


def test_a_code_of_the_app_opens_once(client, district):
    TOTP.activate(district, SECRET)
    code = code_of(SECRET)
    for expected in (302, 200):
        sign_in(client, district)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected
        client.post(reverse("account_logout"))


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/confirm/MQ/set-password/"])
def test_wagtails_own_doors_are_shut(client, admin, path):
    for answer in (client.get(path), client.post(path, {"username": admin.email, "password": PASSWORD, "email": admin.email})):
        assert answer.status_code in (302, 405)
        assert answer.get("Location", "/konto/").startswith("/konto/")
    assert "_auth_user_id" not in client.session


def test_wagtails_account_page_changes_no_password(client, kita):
    sign_in(client, kita)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="password-old_password"' not in page
    new = "ganz-neu-und-lang"
    fields = {"password-old_password": PASSWORD, "password-new_password1": new, "password-new_password2": new}
    client.post(reverse("wagtailadmin_account"), fields)
    kita.refresh_from_db()
    assert kita.check_password(PASSWORD)
    assert reverse("account_change_password") in page
