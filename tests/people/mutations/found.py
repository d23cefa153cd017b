"""Everything in the code that could keep somebody from something: found in the code itself, so that a new rule cannot be forgotten.

A name is the module with the function or method ("people.guard.district"), with "raise 2" behind it for the second refusal of a function,
with "less …" for one part of a decision, or with an entry in brackets for a rule that is data.
"""

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import PagePermissionTester

from cms.menu import MenuItemFor
from cms.wagtail_hooks import NOT_FOR_ALL
from people import guard, roles

ROOT = Path(__file__).resolve().parents[3]
APPS = ("cms", "places", "home", "offers", "news", "people", "search")
# Every public function and method in these decides who may something.
PERMISSION_MODULES = (
    "cms.permissions",
    "offers.permissions",
    "people.accounts.factors",
    "people.accounts.middleware",
    "people.approval",
    "people.guard",
    "people.isolation",
    "people.joining.permissions",
    "people.media",
    "people.roles",
)
# Here each part of a decision is a rule of its own.
DECIDED_BY_PARTS = ("people.joining.permissions",)
# What a refusal raises, and what a function says that asks who somebody is or what they may.
REFUSALS = {"PermissionDenied", "NotAllowedError", "Http404"}
QUESTIONS = {"has_perm", "has_perms", "is_superuser", "is_staff", "permissions_for_user", "permission_policy", "page_permission_policy"}
QUESTIONS |= {"policy_registry", "is_district", "keeps_the_directory", "keeps_listings"}
# What a function is called that answers whether somebody may.
ANSWERS = re.compile(r"(may|can|keeps|sees|allows|is_open_for|is_allowed|is_protected|own|reports_for)(_|$)")
# Hooks by which something is hidden or refused; the others only add.
DENYING_HOOKS = ("construct_", "before_")
MENU_HOOKS = ("register_admin_menu_item", "register_reports_menu_item", "register_settings_menu_item")


def everything() -> set[str]:
    """The names of all rules, and of all that looks like one."""
    names = {
        *of_permission_modules(),
        *refusals_and_questions(),
        *permission_testers(),
        *menu_entries(),
        *denying_hooks(),
        *middleware(),
        *(f"people.guard.RULES[{pattern}]" for pattern, _rule in guard.RULES),
        *(f"cms.wagtail_hooks.NOT_FOR_ALL[{name}]" for name in NOT_FOR_ALL),
        *entries_of_roles(),
        *decisions(),
    }
    # A function that refuses is its refusals; one that stands in the guard's list or makes an entry of the menu is its lines there.
    refusing = {name.partition(" raise ")[0] for name in names if " raise " in name}
    entries = {function for hook in MENU_HOOKS for function in hooks.get_hooks(hook)}
    return names - refusing - {f"{each.__module__}.{each.__name__}" for each in {*entries, *(rule for _pattern, rule in guard.RULES)}}


def of_permission_modules() -> Iterator[str]:
    for name in PERMISSION_MODULES:
        module = import_module(name)
        for each, thing in vars(module).items():
            if each.startswith("_") or getattr(thing, "__module__", "") != name:
                continue
            if inspect.isfunction(thing):
                yield f"{name}.{each}"
            elif inspect.isclass(thing):
                yield from methods(thing)


def methods(owner: type) -> Iterator[str]:
    """The public methods and properties that a class itself has, and what a call or an address does."""
    for name, thing in vars(owner).items():
        is_code = inspect.isfunction(thing) or isinstance(thing, property | cached_property)
        if is_code and (not name.startswith("_") or name == "__call__"):
            yield f"{owner.__module__}.{owner.__name__}.{name}"


def refusals_and_questions() -> Iterator[str]:
    """Functions that refuse, one name a refusal; and functions that ask for a right without refusing themselves."""
    for name in modules():
        tree = ast.parse(Path(str(import_module(name).__file__)).read_text())
        for qualified, node in functions(tree):
            refused = [each for each in ast.walk(node) if isinstance(each, ast.Raise) and is_refusal(each)]
            yield from (f"{name}.{qualified} raise {number}" for number in range(1, len(refused) + 1))
            if not refused and (ANSWERS.match(node.name) or any(asks(each) for each in ast.walk(node))):
                yield f"{name}.{qualified}"


def modules() -> Iterator[str]:
    for app in APPS:
        for found in pkgutil.walk_packages([str(ROOT / app)], f"{app}."):
            if not {"migrations", "settings", "wsgi"} & set(found.name.split(".")):
                yield found.name


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions and methods with their qualified names; what stands inside of a function belongs to it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))


def is_refusal(node: ast.AST) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id in REFUSALS


def asks(node: ast.AST) -> bool:
    word = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return word in QUESTIONS or (isinstance(node, ast.Attribute) and word.startswith("can_"))


def decisions_in(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """The conditions of a function and the parts of its "and" and "or", each with its text. Whether there is anybody at all is none."""
    for each in ast.walk(node):
        if isinstance(each, ast.If):
            yield each, f"if {ast.unparse(each.test)}"
        elif isinstance(each, ast.BoolOp):
            texts = [(part, ast.unparse(part)) for part in each.values]
            yield from ((part, text) for part, text in texts if not re.fullmatch(r"isinstance\([^()]*\)|[\w.]+ is (not )?None", text))


def decisions() -> Iterator[str]:
    for name in DECIDED_BY_PARTS:
        tree = ast.parse(Path(str(import_module(name).__file__)).read_text())
        for qualified, node in functions(tree):
            yield from (f"{name}.{qualified} less {text}" for _part, text in decisions_in(node))


def permission_testers() -> Iterator[str]:
    for tester in descendants(PagePermissionTester):
        yield from methods(tester)


def menu_entries() -> Iterator[str]:
    """Entries of the menu that have a condition, and kinds of entries that ask for something themselves."""
    hooks.search_for_hooks()
    for hook in MENU_HOOKS:
        entries = [register() for register in hooks.get_hooks(hook)]
        yield from (f"cms.menu.MenuItemFor[{entry.name}]" for entry in entries if isinstance(entry, MenuItemFor))
    for kind in descendants(MenuItem):
        if "is_shown" in vars(kind):
            yield f"{kind.__module__}.{kind.__name__}.is_shown"


def descendants(base: type) -> Iterator[type]:
    """All classes of ours below this one."""
    for each in base.__subclasses__():
        if each.__module__.startswith(tuple(f"{app}." for app in APPS)):
            yield each
        yield from descendants(each)


def denying_hooks() -> Iterator[str]:
    hooks.search_for_hooks()
    for name, registered in hooks._hooks.items():
        for function, _order in registered:
            if name.startswith(DENYING_HOOKS) and function.__module__.startswith(tuple(f"{app}." for app in APPS)):
                yield f"{function.__module__}.{function.__name__}"


def middleware() -> Iterator[str]:
    for path in settings.MIDDLEWARE:
        if path.startswith(tuple(f"{app}." for app in APPS)):
            yield from methods(import_string(path))


def entries_of_roles() -> Iterator[str]:
    """Each thing that a role has."""
    for name, role in roles.ROLES.items():
        start = f"people.roles.ROLES[{name}]"
        for field in ("pages", "page_actions", "permissions", "file_actions" if role.own_folder else "permissions"):
            yield from (f"{start}.{field}[{getattr(each, '__name__', each)}]" for each in getattr(role, field))
        yield from (f"{start}.models[{model} {action}]" for model, actions in role.models for action in actions)
        yield from (f"{start}.{field}" for field in ("own_folder", "folders_of_providers", "second_factor") if getattr(role, field))
