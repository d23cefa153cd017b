"""To whom a provider's mail goes. Apps above this one add addresses, such as those of a provider's team."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from offers.models import MailOptOut, ProviderPage

Source = Callable[[Sequence[ProviderPage]], Mapping[int, Iterable[str]]]


def of_the_house(providers: Sequence[ProviderPage]) -> dict[int, list[str]]:
    """The address on the provider's own page."""
    return {provider.pk: [provider.email] for provider in providers if provider.email}


_sources: list[Source] = [of_the_house]


def register(source: Source) -> None:
    """Add a source of addresses by provider id. It is asked for many providers at once and takes a constant number of queries."""
    if source not in _sources:
        _sources.append(source)


def addresses(providers: Sequence[ProviderPage]) -> dict[int, list[str]]:
    """All addresses of each of these providers by its id, in small letters, each once."""
    found: dict[int, dict[str, None]] = {provider.pk: {} for provider in providers}
    for source in _sources:
        for provider_id, more in source(providers).items():
            found[provider_id].update(dict.fromkeys(address.strip().lower() for address in more if address.strip()))
    return {provider_id: list(each) for provider_id, each in found.items()}


def opted_out() -> set[str]:
    """The addresses that want no reminders."""
    return set(MailOptOut.objects.values_list("address", flat=True))
