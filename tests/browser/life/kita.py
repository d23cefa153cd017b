"""What a Kita does in the life of a listing: join, write, add a picture, hand in, correct, and take over from a leader who left."""

import re
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.models import Picture, User
from offers.models import OfferPage, Report
from people.models import Team
from tests.browser.life.district import set_passkey
from tests.browser.life.listing_life import HINT, LEADER, SUCCESSOR, TITLE, go, heading, look, reads, told
from tests.cms.picture_samples import DEVICE, PLACE, photo
from tests.people.accounts.conftest import PASSWORD
from tests.people.accounts.test_browser import plug_in, sign_in_anew


def the_leader_joins_with_a_passkey(page: Page) -> None:
    plug_in(page)
    heading(page, "Willkommen, Ina Muster")
    reads(page, LEADER, "Kita Regenbogen")
    look(page, "03-joining")
    page.get_by_role("button", name="Passkey einrichten").click()
    set_passkey(page, "Telefon")
    sign_in_anew(page)
    look(page, "04-signing-in")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/admin/")
    reads(page, "Kita Regenbogen", "Hier stehen bald Ihre Angebote")
    look(page, "05-first-page")


def the_leader_writes_an_offer_from_an_example(page: Page) -> None:
    page.get_by_role("link", name="Mit einem Beispiel anfangen").click()
    page.get_by_role("link", name=re.compile("^Krabbelgruppe")).click()
    page.get_by_label("Wie heißt es?").fill(TITLE)
    page.get_by_label("Wann ist es das nächste Mal?").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    look(page, "06-example")
    # The first offer goes to the district; a picture is still to come.
    expect(page.get_by_role("button", name="Zur Freigabe geben")).to_be_visible()
    page.get_by_role("button", name="Als Entwurf behalten").click()
    reads(page, "Als Entwurf behalten. Familien sehen es noch nicht.")
    look(page, "07-draft")


def the_leader_adds_a_picture(page: Page) -> None:
    page.get_by_role("link", name="Mehr Angaben").click()
    page.get_by_role("button", name="Bild auswählen").or_(page.get_by_role("button", name="Ein Bild auswählen")).first.click()
    page.get_by_role("tab", name="Hochladen").click()
    panel = page.get_by_role("tabpanel", name="Hochladen")
    look(page, "08-chooser")
    panel.get_by_label("Titel").fill("Spielteppich")
    panel.locator("input[type=file]").set_input_files({"name": "IMG_0815.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    panel.get_by_label("Was ist auf dem Bild zu sehen?").fill("Spielteppich mit Holzbausteinen")
    send = panel.get_by_role("button", name="Hochladen")
    send.click()
    page.get_by_text("Ohne Einwilligung zeigen wir das Bild nicht.").wait_for()
    look(page, "09-consent")
    assert not Picture.objects.exists()
    # A browser keeps no file in a form that comes back.
    panel = page.get_by_role("tabpanel", name="Hochladen")
    panel.locator("input[type=file]").set_input_files({"name": "IMG_0815.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    panel.get_by_label("Wir dürfen dieses Bild zeigen").check()
    panel.get_by_role("button", name="Hochladen").click()
    page.locator(".modal").wait_for(state="hidden")
    look(page, "10-picture")
    picture = Picture.objects.get()
    with default_storage.open(picture.file.name) as file:
        kept = file.read()
    assert (picture.description, picture.consent) == ("Spielteppich mit Holzbausteinen", True)
    assert kept.startswith(b"\xff\xd8")
    assert (b"Exif" in kept, PLACE in kept, DEVICE.encode() in kept) == (False, False, False)


def the_leader_hands_it_in(page: Page) -> None:
    page.get_by_role("button", name="In Freigabe durch den Kreis einreichen").click()
    told(page, "eingereicht")
    go(page, "/admin/")
    reads(page, TITLE, "beim Kreis")
    look(page, "11-waits")


def the_leader_corrects_it(phone: Page, family: Page) -> None:
    go(phone, "/admin/hinweise/")
    reads(phone, TITLE, "„" + HINT + "“")
    look(phone, "17-reports")
    phone.get_by_role("button", name="Angebot ändern").click()
    phone.locator("[name=schedules-0-start_time]").fill("10:00")
    phone.get_by_role("button", name="Veröffentlichen").click()
    told(phone, f"{TITLE}‘ wurde veröffentlicht")
    go(phone, "/admin/hinweise/")
    reads(phone, "Ist der Hinweis damit erledigt?")
    look(phone, "18-corrected")
    phone.get_by_role("button", name="Erledigt").click()
    reads(phone, f"„{TITLE}“: Erledigt.", "Hier ist gerade nichts zu tun.")
    assert Report.objects.get().state == "done"
    family.get_by_role("link", name="Zurück zum Angebot").click()
    reads(family, "10 bis 11 Uhr")


def the_successor_takes_over(page: Page, made: OfferPage) -> None:
    heading(page, "Willkommen, Uli Neu")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Passwort speichern").click()
    page.wait_for_url("**/admin/")
    card = page.locator(f"#angebot-{made.pk}")
    expect(card).to_contain_text(TITLE)
    look(page, "30-successor")
    card.get_by_role("link", name="Ändern").click()
    expect(page.locator("[name=schedules-0-start_time]")).to_have_value("10:00")
    made.refresh_from_db()
    person, picture = User.objects.get(email=SUCCESSOR), Picture.objects.get()
    team = Team.objects.get(provider=made.get_parent().pk)
    assert (made.owner, made.picture, picture.collection) == (person, picture, team.collection)
    assert list(User.objects.filter(groups=team.group)) == [person]
