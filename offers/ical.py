"""Dates as an iCalendar file (RFC 5545). Pure: entries in, bytes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

from offers.models.address import Point

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Familien//Termine//DE"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `uid` stays when the date moves; `stamp` is when the page last changed, so that equal dates give equal files."""

    uid: str
    title: str
    start: datetime  # aware, local
    end: datetime
    stamp: datetime
    cancelled: bool = False
    place: str = ""
    point: Point | None = None
    text: str = ""
    url: str = ""


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """A calendar that programs can open or subscribe to. Times carry their time zone, so that summer and winter time are right."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    years = set()
    for entry in entries:
        years |= {entry.start.year, entry.end.year}
        calendar.add_component(_event(entry))
    if years:
        # From a whole year to a whole year: the file stays the same from one day to the next.
        calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 1, 1, 1))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    if entry.point:
        event.add("geo", (entry.point.latitude, entry.point.longitude))
    if entry.text:
        event.add("description", entry.text)
    if entry.url:
        event.add("url", entry.url)
    return event
