"""Documents for tests of the search: real ones, with everything that is not named filled in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from search.contract import ALL_FACETS, DAYS, TIMES, Circle, Occurrence, OfferCard, OfferDocument, SearchRequest, time_of_day

BERLIN = ZoneInfo("Europe/Berlin")
# A Monday morning.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)
BAD_EMS = (50.3347, 7.7136)
NASSAU = (50.3144, 7.8006)
DIEZ = (50.3716, 8.0107)
KOBLENZ = (50.3569, 7.5890)

_numbers = count(1)


def make_card(title: str = "Krabbelgruppe", **values: Any) -> OfferCard:
    """A card; `at` is (latitude, longitude) or None, `starts` its next dates, each an hour and a half long."""
    number = values.pop("page_id", None) or next(_numbers)
    at = values.pop("at", BAD_EMS)
    starts: Sequence[datetime] = values.pop("starts", ())
    filled: dict[str, Any] = {
        "page_id": number,
        "key": f"angebot-{number}",
        "url": f"/angebote/anbieter/angebot-{number}/",
        "title": title,
        "kind": "gruppe",
        "summary": "",
        "topics": (),
        "provider_key": "kita-am-fluss",
        "provider_name": "Kita am Fluss",
        "provider_url": "/angebote/anbieter/",
        "venue_name": "",
        "town": "Bad Ems",
        "latitude": at[0] if at else None,
        "longitude": at[1] if at else None,
        "form": "vor_ort",
        "min_age_months": None,
        "max_age_months": None,
        "audience": (),
        "languages": ("de",),
        "cost": "kostenfrei",
        "cost_note": "",
        "registration": "keine",
        "accessibility": (),
        "sensitive": False,
        "rhythm": "",
        "occurrences": tuple(Occurrence(start, start + timedelta(minutes=90)) for start in starts),
    }
    return OfferCard(**{**filled, **values})


def make_document(title: str = "Krabbelgruppe", **values: Any) -> OfferDocument:
    """A document; its dates for filters follow from `starts` unless `occurrences` names them."""
    names = ("description", "words", "municipality", "reaches_everywhere", "stale_at", "digest")
    own = {name: values.pop(name) for name in names if name in values}
    dates = values.pop("dates", None)
    card = make_card(title, **values)
    if dates is None:
        dates = tuple((each.start.date(), time_of_day(each.start)) for each in card.occurrences)
    filled: dict[str, Any] = {
        "card": card,
        "description": "",
        "words": (),
        "municipality": "bad-ems",
        "reaches_everywhere": False,
        "occurrences": dates,
        "stale_at": None,
        "digest": f"digest-{card.page_id}",
    }
    return OfferDocument(**{**filled, **own})


def ask(text: str = "", **values: Any) -> SearchRequest:
    return SearchRequest(text=text, **{"now": NOW, **values})


# Many documents, different in everything that is filtered, sorted and counted

_WORDS = (  # noqa: SIM905
    "Krabbelgruppe Spielkreis Erziehungsberatung Elterncafé Stillgruppe Musikgarten Waldspielgruppe Vätertreff Hebammensprechstunde "
    "Familienfrühstück Trauergruppe Deutschkurs Babytreff Elternabend Kinderturnen Schuldnerberatung Vorlesestunde Logopädie"
).split()
_FILLING = (  # noqa: SIM905
    "Eltern Kinder Vormittag gemeinsam singen spielen Fragen Schlaf Ernährung Bewegung Garten Wiese Kaffee Austausch Sprache "
    "Trennung Geld Anträge Lieder Gespräch offen Hilfe Geschwister Großeltern Natur Zähne Brei Alltag"
).split()
KINDS = ("gruppe", "beratung", "veranstaltung", "kurs", "treff")
TOPICS = ("krabbeln", "spielen", "stillen", "ernaehrung", "erziehung", "sprache", "bewegung", "musik", "natur", "trauer")
LANGUAGES = ("de", "en", "tr", "ar", "uk")
FORMS = ("vor_ort", "vor_ort", "vor_ort", "online", "telefon", "zuhause")
TOWNS = (("bad-ems", BAD_EMS), ("nassau", NASSAU), ("diez", DIEZ), ("koblenz", KOBLENZ))


def random_documents(number: int, seed: int = 1, first_id: int = 1) -> list[OfferDocument]:
    """Documents in and around four towns; the same for the same seed."""
    random = Random(seed)
    return [_random_document(random, first_id + each) for each in range(number)]


def _random_document(random: Random, page_id: int) -> OfferDocument:
    town, (latitude, longitude) = random.choice(TOWNS)
    form = random.choice(FORMS)
    spread = random.choice((0.0, 0.01, 0.1, 0.6))
    place = (latitude + random.uniform(-spread, spread), longitude + random.uniform(-spread, spread))
    days = sorted(random.sample(range(60), random.choice((0, 0, 1, 3, 8))))
    moments = [NOW.replace(hour=random.choice((8, 9, 14, 15, 19)), minute=30) + timedelta(days=day) for day in days]
    lowest = random.choice((None, 0, 6, 12, 36))
    return make_document(
        f"{random.choice(_WORDS)} {random.choice(_FILLING)}",
        page_id=page_id,
        key=f"offer-{page_id}",
        kind=random.choice(KINDS),
        summary=" ".join(random.sample(_FILLING, 5)),
        description=" ".join(random.choices(_FILLING + _WORDS, k=20)),
        topics=tuple(random.sample(TOPICS, random.choice((0, 1, 2, 3, 5)))),
        provider_key=f"provider-{random.randrange(30)}",
        at=place if form in ("vor_ort", "telefon") and random.random() < 0.9 else None,
        form=form,
        min_age_months=lowest,
        max_age_months=random.choice((None, (lowest or 0) + 12, (lowest or 0) + 60)),
        languages=tuple(random.sample(LANGUAGES, random.choice((1, 1, 2)))),
        cost=random.choice(("kostenfrei", "betrag")),
        registration=random.choice(("keine", "erforderlich")),
        accessibility=random.choice(((), ("rollstuhl",), ("rollstuhl", "wc"))),
        municipality=random.choice((town, "")),
        reaches_everywhere=form in ("online", "telefon"),
        starts=moments[:12],
        dates=tuple((moment.date(), time_of_day(moment)) for moment in moments),
    )


def random_request(random: Random, **values: Any) -> SearchRequest:
    """A request with a few conditions."""
    chosen: dict[str, Any] = {}

    def maybe(name: str, chance: float, value: Any) -> None:
        if random.random() < chance:
            chosen[name] = value

    _town, (latitude, longitude) = random.choice(TOWNS)
    maybe("circle", 0.6, Circle(latitude, longitude, random.choice((None, 0.5, 2.0, 5.0, 10.0, 25.0, 60.0))))
    maybe("municipality", 0.1, random.choice(TOWNS)[0])
    maybe("kinds", 0.25, tuple(random.sample(KINDS, random.choice((1, 2)))))
    maybe("topics", 0.25, tuple(random.sample(TOPICS, random.choice((1, 3)))))
    maybe("age_months", 0.2, random.choice((0, 5, 8, 24, 50)))
    maybe("days", 0.25, tuple(random.sample(DAYS, random.choice((1, 2)))))
    maybe("time", 0.25, random.choice(TIMES))
    start = NOW.date() + timedelta(days=random.randrange(40))
    maybe("date_from", 0.2, start)
    maybe("date_to", 0.2, start + timedelta(days=random.choice((0, 2, 6, 30))))
    maybe("languages", 0.15, tuple(random.sample(LANGUAGES, 2)))
    maybe("form", 0.15, random.choice(FORMS))
    maybe("free", 0.15, True)
    maybe("without_registration", 0.15, True)
    maybe("accessible", 0.15, True)
    maybe("provider", 0.05, f"provider-{random.randrange(30)}")
    return SearchRequest(**{"now": NOW, "facets": ALL_FACETS, **chosen, **values})


def day(text: str) -> date:
    return date.fromisoformat(text)
