"""What each role has, thing by thing: without it, the role can do less than the access matrix or a test of roles says."""

from tests.people.mutations.rule import Rule, in_no_role, of_tests, row

PAGES, ROLES = of_tests("people", "test_pages.py"), of_tests("people", "test_roles.py")
MAY = "test_what_a_role_may_with_a_page"
FOLLOWS = "test_what_follows_from_a_role"
SNIPPET = "wagtailsnippets_"

# What is taken from which role, and what has to notice.
THINGS = {
    "provider": {
        "pages[ProviderPage]": PAGES(f"{MAY}[own provider-provider]"),
        "page_actions[add]": PAGES(f"{MAY}[own provider-provider]"),
        "page_actions[change]": PAGES(f"{MAY}[own provider-provider]"),
        "page_actions[publish]": PAGES(f"{MAY}[own provider-provider]"),
        "own_folder": row("wagtailimages:edit {picture}"),
        "file_actions[add]": row("wagtailimages:add"),
        "file_actions[change]": row("wagtailimages:edit {picture}"),
        "file_actions[choose]": row("wagtailimages_chooser:chosen {picture}"),
    },
    "adviser": {"permissions[people.read_offers]": row("people_offers")},
    "press": {
        "pages[NewsroomPage]": PAGES(f"{MAY}[newsroom-press]"),
        "page_actions[add]": PAGES(f"{MAY}[newsroom-press]"),
        "page_actions[change]": PAGES(f"{MAY}[newsroom-press]"),
        "page_actions[publish]": PAGES(f"{MAY}[newsroom-press]"),
        "own_folder": row("wagtailimages:edit {picture}"),
        "file_actions[add]": row("wagtailimages:add"),
        "file_actions[change]": row("wagtailimages:edit {picture}"),
        "file_actions[choose]": row("wagtailimages_chooser:chosen {picture}"),
        "second_factor": ROLES(f"{FOLLOWS}[press-True-False-False]"),
    },
    "district": {
        "pages[ProviderIndexPage]": PAGES(f"{MAY}[directory-district]"),
        "page_actions[add]": PAGES(f"{MAY}[directory-district]"),
        "page_actions[change]": PAGES(f"{MAY}[directory-district]"),
        "page_actions[publish]": PAGES(f"{MAY}[directory-district]"),
        "page_actions[lock]": PAGES(f"{MAY}[directory-district]"),
        "page_actions[unlock]": row("wagtailadmin_pages:unlock {locked}"),
        "page_actions[bulk_delete]": row("wagtailadmin_pages:delete {home}"),
        "own_folder": ROLES("test_the_district_has_a_folder_of_its_own_beside_those_of_all_providers"),
        "folders_of_providers": row("wagtailimages:edit {picture}"),
        "file_actions[add]": row("wagtailimages:add"),
        "file_actions[change]": row("wagtailimages:edit {picture}"),
        "file_actions[choose]": row("wagtailimages_chooser:chosen {picture}"),
        "permissions[people.read_offers]": row("people_offers"),
        "models[offers.topic add]": row(f"{SNIPPET}offers_topic:add"),
        "models[offers.topic change]": row(f"{SNIPPET}offers_topic:edit {{topic}}"),
        "models[offers.topic delete]": row(f"{SNIPPET}offers_topic:delete {{topic}}"),
        "models[offers.schoolholiday add]": row(f"{SNIPPET}offers_schoolholiday:add"),
        "models[offers.schoolholiday change]": row(f"{SNIPPET}offers_schoolholiday:edit {{holiday}}"),
        "models[offers.schoolholiday delete]": row(f"{SNIPPET}offers_schoolholiday:delete {{holiday}}"),
        "models[places.place add]": row(f"{SNIPPET}places_place:add"),
        "models[places.place change]": row(f"{SNIPPET}places_place:edit {{place}}"),
        "models[places.place delete]": row(f"{SNIPPET}places_place:delete {{place}}"),
        "models[places.socialspace add]": row(f"{SNIPPET}places_socialspace:add"),
        "models[places.socialspace change]": row(f"{SNIPPET}places_socialspace:edit {{space}}"),
        "models[places.socialspace delete]": row(f"{SNIPPET}places_socialspace:delete {{space}}"),
        "models[search.situation add]": row(f"{SNIPPET}search_situation:add"),
        "models[search.situation change]": row(f"{SNIPPET}search_situation:edit {{situation}}"),
        "models[search.situation delete]": row(f"{SNIPPET}search_situation:delete {{situation}}"),
        "models[search.vocabularyterm add]": row(f"{SNIPPET}search_vocabularyterm:add"),
        "models[search.vocabularyterm change]": row(f"{SNIPPET}search_vocabularyterm:edit {{term}}"),
        "models[search.vocabularyterm delete]": row(f"{SNIPPET}search_vocabularyterm:delete {{term}}"),
        "models[offers.listingrules change]": row("wagtailsettings:edit offers listingrules {site}"),
        "models[home.districtsettings change]": row("wagtailsettings:edit home districtsettings {site}"),
        "models[cms.outgoingmail view]": row("unsent_mails"),
        "models[cms.outgoingmail change]": row("retry_mails"),
        "second_factor": ROLES(f"{FOLLOWS}[district-True-True-True]"),
    },
}
RULES = tuple(
    Rule(f"people.roles.ROLES[{role}].{thing}", in_no_role, probes) for role, things in THINGS.items() for thing, probes in things.items()
)
