from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("Menschen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from offers.freshness import recipients
        from people.accounts import hooks, limits, signals  # noqa: F401  connects them
        from people.joining import hooks as joining  # noqa: F401  the same
        from people.joining.recipients import of_the_team

        recipients.register(of_the_team)
        limits.count_in_shared_cache()
        post_migrate.connect(limits.make_table, sender=self)
