"""What the mail says, and what its links do and do not do."""

import base64
import re
import zlib
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from cms.models import User
from offers.freshness.daily import keep_fresh
from offers.freshness.links import CONFIRM, STOP, Link, mark_of, stop_token
from offers.models import ConfirmationMail, MailOptOut, OfferPage, ProviderPage, Setback
from tests.offers.builders import provider_index
from tests.offers.freshness_builders import house, link, offers_of, sent

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def kita(today):
    """Lapsed a week ago, with two offers."""
    return house(offers=2, title="Kita Löwenzahn – „Älteste“ & Co", confirmed=today - timedelta(days=192))


@pytest.fixture
def letter(kita, today):
    keep_fresh(today, lambda line: None)
    (message,) = sent()
    return message


@pytest.fixture
def visitor():
    """Somebody without an account, whose browser is asked for every proof."""
    return Client(enforce_csrf_checks=True)


def state_of_everything():
    return (
        list(OfferPage.objects.order_by("pk").values_list("live", "confirmed_at")),
        MailOptOut.objects.count(),
        PageLogEntry.objects.count(),
    )


def test_the_mail_says_all_in_text_and_html(letter, kita):
    assert letter.subject == "Kita Löwenzahn – „Älteste“ & Co: Stimmen Ihre Angebote noch?"
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    for content in (letter.body, unescape(html)):
        assert "Guten Tag," in content
        for page in offers_of(kita):
            assert page.title in content
            assert reverse("wagtailadmin_pages:edit", args=(page.pk,)) in content
        for word in (
            "Zuletzt bestätigt am",
            "Ohne Antwort bleibt es online bis zum",
            "30 Tage",
            "Ihre Kreisverwaltung",
            "Keine Erinnerungen",
        ):
            assert word in content
        assert content.count("/bestaetigen/") == 3
        assert content.count("/erinnerungen/") == 1
    assert "&amp;" not in letter.body
    assert "<img" not in html
    assert letter.extra_headers["List-Unsubscribe"].startswith("<http")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_scanner_that_opens_every_link_changes_nothing(letter, visitor):
    before = state_of_everything()
    paths = set(re.findall(r"https?://[^/\s]+(/(?:bestaetigen|erinnerungen)/\S+)", letter.body))
    assert len(paths) == 4
    for path in paths:
        assert visitor.get(path).status_code == 200
        assert visitor.head(path).status_code == 200
    assert state_of_everything() == before


def test_the_page_is_in_no_cache_and_no_search_engine(letter, visitor):
    answer = visitor.get(link(letter))
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert answer.cookies == {}


def test_all_offers_are_ticked_and_one_button_confirms_them(letter, visitor, kita, today):
    page = visitor.get(link(letter)).content.decode()
    assert re.findall(r'name="offer" value="(\d+)" checked', page) == [str(each.pk) for each in offers_of(kita)]
    answer = visitor.post(link(letter), {"offer": [each.pk for each in offers_of(kita)]}, follow=True)
    assert "Danke, alles ist beantwortet." in words(answer)
    assert [each.confirmed_at for each in offers_of(kita)] == [today, today]
    entries = PageLogEntry.objects.filter(action="offers.confirmed")
    assert [entry.data for entry in entries] == [{"said_by": "kita-nassau@example.org"}] * 2
    # Once more, and once more opened: nothing new, a clear word.
    visitor.post(link(letter), {"offer": [each.pk for each in offers_of(kita)]})
    assert PageLogEntry.objects.filter(action="offers.confirmed").count() == 2
    assert "Bestätigt Angebot 0 von kita-nassau" in words(visitor.get(link(letter)))


def test_only_what_is_ticked_is_confirmed(letter, visitor, kita, today):
    first, second = offers_of(kita)
    answer = visitor.post(link(letter), {"offer": [first.pk]}, follow=True)
    assert [each.confirmed_at == today for each in offers_of(kita)] == [True, False]
    assert f'value="{second.pk}"' in answer.content.decode()
    assert "Es war nichts angekreuzt" in words(visitor.post(link(letter), {}))


