"""The helpers of the editing form, in a browser: they save work and never stand in the way."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from cms.models import User
from tests.offers.builders import offer, provider, weekly

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def form(live_server, settings, chromium):
    """An offer's form, open on a telephone by somebody who may do everything."""
    # A draft on its way to the server would meet the next test's database.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    kita = provider("kita-regenbogen", street="Amselweg 14", postal_code="56377", town="Nassau")
    page = offer(kita, audience=["eltern", "kinder"], schedules=[weekly()])
    user = User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]})
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    context = chromium.new_context(viewport={"width": 360, "height": 780}, locale="de-DE")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}])
    opened = context.new_page()
    opened.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    opened.wait_for_selector(".form-ages")
    yield opened
    opened.wait_for_load_state("networkidle")
    context.close()


def test_the_form_helps_while_it_is_filled_in(form):
    row = form.locator("#inline_child_schedules-0")
    sentence = row.locator(".form-sentence")
    assert sentence.inner_text() == "Jeden Mittwoch von 9:30 bis 11:00 Uhr"
    assert not row.locator("[name=schedules-0-date]").is_visible()

    row.locator("[name=schedules-0-interval]").fill("2")
    assert sentence.inner_text() == "Alle zwei Wochen am Mittwoch von 9:30 bis 11:00 Uhr"

    row.locator("[name=schedules-0-frequency]").select_option("monthly")
    row.locator("[name=schedules-0-week_of_month]").select_option("-1")
    assert sentence.inner_text() == "An jedem letzten Mittwoch im Monat von 9:30 bis 11:00 Uhr"
    assert not row.locator("[name=schedules-0-interval]").is_visible()

    row.locator("[name=schedules-0-frequency]").select_option("once")
    row.locator("[name=schedules-0-date]").fill("2026-12-03")
    assert sentence.inner_text() == "Einmal am Donnerstag, 3. Dezember 2026 von 9:30 bis 11:00 Uhr"

    # A row added later has the same helpers.
    form.locator("#id_schedules-ADD").click()
    added = form.locator("#inline_child_schedules-1")
    assert added.locator(".form-sentence").inner_text() == "Noch nicht vollständig: Wählen Sie Tag und Uhrzeit."
    assert not added.locator("[name=schedules-1-date]").is_visible()

    # Fields of another place only where the offer is at another place.
    assert not form.locator("[name=town]").is_visible()
    form.locator("[name=venue][value=eigener]").check()
    assert form.locator("[name=town]").is_visible()
    form.locator("[name=form][value=telefon]").check()
    assert not form.locator("[name=town]").is_visible()

    form.get_by_role("button", name="1 bis 3 Jahre").click()
    assert form.locator("[name=min_age_months]").input_value() == "12"
    assert form.locator("[name=max_age_months]").input_value() == "36"
    assert "Das heißt: 1 bis 3 Jahre." in form.locator(".form-ages").inner_text()

    # The usual audience follows the kind until the editor has chosen another.
    ticked = "() => [...document.querySelectorAll('[name=audience]:checked')].map(box => box.value)"
    form.locator("[name=kind][value=treff]").check()
    assert form.evaluate(ticked) == ["familien"]
    form.locator("[name=audience][value=vaeter]").check()
    form.locator("[name=kind][value=gruppe]").check()
    assert form.evaluate(ticked) == ["vaeter", "familien"]

    form.locator("[name=summary]").fill("x" * 295)
    assert form.locator(".form-count").inner_text() == "Noch 5 Zeichen"
