"""What is agreed about a target, as the core needs it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from portal.language.dates import day
from slas.calculation import readings
from slas.calculation import service_hours as core
from slas.calculation.deadlines import WorkingDays, WorkingTime
from slas.calculation.local_time import local, zone_of
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.status import CloseRule
from slas.models import ServiceLevelTarget
from slas.queries.hours import HoursBook, versions_between
from slas.queries.targets import Slot

ALWAYS = "round the clock, every day"


def promise_of(target: ServiceLevelTarget) -> Promise:
    """What a target promises, with exact numbers."""
    margin = None if target.close_margin is None else share_of_percent(target.close_margin)
    limit = reading_limit_of(target)
    return Promise(
        threshold=target.threshold,
        allowed_misses=target.allowed_misses,
        is_trial=target.is_trial,
        decimals=target.decimals,
        close=CloseRule(Fraction(target.close_room), margin),
        unknown=UnknownPolicy(target.missing_policy),
        minimum_coverage=share_of_percent(target.minimum_coverage),
        loss_words=target.short_loss_words,
        unit_words=target.unit_words or ("readings" if limit else target.measure.unit_words),
        good_words=target.good_words or (limit.good if limit else ""),
        bad_words=target.bad_words or (limit.bad if limit else ""),
    )


def limit_of(target: ServiceLevelTarget) -> WorkingTime | WorkingDays:
    """The time in which a case is to be solved: service time, or to the end of the n-th working day."""
    if target.within_working_days is not None:
        return WorkingDays(target.within_working_days)
    return WorkingTime(target.within_seconds or 0)


def reading_limit_of(target: ServiceLevelTarget) -> readings.Limit | None:
    """By what the readings of a target are judged, in the unit of its measure; None where it judges none."""
    if target.reading_limit is None:
        return None
    return readings.Limit(target.reading_limit, target.is_least, target.measure.unit_words)


def frame_of(slot: Slot, now: datetime) -> Frame:
    """The target in its period, at this instant."""
    words, version = _hours_words(slot)
    return Frame(
        promise=promise_of(slot.target),
        period=slot.whole,
        span=slot.span,
        now=seconds(now),
        zone=slot.target.agreement.time_zone,
        hours_words=words,
        hours_version=version,
    )


def _hours_words(slot: Slot) -> tuple[str, int]:
    """The hours of the span in words and their version; where they change inside it, both, and the later version."""
    hours = slot.target.service_hours
    if hours is None:
        return ALWAYS, 1
    first, last = (local(second, zone_of(hours.time_zone)).date() for second in (slot.span.start, slot.span.end - 1))
    held, *later = versions_between(hours=hours, first=first, last=last)
    words, version = held.words, held.version
    for each in later:
        words = f"{words} (version {version}), from {day(each.starts_on or first)} {each.words}"
        version = each.version
    return words, version


def hours_for(target: ServiceLevelTarget, book: HoursBook, instants: Sequence[int]) -> core.ServiceHours:
    """The target's hours, with the holidays of all years from the earliest of the instants to the latest."""
    zone = target.agreement.time_zone
    first, last = (local(instant, zone_of(zone)).year for instant in (min(instants), max(instants)))
    return book.hours(target.service_hours_id, zone, first, last)


def share_of_percent(percent: Decimal) -> Fraction:
    """An agreed percentage as an exact share."""
    return Fraction(percent) / 100


def seconds(at: datetime) -> int:
    """An instant as a UTC second; what is finer is cut off."""
    return int(at.timestamp())


def maybe_seconds(at: datetime | None) -> int | None:
    """The same; None stays None."""
    return None if at is None else seconds(at)
