"""The smallest pages that a test of listings needs."""

from datetime import date, time

from wagtail.models import Page, Site

from home.models import HomePage
from offers.models import OfferPage, ProviderIndexPage, ProviderPage, Schedule


def home_page():
    """The site's home page, made once."""
    home = HomePage.objects.first()
    if home is None:
        home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Familien", slug="familien"))
        Site.objects.update(root_page=home)
    return home


def provider_index():
    return ProviderIndexPage.objects.first() or home_page().add_child(instance=ProviderIndexPage(title="Anbieter", slug="anbieter"))


def provider(key="kita-nassau", **fields):
    page = ProviderPage(title=fields.pop("title", key.title()), slug=key, key=key, **fields)
    return provider_index().add_child(instance=page)


def offer(under, key="krabbelgruppe", *, schedules=(), **fields):
    """An offer with its rules; `weekly()`, `monthly()` and `once()` make them."""
    page = OfferPage(title=fields.pop("title", key.title()), slug=key, key=key, summary=fields.pop("summary", "Kurz gesagt."), **fields)
    page.schedules = list(schedules)
    return under.add_child(instance=page)


def weekly(weekday=2, start=time(9, 30), end=time(11), **fields):
    return Schedule(frequency="weekly", weekday=weekday, start_time=start, end_time=end, **fields)


def monthly(weekday=2, week_of_month=1, start=time(9, 30), end=time(11)):
    return Schedule(frequency="monthly", weekday=weekday, week_of_month=week_of_month, start_time=start, end_time=end)


def once(day=date(2026, 12, 3), start=time(19, 30), end=time(21)):
    return Schedule(frequency="once", date=day, start_time=start, end_time=end)
