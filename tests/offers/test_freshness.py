"""The daily command over a year and more, day by day."""

from datetime import date, datetime, timedelta
from importlib import import_module
from io import StringIO
from threading import Thread

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from offers.freshness import recipients, standing
from offers.freshness.actions import confirm
from offers.freshness.cases import houses
from offers.freshness.daily import keep_fresh
from offers.freshness.rules import Spans, State
from offers.models import ConfirmationMail, MailOptOut, OfferPage, Setback
from search.models import OutboxEntry
from tests.offers.builders import offer, provider
from tests.offers.freshness_builders import CONFIRMED, LAPSES, house, offers_of, rules, sent

pytestmark = pytest.mark.django_db


def day(offset):
    return LAPSES + timedelta(days=offset)


def run(today, **options):
    return keep_fresh(today, lambda line: None, **options)


def walk(first, last):
    """Every day; what was sent on which."""
    diary = {}
    for offset in range(first, last + 1):
        run(day(offset))
        if messages := sent():
            diary[offset] = [message.subject for message in messages]
    return diary


def test_a_year_in_which_nobody_answers():
    kita = house(title="Kita Nassau")
    diary = walk(-185, 180)
    first, reminder, gone = (
        "Kita Nassau: Stimmen Ihre Angebote noch?",
        "Kita Nassau: Stimmen Ihre Angebote noch? Eine Erinnerung",
        "Kita Nassau: nicht mehr online, bis Sie es bestätigen",
    )
    assert diary == {-14: [first], -7: [reminder], 0: [reminder], 7: [reminder], 53: [reminder], 60: [gone]}
    (page,) = offers_of(kita)
    assert not page.live
    assert Setback.objects.get().since == day(60)
    assert [entry.action for entry in PageLogEntry.objects.filter(page=page.pk, action__startswith="offers.").order_by("timestamp")] == [
        "offers.lowered",
        "offers.hidden",
    ]


def test_it_is_lowered_between_thirty_and_sixty_days_and_the_search_hears_of_it():
    kita = house()
    walk(-14, 29)
    (page,) = offers_of(kita)
    assert not OfferPage.objects.lowered().exists()
    OutboxEntry.objects.all().delete()
    run(day(30))
    assert OfferPage.objects.lowered().get() == page
    assert list(OutboxEntry.objects.values_list("page_id", flat=True)) == [page.pk]
    assert standing(page, day(30)) == State.LOWERED
    OutboxEntry.objects.all().delete()
    run(day(31))
    assert not OutboxEntry.objects.exists()


def test_a_confirmation_begins_anew():
    kita = house()
    walk(-14, 40)
    (page,) = offers_of(kita)
    OutboxEntry.objects.all().delete()
    assert confirm(page, day(40)) is False
    assert OutboxEntry.objects.filter(page_id=page.pk).exists()
    assert not Setback.objects.exists()
    assert walk(40, 200) == {}
    # Six months later, less the two weeks.
    again = date(2027, 4, 20) - timedelta(days=14) - LAPSES
    assert list(walk(201, again.days)) == [again.days]


def test_running_twice_a_day_changes_nothing():
    house(offers=2)
    once = {}
    for offset in range(-20, 70):
        run(day(offset))
        once[offset] = len(sent())
        before = (ConfirmationMail.objects.count(), PageLogEntry.objects.count(), OutboxEntry.objects.count())
        totals = run(day(offset))
        assert (totals.mails, totals.hidden, totals.lowered, totals.lifted) == (0, 0, 0, 0)
        assert (ConfirmationMail.objects.count(), PageLogEntry.objects.count(), OutboxEntry.objects.count()) == before
    assert sum(once.values()) == 6


def test_after_a_gap_there_is_one_mail_and_hiding_waits_for_it():
    kita = house(offers=3)
    # The command did not run for a year.
    assert walk(300, 306) == {300: ["Kita-Nassau: Stimmen Ihre Angebote noch?"]}
    walk(307, 359)
    assert all(page.live for page in offers_of(kita))
    assert len(walk(360, 360)[360]) == 1
    assert not any(page.live for page in offers_of(kita))


def test_a_gap_between_mail_and_hiding_still_gives_notice():
    house()
    walk(-14, -14)
    (subject,) = walk(200, 200)[200]
    assert "nicht mehr online" in subject


def test_all_offers_of_a_provider_are_in_one_mail():
    kita = house(offers=3)
    OfferPage.objects.filter(pk=offers_of(kita)[2].pk).update(confirmed_at=CONFIRMED + timedelta(days=3))
    assert list(walk(-14, -8)) == [-14]
    (letter,) = ConfirmationMail.objects.all()
    assert letter.offers.count() == 2
    # The third has become due meanwhile: it is in the next one.
    run(day(-7))
    (message,) = sent()
    assert message.body.count("* Angebot") == 3


