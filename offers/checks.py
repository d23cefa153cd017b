"""What a setting can break, said at start."""

from typing import Any

import holidays
from django.conf import settings
from django.core.checks import Error, register


@register()
def check_holidays_state(**_kwargs: Any) -> list[Error]:
    """The library of public holidays knows the state; otherwise every page with dates would fail."""
    country, state = settings.HOLIDAYS_COUNTRY, settings.HOLIDAYS_STATE
    known = holidays.list_supported_countries().get(country, [])
    if state in known:
        return []
    hint = f"Set HOLIDAYS_STATE to one of: {', '.join(known)}."
    return [Error(f"There are no public holidays for HOLIDAYS_STATE {state!r} in {country}.", hint=hint, id="offers.E001")]
