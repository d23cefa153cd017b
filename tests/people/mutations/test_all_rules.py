"""No rule is forgotten, and the check itself can fail."""

import pytest

from people import guard
from tests.people.mutations import of_actors, of_offers, of_people, of_roles, of_the_admin
from tests.people.mutations.found import everything
from tests.people.mutations.no_rules import NO_RULES
from tests.people.mutations.rule import Rule, says
from tests.people.mutations.runner import ALL_IN_PLACE
from tests.people.mutations.running import unnoticed

RULES = [rule for module in (of_actors, of_offers, of_people, of_roles, of_the_admin) for rule in module.RULES]
NAMES = [rule.name for rule in RULES]


def test_every_rule_of_the_code_is_here_or_says_why_not():
    known = {*NAMES, *NO_RULES}
    assert not (new := everything() - known), f"Each needs a line in tests/people/mutations (docs/roles.md says how): {sorted(new)}"
    assert not (gone := known - everything()), f"The code has these no more: {sorted(gone)}"


def test_no_rule_is_there_twice_or_without_a_probe():
    assert len({*NAMES, *NO_RULES}) == len(NAMES) + len(NO_RULES)
    assert all(rule.probes for rule in RULES)


def test_a_rule_that_is_new_is_named(monkeypatch):
    monkeypatch.setattr(guard, "RULES", (*guard.RULES, ("wagtailredirects:*", guard.district)))
    with pytest.raises(AssertionError, match=r"RULES\[wagtailredirects:\*\]"):
        test_every_rule_of_the_code_is_here_or_says_why_not()


@pytest.mark.parametrize(
    ("with_it", "without", "wrong"),
    [
        ("passed", "failed", False),
        ("passed", "passed", True),
        ("passed", "call: AttributeError", True),
        ("passed", None, True),
        ("failed", "failed", True),
    ],
)
def test_what_counts_as_noticed(with_it, without, wrong):
    rule = Rule("a.rule", says(True), ("probe",))
    said = {ALL_IN_PLACE: {"probe": with_it}, "a.rule": {"probe": without} if without else {}}
    assert bool(unnoticed(rule, said)) is wrong
