"""What the district does in the life of a listing: sign in, invite, approve, hand over."""

import re

from playwright.sync_api import Page, expect

from cms.models import User
from tests.browser.life.listing_life import (
    DISTRICT,
    LEADER,
    SUCCESSOR,
    TITLE,
    Letters,
    bring_index_up_to_date,
    go,
    heading,
    link,
    look,
    reads,
    subject,
    text,
    told,
)
from tests.people.accounts.test_browser import plug_in, sign_in_with_password


def the_district_signs_in(page: Page, letters: Letters) -> None:
    plug_in(page)
    sign_in_with_password(page, User.objects.get(email=DISTRICT))
    page.get_by_role("button", name="Code schicken", exact=True).click()
    field = page.get_by_label("Code aus der E-Mail")
    field.wait_for()
    field.fill(re.search(r"^(\d{4} \d{4})$", text(letters.one_to(DISTRICT)), re.MULTILINE)[1])
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("link", name="Passkey einrichten").click()
    set_passkey(page, "Büro")
    letters.to(DISTRICT)


def set_passkey(page: Page, device: str) -> None:
    page.get_by_label("Name des Geräts").fill(device)
    page.get_by_role("button", name="Passkey einrichten").click()
    heading(page, "Notfall-Codes")
    page.get_by_role("link", name="Ich habe sie. Weiter").click()
    page.wait_for_url("**/admin/**")


def the_district_invites(page: Page) -> None:
    go(page, "/admin/menschen/einladen/")
    page.get_by_label("Name der Einrichtung").fill("Kita Regenbogen")
    page.get_by_label("Straße und Hausnummer").fill("Emser Straße 1")
    page.get_by_label("Postleitzahl").fill("56377")
    page.get_by_label("Ort", exact=True).fill("Nassau")
    page.get_by_label("Vorname").fill("Ina")
    page.get_by_label("Nachname").fill("Muster")
    page.get_by_label("E-Mail-Adresse").fill(LEADER)
    look(page, "01-invite")
    page.get_by_role("button", name="Einladen", exact=True).click()
    reads(page, "ist eingeladen", "Kita Regenbogen", "noch nicht dabei")
    look(page, "02-invited")


def the_district_approves(page: Page, letters: Letters) -> None:
    mail = letters.one_to(DISTRICT)
    assert subject(mail) == f"„{TITLE}“ wartet auf Ihre Freigabe"
    assert mail.get_body(("html",))
    go(page, link(mail, "/admin/pages/"))
    look(page, "12-approval")
    page.locator("[data-workflow-action-name=approve]").first.click()
    told(page, "wurde aktualisiert")
    expect(page.get_by_role("row").filter(has_text=TITLE)).to_contain_text("Veröffentlicht")
    look(page, "13-approved")
    bring_index_up_to_date()


def the_leader_is_replaced(office: Page, phone: Page, letters: Letters) -> None:
    go(office, "/admin/menschen/")
    look(office, "25-people")
    office.get_by_role("link", name="Ina Muster").click()
    office.get_by_role("link", name="An jemand anderes übergeben").click()
    office.get_by_label("Vorname").fill("Uli")
    office.get_by_label("Nachname").fill("Neu")
    office.get_by_label("E-Mail-Adresse").fill(SUCCESSOR)
    look(office, "26-handover")
    office.get_by_role("button", name="Übergeben").click()
    reads(office, "Uli Neu")
    expect(office.get_by_role("link", name="Ina Muster")).to_have_count(0)
    look(office, "27-handed-over")
    farewell = letters.one_to(LEADER)
    assert "Sie sind nicht mehr im Team" in text(farewell)
    assert "Damit ist Ihr Konto geschlossen." in text(farewell)
    phone.reload()
    phone.wait_for_url("**/konto/login/**")
    with phone.expect_response(lambda answer: answer.request.method == "POST" and "/webauthn/login/" in answer.url):
        phone.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(phone.locator(".account-messages .notice")).to_be_visible(timeout=60_000)
    look(phone, "28-signed-out")
    go(phone, "/admin/")
    phone.wait_for_url("**/konto/login/**")
    assert not User.objects.get(email=LEADER).is_active
