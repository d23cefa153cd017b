"""What each role may do, as data, and who has which role. docs/roles.md says the same in German.

Permissions follow from the role: `ensure_team` gives a team's group what its role has, and takes away everything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import User
from news.models import NewsroomPage
from offers.models import ProviderIndexPage, ProviderPage
from people.memberships import memberships_of
from people.models import RoleName, Team

EDIT_PAGES = ("add", "change", "publish")
KEEP = ("add", "change", "delete")
# Who adds a picture may also show it; who changes one may also delete it.
FILES = ("wagtailimages.image", "wagtaildocs.document")
KEEP_FILES = ("add", "change", "choose")
# The folder that holds one folder a provider.
PROVIDERS_FOLDER = "Anbieter"


@dataclass(frozen=True, slots=True)
class Role:
    """What a team of this role may do. Its pages are all of the types named; ProviderPage stands for the team's own one alone."""

    name: RoleName
    pages: tuple[type[Page], ...] = ()
    page_actions: tuple[str, ...] = ()
    own_folder: bool = False
    folders_of_providers: bool = False
    file_actions: tuple[str, ...] = KEEP_FILES
    models: tuple[tuple[str, tuple[str, ...]], ...] = ()  # ("app.model", actions)
    permissions: tuple[str, ...] = ()  # "app.codename"
    second_factor: bool = False


ROLES = {
    role.name: role
    for role in (
        Role(RoleName.PROVIDER, pages=(ProviderPage,), page_actions=EDIT_PAGES, own_folder=True),
        Role(RoleName.ADVISER, permissions=("people.read_offers",)),
        Role(RoleName.PRESS, pages=(NewsroomPage,), page_actions=EDIT_PAGES, own_folder=True, second_factor=True),
        Role(
            RoleName.DISTRICT,
            pages=(ProviderIndexPage,),
            page_actions=(*EDIT_PAGES, "lock", "unlock", "bulk_delete"),
            own_folder=True,
            folders_of_providers=True,
            models=(
                ("offers.topic", KEEP),
                ("offers.schoolholiday", KEEP),
                ("places.place", KEEP),
                ("places.socialspace", KEEP),
                ("search.situation", KEEP),
                ("search.vocabularyterm", KEEP),
                ("offers.listingrules", ("change",)),
                ("home.districtsettings", ("change",)),
                # Which mails have not gone out, and to try them again.
                ("cms.outgoingmail", ("view", "change")),
            ),
            permissions=("people.read_offers",),
            second_factor=True,
        ),
    )
}


def role_names_of(user: User) -> frozenset[RoleName]:
    """The roles of all teams that somebody is in. One query a request."""
    if not user.is_active:
        return frozenset()
    return frozenset(each.role for each in memberships_of(user))


def is_district(user: User) -> bool:
    """Whether somebody answers for all providers: the district's staff and administrators. One query at most."""
    return user.is_active and (user.is_superuser or RoleName.DISTRICT in role_names_of(user))


def needs_second_factor(user: User) -> bool:
    """Whether a password alone is too little for what somebody may do. One query at most."""
    return user.is_active and (user.is_superuser or any(ROLES[name].second_factor for name in role_names_of(user)))


def providers_of(user: User) -> QuerySet[ProviderPage]:
    """The providers of one's teams, all for district and administrators; advisers also get all, to read. By title, online or not."""
    if not user.is_active:
        return ProviderPage.objects.none()
    names = frozenset() if user.is_superuser else role_names_of(user)
    if user.is_superuser or names & {RoleName.DISTRICT, RoleName.ADVISER}:
        return ProviderPage.objects.order_by("title")
    return ProviderPage.objects.filter(team__group__user=user).distinct().order_by("title")


def ensure_team(role: RoleName, provider: ProviderPage | None = None, name: str | None = None) -> Team:
    """The provider's team, or the one team of another role, with exactly what the role has. Safe to repeat.

    A new team's group takes `name`, else the provider's title or the role's; where another team has that name, town or number follow.
    Raises ValueError where a provider team has no provider or another one has.
    """
    if (role == RoleName.PROVIDER) != (provider is not None):
        raise ValueError(f"The role {role} {'needs a' if role == RoleName.PROVIDER else 'has no'} provider.")
    team = Team.objects.filter(role=role, provider=provider).select_related("group", "collection", "provider").first()
    if team is None:
        group = _group(name or (provider.title if provider else str(role.label)), provider)
        team = Team.objects.create(group=group, role=role, provider=provider)
    refresh(team)
    return team


