"""What is asked about the picture of an offer: not what the picture already says, and whether it may be shown."""

import pytest

from cms.models import Picture
from offers.forms import gaps

pytestmark = pytest.mark.django_db

WITHOUT = {"venue": "keiner", "cost": "kostenfrei", "registration": "keine"}


def asked(picture, **fields):
    return [field for field, _remedy in gaps({**WITHOUT, "picture": picture, **fields}, has_address=True)]


@pytest.mark.parametrize(
    ("description", "alt", "consent", "expected"),
    [
        ("Spielteppich", "", True, []),
        ("", "Spielteppich", True, []),
        ("", "", True, ["picture_alt"]),
        ("Spielteppich", "", False, ["picture"]),
        ("", "", False, ["picture_alt", "picture"]),
    ],
)
def test_a_picture_needs_a_description_once_and_consent(description, alt, consent, expected):
    assert asked(Picture(description=description, consent=consent), picture_alt=alt) == expected


def test_no_picture_is_asked_nothing():
    assert asked(None) == []
