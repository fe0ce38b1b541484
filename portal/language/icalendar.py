"""A meeting as a file for calendars (RFC 5545, and RFC 5546 for what a newer file does to an older one)."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

LONGEST = 75  # octets of a line without its end (RFC 5545, section 3.1)
CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Parley//Review meeting//EN"


IN_ADDRESS = "@!$&'*+-./=_~"  # what stands as it is in an address of the kind mailto (RFC 6068)


@dataclass(frozen=True, slots=True)
class Person:
    """Who invites, or is invited."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting: `uid` stays the same when it moves, `sequence` rises each time."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    description: str
    url: str
    organiser: Person
    stamped_at: datetime
    is_cancelled: bool = False


def method_of(event: Event, invited: Person | None) -> str:
    """What a calendar does with it: takes it in, takes it in and answers whoever invited, or takes it out again."""
    if event.is_cancelled:
        return "CANCEL"
    return "REQUEST" if invited else "PUBLISH"


def calendar_file(event: Event, *, invited: Person | None = None) -> bytes:
    """The file, for one who is `invited` or for anybody; instants are in UTC, so that it needs no table of a time zone,
    and each calendar shows its own.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{method_of(event, invited)}",
        "BEGIN:VEVENT",
        f"UID:{text(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{instant(event.stamped_at)}",
        f"DTSTART:{instant(event.starts_at)}",
        f"DTEND:{instant(event.starts_at.astimezone(UTC) + timedelta(minutes=event.minutes))}",
        f"ORGANIZER;CN={parameter(event.organiser.name)}:{_address(event.organiser)}",
        *([_attendee(invited)] if invited else []),
        f"SUMMARY:{text(event.summary)}",
        f"DESCRIPTION:{text(event.description)}",
        f"URL:{event.url}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def text(words: str) -> str:
    """A value of type TEXT: backslash, semicolon, comma and the end of a line are escaped (section 3.3.11)."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _shown("\\n".join(escaped.splitlines()))


def parameter(words: str) -> str:
    """A quoted value of a parameter, in which neither a quotation mark nor a control may stand (section 3.2)."""
    return '"' + _shown(words).replace('"', "'") + '"'


def instant(at: datetime) -> str:
    """An instant in UTC (section 3.3.5, form 2)."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _attendee(person: Person) -> str:
    """The others are not named: who is invited learns nobody's address from it."""
    asked = "ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    return f"ATTENDEE;CN={parameter(person.name)};{asked}:{_address(person)}"


def _address(person: Person) -> str:
    return f"mailto:{quote(person.mail, safe=IN_ADDRESS)}"


def _shown(words: str) -> str:
    """What a reader sees of it; a blank that keeps a number beside its unit is one of them."""
    return "".join(sign for sign in words if sign.isprintable() or unicodedata.category(sign) == "Zs")


def folded(line: str) -> bytes:
    """A line in octets with its end; a long one goes on after a blank, and no letter is cut (section 3.1)."""
    rows, row = [], b""
    for sign in line:
        octets = sign.encode()
        if len(row) + len(octets) > LONGEST:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"
