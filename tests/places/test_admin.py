"""The staff edits places and Sozialräume."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import User
from places.models import Place, SocialSpace
from places.resolver import resolve


@pytest.fixture
def staff(client, small_district):
    """Somebody of the district's staff: may enter the admin, edit places and Sozialräume, and nothing else."""
    user = User.objects.create_user("amt@example.org", "ein langes Kennwort", is_active=True)
    wanted = ["access_admin", *(f"{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in ("place", "socialspace"))]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    return client


def place_form(**changes):
    fields = {"name": "Bergaue", "kind": "ortsteil", "aliases": "", "postcode_list": "", "latitude": "", "longitude": "", "population": ""}
    return {**fields, "code": "", "slug": "", "parent": Place.objects.get(slug="aue").pk, **changes}


def test_the_list_is_searched_by_alias_and_filtered_by_kind(staff):
    address = reverse("wagtailsnippets_places_place:list")

    everything = staff.get(address).content.decode()
    assert all(name in everything for name in ("Neustadt", "Mühle", "Koblenz"))
    found = staff.get(address, {"q": "Au an der"})
    assert [place.slug for place in found.context["object_list"]] == ["aue"]
    towns = staff.get(address, {"kind": "stadt"})
    assert {place.slug for place in towns.context["object_list"]} == {"aue", "neustadt"}
    inside = staff.get(address, {"parent": Place.objects.get(slug="vg-aue").pk})
    assert {place.slug for place in inside.context["object_list"]} == {"aue", "hof"}


def test_a_longer_list_asks_the_database_no_more_often(staff):
    address = reverse("wagtailsnippets_places_place:list")
    staff.get(address)
    with CaptureQueriesContext(connection) as few:
        staff.get(address)
    parent = Place.objects.get(slug="vg-aue")
    for number in range(20):
        Place.objects.create(name=f"Ort {number}", slug=f"ort-{number}", kind="ortsgemeinde", parent=parent)

    with CaptureQueriesContext(connection) as many:
        staff.get(address)

    assert len(many) == len(few)


def test_the_menu_has_places_and_sozialraeume(staff):
    page = staff.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("wagtailsnippets_places_place:list") in page
    assert reverse("wagtailsnippets_places_socialspace:list") in page


def test_a_new_ortsteil_is_found_at_once(staff):
    assert resolve("Bergaue").found is None

    answer = staff.post(reverse("wagtailsnippets_places_place:add"), place_form(aliases="Obertal", postcode_list="56377, 56379"))

    assert answer.status_code == 302
    place = Place.objects.get(name="Bergaue")
    assert place.slug == "bergaue"
    assert set(place.postcodes.values_list("code", flat=True)) == {"56377", "56379"}
    assert resolve("Obertal").found.place_id == resolve("56379 Bergaue").found.place_id == place.pk
    assert resolve("Bergaue").municipality_id == Place.objects.get(slug="aue").pk


def test_the_form_shows_the_postcodes_and_saving_it_unchanged_keeps_them(staff):
    place = Place.objects.get(slug="hof")
    address = reverse("wagtailsnippets_places_place:edit", args=[place.pk])
    form = staff.get(address).context["form"]
    assert form["postcode_list"].value() == "56377, 56379"

    sent = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    assert staff.post(address, sent).status_code == 302

    place.refresh_from_db()
    assert set(place.postcodes.values_list("code", flat=True)) == {"56377", "56379"}
    assert (place.slug, place.population, place.latitude) == ("hof", 1000, 50.3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"postcode_list": "56377, 5637"}, "postcode_list"),
        ({"latitude": "50.3"}, "longitude"),
        ({"latitude": "950.3", "longitude": "7.8"}, "latitude"),
        ({"parent": ""}, "parent"),
        ({"kind": "verbandsgemeinde"}, "parent"),
        ({"slug": "hof"}, "slug"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(staff, changes, field):
    answer = staff.post(reverse("wagtailsnippets_places_place:add"), place_form(**changes))

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Place.objects.filter(name="Bergaue").exists()


def test_a_second_place_of_a_name_gets_an_address_of_its_own(staff):
    staff.post(reverse("wagtailsnippets_places_place:add"), place_form(name="Hof"))

    assert set(Place.objects.filter(name="Hof").values_list("slug", flat=True)) == {"hof", "hof-2"}


def test_a_place_with_others_in_it_cannot_be_deleted_and_the_staff_reads_why(staff):
    place = Place.objects.get(slug="neustadt")

    answer = staff.post(reverse("wagtailsnippets_places_place:delete", args=[place.pk]), follow=True)

    assert answer.status_code == 200
    assert "In Neustadt liegt noch Mühle." in answer.content.decode()
    assert Place.objects.filter(pk=place.pk).exists()


def test_several_places_that_lie_in_each_other_are_not_deleted_together(staff):
    chosen = Place.objects.filter(slug__in=["neustadt", "muehle"])
    address = reverse("wagtail_bulk_action", args=["places", "place", "delete"])

    answer = staff.post(f"{address}?next=/admin/&" + "&".join(f"id={place.pk}" for place in chosen), follow=True)

    assert answer.status_code == 200
    assert "In Neustadt liegt noch Mühle." in answer.content.decode()
    assert chosen.count() == 2


def test_an_ortsteil_can_be_deleted_and_is_found_no_more(staff):
    assert resolve("Mühle").found

    staff.post(reverse("wagtailsnippets_places_place:delete", args=[Place.objects.get(slug="muehle").pk]))

    assert not Place.objects.filter(slug="muehle").exists()
    assert resolve("Mühle").found is None


def test_a_sozialraum_is_made_of_places_ticked_by_verbandsgemeinde(staff):
    address = reverse("wagtailsnippets_places_socialspace:add")
    form = staff.get(address).context["form"]
    assert [group for group, _places in form.fields["places"].choices] == ["Lahntal-Kreis", "VG Aue"]
    chosen = list(Place.objects.filter(slug__in=["aue", "muehle"]).values_list("pk", flat=True))

    answer = staff.post(address, {"name": "Sozialraum Mitte", "description": "", "places": chosen})

    assert answer.status_code == 302
    assert set(SocialSpace.objects.get().places.values_list("slug", flat=True)) == {"aue", "muehle"}


def test_somebody_without_permission_is_kept_out(client, small_district):
    user = User.objects.create_user("kita@example.org", "ein langes Kennwort")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)

    assert client.get(reverse("wagtailsnippets_places_place:list")).status_code == 302
    assert "snippets/places/place" not in client.get(reverse("wagtailadmin_home")).content.decode()