def test_a_link_confirms_no_other_providers_offers(letter, visitor, today):
    (foreign,) = offers_of(house("kita-lahn", confirmed=today - timedelta(days=192)))
    visitor.post(link(letter), {"offer": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.confirmed_at != today


def test_an_offer_that_has_ended_asks_once_more_and_is_offline(letter, visitor, kita):
    first, second = offers_of(kita)
    path = f"{link(letter)}endet/{first.pk}/"
    assert path in letter.body
    assert "Findet nicht mehr statt?" in words(visitor.get(path))
    assert offers_of(kita)[0].live
    answer = visitor.post(path, follow=True)
    assert [each.live for each in offers_of(kita)] == [False, True]
    assert "Nicht mehr online Angebot 0" in words(answer)
    # A link of yesterday does not bring it back.
    visitor.post(link(letter), {"offer": [first.pk, second.pk]})
    assert [each.live for each in offers_of(kita)] == [False, True]
    assert PageLogEntry.objects.filter(action="offers.ended", page=first.pk).count() == 1


def test_a_hidden_offer_is_back_with_one_tap(kita, visitor, today):
    keep_fresh(today - timedelta(days=100), lambda line: None)
    keep_fresh(today, lambda line: None)
    keep_fresh(today + timedelta(days=60), lambda line: None)
    message = sent()[-1]
    assert message.subject.endswith("nicht mehr online, bis Sie es bestätigen")
    assert "Familien sehen sie deshalb nicht mehr" in message.body
    assert [each.live for each in offers_of(kita)] == [False, False]
    assert "Zurzeit nicht online" in words(visitor.get(link(message)))
    visitor.post(link(message), {"offer": [each.pk for each in offers_of(kita)]})
    assert [(each.live, each.confirmed_at) for each in offers_of(kita)] == [(True, today)] * 2
    assert not Setback.objects.exists()


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: token[:20], lambda token: f"x{token}", lambda token: "unsinn"])
def test_a_broken_link_says_so(letter, visitor, spoil):
    token = link(letter).split("/")[2]
    answer = visitor.post(f"/bestaetigen/{spoil(token)}/", {"offer": ["1"]})
    assert (answer.status_code, "Dieser Link ist unvollständig" in words(answer)) == (404, True)


def test_tokens_of_other_links_are_worth_nothing_here(visitor, kita):
    assert visitor.get(f"/bestaetigen/{stop_token('kita-nassau@example.org')}/").status_code == 404
    assert visitor.get(f"/bestaetigen/{signing.dumps([kita.pk], salt=CONFIRM)}/").status_code == 404
    token = Link(kita.pk, mark_of("kita-nassau@example.org"), (), date(2026, 1, 1)).token()
    assert visitor.get(f"/erinnerungen/{token}/").status_code == 404


def test_after_thirty_days_a_link_has_expired(letter, visitor, kita, today, monkeypatch):
    monkeypatch.setattr("offers.freshness.links.VALID_FOR", timedelta(seconds=-1))
    answer = visitor.post(link(letter), {"offer": [each.pk for each in offers_of(kita)]})
    assert (answer.status_code, "Dieser Link gilt nicht mehr" in words(answer)) == (410, True)
    assert offers_of(kita)[0].confirmed_at != today


def test_whoever_has_left_the_house_confirms_nothing(letter, visitor, kita, today):
    ProviderPage.objects.filter(pk=kita.pk).update(email="neu@example.org")
    answer = visitor.post(link(letter), {"offer": [each.pk for each in offers_of(kita)]})
    assert (answer.status_code, "nicht mehr zu dieser Einrichtung" in words(answer)) == (403, True)
    assert offers_of(kita)[0].confirmed_at != today


def test_what_is_gone_is_named(letter, visitor, kita):
    first, second = offers_of(kita)
    first.delete()
    second.unpublish()
    assert "Ein Angebot gibt es nicht mehr." in words(visitor.get(link(letter)))
    ProviderPage.objects.get(pk=kita.pk).unpublish()
    assert visitor.get(link(letter)).status_code == 410