def refresh(team: Team) -> None:
    """Give a team what its role has, and take away the rest."""
    role = ROLES[RoleName(team.role)]
    team.group.permissions.set(_permissions(_codes(role)))
    if role.own_folder:
        _ensure_folder(team)
    _set_page_permissions(team, role)
    _set_file_permissions(team, role)


def _group(wish: str, provider: ProviderPage | None) -> Group:
    """A group without a team by that name, or a new one."""
    free = Group.objects.filter(name=wish[:130], team=None).first()
    if free:
        return free
    wishes = [wish[:130], *([f"{wish[:90]} ({provider.town[:40]})"] if provider and provider.town else [])]
    taken = set(Group.objects.filter(name__startswith=wish[:90]).values_list("name", flat=True))
    wishes += [f"{wish[:130]} {number}" for number in range(2, len(taken) + 3)]
    return Group.objects.create(name=next(name for name in wishes if name not in taken))


def _codes(role: Role) -> list[str]:
    """All permissions of the role that hold for the whole site, as "app.codename"."""
    codes = ["wagtailadmin.access_admin", *role.permissions]
    for model, actions in role.models:
        app, _dot, name = model.partition(".")
        codes += [f"{app}.{action}_{name}" for action in actions]
    return codes


def _permissions(codes: Iterable[str]) -> list[Permission]:
    """Permissions by "app.codename". One query. Raises ValueError naming those that no migration has made."""
    wanted = {tuple(code.split(".", 1)) for code in codes}
    condition = Q(pk__in=[])
    for app, codename in wanted:
        condition |= Q(content_type__app_label=app, codename=codename)
    found = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.filter(condition).select_related("content_type")
    }
    if missing := wanted - found.keys():
        raise ValueError(f"No such permission: {', '.join('.'.join(code) for code in sorted(missing))}. Run `manage.py migrate` first.")
    return list(found.values())


def _pages(team: Team, role: Role) -> list[Page]:
    """The pages from which a team's rights go down the tree; those not yet made are found by a later run."""
    pages: list[Page] = []
    for model in role.pages:
        pages += [team.provider] if model is ProviderPage and team.provider else []
        pages += [] if model is ProviderPage else list(model.objects.all())
    return pages


def _set_page_permissions(team: Team, role: Role) -> None:
    permissions = _permissions(f"wagtailcore.{action}_page" for action in role.page_actions)
    wanted = {(page.pk, permission.pk) for page in _pages(team, role) for permission in permissions}
    given = {(each.page_id, each.permission_id): each.pk for each in GroupPagePermission.objects.filter(group=team.group)}
    GroupPagePermission.objects.filter(pk__in=[given[key] for key in given.keys() - wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=team.group, page_id=page, permission_id=permission) for page, permission in wanted - given.keys()
    )


def _set_file_permissions(team: Team, role: Role) -> None:
    folders = [team.collection] if role.own_folder and team.collection else []
    folders += [providers_folder()] if role.folders_of_providers else []
    codes = [f"{app}.{action}_{model}" for app, _dot, model in (name.partition(".") for name in FILES) for action in role.file_actions]
    wanted = {(folder.pk, permission.pk) for folder in folders for permission in _permissions(codes)}
    given = {(each.collection_id, each.permission_id): each.pk for each in GroupCollectionPermission.objects.filter(group=team.group)}
    GroupCollectionPermission.objects.filter(pk__in=[given[key] for key in given.keys() - wanted]).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=team.group, collection_id=folder, permission_id=permission)
        for folder, permission in wanted - given.keys()
    )


def providers_folder() -> Collection:
    """The folder above those of the providers."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=PROVIDERS_FOLDER).first() or root.add_child(name=PROVIDERS_FOLDER)


def _ensure_folder(team: Team) -> None:
    """A folder of the team's own; one that its group already has is taken over with all that lies in it."""
    if team.collection:
        return
    above = providers_folder() if team.provider else Collection.get_first_root_node()
    folder = Collection.objects.filter(group_permissions__group=team.group, depth=2, team=None).exclude(name=PROVIDERS_FOLDER).first()
    if folder and team.provider:
        folder.move(above, pos="sorted-child")
        folder.refresh_from_db()
    team.collection = folder or above.add_child(name=team.group.name)
    team.save(update_fields=["collection"])
