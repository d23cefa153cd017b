"""A rule, and the ways in which one is taken away for the time of one test. No source is touched."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any
from unittest.mock import patch

from people import guard, roles
from people.models import RoleName, Team
from tests.people.mutations.found import APPS, decisions_in, is_refusal

Without = Callable[[str], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Rule:
    """A rule by its name as found.py has it, how it is taken away, and the tests (by node id) that have to fail then."""

    name: str
    without: Without
    probes: tuple[str, ...]


def thing_at(name: str) -> tuple[Any, str]:
    """The module or class that has a thing, and the thing's own name there, from "people.guard.district"."""
    owner, _dot, own = name.rpartition(".")
    try:
        return import_module(owner), own
    except ModuleNotFoundError:
        module, _dot, of_class = owner.rpartition(".")
        return getattr(import_module(module), of_class), own


def instead(function: Any) -> Without:
    """Another function does it, wherever the one that does it now has been imported to."""

    @contextmanager
    def other(name: str) -> Iterator[None]:
        owner, own = thing_at(name)
        before = vars(owner)[own]
        holders = [owner]
        if inspect.ismodule(owner):
            modules = [module for module in list(sys.modules.values()) if getattr(module, "__name__", "").startswith((*APPS, "tests"))]
            holders += [module for module in modules if module is not owner and vars(module).get(own) is before]
        for holder in holders:
            setattr(holder, own, function)
        try:
            yield
        finally:
            for holder in holders:
                setattr(holder, own, before)

    return other


def says(answer: Any) -> Without:
    """It answers the same to everybody: a function, or a property."""

    def other(name: str) -> AbstractContextManager[None]:
        owner, own = thing_at(name)
        is_function = inspect.isfunction(vars(owner)[own])
        return instead((lambda *_, **__: answer) if is_function else property(lambda _self: answer))(name)

    return other


@contextmanager
def as_above(name: str) -> Iterator[None]:
    """The method is not there, and the class above decides."""
    owner, own = thing_at(name)
    before = vars(owner)[own]
    delattr(owner, own)
    try:
        yield
    finally:
        setattr(owner, own, before)


def without_entry(name: str) -> AbstractContextManager[Any]:
    """One line less in the guard's list: "people.guard.RULES[a pattern]"."""
    pattern = name.partition("[")[2].removesuffix("]")
    return patch.object(guard, "RULES", tuple(each for each in guard.RULES if each[0] != pattern))


def in_silence(name: str) -> AbstractContextManager[None]:
    """The function goes on where it would refuse: "people.joining.leaving.remove raise 2" without its second refusal."""
    qualified, _raise, number = name.partition(" raise ")
    return rewritten(qualified, lambda tree: _Silent(tree, int(number)).visit(tree))


def undecided(name: str) -> AbstractContextManager[None]:
    """One part of a decision is left out: "people.joining.permissions.Actor.may_remove less self.may_invite_to(team)"."""
    qualified, _less, text = name.partition(" less ")
    return rewritten(qualified, lambda tree: _Less(tree, text).visit(tree))


@contextmanager
def rewritten(name: str, change: Callable[[ast.Module], ast.Module]) -> Iterator[None]:
    """Other code for a function that stays the same object, so that all who know it run the other code."""
    owner, own = thing_at(name)
    function = _inside(vars(owner)[own], own)
    tree = change(ast.parse(textwrap.dedent(inspect.getsource(function))))
    definition: Any = tree.body[0]
    # By a name that nothing in it uses.
    definition.name, definition.decorator_list = "changed", []
    # A function around it has the names that it takes from where it stands, also the class that `super()` asks for.
    names = function.__code__.co_freevars
    outer: Any = ast.parse(f"def outer({', '.join(names)}):\n    pass\n    return changed").body[0]
    outer.body[0] = definition
    made: dict[str, Any] = {}
    module = ast.fix_missing_locations(ast.Module([outer], []))
    exec(compile(module, "<without a rule>", "exec"), vars(sys.modules[function.__module__]), made)
    before, function.__code__ = function.__code__, made["outer"](*names).__code__
    try:
        yield
    finally:
        function.__code__ = before


def _inside(wrapped: Any, name: str) -> Any:
    """The function of this name itself, whatever decorators have made of it."""
    wrapped = getattr(wrapped, "func", None) or getattr(wrapped, "fget", None) or inspect.unwrap(wrapped)
    if wrapped.__name__ == name:
        return wrapped
    cells = [cell.cell_contents for cell in wrapped.__closure__ or ()]
    return next(_inside(each, name) for each in cells if inspect.isfunction(each))


class _Silent(ast.NodeTransformer):
    """In the place of one refusal something that does nothing."""

    def __init__(self, tree: ast.AST, number: int) -> None:
        self.refused = [each for each in ast.walk(tree) if is_refusal(each)][number - 1]

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        return ast.copy_location(ast.Pass(), node) if node is self.refused else node


class _Less(ast.NodeTransformer):
    """Without one part: a condition never holds, an "and" or "or" asks the others alone."""

    def __init__(self, tree: ast.AST, text: str) -> None:
        self.left_out = next(part for part, each in decisions_in(tree) if each == text)

    def visit_If(self, node: ast.If) -> ast.AST:
        if node is self.left_out:
            node.test = ast.copy_location(ast.Constant(False), node.test)
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        node.values = [each for each in node.values if each is not self.left_out]
        self.generic_visit(node)
        return node if len(node.values) > 1 else node.values[0]


@contextmanager
def in_no_role(name: str) -> Iterator[None]:
    """One thing less in a role, and all teams have what the role has then: "people.roles.ROLES[press].page_actions[add]"."""
    role_name, _bracket, rest = name.removeprefix("people.roles.ROLES[").partition("]")
    field, _bracket, entry = rest.removeprefix(".").removesuffix("]").partition("[")
    role = roles.ROLES[RoleName(role_name)]
    has: Any = getattr(role, field)
    if field == "models":
        model, action = entry.split()
        less: Any = tuple((each, tuple(a for a in actions if (each, a) != (model, action))) for each, actions in has)
    else:
        less = tuple(each for each in has if getattr(each, "__name__", each) != entry) if entry else False
    with patch.dict(roles.ROLES, {role.name: replace(role, **{field: less})}):
        for team in Team.objects.filter(role=role.name):
            roles.refresh(team)
        yield


def of_tests(*path: str) -> Callable[..., tuple[str, ...]]:
    """Node ids of tests in one file: `of_tests("people", "test_guard.py")("test_a", "test_b[x]")`."""
    return lambda *names: tuple(f"tests/{'/'.join(path)}::{name}" for name in names)


def row(title: str) -> tuple[str]:
    """The node id of a row of the access matrix."""
    return (f"tests/people/access/test_matrix.py::test_a_row_of_the_matrix[{title}]",)
