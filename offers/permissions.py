"""Who publishes a listing: the provider at once, or after the district has read it (ListingRules.approval)."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page, Site

from cms.models import User
from cms.permissions import HomeStaysTester
from offers.models.rules import Approval, ListingRules


def approval_rule(user: User) -> Approval:
    """What the district has chosen. One query a user object, which lives as long as a request."""
    if not hasattr(user, "_approval_rule"):
        site = Site.objects.filter(is_default_site=True).first()
        chosen = ListingRules.objects.filter(site=site).values_list("approval", flat=True).first()
        user._approval_rule = Approval(chosen or Approval.NEVER)  # type: ignore[attr-defined]
    return user._approval_rule  # type: ignore[attr-defined]


def has_been_online(provider_path: str) -> bool:
    """Whether families could ever see an offer of the provider whose place in the tree this is. One query."""
    published = Q(live=True) | Q(first_published_at__isnull=False)
    offers = Page.objects.filter(path__startswith=provider_path, content_type__app_label="offers", content_type__model="offerpage")
    return offers.filter(published).exists()


def waits_for_approval(user: User, provider_path: str) -> bool:
    """Whether what somebody of this provider's team writes is read before it goes online. Two queries a provider, then none."""
    rule = approval_rule(user)
    if rule != Approval.FIRST:
        return rule == Approval.ALWAYS
    known: dict[str, bool] = user.__dict__.setdefault("_waits_for_approval", {})
    if provider_path not in known:
        known[provider_path] = not has_been_online(provider_path)
    return known[provider_path]


class ProviderPermissionTester(HomeStaysTester):
    """A provider's page: offers under it go online at once only where nobody reads them first."""

    def can_publish_subpage(self) -> bool:
        allowed = super().can_publish_subpage()
        return allowed and (self.granted_above("publish") or not waits_for_approval(self.user, self.page.path))


class OfferPermissionTester(HomeStaysTester):
    """An offer: its provider's team edits and takes it off; the district may want to read it before it goes online."""

    def can_publish(self) -> bool:
        return super().can_publish() and not self.waits_for_approval

    @property
    def waits_for_approval(self) -> bool:
        """Whether this person's rights end at the provider, and the district reads first."""
        if self.user.is_superuser:
            return False
        provider_path = self.page.path[: -self.page.steplen]
        higher = {
            given.permission.codename
            for given in self.permission_policy.get_cached_permissions_for_user(self.user)
            if provider_path.startswith(given.page.path) and given.page.path != provider_path
        }
        return "publish_page" not in higher and waits_for_approval(self.user, provider_path)

    def can_move_to(self, destination: Any) -> bool:
        """To another of one's providers, unless what families see would go online there unread."""
        allowed = super().can_move_to(destination)
        return allowed and (not self.page.live or destination.permissions_for_user(self.user).can_publish_subpage())
