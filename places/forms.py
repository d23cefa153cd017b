"""How the staff edits places and Sozialräume."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from places.kinds import MUNICIPALITIES, PARENTS, PlaceKind
from places.models import Place, Postcode
from places.names import split_words

PARENT_KINDS = sorted(frozenset().union(*PARENTS.values()))


class PlaceForm(WagtailAdminModelForm):
    """A place with its postcodes as text, since nobody wants to choose from 8,000; the address on the web makes itself."""

    postcode_list = forms.CharField(
        label=_("Postleitzahlen"),
        required=False,
        max_length=200,
        help_text=_("Mehrere mit Komma trennen: 56377, 56379."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        parents = Place.objects.filter(kind__in=PARENT_KINDS).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = parents.order_by("name", "kind")
        if self.instance.pk:
            self.initial["postcode_list"] = ", ".join(self.instance.postcodes.values_list("code", flat=True))

    def clean_postcode_list(self) -> list[Postcode]:
        codes = re.findall(r"[^\s,;|]+", self.cleaned_data["postcode_list"])
        known = {postcode.code: postcode for postcode in Postcode.objects.filter(code__in=codes)}
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(_("%s gibt es in Deutschland nicht. Prüfen Sie die fünf Ziffern.") % ", ".join(unknown))
        return list(known.values())

    def clean_slug(self) -> str:
        """What was typed, or the name as it stands in an address, with a number where another place has it."""
        slug = str(self.cleaned_data["slug"])
        if slug or not self.cleaned_data.get("name"):
            return slug
        wish = "-".join(split_words(self.cleaned_data["name"], expand=False))[:110]
        others = Place.objects.exclude(pk=self.instance.pk).filter(slug__startswith=wish)
        taken = set(others.values_list("slug", flat=True))
        return next(name for number in range(1, len(taken) + 2) if (name := wish if number == 1 else f"{wish}-{number}") not in taken)

    def _save_m2m(self) -> None:
        super()._save_m2m()
        self.instance.postcodes.set(self.cleaned_data["postcode_list"])


class SocialSpaceForm(WagtailAdminModelForm):
    """The places of a Sozialraum as boxes to tick, in the order of the Verbandsgemeinden."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.filter(kind__in=[*MUNICIPALITIES, PlaceKind.QUARTER]).select_related("parent__parent").order_by("name")
        groups: dict[str, list[tuple[int, str]]] = {}
        for place in places:
            around = place.parent.parent if place.kind == PlaceKind.QUARTER and place.parent else place.parent
            name = f"{place.name} ({place.parent})" if place.kind == PlaceKind.QUARTER else place.name
            groups.setdefault(str(around or ""), []).append((place.pk, name))
        self.fields["places"].queryset = places
        self.fields["places"].choices = sorted(groups.items())
