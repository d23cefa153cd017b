"""Signing in, and the accounts that the district makes."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "ein-langes-passwort"


@pytest.fixture
def editor():
    return User.objects.create_superuser("leiterin@example.org", PASSWORD, first_name="Lea")


def sign_in(client, email, password, **data):
    return client.post(reverse("account_login"), {"login": email, "password": password, **data})


def test_the_admin_asks_to_sign_in_at_our_own_page(client):
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response["Location"] == "/konto/login/?next=/admin/"


def test_wagtails_own_sign_in_is_no_way_around_the_second_factor(client, editor):
    response = client.post("/admin/login/", {"username": editor.email, "password": PASSWORD})
    assert response.status_code in (302, 404, 405)
    assert "_auth_user_id" not in client.session


def test_after_signing_in_one_is_in_the_admin(client, editor):
    response = sign_in(client, editor.email, PASSWORD)
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go(client, editor):
    assert sign_in(client, editor.email, PASSWORD, next="/admin/account/")["Location"] == "/admin/account/"


def test_signing_in_leads_to_no_other_host(client, editor):
    assert sign_in(client, editor.email, PASSWORD, next="https://example.com/")["Location"] == "/admin/"


def errors(response):
    return re.findall(r"<li>([^<]+)</li>", response.content.decode().split('role="alert"')[1].split("</ul>")[0])


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, editor):
    wrong = errors(sign_in(client, editor.email, "falsch-falsch"))
    unknown = errors(sign_in(client, "niemand@example.org", "falsch-falsch"))
    assert wrong == unknown
    assert len(wrong) == 1
    assert wrong[0].startswith("E-Mail-Adresse oder Passwort stimmt nicht.")


def test_a_forgotten_password_reveals_no_accounts(client, editor):
    known = client.post(reverse("account_reset_password"), {"email": editor.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "niemand@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.to for message in mail.outbox] == [[editor.email], ["niemand@example.org"]]


def test_a_new_password_comes_by_mail_in_plain_words(client, editor):
    client.post(reverse("account_reset_password"), {"email": editor.email})
    text = mail.outbox[0].body
    link = re.search(r"https?://[^/]+(/konto/password/reset/key/\S+)", text)
    assert mail.outbox[0].subject == "Familien im Rhein-Lahn-Kreis: Neues Passwort wählen"
    assert "Waren Sie das nicht?" in text
    page = client.get(link[1], follow=True)
    assert "Neues Passwort wählen" in page.content.decode()
    done = client.post(page.request["PATH_INFO"], {"password1": "neu-und-lang-2026", "password2": "neu-und-lang-2026"})
    assert done.status_code == 302
    assert sign_in(client, editor.email, "neu-und-lang-2026")["Location"] == "/admin/"


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))
    assert "Konten gibt es auf Einladung" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "neu@example.org", "password1": PASSWORD})
    assert not User.objects.filter(email="neu@example.org").exists()


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_signup", "account_inactive"],
)
def test_pages_before_signing_in_speak_german_and_are_not_indexed(client, name):
    page = client.get(reverse(name)).content.decode()
    assert '<html lang="de"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert not re.search(r"\b(Sign|Password|[Dd]ein|[Dd]u|leider)\b", page)


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_change_password",
        "account_email",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
    ],
)
def test_pages_of_ones_own_account_speak_german(client, editor, name):
    sign_in(client, editor.email, PASSWORD)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert not re.search(r"\b(Sign|Password|[Dd]eine?|[Dd]u|leider|Edit|Security)\b", re.sub(r"<[^>]+>", " ", page.content.decode()))


def code_of_the_app(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_whoever_sets_up_the_app_needs_its_code_to_sign_in(client, editor):
    sign_in(client, editor.email, PASSWORD)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of_the_app(secret)}).status_code == 302
    client.post(reverse("account_logout"))
    caches["limits"].clear()  # a code is good for one use

    assert sign_in(client, editor.email, PASSWORD)["Location"] == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    asked = client.get(reverse("mfa_authenticate")).content.decode()
    assert "den die App auf Ihrem Telefon jetzt zeigt" in asked
    client.post(reverse("mfa_authenticate"), {"code": code_of_the_app(secret)})
    assert client.get("/admin/").status_code == 200


def user_form(**fields):
    return {"email": "neu@example.org", "first_name": "Nora", "last_name": "Neu", "password1": PASSWORD, "password2": PASSWORD, **fields}


def test_the_district_makes_an_account_with_an_address_alone(client, editor):
    client.force_login(editor)
    url = reverse("wagtailusers_users:add")
    assert 'name="username"' not in client.get(url).content.decode()
    assert client.post(url, user_form()).status_code == 302
    user = User.objects.get(email="neu@example.org")
    assert user.check_password(PASSWORD)
    listing = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "neu@example.org" in listing


def test_two_accounts_never_share_an_address(client, editor):
    client.force_login(editor)
    response = client.post(reverse("wagtailusers_users:add"), user_form(email="Leiterin@Example.org"))
    assert response.status_code == 200
    assert User.objects.count() == 1


def test_an_account_is_changed_without_touching_its_password(client, editor):
    user = User.objects.create_user("neu@example.org", PASSWORD, first_name="Nora", last_name="Neu")
    client.force_login(editor)
    url = reverse("wagtailusers_users:edit", args=(user.pk,))
    assert client.get(url).status_code == 200
    response = client.post(url, user_form(first_name="Nele", is_active="on", password1="", password2=""))
    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.check_password(PASSWORD)) == ("Nele", True)


def test_a_former_address_opens_nothing(client, editor):
    sign_in(client, editor.email, PASSWORD)
    client.post(reverse("account_email"), {"action_add": "", "email": "zweite@example.org"})
    assert EmailAddress.objects.filter(user=editor).count() > 0
    editor.email = "nachfolge@example.org"
    editor.save()
    client.logout()
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": "leiterin@example.org"})
    assert [message.subject for message in mail.outbox if "/key/" in message.body] == []
    assert sign_in(client, "leiterin@example.org", PASSWORD).status_code == 200
    assert sign_in(client, "nachfolge@example.org", PASSWORD)["Location"] == "/admin/"


def test_ones_own_account_page_works_without_a_user_name(client, editor):
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    assert "Anmeldung sicherer machen" in page.content.decode()


def test_demo_accounts_need_to_be_asked_for():
    with pytest.raises(CommandError, match="--demo"):
        call_command("demo_accounts")
    assert not User.objects.exists()


def test_demo_accounts_never_open_a_public_site(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://familien.example.org"
    with pytest.raises(CommandError, match="open doors"):
        call_command("demo_accounts", demo=True)
    assert not User.objects.exists()


def test_demo_accounts_made_again_keep_a_changed_password(capsys):
    call_command("demo_accounts", demo=True)
    assert "familie-2026-demo" in capsys.readouterr().out
    user = User.objects.get(email="kita@example.org")
    user.set_password(PASSWORD)
    user.save()
    call_command("demo_accounts", demo=True)
    assert "familie-2026-demo" not in capsys.readouterr().out
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert User.objects.count() == 6
