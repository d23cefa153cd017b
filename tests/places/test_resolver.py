"""The gazetteer of a process follows the database."""

import threading

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connections, transaction

from places import resolver
from places.models import Place, Postcode
from places.resolver import Resolver, resolve, suggest


class Clock:
    """Seconds that pass when a test says so."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def other_process(clock):
    """A resolver that hears no signals of this process, as one in another process."""
    return Resolver(check_seconds=1.0, clock=clock)


def test_without_places_nothing_is_found(db):
    assert resolve("Diez").found is None
    assert suggest("Di") == ()


def test_no_query_when_warm(small_district, django_assert_num_queries):
    resolve("Aue")

    with django_assert_num_queries(0):
        assert resolve("Neustadt").found.label == "Neustadt"
        assert resolve("56377").found.municipality_ids
        assert resolve("Atlantis").found is None
        assert suggest("Neu")


def test_building_takes_four_queries_and_checking_one(small_district, clock, other_process, django_assert_num_queries):
    with django_assert_num_queries(4):
        other_process.gazetteer()
    clock.now += 0.9
    with django_assert_num_queries(0):
        other_process.gazetteer()
    clock.now += 0.2
    with django_assert_num_queries(1):
        other_process.gazetteer()


def test_a_saved_place_is_found_at_once_in_its_own_process(small_district):
    assert resolve("Auental").found is None
    town = Place.objects.get(slug="aue")
    town.aliases += "\nAuental"
    town.save()

    assert resolve("Auental").found.slug == "aue"


@pytest.mark.parametrize(
    ("change", "text", "found"),
    [
        (lambda: Place.objects.create(name="Talheim", slug="talheim", kind="ortsgemeinde", latitude=50.1, longitude=7.9), "Talheim", True),
        (lambda: Place.objects.get(slug="muehle").delete(), "Mühle", False),
        (lambda: Postcode.objects.create(code="56999", name="Talheim", latitude=50.1, longitude=7.9), "56999", True),
        (lambda: Postcode.objects.get(code="56068").delete(), "56068", False),
    ],
    ids=["created", "deleted", "postcode", "postcode deleted"],
)
def test_a_change_of_another_process_is_noticed_after_a_second(small_district, clock, other_process, change, text, found):
    assert (other_process.gazetteer().resolve(text).found is not None) != found

    change()

    assert (other_process.gazetteer().resolve(text).found is not None) != found
    clock.now += 1.01
    assert (other_process.gazetteer().resolve(text).found is not None) == found


def test_a_place_given_to_a_postcode_is_noticed(small_district, clock, other_process):
    assert len(other_process.gazetteer().resolve("56130").found.municipality_ids) == 1

    Postcode.objects.get(code="56130").places.add(Place.objects.get(slug="hof"))

    clock.now += 1.01
    assert len(other_process.gazetteer().resolve("56130").found.municipality_ids) == 2
    assert len(resolve("56130").found.municipality_ids) == 2


def test_loading_is_noticed_once_and_loading_nothing_new_is_not(small_district, clock, other_process):
    built = other_process.gazetteer()
    call_command("load_places", folder=small_district)
    clock.now += 1.01
    assert other_process.gazetteer() is built


def test_a_change_taken_back_is_forgotten(small_district, clock, other_process):
    with transaction.atomic():
        Place.objects.create(name="Talheim", slug="talheim", kind="ortsgemeinde", latitude=50.1, longitude=7.9)
        other_process.forget()
        assert other_process.gazetteer().resolve("Talheim").found
        transaction.set_rollback(True)

    clock.now += 1.01
    assert other_process.gazetteer().resolve("Talheim").found is None


def test_threads_that_ask_at_once_build_one_gazetteer_and_all_get_it(small_district):
    resolver.forget()
    shared, together, answers, faults = connections["default"], threading.Barrier(8), [], []

    def ask():
        connections["default"] = shared  # so that the thread sees the places of this test's transaction
        together.wait()
        try:
            answers.append((id(resolver._resolver.gazetteer()), resolve("Neustadt").found.slug))
        except Exception as error:
            faults.append(error)

    shared.inc_thread_sharing()
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared.dec_thread_sharing()

    assert faults == []
    assert len(answers) == 8
    assert len(set(answers)) == 1


def test_a_place_without_a_point_takes_that_of_what_it_lies_in(small_district):
    Place.objects.create(name="Bergaue", slug="bergaue", kind="ortsteil", parent=Place.objects.get(slug="aue"))

    found = resolve("Bergaue").found

    assert (found.latitude, found.longitude) == (50.32, 7.80)
    assert found.municipality_id == Place.objects.get(slug="aue").pk


def test_places_put_into_each_other_by_hand_do_not_hang(small_district):
    first, second = Place.objects.get(slug="aue"), Place.objects.get(slug="hof")
    Place.objects.filter(pk=first.pk).update(parent=second)
    Place.objects.filter(pk=second.pk).update(parent=first)
    resolver.forget()

    assert resolve("Hof").found.slug == "hof"


def test_a_folder_that_is_not_there_fails_the_system_check(settings, tmp_path):
    assert run_checks(tags=["places"]) == []

    settings.PLACES_FOLDER = tmp_path

    (message,) = run_checks(tags=["places"])
    assert message.id == "places.E001"
    assert "PLACES_FOLDER" in message.hint
