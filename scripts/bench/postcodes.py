"""Where the generated families live: all German postcodes, with invented villages where a postcode has several places. Pure."""

import csv
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import cos, radians
from pathlib import Path
from random import Random

from django.utils.text import slugify

POSTCODES = Path(__file__).resolve().parents[2] / "places" / "data" / "de-plz.csv"
KM_PER_DEGREE = 111.2
# A town with so many postcodes of its own is a city: people live densely, and listings lie close to each other.
CITY = 5

# Villages are invented from these.
BEGINNINGS = """
    Ahl Alten Bieber Birken Breiten Buchen Burg Dachs Dorn Eichen Eller Erlen Eschen Fischel Frauen Gieß Grün Hasel Heiden Hirsch
    Hohen Hollen Kalten Katzen Kirch Klein Kloster Königs Langen Linden Lichten Mittel Moor Mühl Neuen Nieder Ober Oster Pfaffen
    Raben Reichen Rosen Roten Sachsen Schönen Schwarzen Seel Stein Sulz Tannen Tiefen Unter Vogel Wald Weiden Weiler Wester Wild Wolfs
"""
ENDINGS = """
    bach berg born broich büttel dorf fels feld furt grund hagen hain hausen heim hofen holz horst hütte kirchen leben loh mühle
    rath reuth ried roda scheid siel stadt stedt tal wangen wiesen wig winkel zell
"""


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with the point of its postcode. `spread_km`: how far around it people live."""

    name: str
    slug: str
    postcode: str
    latitude: float
    longitude: float
    state: str
    spread_km: float


class Country:
    """All towns, drawn as often as people plausibly live there."""

    def __init__(self, seed: int, file: Path = POSTCODES) -> None:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        self._towns: list[tuple[Town, ...]] = []
        weights = []
        codes_of = Counter((row["name"], row["state"]) for row in rows)
        for row in rows:
            random = Random(f"{seed}/{row['plz']}")
            city = codes_of[row["name"], row["state"]] >= CITY
            self._towns.append(_towns(row, city, random))
            # No table of people by postcode is needed: a city's postcode has about 13,000, a village's some thousand and more with
            # each place, and both vary.
            weights.append((13_000 if city else 5_000 + 900 * min(20, int(row["places"]))) * random.lognormvariate(0, 0.6))
        self._weights = list(accumulate(weights))

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Every town once."""
        return tuple(town for towns in self._towns for town in towns)

    @cached_property
    def by_slug(self) -> dict[str, Town]:
        """Towns of the same name share a slug, as in the documents; one of them stands for all."""
        return {town.slug: town for town in self.towns}

    def draw(self, random: Random) -> Town:
        """A town, by the number of people."""
        towns = self._towns[bisect(self._weights, random.random() * self._weights[-1])]
        # The first place of a postcode is the one that names it, and the largest.
        return towns[min(int(random.expovariate(1.2)), len(towns) - 1)]


def _towns(row: dict[str, str], city: bool, random: Random) -> tuple[Town, ...]:
    names = [row["name"]]
    beginnings, endings = BEGINNINGS.split(), ENDINGS.split()
    names += [random.choice(beginnings) + random.choice(endings) for _ in range(min(20, int(row["places"])) - 1) if not city]
    spread = 1.2 if city else 2.5
    towns = []
    for number, name in enumerate(names):
        latitude, longitude = jitter(float(row["lat"]), float(row["lon"]), spread if number else 0, random)
        slug = slugify(name) if number == 0 else f"{slugify(name)}-{row['plz']}"
        towns.append(Town(name, slug, row["plz"], latitude, longitude, row["state"], spread))
    return tuple(towns)


def jitter(latitude: float, longitude: float, spread_km: float, random: Random) -> tuple[float, float]:
    """A point some kilometres away, at most three times the spread."""
    north, east = (max(-3.0, min(3.0, random.gauss(0, 1))) * spread_km / KM_PER_DEGREE for _ in range(2))
    return round(latitude + north, 5), round(longitude + east / cos(radians(latitude)), 5)
