"""Menschen in Wagtail's admin: addresses, menu, and our lines of the log."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.menu import MenuItemFor
from people.joining import journal, table_views, views
from people.joining.permissions import Actor

hooks.register("register_log_actions", journal.register)


@hooks.register("register_admin_urls")
def joining_urls() -> list[URLPattern]:
    return [
        path("menschen/", views.team_list, name="people_teams"),
        path("menschen/einladen/", views.invite, name="people_invite"),
        path("menschen/tabelle/", table_views.table, name="people_table"),
        path("menschen/tabelle/einladen/", table_views.table_do, name="people_table_do"),
        path("menschen/tabelle/vorlage/", table_views.template, name="people_table_template"),
        path("menschen/<int:team_id>/einladen/", views.invite_to, name="people_invite_to"),
        path("menschen/<int:team_id>/<int:user_id>/", views.person, name="people_person"),
        path("menschen/<int:team_id>/<int:user_id>/nochmal/", views.invite_again, name="people_invite_again"),
        path("menschen/<int:team_id>/<int:user_id>/entfernen/", views.remove, name="people_remove"),
        path("menschen/<int:team_id>/<int:user_id>/uebergabe/", views.hand_over, name="people_hand_over"),
        path("menschen/<int:team_id>/<int:user_id>/zweiter-schritt/", views.reset_factor, name="people_reset_factor"),
    ]


def _has_a_team(request: HttpRequest) -> bool:
    actor = Actor(request.user)
    return not actor.is_district and actor.may_see_people()


@hooks.register("register_admin_menu_item")
def people_item() -> MenuItem:
    return MenuItemFor(
        lambda request: Actor(request.user).is_district, _("Menschen"), reverse("people_teams"), name="people", icon_name="group", order=300
    )


@hooks.register("register_admin_menu_item")
def own_team_item() -> MenuItem:
    return MenuItemFor(_has_a_team, _("Mein Team"), reverse("people_teams"), name="own-team", icon_name="group", order=300)
