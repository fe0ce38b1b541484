"""Instants and dates: never guessed. A time needs a zone, a date needs its year first."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.tz import datetime_ambiguous, datetime_exists

from catalog.importers.files import shown
from slas.importers.rows.values import Surroundings, Unreadable

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
MARGIN = timedelta(minutes=5)  # the clocks of other machines run a little ahead
DAY_FIRST = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
AN_INSTANT, A_DAY = "2026-10-02T14:05:00Z", "2026-10-02"


def instant(value: object, around: Surroundings) -> datetime:
    """An instant that has come, in UTC, cut to the whole second."""
    found = planned_instant(value, around)
    if found > around.now + MARGIN:
        raise Unreadable(f"{shown(value)} lies in the future", "Send it when it has happened, or check date and zone.")
    return found


def planned_instant(value: object, around: Surroundings) -> datetime:
    """An instant that may lie ahead, in UTC, cut to the whole second."""
    found = value if isinstance(value, datetime) else _parse_instant(value)
    if EARLIEST.year <= found.year < LATEST.year:
        zoned = _in_zone(found, around.zone) if found.tzinfo is None else found
        there = zoned.astimezone(UTC).replace(microsecond=0)
        if EARLIEST <= there < LATEST:  # an offset may lead into the year before, or after
            return there
    raise Unreadable(f"{shown(value)} is before {EARLIEST.year} or far ahead", "Check the year.")


def day(value: object, around: Surroundings) -> date:
    """A local date that has begun somewhere on earth."""
    found = _parse_day(value)
    if found.year < EARLIEST.year:
        raise Unreadable(f"{shown(value)} is before {EARLIEST.year}", "Check the year.")
    if found > (around.now.astimezone(UTC) + timedelta(hours=14)).date():
        raise Unreadable(f"{shown(value)} lies in the future", "Send it when it has happened, or check the date.")
    return found


def _parse_instant(value: object) -> datetime:
    text = _text_of(value, AN_INSTANT)
    if "W" in text.upper():
        raise Unreadable(f"{shown(text)} goes by weeks", f"Write year, month and day, like {AN_INSTANT}.")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{shown(text)} is not a time", f"Write it like {AN_INSTANT}.") from None
    if len(text) <= len(A_DAY):
        raise Unreadable(f"{shown(text)} has no time of day", f"Write it like {AN_INSTANT}.")
    return found


def _parse_day(value: object) -> date:
    if isinstance(value, datetime):
        if value.time() != time():
            raise Unreadable(f"{shown(value)} has a time of day", f"Write only the date, like {A_DAY}.")
        return value.date()
    if isinstance(value, date):
        return value
    text = _text_of(value, A_DAY)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  (a local date has no zone)
    except ValueError:
        raise Unreadable(f"{shown(text)} is not a date", f"Write it like {A_DAY}.") from None


def _text_of(value: object, example: str) -> str:
    text = str(value)
    if isinstance(value, int | float) or re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        raise Unreadable(
            f"{shown(value)} is a number: a spreadsheet keeps dates as numbers",
            f"Format the column as text and write it like {example}.",
        )
    if DAY_FIRST.match(text):
        raise Unreadable(f"{shown(text)} can be read as two dates", f"Write the year first, like {example}.")
    return text


def _in_zone(found: datetime, zone: ZoneInfo | None) -> datetime:
    if zone is None:
        raise Unreadable(
            f"{shown(found)} names no time zone",
            "Add Z for UTC or an offset like +01:00, or name the zone of the file.",
        )
    local = found.replace(tzinfo=zone)
    if not datetime_exists(local):
        raise Unreadable(
            f"{shown(found)} does not exist in {zone.key}: the clocks went forward",
            "Write the time with its offset, or in UTC.",
        )
    if datetime_ambiguous(local):
        first, second = (local.replace(fold=fold).isoformat()[-6:] for fold in (0, 1))
        raise Unreadable(
            f"{shown(found)} happened twice in {zone.key}: the clocks went back",
            f"Write it with its offset, {first} or {second}, or in UTC.",
        )
    return local
