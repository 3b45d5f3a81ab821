"""Deadlines as an iCalendar file, which the calendars of phones and office programs read (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Deadline:
    """A whole day in the calendar. ``uid`` stays the same when the day changes, so that the entry moves."""

    uid: str
    on: date
    title: str
    text: str
    address: str


def calendar_file(name: str, deadlines: Iterable[Deadline], *, language: str, at: datetime) -> bytes:
    """The file; each entry reminds a week and a day before."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//Miyar//Plans//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT6H")
    for one in deadlines:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", at)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.title)
        event.add("description", one.text)
        event.add("url", one.address)
        event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
        for days in (7, 1):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", one.title)
            alarm.add("trigger", timedelta(days=-days))
            event.add_component(alarm)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
