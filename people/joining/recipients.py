"""Who looks after a provider gets its mail about freshness (offers.freshness.recipients)."""

from collections.abc import Sequence

from cms.models import User
from offers.models import ProviderPage


def of_the_team(providers: Sequence[ProviderPage]) -> dict[int, list[str]]:
    """The addresses of each provider's team, by provider id. One query."""
    found: dict[int, list[str]] = {}
    rows = User.objects.filter(is_active=True, groups__team__provider__in=[provider.pk for provider in providers])
    for provider_id, email in rows.order_by("email").values_list("groups__team__provider_id", "email"):
        found.setdefault(provider_id, []).append(email)
    return found
