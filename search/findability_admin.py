""" "So finden Familien dieses Angebot", beside the form: fetched after the form is shown, or a page of its own without JavaScript."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.models import User
from offers.models import OfferPage
from offers.open_questions import open_questions
from search.contract import IndexUnavailable
from search.engines import get_engine
from search.findability import findability

AHEAD = timedelta(days=120)


@require_safe
def offer_findability(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever may edit the offer; for anybody else there is none. `teil=1` gives only the part that goes beside the form."""
    offer: OfferPage | None = OfferPage.objects.filter(pk=pk).first()
    user = request.user
    if offer is None or not isinstance(user, User) or not offer.permissions_for_user(user).can_edit():
        raise Http404
    draft: OfferPage = offer.get_latest_revision_as_object()
    today = timezone.localdate()
    context = {
        "offer": offer,
        "questions": open_questions(
            draft, has_dates=bool(draft.occurrences(today, today + AHEAD)), has_topics=bool(list(draft.topics.all()))
        ),
    }
    if offer.live:
        try:
            context["findability"] = findability(offer, get_engine())
        except IndexUnavailable:
            context["away"] = True
    part = request.GET.get("teil") == "1"
    template = "wagtailadmin/search/findability_part.html" if part else "wagtailadmin/search/findability.html"
    response = TemplateResponse(request, template, context)
    response["Cache-Control"] = "private, no-store"
    return response