def test_the_days_number_is_kept_and_the_most_overdue_come_first():
    for number in range(5):
        house(f"kita-{number}", confirmed=CONFIRMED - timedelta(days=number))
    rules(mails_a_day=2)
    order = []
    for offset in (0, 1, 2):
        totals = run(day(offset))
        order.append([message.to[0] for message in sent()])
        # Also when it runs again on the same day.
        assert run(day(offset)).mails == 0
        assert totals.mails == len(order[-1])
    assert order == [["kita-4@example.org", "kita-3@example.org"], ["kita-2@example.org", "kita-1@example.org"], ["kita-0@example.org"]]


def test_a_pause_stops_everything_and_afterwards_nothing_comes_at_once():
    kita = house()
    walk(-14, 35)
    assert OfferPage.objects.lowered().exists()
    rules(paused=True)
    assert walk(36, 300) == {}
    assert not OfferPage.objects.lowered().exists()
    assert offers_of(kita)[0].live
    rules(paused=False)
    run(day(301))
    assert len(sent()) == 1


def test_who_declines_gets_no_reminders_and_lapses_all_the_same():
    kita = house()
    MailOptOut.objects.create(address="kita-nassau@example.org", since=CONFIRMED)
    assert walk(-14, 300) == {}
    (page,) = offers_of(kita)
    assert page.live
    assert standing(page, day(300)) == State.WORK_LIST


def test_who_declines_after_the_first_mail_is_hidden_with_notice():
    house()
    walk(-14, 0)
    MailOptOut.objects.create(address="kita-nassau@example.org", since=CONFIRMED)
    assert list(walk(1, 100)) == [60]


def test_a_provider_without_address_is_never_hidden():
    kita = house(email="")
    assert walk(-14, 300) == {}
    assert offers_of(kita)[0].live


@pytest.fixture
def team(monkeypatch):
    """Another app knows more addresses."""
    monkeypatch.setattr(recipients, "_sources", list(recipients._sources))
    recipients.register(lambda providers: {each.pk: ["Leiterin@Example.org", each.email, ""] for each in providers})


def test_the_team_is_written_to_each_alone(team):
    house()
    MailOptOut.objects.create(address="kita-nassau@example.org", since=CONFIRMED)
    run(day(-14))
    assert [message.to for message in sent()] == [["leiterin@example.org"]]
    MailOptOut.objects.all().delete()
    run(day(-7))
    assert [message.to for message in sent()] == [["kita-nassau@example.org"], ["leiterin@example.org"]]
    assert ConfirmationMail.objects.first().recipients == ["kita-nassau@example.org", "leiterin@example.org"]


def test_what_breaks_halfway_leaves_neither_notice_nor_hiding(monkeypatch):
    first, second = house("kita-a", confirmed=CONFIRMED - timedelta(days=1)), house("kita-b")
    walk(-15, 58)

    def broken(*_args, **_kwargs):
        raise RuntimeError("Stromausfall")

    with monkeypatch.context() as patched:
        patched.setattr("offers.freshness.daily.ask", broken)
        with pytest.raises(RuntimeError):
            run(day(60))
    assert offers_of(first)[0].live
    assert mail.outbox == []
    run(day(60))
    assert not offers_of(first)[0].live
    assert not offers_of(second)[0].live
    assert len(sent()) == 2


def test_a_dry_run_says_it_and_does_nothing():
    house()
    lines = []
    totals = keep_fresh(day(0), lines.append, dry_run=True)
    assert (totals.mails, lines) == (1, ["Kita-Nassau: first to kita-nassau@example.org"])
    assert mail.outbox == []
    assert not ConfirmationMail.objects.exists()


def test_the_command_says_what_it_did():
    house(confirmed=timezone.localdate() - timedelta(days=400))
    out = StringIO()
    call_command("keep_fresh", stdout=out)
    assert f"{timezone.localdate()}: 1 mails, 0 hidden, 0 lowered, 0 lifted, 0 providers wait for tomorrow" in out.getvalue()
    call_command("keep_fresh", dry_run=True, today=timezone.localdate() + timedelta(days=90), stdout=out)
    assert "(dry run): 1 mails, 1 hidden" in out.getvalue()


