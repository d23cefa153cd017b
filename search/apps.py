from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Suche")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import checks, signals, worker  # noqa: F401
        from search.editing import vocabulary_store

        signals.connect()
        vocabulary_store.connect()
        worker.follower.start_with_first_request()
