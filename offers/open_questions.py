"""What a family would still ask after reading an offer, each with the field of the form that answers it. Pure."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from offers.choices import Cost, Form, OfferKind, VenueKind

# A summary and a description with fewer letters leave a family guessing.
SHORT_TEXT = 120


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """`field`: its name in the form."""

    field: str
    question: str
    remedy: str


def open_questions(offer: Any, *, has_dates: bool, has_topics: bool) -> list[OpenQuestion]:
    """Of an offer as it is in memory; `has_dates`: whether it has a next one. The most asked first."""
    on_site = offer.form == Form.ON_SITE
    no_age = offer.min_age_months is None and offer.max_age_months is None
    found = [
        (
            not has_dates and offer.kind != OfferKind.COUNSELLING,
            OpenQuestion("schedules", _("Wann ist das nächste Mal?"), _("Termin eintragen")),
        ),
        (
            no_age and offer.kind in (OfferKind.GROUP, OfferKind.OPEN_HOUSE),
            OpenQuestion("min_age_months", _("Ist mein Kind dafür alt genug?"), _("Alter eintragen")),
        ),
        (
            offer.cost != Cost.FREE and not offer.cost_note,
            OpenQuestion("cost_note", _("Was kostet es genau?"), _("Preis eintragen")),
        ),
        (
            not (offer.contact_phone or offer.contact_email),
            OpenQuestion("contact_phone", _("Wen kann ich fragen?"), _("Telefon oder E-Mail eintragen")),
        ),
        (
            on_site and offer.venue == VenueKind.OWN and not offer.street,
            OpenQuestion("street", _("Wo genau ist das?"), _("Straße eintragen")),
        ),
        (
            on_site and not offer.accessibility,
            OpenQuestion("accessibility", _("Komme ich mit Kinderwagen oder Rollstuhl hinein?"), _("Eingang beschreiben")),
        ),
        (
            len(f"{offer.summary} {offer.description}".strip()) < SHORT_TEXT,
            OpenQuestion("description", _("Was passiert dort eigentlich?"), _("Mehr erzählen")),
        ),
        (not has_topics, OpenQuestion("topics", _("Worum geht es?"), _("Thema ankreuzen"))),
        (offer.picture is None, OpenQuestion("picture", _("Wie sieht es dort aus?"), _("Bild zeigen"))),
    ]
    return [question for asked, question in found if asked]
