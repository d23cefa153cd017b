""" "Alle Angebote": advisers and the district read everything, online or not; advisers change nothing."""

import pytest
from django.urls import reverse

from people.models import RoleName
from tests.offers.builders import offer, provider
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kita():
    return provider("kita-nassau", title="Kita Nassau")


@pytest.fixture
def draft(kita):
    return offer(kita, "entwurf", title="Noch ein Entwurf", live=False)


@pytest.fixture
def adviser(client, draft):
    client.force_login(member(RoleName.ADVISER))
    return client


def words(response):
    return response.content.decode()


def test_an_adviser_finds_all_with_provider_and_state(adviser, kita):
    offer(kita, "sichtbar", title="Schon zu sehen")
    page = words(adviser.get(reverse("people_offers")))
    assert "Noch ein Entwurf" in page
    assert "Kita Nassau" in page
    assert "nicht online" in page
    assert "/anbieter/kita-nassau/sichtbar/" in page
    assert "/edit/" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [({"q": "Entwurf"}, True), ({"q": "Nassau"}, True), ({"q": "Diez"}, False), ({"live": "true"}, False), ({"live": "false"}, True)],
)
def test_search_and_filters(query, found, adviser):
    assert ("Noch ein Entwurf" in words(adviser.get(reverse("people_offers_results"), query))) is found


def test_the_filter_by_provider(adviser, kita):
    other = provider("kita-diez")
    assert "Noch ein Entwurf" in words(adviser.get(reverse("people_offers_results"), {"provider": kita.pk}))
    assert "Noch ein Entwurf" not in words(adviser.get(reverse("people_offers_results"), {"provider": other.pk}))


def test_an_adviser_reads_a_draft_with_what_was_written_last(adviser, draft):
    draft.title = "Anderer Name"
    draft.save_revision()
    assert "Anderer Name" in words(adviser.get(reverse("people_offer", args=(draft.pk,))))


@pytest.mark.parametrize("name", ["edit", "delete", "copy", "move", "history", "view_draft", "unpublish"])
def test_an_adviser_changes_nothing(name, adviser, draft):
    for send in (adviser.get, adviser.post):
        assert send(reverse(f"wagtailadmin_pages:{name}", args=(draft.pk,))).status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.title == "Noch ein Entwurf"


@pytest.mark.parametrize(("role", "status"), [(RoleName.DISTRICT, 200), (RoleName.PRESS, 302)])
def test_who_else_reads_all(role, status, client, draft):
    client.force_login(member(role))
    urls = reverse("people_offers"), reverse("people_offers_results"), reverse("people_offer", args=(draft.pk,))
    assert [client.get(url).status_code for url in urls] == [status] * 3


def test_a_team_does_not_read_all(client, kita, draft):
    client.force_login(team_member(kita))
    urls = reverse("people_offers"), reverse("people_offers_results"), reverse("people_offer", args=(draft.pk,))
    assert [client.get(url).status_code for url in urls] == [302] * 3
    assert "alle-angebote" not in words(client.get(reverse("wagtailadmin_home")))


def test_the_list_costs_the_same_for_many(adviser, kita, django_assert_max_num_queries):
    adviser.get(reverse("people_offers"))
    for number in range(20):
        offer(kita, f"angebot-{number}")
    with django_assert_max_num_queries(40):
        adviser.get(reverse("people_offers"))
