"""One row of the matrix against the real site: the address, what it answers to a role, and whether anything was written."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.people.access.matrix import Row, letter
from tests.people.access.world import NOBODY, READERS, READERS_OF_NAMES, ROLES, WORDS, Side, World

HOME = "/admin/"
DOOR = "/konto/login/"
OPEN, AWAY, REFUSED, LOGIN = "open", "sent elsewhere", "refused", "login"
# What is written by being there at all: sessions and their end, counters of limits, the sizes made of pictures one sees.
NOT_ABOUT_CONTENT = (
    "django_session",
    "usersessions_usersession",
    "account_emailaddress",
    "sign_in_limits",
    "wagtailusers_userprofile",
    "cms_picturerendition",
)
WRITES = re.compile(r'^\s*(?:INSERT INTO|INSERT OR \w+ INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """An address with its query, for one side or for all."""

    name: str
    arguments: str
    side: str | None

    def url(self, world: World) -> str:
        values = placeholders(world, self.side or "own")
        path, _mark, query = self.arguments.partition("!")[0].strip().partition("?")
        # Each word is one argument, with what stands for it put in.
        arguments = [word for part in path.split() for word in str(part.format(**values)).split()]
        address = self.name if self.name.startswith("/") else reverse(self.name, args=arguments)
        return f"{address}?{query.format(**{key: quote(str(value)) for key, value in values.items()})}" if query else address

    @property
    def data(self) -> dict[str, str]:
        """What a POST sends along: one field, after the "!"."""
        name, _mark, value = self.arguments.partition("!")[2].partition("=")
        return {name: value} if name else {}


# Differs from one side to the other; all other placeholders are the same for all.
def side_placeholders(side: Side) -> dict[str, Any]:
    return {
        "home": side.home.pk,
        "draft": side.draft.pk,
        "shown": side.shown.pk,
        "waiting": side.waiting.pk,
        "locked": side.draft.pk,
        "alias": getattr(side.alias, "pk", None),
        "revision": side.revision.pk,
        "scheduled": side.scheduled.pk,
        "workflow_state": getattr(side.workflow_state, "pk", None),
        "task_state": getattr(side.task_state, "pk", None),
        "picture": side.picture.pk,
        "document": side.document.pk,
        "picture_upload": side.picture_upload.pk,
        "document_upload": side.document_upload.pk,
        "picture_file": side.picture.file.name,
        "document_path": side.document.file.name,
        "document_file": side.document.filename,
        "session": side.session.pk,
        "author": side.author.pk,
        "factor": side.author.authenticator_set.get().pk,
        "collection": side.team.collection_id,
        "group": side.team.group_id,
        "team": side.team.pk,
        "type": f"{side.draft._meta.app_label} {side.draft._meta.model_name}",
        "offer_type": f"{side.draft._meta.app_label} {side.draft._meta.model_name}",
        "draft_path": side.draft.url_path.removeprefix("/familien/").strip("/"),
        "public_path": side.shown.url_path.removeprefix("/familien/").strip("/"),
    }


OF_PROVIDERS = ("report", "public_key", "alias", "offer", "provider", "provider_key", "workflow_state", "task_state")
OF_SIDES = re.compile(
    r"\{(home|draft|shown|waiting|locked|alias|revision|scheduled|workflow_state|task_state|picture|document|picture_upload|document_upload"
    r"|picture_file|document_path|document_file|session|author|factor|collection|group|team|type|offer_type|draft_path|public_path|offer"
    r"|provider|provider_key|report|public_key|text|private|person)\}"
)


def placeholders(world: World, name: str) -> dict[str, Any]:
    side, own = world.sides[name], world.sides["own"]
    values = {key: getattr(thing, "pk", thing) for key, thing in world.things.items()}
    values |= side_placeholders(side)
    values |= {"mine": own.draft.pk, "my_picture": own.picture.pk, "my_document": own.document.pk, "to": own.home.pk}
    values |= {**WORDS[name], "offer": side.draft.pk, "provider": side.home.pk, "provider_key": side.home.slug}
    values |= {"report": getattr(side.report, "pk", None), "public_key": getattr(side.shown, "key", None)}
    return values


def sides_of(arguments: str) -> tuple[str | None, ...]:
    """The sides that a row is about: all, the two Kitas, or none."""
    found = OF_SIDES.findall(arguments)
    if not found:
        return (None,)
    return ("own", "other") if any(each in OF_PROVIDERS for each in found) else ("own", "other", "news")


@contextmanager
def undone() -> Iterator[list[str]]:
    """What happens inside never happened; the tables to which it wrote, beside those of sessions and the like."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if (found := WRITES.match(sql)) and not found[1].endswith(NOT_ABOUT_CONTENT) and context["cursor"].rowcount != 0:
            written.append(found[1])
        return answer

    point = transaction.savepoint()
    with connection.execute_wrapper(watch):
        try:
            yield written
        finally:
            transaction.savepoint_rollback(point)


