"""The words that views and engines exchange. Nothing here knows Django's models or an engine.

Distances are kilometres along the sphere, ages months, times local wall time of the district (Europe/Berlin).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

Sort = Literal["relevanz", "entfernung", "datum"]
TimeOfDay = Literal["vormittag", "nachmittag", "abend"]

# What the search page and the interface count beside their filters; "municipality" can be asked for as well.
PAGE_FACETS = ("kind", "topic", "day", "time", "language", "form", "free", "without_registration", "accessible")
ALL_FACETS = (*PAGE_FACETS, "municipality")

DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
TIMES: tuple[TimeOfDay, ...] = ("vormittag", "nachmittag", "abend")


class IndexUnavailable(Exception):  # noqa: N818 - a state of the world that pages explain, not a fault in the question
    """The index cannot be read or written now: damaged, being rebuilt for a new version, or locked for too long."""


def time_of_day(moment: datetime) -> TimeOfDay:
    """The part of the day in which something begins: before noon, before five, later."""
    return "vormittag" if moment.hour < 12 else "nachmittag" if moment.hour < 17 else "abend"


@dataclass(frozen=True, slots=True)
class Circle:
    """Around a point; `radius_km` None means anywhere, the point then only gives distances."""

    latitude: float
    longitude: float
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A map's window, decimal degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question means beside its words. Vectors are float32, little-endian, as long as those of the documents.

    An offer's likeness is `direction` · its vector - `offset`: 0 for an offer that has nothing to do with the question, about `weight` for
    each standard deviation above. `direction` is the question itself with the situations of families that it tells of; `question` is the
    question alone, of length 1. `trust` says how surely a situation was recognised: in standard deviations, about 4 for any text.
    """

    direction: bytes
    offset: float
    weight: float
    question: bytes
    trust: float
    topics: tuple[tuple[str, float], ...] = ()  # what a topic adds to an offer's score
    kinds: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question, checked and complete. Several values of one condition mean "one of these"."""

    text: str = ""
    meaning: Meaning | None = None
    wished_age_months: int | None = None  # these two only rank
    wished_languages: tuple[str, ...] = ()
    circle: Circle | None = None
    municipality: str = ""  # slug of a place: only offers that take place in it
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    age_months: int | None = None
    days: tuple[str, ...] = ()
    time: str = ""
    date_from: date | None = None
    date_to: date | None = None
    languages: tuple[str, ...] = ()
    form: str = ""
    free: bool = False
    without_registration: bool = False
    accessible: bool = False
    provider: str = ""  # key
    sort: Sort = "relevanz"
    page: int = 1
    page_size: int = 20
    facets: tuple[str, ...] = PAGE_FACETS  # only those that somebody looks at: counts are work
    now: datetime = field(kw_only=True)  # aware; what is over by then has no next date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of an offer, aware, in local time. `note` says what is unusual ("verlegt von Mittwoch")."""

    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferCard:
    """What a hit shows without a question to the database. Codes, not labels: the page speaks, not the index."""

    page_id: int
    key: str
    url: str  # path
    title: str
    kind: str
    summary: str
    topics: tuple[str, ...]
    provider_key: str
    provider_name: str
    provider_url: str
    venue_name: str
    town: str
    latitude: float | None
    longitude: float | None
    form: str
    min_age_months: int | None
    max_age_months: int | None
    audience: tuple[str, ...]
    languages: tuple[str, ...]
    cost: str
    cost_note: str
    registration: str
    accessibility: tuple[str, ...]
    sensitive: bool
    rhythm: str  # "jede Woche", "am 1. Dienstag im Monat", "" for single dates
    occurrences: tuple[Occurrence, ...]  # the next ones when the document was made, at most 12, in order
    lowered: bool = False  # nobody has confirmed it for long: ranked further down

    def next_occurrence(self, now: datetime) -> Occurrence | None:
        """The first date that has not ended."""
        return next((each for each in self.occurrences if each.end > now), None)


@dataclass(frozen=True, slots=True)
class OfferDocument:
    """A listing as an engine indexes it: the card, and what is only searched or filtered."""

    card: OfferCard
    description: str
    words: tuple[str, ...]  # labels a family may type: topics, kind, audience, languages
    municipality: str  # slug of the place, "" where unknown or without a place
    reaches_everywhere: bool  # online and by telephone: found from any place
    occurrences: tuple[tuple[date, str], ...]  # (day, time of day) within the horizon, for day, time and date filters
    stale_at: datetime | None  # when the document must be made again, because a date has passed or come into sight
    digest: str  # of all the above and the vector: equal digests, equal documents
    vector: bytes = b""  # its meaning as search.semantics.quantized packs it; empty as long as nobody has worked it out


@dataclass(frozen=True, slots=True)
class Hit:
    card: OfferCard
    score: float
    distance_km: float | None
    title_marked: str  # HTML: escaped, the question's words in <mark>
    summary_marked: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Facets by the names that the request asks for.

    A facet counts what choosing its value would give: its own condition is left out, all others hold. Values come most frequent first,
    values without a hit are left out. The three yes-or-no facets have one value, "1". Municipalities are cut after the first 200.
    """

    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestion: str = ""
    took_ms: float = 0.0
    limited: bool = False  # from the database, while the index cannot be reached: fewer hits, counts of these only


@dataclass(frozen=True, slots=True)
class Cluster:
    """Listings near each other on the map; `card` where it is only one."""

    latitude: float
    longitude: float
    count: int
    card: OfferCard | None = None


class Engine(Protocol):
    """A search engine. Readers never wait for writers; writes are durable when the call returns.

    Every method raises IndexUnavailable where the index cannot be read or written. An index that nobody has written yet is empty.

    What all engines agree on: a question's hits are the offers with its words (`search.wordplan`) and the MOST_ALIKE whose meaning is
    most like it within the circle, in the order of `search.fusion`. With a radius, offers that reach everywhere match without a distance
    and those without a point do not match. Hits without a distance come after those with one. Sorting by date puts offers without a date
    last; equal hits follow by next date, then page id. A page beyond the last has no hits and the right totals. `pages` is 0 where
    nothing was found.
    """

    def search(self, request: SearchRequest) -> SearchResponse: ...

    def count(self, request: SearchRequest) -> int: ...

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        """At most 300, whatever the number of listings; page, sort and facets of the request do not matter."""

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        """Offers whose title has a word that begins so, for suggestions while typing."""

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        """Offers like this one by its words and topics, near first; without itself and its provider's."""

    def write(self, documents: Iterable[OfferDocument], deleted: Iterable[int] = ()) -> None:
        """Put documents, replacing those of the same page id, and take away deleted page ids."""

    def needs_rebuild(self) -> bool:
        """Whether the index is missing, damaged, or was made by code that analysed or stored otherwise."""

    def rebuild(self, documents: Iterable[OfferDocument]) -> None:
        """Replace everything; searches see the old index until the new one is whole."""

    def digests(self) -> Iterator[tuple[int, str]]:
        """Page id and digest of every document, for comparison with the database."""

    def stale(self, now: datetime) -> list[int]:
        """Page ids of documents whose `stale_at` has come."""
