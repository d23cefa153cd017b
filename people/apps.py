from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("Menschen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people.accounts import hooks, limits, signals  # noqa: F401  connects them

        limits.count_in_shared_cache()
        post_migrate.connect(limits.make_table, sender=self)
