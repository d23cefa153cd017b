"""Which mails have not gone out, for those who may see it; never what is written in them."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.mail.delivery import try_again
from cms.mail.models import OutgoingMail, OutgoingMailQuerySet
from cms.menu import MenuItemFor
from cms.models import User

LISTED = 200
# What waits for longer than this deserves a look.
LATE = timedelta(hours=2)


def may_see(user: User | AnonymousUser) -> bool:
    return user.has_perm("cms.view_outgoingmail")


def late(now: datetime) -> OutgoingMailQuerySet:
    """Mails that were given up, or should have gone out long ago."""
    return OutgoingMail.objects.given_up() | OutgoingMail.objects.waiting().filter(queued_at__lt=now - LATE)


@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    """`/admin/e-mails/`: what waits and what was given up."""
    if not may_see(request.user):
        raise PermissionDenied
    mails = OutgoingMail.objects.filter(sent_at=None).defer("contents")
    context = {
        "mails": mails[:LISTED],
        "number": mails.count(),
        "sent": OutgoingMail.objects.filter(sent_at__gte=timezone.now() - timedelta(days=1)).count(),
        "may_retry": request.user.has_perm("cms.change_outgoingmail"),
    }
    return TemplateResponse(request, "wagtailadmin/mail/unsent.html", context)


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try all of them again at once."""
    if not request.user.has_perm("cms.change_outgoingmail"):
        raise PermissionDenied
    number = try_again(OutgoingMail.objects.all())
    messages.success(request, ngettext("%(n)s E-Mail wird neu versucht.", "%(n)s E-Mails werden neu versucht.", number) % {"n": number})
    return redirect("unsent_mails")


class LateMailsPanel(Component):
    """On the first page, only while mails do not go out."""

    name, order = "late_mails", 10
    template_name = "wagtailadmin/mail/late.html"

    def __init__(self, number: int) -> None:
        self.number = number

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"number": self.number}


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("e-mails/", unsent, name="unsent_mails"),
        path("e-mails/versuchen/", retry, name="retry_mails"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItemFor(
        lambda request: may_see(request.user), _("E-Mails"), reverse("unsent_mails"), name="unsent-mails", icon_name="mail", order=900
    )


@hooks.register("construct_homepage_panels")
def late_mails(request: HttpRequest, panels: list[Any]) -> None:
    if may_see(request.user) and (number := late(timezone.now()).count()):
        panels.append(LateMailsPanel(number))
