"""Accounts to try the admin with: one for each kind of work that people do here."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import User

PASSWORD = "familie-2026-demo"
EDIT = ("add_page", "change_page", "publish_page")


@dataclass(frozen=True, slots=True)
class Role:
    """A group: pages it edits (by slug, or all of a type), models it keeps, and a folder for its pictures."""

    name: str
    pages: tuple[str, ...]  # "slug:…" or "type:app.model"
    models: tuple[str, ...] = ()  # "app.model": add, change, delete and view
    page_permissions: tuple[str, ...] = EDIT


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    first_name: str
    last_name: str
    role: Role | None  # None: may do everything
    work: str


KITA = Role("Kita Regenbogen", ("slug:kita-regenbogen-nassau",))
PRESS = Role("Pressestelle", ("type:news.newsroompage",))
DISTRICT = Role(
    "Kreisverwaltung",
    ("type:offers.providerindexpage",),
    (
        "offers.topic",
        "offers.schoolholiday",
        "places.place",
        "places.socialspace",
        "places.postcode",
        "search.situation",
        "search.vocabularyterm",
    ),
    (*EDIT, "unlock_page", "bulk_delete_page"),
)

ACCOUNTS = (
    Account("admin@example.org", "Ada", "Admin", None, "darf alles"),
    Account("kita@example.org", "Kim", "Kita", KITA, "eigene Einrichtung und ihre Angebote"),
    Account("presse@example.org", "Peer", "Presse", PRESS, "Pressemitteilungen"),
    Account("kreis@example.org", "Kris", "Kreis", DISTRICT, "alle Einrichtungen, Themen, Orte"),
)


def pages_of(role: Role) -> list[Page]:
    """The pages that a role edits; those not yet made are left out, a later run finds them."""
    found: list[Page] = []
    for name in role.pages:
        how, _colon, value = name.partition(":")
        if how == "slug":
            found += Page.objects.filter(slug=value)
        else:
            app, _dot, model = value.partition(".")
            found += Page.objects.filter(content_type__app_label=app, content_type__model=model)
    return found


def permissions_of(role: Role) -> list[Permission]:
    """The door to the admin, and the models that a role keeps."""
    codes = [("wagtailadmin", "access_admin")]
    for name in role.models:
        app, _dot, model = name.partition(".")
        codes += [(app, f"{action}_{model}") for action in ("add", "change", "delete", "view")]
    return [permission for app, code in codes for permission in Permission.objects.filter(content_type__app_label=app, codename=code)]


def collection_of(role: Role) -> Collection:
    """The role's own folder for pictures and documents, under the root."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=role.name).first() or root.add_child(name=role.name)


def ensure_role(role: Role) -> Group:
    """The group with its permissions; what somebody has added by hand stays."""
    group, _created = Group.objects.get_or_create(name=role.name)
    group.permissions.add(*permissions_of(role))
    for page in pages_of(role):
        for code in role.page_permissions:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    collection = collection_of(role)
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for permission in Permission.objects.filter(
            content_type__app_label=app, codename__in=[f"{action}_{model}" for action in ("add", "change", "choose")]
        ):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def ensure_account(account: Account) -> bool:
    """Whether the account is new. An existing one keeps its password and its rights."""
    if User.objects.filter(email__iexact=account.email).exists():
        return False
    create = User.objects.create_user if account.role else User.objects.create_superuser
    user = create(account.email, PASSWORD, first_name=account.first_name, last_name=account.last_name)
    if account.role:
        user.groups.add(Group.objects.get(name=account.role.name))
    return True


class Command(BaseCommand):
    help = "Creates accounts with a known password, to try the admin with. Never on a public site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Yes, accounts whose password everybody knows.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.WAGTAILADMIN_BASE_URL.startswith("https:"):
            raise CommandError(f"{settings.WAGTAILADMIN_BASE_URL} is public: accounts with a known password would be open doors.")
        if not options["demo"]:
            raise CommandError("These accounts have a known password. Add --demo if that is what you want.")
        for account in ACCOUNTS:
            if account.role:
                ensure_role(account.role)
        rows = [(account.email, PASSWORD if ensure_account(account) else "(wie bisher)", account.work) for account in ACCOUNTS]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for email, password, work in rows:
            self.stdout.write(f"{email:<{widths[0]}}  {password:<{widths[1]}}  {work}")
