"""The menu "Orte": places and Sozialräume in the district's own hands."""

from collections.abc import Iterable

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from places.forms import PlaceForm, SocialSpaceForm
from places.kinds import PlaceKind
from places.models import Place, SocialSpace
from places.querysets import PlaceQuerySet
from places.views import map_address


class PlaceFilterSet(WagtailFilterSet):
    parent = ModelChoiceFilter(
        queryset=Place.objects.filter(kind__in=[PlaceKind.DISTRICT, PlaceKind.ASSOCIATION]).order_by("kind", "name"),
        label=_("gehört zu"),
    )

    class Meta:
        model = Place
        fields = ("kind", "parent", "social_spaces")


class PlaceViewSet(SnippetViewSet):
    """Places and what families call them."""

    model = Place
    icon = "home"
    menu_label = _("Orte")
    list_display = (
        "name",
        Column("get_kind_display", label=_("Art"), sort_key="kind"),
        Column("parent", label=_("gehört zu"), sort_key="parent__name"),
        Column("population", label=_("Einwohner"), sort_key="population"),
        UpdatedAtColumn(),
    )
    list_per_page = 50
    filterset_class = PlaceFilterSet
    search_fields = ("name", "aliases", "code")
    edit_handler = ObjectList(
        [
            FieldPanel("name", help_text=_("So, wie der Ort amtlich heißt. So lesen ihn Familien.")),
            FieldRowPanel(
                [
                    FieldPanel("kind"),
                    FieldPanel(
                        "parent",
                        widget=forms.Select,
                        help_text=_("Bei einem Ortsteil die Stadt oder Ortsgemeinde, sonst Verbandsgemeinde oder Landkreis."),
                    ),
                ]
            ),
            FieldPanel(
                "aliases",
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_(
                    "Ein Name je Zeile, so wie Familien ihn schreiben. Groß und klein, Umlaute, Bindestriche, „St.“ und kleine Tippfehler "
                    "erkennt die Suche von selbst."
                ),
            ),
            FieldPanel("postcode_list"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                heading=_("Lage"),
                help_text=_("Grad mit Punkt, zum Beispiel 50.334970 und 7.712321. Ohne Angabe gilt die Lage der Gemeinde."),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("population"), FieldPanel("code")]), FieldPanel("slug")],
                heading=_("Amtliches und Internetadresse"),
                help_text=_("Die Internetadresse entsteht aus dem Namen, wenn Sie sie leer lassen. Ändern Sie sie nur, wenn es sein muss."),
                classname="collapsed",
            ),
        ],
        base_form_class=PlaceForm,
    )

    def get_queryset(self, request: HttpRequest) -> PlaceQuerySet:
        return Place.objects.select_related("parent").defer("loaded")


class SocialSpaceViewSet(SnippetViewSet):
    """Sozialräume and the places they are made of."""

    model = SocialSpace
    icon = "group"
    menu_label = _("Sozialräume")
    list_display = ("name", "description")
    search_fields = ("name", "description")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("description", help_text=_("Ein bis zwei Sätze, zum Beispiel wer den Sozialraum begleitet.")),
            FieldPanel(
                "places",
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Alle Orte, die zum Sozialraum gehören. Ein Ort kann in mehreren liegen."),
            ),
        ],
        base_form_class=SocialSpaceForm,
    )


class PlacesGroup(SnippetViewSetGroup):
    items = (PlaceViewSet, SocialSpaceViewSet)
    menu_label = _("Orte")
    menu_icon = "globe"
    menu_order = 300


register_snippet(PlacesGroup)


@hooks.register("before_delete_snippet")
def keep_what_others_lie_in(request: HttpRequest, snippets: Iterable[Model]) -> HttpResponse | None:
    """A place in which others lie stays, and the staff reads why. Wagtail knows it too late: only as an error of the database."""
    places = [snippet for snippet in snippets if isinstance(snippet, Place)]
    inside = Place.objects.filter(parent__in=places).select_related("parent").first()
    if inside is None:
        return None
    message = _now("In %(place)s liegt noch %(inside)s. Löschen Sie zuerst, was im Ort liegt, oder ordnen Sie es anders zu.")
    messages.error(request, message % {"place": inside.parent, "inside": inside})
    return redirect("wagtailsnippets_places_place:list")


@hooks.register("register_admin_urls")
def address_url() -> list[URLPattern]:
    """Behind the editors' sign-in, so that nobody else uses the district's geocoder."""
    return [path("karte/adresse", map_address, name="map_address")]
