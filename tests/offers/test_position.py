"""The point that editors set: what they may type, and what is kept."""

import pytest

from offers.coordinates import plain_degrees
from offers.models import ProviderPage
from offers.widgets import CoordinateInput


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [
        ("50.3128", 50.3128),
        ("50,3128", 50.3128),
        (" 7,8018° ", 7.8018),
        ("50.3128° N", 50.3128),
        ("7,8018 O", 7.8018),
        ("-7.5", -7.5),
        ("7,5° W", -7.5),
        ("50° 18′ 46,08″", 50.3128),
        ("50°18'46.08\"N", 50.3128),
        ("50° 18'", 50.3),
    ],
)
def test_degrees_are_understood_as_people_copy_them(typed, degrees):
    assert float(plain_degrees(typed)) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("typed", ["", "Nassau", "50.3.1", "50,3128, 7,8018", "50° 18 46", "NaN"])
def test_what_is_no_number_stays_as_it_was_typed(typed):
    assert plain_degrees(typed) == typed


def test_an_input_shows_no_more_digits_than_a_point_has():
    assert 'value="50.312813"' in CoordinateInput().render("latitude", 50.31281277777)


def test_the_form_takes_a_comma_and_a_degree_sign(db):
    class_ = ProviderPage.get_edit_handler().get_form_class()
    form = class_({"latitude": "50,3128°", "longitude": "7° 48'"}, instance=ProviderPage())
    form.is_valid()
    assert (form.cleaned_data["latitude"], form.cleaned_data["longitude"]) == (50.3128, 7.8)
