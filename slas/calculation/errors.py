"""Input that no figure may be made from: what is wrong, where, and what to do."""

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

LONGEST_SHOWN = 60


class CalculationError(ValueError):
    """Refused input; the message names the thing and says what to do about it."""


class ReversedInterval(CalculationError):
    """Something ends before it starts."""

    def __init__(self, what: str, start: int, end: int) -> None:
        super().__init__(f"{what} ends before it starts ({end} is before {start}). Correct one of the two times.")


class BadLedger(CalculationError):
    """What is recorded of a case contradicts itself: the case, and the row of its ledger, are named."""

    def __init__(self, row: str, what: str, to_do: str) -> None:
        super().__init__(f"{row} {what}. {to_do}.")


class EmptyPeriod(CalculationError):
    """A figure needs a period that holds at least one second."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"The period from {start} to {end} holds no time. Choose an end after the start.")


class UnknownZone(CalculationError):
    """Hours are agreed in a named time zone, so that clock changes fall where they do."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"“{zone}” is not a time zone. Use a name such as Europe/London.")


class UnknownRegion(CalculationError):
    """Public holidays are those of a country or part of it."""

    def __init__(self, region: str) -> None:
        super().__init__(
            f"The public holidays of “{region}” are not known. Write GB, GB-ENG or DE-BY in the service hours, or "
            "leave it empty."
        )


class BadWindow(CalculationError):
    """A window of service hours that cannot be read as one stretch of the clock."""

    def __init__(self, opens: str, closes: str, reason: str) -> None:
        super().__init__(f"The window {opens} to {closes} cannot be used: {reason}.")


class NoPartOfAll(CalculationError):
    """A part of the agreed users that is less than none of them or more than all."""

    def __init__(self, what: str, share: object) -> None:
        super().__init__(f"{what} meets {share} of the users. Give a share from 0 to 1.")


class BadVersion(CalculationError):
    """Service hours change on one date at a time, and stay in their zone."""

    def __init__(self, on: date, zone: str, other: str) -> None:
        super().__init__(
            f"The version of the service hours from {on} cannot follow: it needs a date of its own and the zone {zone}"
            f" (it has {other}). Other zones are other hours."
        )


class NeverOpen(CalculationError):
    """A deadline counted in service hours needs hours to count."""

    def __init__(self, zone: str) -> None:
        super().__init__(
            f"These service hours ({zone}) do not open again within the calendar, so no deadline can be counted. "
            "Add opening hours."
        )


class BadThreshold(CalculationError):
    """A target that is not a share between nothing and everything."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is not a percentage from 0 to 100. Write it as 99.5.")


class BadPeriod(CalculationError):
    """A period that is neither a month, a quarter nor a year."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” is not a period. Write 2026-10, Q2026-10 or FY2026-04.")


class BadShare(CalculationError):
    """Counts that cannot be a part of a whole."""

    def __init__(self, met: int, eligible: int) -> None:
        super().__init__(f"{met} of {eligible} is not a share: both must be counts, and the part not below zero.")


class TooFewMonths(CalculationError):
    """A promise for the next month needs months to stand on."""

    def __init__(self, needed: int, found: int) -> None:
        super().__init__(f"{needed} months are needed before a level can be proposed; {found} are measured so far.")


class TooLittleHistory(CalculationError):
    """A forecast needs months that have ended to draw from."""

    def __init__(self, needed: int, found: int) -> None:
        super().__init__(f"{needed} months must have ended before a miss can be forecast; {found} have so far.")


class TooFewValues(CalculationError):
    """A time that a share of all cases keeps needs cases to stand on."""

    def __init__(self, needed: int, found: int) -> None:
        super().__init__(f"{needed} cases are needed before that time can be said; {needed - found} are missing.")
        self.missing = needed - found


class BadConfidence(CalculationError):
    """A confidence that nobody can have."""

    def __init__(self, confidence: Fraction) -> None:
        super().__init__(f"A confidence of {confidence} is not between 0 and 1. Write 95 % as 19/20.")


class NegativeLimit(CalculationError):
    """A time limit below zero."""

    def __init__(self, amount: int) -> None:
        super().__init__(f"A time limit of {amount} is below zero. Enter a length of time.")


class RepeatedException(CalculationError):
    """Two dated exceptions for one date: nobody could tell which holds."""

    def __init__(self, dates: Sequence[date]) -> None:
        twice = next(on for on, following in pairwise(dates) if on == following)
        super().__init__(f"There are two exceptions for {twice}. Keep one, with all windows of that day.")


class ContradictingChecks(CalculationError):
    """One service, one second, two findings."""

    def __init__(self, at: int) -> None:
        super().__init__(f"Two checks at second {at} found different states. Send one check for each second.")


class RepeatedOccasion(CalculationError):
    """Two records for one occasion."""

    def __init__(self, on: date) -> None:
        super().__init__(f"There are two records for {on}. Keep the one that tells when it was done.")


class BadScore(CalculationError):
    """An answer that is not on the scale that was asked."""

    def __init__(self, score: int, lowest: int, highest: int) -> None:
        super().__init__(f"A score of {score} is not on the scale from {lowest} to {highest}.")


class BadGroup(CalculationError):
    """A group of alternatives that needs more of them than it has, or none."""

    def __init__(self, needed: int, size: int) -> None:
        super().__init__(f"{needed} of {size} cannot be needed. Choose a number from 1 to {size}.")


class NotCanonical(CalculationError):
    """A value that has more than one way of being written down, so that its hash would prove nothing."""

    def __init__(self, value: object) -> None:
        super().__init__(
            f"{value!r} of type {type(value).__name__} has no single written form; use whole or exact numbers."
        )


class NotReadable(CalculationError):
    """A written form that is not as it was written: what is wrong in it, and where."""

    def __init__(self, where: str, found: object, wanted: str) -> None:
        shown = "Nothing" if found is None else json.dumps(found, ensure_ascii=False, default=str)
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
        super().__init__(f"{where}: {shown} is not {wanted}. Take the file anew from where it was made.")