def test_the_record_of_answered_mails_goes_after_a_year(settings):
    settings.CONFIRMATION_MAIL_KEEP_DAYS = 365
    first, second = house("kita-eins"), house("kita-zwei")
    run(day(0))
    for kita in (first, second):
        for page in offers_of(kita):
            confirm(page, day(1))
            OfferPage.objects.filter(pk=page.pk).update(confirm_every_months=60)
    run(day(365))
    assert ConfirmationMail.objects.count() == 2
    lines = []
    keep_fresh(day(366), lines.append, dry_run=True)
    assert lines == ["2 old records of mails deleted"]
    assert ConfirmationMail.objects.count() == 2
    lines.clear()
    keep_fresh(day(366), lines.append)
    assert lines == ["2 old records of mails deleted"]
    assert not ConfirmationMail.objects.exists()
    assert [page.live for kita in (first, second) for page in offers_of(kita)] == [True, True]


def test_a_mail_that_nobody_has_answered_still_counts_but_names_nobody(settings):
    settings.CONFIRMATION_MAIL_KEEP_DAYS = 30
    kita = house(offers=2)
    answered, waiting = offers_of(kita)
    run(day(0))
    confirm(answered, day(1))
    first = ConfirmationMail.objects.get()
    assert first.recipients == ["kita-nassau@example.org"]
    run(day(40))
    first.refresh_from_db()
    assert first.recipients == []
    mail.outbox.clear()
    # Sixty days after that mail, as if nothing had been deleted.
    assert walk(41, 59) == {53: [f"{kita.title}: Stimmen Ihre Angebote noch? Eine Erinnerung"]}
    run(day(60))
    waiting.refresh_from_db()
    assert not waiting.live
    # What is hidden waits for its answer as long as it takes; what is a draft again waits for none.
    run(day(600))
    assert first in ConfirmationMail.objects.all()
    Setback.objects.all().delete()
    OfferPage.objects.update(live=False)
    run(day(700))
    assert not ConfirmationMail.objects.exists()


def test_records_go_during_a_pause_too(settings):
    settings.CONFIRMATION_MAIL_KEEP_DAYS = 30
    (page,) = offers_of(house())
    run(day(0))
    confirm(page, day(1))
    rules(paused=True)
    run(day(40))
    assert not ConfirmationMail.objects.exists()


def test_what_is_hidden_comes_back_as_it_was_and_the_draft_stays():
    kita = house()
    (page,) = offers_of(kita)
    page.title = "Noch nicht fertig"
    page.save_revision()
    walk(-14, 60)
    (page,) = offers_of(kita)
    assert not page.live
    assert confirm(page, day(61)) is True
    (page,) = offers_of(kita)
    assert (page.live, page.title, page.confirmed_at) == (True, "Angebot 0 von kita-nassau", day(61))
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().title == "Noch nicht fertig"
    assert walk(61, 100) == {}


def test_publishing_a_draft_from_before_the_confirmation_keeps_the_confirmation():
    kita = house()
    (page,) = offers_of(kita)
    draft = page.save_revision()
    confirm(page, day(5))
    draft.publish()
    assert offers_of(kita)[0].confirmed_at == day(5)


def test_a_first_publication_is_a_confirmation_and_a_copy_too():
    kita = provider("kita-lahn")
    page = offer(kita, "neu", live=False)
    page.save_revision().publish()
    assert OfferPage.objects.get(pk=page.pk).confirmed_at == timezone.localdate()


def test_putting_a_hidden_offer_online_in_the_admin_ends_it():
    kita = house()
    walk(-14, 60)
    (page,) = offers_of(kita)
    page.get_latest_revision().publish()
    (page,) = offers_of(kita)
    assert page.live
    assert page.confirmed_at == timezone.localdate()
    assert not Setback.objects.exists()


def test_looking_at_86_providers_costs_what_one_does():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            houses(day(-1), Spans())
            run(day(-20))
        return len(captured)

    house("kita-0", offers=2)
    run(day(-20))
    one = queries()
    for number in range(1, 86):
        house(f"kita-{number}")
    assert queries() == one


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's database of the tests is in memory, and its threads block each other")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_daily_commands_at_once_write_to_nobody_twice():
    for number in range(6):
        house(f"kita-{number}")

    def work():
        run(day(0))
        connection.close()

    threads = [Thread(target=work) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message.to[0] for message in sent()) == [f"kita-{number}@example.org" for number in range(6)]


def test_offers_from_before_count_as_confirmed_when_they_were_published():
    kita = house(offers=2)
    old, draft = offers_of(kita)
    late = timezone.make_aware(datetime(2025, 2, 3, 23, 30))
    OfferPage.objects.filter(pk=old.pk).update(confirmed_at=None, last_published_at=late)
    OfferPage.objects.filter(pk=draft.pk).update(confirmed_at=None, live=False)
    import_module("offers.migrations.0006_first_confirmation").confirm_as_published(apps, None)
    assert [page.confirmed_at for page in offers_of(kita)] == [date(2025, 2, 3), None]
