"""What somebody may do with a page, beyond what Wagtail asks."""

from functools import cached_property

from wagtail.models import PagePermissionTester


class HomeStaysTester(PagePermissionTester):
    """Whoever has rights from a page down keeps what is below it, and that page's text; whether it exists is decided above.

    So a Kita cannot delete its own page with all offers, nor the press office the newsroom.
    """

    @cached_property
    def from_above(self) -> set[str]:
        """The actions granted on a page above this one."""
        if not self.user.is_active or self.user.is_superuser:
            return set()
        return {
            given.permission.codename.rsplit("_", maxsplit=1)[0]
            for given in self.permission_policy.get_cached_permissions_for_user(self.user)
            if self.page.path.startswith(given.page.path) and given.page_id != self.page.pk
        }

    def granted_above(self, action: str) -> bool:
        return self.user.is_superuser or action in self.from_above

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.granted_above("change") and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        return self.granted_above("publish") and super().can_unpublish()

    def can_copy(self) -> bool:
        return self.granted_above("add") and super().can_copy()

    def can_set_view_restrictions(self) -> bool:
        """Passwords and groups before a page are for administrators: families sign in nowhere."""
        return bool(self.user.is_active and self.user.is_superuser and super().can_set_view_restrictions())
