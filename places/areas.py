"""What a text can mean on the map: a place, or everything in an area. Pure; records in, areas out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from places.geometry import Coordinates, middle, reach_km
from places.kinds import MUNICIPALITIES, POSTCODE, PlaceKind
from places.names import key, split_words

# A part of a town without a count of its own is weighed as this share of its town, so that it stands among the villages.
SHARE_OF_QUARTER = 4
GROUPS = {PlaceKind.ASSOCIATION: 1, PlaceKind.DISTRICT: 2}


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place as the gazetteer needs it; coordinates in decimal degrees, None where unknown."""

    id: int
    name: str
    slug: str
    kind: str
    parent_id: int | None
    latitude: float | None
    longitude: float | None
    population: int | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostcodeRecord:
    code: str
    name: str
    latitude: float
    longitude: float
    place_ids: frozenset[int] = frozenset()

    @property
    def point(self) -> Coordinates:
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Area:
    """A place or area, ready to be shown, linked and searched around.

    `query` is what stands in an address (`ort=`): it leads back to the same area. `slug` is empty for a postcode and for towns that are
    no places here. `extent_km` is the distance from the middle to the outermost municipality's point, 0 for a single place.
    `municipality_ids` are the municipalities in it, for an Ortsteil the one it belongs to; none outside of the district.
    """

    label: str
    detail: str
    kind: str
    slug: str
    query: str
    latitude: float
    longitude: float
    extent_km: float = 0.0
    municipality_ids: frozenset[int] = frozenset()
    outside: bool = False
    place_id: int | None = None

    @property
    def municipality_id(self) -> int | None:
        """The municipality, where the area has exactly one."""
        return next(iter(self.municipality_ids)) if len(self.municipality_ids) == 1 else None

    @property
    def point(self) -> Coordinates:
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to a text. Nothing found may still have alternatives: names equally near to what was typed."""

    found: Area | None = None
    alternatives: tuple[Area, ...] = ()
    corrected: bool = False

    @property
    def municipality_id(self) -> int | None:
        return self.found.municipality_id if self.found else None


class AreaMaker:
    """Knows how the places lie in each other and makes an area of each that has, or inherits, a point."""

    def __init__(self, places: Iterable[PlaceRecord], postcodes: Mapping[str, PostcodeRecord]) -> None:
        self.by_id = {place.id: place for place in places}
        self.ancestors = {place_id: frozenset(self._above(place_id)) for place_id in self.by_id}
        self.codes: dict[int, list[str]] = {}
        for postcode in postcodes.values():
            for place_id in postcode.place_ids:
                self.codes.setdefault(place_id, []).append(postcode.code)
        self._members = self._find_members()
        self.places = [place for place in self.by_id.values() if self._point(place)]
        self.centre = self._find_centre()
        self.areas = {place.id: self._of_place(place) for place in self.places}
        self._of_postcodes: dict[str, Area] = {}

    def order(self, place: PlaceRecord) -> tuple[int, int, str, int]:
        """Which of several places of a name is meant: a town or village before the Verbandsgemeinde, more people before fewer."""
        return GROUPS.get(PlaceKind(place.kind), 0), -self._weight(place), place.name, place.id

    def queries(self, place: PlaceRecord) -> list[str]:
        """Texts that may lead to a place, the shortest first; the caller takes the first that does."""
        plain = f"VG {place.name}" if place.kind == PlaceKind.ASSOCIATION else place.name
        above = [self.by_id[each].name for each in self._above(place.id)]
        codes = self.codes.get(place.id, [])
        return [plain, *(f"{plain}, {name}" for name in above), *(f"{code} {plain}" for code in codes)]

    def of_postcode(self, postcode: PostcodeRecord) -> Area:
        """The area of a postcode with all municipalities that share it. Made once: families ask for the same few."""
        area = self._of_postcodes.get(postcode.code)
        if area is None:
            area = self._of_postcodes[postcode.code] = self._make_postcode(postcode)
        return area

    def elsewhere(self, postcode: PostcodeRecord, *, with_code: bool = False) -> Area:
        """The town outside of the district that a postcode is named after. `with_code` where its name alone means another place."""
        query = f"{postcode.code} {postcode.name}" if with_code else postcode.name
        return Area(postcode.name, _("Ort außerhalb des Kreises"), PlaceKind.NEIGHBOUR.value, "", query, *postcode.point, outside=True)

    def is_elsewhere(self, postcode: PostcodeRecord) -> bool:
        """Whether a postcode is named after a town outside: one that crosses the border may be, and has places here too."""
        members = [self.by_id[each].name for each in postcode.place_ids if each in self.by_id]
        return not members or key(split_words(postcode.name)) not in {key(split_words(name)) for name in members}

    def _make_postcode(self, postcode: PostcodeRecord) -> Area:
        members = frozenset().union(*(self._members.get(each, frozenset()) for each in postcode.place_ids))
        towns = sorted((self.by_id[each] for each in members), key=self.order)
        points = [point for town in towns if (point := self._point(town))]
        crosses_border = bool(members) and self.is_elsewhere(postcode)
        point = points[0] if len(points) == 1 and not crosses_border else postcode.point
        return Area(
            label=_postcode_label(postcode, [*([postcode.name] if crosses_border else []), *(town.name for town in towns)]),
            detail=_("Postleitzahl") if members else _("Postleitzahl außerhalb des Kreises"),
            kind=POSTCODE,
            slug="",
            query=postcode.code,
            latitude=point[0],
            longitude=point[1],
            extent_km=reach_km(point, points),
            municipality_ids=members,
            outside=not members,
        )

    def _of_place(self, place: PlaceRecord) -> Area:
        point = self._point(place) or (0.0, 0.0)
        members = self._members[place.id]
        is_area = place.kind in GROUPS
        points = [point_of for each in members if (point_of := self._point(self.by_id[each]))]
        return Area(
            label=_("Verbandsgemeinde %s") % place.name if place.kind == PlaceKind.ASSOCIATION else place.name,
            detail=self._detail(place, len(members)),
            kind=place.kind,
            slug=place.slug,
            query=self.queries(place)[0],
            latitude=point[0],
            longitude=point[1],
            extent_km=reach_km(point, points) if is_area else 0.0,
            municipality_ids=members,
            outside=self._is_outside(place),
            place_id=place.id,
        )

    def _detail(self, place: PlaceRecord, members: int) -> str:
        above = self.by_id.get(place.parent_id or 0)
        if place.kind == PlaceKind.ASSOCIATION:
            return _("Verbandsgemeinde mit %d Orten") % members
        if place.kind == PlaceKind.DISTRICT:
            return _("Landkreis mit %d Orten") % members
        if place.kind == PlaceKind.QUARTER and above:
            return _("Ortsteil von %s") % above.name
        kind = str(PlaceKind(place.kind).label)
        if above is None:
            return kind
        return f"{kind}, VG {above.name}" if above.kind == PlaceKind.ASSOCIATION else f"{kind}, {above.name}"

    def _find_members(self) -> dict[int, frozenset[int]]:
        """The municipalities in each place; an Ortsteil counts as the municipality it lies in."""
        municipalities = {place.id for place in self.by_id.values() if place.kind in MUNICIPALITIES}
        inside: dict[int, set[int]] = {place_id: set() for place_id in self.by_id}
        for municipality in municipalities:
            for each in (municipality, *self.ancestors[municipality]):
                inside[each].add(municipality)
        for place in self.by_id.values():
            if place.kind == PlaceKind.QUARTER:
                inside[place.id] = {each for each in self._above(place.id) if each in municipalities}
        return {place_id: frozenset(members) for place_id, members in inside.items()}

    def _find_centre(self) -> Coordinates | None:
        district = next((place for place in self.places if place.kind == PlaceKind.DISTRICT), None)
        points = [point for place in self.places if place.kind in MUNICIPALITIES and (point := self._point(place))]
        return (self._point(district) if district else None) or (middle(points) if points else None)

    def _above(self, place_id: int) -> list[int]:
        """What a place lies in, from the inside out. Ends even where somebody has put two places into each other."""
        above: list[int] = []
        parent = self.by_id[place_id].parent_id
        while parent is not None and parent in self.by_id and parent not in above and parent != place_id:
            above.append(parent)
            parent = self.by_id[parent].parent_id
        return above

    def _point(self, place: PlaceRecord) -> Coordinates | None:
        """Its own point; of an area the middle of its places; else the point of what it lies in."""
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
        if place.kind in GROUPS:
            members = (self.by_id[each] for each in self._members[place.id])
            points = [(each.latitude, each.longitude) for each in members if each.latitude is not None and each.longitude is not None]
            return middle(points) if points else None
        above = (self.by_id[each] for each in self._above(place.id))
        return next(((each.latitude, each.longitude) for each in above if each.latitude is not None and each.longitude is not None), None)

    def _weight(self, place: PlaceRecord) -> int:
        above = self.by_id.get(place.parent_id or 0)
        if place.kind == PlaceKind.QUARTER and place.population is None and above:
            return (above.population or 0) // SHARE_OF_QUARTER
        return place.population or 0

    def _is_outside(self, place: PlaceRecord) -> bool:
        around = (place, *(self.by_id[each] for each in self.ancestors[place.id]))
        return any(each.kind == PlaceKind.NEIGHBOUR for each in around)


def _postcode_label(postcode: PostcodeRecord, towns: list[str]) -> str:
    """The postcode with the town of most people: "56112 Lahnstein", "56357 (Miehlen und 32 weitere Orte)"."""
    if len(towns) < 2:
        return f"{postcode.code} {towns[0] if towns else postcode.name}"
    if len(towns) == 2:
        together = _("%(first)s und %(second)s") % {"first": towns[0], "second": towns[1]}
    else:
        together = _("%(first)s und %(others)d weitere Orte") % {"first": towns[0], "others": len(towns) - 1}
    return f"{postcode.code} ({together})"
