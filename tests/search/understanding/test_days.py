"""Which words are days, times of day and dates, and which belong to something else."""

import pytest

from tests.search.understanding.conditions import said


@pytest.mark.parametrize(
    ("question", "days", "times", "rest"),
    [
        ("papa samstag", ["sa"], [], "papa"),
        ("samstags", ["sa"], [], ""),
        ("am Samstag turnen", ["sa"], [], "turnen"),
        ("turnen Sa", ["sa"], [], "turnen"),
        ("Sonnabend", ["sa"], [], ""),
        ("sonntag", ["so"], [], ""),
        ("wochenende papa", ["sa", "so"], [], "papa"),
        ("turnen unter der Woche", ["mo", "di", "mi", "do", "fr"], [], "turnen"),
        ("werktags", ["mo", "di", "mi", "do", "fr"], [], ""),
        ("turnen mo-fr", ["mo", "di", "mi", "do", "fr"], [], "turnen"),
        ("montag bis mittwoch", ["mo", "di", "mi"], [], ""),
        ("di und do turnen", ["di", "do"], [], "turnen"),
        ("krabbeln samstags und sonntags", ["sa", "so"], [], "krabbeln"),
        ("am Mi turnen", ["mi"], [], "turnen"),
        ("mittwochnachmittag turnen", ["mi"], ["nachmittag"], "turnen"),
        ("samstag vormittag papa", ["sa"], ["vormittag"], "papa"),
        ("freitagabend", ["fr"], ["abend"], ""),
        ("vormittags treff", [], ["vormittag"], "treff"),
        ("morgens", [], ["vormittag"], ""),
        ("am Morgen treff", [], ["vormittag"], "treff"),
        ("turnen nachmittag", [], ["nachmittag"], "turnen"),
        ("abends yoga", [], ["abend"], "yoga"),
        ("saturday morning playgroup", ["sa"], ["vormittag"], "playgroup"),
        ("cumartesi oyun grubu", ["sa"], [], "oyun grubu"),
        ("по субботам", ["sa"], [], ""),
        ("п'ятницю група", ["fr"], [], "група"),
        ("w sobotę", ["sa"], [], ""),
        ("دورة يوم السبت", ["sa"], [], "دورة"),
    ],
)
def test_a_day_or_time(read, question, days, times, rest):
    understood = read(question)
    assert said(understood, "tag") == days
    assert said(understood, "zeit") == times
    assert understood.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "Papa-Samstag",
        "Elternabend",
        "eltern abend",
        "Abendessen",
        "Sonntagsfrühstück",
        "Infoabend",
        "Feierabend",
        "abend",
        "guten abend",
        "guten morgen",
        "spiele nachmittag",
        "ein Nachmittag für Väter",
        "jeden abend streit",
        "jeden Morgen",
        "mein baby schreit abends",
        "mein Sohn ist am Wochenende bei Papa",
        "warum wacht mein kind so früh auf",
        "letzten Samstag",
        "seit Montag",
        "nicht samstags",
        "so ein Mist",
        "what to do",
        "gdzie są grupy",
        "Frühe Hilfen",
        "in den Ferien",
        "Kindergarten Sonntag",
        "ich brauche heute dringend hilfe",
        "geboren am 3. dezember",
        "am 31. Februar",
        "jedes wochenende streit",
        "ein bunter abend",
        "wo kann ich heute nacht hin mit den kindern",
        "need a safe place tonight with my kids",
        "schutzplatz frei heute",
        "ich brauche heute hilfe",
        "von heute auf morgen",
        "seit gestern abend schüttelfrost, er ist so heiß und natürlich ist samstag",
        "ich muss nächste woche zum zahnarzt und weiß nicht wohin mit ihm",
    ],
)
def test_no_day_or_time(read, question):
    understood = read(question)
    assert understood.conditions == ()
    assert understood.text == question


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("heute", "2026-11-23", "2026-11-23", ""),
        ("was ist morgen los", "2026-11-24", "2026-11-24", "was ist los"),
        ("diese Woche elterncafe", "2026-11-23", "2026-11-29", "elterncafe"),
        ("naechste Woche", "2026-11-30", "2026-12-06", ""),
        ("dieses Wochenende", "2026-11-28", "2026-11-29", ""),
        ("diesen samstag", "2026-11-28", "2026-11-28", ""),
        ("nächsten Samstag", "2026-11-28", "2026-12-05", ""),
        ("elterncafe am 3. Dezember", "2026-12-03", "2026-12-03", "elterncafe"),
        ("am 3.12.", "2026-12-03", "2026-12-03", ""),
        ("3.12.2027", "2027-12-03", "2027-12-03", ""),
        ("am 3. Januar", "2027-01-03", "2027-01-03", ""),
        ("ab 1. Dezember kurs", "2026-12-01", None, "kurs"),
        ("bis 24.12.", None, "2026-12-24", ""),
        ("vom 1. bis 5. dezember", "2026-12-01", "2026-12-05", ""),
        ("tomorrow", "2026-11-24", "2026-11-24", ""),
        ("завтра", "2026-11-24", "2026-11-24", ""),
    ],
)
def test_dates(read, question, first, last, rest):
    understood = read(question)
    assert [day.isoformat() for day in said(understood, "von")] == ([first] if first else [])
    assert [day.isoformat() for day in said(understood, "bis")] == ([last] if last else [])
    assert understood.text == rest
