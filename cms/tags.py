"""The field for tags, in the words of people who never heard of tags."""

import json
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.widgets import AdminTagWidget

LABEL = gettext_lazy("Stichwörter, unter denen Sie es wiederfinden")


class TagWidget(AdminTagWidget):
    """Says how to write several, and gives the box that the script puts in the field's place a name: the label does not reach it."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["help_text"] = gettext("Zum Beispiel „Sommerfest“ oder „Turnhalle“. Nach jedem Stichwort ein Komma.")
        options = json.loads(widget["attrs"]["data-w-tag-options-value"])
        widget["attrs"]["data-w-tag-options-value"] = json.dumps({**options, "placeholderText": gettext("Stichwort")})
        return context
