"""How editors change the vocabulary."""

from typing import Any

from django import forms
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminModelForm

from offers.choices import OfferKind
from offers.models import Topic
from search.models import Situation


class SituationForm(WagtailAdminModelForm):
    """Topics and kinds as boxes to tick; the slug makes itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        topics = [*Topic.objects.values_list("slug", "name")]
        # A topic that the district no longer has stays until somebody takes it out.
        strange = [(slug, slug) for slug in self.instance.topics if slug not in dict(topics)]
        for name, choices in (("topics", [*topics, *strange]), ("kinds", OfferKind.choices)):
            plain = self.fields[name]
            self.fields[name] = forms.MultipleChoiceField(
                choices=choices, required=False, widget=forms.CheckboxSelectMultiple, label=plain.label, help_text=plain.help_text
            )
            self.initial[name] = getattr(self.instance, name)

    def clean_topics(self) -> list[str]:
        return self._in_order("topics")

    def clean_kinds(self) -> list[str]:
        return self._in_order("kinds")

    def clean_slug(self) -> str:
        """What was typed, or the label as it stands in an address, with a number where another situation has it."""
        slug = str(self.cleaned_data["slug"])
        if slug or not self.cleaned_data.get("label"):
            return slug
        wish = slugify(self.cleaned_data["label"])[:70] or "lebenslage"
        taken = set(Situation.objects.exclude(pk=self.instance.pk).filter(slug__startswith=wish).values_list("slug", flat=True))
        return next(name for number in range(1, len(taken) + 2) if (name := wish if number == 1 else f"{wish}-{number}") not in taken)

    def _in_order(self, name: str) -> list[str]:
        """What was ticked: the most important first as before, then what is new."""
        ticked = self.cleaned_data[name]
        before = [value for value in getattr(self.instance, name) if value in ticked]
        return before + [value for value in ticked if value not in before]
