""" "So finden Familien dieses Angebot": which questions lead to an offer, what is still asked, and who may look."""

import pytest
from django.urls import reverse
from django.utils import timezone

from offers.models import OfferPage, Topic
from offers.open_questions import open_questions
from people.models import RoleName
from search import findability as module
from search import outbox
from search.engines import get_engine
from search.findability import findability, questions_for
from tests.offers.builders import offer, provider, weekly
from tests.offers.test_editing import words
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db

COUNSEL = {"title": "Schreibaby-Sprechstunde", "kind": "beratung", "summary": "Ihr Baby schreit viel? Wir helfen Eltern von Schreibabys."}


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    return get_engine()


@pytest.fixture
def kita():
    return provider("kita-nassau", title="Kita Nassau", town="Nassau", latitude=50.31, longitude=7.8)


@pytest.fixture
def topic():
    return Topic.objects.get_or_create(slug="schlafen", defaults={"name": "Schlafen"})[0]


@pytest.fixture
def counsel(kita, topic):
    page = offer(kita, "schreibaby", **COUNSEL)
    page.topics.set([topic])
    page.save()
    offer(kita, "turnen", title="Kinderturnen", summary="Rollen und klettern in der Halle.")
    outbox.drain()
    return OfferPage.objects.get(pk=page.pk)


def address(page, query=""):
    return reverse("offer_findability", args=(page.pk,)) + query


def test_questions_are_those_of_the_offers_meaning(settings, counsel):
    settings.SEARCH_SEMANTICS = "bundled"
    found = questions_for(counsel, {"schlafen"})
    questions = [question for question, _situation in found]
    assert module.SURELY_NEAR < len(questions) <= module.MOST_QUESTIONS
    assert all("schlafen" in situation.topics for _question, situation in found[module.SURELY_NEAR :])
    # Where an offer names no topic, the nearest are asked.
    assert len(questions_for(counsel, set())) == module.MOST_QUESTIONS
    assert any("schrei" in question.lower() for question in questions[:5])


def test_an_offer_is_found_by_what_families_ask(settings, counsel, index):
    settings.SEARCH_SEMANTICS = "bundled"
    outbox.encode_some()
    outbox.drain()
    result = findability(counsel, index)
    assert result.known
    assert result.around == "Nassau"
    assert result.found[0].place == 1
    assert "schrei" in " ".join(each.question for each in result.found).lower()
    assert all(each.url.startswith("/suche/") for each in result.found)


def test_it_is_asked_once_a_question_and_remembered(settings, counsel, index, monkeypatch):
    settings.SEARCH_SEMANTICS = "bundled"
    asked = []
    questions = len(questions_for(counsel, {"schlafen"}))
    search = type(index).search
    monkeypatch.setattr(type(index), "search", lambda self, wish: asked.append(wish) or search(self, wish))
    findability(counsel, index)
    # And one more, for whether the index has it at all.
    assert len(asked) == questions + 1
    assert all(wish.facets == () for wish in asked)
    findability(counsel, index)
    assert len(asked) == questions + 1


def test_without_meaning_the_topics_choose_the_questions(counsel, index):
    questions = questions_for(counsel, {"schlafen"})
    assert questions
    assert all("schlafen" in situation.topics for _question, situation in questions)
    result = findability(counsel, index)
    assert result.known


def test_what_an_offer_misses_though_its_topic_fits_is_said(kita, topic, index):
    page = offer(kita, "still", title="Abend", summary="Wir sitzen.")
    page.topics.set([topic])
    page.save()
    outbox.drain()
    result = findability(OfferPage.objects.get(pk=page.pk), index)
    missed = len(result.missed)
    assert missed + len(result.found) + len(result.near) <= module.MOST_QUESTIONS
    assert all(each.place is None for each in result.missed)


def test_the_page_and_the_part_beside_the_form(client, counsel):
    client.force_login(team_member(counsel.provider))
    whole, part = client.get(address(counsel)), client.get(address(counsel, "?teil=1"))
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert "So finden Familien dieses Angebot" in words(part)
    assert "Wen kann ich fragen?" in words(part)
    assert f"{reverse('wagtailadmin_pages:edit', args=(counsel.pk,))}#id_contact_phone" in part.content.decode()
    # The form itself asks no engine: it only says where the answer is.
    form = client.get(reverse("wagtailadmin_pages:edit", args=(counsel.pk,))).content.decode()
    assert f'data-findability="{address(counsel)}"' in form


def test_a_draft_and_an_index_that_is_away_are_said(client, kita, counsel, settings, tmp_path):
    client.force_login(team_member(kita))
    draft = offer(kita, "entwurf", live=False)
    assert "sobald das Angebot online ist" in words(client.get(address(draft)))
    (tmp_path / "away").write_text("no folder")
    settings.SEARCH_URL = f"embedded://{tmp_path}/away"
    assert "Die Suche wird gerade aufgebaut." in words(client.get(address(counsel)))


def test_what_the_index_does_not_have_yet_is_said(client, kita):
    client.force_login(team_member(kita))
    assert "gerade erst online gegangen" in words(client.get(address(offer(kita, "neu"))))


@pytest.mark.parametrize("role", [RoleName.PROVIDER, RoleName.PRESS, RoleName.ADVISER])
def test_only_who_may_edit_the_offer_sees_it(role, client, counsel):
    client.force_login(member(role, *[provider("kita-lahn")] if role == RoleName.PROVIDER else []))
    assert client.get(address(counsel)).status_code == 404
    assert client.post(address(counsel)).status_code == 405


class TestOpenQuestions:
    def fields(self, page, **known):
        return [each.field for each in open_questions(page, **{"has_dates": True, "has_topics": True, **known})]

    def test_a_bare_group_leaves_everything_open(self):
        page = OfferPage(title="Gruppe", kind="gruppe", summary="Kurz.")
        assert self.fields(page, has_dates=False, has_topics=False) == [
            "schedules",
            "min_age_months",
            "contact_phone",
            "accessibility",
            "description",
            "topics",
            "picture",
        ]

    def test_counselling_needs_neither_date_nor_age(self):
        page = OfferPage(title="Beratung", kind="beratung", form="telefon", summary="x" * 200, contact_phone="1")
        assert self.fields(page, has_dates=False) == ["picture"]

    def test_a_price_without_a_sum_is_asked(self):
        page = OfferPage(title="Kurs", kind="kurs", cost="betrag", summary="x" * 200, contact_email="a@example.org", form="online")
        assert self.fields(page) == ["cost_note", "picture"]


def test_the_next_date_counts(client, kita):
    page = offer(kita, "mit-termin", schedules=[weekly(timezone.localdate().weekday())], live=False)
    client.force_login(team_member(kita))
    assert "Wann ist das nächste Mal?" not in words(client.get(address(page)))
