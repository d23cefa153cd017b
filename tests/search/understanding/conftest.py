"""Reads a question as the site of the district does, on a Monday."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from places.datafiles import read_folder
from places.loading import load
from places.resolver import Resolver
from search.understanding import ProviderNames, understand_text

MONDAY = date(2026, 11, 23)
PROVIDERS = ProviderNames(
    [
        "Familienzentrum Nassauer Land",
        "Haus Nassau Lahn e. V.",
        "Kita Fuchsbau Fachbach",
        "Klein und Groß Lahnstein e. V.",
        "Landluft Gemmerich e. V.",
        "Kindergarten Sonntag",
        "Kita Braubach",
        "Kita Unter der Kastanie",
    ]
)


@pytest.fixture(scope="module")
def gazetteer(django_db_setup, django_db_blocker):
    """The district as its files have it, read once from a database that is empty again afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(read_folder(Path(settings.PLACES_FOLDER)))
        built = Resolver().gazetteer()
        transaction.set_rollback(True)
    return built


@pytest.fixture(scope="module")
def read(gazetteer):
    def understand(text):
        return understand_text(
            text,
            named=lambda words: next(iter(gazetteer.named(words)), None),
            is_word=lambda word: word in {"windeln", "trennung"},
            provider_names=PROVIDERS,
            today=MONDAY,
            resolve=gazetteer.resolve,
        )

    return understand
