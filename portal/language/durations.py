"""Lengths of time as people say them: 3 h 28 min, 34 min, 26 s; time lost is rounded up, time allowed down."""

from fractions import Fraction

from portal.language.numbers import NBSP, count, down, up

MINUTE = 60
HOUR = 60


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{count(hours)}{NBSP}h{NBSP}{rest:02d}{NBSP}min" if rest else f"{count(hours)}{NBSP}h"


def _to_the_second(seconds: int) -> str:
    minutes, rest = divmod(seconds, MINUTE)
    if not minutes:
        return f"{rest}{NBSP}s"
    return f"{_minutes(minutes)}{NBSP}{rest:02d}{NBSP}s" if rest else _minutes(minutes)


def lost_time(seconds: Fraction) -> str:
    """Time without the service, rounded up to a minute; below a minute in seconds."""
    return _minutes(up(seconds / MINUTE)) if seconds >= MINUTE else _to_the_second(up(seconds))


def allowed_time(seconds: Fraction) -> str:
    """Time that may be lost, rounded down to a minute; below a minute in seconds."""
    return _minutes(down(seconds / MINUTE)) if seconds >= MINUTE else _to_the_second(down(seconds))


def exact_time(seconds: int) -> str:
    """A length that was agreed, to the second: 90 s is 1 min 30 s."""
    return _to_the_second(seconds)


def lost_and_allowed(lost: Fraction, allowed: Fraction) -> tuple[str, str]:
    """Both, so that print never contradicts the verdict: to the second where minutes would.

    A kept promise with 34.2 of 34.9 minutes used must not read 35 of 34.
    """
    coarse = up(lost / MINUTE) > down(allowed / MINUTE)
    if lost <= allowed and coarse:
        return _to_the_second(min(up(lost), down(allowed))), _to_the_second(down(allowed))
    return lost_time(lost), allowed_time(allowed)


def time_over(lost: Fraction, allowed: Fraction) -> str:
    """By how much too long, so that a reader who subtracts the two printed times finds the same."""
    if allowed < MINUTE:
        return lost_time(lost - down(allowed))
    return _minutes(up(lost / MINUTE) - down(allowed / MINUTE))


def in_words(printed: str) -> str:
    """`34 min` as a sentence says it: 34 minutes. Longer times stay short: 3 h 28 min."""
    number, _, unit = printed.partition(NBSP)
    names = {"min": "minute", "s": "second"}
    return f"{number}{NBSP}{names[unit]}{'' if number == '1' else 's'}" if unit in names else printed


def minutes(seconds: Fraction, *, lost: bool = False) -> str:
    """A line of a sum: 33,480 min; time lost rounded up, all other down."""
    return f"{count(up(seconds / MINUTE) if lost else down(seconds / MINUTE))}{NBSP}min"


def agree(printed: str, one: str, many: str) -> str:
    """The verb beside a printed time or count: `1 min is left`, `2 min are left`, `1 h 05 min are left`."""
    number, *units = printed.split(NBSP)
    return one if number == "1" and len(units) < 2 else many
