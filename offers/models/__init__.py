from offers.models.address import Address, Point
from offers.models.calendar import ClosurePeriod, SchoolHoliday
from offers.models.freshness import ConfirmationMail, MailKind, MailOptOut, Setback, SetbackKind
from offers.models.offer import OfferPage
from offers.models.provider import ProviderIndexPage, ProviderPage
from offers.models.report import Report, ReportState, ReportTopic
from offers.models.rules import Approval, ListingRules
from offers.models.schedule import Schedule, ScheduleException
from offers.models.topic import Topic

__all__ = [
    "Address",
    "Approval",
    "ClosurePeriod",
    "ConfirmationMail",
    "ListingRules",
    "MailKind",
    "MailOptOut",
    "OfferPage",
    "Point",
    "ProviderIndexPage",
    "ProviderPage",
    "Report",
    "ReportState",
    "ReportTopic",
    "Schedule",
    "ScheduleException",
    "SchoolHoliday",
    "Setback",
    "SetbackKind",
    "Topic",
]
