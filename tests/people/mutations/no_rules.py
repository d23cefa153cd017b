"""What looks like a rule to found.py and is none, each with the reason."""

HANDS_ON = "hands the request on; what it decides has its own line"
NOT_THERE = "answers for what is not there, whoever asks"
TYPE = "tells the types that somebody is signed in; Wagtail's and allauth's own doors have asked before"
ONLY_SHOWS = "chooses what a page shows or says; what is sent is asked again"
STATE = "says how something stands, for everybody the same"

NO_RULES = {
    "cms.mail.admin.late_mails": ONLY_SHOWS,
    "cms.menu.MenuItemFor.is_shown": "asks the condition of each entry, which has its own line",
    "cms.middleware.PrivatePathMiddleware.__call__": "writes headers; tests/cms/test_headers.py holds them",
    "cms.middleware.ReadablePathMiddleware.__call__": NOT_THERE,
    "cms.wagtail_hooks.first_what_most_came_for": "puts buttons in order and leaves none out",
    "offers.desk.admin.first_page": ONLY_SHOWS,
    "offers.desk.listing.Row.can_go_online": STATE,
    "offers.desk.listing._row": ONLY_SHOWS,
    "offers.desk.new._make raise 1": "there is no workflow to hand it in to; without the refusal the request fails",
    "offers.desk.new.write raise 1": NOT_THERE,
    "offers.desk.views._day raise 1": NOT_THERE,
    "offers.desk.views.person raise 1": TYPE,
    "offers.desk.views.take_off": "says in words what Wagtail's own action would refuse; test_desk_rights.py holds it",
    "offers.district_panel.what_waits": ONLY_SHOWS,
    "offers.freshness.admin.settle raise 1": NOT_THERE,
    "offers.interchange.importing.provider_index": "names the page above all providers, for whoever runs the server",
    "offers.reports.admin._user raise 1": TYPE,
    "offers.views._page raise 1": NOT_THERE,
    "people.accounts.hooks.offer_second_factor": ONLY_SHOWS,
    "people.accounts.middleware.SecondFactorMiddleware.__call__": HANDS_ON,
    "people.accounts.middleware.SecondFactorMiddleware.refuse": "says how it is refused, not whether",
    "people.accounts.middleware.note_download": "writes a line of the log and keeps nobody from anything",
    "people.accounts.views.authenticated raise 1": TYPE,
    "people.guard.AdminGuardMiddleware.__call__": HANDS_ON,
    "people.guard.rule_for": "finds the line of RULES, each of which has its own line here",
    "people.joining.hooks._has_a_team": "the condition of the entry “Mein Team”, which has its own line",
    "people.joining.inviting._directory raise 1": NOT_THERE,
    "people.joining.leaving._locked raise 1": "the person has left meanwhile; without the refusal the request fails",
    "people.joining.letters.factor_reset": ONLY_SHOWS,
    "people.joining.letters.invite": ONLY_SHOWS,
    "people.joining.roster.crews": ONLY_SHOWS,
    "people.joining.views.person": ONLY_SHOWS,
    "people.joining.views.refused_in_words raise 1": "says as 403 what was refused before",
    "people.roles.ensure_team": "makes the team; what it has follows from ROLES, by refresh",
    "people.roles.providers_folder": "finds the folder above those of the providers",
    "people.wagtail_hooks.somewhere_to_read": ONLY_SHOWS,
    "people.wagtail_hooks.own_files_in_the_api": "puts the two classes of people/isolation.py in their place, which have their own lines",
    "places.views.map_layer raise 1": NOT_THERE,
    "places.wagtail_hooks.keep_what_others_lie_in": "keeps the data whole, whoever deletes",
    "search.views.town raise 1": NOT_THERE,
    "search.wagtail_hooks.switch_off_what_is_bundled": "keeps the data whole, whoever deletes",
}
