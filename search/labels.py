"""What facet values are called."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from offers.choices import Form, Language, OfferKind
from offers.models import Topic
from places.models import Place
from search.forms import DAY_CHOICES, TIME_CHOICES


def facet_labels() -> Callable[[str, str], str]:
    """A function from a facet's name and a value to its German label; two queries."""
    tables: dict[str, dict[str, str]] = {
        "kind": {str(value): str(label) for value, label in OfferKind.choices},
        "form": {str(value): str(label) for value, label in Form.choices},
        "language": {str(value): str(label) for value, label in Language.choices},
        "day": {value: str(label) for value, label in DAY_CHOICES},
        "time": {value: str(label) for value, label in TIME_CHOICES},
        "topic": dict(Topic.objects.values_list("slug", "name")),
        "municipality": dict(Place.objects.values_list("slug", "name")),
        "free": {"1": _("Kostenfrei")},
        "without_registration": {"1": _("Ohne Anmeldung")},
        "accessible": {"1": _("Mit dem Rollstuhl erreichbar")},
    }
    return lambda name, value: tables.get(name, {}).get(value, value)
