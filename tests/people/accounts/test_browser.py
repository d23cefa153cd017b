"""Passkeys, app and codes in a real browser, with Chromium's own virtual authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import caches

from tests.browser.axe import Axe
from tests.browser.width import wider_than_the_window
from tests.people.accounts.conftest import PASSWORD, code_of
from tests.people.accounts.test_second_factor import mail_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def plug_in(page, **options):
    """A device that makes passkeys and always finds its owner there. Returns the debugger's session and the device's id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        **options,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]


def sign_in_with_password(page, user):
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def sign_in_anew(page):
    """As on the next morning: the sign-in page, without a session."""
    home = page.url.split("/admin/")[0].split("/konto/")[0]
    page.context.clear_cookies()
    page.goto(f"{home}/konto/login/")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_district_sets_up_a_passkey_and_comes_in_with_it_alone(open_page, district, width):
    page = open_page("/admin/", width=width)
    session, device = plug_in(page)
    sign_in_with_password(page, district)
    page.get_by_role("button", name="Code schicken", exact=True).click()
    page.get_by_label("Code aus der E-Mail").fill(mail_code())
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("link", name="Passkey einrichten").click()
    page.get_by_label("Name des Geräts").fill("Büro-Laptop")
    page.get_by_role("button", name="Passkey einrichten").click()
    page.get_by_role("heading", name="Notfall-Codes").wait_for()
    assert page.locator("#recovery-codes li").count() == 10
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    page.get_by_role("link", name="Ich habe sie. Weiter").click()
    page.wait_for_url("**/admin/")
    assert mail.outbox[-1].subject.endswith("Neuer Passkey")

    sign_in_anew(page)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/admin/")
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_a_passkey_is_the_second_step_after_the_password_too(open_page, kita):
    page = open_page("/konto/login/?next=/konto/2fa/webauthn/add/")
    plug_in(page)
    sign_in_with_password(page, kita)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Passkey einrichten").click()
    page.get_by_role("heading", name="Notfall-Codes").wait_for()
    sign_in_anew(page)
    sign_in_with_password(page, kita)
    page.get_by_role("button", name="Passkey benutzen").click()
    page.wait_for_url("**/admin/")


def test_the_app_by_keyboard_alone(open_page, kita):
    page = open_page("/konto/login/?next=/konto/2fa/totp/activate/")
    page.locator("[name=login]").focus()
    page.keyboard.type(kita.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[name=password]").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    secret = page.get_by_label("Schlüssel").input_value()
    page.get_by_label("Code, den die App jetzt zeigt").focus()
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Notfall-Codes").wait_for()
    assert Authenticator.objects.filter(user=kita, type="totp").exists()


def test_a_device_that_refuses_is_told_of_in_words(open_page, kita):
    page = open_page("/konto/login/")
    plug_in(page, isUserVerified=False)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_role("alert").filter(has_text="Es hat nicht geklappt").wait_for()


def test_the_offer_of_a_second_factor_closes_for_good(open_page, kita):
    page = open_page("/konto/login/")
    sign_in_with_password(page, kita)
    offer = page.locator(".second-factor-offer")
    with page.expect_response("**/admin/dismissibles/"):
        offer.get_by_role("button", name="Nicht mehr anzeigen").click()
    page.reload()
    page.get_by_role("heading", name="Guten Tag").wait_for()
    assert offer.count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_accounts_are_accessible(open_page, kita, district, scheme):
    findings = []

    def look(page):
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            findings.extend(f"{page.url} {width}: {each}" for each in Axe(page).findings())
            findings.extend([wide] if (wide := wider_than_the_window(page)) else [])

    page = open_page("/konto/login/", color_scheme=scheme)
    look(page)
    page.goto(page.url.replace("login", "password/reset"))
    look(page)
    page = open_page("/admin/", color_scheme=scheme)
    sign_in_with_password(page, district)
    page.get_by_role("button", name="Code schicken", exact=True).wait_for()
    look(page)
    page.get_by_role("button", name="Code schicken", exact=True).click()
    page.get_by_label("Code aus der E-Mail").fill(mail_code())
    look(page)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("link", name="Passkey einrichten").wait_for()
    look(page)
    home = page.url.split("/konto/")[0]
    page.goto(f"{home}/konto/2fa/webauthn/add/")
    look(page)
    page.goto(f"{home}/konto/2fa/totp/activate/")
    look(page)
    page.get_by_label("Code, den die App jetzt zeigt").fill(code_of(page.get_by_label("Schlüssel").input_value()))
    page.get_by_role("button", name="Einrichten").click()
    page.get_by_role("heading", name="Notfall-Codes").wait_for()
    look(page)
    Authenticator.objects.create(user=district, type="webauthn", data={"name": "Laptop", "credential": {}})
    paths = ["2fa/", "2fa/webauthn/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "sessions/"]
    paths += ["password/change/", "reauthenticate/", "2fa/reauthenticate/", "logout/"]
    for path in paths:
        page.goto(f"{home}/konto/{path}")
        look(page)
    TOTP.activate(kita, SECRET)
    caches["limits"].clear()
    page = open_page("/konto/login/", color_scheme=scheme)
    sign_in_with_password(page, kita)
    page.get_by_role("heading", name="Zweiter Schritt").wait_for()
    look(page)
    assert findings == []
