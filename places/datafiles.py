"""The files of PLACES_FOLDER, read and checked without the database. What they hold says places/data/README.md."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from places.kinds import PARENTS, PlaceKind
from places.names import split_words

# Germany's postcodes are the same for every district: a folder without its own takes these.
GERMAN_POSTCODES = Path(__file__).parent / "data" / "de-plz.csv"

PLACE_COLUMNS = ("name", "kind", "parent", "code", "plz", "lat", "lon", "population", "aliases")
NEIGHBOUR_COLUMNS = ("name", "lat", "lon", "population", "aliases")
POSTCODE_COLUMNS = ("plz", "name", "lat", "lon")


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """One line of places.csv or neighbours.csv."""

    name: str
    kind: str
    parent: str  # as it is shown: "VG Diez", "Lahnstein", "Rhein-Lahn-Kreis"
    code: str
    postcodes: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    population: int | None
    aliases: tuple[str, ...]

    @property
    def identity(self) -> object:
        return self.kind, self.name, self.parent

    @property
    def shown(self) -> str:
        return f"VG {self.name}" if self.kind == PlaceKind.ASSOCIATION else self.name

    @property
    def slug(self) -> str:
        return "-".join(split_words(self.shown, expand=False))


@dataclass(frozen=True, slots=True)
class PostcodeFacts:
    code: str
    name: str
    latitude: float
    longitude: float

    @property
    def identity(self) -> object:
        return self.code


Fact = TypeVar("Fact", PlaceFacts, PostcodeFacts)


@dataclass(slots=True)
class Folder:
    """All files together. `faults` are sentences with file, line, column and remedy; with any of them nothing is to be loaded."""

    places: list[PlaceFacts] = field(default_factory=list)
    postcodes: list[PostcodeFacts] = field(default_factory=list)
    boundaries: dict[str, Any] = field(default_factory=dict)  # GeoJSON geometries by official code
    faults: list[str] = field(default_factory=list)


class Row:
    """One line of a CSV file that notes what is wrong with it."""

    def __init__(self, file: str, line: int, cells: dict[str, str], faults: list[str]) -> None:
        self.file, self.line, self.cells, self.faults = file, line, cells, faults

    def fault(self, column: str, what: str) -> None:
        self.faults.append(
            _("%(file)s, Zeile %(line)d, Spalte %(column)s: %(what)s")
            % {"file": self.file, "line": self.line, "column": column, "what": what}
        )

    def text(self, column: str, needed: bool = False, longest: int = 120) -> str:
        value = (self.cells.get(column) or "").strip()
        if needed and not value:
            self.fault(column, _("Hier steht nichts. Tragen Sie den Wert ein."))
        if len(value) > longest:
            self.fault(column, _("Das ist zu lang. Kürzen Sie auf %d Zeichen.") % longest)
        return value

    def several(self, column: str) -> tuple[str, ...]:
        """Values joined with a bar."""
        return tuple(dict.fromkeys(value.strip() for value in self.text(column, longest=1000).split("|") if value.strip()))

    def number(self, column: str, least: float, most: float, needed: bool = False) -> float | None:
        value = self.text(column, needed)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            self.fault(column, _("„%s“ ist keine Zahl. Schreiben Sie sie mit Punkt, zum Beispiel 50.33.") % value)
            return None
        if not least <= number <= most:
            self.fault(
                column,
                _("%(value)s liegt nicht zwischen %(least)g und %(most)g. Prüfen Sie, ob Breite und Länge vertauscht sind.")
                % {"value": value, "least": least, "most": most},
            )
            return None
        return number

    def count(self, column: str) -> int | None:
        value = self.text(column)
        if value and not (value.isascii() and value.isdigit()):
            self.fault(column, _("„%s“ ist keine ganze Zahl. Schreiben Sie nur Ziffern, zum Beispiel 10030.") % value)
            return None
        return int(value) if value else None

    def postcodes(self, column: str) -> tuple[str, ...]:
        codes = self.several(column)
        for code in codes:
            if not is_postcode(code):
                self.fault(column, _("„%s“ ist keine Postleitzahl. Schreiben Sie fünf Ziffern; mehrere trennt ein |.") % code)
        return codes


def is_postcode(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()


def read_folder(folder: Path) -> Folder:
    """Read all files of a folder and check them by themselves and against each other."""
    read = Folder()
    own = folder / "de-plz.csv"
    read.postcodes += [fact for _row, fact in _read_csv(read, own if own.exists() else GERMAN_POSTCODES, POSTCODE_COLUMNS, _postcode)]
    places = _read_csv(read, folder / "places.csv", PLACE_COLUMNS, _place)
    _check_places(places, {postcode.code for postcode in read.postcodes})
    read.places += [fact for _row, fact in places]
    if (folder / "neighbours.csv").exists():
        read.places += [fact for _row, fact in _read_csv(read, folder / "neighbours.csv", NEIGHBOUR_COLUMNS, _neighbour)]
    if (folder / "boundaries.geojson").exists():
        _read_boundaries(read, folder / "boundaries.geojson")
    return read


def _read_csv(read: Folder, path: Path, columns: tuple[str, ...], fact: Callable[[Row], Fact]) -> list[tuple[Row, Fact]]:
    """Every line as a fact, with the line for what is checked later. Both commas and semicolons may separate the columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        read.faults.append(_("%s fehlt. Legen Sie die Datei in den Ordner oder nennen Sie mit --folder einen anderen.") % path)
        return []
    except UnicodeDecodeError:
        read.faults.append(_("%s ist nicht in UTF-8 gespeichert. Speichern Sie die Datei als „CSV UTF-8“.") % path)
        return []
    heading = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        read.faults.append(
            _("%(file)s, Zeile 1: Es fehlt die Spalte %(missing)s. Die erste Zeile nennt: %(columns)s.")
            % {"file": path.name, "missing": ", ".join(missing), "columns": ",".join(columns)}
        )
        return []
    facts = []
    seen: dict[object, int] = {}
    for cells in reader:
        row = Row(path.name, reader.line_num, cells, read.faults)
        made = fact(row)
        if None in cells or None in cells.values():
            row.fault(columns[-1], _("Die Zeile hat nicht so viele Werte wie Spalten. Setzen Sie Werte mit Komma in Anführungszeichen."))
        first = seen.setdefault(made.identity, row.line)
        if first != row.line:
            row.fault(columns[0], _("Das steht schon in Zeile %d. Löschen Sie eine der beiden Zeilen.") % first)
        facts.append((row, made))
    return facts


