"""Each part of the decisions who may invite, remove and help whom."""

from tests.people.mutations.rule import Rule, of_tests, row, undecided

PRIVILEGE, ALONE = of_tests("people", "joining", "test_privilege.py"), of_tests("people", "joining", "test_without_a_view.py")
DOES, FILLS = "test_who_may_do_what_to_whom", "test_who_fills_which_of_the_district_s_teams"
LEFT = ALONE("test_who_has_left_acts_on_nobody")
PROTECTED = ALONE("test_who_may_more_is_taken_in_by_administrators_alone")
RESET = ALONE("test_nobody_resets_their_own_factor_nor_that_of_a_closed_account")
CLOSED = "test_a_closed_account_comes_back_only_if_nothing_is_left_of_it"
ONESELF = "self.user is not None and person.pk == self.user.pk"
NOT_PROTECTED = "self.is_administrator or not is_protected(person)"

# What is left out of which decision, and what has to notice.
PARTS = {
    "is_protected": {
        "if person.is_superuser or person.user_permissions.all()": PROTECTED,
        "person.is_superuser": PROTECTED,
        "person.user_permissions.all()": PROTECTED,
        "RoleName(team.role) not in OPEN_ROLES": PROTECTED,
    },
    "Actor.__init__": {
        "isinstance(user, User) and user.is_active and user.is_superuser": LEFT,
        "user.is_active": LEFT,
        "user.is_superuser": PRIVILEGE("test_what_the_district_alone_does[leader-False-people_table]"),
    },
    "Actor.is_district": {
        "self.is_administrator": LEFT,
        "self.user is not None and is_district(self.user)": PRIVILEGE("test_what_the_district_alone_does[district-True-people_table]"),
        "is_district(self.user)": PRIVILEGE("test_what_the_district_alone_does[leader-False-people_table]"),
    },
    "Actor.own_teams": {
        "if self.user is None or not self.user.is_active": LEFT,
        "not self.user.is_active": LEFT,
    },
    "Actor.may_see_people": {"self.is_district": row("people_teams"), "bool(self.own_teams)": LEFT},
    "Actor.may_see": {
        "self.is_district": row("people_person {team} {author}"),
        "team.pk in self.own_teams": row("people_person {team} {author}"),
    },
    "Actor.may_invite_to": {
        "if self.is_administrator": PRIVILEGE(f"{FILLS}[admin-press-True]"),
        "if self.is_district": PRIVILEGE(f"{FILLS}[district-adviser-True]"),
    },
    "Actor.may_take_in": {
        "if self.is_administrator": PROTECTED,
        "not person.is_active": PROTECTED,
        "person.has_usable_password() or bool(person.groups.all())": ALONE(f"{CLOSED}[False-False-True]"),
        "person.has_usable_password()": ALONE(f"{CLOSED}[True-False-False]"),
        "bool(person.groups.all())": ALONE(f"{CLOSED}[False-True-False]"),
        "not closed_on_purpose": ALONE(f"{CLOSED}[True-False-False]"),
        "not is_protected(person)": PROTECTED,
    },
    "Actor.may_remove": {
        f"if {ONESELF}": PRIVILEGE(f"{DOES}[leader-leader-False-False-False]"),
        "person.pk == self.user.pk": ALONE("test_nobody_removes_from_another_team"),
        "self.may_invite_to(team)": ALONE("test_nobody_removes_from_another_team"),
        NOT_PROTECTED: PRIVILEGE("test_an_administrator_in_a_provider_s_team_is_not_touched_by_the_district"),
        "self.is_administrator": PRIVILEGE(f"{DOES}[admin-press-True-True-True]"),
        "not is_protected(person)": PRIVILEGE(f"{DOES}[district-leader-True-True-True]"),
    },
    "Actor.may_hand_over": {
        "self.is_district": PRIVILEGE(f"{DOES}[leader-colleague-True-False-False]"),
        "self.may_remove(person, team)": PRIVILEGE(f"{DOES}[district-press-False-False-False]"),
    },
    "Actor.may_reset_factor": {
        f"if {ONESELF}": RESET,
        "person.pk == self.user.pk": RESET,
        "person.is_active": RESET,
        "self.is_district": PRIVILEGE(f"{DOES}[leader-colleague-True-False-False]"),
        NOT_PROTECTED: PRIVILEGE(f"{DOES}[district-press-False-False-False]"),
        "self.is_administrator": PRIVILEGE(f"{DOES}[admin-press-True-True-True]"),
        "not is_protected(person)": RESET,
    },
}
RULES = tuple(
    Rule(f"people.joining.permissions.{function} less {part}", undecided, probes)
    for function, parts in PARTS.items()
    for part, probes in parts.items()
)
