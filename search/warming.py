"""What a process would otherwise work out for its first visitor: models, situations, word lists, an opened index. Two seconds or so."""

import logging

from django.utils import timezone

from search.contract import IndexUnavailable, SearchRequest
from search.engines import get_engine
from search.meaning import meaning_of

logger = logging.getLogger(__name__)

# Any question with a word that needs everything: looked up, spelled wrong, and meant.
QUESTION = "krabelgrupe für unser baby"


def warm() -> None:
    """Ask one question, as a visitor would. An index that does not answer is somebody else's matter."""
    try:
        get_engine().search(SearchRequest(text=QUESTION, meaning=meaning_of(QUESTION), now=timezone.localtime()))
    except IndexUnavailable as error:
        logger.info("Not warmed: %s", error)
