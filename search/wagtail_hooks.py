"""The menu "Familiensuche": the vocabulary in the district's own hands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search import findability_admin
from search.editing.forms import SituationForm
from search.models import Situation, VocabularyEntry, VocabularyTerm

ORIGIN = Column("get_origin_display", label=_("Herkunft"), sort_key="origin")
ACTIVE = BooleanColumn("active", label=_("In der Suche"), sort_key="active")
ACTIVE_PANEL = FieldPanel("active", help_text=_("Ohne Haken bleibt der Eintrag hier stehen und hat keine Wirkung."))


class SituationFilterSet(WagtailFilterSet):
    class Meta:
        model = Situation
        fields = ("origin", "active")


class SituationViewSet(SnippetViewSet):
    """Situations of families: what they type, and what listings call the help."""

    model = Situation
    icon = "group"
    menu_label = _("Lebenslagen")
    copy_view_enabled = False
    list_display = ("label", ORIGIN, ACTIVE, DateColumn("changed_at", label=_("Geändert"), sort_key="changed_at"))
    list_per_page = 50
    filterset_class = SituationFilterSet
    search_fields = ("label", "slug", "words", "phrases")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "<p>Eine Lebenslage verbindet, was Familien tippen, mit dem, was in Angeboten steht. Wer „mein Kind isst nur Nudeln“ "
                    "sucht, findet so die Ernährungsberatung, obwohl kein Wort gleich ist. Änderungen wirken sofort.</p>"
                )
            ),
            FieldPanel("label", help_text=_("Nur für die Redaktion, zum Beispiel „Kind isst schlecht“.")),
            FieldPanel(
                "phrases",
                widget=forms.Textarea(attrs={"rows": 14}),
                help_text=_(
                    "Eine Zeile je Frage, so wie Familien sie tippen: Stichwörter und ganze Sätze, auch mit Tippfehlern. Ähnliche Fragen "
                    "erkennt die Suche von selbst. Andere Sprachen mit Kürzel davor: „tr: oyun grubu“ (en, tr, ru, uk, ar, pl, ro, fa)."
                ),
            ),
            FieldPanel(
                "words",
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Wie die Hilfe in Angeboten heißt, mit Komma getrennt: „Ernährungsberatung, Beikost“. Danach wird gesucht."),
            ),
            FieldPanel("topics", help_text=_("Angebote mit diesen Themen kommen weiter nach vorn.")),
            FieldPanel("kinds", help_text=_("Angebote dieser Art kommen weiter nach vorn.")),
            FieldPanel("slug", help_text=_("Für Einfuhr und Ausfuhr. Entsteht aus der Bezeichnung, wenn Sie das Feld leer lassen.")),
            ACTIVE_PANEL,
        ],
        base_form_class=SituationForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Situation]:
        return Situation.objects.defer("loaded")


class TermFilterSet(WagtailFilterSet):
    class Meta:
        model = VocabularyTerm
        fields = ("kind", "language", "origin", "active")


class TermViewSet(SnippetViewSet):
    """Entries about words."""

    model = VocabularyTerm
    icon = "openquote"
    menu_label = _("Wörter")
    copy_view_enabled = False
    list_display = (
        "__str__",
        Column("get_kind_display", label=_("Wirkung"), sort_key="kind"),
        Column("get_language_display", label=_("Sprache"), sort_key="language"),
        ORIGIN,
        ACTIVE,
    )
    list_per_page = 50
    filterset_class = TermFilterSet
    search_fields = ("words", "target")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel(
                "kind",
                help_text=_(
                    "Gleiche Bedeutung: „Handy, Smartphone“ – wer eines sucht, findet auch das andere. "
                    "Führt auch zu: „Oma, Opa“ führt zu „Großeltern“, aber nicht umgekehrt. "
                    "Andere Sprache: „hamile*“ auf Türkisch führt zu „Schwangerschaft“. "
                    "Fragewort: „bitte“ muss in keinem Angebot stehen. "
                    "Wortbestandteil: mit „kind er s“ findet „Gruppe“ auch „Kindergruppe“; der Suchindex wird dafür neu aufgebaut."
                ),
            ),
            FieldPanel(
                "words",
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_(
                    "Mehrere mit Komma getrennt. Mehrzahl und gebeugte Formen deutscher Wörter erkennt die Suche von selbst. In anderen "
                    "Sprachen steht ein Stern für jede Endung: „hamile*“. Ein Wortbestandteil ist ein einzelnes Wort, dahinter seine Fugen."
                ),
            ),
            FieldRowPanel(
                [
                    FieldPanel(
                        "target", widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Wörter der Angebote, das treffendste zuerst.")
                    ),
                    FieldPanel("language", help_text=_("Nur bei „Andere Sprache“.")),
                ]
            ),
            ACTIVE_PANEL,
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[VocabularyTerm]:
        return VocabularyTerm.objects.defer("loaded")


class SearchGroup(SnippetViewSetGroup):
    """One entry of the menu for what makes the search understand families."""

    # Not "Suche": so the admin calls its own search.
    menu_label = _("Familiensuche")
    menu_icon = "search"
    menu_order = 260
    items: tuple[Any, ...] = (SituationViewSet, TermViewSet)


register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def findability_address() -> list[URLPattern]:
    return [path("angebote/<int:pk>/so-finden-familien/", findability_admin.offer_findability, name="offer_findability")]


@hooks.register("insert_global_admin_js")
def findability_script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/admin/findability.js"))


@hooks.register("before_delete_snippet")
def switch_off_what_is_bundled(request: HttpRequest, snippets: Iterable[Model]) -> HttpResponse | None:
    """A bundled entry that is deleted would come back with the next version: it is switched off instead, and the staff reads why."""
    entries = [snippet for snippet in snippets if isinstance(snippet, VocabularyEntry)]
    bundled = [entry for entry in entries if entry.loaded]
    if request.method != "POST" or not bundled:
        return None
    for entry in bundled:
        entry.active = False
        entry.save()
    for entry in entries:
        if not entry.loaded:
            entry.delete()
    message = _now("Abgeschaltet: %s. Mitgelieferte Einträge bleiben in der Liste und haben keine Wirkung mehr.")
    messages.success(request, message % ", ".join(map(str, bundled))[:300])
    viewset: Any = type(bundled[0]).snippet_viewset  # type: ignore[attr-defined]
    return redirect(viewset.get_url_name("list"))
