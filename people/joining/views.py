"""Menschen: who is in which team, and what the district or a team does about it. Actions are POST alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.models import User
from people.joining import inviting, leaving, links, roster
from people.joining.forms import InvitationForm, PersonForm
from people.joining.houses import Person
from people.joining.permissions import Actor, NotAllowedError
from people.models import Team

# A team invites a colleague now and then; its account shall not send mails to the whole world.
INVITE_LIMIT = {"invite": "20/d/user"}


def refused_in_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What somebody may not do is answered with 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error

    return guarded


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """`/admin/menschen/`: all teams for the district, one's own for a team."""
    actor = Actor(request.user)
    if not actor.may_see_people():
        raise PermissionDenied
    words = request.GET.get("q", "")[:100]
    context = {
        "actor": actor,
        "words": words,
        "crews": roster.crews(actor, words),
        "administrators": roster.administrators() if actor.is_administrator and not words else [],
    }
    return TemplateResponse(request, "wagtailadmin/joining/teams.html", context)


@require_safe
def person(request: HttpRequest, team_id: int, user_id: int) -> HttpResponse:
    """`/admin/menschen/…/…/`: one person in one team, with what may be done."""
    actor, team, who = _member(request, team_id, user_id)
    context = {
        "actor": actor,
        "team": team,
        "member": roster.member_of(who),
        "may_invite": actor.may_invite_to(team) and actor.may_take_in(who) and not (actor.user and actor.user.pk == who.pk),
        "may_remove": actor.may_remove(who, team) and (actor.is_district or _others(who, team)),
        "may_hand_over": actor.may_hand_over(who, team),
        "may_reset": actor.may_reset_factor(who),
    }
    return TemplateResponse(request, "wagtailadmin/joining/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refused_in_words
def invite(request: HttpRequest) -> HttpResponse:
    """`/admin/menschen/einladen/`: a provider, there or new, and who looks after it."""
    actor = Actor(request.user)
    if not actor.is_district:
        raise PermissionDenied
    form = InvitationForm(request.POST or None, initial={"provider": request.GET.get("anbieter")})
    if request.method == "POST" and form.is_valid():
        try:
            outcome = inviting.invite_house(form.house, form.person, actor)
        except (NotAllowedError, inviting.AmbiguousHouseError) as error:
            form.add_error("email" if isinstance(error, NotAllowedError) else "provider", str(error))
        else:
            _say(request, outcome)
            return redirect("people_teams")
    return TemplateResponse(request, "wagtailadmin/joining/invite.html", {"form": form, "team": None, "actor": actor})


@require_http_methods(["GET", "HEAD", "POST"])
def invite_to(request: HttpRequest, team_id: int) -> HttpResponse:
    """`/admin/menschen/…/einladen/`: a colleague into a team that is there."""
    actor, team = _team(request, team_id)
    if not actor.may_invite_to(team):
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not actor.is_district and not ratelimit.consume(
                request, app="people", action="invite", config=INVITE_LIMIT, user=request.user
            ):
                raise NotAllowedError(_("Das waren heute viele Einladungen. Morgen geht es weiter."))
            outcome = inviting.invite(form.person, team, actor)
        except NotAllowedError as error:
            form.add_error("email", str(error))
        else:
            _say(request, outcome)
            return redirect("people_teams")
    return TemplateResponse(request, "wagtailadmin/joining/invite.html", {"form": form, "team": team, "actor": actor})


@require_POST
@refused_in_words
def invite_again(request: HttpRequest, team_id: int, user_id: int) -> HttpResponse:
    """The mail once more, with a link that counts from today."""
    actor, team, who = _member(request, team_id, user_id)
    if not actor.is_district and not ratelimit.consume(request, app="people", action="invite", config=INVITE_LIMIT, user=request.user):
        raise NotAllowedError
    inviting.invite(Person(who.first_name, who.last_name, who.email.lower()), team, actor)
    messages.success(request, _("Die Mail an %(email)s ist geschrieben.") % {"email": who.email})
    return redirect("people_person", team.pk, who.pk)


@require_POST
@refused_in_words
def remove(request: HttpRequest, team_id: int, user_id: int) -> HttpResponse:
    """Out of the team."""
    actor, team, who = _member(request, team_id, user_id)
    leaving.remove(who, team, actor)
    messages.success(request, _("%(name)s ist nicht mehr im Team %(team)s.") % {"name": who, "team": team})
    return redirect("people_teams")


@require_http_methods(["GET", "HEAD", "POST"])
@refused_in_words
def hand_over(request: HttpRequest, team_id: int, user_id: int) -> HttpResponse:
    """A new leader in and the old one out, in one step."""
    actor, team, who = _member(request, team_id, user_id)
    if not actor.may_hand_over(who, team):
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = leaving.hand_over(who, team, form.person, actor)
        except NotAllowedError as error:
            form.add_error("email", str(error))
        else:
            words = {"old": who, "new": outcome.person, "team": team}
            messages.success(request, _("%(new)s übernimmt %(team)s von %(old)s. Beide bekommen eine Mail.") % words)
            return redirect("people_teams")
    return TemplateResponse(request, "wagtailadmin/joining/hand_over.html", {"form": form, "team": team, "who": who})


@require_POST
@refused_in_words
def reset_factor(request: HttpRequest, team_id: int, user_id: int) -> HttpResponse:
    """The second factor that somebody has lost."""
    actor, team, who = _member(request, team_id, user_id)
    leaving.reset_factor(who, actor)
    messages.success(request, _("Der zweite Schritt von %(name)s ist zurückgesetzt. Eine Mail sagt es.") % {"name": who})
    return redirect("people_person", team.pk, who.pk)


def _team(request: HttpRequest, team_id: int) -> tuple[Actor, Team]:
    """Raises PermissionDenied for a team of others, and for one that is not there: nobody learns which."""
    actor = Actor(request.user)
    team = Team.objects.select_related("group", "provider").filter(pk=team_id).first()
    if team is None or not actor.may_see(team):
        raise PermissionDenied
    return actor, team


def _member(request: HttpRequest, team_id: int, user_id: int) -> tuple[Actor, Team, User]:
    actor, team = _team(request, team_id)
    return actor, team, get_object_or_404(User, pk=user_id, groups=team.group_id)


def _others(who: User, team: Team) -> bool:
    return User.objects.filter(groups=team.group_id, is_active=True).exclude(pk=who.pk).exists()


def _say(request: HttpRequest, outcome: inviting.Outcome) -> None:
    words = {"email": outcome.person.email, "team": outcome.team, "days": links.VALID_FOR.days}
    if outcome.was_member:
        text = _("%(email)s ist schon im Team %(team)s. Die Mail ging noch einmal hinaus.") % words
    else:
        # The same words for a new account and one of another team: nobody learns which addresses are known.
        text = _("%(email)s ist eingeladen: %(team)s. Die Mail ist geschrieben.") % words
    messages.success(request, text)
    if outcome.team.provider and not outcome.team.provider.live:
        messages.info(request, _("Die Seite des Anbieters ist noch ein Entwurf, bis die Adresse eingetragen ist."))