def test_reminders_stop_and_begin_again(letter, visitor, kita):
    path = link(letter, "erinnerungen")
    answer = visitor.post(path, {"stop": "1"}, follow=True)
    assert "Keine Erinnerungen mehr" in words(answer)
    assert MailOptOut.objects.get().address == "kita-nassau@example.org"
    # Who wants no reminders can still confirm.
    assert visitor.get(link(letter)).status_code == 200
    visitor.post(path, {"resume": "1"})
    assert not MailOptOut.objects.exists()
    # What mail programs send by themselves is answered without a way round.
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailOptOut.objects.count() == 1
    assert visitor.post("/erinnerungen/unsinn/").status_code == 404


def unsealed(token):
    """All that one reads of a token without any key."""
    data = token.removeprefix(".").partition(":")[0]
    content = base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))
    return zlib.decompress(content) if token.startswith(".") else content


def test_no_link_and_no_header_shows_the_address(letter, kita):
    tokens = set(re.findall(r"/(?:bestaetigen|erinnerungen)/([^/\s>]+)", letter.body + letter.extra_headers["List-Unsubscribe"]))
    assert len(tokens) == 2
    for token in tokens:
        assert b"example" not in unsealed(token)
        assert b"nassau" not in unsealed(token)
    assert b"example" in unsealed(signing.dumps([kita.pk, "kita@example.org", [], ""], salt=CONFIRM, compress=True))
    (html,) = [each.content for each in letter.alternatives]
    assert "kita-nassau@example.org" not in letter.body + html


def test_links_sent_before_addresses_were_hidden_go_on_working(visitor, kita, today):
    first, second = offers_of(kita)
    former = signing.dumps([kita.pk, "kita-nassau@example.org", [first.pk, second.pk], today.isoformat()], salt=CONFIRM, compress=True)
    visitor.post(f"/bestaetigen/{former}/", {"offer": [first.pk]})
    assert [each.confirmed_at == today for each in offers_of(kita)] == [True, False]
    assert PageLogEntry.objects.get(action="offers.confirmed").data == {"said_by": "kita-nassau@example.org"}
    other = signing.dumps([kita.pk, "weg@example.org", [second.pk], today.isoformat()], salt=CONFIRM, compress=True)
    assert visitor.post(f"/bestaetigen/{other}/", {"offer": [second.pk]}).status_code == 403
    stop = signing.dumps("weg@example.org", salt=STOP)
    visitor.post(f"/erinnerungen/{stop}/", {"stop": "1"})
    assert MailOptOut.objects.get().address == "weg@example.org"


