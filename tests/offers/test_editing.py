"""What editors meet: forms that take half an offer, and say what families still miss."""

import json
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset

from cms.models import User
from offers.forms import OfferForm, first_values
from offers.models import OfferPage, ProviderPage, SchoolHoliday, Topic
from tests.offers.builders import offer, provider, weekly
from tests.offers.editing_form import filled

pytestmark = pytest.mark.django_db

ADDRESS = {"street": "Amselweg 14", "postal_code": "56377", "town": "Nassau"}


@pytest.fixture
def kita():
    return provider("kita-regenbogen-nassau", phone="030 23125 101", email="kita@example.org", **ADDRESS)


@pytest.fixture
def leader(kita, client):
    """Signed in: somebody whose group edits one provider."""
    user = User.objects.create_user("leiterin@example.org", "ein-langes-passwort", first_name="Lea")
    group = Group.objects.create(name="Kita")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for code in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.create(group=group, page=kita, permission=permission)
    user.groups.add(group)
    client.force_login(user)
    return client


def add(client, kita, **fields):
    return client.post(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk)), filled(**fields))


def publish(client, kita, **fields):
    return add(client, kita, **{"action-publish": "1", **fields})


def words(response):
    """The text of an answer, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_name_alone_is_saved_as_a_draft(leader, kita):
    assert add(leader, kita).status_code == 302
    page = OfferPage.objects.get(title="Krabbelgruppe")
    assert not page.live
    assert page.get_parent().pk == kita.pk


def test_a_draft_without_a_name_says_what_to_do(leader, kita):
    response = add(leader, kita, title="")
    assert response.status_code == 200
    assert "Mit einem Namen allein lässt sich schon ein Entwurf speichern" in words(response)


def test_a_rule_without_its_times_waits_in_the_draft(leader, kita):
    row = {"frequency": "weekly", "weekday": "", "interval": "1", "start_time": "", "end_time": "", "ORDER": "1"}
    # The editor has begun the row: two weeks, nothing else.
    assert add(leader, kita, schedules=inline_formset([{**row, "interval": "2"}])).status_code == 302
    rule = OfferPage.objects.get().schedules.get()
    assert (rule.interval, rule.weekday, rule.start_time) == (2, None, None)


def test_publishing_names_each_gap_with_its_remedy(leader, kita):
    row = {"frequency": "weekly", "weekday": "", "interval": "2", "start_time": "", "end_time": "", "ORDER": "1"}
    response = publish(
        leader,
        kita,
        venue="eigener",
        cost="betrag",
        registration="erforderlich",
        contact_phone="",
        contact_email="",
        schedules=inline_formset([row]),
    )
    said = words(response)
    for remedy in (
        "Kurz gesagt: Bitte sagen Sie in ein, zwei Sätzen, was Familien erwartet.",
        "Ort: Bitte den Ort eintragen, damit Familien sehen, wie weit es ist.",
        "Kosten in Worten: Bitte sagen Sie, was es kostet",
        "So melden sich Familien an: Bitte sagen Sie, wie Familien sich anmelden",
        "Termin 1, Wochentag: Bitte den Wochentag wählen.",
        "Termin 1, Von: Bitte eintragen, wann es anfängt.",
        "Sie können auch erst einen Entwurf speichern",
    ):
        assert remedy in said
    assert not OfferPage.objects.exists()


def test_a_published_offer_is_confirmed_today(leader, kita):
    assert publish(leader, kita, summary="Wir krabbeln.").status_code == 302
    page = OfferPage.objects.get()
    assert page.live
    assert page.confirmed_at == timezone.localdate()


def test_a_saved_draft_confirms_nothing(leader, kita):
    add(leader, kita, summary="Wir krabbeln.")
    assert OfferPage.objects.get().confirmed_at is None


def test_a_provider_without_address_is_named_when_its_offer_is_published(leader, kita):
    ProviderPage.objects.filter(pk=kita.pk).update(street="", postal_code="", town="")
    response = publish(leader, kita, summary="Wir krabbeln.")
    assert "Ihre Einrichtung hat noch keine Adresse" in words(response)


def test_the_address_of_another_place_goes_when_the_offer_comes_home(leader, kita):
    add(leader, kita, venue="anbieter", street="Falscher Weg 1", town="Ems", latitude="50.1", longitude="7.5")
    page = OfferPage.objects.get()
    assert (page.street, page.town, page.latitude) == ("", "", None)


def test_an_offer_by_telephone_has_no_place(leader, kita):
    add(leader, kita, form="telefon")
    assert OfferPage.objects.get().venue == "keiner"


def test_a_new_offer_begins_with_the_providers_contact_and_its_usual_audience(leader, kita):
    values = first_values("gruppe", kita)
    assert values == {
        "languages": ["de"],
        "audience": ["eltern", "kinder"],
        "contact_phone": "030 23125 101",
        "contact_email": "kita@example.org",
    }
    page = leader.get(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk))).content.decode()
    assert 'value="030 23125 101"' in page
    assert 'name="confirmed_at"' not in page


def test_a_kita_sees_no_fields_of_the_address_and_keeps_it(leader, kita):
    page = offer(kita, "krabbelgruppe-am-mittwoch", title="Alt")
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert 'name="slug"' not in leader.get(url).content.decode()
    leader.post(url, filled(title="Neu", summary="Neu.", slug="gekapert", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Neu", "krabbelgruppe-am-mittwoch")


def test_the_directorys_staff_see_the_address(admin_client, kita):
    page = offer(kita)
    assert 'name="slug"' in admin_client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()


def test_a_kita_edits_its_own_and_nobody_elses(leader, kita):
    own, other = offer(kita, "eigenes"), offer(provider("kita-lahn", **ADDRESS), "fremdes")
    assert leader.get(reverse("wagtailadmin_pages:edit", args=(own.pk,))).status_code == 200
    # Wagtail sends those without permission back to their own pages.
    assert leader.get(reverse("wagtailadmin_pages:edit", args=(other.pk,))).status_code == 302
    assert leader.post(reverse("wagtailadmin_pages:edit", args=(other.pk,)), filled(title="Gekapert")).status_code == 302
    assert leader.get(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", other.get_parent().pk))).status_code == 302
    other.refresh_from_db()
    assert other.title == "Fremdes"


def test_a_kita_starts_at_its_own_page(leader, kita):
    provider("kita-lahn", **ADDRESS)
    listing = leader.get(reverse("wagtailadmin_explore_root"), follow=True)
    assert listing.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=(kita.pk,))


def test_a_kita_has_no_lists_of_the_district_in_its_menu(leader):
    menu = leader.get(reverse("wagtailadmin_home")).content.decode()
    for address in ("/admin/reports/", "/admin/snippets/", "/admin/users/", "/admin/settings/"):
        assert address not in menu


def test_the_districts_lists_are_in_the_admin(admin_client):
    Topic.objects.create(slug="krabbeln", name="Krabbeln", featured=1)
    SchoolHoliday.objects.create(name="Herbstferien", first_day="2026-10-05", last_day="2026-10-16")
    assert "Krabbeln" in words(admin_client.get(reverse(Topic.snippet_viewset.get_url_name("list"))))
    assert "Herbstferien" in words(admin_client.get(reverse(SchoolHoliday.snippet_viewset.get_url_name("list"))))


def test_rows_of_the_schedule_show_only_what_their_frequency_needs():
    widget = OfferPage.get_edit_handler().get_form_class().formsets["schedules"].form.base_fields["frequency"].widget
    rules = json.loads(widget.attrs["data-shown-fields-rules-value"])
    assert rules["frequency"]["once"] == ["date"]
    assert "week_of_month" not in rules["frequency"]["weekly"]


def test_every_field_says_what_families_read_from_it(admin_client, kita):
    page = admin_client.get(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk)))
    form = page.context["form"]
    assert isinstance(form, OfferForm)
    bare = {"postal_code", "town", "latitude", "longitude", "min_age_months", "max_age_months"}
    hidden = {"comment_notifications", "go_live_at", "expire_at"}
    html = page.content.decode()
    for name in form.fields.keys() - bare - hidden:
        described = re.search(rf'id="[^"]*-{name}-helptext"[^>]*>\s*<div class="help">[^<]+', html)
        assert described, f"{name} has no help"


def queries_of_the_form(client, page, django_assert_max_num_queries):
    url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    client.get(url)
    with django_assert_max_num_queries(46) as warm:
        assert client.get(url).status_code == 200
    return len(warm)


def test_half_an_offer_can_be_looked_at_as_families_will_see_it(leader, kita):
    page = offer(kita)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    assert leader.get(url).status_code == 200
    row = {"frequency": "weekly", "weekday": "", "interval": "2", "start_time": "", "end_time": "", "ORDER": "1"}
    sent = leader.post(url, filled(title="Halb fertig", summary="", schedules=inline_formset([row])))
    assert sent.json() == {"is_valid": True, "is_available": True}
    assert "Halb fertig" in words(leader.get(url))


def test_the_form_costs_the_same_among_many_listings(leader, kita, django_assert_max_num_queries):
    page = offer(kita, "eines", schedules=[weekly()])
    alone = queries_of_the_form(leader, page, django_assert_max_num_queries)
    for number in range(12):
        offer(kita, f"angebot-{number}", schedules=[weekly()])
        offer(provider(f"kita-{number}", **ADDRESS), f"fremd-{number}")
    assert queries_of_the_form(leader, page, django_assert_max_num_queries) == alone


def test_demo_accounts_edit_what_their_work_is(kita, client, capsys):
    own, other = offer(kita, "eigenes"), offer(provider("kita-lahn", **ADDRESS), "fremdes")
    call_command("demo_accounts", demo=True)
    may = {
        email: [page.permissions_for_user(User.objects.get(email=email)).can_edit() for page in (own, other)]
        for email in [f"{name}@example.org" for name in ("admin", "kita", "netzwerk", "beratung", "presse", "kreis")]
    }
    assert may == {
        "admin@example.org": [True, True],
        "kita@example.org": [True, False],
        "netzwerk@example.org": [True, False],
        "beratung@example.org": [False, False],
        "presse@example.org": [False, False],
        "kreis@example.org": [True, True],
    }
    assert User.objects.get(email="kreis@example.org").has_perm("offers.change_topic")
    assert not User.objects.get(email="kita@example.org").has_perm("offers.change_topic")


def test_after_signing_in_a_kita_has_its_offers_before_it(leader, kita, django_assert_max_num_queries):
    draft = offer(kita, "entwurf", title="Noch ein Entwurf", live=False)
    offer(kita, "sichtbar", title="Schon zu sehen")
    offer(provider("kita-lahn", **ADDRESS), "fremdes", title="Etwas Fremdes")
    with django_assert_max_num_queries(50):
        page = leader.get(reverse("wagtailadmin_home"))
    said = words(page)
    assert "Noch ein Entwurf Entwurf, noch nicht zu sehen" in said
    assert "Schon zu sehen Zu sehen, zuletzt bestätigt" in said
    assert "Etwas Fremdes" not in said
    assert reverse("wagtailadmin_pages:edit", args=(draft.pk,)) in page.content.decode()
    assert reverse("new_offer", args=(kita.pk,)) in page.content.decode()


def test_whoever_may_publish_is_not_offered_an_approval(leader, kita):
    menu = leader.get(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk))).content.decode()
    assert "action-publish" in menu
    assert "action-submit" not in menu


def test_the_button_that_is_seen_first_publishes(leader, kita):
    answer = leader.get(reverse("wagtailadmin_pages:add", args=("offers", "offerpage", kita.pk))).content.decode()
    assert 0 < answer.index('name="action-publish"') < answer.index("Entwurf speichern")
