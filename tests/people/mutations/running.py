"""Runs the probes of some rules in a process of their own, on a database in memory: what is taken away there is missed nowhere else."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.people.mutations.found import ROOT
from tests.people.mutations.rule import Rule
from tests.people.mutations.runner import ALL_IN_PLACE

Answers = dict[str, dict[str, str]]
# Of the process that runs this: its share of the tests, its choice of them, its database.
NOT_INHERITED = ("PYTEST_", "DATABASE_URL", "COV_")


def answers(module: str, rules: tuple[Rule, ...], folder: Path) -> Answers:
    """What each probe said: by the rule that was away, then by its node id."""
    file = folder / "answers.json"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    probes = list(dict.fromkeys(probe for rule in rules for probe in rule.probes))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.people.mutations.runner",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
    ]
    command += probes
    environment |= {"RULES_OF": module, "ANSWERS": str(file)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert file.exists(), f"The probes did not run:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    said: Answers = json.loads(file.read_text())
    assert (missing := set(probes) - said.get(ALL_IN_PLACE, {}).keys()) == set(), f"No such tests: {missing}\n{done.stdout[-2000:]}"
    return said


def unnoticed(rule: Rule, said: Answers) -> list[str]:
    """What is wrong with a rule's probes: one that fails anyway, or does not miss the rule."""
    found = []
    for probe in rule.probes:
        if (with_it := said[ALL_IN_PLACE][probe]) != "passed":
            found.append(f"{probe} fails with all rules in place: {with_it}")
        elif (without := said[rule.name].get(probe, "did not run")) != "failed":
            found.append(f"Without {rule.name}, {probe} {without}")
    return found
