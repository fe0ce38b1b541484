"""Input that no figure may be made from: what is wrong, where, and what to do."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from slas.calculation.instants import instant_words

LONGEST_SHOWN = 60


class CalculationError(ValueError):
    """Refused input; the message names the thing and says what to do about it."""


class ReversedInterval(CalculationError):
    """Something ends before it starts."""

    def __init__(self, what: str, start: int, end: int) -> None:
        super().__init__(
            f"{what} ends before it starts ({instant_words(end)} is before {instant_words(start)}). "
            "Correct one of the two times."
        )


class BadLedger(CalculationError):
    """What is recorded of a case contradicts itself: the case, and the row of its ledger, are named."""

    def __init__(self, row: str, what: str, to_do: str) -> None:
        super().__init__(f"{row} {what}. {to_do}.")


class FactsAway(CalculationError):
    """No figure is made from a part of its facts."""

    def __init__(self, month: str) -> None:
        super().__init__(f"The checks and readings of {month} were taken away. Have whoever runs Parley put them back.")


class EmptyPeriod(CalculationError):
    """A figure needs a period that holds at least one second."""

    def __init__(self, start: object, end: object) -> None:
        first, last = (instant_words(each) if isinstance(each, int) else each for each in (start, end))
        super().__init__(f"The period from {first} to {last} holds no time. Choose an end after the start.")


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
        super().__init__(f"The window {opens} to {closes} cannot be used: {reason}. Correct one of its two times.")


class NoPartOfAll(CalculationError):
    """A part of the agreed users that is less than none of them or more than all."""

    def __init__(self, what: str, share: object) -> None:
        super().__init__(f"{what} meets {share} of the users. Give a share from 0 to 1.")


class NoShare(CalculationError):
    """A part of a whole that is less than nothing or more than all of it."""

    def __init__(self, what: str, share: object) -> None:
        super().__init__(f"{what} of {share} is no share. Write one from 0 to 1.")


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

    def __init__(self, met: int | Fraction, eligible: int | Fraction, what: str = "") -> None:
        super().__init__(
            f"{what}{met} of {eligible} is not a share. Correct the counts: 0 or more, and no part above its whole."
        )


class TooFewMonths(CalculationError):
    """A promise for the next month needs months to stand on."""

    def __init__(self, needed: int, found: int) -> None:
        super().__init__(f"{needed} months are needed before a level can be proposed; {found} are measured so far.")


class TooLittleHistory(CalculationError):
    """A forecast needs months that have ended to draw from."""

    def __init__(self, needed: int, found: int) -> None:
        super().__init__(f"{needed} months must have ended before a miss can be forecast; {found} have so far.")


class EmptyMonth(CalculationError):
    """A month of history that cannot have been."""

    def __init__(self, days: int, seconds: int) -> None:
        super().__init__(
            f"A past month of {days} days with {seconds} seconds of service time cannot be. Give 1 day or more, and 0 "
            "seconds or more."
        )


class TooFewValues(CalculationError):
    """A time that a share of all cases keeps needs cases to stand on."""

    def __init__(self, needed: int, found: int) -> None:
        super().__init__(f"{needed} cases are needed before that time can be said; {needed - found} are missing.")
        self.missing = needed - found


class BadConfidence(CalculationError):
    """A confidence that nobody can have."""

    def __init__(self, confidence: Fraction) -> None:
        super().__init__(f"A confidence of {confidence} is not between 0 and 1. Write 95 % as 19/20.")


class BadVolume(CalculationError):
    """A volume that nobody can plan for."""

    def __init__(self, volume: int, factor: object) -> None:
        super().__init__(
            f"A promise for up to {volume} units, times {factor}, cannot be judged. Write a volume of 0 or more and a "
            "factor of 1 or more."
        )


class NegativeLimit(CalculationError):
    """A time limit below zero."""

    def __init__(self, amount: int, what: str = "A time limit") -> None:
        super().__init__(f"{what} of {amount} is below zero. Enter a length of time.")


class RepeatedException(CalculationError):
    """Two dated exceptions for one date: nobody could tell which holds."""

    def __init__(self, dates: Sequence[date]) -> None:
        twice = next(on for on, following in pairwise(dates) if on == following)
        super().__init__(f"There are two exceptions for {twice}. Keep one, with all windows of that day.")


class ContradictingChecks(CalculationError):
    """One service, one second, two findings."""

    def __init__(self, at: int) -> None:
        super().__init__(f"Two checks at {instant_words(at)} found different states. Send one check for each second.")


class RepeatedOccasion(CalculationError):
    """Two records for one occasion."""

    def __init__(self, on: date) -> None:
        super().__init__(f"There are two records for {on}. Keep the one that tells when it was done.")


class BadScore(CalculationError):
    """An answer that is not on the scale that was asked."""

    def __init__(self, score: int, lowest: int, highest: int) -> None:
        super().__init__(
            f"A score of {score} is not on the scale from {lowest} to {highest}. Leave it out, or correct it."
        )


class RepeatedCase(CalculationError):
    """One number for two cases of a figure: it would count twice, and its proof could not tell which."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Case {number} stands there twice. Keep one of the two, or give each its own number.")


