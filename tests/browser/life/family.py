"""What a family does in the life of a listing, and what it finds while nobody confirms it."""

from email.message import EmailMessage

from playwright.sync_api import Page, expect

from offers.models import OfferPage
from tests.browser.life.listing_life import (
    DISTRICT,
    HINT,
    LEADER,
    NEIGHBOUR,
    TITLE,
    Letters,
    bring_index_up_to_date,
    daily_command,
    go,
    heading,
    in_words,
    look,
    reads,
    subject,
    text,
    wait_until,
)


def a_family_finds_it(page: Page) -> None:
    assert TITLE in titles_found(page)[:1]
    look(page, "14-found")
    page.get_by_role("link", name=TITLE, exact=True).click()
    heading(page, TITLE)
    reads(page, "Kita Regenbogen", "Emser Straße 1", f"Zuletzt bestätigt am {in_words(OfferPage.objects.get(title=TITLE).confirmed_at)}")
    expect(page.get_by_role("img", name="Spielteppich mit Holzbausteinen")).to_be_visible()
    look(page, "15-offer")


def titles_found(page: Page) -> list[str]:
    """What a family reads in the list that answers its question."""
    go(page, "/suche/")
    page.get_by_label("Was suchen Sie?").fill("Krabbelkäfer")
    page.get_by_role("button", name="Suchen", exact=True).click()
    page.wait_for_url("**q=Krabbelk*")
    page.wait_for_load_state("networkidle")
    return [card.inner_text().strip() for card in page.locator("[data-offer-key] :is(h2, h3)").all()]


def a_family_reports_a_wrong_detail(page: Page, letters: Letters) -> None:
    page.get_by_role("link", name="Stimmt etwas nicht?").click()
    heading(page, "Stimmt etwas nicht?")
    page.get_by_role("radio", name="Tag oder Uhrzeit").check()
    # As fast as people write; only a robot hands the form in within three seconds.
    page.get_by_role("textbox", name="Was stimmt nicht?").press_sequentially(HINT, delay=200)
    look(page, "16-report")
    page.get_by_role("button", name="Hinweis abschicken").click()
    heading(page, "Danke für Ihren Hinweis.")
    for address in (LEADER, DISTRICT):
        mail = letters.one_to(address)
        assert subject(mail) == "Kita Regenbogen: Eine Familie hat einen Hinweis"
        assert HINT in text(mail)
        assert mail.get_body(("html",))


def nobody_confirms_it(made: OfferPage, office: Page, family: Page, letters: Letters) -> None:
    wait_until(made, -14)
    daily_command()
    first = letters.one_to(LEADER)
    assert subject(first) == "Kita Regenbogen: Stimmen Ihre Angebote noch?"
    made.refresh_from_db()
    assert TITLE in text(first)
    assert f"Zuletzt bestätigt am {in_words(made.confirmed_at)}" in text(first)
    family.reload()
    reads(family, f"Zuletzt bestätigt am {in_words(made.confirmed_at)}")

    wait_until(made, -7)
    daily_command()
    assert subject(letters.one_to(LEADER)) == "Kita Regenbogen: Stimmen Ihre Angebote noch? Eine Erinnerung"

    wait_until(made, 14)
    daily_command()
    assert letters.to(LEADER) == []
    go(office, "/admin/nicht-bestaetigt/")
    reads(office, "Kita Regenbogen", TITLE)
    look(office, "19-work-list")

    wait_until(made, 30)
    assert "lowers" in daily_command()
    bring_index_up_to_date()
    assert titles_found(family) == [NEIGHBOUR, TITLE]
    look(family, "20-lowered")

    wait_until(made, 53)
    daily_command()
    assert subject(letters.one_to(LEADER)).endswith("Eine Erinnerung")


def it_is_hidden_with_a_notice(made: OfferPage, phone: Page, family: Page, letters: Letters) -> EmailMessage:
    wait_until(made, 60)
    daily_command()
    notice = letters.one_to(LEADER)
    assert subject(notice) == "Kita Regenbogen: nicht mehr online, bis Sie es bestätigen"
    assert "Familien sehen sie deshalb nicht mehr" in text(notice)
    is_hidden(made, family)
    go(phone, "/admin/")
    reads(phone, TITLE, "Stimmt noch")
    look(phone, "21-hidden-on-the-first-page")
    return notice


def is_hidden(made: OfferPage, family: Page) -> None:
    bring_index_up_to_date()
    assert titles_found(family) == [NEIGHBOUR]
    go(family, made.url)
    heading(family, "nicht")
    look(family, "22-hidden")


def a_link_confirms_it(page: Page, made: OfferPage, family: Page) -> None:
    heading(page, "Stimmen Ihre Angebote noch?")
    reads(page, TITLE, "Zurzeit nicht online. Bestätigt ist es wieder da, wie es war.")
    look(page, "23-confirming")
    # Whoever only opens the link, as a mail scanner does, changes nothing.
    is_hidden(made, family)
    page.get_by_role("button", name="Ja, das stimmt noch").click()
    heading(page, "Danke, alles ist beantwortet.")
    look(page, "24-confirmed")
    lapsed = made.confirmed_at
    made.refresh_from_db()
    assert made.confirmed_at > lapsed
    assert page.context.cookies() == []
    bring_index_up_to_date()
    a_family_finds_it(family)


def the_old_link_is_worth_nothing(page: Page) -> None:
    heading(page, "Dieser Link gilt nicht mehr.")
    reads(page, "Er war für eine Adresse, die nicht mehr zu dieser Einrichtung gehört.")
    look(page, "29-old-link")
