"""Rules about people: who is in which team, who invites, removes and helps whom, and what stands before the admin."""

from allauth.mfa.models import Authenticator

from offers.models import ProviderPage
from people.models import RoleName, Team
from tests.people.mutations.rule import Rule, as_above, in_silence, instead, of_tests, row, says

ROLES, PRIVILEGE = of_tests("people", "test_roles.py"), of_tests("people", "joining", "test_privilege.py")
INVITING = of_tests("people", "joining", "test_inviting.py")
FACTOR, SESSIONS = of_tests("people", "accounts", "test_second_factor.py"), of_tests("people", "accounts", "test_sessions.py")
ALONE = of_tests("people", "joining", "test_without_a_view.py")
DOES = "test_who_may_do_what_to_whom"
FOLLOWS = "test_what_follows_from_a_role"
ACTOR = "people.joining.permissions.Actor"


def all_teams(actor: object) -> frozenset[int]:
    return frozenset(Team.objects.filter(role=RoleName.PROVIDER).values_list("pk", flat=True))


RULES = (
    Rule("people.roles.role_names_of", says(frozenset(RoleName)), ROLES(f"{FOLLOWS}[provider-False-False-False]")),
    Rule("people.roles.is_district", says(True), ROLES(f"{FOLLOWS}[provider-False-False-False]")),
    Rule("people.roles.needs_second_factor", says(False), ROLES(f"{FOLLOWS}[press-True-False-False]")),
    Rule("people.roles.providers_of", instead(lambda user: ProviderPage.objects.all()), ROLES(f"{FOLLOWS}[provider-False-False-False]")),
    Rule("people.roles.refresh", says(None), ROLES("test_what_the_role_does_not_have_is_taken_away")),
    Rule(
        f"{ACTOR}.__init__",
        instead(lambda self, user: self.__dict__.update(user=user, is_administrator=True)),
        PRIVILEGE("test_what_the_district_alone_does[leader-False-people_invite]"),
    ),
    Rule(f"{ACTOR}.is_district", says(True), PRIVILEGE("test_what_the_district_alone_does[leader-False-people_invite]")),
    Rule(f"{ACTOR}.own_teams", instead(property(all_teams)), PRIVILEGE("test_whom_the_list_shows[stranger-sees3]")),
    Rule(f"{ACTOR}.teams", instead(lambda self: Team.objects.all()), PRIVILEGE("test_whom_the_list_shows[stranger-sees3]")),
    Rule(f"{ACTOR}.may_see_people", says(True), PRIVILEGE("test_who_has_no_list[press]")),
    Rule(f"{ACTOR}.may_see", says(True), row("people_person {team} {author}")),
    Rule(f"{ACTOR}.may_invite_to", says(True), row("people_invite_to {team}")),
    Rule(f"{ACTOR}.may_take_in", says(True), INVITING("test_an_account_that_an_administrator_has_closed_stays_closed")),
    Rule(f"{ACTOR}.may_remove", says(True), PRIVILEGE(f"{DOES}[district-press-False-False-False]")),
    Rule(f"{ACTOR}.may_hand_over", says(True), PRIVILEGE(f"{DOES}[leader-colleague-True-False-False]")),
    Rule(f"{ACTOR}.may_reset_factor", says(True), PRIVILEGE(f"{DOES}[leader-colleague-True-False-False]")),
    Rule("people.joining.permissions.is_protected", says(False), PRIVILEGE(f"{DOES}[district-press-False-False-False]")),
    Rule("people.joining.views.team_list raise 1", in_silence, PRIVILEGE("test_who_has_no_list[press]")),
    Rule("people.joining.views._team raise 1", in_silence, row("people_person {team} {author}")),
    Rule("people.joining.views.invite raise 1", in_silence, PRIVILEGE("test_what_the_district_alone_does[leader-False-people_invite]")),
    Rule(
        "people.joining.views.invite_to raise 1",
        in_silence,
        PRIVILEGE("test_who_fills_which_of_the_district_s_teams[district-press-False]"),
    ),
    Rule("people.joining.views.invite_to raise 2", in_silence, INVITING("TestColleague::test_it_does_not_write_to_the_whole_world")),
    Rule(
        "people.joining.views.invite_again raise 1",
        in_silence,
        ALONE("test_the_same_mail_once_more_counts_as_one_of_the_day_s"),
    ),
    Rule("people.joining.views.hand_over raise 1", in_silence, PRIVILEGE(f"{DOES}[leader-colleague-True-False-False]")),
    Rule(
        "people.joining.table_views._district raise 1",
        in_silence,
        PRIVILEGE("test_what_the_district_alone_does[leader-False-people_table]"),
    ),
    Rule(
        "people.joining.table_views.table_do raise 1",
        in_silence,
        of_tests("people", "joining", "test_table.py")("test_nobody_sends_what_was_shown_to_another_or_what_was_changed"),
    ),
    Rule("people.joining.inviting.invite raise 1", in_silence, ALONE("test_nobody_invites_into_another_team")),
    Rule("people.joining.inviting.invite_house raise 1", in_silence, ALONE("test_a_team_invites_no_house")),
    Rule("people.joining.inviting._account raise 1", in_silence, INVITING("test_an_account_that_an_administrator_has_closed_stays_closed")),
    Rule("people.joining.leaving.remove raise 1", in_silence, PRIVILEGE(f"{DOES}[district-press-False-False-False]")),
    Rule("people.joining.leaving.remove raise 2", in_silence, ALONE("test_who_was_removed_a_moment_ago_removes_nobody")),
    Rule("people.joining.leaving.hand_over raise 1", in_silence, ALONE("test_a_team_hands_nobody_over")),
    Rule("people.joining.leaving.hand_over raise 2", in_silence, ALONE("test_nobody_hands_over_to_themselves")),
    Rule("people.joining.leaving.reset_factor raise 1", in_silence, PRIVILEGE(f"{DOES}[leader-colleague-True-False-False]")),
    Rule("people.joining.links.can_sign_in", says(False), ALONE("test_a_link_is_used_up_once_there_is_a_passkey")),
    Rule(
        "people.accounts.middleware.SecondFactorMiddleware.process_view",
        says(None),
        FACTOR("test_scripts_that_ask_for_data_get_a_no[press]"),
    ),
    Rule(
        "people.accounts.middleware.IdleSessionMiddleware.__call__",
        instead(lambda self, request: self.get_response(request)),
        SESSIONS("test_a_session_ends_when_nobody_uses_it[district-8]"),
    ),
    Rule("people.accounts.middleware.renew", says(None), SESSIONS("test_a_session_ends_when_nobody_uses_it[district-8]")),
    Rule(
        "people.accounts.factors.factors_of",
        instead(lambda user: Authenticator.objects.none()),
        FACTOR("test_a_session_from_before_has_to_show_the_factor_too"),
    ),
    Rule("people.accounts.factors.is_required", says(False), FACTOR("test_scripts_that_ask_for_data_get_a_no[press]")),
    Rule("people.accounts.factors.has_passed", says(True), FACTOR("test_scripts_that_ask_for_data_get_a_no[press]")),
    Rule("people.accounts.factors.may_remove", says(True), FACTOR("test_the_last_factor_stays_while_the_role_needs_it[press]")),
    Rule(
        "people.accounts.adapters.MFAAdapter.can_delete_authenticator",
        as_above,
        FACTOR("test_the_last_factor_stays_while_the_role_needs_it[press]"),
    ),
    Rule(
        "people.accounts.adapters.AccountAdapter.is_open_for_signup",
        as_above,
        of_tests("cms", "test_accounts.py")("test_nobody_signs_up"),
    ),
    Rule(
        "people.accounts.report.LogView.dispatch raise 1",
        in_silence,
        of_tests("people", "accounts", "test_log.py")("test_nobody_else_reads_the_log"),
    ),
)
