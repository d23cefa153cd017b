"""What a process would otherwise work out for its first visitor, in two seconds or so: models, word lists, templates, an opened index."""

import logging

from django.conf import settings
from django.http import QueryDict
from django.template.loader import get_template

from offers.models import Topic
from search.contract import IndexUnavailable
from search.engines import get_engine
from search.ordinary_words import is_word
from search.question import understand

logger = logging.getLogger(__name__)

# Any question with words that need everything: looked up, spelled wrong, meant, and perhaps a place.
QUESTION = "krabelgrupe für unser baby bei oma"
TEMPLATES = ("base.html", "search/*.html", "components/*.html")


def warm() -> None:
    """Ask one question, as a visitor would. An index that does not answer is somebody else's matter."""
    asked = QueryDict(mutable=True)
    asked["q"] = QUESTION
    question = understand(asked, list(Topic.objects.all()))
    # Looked up only where a word is also the name of a place, and which are differs by district.
    is_word(QUESTION)
    folder = settings.BASE_DIR / "templates"
    for pattern in TEMPLATES:
        for path in folder.glob(pattern):
            get_template(path.relative_to(folder).as_posix())
    try:
        get_engine().search(question.request)
    except IndexUnavailable as error:
        logger.info("Not warmed: %s", error)
