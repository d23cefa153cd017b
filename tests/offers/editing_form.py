"""What the editing form of an offer sends."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data


def filled(**fields):
    """The form of a new offer; every field as it begins, unless named."""
    values = {
        "title": "Krabbelgruppe",
        "kind": "gruppe",
        "form": "vor_ort",
        "venue": "anbieter",
        "cost": "kostenfrei",
        "registration": "keine",
        "confirm_every_months": "6",
        "schedules": inline_formset([]),
        "exceptions": inline_formset([]),
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(values)
