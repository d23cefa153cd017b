"""What the probes of a module's rules have said, asked once for all of them."""

import pytest

from tests.people.mutations.running import Answers, answers


@pytest.fixture(scope="module")
def said(request, tmp_path_factory) -> Answers:
    rules = request.module.rules
    return answers(rules.__name__, rules.RULES, tmp_path_factory.mktemp("answers"))
