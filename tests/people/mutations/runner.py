"""Part of pytest in a process of its own: each probe once with all rules in place, then once for each of its rules while that is away.

RULES_OF names the module with the rules, ANSWERS the file that gets what happened: {rule: {probe: "passed", "failed" or what broke}}.
"""

import json
import os
import sys
from collections import defaultdict
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

# What says that the test itself has found something, or that somebody is refused who should not be. Anything else just broke.
FOUND = ("AssertionError", "Failed", "NotAllowedError", "PermissionDenied")
BROKEN = (ImportError, AttributeError, NameError, TypeError, KeyError)
ALL_IN_PLACE = ""
AWAY, BROKE = pytest.StashKey[Any](), pytest.StashKey[list[str]]()
answers: dict[str, dict[str, str]] = defaultdict(dict)


def rules_of(probe: str) -> list[Any]:
    return [rule for rule in import_module(os.environ["RULES_OF"]).RULES if probe in rule.probes]


def pytest_runtest_protocol(item: pytest.Function, nextitem: pytest.Item | None) -> bool:
    rules = [None, *rules_of(item.nodeid)]
    for number, rule in enumerate(rules):
        item.stash[AWAY], item.stash[BROKE] = rule, []
        # What belongs to the module of the test stays until its last turn.
        runtestprotocol(item, log=False, nextitem=nextitem if number == len(rules) - 1 else item.parent)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    """Fixtures are made with all rules in place; only the test itself runs without one."""
    from django.core.signals import got_request_exception

    rule = item.stash[AWAY]

    def note(sender: Any, request: Any = None, **_: Any) -> None:
        kind = sys.exc_info()[0]
        if kind and issubclass(kind, BROKEN):
            item.stash[BROKE].append(f"{kind.__name__} in {request.path if request else 'a request'}")

    got_request_exception.connect(note)
    try:
        with rule.without(rule.name) if rule else nullcontext():
            return (yield)
    finally:
        got_request_exception.disconnect(note)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    rule = item.stash[AWAY]
    place = answers[rule.name if rule else ALL_IN_PLACE]
    if call.excinfo is None and call.when == "call":
        place[item.nodeid] = "passed"
    elif call.excinfo is not None:
        failed = call.when == "call" and call.excinfo.typename in FOUND and not (rule and item.stash[BROKE])
        place[item.nodeid] = "failed" if failed else f"{call.when}: {item.stash[BROKE] or ''} {call.excinfo.exconly()}"[:600]
    return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    Path(os.environ["ANSWERS"]).write_text(json.dumps(answers))