def _place(row: Row) -> PlaceFacts:
    kind = row.text("kind", needed=True)
    kinds = [each.value for each in PlaceKind if each != PlaceKind.NEIGHBOUR]
    if kind and kind not in kinds:
        row.fault("kind", _("„%(kind)s“ gibt es nicht. Schreiben Sie %(kinds)s.") % {"kind": kind, "kinds": ", ".join(kinds)})
    return PlaceFacts(
        name=row.text("name", needed=True),
        kind=kind,
        parent=row.text("parent", needed=kind != PlaceKind.DISTRICT),
        code=row.text("code", longest=12),
        postcodes=row.postcodes("plz"),
        latitude=row.number("lat", -90, 90, needed=True),
        longitude=row.number("lon", -180, 180, needed=True),
        population=row.count("population"),
        aliases=row.several("aliases"),
    )


def _neighbour(row: Row) -> PlaceFacts:
    return PlaceFacts(
        name=row.text("name", needed=True),
        kind=PlaceKind.NEIGHBOUR.value,
        parent="",
        code="",
        postcodes=(),
        latitude=row.number("lat", -90, 90, needed=True),
        longitude=row.number("lon", -180, 180, needed=True),
        population=row.count("population"),
        aliases=row.several("aliases"),
    )


def _postcode(row: Row) -> PostcodeFacts:
    return PostcodeFacts(
        code=next(iter(row.postcodes("plz")), row.text("plz", needed=True)),
        name=row.text("name", needed=True),
        latitude=row.number("lat", -90, 90, needed=True) or 0.0,
        longitude=row.number("lon", -180, 180, needed=True) or 0.0,
    )


def _check_places(places: list[tuple[Row, PlaceFacts]], postcodes: set[str]) -> None:
    """What places need from each other: a parent that can hold them, and postcodes that exist."""
    shown: dict[str, list[PlaceFacts]] = {}
    codes: dict[str, int] = {}
    for _row, place in places:
        shown.setdefault(place.shown, []).append(place)
    for row, place in places:
        parents = shown.get(place.parent, [])
        if place.parent and not any(parent.kind in PARENTS.get(place.kind, ()) for parent in parents):
            what = _("„%s“ gibt es nicht in dieser Datei. Schreiben Sie den Namen wie dort, bei einer Verbandsgemeinde mit „VG “ davor.")
            too_narrow = _("„%s“ kann diesen Ort nicht enthalten. Tragen Sie ein, was ihn umgibt.")
            row.fault("parent", (too_narrow if parents else what) % place.parent)
        for code in place.postcodes:
            if postcodes and is_postcode(code) and code not in postcodes:
                row.fault("plz", _("%s kommt in de-plz.csv nicht vor. Prüfen Sie die Ziffern oder ergänzen Sie dort eine Zeile.") % code)
        if place.code and codes.setdefault(place.code, row.line) != row.line:
            row.fault("code", _("Der Schlüssel steht schon in Zeile %d. Jeder Ort hat einen eigenen.") % codes[place.code])


def _read_boundaries(read: Folder, path: Path) -> None:
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        codes = {place.code for place in read.places if place.code}
        for number, feature in enumerate(features, start=1):
            code, geometry = feature["properties"].get("code", ""), feature["geometry"]
            if code not in codes:
                what = _("%(file)s, Umriss %(number)d, code: „%(code)s“ hat kein Ort in places.csv. Tragen Sie es dort ein.")
                read.faults.append(what % {"file": path.name, "number": number, "code": code})
            elif geometry["type"] not in {"Polygon", "MultiPolygon"}:
                what = _("%(file)s, Umriss %(number)d, geometry: %(type)s ist keine Fläche. Erlaubt sind Polygon und MultiPolygon.")
                read.faults.append(what % {"file": path.name, "number": number, "type": geometry["type"]})
            else:
                read.boundaries[code] = geometry
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = _("%(file)s ist kein GeoJSON: %(error)s. Erwartet wird eine FeatureCollection, siehe README.md im Ordner.")
        read.faults.append(what % {"file": path.name, "error": error})
