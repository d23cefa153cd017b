"""Take any one of these rules away, and its probes notice."""

import pytest

from tests.people.mutations import of_actors as rules
from tests.people.mutations.running import unnoticed


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_a_rule_that_is_missing_is_noticed(rule, said):
    assert not (found := unnoticed(rule, said)), "\n".join(found)