def test_links_outlive_a_new_key_while_the_old_one_is_kept(letter, visitor, kita, today, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key" * 6
    visitor.post(link(letter), {"offer": [offers_of(kita)[0].pk]})
    assert offers_of(kita)[0].confirmed_at == today
    visitor.post(link(letter, "erinnerungen"), {"stop": "1"})
    assert MailOptOut.objects.count() == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert visitor.get(link(letter)).status_code == 404


def test_reminders_stop_for_the_one_who_asks(visitor, kita):
    """In a team of several; also where the provider is offline, or the person has left."""
    others = [house(f"kita-{number}") for number in range(3)]
    path = f"/erinnerungen/{stop_token('kita-1@example.org')}/"
    others[1].unpublish()
    assert "kita-1@example.org" in words(visitor.get(path))
    visitor.post(path, {"stop": "1"})
    assert [each.address for each in MailOptOut.objects.all()] == ["kita-1@example.org"]
    ProviderPage.objects.filter(pk=others[1].pk).update(email="")
    visitor.post(path, {"resume": "1"})
    assert not MailOptOut.objects.exists()


def test_an_address_that_was_written_to_can_stop_after_it_has_left(letter, visitor, kita):
    ProviderPage.objects.filter(pk=kita.pk).update(email="neu@example.org")
    visitor.post(link(letter, "erinnerungen"), {"List-Unsubscribe": "One-Click"})
    assert MailOptOut.objects.get().address == "kita-nassau@example.org"


def test_an_address_that_nobody_knows_any_more_gets_a_clear_answer(visitor, kita):
    path = f"/erinnerungen/{stop_token('laengst-fort@example.org')}/"
    for answer in (visitor.get(path), visitor.post(path, {"List-Unsubscribe": "One-Click"})):
        assert (answer.status_code, "Wir schreiben Ihnen nicht mehr." in words(answer)) == (200, True)
        assert "<form method" not in answer.content.decode()
    assert not MailOptOut.objects.exists()


@pytest.fixture
def district(client):
    """Signed in: somebody who may change the directory."""
    user = User.objects.create_user("kreis@example.org", "ein-langes-passwort")
    group = Group.objects.create(name="Kreis")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for code in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.create(group=group, page=provider_index(), permission=permission)
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.fixture
def overdue(today):
    """Lapsed some weeks ago; one mail was sent."""
    page = house(offers=2, title="Kita Nassau", phone="02604 123", confirmed=today - timedelta(days=220))
    keep_fresh(today - timedelta(days=1), lambda line: None)
    mail.outbox.clear()
    return page


def settle(client, kita, **sent_with):
    return client.post(reverse("settle_offers", args=(kita.pk,)), sent_with, follow=True)


def test_the_districts_list_has_what_one_needs_for_a_call(district, overdue):
    said = words(district.get(reverse("unconfirmed_offers")))
    for word in ("Kita Nassau", "02604 123", "Angebot 0 von kita-nassau", "Tagen abgelaufen", "1 Mail"):
        assert word in said
    assert reverse("unconfirmed_offers") in district.get(reverse("wagtailadmin_home")).content.decode()


def test_the_district_confirms_after_a_call(district, overdue, today):
    first, second = offers_of(overdue)
    assert "1 Angebot bestätigt." in words(settle(district, overdue, confirm="1", offer=[first.pk]))
    assert [each.confirmed_at == today for each in offers_of(overdue)] == [True, False]
    entry = PageLogEntry.objects.get(action="offers.confirmed")
    assert (entry.page_id, entry.user.email) == (first.pk, "kreis@example.org")
    assert "nichts angekreuzt" in words(settle(district, overdue, confirm="1"))
    assert second.title in words(district.get(reverse("unconfirmed_offers")))


def test_the_district_hides_with_notice(district, overdue):
    first, second = offers_of(overdue)
    settle(district, overdue, hide="1", offer=[first.pk, second.pk])
    assert [each.live for each in offers_of(overdue)] == [False, False]
    (message,) = sent()
    assert "nicht mehr online" in message.subject
    assert PageLogEntry.objects.filter(action="offers.hidden", user__email="kreis@example.org").count() == 2
    settle(district, overdue, confirm="1", offer=[first.pk])
    assert [each.live for each in offers_of(overdue)] == [True, False]


def test_the_district_writes_again_but_not_twice_a_day(district, overdue):
    assert "ist geschrieben" in words(settle(district, overdue, remind="1"))
    assert "Heute ging schon eine Mail" in words(settle(district, overdue, remind="1"))
    assert len(sent()) == 1
    assert ConfirmationMail.objects.count() == 2


def test_the_list_is_the_districts_alone(client, overdue, today):
    assert client.get(reverse("unconfirmed_offers")).status_code == 302
    user = User.objects.create_user("kita@example.org", "ein-langes-passwort")
    group = Group.objects.create(name="Kita")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=overdue, permission=permission)
    user.groups.add(group)
    client.force_login(user)
    # Wagtail sends those without permission back to the start.
    assert client.get(reverse("unconfirmed_offers")).url == reverse("wagtailadmin_home")
    settle(client, overdue, confirm="1", offer=[offers_of(overdue)[0].pk])
    assert offers_of(overdue)[0].confirmed_at != today
    assert reverse("unconfirmed_offers") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_settling_by_opening_an_address_is_refused(district, overdue):
    assert district.get(reverse("settle_offers", args=(overdue.pk,)), {"hide": "1"}).status_code == 405


def test_the_list_costs_the_same_for_86_providers(district, today, django_assert_num_queries):
    old = today - timedelta(days=220)
    house("kita-0", confirmed=old)
    district.get(reverse("unconfirmed_offers"))
    with CaptureQueriesContext(connection) as one:
        district.get(reverse("unconfirmed_offers"))
    for number in range(1, 86):
        house(f"kita-{number}", confirmed=old)
    with django_assert_num_queries(len(one)):
        assert district.get(reverse("unconfirmed_offers")).content.count(b"unconfirmed__house") == 86
