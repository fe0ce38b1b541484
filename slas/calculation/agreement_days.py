"""The days of an agreement: the end of its term, the last day for notice, and when both look at it together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from slas.calculation.periods import add_months


@dataclass(frozen=True, slots=True)
class Rhythm:
    """From when until when an agreement holds, and what was agreed about its end.

    With `renews_months` it has no fixed end: each of its terms is so long, and one follows the other until notice is
    given. `notice_days` is how many days before the end notice is given at the latest; `ends_on` is the first day on
    which it no longer holds. Days past the last year of the calendar are none.
    """

    starts_on: date
    ends_on: date | None = None
    notice_days: int | None = None
    renews_months: int | None = None
    review_months: int | None = None


def rhythm_problems(rhythm: Rhythm) -> Iterator[tuple[str, str]]:
    """What of the days does not fit together: which of them, and what to do about it."""
    if rhythm.ends_on is not None and rhythm.ends_on <= rhythm.starts_on:
        yield "ends_on", "The agreement would end before it starts. Choose a later day."
    if rhythm.ends_on is not None and rhythm.renews_months:
        yield "ends_on", "What goes on by itself has no fixed end. Leave one of the two empty."
    if rhythm.renews_months and not rhythm.notice_days:
        yield "notice_days", "Say how many days before the end of a term notice is given."


def term_end(rhythm: Rhythm, on: date) -> date | None:
    """The first day after the term that holds on that day, or None when the agreement has no end in sight."""
    if rhythm.ends_on is not None or rhythm.renews_months is None:
        return rhythm.ends_on
    return next((end for end in _every(rhythm.starts_on, rhythm.renews_months) if end > on), None)


def notice_day(rhythm: Rhythm, on: date) -> date | None:
    """The last day, not before `on`, on which notice can be given for the coming end; None where there is none."""
    if rhythm.notice_days is None:
        return None
    notice = timedelta(days=rhythm.notice_days)
    if rhythm.ends_on is None and rhythm.renews_months is not None:
        return next(
            (end - notice for end in _every(rhythm.starts_on, rhythm.renews_months) if end - notice >= on), None
        )
    last = rhythm.ends_on - notice if rhythm.ends_on is not None else None
    return last if last is not None and last >= on else None


def earliest_end(rhythm: Rhythm, on: date) -> date:
    """The first day on which it can no longer hold when notice is given on `on`: the end of a term where it has terms,
    and never before its second day.
    """
    soonest = max(on + timedelta(days=rhythm.notice_days or 0), rhythm.starts_on + timedelta(days=1))
    if rhythm.ends_on is None and rhythm.renews_months is not None:
        return next((end for end in _every(rhythm.starts_on, rhythm.renews_months) if end >= soonest), date.max)
    return soonest


def is_end_of_term(rhythm: Rhythm, ends_on: date) -> bool:
    """Whether an agreement with terms may end on that day; one without terms may on any."""
    return rhythm.renews_months is None or term_end(rhythm, ends_on - timedelta(days=1)) == ends_on


def next_review(rhythm: Rhythm, on: date) -> date | None:
    """The next day, from `on` on, on which both look at it together; None where nothing is agreed or it ends before."""
    if rhythm.review_months is None:
        return None
    due = next((each for each in _every(rhythm.starts_on, rhythm.review_months) if each >= on), None)
    return due if due is not None and (rhythm.ends_on is None or due < rhythm.ends_on) else None


def _every(start: date, months: int) -> Iterator[date]:
    """The day again and again after so many months, to the end of the calendar."""
    for times in count(1):
        if (start.year * 12 + start.month - 1 + times * months) // 12 > date.max.year:
            return
        yield add_months(start, times * months)
