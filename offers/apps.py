from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = _("Angebote")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from offers import checks, signals  # noqa: F401
        from offers.freshness import signals as freshness
        from offers.reports import signals as reports

        freshness.connect()
        reports.connect()
