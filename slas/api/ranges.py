"""A range of dates in an address."""

from collections.abc import Mapping
from datetime import date, timedelta

from rest_framework.exceptions import ValidationError

MOST_DAYS = 400
FIRST, END = date(1990, 1, 1), date(9000, 1, 1)


def range_of(params: Mapping[str, str], *, today: date) -> tuple[date, date]:
    """From `from` until before `until`, at most 400 days; the last ones where nothing is said.

    Raises ValidationError for what is no date, reversed or too long.
    """
    first, end = (_date(params, name) for name in ("from", "until"))
    if end is None:
        end = first + timedelta(days=MOST_DAYS) if first else today + timedelta(days=2)
    first = first or end - timedelta(days=MOST_DAYS)
    if not first < end <= first + timedelta(days=MOST_DAYS):
        raise ValidationError({"until": f"Name a date after “from”, at most {MOST_DAYS} days later."})
    return first, end


def _date(params: Mapping[str, str], name: str) -> date | None:
    text = params.get(name)
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError({name: "Write a date like 2026-10-01."}) from error
    if not FIRST <= found < END:
        raise ValidationError({name: f"Write a year from {FIRST.year} to {END.year - 1}."})
    return found
