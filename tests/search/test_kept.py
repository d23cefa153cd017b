"""A listing is found by its words at once and by its meaning soon after; no text is encoded twice."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from offers.models import OfferPage
from search import outbox
from search.contract import SearchRequest
from search.documents import documents
from search.engines import get_engine
from search.health import readiness
from search.meaning import meaning_of
from search.models import Embedding, EncodingTask
from search.semantics import kept
from search.semantics.encoder import encoder_named
from tests.offers import builders

pytestmark = pytest.mark.django_db

# No word of it is in the listing.
BY_MEANING = "breastfeeding hurts so much"


@pytest.fixture(autouse=True)
def semantics(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    settings.SEARCH_SEMANTICS = "bundled"


@pytest.fixture
def encoded(monkeypatch):
    """The texts that the encoder is given, one after the other; it works as ever."""
    encoder, texts = encoder_named("bundled"), []
    real = encoder.encode_listings
    monkeypatch.setattr(encoder, "encode_listings", lambda given: texts.extend(given) or real(given))
    return texts


@pytest.fixture
def listing():
    """A published listing whose document is in the index."""
    page = builders.offer(
        builders.provider(),
        "stillcafe",
        title="Stillcafé",
        summary="Eine Hebamme hilft, wenn das Anlegen schmerzt.",
        schedules=[builders.weekly()],
    )
    outbox.drain()
    return page


def found(text):
    # By the words of the question and its meaning, as the page asks.
    response = get_engine().search(SearchRequest(text=text, meaning=meaning_of(text), now=timezone.now()))
    return [hit.card.key for hit in response.hits]


def settle():
    """What the worker does until nothing waits."""
    while outbox.encode_some() or outbox.pending():
        outbox.drain()


def test_words_find_a_listing_at_once_and_meaning_once_it_is_encoded(listing):
    assert found("stillcafe") == ["stillcafe"]
    assert found(BY_MEANING) == []
    assert readiness()["pending_meaning"] == 1
    assert outbox.encode_some() == 1
    assert readiness() == {"ready": True, "database": True, "index": True, "pending": 1, "pending_meaning": 0}
    outbox.drain()
    assert found(BY_MEANING) == ["stillcafe"]
    assert readiness()["pending_meaning"] == 0


def test_a_change_of_the_title_makes_a_new_vector_and_one_of_the_time_makes_none(listing, encoded):
    settle()
    assert encoded == [kept.passage("Stillcafé", listing.summary, "")]
    listing.schedules.first().delete()
    listing.schedules.add(builders.weekly(4))
    listing.save()
    settle()
    assert len(encoded) == 1
    assert found(BY_MEANING) == ["stillcafe"]
    listing.title = "Stilltreff"
    listing.save()
    settle()
    assert len(encoded) == 2
    assert encoded[1].startswith("Stilltreff. ")


def test_a_rebuild_takes_what_is_kept(listing, encoded):
    settle()
    outbox.rebuild()
    assert (kept.waiting(), len(encoded)) == (0, 1)
    assert found(BY_MEANING) == ["stillcafe"]


def test_equal_texts_are_encoded_once(listing, encoded):
    settle()
    other = builders.offer(builders.provider("kita-diez"), "stillcafe-diez", title="Stillcafé", summary=listing.summary)
    settle()
    outbox.drain()
    settle()
    assert len(encoded) == 1
    assert Embedding.objects.count() == 1
    assert {document.card.key: bool(document.vector) for document in documents()} == {"stillcafe": True, other.key: True}


def test_a_page_waits_until_its_vector_is_kept(listing, monkeypatch):
    again = []

    def fails(*_args, **_values):
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(EncodingTask.objects.all().__class__, "delete", fails)
        with pytest.raises(DatabaseError):
            kept.encode_some(list)
    assert (kept.waiting(), Embedding.objects.count()) == (1, 0)
    assert (kept.encode_some(again.extend), again) == (1, [listing.pk])
    assert (kept.waiting(), Embedding.objects.count()) == (0, 1)


def test_what_was_kept_before_the_end_is_not_made_again(listing, encoded):
    kept.encode_some(list)
    # As if the process had ended before the document was made again.
    kept.waits([listing.pk])
    kept.waits([listing.pk])
    assert kept.waiting() == 1
    settle()
    assert len(encoded) == 1


def test_pages_that_nobody_sees_any_more_stop_waiting(listing, encoded):
    listing.unpublish()
    kept.waits([listing.pk, 999_999])
    again = []
    assert (kept.encode_some(again.extend), again) == (2, [])
    assert (kept.waiting(), encoded) == (0, [])


def test_some_at_a_time_until_none_waits(encoded):
    kita = builders.provider()
    for number in range(5):
        builders.offer(kita, f"angebot-{number}", title=f"Angebot {number}")
    outbox.drain()
    assert kept.waiting() == 5
    assert kept.encode_some(list, 2) == 2
    assert kept.waiting() == 3
    settle()
    assert (kept.waiting(), len(encoded)) == (0, 5)


def test_without_meaning_nothing_waits_and_words_find(settings, encoded):
    settings.SEARCH_SEMANTICS = "off"
    builders.offer(builders.provider(), "stillcafe", title="Stillcafé")
    outbox.drain()
    assert (kept.waiting(), outbox.encode_some(), encoded) == (0, 0, [])
    assert found("stillcafe") == ["stillcafe"]
    assert kept.vectors(["Stillcafé."]) == [b""]


def test_where_meaning_was_switched_off_nothing_goes_on_waiting(listing, settings, encoded):
    settings.SEARCH_SEMANTICS = "off"
    assert kept.waiting() == 1
    assert kept.encode_some(list) == 0
    assert (kept.waiting(), encoded) == (0, [])


def test_vectors_of_another_encoder_are_not_taken_and_go_when_nothing_waits(listing):
    settle()
    Embedding.objects.update(encoder="another/1")
    Embedding.objects.create(key=kept.key_of("x", "another/1"), encoder="another/1", vector=b"\x01")
    assert kept.vectors(["x"]) == [b""]
    kept.waits([listing.pk])
    assert kept.forget_unused() == 0
    EncodingTask.objects.all().delete()
    assert kept.forget_unused() == 2


def test_once_another_encoder_has_made_all_vectors_those_of_the_former_are_gone(listing):
    kita = builders.provider("kita-diez")
    for number in range(kept.BATCH):
        builders.offer(kita, f"angebot-{number}", title=f"Angebot {number}")
    outbox.drain()
    Embedding.objects.create(key=kept.key_of("Stillcafé.", "former/1"), encoder="former/1", vector=b"\x01")
    former = Embedding.objects.filter(encoder="former/1")
    assert (outbox.encode_some(), kept.waiting(), former.exists()) == (kept.BATCH, 1, True)
    call_command("drain_index", stdout=StringIO())
    assert (kept.waiting(), former.exists(), Embedding.objects.count()) == (0, False, kept.BATCH + 1)


def test_words_alone_are_carried_to_the_index_at_once(listing):
    call_command("drain_index", words_only=True, stdout=StringIO())
    assert (outbox.pending(), kept.waiting()) == (0, 1)
    told = StringIO()
    call_command("drain_index", stdout=told)
    assert (outbox.pending(), kept.waiting()) == (0, 0)
    assert "Bedeutung" not in told.getvalue()


def test_a_passage_is_the_beginning_of_what_a_listing_says():
    assert kept.passage("Titel", "Kurz.", "Lang.") == "Titel. Kurz. Lang."
    assert len(kept.passage("Titel", "x" * 1000, "")) == kept.PASSAGE_LETTERS
    assert OfferPage._meta.get_field("summary").max_length < kept.PASSAGE_LETTERS
