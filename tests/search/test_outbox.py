"""Every change that families would see reaches the index, and none is lost on the way."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from offers import calendar
from offers.models import ClosurePeriod, SchoolHoliday, Topic
from places.models import Place
from search import outbox
from search.contract import IndexUnavailable, SearchRequest
from search.documents import documents
from search.engines import get_engine
from search.models import OutboxEntry
from tests.offers import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    return get_engine()


def found(text=""):
    """Titles by way of the index, after what is open has been drained."""
    outbox.drain()
    return [hit.card.title for hit in get_engine().search(SearchRequest(text=text, now=timezone.now())).hits]


def card():
    outbox.drain()
    (hit,) = get_engine().search(SearchRequest(now=timezone.now())).hits
    return hit.card


@pytest.fixture
def provider():
    return builders.provider()


@pytest.fixture
def offer(provider):
    page = builders.offer(provider, schedules=[builders.weekly()])
    outbox.drain()
    return page


class TestChanges:
    def test_a_new_offer_is_found(self, offer):
        assert found() == [offer.title]

    def test_an_edited_offer_is_found_by_its_new_words_once_it_is_published(self, offer):
        offer.title = "Trommelrunde"
        revision = offer.save_revision()
        assert found("Trommelrunde") == []
        revision.publish()
        assert found("Trommelrunde") == ["Trommelrunde"]
        assert found("Krabbelgruppe") == []

    def test_saving_a_draft_leaves_no_work(self, offer):
        offer.title = "Trommelrunde"
        offer.save_revision()
        assert outbox.pending() == 0

    def test_an_unpublished_offer_vanishes_and_comes_back(self, offer):
        offer.unpublish()
        assert found() == []
        offer.save_revision().publish()
        assert found() == [offer.title]

    def test_a_deleted_offer_vanishes(self, offer):
        offer.delete()
        assert found() == []

    def test_a_deleted_provider_takes_its_offers_with_it(self, offer, provider):
        Page.objects.get(pk=provider.pk).delete()
        assert found() == []

    def test_a_query_that_deletes_pages_counts_too(self, offer, provider):
        Page.objects.filter(pk=provider.pk).delete()
        assert found() == []

    def test_an_unpublished_provider_hides_its_offers_until_it_is_published_again(self, offer, provider):
        provider.refresh_from_db()
        provider.unpublish()
        assert found() == []
        provider.save_revision().publish()
        assert found() == [offer.title]

    def test_a_provider_with_a_new_name_is_found_by_it(self, offer, provider):
        provider.refresh_from_db()
        provider.title = "Kita Himmelszelt"
        provider.save_revision().publish()
        assert found("Himmelszelt") == [offer.title]

    def test_a_moved_offer_has_its_new_provider_and_address(self, offer):
        other = builders.provider("kita-diez", title="Kita Diez")
        offer.move(other, pos="last-child")
        assert (card().provider_key, card().url) == ("kita-diez", "/anbieter/kita-diez/krabbelgruppe/")

    def test_a_provider_with_a_new_slug_changes_the_addresses_of_its_offers(self, offer, provider):
        provider.refresh_from_db()
        provider.slug = "kita-am-fluss"
        provider.save_revision().publish()
        assert card().url == "/anbieter/kita-am-fluss/krabbelgruppe/"

    def test_a_restricted_offer_vanishes(self, offer):
        restriction = PageViewRestriction.objects.create(page=offer, restriction_type="login")
        assert found() == []
        restriction.delete()
        assert found() == [offer.title]

    def test_a_restricted_provider_hides_its_offers(self, offer, provider):
        PageViewRestriction.objects.create(page=provider, restriction_type="login")
        assert found() == []

    def test_a_topic_is_found_by_its_name_also_by_its_new_one_and_not_when_it_is_gone(self, offer):
        topic = Topic.objects.create(slug="stillen", name="Stillen")
        offer.topics.add(topic)
        offer.save()
        assert found("Stillen") == [offer.title]
        topic.name = "Beikost"
        topic.save()
        assert found("Beikost") == [offer.title]
        topic.delete()
        assert found("Beikost") == []

    def test_a_place_that_moves_takes_the_offers_without_a_point_of_their_own_with_it(self, offer, provider):
        place = Place.objects.create(name="Nassau", slug="nassau", kind="stadt", latitude=50.3, longitude=7.8)
        type(provider).objects.filter(pk=provider.pk).update(municipality=place)
        place.latitude = 50.4
        place.save()
        assert card().latitude == 50.4

    def test_school_holidays_and_closures_take_dates_away(self, offer, provider):
        assert card().occurrences
        holiday = SchoolHoliday.objects.create(name="Ferien", first_day=date(2000, 1, 1), last_day=date(2099, 1, 1))
        assert not card().occurrences
        holiday.delete()
        assert card().occurrences
        ClosurePeriod.objects.create(provider=provider, name="Umbau", first_day=date(2000, 1, 1), last_day=date(2099, 1, 1))
        assert not card().occurrences

    def test_a_changed_rule_changes_the_dates(self, offer):
        rule = offer.schedules.get()
        rule.start_time, rule.end_time = time(15), time(16)
        rule.save()
        assert {each.start.hour for each in card().occurrences} == {15}


class TestRows:
    def test_rows_stay_when_the_engine_does_not_confirm(self, offer, index, monkeypatch):
        offer.title = "Trommelrunde"
        offer.save()
        (index.storage.root / "current").write_text("broken")

        class Refusing:
            def needs_rebuild(self):
                return False

            def write(self, made, deleted):
                raise IndexUnavailable("refused")

        waiting = outbox.pending()
        with pytest.raises(IndexUnavailable):
            outbox.drain(engine=Refusing())
        assert outbox.pending() == waiting > 0

    def test_a_change_during_the_write_is_not_lost(self, offer, index):
        class Slow:
            """Writes like the index, and meanwhile somebody publishes."""

            def needs_rebuild(self):
                return False

            def write(self, made, deleted):
                index.write(made, deleted)
                if made[0].card.title != "Zweite Fassung":
                    offer.title = "Zweite Fassung"
                    offer.save()

        offer.title = "Erste Fassung"
        offer.save()
        outbox.drain(batch=1, engine=Slow())
        assert found() == ["Zweite Fassung"]
        assert outbox.pending() == 0

    def test_a_page_whose_document_cannot_be_made_does_not_hold_up_the_others(self, provider, offer):
        broken = builders.offer(provider, "kaputt")
        other = builders.offer(provider, "spielkreis", title="Spielkreis")
        type(broken).objects.filter(pk=broken.pk).update(kind="gibt-es-nicht")
        assert set(found()) == {offer.title, other.title}
        assert set(OutboxEntry.objects.values_list("page_id", flat=True)) == {broken.pk}

    def test_a_missing_index_is_made_anew(self, offer, index):
        import shutil

        shutil.rmtree(index.storage.root)
        assert found() == [offer.title]

    def test_a_damaged_index_says_so_and_heals(self, offer, index):
        for path in index.storage.root.glob("index-*/*"):
            path.write_bytes(b"damaged")
        with pytest.raises(IndexUnavailable):
            index.search(SearchRequest(now=timezone.now()))
        assert found() == [offer.title]

    def test_an_index_of_other_code_is_made_anew(self, offer, index, monkeypatch):
        current = index.storage.root / "current"
        current.write_text(current.read_text().replace('"version": "', '"version": "0.'))
        assert index.needs_rebuild()
        assert found() == [offer.title]


class TestDocuments:
    def test_a_chunk_takes_the_same_number_of_queries_whatever_its_size(self, provider, django_assert_num_queries):
        for number in range(3):
            builders.offer(provider, f"angebot-{number}", schedules=[builders.weekly()])
        list(documents())  # the addresses of sites are kept from now on
        calendar.forget()
        with django_assert_num_queries(11) as few:
            list(documents())
        for number in range(3, 12):
            builders.offer(builders.provider(f"kita-{number}"), f"angebot-{number}", schedules=[builders.weekly(), builders.monthly()])
        calendar.forget()
        with django_assert_num_queries(len(few)):
            assert len(list(documents())) == 12

    def test_a_document_stays_the_same_until_its_time_comes(self, offer):
        (first,) = documents()
        (later,) = documents(now=first.stale_at - timezone.timedelta(seconds=1))
        (after,) = documents(now=first.stale_at)
        assert first.digest == later.digest != after.digest

    def test_a_stale_document_is_made_again(self, offer, index):
        (made,) = documents(now=timezone.now() - timezone.timedelta(days=30))
        index.write([made])
        assert index.stale(timezone.now()) == [offer.pk]
        assert outbox.enqueue_stale() == 1
        outbox.drain()
        assert index.stale(timezone.now()) == []


class TestCommands:
    def test_check_index_is_content_after_drain_index(self, offer, capsys):
        offer.delete()
        call_command("drain_index")
        call_command("check_index")
        assert "stimmen überein: 0 Angebote" in capsys.readouterr().out

    def test_check_index_names_what_is_missing_too_much_and_outdated(self, offer, provider, index, capsys):
        other = builders.offer(provider, "spielkreis", title="Spielkreis")
        third = builders.offer(provider, "stillcafe", title="Stillcafé")
        outbox.drain()
        index.write([], deleted=[offer.pk])
        type(other).objects.filter(pk=other.pk).update(title="Anders")
        type(third).objects.filter(pk=third.pk).update(live=False)
        with pytest.raises(CommandError):
            call_command("check_index")
        out = capsys.readouterr().out
        for text, page in (("Fehlt im Index", offer), ("Im Index veraltet", other), ("nicht veröffentlicht", third)):
            assert f"{text}: 1\n  {page.pk} " in out

    def test_check_index_asks_for_a_rebuild_where_there_is_no_index(self):
        with pytest.raises(CommandError, match="rebuild_index"):
            call_command("check_index")

    def test_rebuild_index_settles_the_outbox(self, offer):
        offer.save()
        call_command("rebuild_index")
        assert outbox.pending() == 0
        assert found() == [offer.title]
