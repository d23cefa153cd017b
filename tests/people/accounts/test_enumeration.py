"""No page, header or mail says whether an address has an account."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import User
from tests.people.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(kita):
    """Every kind of account, and none."""
    User.objects.create_user("ruht@example.com", PASSWORD, is_active=False)
    User.objects.create_user("geladen@example.com", None)
    return [kita.email, "ruht@example.com", "geladen@example.com", "niemand@example.com"]


def seen(answer):
    """What a stranger sees, without what differs at each request and what they have typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|value="[^"]*@[^"]*"', "", answer.content.decode())
    headers = {name: value for name, value in answer.headers.items() if name not in ("Content-Security-Policy", "Content-Length")}
    return answer.status_code, headers, text


def test_signing_in_with_a_wrong_password_looks_the_same_for_all(client, addresses):
    looks = [seen(type(client)().post(reverse("account_login"), {"login": each, "password": "falsch-falsch"})) for each in addresses]
    assert all(look == looks[0] for look in looks)


def test_even_the_right_password_of_a_resting_account_says_nothing(client, addresses):
    resting = seen(sign_in(type(client)(), "ruht@example.com"))
    assert resting == seen(sign_in(type(client)(), "niemand@example.com"))


def test_a_forgotten_password_looks_the_same_for_all(client, addresses):
    looks = []
    for each in addresses:
        mail.outbox.clear()
        answer = type(client)().post(reverse("account_reset_password"), {"email": each}, follow=True)
        assert len(mail.outbox) == 1
        looks.append((answer.redirect_chain, seen(answer)))
    assert all(look == looks[0] for look in looks)


def test_the_way_to_the_answer_is_as_long_for_all(client, addresses, settings):
    """The same number of passwords hashed, of questions to the database and of rows written: time has nothing to tell."""
    settings.PASSWORD_HASHERS = ["tests.people.accounts.counting.CountingHasher"]
    for user in User.objects.exclude(password__startswith="!"):
        User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
    from tests.people.accounts.counting import CountingHasher

    costs = []
    for each in [*addresses, *addresses]:  # the first round fills what is remembered
        caches["limits"].clear()
        CountingHasher.runs = 0
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sign_in(type(client)(), each, "falsch-falsch")
        writes = sum(query["sql"].startswith('INSERT INTO "wagtailcore_modellogentry') for query in queries)
        costs.append((CountingHasher.runs, len(queries), writes))
    assert len(set(costs[len(addresses) :])) == 1, costs
    assert costs[-1][0] == costs[-1][2] == 1
