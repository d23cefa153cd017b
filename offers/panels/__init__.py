"""The editing forms, in the order an editor thinks: what, when, where, for whom, at what cost.

One page with panels that fold, not tabs: on a telephone a tab hides a missing field, and Wagtail's outline of the page leads to
every panel. The second tab, with address and search engines, is only for those who keep the whole directory.

Fields are named here, models never imported: the models import this package.
"""

from offers.panels.inputs import date_input
from offers.panels.offer import offer_form
from offers.panels.provider import provider_form, provider_index_form

__all__ = ["date_input", "offer_form", "provider_form", "provider_index_form"]
