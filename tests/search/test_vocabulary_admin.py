"""The district corrects and extends the vocabulary; Kitas do not see it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.models import User
from offers.models import Topic
from search.models import Origin, Situation, VocabularyTerm

pytestmark = pytest.mark.django_db
LISTS = {"situation": "wagtailsnippets_search_situation", "term": "wagtailsnippets_search_vocabularyterm"}


def signed_in(client, *models):
    user = User.objects.create_user("amt@example.org", "ein langes Kennwort", is_active=True)
    codes = ["access_admin", *(f"{verb}_{model}" for verb in ("add", "change", "delete", "view") for model in models)]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


@pytest.fixture
def staff(client):
    Topic.objects.get_or_create(slug="gesundheit", defaults={"name": "Gesundheit"})
    Topic.objects.get_or_create(slug="schlafen", defaults={"name": "Schlafen"})
    return signed_in(client, "situation", "vocabularyterm")


def bundled_term(**values):
    content = {"words": ["oma"], "target": ["großeltern"], "language": ""}
    return VocabularyTerm.objects.create(key="broader:oma", kind="broader", words="oma", target="großeltern", loaded=content, **values)


def term_form(**changes):
    return {"kind": "equal", "language": "", "words": "Schnodder, Schnupfen", "target": "", "active": "on", **changes}


def situation_form(**changes):
    fields = {"label": "Zahn wackelt", "slug": "", "words": "Zahnarzt", "phrases": "wackelzahn\r\ntr: diş sallanıyor", "active": "on"}
    return {**fields, "topics": ["gesundheit"], "kinds": ["beratung"], **changes}


def faults(answer):
    return {name: " ".join(messages) for name, messages in answer.context["form"].errors.items()}


def test_the_menu_is_for_the_district_only(client):
    signed_in(client)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert not any(reverse(f"{name}:list") in page for name in LISTS.values())
    assert client.get(reverse(f"{LISTS['term']}:list")).status_code == 302


def test_the_menu_leads_to_both_lists(staff):
    page = staff.get(reverse("wagtailadmin_home")).content.decode()
    assert all(reverse(f"{name}:list") in page for name in LISTS.values())


def test_a_situation_is_written_with_topics_kinds_and_languages(staff):
    answer = staff.post(reverse(f"{LISTS['situation']}:add"), situation_form())
    assert answer.status_code == 302
    found = Situation.objects.get()
    assert (found.slug, found.topics, found.kinds, found.origin) == ("zahn-wackelt", ["gesundheit"], ["beratung"], Origin.OWN)
    assert found.entry().phrases == ("wackelzahn", "diş sallanıyor")
    assert found.entry().languages == ("de", "tr")


def test_a_second_situation_of_the_name_gets_an_address_of_its_own_and_a_taken_one_is_named(staff):
    staff.post(reverse(f"{LISTS['situation']}:add"), situation_form())
    staff.post(reverse(f"{LISTS['situation']}:add"), situation_form())
    assert set(Situation.objects.values_list("slug", flat=True)) == {"zahn-wackelt", "zahn-wackelt-2"}
    answer = staff.post(reverse(f"{LISTS['situation']}:add"), situation_form(slug="zahn-wackelt"))
    assert "slug" in faults(answer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phrases": " \n "}, "phrases"),
        ({"phrases": "?!"}, "phrases"),
        ({"words": "und, oder"}, "words"),
        ({"topics": ["zirkus"]}, "topics"),
    ],
)
def test_a_situation_that_means_nothing_is_not_saved(staff, changes, field):
    answer = staff.post(reverse(f"{LISTS['situation']}:add"), situation_form(**changes))
    assert field in faults(answer)
    assert not Situation.objects.exists()


def test_the_most_important_topic_stays_first(staff):
    situation = Situation.objects.create(slug="s", label="S", words="Wort", phrases="frage", topics=["schlafen", "alt"], kinds=[])
    staff.post(
        reverse(f"{LISTS['situation']}:edit", args=[situation.pk]), situation_form(slug="s", topics=["gesundheit", "schlafen", "alt"])
    )
    situation.refresh_from_db()
    assert situation.topics == ["schlafen", "alt", "gesundheit"]


def test_a_word_is_written_and_found_in_the_list(staff):
    assert staff.post(reverse(f"{LISTS['term']}:add"), term_form()).status_code == 302
    bundled_term()
    address = reverse(f"{LISTS['term']}:list")
    assert [str(each) for each in staff.get(address, {"q": "schnod"}).context["object_list"]] == ["Schnodder, Schnupfen"]
    assert [str(each) for each in staff.get(address, {"kind": "broader"}).context["object_list"]] == ["oma > großeltern"]
    assert [str(each) for each in staff.get(address, {"origin": "own"}).context["object_list"]] == ["Schnodder, Schnupfen"]


def test_situations_are_searched_and_filtered(staff):
    Situation.objects.create(slug="a", label="A", words="Wort", phrases="der zahn wackelt")
    Situation.objects.create(slug="b", label="B", words="Wort", phrases="frage", active=False)
    address = reverse(f"{LISTS['situation']}:list")
    assert [each.slug for each in staff.get(address, {"q": "wackelt"}).context["object_list"]] == ["a"]
    assert [each.slug for each in staff.get(address, {"active": "false"}).context["object_list"]] == ["b"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": "Handy"}, "words"),
        ({"kind": "broader", "words": "Oma"}, "target"),
        ({"kind": "translation", "words": "hamile*", "target": "Schwangerschaft"}, "language"),
        ({"kind": "broader", "words": "oma, omama", "target": "Enkel"}, "words"),
    ],
)
def test_a_word_without_effect_or_twice_is_named(staff, changes, field):
    bundled_term()
    answer = staff.post(reverse(f"{LISTS['term']}:add"), term_form(**changes))
    assert field in faults(answer)
    assert VocabularyTerm.objects.count() == 1


def test_a_changed_bundled_word_is_marked_and_found_again_by_the_next_version(staff):
    term = bundled_term()
    staff.post(reverse(f"{LISTS['term']}:edit", args=[term.pk]), term_form(kind="broader", words="omama, oma", target="großeltern"))
    term.refresh_from_db()
    assert (term.words, term.origin, term.key) == ("omama, oma", Origin.EDITED, "broader:oma")


def test_a_deleted_bundled_word_is_switched_off_and_an_own_one_is_gone(staff):
    bundled, own = bundled_term(), VocabularyTerm.objects.create(kind="equal", words="a1, b1")
    answer = staff.post(reverse(f"{LISTS['term']}:delete", args=[bundled.pk]), follow=True)
    assert "Abgeschaltet: oma &gt; großeltern" in answer.content.decode()
    bundled.refresh_from_db()
    assert not bundled.active
    staff.post(reverse(f"{LISTS['term']}:delete", args=[own.pk]))
    assert list(VocabularyTerm.objects.all()) == [bundled]


def test_deleting_many_at_once_does_the_same(staff):
    bundled, own = bundled_term(), VocabularyTerm.objects.create(kind="equal", words="a1, b1")
    address = reverse("wagtail_bulk_action", args=["search", "vocabularyterm", "delete"])
    staff.post(f"{address}?id={bundled.pk}&id={own.pk}")
    assert [(each.pk, each.active) for each in VocabularyTerm.objects.all()] == [(bundled.pk, False)]


def test_the_forms_say_what_an_entry_does(staff):
    situation = Situation.objects.create(slug="s", label="S", words="Wort", phrases="frage", topics=["schlafen"], kinds=["kurs"])
    page = staff.get(reverse(f"{LISTS['situation']}:edit", args=[situation.pk])).content.decode()
    assert "tr: oyun grubu" in page
    assert 'value="schlafen"' in page
    assert "Führt auch zu: „Oma, Opa“ führt zu „Großeltern“" in staff.get(reverse(f"{LISTS['term']}:add")).content.decode()