class BadDue(CalculationError):
    """A due time that no date has."""

    def __init__(self, what: str, value: int, lowest: int, highest: int) -> None:
        super().__init__(f"{what} of {value} cannot be. Choose one from {lowest} to {highest}.")


class BadDecimals(CalculationError):
    """A figure that nobody could print."""

    def __init__(self, decimals: int, most: int) -> None:
        super().__init__(f"A figure with {decimals} decimals cannot be shown. Choose 0 to {most}.")


class BadGroup(CalculationError):
    """A group of alternatives that needs more of them than it has, or none."""

    def __init__(self, needed: int, size: int) -> None:
        super().__init__(f"{needed} of {size} cannot be needed. Choose a number from 1 to {size}.")


class ContradictingComponent(CalculationError):
    """One component, two courses: nobody could tell which of them the whole depends on."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The component “{name}” stands at two places with different times. Give each its own name, or one course."
        )


class RepeatedStep(CalculationError):
    """One name for two steps of a case."""

    def __init__(self, name: str, case: str = "") -> None:
        where = f"of case {case} " if case else ""
        super().__init__(f"The step “{name}” {where}stands there twice. Keep one, or give each its own name.")


class UnknownStep(CalculationError):
    """A step that is recorded, but not agreed."""

    def __init__(self, case: str, name: str) -> None:
        super().__init__(f"Case {case} has a step “{name}” that is not agreed. Agree it, or correct its name.")


class UnusedTerm(CalculationError):
    """A term that is agreed where nothing goes by it."""

    def __init__(self, what: str, term: str) -> None:
        super().__init__(f"{what} cannot agree “{term}”: nothing there goes by it. Leave it out.")


class MixedScores(CalculationError):
    """Figures of different ways of counting answers, or none at all."""

    def __init__(self, ways: Sequence[str]) -> None:
        found = f"{' and '.join(ways)} are" if ways else "no answers are"
        super().__init__(f"{found} no figure together. Put together rounds that were counted in one way.")


class NegativeWeight(CalculationError):
    """A weight below zero."""

    def __init__(self, what: str, weight: object) -> None:
        super().__init__(f"{what} cannot weigh {weight}. Agree a weight of 0 or more.")


class MissingWeight(CalculationError):
    """A member for which no weight was agreed by then."""

    def __init__(self, name: str, on: date) -> None:
        super().__init__(f"No weight was agreed for “{name}” by {on}. Agree one, or leave it out.")


class RepeatedMember(CalculationError):
    """One name twice among the members of one figure."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is counted twice. Keep one of the two, or give each its own name.")

    @classmethod
    def check(cls, names: Iterable[str]) -> None:
        """Refuse the first name that stands there twice."""
        known: set[str] = set()
        for name in names:
            if name in known:
                raise cls(name)
            known.add(name)


class BadBands(CalculationError):
    """Bands of credits that do not say one thing about each value."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"These bands cannot be used: {reason}. Let each band end where the next begins.")


class BelowScale(CalculationError):
    """A value lower than any that this kind of figure can have: no band of credits holds it."""

    def __init__(self, target: str, value: object, lowest: object) -> None:
        super().__init__(
            f"“{target}” stands at {value}, below {lowest}, the lowest value of its scale. Correct the value, or let "
            "the scale begin lower."
        )


class NegativeAmount(CalculationError):
    """Money below zero."""

    def __init__(self, what: str, amount: object) -> None:
        super().__init__(f"{what} of {amount} is below zero. Write an amount of 0 or more.")


class NothingToKeep(CalculationError):
    """A credit that would be earned back by keeping nothing."""

    def __init__(self, periods: int) -> None:
        super().__init__(f"A credit cannot be earned back in {periods} periods. Name 1 or more, or agree none.")


class ReversedDates(CalculationError):
    """Something that goes by dates ends before it starts."""

    def __init__(self, what: str, start: date, end: date) -> None:
        super().__init__(f"{what} ends before it starts ({end} is before {start}). Correct one of the two dates.")


class UnansweredSubmission(CalculationError):
    """Something was handed in again before the first was sent back."""

    def __init__(self, delivery: str, first: date, second: date) -> None:
        super().__init__(
            f"Delivery {delivery} was handed in on {second}, but the one of {first} was not sent back before. Say when "
            "it was sent back, or leave out the second."
        )


class BadEstimate(CalculationError):
    """Effort that no ratio can be taken of."""

    def __init__(self, work: str, estimated: object, actual: object) -> None:
        super().__init__(
            f"{work}: {actual} against an estimate of {estimated} has no ratio. Write both above zero, in one unit."
        )


class UnknownTick(CalculationError):
    """An item that is ticked, but not on the agreed checklist."""

    def __init__(self, request: str, item: str) -> None:
        super().__init__(f"Request {request} ticks “{item}”, which is not on the checklist. Correct its name.")


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
