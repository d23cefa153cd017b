"""People with a role, for tests of what they may."""

from cms.models import User
from news.models import NewsroomPage
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import home_page, provider_index


def member(role, *providers, email=None):
    """Somebody in the role's team, or in the teams of all these providers."""
    provider_index()
    newsroom()
    user = User.objects.create_user(email or f"{role}@example.org", "ein-langes-passwort", first_name=str(role).title())
    for team in [ensure_team(role, provider) for provider in providers] or [ensure_team(role)]:
        user.groups.add(team.group)
    return user


def newsroom():
    return NewsroomPage.objects.first() or home_page().add_child(instance=NewsroomPage(title="Presse", slug="presse"))


def team_member(provider, email=None):
    return member(RoleName.PROVIDER, provider, email=email or f"{provider.slug}@example.org")
