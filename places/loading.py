"""Official facts from the files into the database, without taking away what the staff has made of them.

Every place remembers what the files said when it was last loaded. A fact is written only where the files say something else than then:
so a correction by the staff stays until the official fact itself changes. Names and postcodes that the staff has added stay always.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from places import resolver
from places.datafiles import Folder, PlaceFacts
from places.kinds import PlaceKind
from places.models import Boundary, Place, Postcode

FACTS = ("name", "kind", "code", "latitude", "longitude", "population")
WRITTEN = (*FACTS, "parent", "aliases", "loaded", "updated_at")
# Wider places first, so that a place finds its parent.
LEVELS = (
    {PlaceKind.DISTRICT},
    {PlaceKind.ASSOCIATION},
    {PlaceKind.TOWN, PlaceKind.VILLAGE},
    {PlaceKind.QUARTER},
    {PlaceKind.NEIGHBOUR},
)

Loaded = list[tuple[PlaceFacts, Place]]


@dataclass(slots=True)
class Report:
    """What has happened; `lines` for people."""

    created: int = 0
    changed: int = 0
    lines: list[str] = field(default_factory=list)


def load(folder: Folder) -> Report:
    """Bring the database to what the files say, all or nothing. Loading the same files again changes nothing.

    Kept: addresses on the web (slugs), and aliases, postcodes, corrections and Ortsteile of the staff; also places that no file names any
    more, since offers may lie in them: a person decides. Sozialräume are not touched. A fact that both the files and the staff have changed
    becomes the files', and a line says what was there.
    """
    report = Report()
    with transaction.atomic():
        before = {place.pk: dict(place.loaded) for place in Place.objects.all()}
        loaded = PlaceLoader(report).load(folder.places)
        _load_postcodes(folder, report)
        _link_postcodes(loaded, before, report)
        _load_boundaries(folder, loaded, report)
        if report.created or report.changed:
            resolver.changed()
    return report


class PlaceLoader:
    """Finds each place of the files in the database, by official code, by address, or by name, and merges."""

    def __init__(self, report: Report) -> None:
        self._report = report
        known = list(Place.objects.all())
        self._known = known
        self._by_code = {place.code: place for place in known if place.code}
        self._by_slug = {place.slug: place for place in known}
        self._by_name = {(place.kind, place.name, place.parent_id): place for place in known}
        self._shown: dict[str, list[Place]] = {}
        self._now = timezone.now()

    def load(self, facts: Iterable[PlaceFacts]) -> Loaded:
        """Every line with its place, saved."""
        facts = list(facts)
        loaded: Loaded = []
        for kinds in LEVELS:
            loaded += self._load_level([fact for fact in facts if fact.kind in kinds])
        named = {place.pk for _fact, place in loaded}
        missing = [str(place) for place in self._known if place.loaded and place.pk not in named]
        if missing:
            self._report.lines.append(_("In den Dateien nicht mehr genannt, bleibt: %s.") % ", ".join(missing))
        return loaded

    def _load_level(self, facts: list[PlaceFacts]) -> Loaded:
        level, new, changed = [], [], []
        for fact in facts:
            parent = self._parent(fact)
            place = self._find(fact, parent)
            if place is None:
                place = Place(slug=self._free_slug(fact), updated_at=self._now)
                self._by_slug[place.slug] = place
                new.append(place)
            if self._merge(place, fact, parent) and place.pk:
                changed.append(place)
            level.append((fact, place))
        Place.objects.bulk_create(new)
        Place.objects.bulk_update(changed, WRITTEN)
        self._report.created += len(new)
        self._report.changed += len(changed)
        for fact, place in level:
            self._shown.setdefault(fact.shown, []).append(place)
        return level

    def _parent(self, fact: PlaceFacts) -> Place | None:
        return next(iter(self._shown.get(fact.parent, ())), None)

    def _find(self, fact: PlaceFacts, parent: Place | None) -> Place | None:
        if fact.code and fact.code in self._by_code:
            return self._by_code[fact.code]
        place = self._by_name.get((fact.kind, fact.name, parent.pk if parent else None)) or self._by_slug.get(fact.slug)
        # A place of the same name with another code, or of another kind, is another place.
        return place if place and place.pk and place.kind == fact.kind and place.code in {"", fact.code} else None

    def _free_slug(self, fact: PlaceFacts) -> str:
        wishes = [fact.slug, f"{fact.slug}-{fact.kind}", *(f"{fact.slug}-{number}" for number in range(2, 100))]
        return next(wish for wish in wishes if wish not in self._by_slug)

    def _merge(self, place: Place, fact: PlaceFacts, parent: Place | None) -> bool:
        """Write into the place what is new in the files. Whether anything was."""
        official = snapshot(fact)
        before: dict[str, Any] = place.loaded
        if before == official:
            return False
        for name in FACTS:
            if before.get(name) != official[name] and getattr(place, name) != official[name]:
                self._tell(place, name, before.get(name), official[name])
                setattr(place, name, official[name])
        if before.get("parent") != fact.parent:
            place.parent = parent
        place.aliases = "\n".join(merged(place.aliases.splitlines(), before.get("aliases", ()), fact.aliases))
        place.loaded, place.updated_at = official, self._now
        return True

    def _tell(self, place: Place, name: str, before: object, now: object) -> None:
        """Say what is replaced, where a person may have written it."""
        value = getattr(place, name)
        if place.pk and value not in {None, "", before}:
            label = Place._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self._report.lines.append(
                _("%(place)s, %(fact)s: %(before)s wird zu %(now)s.") % {"place": place, "fact": label, "before": value, "now": now}
            )


def snapshot(fact: PlaceFacts) -> dict[str, Any]:
    """What the files say about a place, as it is remembered."""
    facts = {name: getattr(fact, name) for name in FACTS}
    return {**facts, "parent": fact.parent, "aliases": list(fact.aliases), "postcodes": sorted(fact.postcodes)}


def merged(have: Iterable[str], before: Iterable[str], now: Iterable[str]) -> list[str]:
    """What there is, with what the files have added since they were last loaded, without what they have dropped."""
    added = [each for each in now if each not in before]
    dropped = {each for each in before if each not in now}
    return list(dict.fromkeys([*(each for each in have if each.strip() and each not in dropped), *added]))


def _load_postcodes(folder: Folder, report: Report) -> None:
    """Postcodes are as the files say. Those that no file names stay, as do their places."""
    known = {postcode.code: postcode for postcode in Postcode.objects.all()}
    new, changed = [], []
    for fact in folder.postcodes:
        postcode = known.get(fact.code)
        if postcode is None:
            new.append(Postcode(code=fact.code, name=fact.name, latitude=fact.latitude, longitude=fact.longitude))
        elif (postcode.name, postcode.latitude, postcode.longitude) != (fact.name, fact.latitude, fact.longitude):
            postcode.name, postcode.latitude, postcode.longitude = fact.name, fact.latitude, fact.longitude
            changed.append(postcode)
    Postcode.objects.bulk_create(new, batch_size=2000)
    Postcode.objects.bulk_update(changed, ["name", "latitude", "longitude"], batch_size=500)
    report.created += len(new)
    report.changed += len(changed)


def _link_postcodes(loaded: Loaded, before: dict[int, dict[str, Any]], report: Report) -> None:
    """Connect places and postcodes where the files have added or dropped a connection since they were last loaded."""
    links = Postcode.places.through
    ids = dict(Postcode.objects.filter(code__in={code for fact, _place in loaded for code in fact.postcodes}).values_list("code", "id"))
    have = set(links.objects.values_list("place_id", "postcode_id"))
    new, dropped = [], 0
    for fact, place in loaded:
        official = before.get(place.pk, {}).get("postcodes", [])
        wanted = {ids[code] for code in fact.postcodes if code not in official}
        new += [links(place_id=place.pk, postcode_id=each) for each in sorted(wanted) if (place.pk, each) not in have]
        if gone := [code for code in official if code not in fact.postcodes]:
            dropped += links.objects.filter(place=place, postcode__code__in=gone).delete()[0]
    links.objects.bulk_create(new)
    report.created += len(new)
    report.changed += dropped


def _load_boundaries(folder: Folder, loaded: Loaded, report: Report) -> None:
    """Outlines are as the files say. A place with a new outline counts as changed, so that maps are drawn anew."""
    known = {boundary.place_id: boundary for boundary in Boundary.objects.all()}
    new, changed = [], []
    for fact, place in loaded:
        geometry = folder.boundaries.get(fact.code) if fact.code else None
        boundary = known.get(place.pk)
        if geometry is None or (boundary and boundary.geometry == geometry):
            continue
        if boundary is None:
            new.append(Boundary(place=place, geometry=geometry))
        else:
            boundary.geometry = geometry
            changed.append(boundary)
    Boundary.objects.bulk_create(new)
    Boundary.objects.bulk_update(changed, ["geometry"])
    Place.objects.filter(pk__in=[boundary.place_id for boundary in (*new, *changed)]).update(updated_at=timezone.now())
    report.created += len(new)
    report.changed += len(changed)
