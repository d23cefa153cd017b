"""The log as a page of the admin: by person, object, action and date. For the district and administrators."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, QuerySet, Value
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.log_actions import registry

from cms.models import User
from people.roles import is_district


class LogFilters(SiteHistoryReportFilterSet):
    """Whoever answers for all sees all people and actions, not only those of models they may change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["object_type"], self.filters["is_commenting_action"]
        self.filters["label"].label = _("Wen oder was betrifft es")

    def get_action_choices(self) -> list[tuple[str, str]]:
        used = {action for model in registry.get_log_entry_models() for action in model.objects.all().get_actions()}
        return [choice for choice in registry.get_choices() if choice[0] in used]

    def get_users_queryset(self) -> QuerySet[User]:
        keys = {key for model in registry.get_log_entry_models() for key in model.objects.all().get_user_ids()}
        return User.objects.filter(pk__in=keys).order_by("email")


class LogView(LogEntriesView):
    page_title = _("Protokoll")
    header_icon = "history"
    filterset_class = LogFilters
    index_url_name = "people_log"
    index_results_url_name = "people_log_results"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_district(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filtered_queryset(self) -> QuerySet[Any]:
        self.log_models = list(registry.get_log_entry_models())
        parts = [
            self.filter_queryset(
                model.objects.values("pk", "timestamp").annotate(log_model_index=Value(index, output_field=IntegerField()))
            ).order_by()
            for index, model in enumerate(self.log_models)
        ]
        return parts[0].union(*parts[1:], all=True).order_by("-timestamp")

    def get_filename(self) -> str:
        return "protokoll"
