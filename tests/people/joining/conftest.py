"""A directory with two Kitas, somebody of each role, and what the mails say."""

import re

import pytest
from django.core import mail

from people.joining.permissions import Actor
from people.models import RoleName
from tests.offers.builders import provider
from tests.people.builders import member, team_member

HEADING = "name;art;strasse;plz;ort;vorname;nachname;email"


@pytest.fixture
def kita(db):
    return provider("kita-nassau", title="Kita Nassau", town="Nassau", postal_code="56377")


@pytest.fixture
def other_kita(db):
    return provider("kita-diez", title="Kita Diez", town="Diez", postal_code="65582")


@pytest.fixture
def district(kita):
    return member(RoleName.DISTRICT)


@pytest.fixture
def leader(kita):
    return team_member(kita, "leitung@kita-nassau.example")


@pytest.fixture
def stranger(other_kita):
    return team_member(other_kita, "leitung@kita-diez.example")


@pytest.fixture
def by_district(district):
    return Actor(district)


def link(message=None):
    """The path of the invitation's link in a mail, the last one by default."""
    return re.search(r"https?://[^/\s]+(/konto/einladung/\S+)", (message or mail.outbox[-1]).body)[1]


def table(*rows, heading=HEADING):
    """A CSV file as Excel saves it."""
    return "\r\n".join([heading, *rows, ""]).encode("utf-8-sig")


def rows(number):
    return [f"Kita {n};Kita;Weg {n};56377;Nassau;Ina;Muster {n};leitung{n}@kita.example" for n in range(number)]