def outcome(response: HttpResponseBase, method: str) -> str:
    """What an answer means. A redirect shows nothing; after a POST it means that the address has taken it."""
    location = response.headers.get("Location", "")
    if location.startswith(DOOR):
        return LOGIN
    if response.status_code in (403, 404, 405) or (response.status_code == 302 and location in (HOME, "")):
        return REFUSED
    return AWAY if method == "get" and 300 <= response.status_code < 400 else OPEN


def text_of(response: HttpResponseBase) -> str:
    parts = response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]
    return b"".join(parts).decode(errors="replace") + f"\n{response.headers}\n{response.cookies}"


def patterns(resolver: URLResolver | None = None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every address that the site knows: its name with namespaces, and its route as `resolve` gives it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        # As Django joins them: a part that is an expression loses its beginning.
        route = prefix + str(pattern.pattern).removeprefix("^" if prefix else "")
        if isinstance(pattern, URLPattern):
            yield ":".join((*names, pattern.name or "")), route
        else:
            yield from patterns(pattern, route, (*names, *([pattern.namespace] if pattern.namespace else [])))


def differences(world: World, row: Row, methods: tuple[str, ...] = ("get", "post")) -> list[str]:
    """Where the site answers otherwise than the row says, shows what is not for the role, or writes though it refuses."""
    found = []
    sides = sides_of(row.arguments)
    for method in methods:
        cells: tuple[str, ...] = getattr(row, method)
        cells = cells * len(sides) if len(cells) == 1 else cells
        if len(cells) != len(sides):
            return [f"{row.title}: {len(sides)} cells for {method.upper()}, one a side, not {len(cells)}"]
        for side, cell in zip(sides, cells, strict=True):
            target = Target(row.name, row.arguments, side)
            url = target.url(world)
            for role in ROLES:
                where = f"{method.upper()} {url} ({side or 'no'} object) as {role}"
                found += [f"{where}: {what}" for what in _answers(world, row, method, url, target, role, cell)]
    return found


def _answers(world: World, row: Row, method: str, url: str, target: Target, role: str, cell: str) -> Iterator[str]:
    with undone() as written:
        response = getattr(world.client(role), method)(url, target.data if method == "post" else None)
        body = text_of(response).lower()
    happened = outcome(response, method)
    if happened == LOGIN and role != NOBODY:
        happened = AWAY
    expected = next((each for each in cell if each in (role, role.lower()) or (each == "_" and role == NOBODY)), "")
    if letter(role, happened) != expected:
        yield f"{happened} ({response.status_code}), not as the table says ({expected or 'refused'})"
    if written and (happened != OPEN or (target.side and role not in READERS[target.side])):
        yield f"wrote to {', '.join(sorted(set(written)))}"
    for name, words in WORDS.items():
        for kind, word in words.items():
            readers = (READERS_OF_NAMES if kind == "person" else READERS)[name]
            # A question repeated in the answer tells nothing.
            if role not in readers and f"{role}:{kind}" not in row.reads and word.lower() not in url.lower() and word.lower() in body:
                yield f"shows {word}, which is {kind} of {name}"
