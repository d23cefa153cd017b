"""What may become of a report, and which of them come first. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from offers.models.report import Report, ReportState, ReportTopic

# So many, each of another network or day, and it is hardly a mistake that an offer has ended.
HARDLY_A_MISTAKE = 5

NEXT: dict[str, tuple[ReportState, ...]] = {
    ReportState.NEW: (ReportState.IN_WORK, ReportState.DONE, ReportState.NOT_RIGHT),
    ReportState.IN_WORK: (ReportState.IN_WORK, ReportState.DONE, ReportState.NOT_RIGHT),
    ReportState.DONE: (ReportState.IN_WORK,),
    ReportState.NOT_RIGHT: (ReportState.IN_WORK,),
}


def answer(report: Report, state: ReportState, today: date) -> bool:
    """Give a report its next state, unsaved; False where it cannot have that one."""
    if state not in NEXT[report.state]:
        return False
    report.state = state
    report.answered_on = report.answered_on or today
    report.closed_on = None if state == ReportState.IN_WORK else today
    return True


def ended(reports: Iterable[Report]) -> dict[int, int]:
    """How many say that an offer has ended, by the offer's id; open reports alone."""
    found: dict[int, int] = {}
    for report in reports:
        if report.is_open and report.topic == ReportTopic.ENDED:
            found[report.offer_id] = found.get(report.offer_id, 0) + report.times
    return found


def is_late(report: Report, today: date, days: int) -> bool:
    """Whether nobody has answered for longer than these days."""
    return report.state == ReportState.NEW and report.reported_on < today - timedelta(days=days)


def in_order(reports: Iterable[Report], today: date, days: int) -> list[Report]:
    """What many say has ended first, then what waits for too long, then by age; closed ones last, the newest of them first."""
    everything = list(reports)
    many = {offer for offer, times in ended(everything).items() if times >= HARDLY_A_MISTAKE}

    def place(report: Report) -> tuple[int, int, int]:
        if not report.is_open:
            return 3, -(report.closed_on or today).toordinal(), report.pk
        first = 0 if report.offer_id in many and report.topic == ReportTopic.ENDED else 1 if is_late(report, today, days) else 2
        return first, report.reported_on.toordinal(), report.pk

    return sorted(everything, key=place)
