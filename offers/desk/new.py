"""A new offer from an example: choose one, change what is different, done."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from cms.models import User
from offers.desk.short_form import ShortForm
from offers.desk.views import own_offer, person
from offers.examples import examples
from offers.models import OfferPage, ProviderPage


def own_provider(request: HttpRequest, provider_id: int, *, lock: bool = False) -> ProviderPage:
    """The provider, for whoever may add offers under it. For anybody else there is none: Http404."""
    providers = ProviderPage.objects.select_for_update() if lock else ProviderPage.objects.all()
    provider: ProviderPage | None = providers.filter(pk=provider_id).first()
    if provider is None or not provider.permissions_for_user(person(request)).can_add_subpage():
        raise Http404
    return provider


@require_safe
def choose(request: HttpRequest, provider_id: int) -> HttpResponse:
    """The examples."""
    provider = own_provider(request, provider_id)
    return TemplateResponse(request, "wagtailadmin/desk/choose.html", {"provider": provider, "examples": examples().values()})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, provider_id: int, example: str) -> HttpResponse:
    """The short form. The button says whether the offer goes online, to the district, or stays a draft."""
    if example not in examples():
        raise Http404
    with transaction.atomic():
        provider = own_provider(request, provider_id, lock=request.method == "POST")
        user = person(request)
        draft = "draft" in request.POST
        form = ShortForm(request.POST or None, provider=provider, example=examples()[example], today=timezone.localdate(), draft=draft)
        once = request.POST.get("once", "")[:36]
        if request.method == "POST":
            if once and (known := _made_before(provider, once)):
                return redirect("offer_written", known)
            if form.is_valid():
                return redirect("offer_written", _make(form.offer, provider, user, draft=draft, once=once).pk)
    context = {
        "provider": provider,
        "example": examples()[example],
        "form": form,
        "once": once or uuid4(),
        "publishes": provider.permissions_for_user(user).can_publish_subpage(),
    }
    return TemplateResponse(request, "wagtailadmin/desk/write.html", context)


@require_safe
def written(request: HttpRequest, pk: int) -> HttpResponse:
    """What has become of it, and what one may do next."""
    offer = own_offer(request, pk)
    context = {"offer": offer, "provider": offer.provider, "waits": not offer.live and offer.workflow_in_progress}
    return TemplateResponse(request, "wagtailadmin/desk/written.html", context)


def _made_before(provider: ProviderPage, once: str) -> int | None:
    """The offer that this very form has already made: whoever taps twice gets one."""
    ids = PageLogEntry.objects.filter(action="wagtail.create", data__once=once).values_list("page_id", flat=True)
    found = OfferPage.objects.child_of(provider).filter(pk__in=list(ids)).first()
    return found.pk if found else None


def _make(offer: OfferPage, provider: ProviderPage, user: User, *, draft: bool, once: str) -> OfferPage:
    """The page under its provider; then as the provider's rights say: online, or to the district."""
    online = not draft and provider.permissions_for_user(user).can_publish_subpage()
    offer.live, offer.has_unpublished_changes, offer.owner = False, True, user
    if not draft:
        # Whoever publishes has just read it.
        offer.confirmed_at = timezone.localdate()
    # The form has checked it, a draft may have gaps; what full_clean makes beside is still to do.
    offer.ensure_key(offer.slug)
    offer.locate()
    provider.add_child(instance=offer)
    log(instance=offer, action="wagtail.create", user=user, data={"once": once}, content_changed=True)
    revision = offer.save_revision(user=user, clean=False, log_action=False)
    if draft:
        return offer
    if online:
        revision.publish(user=user)
        return offer
    workflow = offer.get_workflow()
    if workflow is None:
        raise PermissionDenied
    workflow.start(offer, user)
    return offer
