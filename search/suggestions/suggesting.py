"""What is suggested while somebody types: topics, offers, what families ask, and places."""

from django.utils.translation import gettext as _

from offers.models import Topic
from places.resolver import suggest as suggest_places
from search.reading import get_reader
from search.suggestions.phrases import suggestions

MOST_QUESTIONS = 4


def suggested(prefix: str, limit: int) -> list[dict[str, str]]:
    """Rows as the interface answers them, by kind; at most `limit` of a kind. `value` goes into the search field, `url` is a path or ""."""
    return [*_topics(prefix), *_offers(prefix, limit), *_questions(prefix, limit), *_places(prefix, limit)]


def _topics(prefix: str) -> list[dict[str, str]]:
    start = prefix.lower()
    return [
        _row("topic", topic.name, _("Thema"), group=_("Themen"), url=f"/themen/{topic.slug}/")
        for topic in Topic.objects.all()
        if any(word.startswith(start) for word in topic.name.lower().replace("-", " ").split())
    ]


def _offers(prefix: str, limit: int) -> list[dict[str, str]]:
    return [
        _row("offer", card.title, ", ".join(filter(None, [card.provider_name, card.town])), group=_("Angebote"), url=card.url)
        for card in get_reader().complete(prefix, limit)
    ]


def _questions(prefix: str, limit: int) -> list[dict[str, str]]:
    return [
        _row("question", each.text, "", group=_("Was Familien suchen"), language=each.language)
        for each in suggestions(prefix, min(limit, MOST_QUESTIONS))
    ]


def _places(prefix: str, limit: int) -> list[dict[str, str]]:
    return [_row("place", area.label, area.detail, group=_("Orte"), value=area.query) for area in suggest_places(prefix, limit)]


def _row(kind: str, label: str, detail: str, *, group: str, value: str = "", url: str = "", language: str = "de") -> dict[str, str]:
    return {
        "type": kind, "value": value or label, "label": label, "detail": detail, "url": url, "group": group, "language": language,
    }  # fmt: skip
