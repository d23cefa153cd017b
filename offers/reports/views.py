"""The page on which families say what is wrong. It asks nothing of them, and sets no cookie."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from offers.models import OfferPage
from offers.models.report import ReportTopic
from offers.reports import limits, tokens
from offers.reports.forms import LONGEST, ReportForm
from offers.reports.origin import is_ours
from offers.reports.privacy import masked
from offers.reports.receiving import take
from offers.reports.tokens import Verdict

View = Callable[..., HttpResponse]
# A field that nobody sees. Who fills it in reads no page.
TRAP = "betreff"


def of_families(view: View) -> View:
    """In no cache and no search engine."""

    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cache_control(private=True, no_store=True)(wrapped)


@csrf_exempt  # `is_ours` and the form's token stand for the cookie
@require_http_methods(["GET", "HEAD", "POST"])
@of_families
def report_offer(request: HttpRequest, key: str) -> HttpResponse:
    """`/hinweis/<key>/`: the form; sent, what it says is kept, once."""
    offer = _offer(key)
    if request.method != "POST":
        return _show(request, offer, ReportForm(), tokens.issue(offer.pk))
    if not is_ours(request):
        return _refuse(request, offer, "foreign", 403)
    if request.POST.get(TRAP):
        return redirect("report_thanks", offer.key)
    form, token = ReportForm(request.POST), request.POST.get("token", "")
    verdict = tokens.judge(token, offer.pk)
    if verdict in (Verdict.BROKEN, Verdict.LATE):
        return _show(request, offer, form, tokens.issue(offer.pk), again=verdict, status=400)
    if verdict == Verdict.EARLY:
        return _show(request, offer, form, token, again=verdict, status=400)
    if not form.is_valid():
        return _show(request, offer, form, token)
    said = form.cleaned_data["text"]
    text = masked(said, _shown_contacts(offer))[:LONGEST]
    if text != said and "gelesen" not in request.POST:
        return _show(request, offer, form, token, without=text)
    return _keep(request, offer, form.cleaned_data["topic"], text, token)


def _keep(request: HttpRequest, offer: OfferPage, topic: str, text: str, token: str) -> HttpResponse:
    if not tokens.use(token):
        # Sent twice by a second tap: it is there already.
        return redirect("report_thanks", offer.key)
    today, network = timezone.localdate(), limits.network_of(request)
    if not limits.allows(network, offer.pk, today):
        return _refuse(request, offer, "often", 429)
    counts = limits.first_today(network, offer.pk, topic or ReportTopic.OTHER, today)
    take(offer, topic, text, today, counts=counts)
    return redirect("report_thanks", offer.key)


@require_safe
@of_families
def report_thanks(request: HttpRequest, key: str) -> HttpResponse:
    """`/hinweis/<key>/danke/`: what happens now."""
    return render(request, "offers/reports/thanks.html", {"offer": _offer(key)})


def _offer(key: str) -> OfferPage:
    return get_object_or_404(OfferPage.objects.live().public(), key=key)


def _shown_contacts(offer: OfferPage) -> tuple[str, ...]:
    """Numbers and addresses that families read on the page: to name them tells of nobody."""
    provider = offer.provider
    return offer.contact_phone, offer.contact_email, provider.phone, provider.email, provider.website


def _show(
    request: HttpRequest,
    offer: OfferPage,
    form: ReportForm,
    token: str,
    *,
    again: Verdict | None = None,
    without: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form with what was written. `again`: why it has to be sent once more; `without`: what it says without numbers and addresses."""
    context = {
        "offer": offer,
        "token": token,
        "topics": ReportTopic.choices,
        "topic": form.data.get("topic", ""),
        "text": form.data.get("text", ""),
        "errors": list(form.errors.get("text", [])) if form.is_bound and not again else [],
        "again": again.value if again else "",
        "without": without,
        "trap": TRAP,
        "longest": LONGEST,
    }
    return render(request, "offers/reports/form.html", context, status=status)


def _refuse(request: HttpRequest, offer: OfferPage, why: str, status: int) -> HttpResponse:
    return render(request, "offers/reports/refused.html", {"offer": offer, "why": why}, status=status)
