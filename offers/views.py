"""What lies beside the page of an offer or a provider: its dates as a calendar file, its address as a QR code."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail import hooks
from wagtail.models import Page

from offers.dates_to_take_along import entries
from offers.ical import CONTENT_TYPE, calendar_file
from offers.models import OfferPage, ProviderPage
from offers.qr import qr_svg


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def calendar_of_page(request: HttpRequest, page_path: str) -> HttpResponseBase:
    """`…/termine.ics`: the dates of the next year, to open or to subscribe to."""
    page, refusal = _page(request, page_path)
    if refusal:
        return refusal
    body = calendar_file(page.title, entries(page, timezone.localdate(), request))
    name = "termine.ics" if getattr(page, "sensitive", False) else f"{page.slug}.ics"
    return HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"'})


@require_safe
@conditional_page
@cache_control(public=True, max_age=86400)
def qr_code_of_page(request: HttpRequest, page_path: str) -> HttpResponseBase:
    """`…/qr.svg`: the page's own address."""
    page, refusal = _page(request, page_path)
    return refusal or HttpResponse(qr_svg(page.get_full_url(request)), content_type="image/svg+xml")


def _page(request: HttpRequest, page_path: str) -> tuple[OfferPage | ProviderPage, HttpResponse | None]:
    """The published page at this path, and a refusal where it is not for everybody. Http404 where there is none."""
    found = Page.route_for_request(request, page_path)
    page = found.page.specific if found else None
    if not isinstance(page, OfferPage | ProviderPage):
        raise Http404
    for hook in hooks.get_hooks("before_serve_page"):
        refusal = hook(page, request, [], {})
        if isinstance(refusal, HttpResponse):
            return page, refusal
    return page, None
