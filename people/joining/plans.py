"""What a table would do, before it does anything; and then doing it, a transaction a line."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.models import User
from offers.interchange.faults import Fault
from people.joining import sheet
from people.joining.entries import COLUMNS, NEEDED, Entry, entries_of
from people.joining.houses import Known, matches, normal
from people.joining.inviting import AmbiguousHouseError, invite_house, known_houses
from people.joining.permissions import Actor, NotAllowedError
from people.models import Team


class Standing(StrEnum):
    """How somebody stands to the team before the invitation."""

    NEW = "new"
    KNOWN = "known"  # has an account, is not in the team
    MEMBER = "member"  # nothing is left to do


@dataclass(frozen=True, slots=True)
class Step:
    """What one line will do. `provider` is None where a page will be made."""

    entry: Entry
    provider: Known | None
    standing: Standing

    @property
    def name(self) -> str:
        return self.provider.name if self.provider else self.entry.house.name


@dataclass(slots=True)
class Plan:
    """All lines that can be done, and what is wrong with the others. With faults nothing is done."""

    file: str
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def open(self) -> list[Step]:
        """The lines that change something."""
        return [step for step in self.steps if step.standing != Standing.MEMBER]

    @property
    def new_houses(self) -> int:
        places = {(normal(step.entry.house.name), normal(step.entry.house.town)) for step in self.steps if step.provider is None}
        return len(places)


def plan_file(file: str, data: bytes, by: Actor) -> Plan:
    """What the table would do. A constant number of queries, however many lines."""
    rows, faults = sheet.read(file, data, COLUMNS, NEEDED)
    broken = {(fault.line, fault.column) for fault in faults}
    entries, more = entries_of(file, rows)
    plan = plan_entries(file, entries, by)
    # A cell that could not be read is not also empty.
    plan.faults += faults + [fault for fault in more if (fault.line, fault.column) not in broken]
    plan.faults.sort(key=lambda fault: (fault.line, COLUMNS.index(fault.column) if fault.column in COLUMNS else -1))
    return plan


def plan_entries(file: str, entries: Sequence[Entry], by: Actor) -> Plan:
    """The same for entries that were read before."""
    plan = Plan(file)
    houses = known_houses()
    teams = dict(Team.objects.filter(provider__isnull=False).values_list("provider_id", "group_id"))
    people = _people([entry.person.email for entry in entries])
    for entry in entries:
        found = matches(entry.house, houses)
        if entry.house.key and not found:
            plan.faults.append(Fault(file, entry.line, _unknown_key(entry.house.key, houses), "kennung"))
            continue
        if len(found) > 1:
            message = _("Mehrere Anbieter heißen so. Bitte die Kennung angeben: %s") % ", ".join(each.key for each in found[:5])
            plan.faults.append(Fault(file, entry.line, message, "name"))
            continue
        person = people.get(entry.person.email)
        if person and not by.may_take_in(person):
            message = _("Dieses Konto verwaltet nur die Administration. Bitte die Zeile löschen oder eine andere Adresse nehmen.")
            plan.faults.append(Fault(file, entry.line, message, "email"))
            continue
        plan.steps.append(Step(entry, found[0] if found else None, _standing(person, teams.get(found[0].pk) if found else None)))
    return plan


def _people(addresses: Sequence[str]) -> dict[str, User]:
    found = User.objects.filter(email__in=addresses).prefetch_related("groups__team", "user_permissions")
    return {person.email.lower(): person for person in found}


def _standing(person: User | None, group_id: int | None) -> Standing:
    if person is None:
        return Standing.NEW
    is_member = person.is_active and any(group.pk == group_id for group in person.groups.all())
    return Standing.MEMBER if is_member else Standing.KNOWN


def _unknown_key(key: str, houses: Sequence[Known]) -> str:
    close = get_close_matches(key, [house.key for house in houses], 1)
    if close:
        return _("Kein Anbieter hat diese Kennung. Ist „%s“ gemeint?") % close[0]
    return _("Kein Anbieter hat diese Kennung. Bitte leer lassen, dann wird er neu angelegt.")


@dataclass(slots=True)
class Done:
    """How far it came. `rest` was not begun."""

    invited: int = 0
    new_providers: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    rest: list[Entry] = field(default_factory=list)


def carry_out(plan: Plan, by: Actor, *, seconds: float | None = None, progress: Callable[[int, int], None] = lambda *_: None) -> Done:
    """Invite line by line, each in a transaction of its own with its mail: after an interruption, run it again.

    Whoever is in the team already gets no second mail. `seconds`: when to stop beginning new lines; one is always done.
    """
    done = Done(unchanged=len(plan.steps) - len(plan.open))
    begun = time.monotonic()
    steps = plan.open
    for number, step in enumerate(steps):
        if number and seconds is not None and time.monotonic() - begun >= seconds:
            done.rest = [each.entry for each in steps[number:]]
            break
        try:
            outcome = invite_house(step.entry.house, step.entry.person, by, again=False)
        except (NotAllowedError, AmbiguousHouseError) as error:
            done.faults.append(Fault(plan.file, step.entry.line, str(error)))
        except ValidationError as error:
            done.faults.append(Fault(plan.file, step.entry.line, " ".join(error.messages)))
        else:
            done.invited += not outcome.was_member
            done.unchanged += outcome.was_member
            done.new_providers += outcome.new_provider
        progress(number + 1, len(steps))
    return done
