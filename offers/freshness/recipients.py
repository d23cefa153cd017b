"""To whom a provider's mail goes. Apps above this one add addresses, such as those of a provider's team."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from offers.models import ConfirmationMail, MailOptOut, ProviderPage

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


def anybody(is_the_one: Callable[[str], bool]) -> str | None:
    """The address for which the question holds, among those that we write to, have written to, or shall not write to."""
    return next(filter(is_the_one, _all_addresses()), None)


def _all_addresses() -> Iterator[str]:
    for each in addresses(ProviderPage.objects.all()).values():
        yield from each
    yield from opted_out()
    for written_to in ConfirmationMail.objects.values_list("recipients", flat=True).iterator():
        yield from written_to
