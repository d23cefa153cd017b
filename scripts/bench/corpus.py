"""A corpus of any size as a stream of documents: the same seed and day give the same documents, and a smaller corpus is the
beginning of a larger one. Memory does not grow with the number of listings."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from random import Random

from django.utils.text import slugify

from offers.choices import Audience, Language, OfferKind
from offers.interchange.rules import Rules
from offers.recurrence import Rule
from scripts.bench.language import Language as Texts
from scripts.bench.postcodes import Country, Town, jitter
from scripts.bench.schedules import LOCAL, Schedule, Schedules
from search.contract import OfferCard, OfferDocument, time_of_day

DATA = Path(__file__).resolve().parents[2] / "offers" / "data"
PLACES = Path(__file__).resolve().parents[2] / "places" / "data" / "places.csv"
SEED = 7141
# Page ids of a real site do not begin with 1 either: home, newsroom and providers come before.
FIRST_PAGE_ID = 1000
CARD_DATES = 12


@dataclass(frozen=True, slots=True)
class Model:
    """A listing of the demo after which others are made, its cells read."""

    row: dict[str, str]
    topics: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    key: str
    name: str
    town: Town
    latitude: float
    longitude: float


class Corpus:
    """Documents and what they are made of. `today`: the day from which dates count."""

    def __init__(self, seed: int = SEED, today: date | None = None) -> None:
        self.seed = seed
        self.today = today or date.today()
        offers, providers = (read(DATA / "demo" / name) for name in ("angebote.csv", "anbieter.csv"))
        parse = Rules().parse
        self.models = [Model(row, split(row["themen"]), tuple(parse(row["termine"]))) for row in offers]
        self.country = Country(seed)
        self.texts = Texts(offers, providers, [row["name"] for row in read(PLACES, ",")])
        self._schedules = Schedules(self.today)
        self.topic_names = {row["slug"]: row["name"] for row in read(DATA / "topics.csv")}
        self._words = {
            **{str(value): str(label) for value, label in (*OfferKind.choices, *Audience.choices)},
            **{f"language:{value}": str(label) for value, label in Language.choices},
        }

    def documents(self, count: int) -> Iterator[OfferDocument]:
        """The first `count` listings; three to six of each provider follow each other."""
        page_id, house = FIRST_PAGE_ID, 0
        while count > 0:
            random = Random(f"{self.seed}/{house}")
            provider = self._provider(house, random)
            for number in range(min(count, random.randint(3, 6))):
                yield self._document(page_id, f"{house}-{number}", provider, random)
                page_id, count = page_id + 1, count - 1
            house += 1

    def _provider(self, house: int, random: Random) -> Provider:
        town = self.country.draw(random)
        _kind, name, _body = self.texts.provider(town, random)
        point = jitter(town.latitude, town.longitude, town.spread_km / 2, random)
        return Provider(f"{slugify(name)[:60]}-{house}", name, town, *point)

    def _document(self, page_id: int, number: str, provider: Provider, random: Random) -> OfferDocument:
        model = random.choice(self.models)
        topics = self._topics(model, random)
        title = self.texts.title(topics[0], provider.town, provider.name, random)
        schedule = self._schedules.draw(model.rules, model.row["pause_in_schulferien"] == "ja", random)
        card = self._card(page_id, f"{slugify(title)[:60]}-{number}", title, topics, schedule, model.row, provider, random)
        description = self.texts.description(topics[0], provider.town, provider.name, random)
        words = [self.topic_names[topic] for topic in topics] + [self._words[card.kind]]
        words += [self._words[each] for each in card.audience] + [self._words[f"language:{each}"] for each in card.languages]
        return OfferDocument(
            card=card,
            description=description,
            words=tuple(words),
            municipality=provider.town.slug if card.latitude is not None else "",
            reaches_everywhere=card.form in ("online", "telefon"),
            occurrences=tuple(dict.fromkeys((each.start.date(), time_of_day(each.start)) for each in schedule.dates)),
            # Never within a run: the database, from which it would be made again, does not hold these offers.
            stale_at=_midnight(self.today + timedelta(days=random.randint(30, 300))),
            digest=blake2b(f"{self.seed}/{self.today}/{card.key}/{description}".encode(), digest_size=16).hexdigest(),
        )

    def _topics(self, model: Model, random: Random) -> tuple[str, ...]:
        """The model's; now and then one more."""
        if random.random() < 0.1:
            return tuple(dict.fromkeys((*model.topics, random.choice(list(self.topic_names)))))
        return model.topics

    def _card(
        self,
        page_id: int,
        key: str,
        title: str,
        topics: tuple[str, ...],
        schedule: Schedule,
        row: dict[str, str],
        provider: Provider,
        random: Random,
    ) -> OfferCard:
        """Facts come from the model; some of them from another listing, so that their combinations vary as in life."""

        def cells(*columns: str) -> list[str]:
            source = random.choice(self.models).row if random.random() < 0.3 else row
            return [source[column] for column in columns]

        lowest, highest = cells("alter_von_monate", "alter_bis_monate")
        cost, cost_note = cells("kosten", "kosten_hinweis")
        somewhere = row["form"] == "vor_ort"
        elsewhere = somewhere and (bool(row["treffpunkt"]) or random.random() < 0.1)
        point: tuple[float | None, float | None] = (provider.latitude, provider.longitude) if somewhere else (None, None)
        if elsewhere:
            point = jitter(provider.latitude, provider.longitude, provider.town.spread_km / 2, random)
        return OfferCard(
            page_id=page_id,
            key=key,
            url=f"/anbieter/{provider.key}/{key}/",
            title=title,
            kind=row["art"],
            summary=self.texts.summary(topics[0], provider.town, random),
            topics=topics,
            provider_key=provider.key,
            provider_name=provider.name,
            provider_url=f"/anbieter/{provider.key}/",
            venue_name=self.texts.venue(provider.town, random) if elsewhere else "",
            town=provider.town.name if somewhere else "",
            latitude=point[0],
            longitude=point[1],
            form=row["form"],
            min_age_months=int(lowest) if lowest else None,
            max_age_months=int(highest) if highest else None,
            audience=split(cells("zielgruppe")[0]),
            languages=split(cells("sprachen")[0]) or ("de",),
            cost=cost,
            cost_note=cost_note,
            registration=cells("anmeldung")[0],
            accessibility=split(cells("barrierefreiheit")[0]),
            sensitive=row["sensibel"] == "ja",
            rhythm=schedule.rhythm,
            occurrences=schedule.dates[:CARD_DATES],
        )


def read(file: Path, delimiter: str = ";") -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(", ") if part)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), LOCAL)
