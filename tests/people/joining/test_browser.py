"""From the invitation to the first page, on a telephone: invite, mail, link, passkey."""

import pytest
from allauth.mfa.models import Authenticator

from cms.models import User
from people.joining.permissions import Actor
from people.joining.plans import carry_out, plan_file
from people.models import RoleName
from people.roles import ensure_team
from tests.browser.axe import Axe
from tests.browser.width import wider_than_the_window
from tests.offers.builders import provider
from tests.people.accounts.conftest import PASSWORD
from tests.people.accounts.test_browser import plug_in, sign_in_with_password
from tests.people.builders import member
from tests.people.joining.conftest import link, rows, table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def district(transactional_db):
    person = member(RoleName.DISTRICT)
    person.set_password(PASSWORD)
    person.save()
    return person


def faults_of_look(page, widths=(320, 360, 1280)):
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{page.url} {width}: {each}" for each in Axe(page).findings()]
        found += [wide] if (wide := wider_than_the_window(page)) else []
    return found


def test_from_the_invitation_to_the_first_page_with_a_passkey(open_page, district):
    provider("kita-nassau", title="Kita Nassau")
    page = open_page("/admin/menschen/", width=360)
    sign_in_with_password(page, district)
    page.get_by_role("link", name="Einladen", exact=True).click()
    page.get_by_label("Name der Einrichtung").fill("Kita Regenbogen")
    page.get_by_label("Straße und Hausnummer").fill("Emser Straße 1")
    page.get_by_label("Postleitzahl").fill("56377")
    page.get_by_label("Ort", exact=True).fill("Nassau")
    page.get_by_label("Nachname").fill("Muster")
    page.get_by_label("E-Mail-Adresse").fill("ina@kita.example")
    page.get_by_role("button", name="Einladen", exact=True).click()
    page.get_by_text("ist eingeladen").wait_for()
    assert page.get_by_text("noch nicht dabei").count() == 1

    phone = open_page(link(), width=360)
    plug_in(phone)
    assert faults_of_look(phone) == []
    phone.set_viewport_size({"width": 360, "height": 800})
    phone.get_by_role("button", name="Passkey einrichten").click()
    phone.get_by_label("Name des Geräts").fill("Telefon")
    phone.get_by_role("button", name="Passkey einrichten").click()
    phone.get_by_role("heading", name="Notfall-Codes").wait_for()
    phone.get_by_role("link", name="Ich habe sie. Weiter").click()
    phone.wait_for_url("**/admin/")
    person = User.objects.get(email="ina@kita.example")
    assert Authenticator.objects.filter(user=person, type="webauthn").exists()
    phone.context.clear_cookies()
    phone.goto(phone.url.split("/admin/")[0] + "/konto/login/")
    phone.get_by_role("button", name="Mit Passkey anmelden").click()
    phone.wait_for_url("**/admin/")


def test_the_pages_are_accessible_and_no_wider_than_a_telephone(open_page, district):
    kita = provider("kita-nassau", title="Kita Nassau")
    carry_out(plan_file("liste", table(*rows(2)), Actor(None)), Actor(None))
    team = ensure_team(RoleName.PROVIDER, kita)
    person = User.objects.get(email="leitung0@kita.example")
    person.groups.add(team.group)
    page = open_page("/admin/menschen/")
    sign_in_with_password(page, district)
    page.get_by_role("heading", name="Kita Nassau").wait_for()
    home = page.url.split("/admin/")[0]
    found = []
    paths = ("", "einladen/", "tabelle/", f"{team.pk}/einladen/", f"{team.pk}/{person.pk}/", f"{team.pk}/{person.pk}/uebergabe/")
    for path in paths:
        page.goto(f"{home}/admin/menschen/{path}")
        found += faults_of_look(page, (360, 1280))
    for lines in (rows(3), ["x;y;z;1;2;3;4;5"]):
        page.goto(f"{home}/admin/menschen/tabelle/")
        page.get_by_label("Tabelle").set_input_files({"name": "liste.csv", "mimeType": "text/csv", "buffer": table(*lines)})
        page.get_by_role("button", name="Prüfen").click()
        page.get_by_role("heading", name="Das würde geschehen").wait_for()
        found += faults_of_look(page, (360, 1280))
    assert found == []


def test_by_keyboard_alone(open_page, district):
    kita = provider("kita-nassau", title="Kita Nassau")
    team = ensure_team(RoleName.PROVIDER, kita)
    page = open_page(f"/admin/menschen/{team.pk}/einladen/")
    sign_in_with_password(page, district)
    page.get_by_label("Vorname").focus()
    for text in ("Ina", "Muster", "ina@kita.example"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Einladen"
    page.keyboard.press("Enter")
    page.get_by_text("ist eingeladen").wait_for()
