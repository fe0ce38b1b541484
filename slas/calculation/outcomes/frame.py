"""What every outcome has in common: the promise, the period it is judged in, and the result that is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from portal.language import dates
from slas.calculation.errors import BadDecimals
from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, zone_of
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, UnknownPolicy, known_share
from slas.calculation.proof import Proof
from slas.calculation.rounding import share_of
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Standing, Status, Verdict, trial

NOTHING = "–"
MOST_DECIMALS = 12


@dataclass(frozen=True)
class Promise:
    """What was agreed about one target, and the words in which its readers hear it.

    `threshold` is a percentage, `allowed_misses` a number of late occasions; a trial has neither of them judged.
    """

    threshold: Decimal | None = None
    allowed_misses: int | None = None
    is_trial: bool = False
    decimals: int = 1
    close: CloseRule = field(default_factory=CloseRule)
    unknown: UnknownPolicy = UnknownPolicy.EXCLUDE
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE
    loss_words: str = ""
    unit_words: str = ""
    good_words: str = ""
    bad_words: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.decimals <= MOST_DECIMALS:
            raise BadDecimals(self.decimals, MOST_DECIMALS)

    @property
    def target(self) -> Fraction | None:
        """The share to reach; None in a trial, and where a number of misses is agreed instead."""
        return None if self.is_trial or self.threshold is None else share_of(self.threshold)

    @property
    def percent(self) -> str | None:
        """The agreed percentage as people write it: `99.5`; None where no share is promised."""
        if self.target is None or self.threshold is None:
            return None
        text = f"{self.threshold:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Frame:
    """One target in one period, in the agreement's zone: the present instant, and the hours in words.

    `span` is the part of the period in which the promise is in force.
    """

    promise: Promise
    period: Interval
    span: Interval
    now: int
    zone: str
    hours_words: str
    hours_version: int = 1

    @property
    def is_running(self) -> bool:
        """Whether more of the period, as far as it is promised, is to come."""
        return self.now < self.span.end

    @property
    def as_of(self) -> int:
        """Up to when facts are looked at: now, and after the period its end, so that a closed figure never drifts."""
        return min(self.now, self.span.end)

    @property
    def part(self) -> str:
        """Where only a part of the period is promised, which: `from 12 Mar`, `until 20 Mar`, or both; else empty."""
        first, last = (
            dates.day(local(second, zone_of(self.zone)).date()) for second in (self.span.start, self.span.end - 1)
        )
        begins = f"from {first}" if self.span.start > self.period.start else ""
        ends = f"until {last}" if self.span.end < self.period.end else ""
        return f"{begins} {ends}".strip()


@dataclass(frozen=True)
class Outcome:
    """What is kept of one target in one period. `value` and `used` are for drawing; `result` holds the exact figures.

    Fractions are written as `num/den`, instants in ISO form, UTC. `digest` is the fingerprint of all inputs. `records`
    are the cases, dates, counts or rounds that were judged, in order of time; outages stand in the result. `seen` is
    what the fingerprint is taken of: the inputs as far as the period can see them, in their written form.
    """

    status: Status
    value_words: str
    value: float | None
    used: float | None
    result: dict[str, Any]
    proof: dict[str, Any]
    digest: str
    seen: str
    records: list[dict[str, Any]] = field(default_factory=list)


def known_time(frame: Frame, hours: ServiceHours, silent: Iterable[Interval]) -> Fraction:
    """The part of the service hours so far in which the source spoke."""
    return known_share(hours.working(Interval(frame.span.start, frame.as_of)), silent)


def outcome(
    *,
    frame: Frame,
    verdict: Verdict,
    share: Fraction | None,
    words: str,
    result: dict[str, Any],
    proof: Proof,
    told: dict[str, Any],
    records: Iterable[dict[str, Any]] = (),
) -> Outcome:
    """Put a judged figure together; `told` is what the proof says in words."""
    used = verdict.standing.room_used if verdict.standing else None
    common = {
        "status": verdict.status.value,
        "certain": certain_words(verdict),
        "minimum_coverage": exact(frame.promise.minimum_coverage),
        "part": frame.part,
    }
    if frame.is_running:
        common["used_share"] = exact(used)
    return Outcome(
        status=verdict.status,
        value_words=words,
        value=None if share is None else float(share * 100),
        used=None if used is None else float(used),
        result=common | result,
        proof={"rules_version": proof.rules_version, "inputs_hash": proof.digest} | told,
        digest=proof.digest,
        seen=proof.inputs,
        records=list(records),
    )


def settled(promise: Promise, verdict: Verdict) -> Verdict:
    """The verdict, unless nothing is promised yet."""
    return trial() if promise.is_trial else verdict


def not_yet_missed(verdict: Verdict) -> Verdict:
    """A running period is missed only for certain; where missing data makes the miss, it is at risk: data may come."""
    if verdict.status is not Status.MISSED or verdict.certain is False:
        return verdict
    return Verdict(Status.AT_RISK, met=None, certain=None, standing=verdict.standing)


def running_share(promise: Promise, verdict: Verdict) -> Verdict:
    """A share in a period that still runs: more may come, so that one below its target is at risk and not missed.

    Nothing is certain before the end, but that a known loss is too much where no room was agreed.
    """
    is_certain = promise.target == 1 and verdict.certain is False
    return not_yet_missed(verdict if is_certain else replace(verdict, certain=None))


def whole_allowed(standing: Standing | None) -> int | None:
    """How many may be late in whole cases; None where nothing is promised."""
    return int(standing.room) if standing else None


def certain_words(verdict: Verdict) -> str | None:
    """“kept” or “missed” where no missing fact could change it."""
    return None if verdict.certain is None else "kept" if verdict.certain else "missed"


def exact(value: Fraction | int | None) -> str | None:
    """A number in its one written form, `num/den`; None stays None."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def instant(second: int | None) -> str | None:
    """A UTC second in ISO form; None stays None."""
    return None if second is None else _written(second)


@lru_cache(maxsize=65_536)  # a figure names the same instants again and again
def _written(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()
