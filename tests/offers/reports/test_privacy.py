"""What could name a person goes; what says when and where stays."""

import pytest

from offers.reports.privacy import masked, one_line

PUBLIC = ("02604 952-110", "kita@example.org", "https://kita.example.org/")


@pytest.mark.parametrize(
    "text",
    [
        "Rufen Sie mich an: 0171 2345678",
        "0171/234 56 78",
        "Tel. +49 171 2345678",
        "+49 (0)171-2345678",
        "meine Nummer ist 94 12 33",
        "(0)2604 123456",
    ],
)
def test_numbers_go(text):
    hidden = masked(text)
    assert "[Nummer entfernt]" in hidden
    assert not any(sign in hidden for sign in ("234", "12 33", "123456"))


@pytest.mark.parametrize("text", ["anna@example.com", "anna.müller@mail.example", "anna (at) example.com", "Anna@EXAMPLE.COM."])
def test_addresses_go(text):
    assert masked(f"Schreiben Sie an {text}").startswith("Schreiben Sie an [E-Mail-Adresse entfernt]")


@pytest.mark.parametrize("text", ["https://boese.example/x?y=1", "www.boese.example", "HTTP://BOESE.EXAMPLE"])
def test_links_go(text):
    assert masked(f"siehe {text} dort") == "siehe [Link entfernt] dort"


@pytest.mark.parametrize(
    "text",
    [
        "am 25.11.2026 um 9:30 Uhr",
        "von 09.30-11.00 Uhr, nicht 9 bis 10",
        "seit 01.12.2026, davor 01.11. und 15.11.26",
        "Lindenstr. 12 56377 Nassau",
        "Raum 204 im 2. Stock, 12 bis 36 Monate, 5 Euro",
        "2026-11-25",
        "nachmittags statt vormittags 😀",
    ],
)
def test_dates_times_and_places_stay(text):
    assert masked(text) == text


@pytest.mark.parametrize("text", ["Die Nummer 02604/952110 ist falsch", "+49 2604 952-110 geht nicht", "kita@example.org kommt zurück"])
def test_what_the_listing_shows_may_be_named(text):
    assert masked(text, PUBLIC) == text
    assert masked(text) != text


def test_text_becomes_one_line_that_shows_what_it_is():
    assert one_line("Treff\r\n\r\n  am\tMittwoch\u202e\u0000\u200b ") == "Treff am Mittwoch"
    assert one_line("می‌خواهم 👩‍👧 Ä") == "می‌خواهم 👩‍👧 Ä"
