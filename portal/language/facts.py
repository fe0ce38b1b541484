"""The result of one promise in one period, as the sentences need it: exact numbers, and the promise's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from portal.language.numbers import exact, lower_first
from portal.language.ways import ENGLISH, say

AVAILABILITY = "availability"
OCCASIONS = "occasions"
SATISFACTION = "satisfaction"
CASES = "cases"
RELIABILITY = "reliability"


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """What a promise is called and how its loss is said.

    `anchor` begins the name of each of its figures; `period` is “October”; `promised` and `value` are percentages or
    counts as agreed and as judged, without a unit. While the period runs, nothing is said as settled. `variant` chooses
    among several ways to say the same.
    """

    anchor: str
    name: str
    short_name: str
    period: str
    promised: str
    value: str
    decimals: int = 1
    loss: str = ""
    short_loss: str = ""
    units: str = ""
    good: str = ""
    bad: str = ""
    is_running: bool = False
    language: str = ENGLISH
    variant: int = 0

    def say(self, way: str, **parts: object) -> str:
        """One way to say it in the language of the reader."""
        return say(self.language, self.variant, way, **parts)

    def inside(self, said: str) -> str:
        """As inside a sentence: in German a noun keeps its capital, and so what it begins with stays as it is."""
        return lower_first(said) if self.language == ENGLISH else said

    @property
    def when(self) -> str:
        """“in October”; while it runs “so far in October”."""
        return self.say("when.running" if self.is_running else "when", period=self.period)

    @property
    def so_kept(self) -> str:
        """The consequence, as the end of a sentence; what still runs has none yet."""
        return self.say("so_kept.running" if self.is_running else "so_kept")

    @property
    def only_just(self) -> str:
        """What comes before the clause of a promise with little room left."""
        return self.say("only_just.running" if self.is_running else "only_just", period=self.period)


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """An availability: seconds in service, that count, lost, allowed to be lost, without data; None: none agreed.

    `known_lost` is without the time that has no data. `is_running`: more of the period is to come, so that nothing of
    it is settled. `is_gap`: less is known than was agreed to be enough. `part`: of the period, as in “from 12 Mar”.
    """

    service: Fraction
    counted: Fraction
    lost: Fraction
    allowed: Fraction | None
    unknown: Fraction
    experienced: Fraction | None
    experienced_lost: Fraction | None
    known_lost: Fraction
    if_nothing_else: Fraction | None = None
    is_running: bool = False
    is_gap: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class CountFacts:
    """A share of counted things: good ones of all, the rest lost; `expected` is all with those that have no record.

    `is_hidden`: few answered, or (`hides_part`) the figure would tell what a shorter period hides.
    `lacks_data`: some have none, or part of the time has none; `is_running`, `is_gap` and `part` as for
    time.
    """

    good: int
    whole: int
    lost: int
    allowed: int | None
    unknown: int
    expected: int
    asked: int
    warnings: tuple[str, ...] = ()
    is_hidden: bool = False
    hides_part: bool = False
    is_running: bool = False
    lacks_data: bool = False
    is_gap: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class InterruptionFacts:
    """How many interruptions of more than `longer_than` seconds; `allowed` is None where nothing is agreed.

    `counted` is the time that counts, `unknown` the part of it without data; the rest as for time.
    """

    number: int
    allowed: int | None
    longer_than: Fraction
    counted: Fraction
    unknown: Fraction
    is_running: bool = False
    is_gap: bool = False
    part: str = ""


Facts = TimeFacts | CountFacts | InterruptionFacts


def _number(result: Mapping[str, Any], key: str) -> Fraction:
    return exact(result.get(key) or 0)


def _maybe(result: Mapping[str, Any], key: str) -> Fraction | None:
    return None if result.get(key) is None else exact(result[key])


def _whole(result: Mapping[str, Any], key: str) -> int:
    return int(_number(result, key))


def _maybe_whole(result: Mapping[str, Any], key: str) -> int | None:
    value = _maybe(result, key)
    return None if value is None else value.numerator // value.denominator


def _is_running(result: Mapping[str, Any]) -> bool:
    """Only a period that still runs has a part that has passed."""
    return "elapsed_share" in result


def _is_gap(result: Mapping[str, Any]) -> bool:
    """Whether less is known than the agreed least."""
    coverage = _maybe(result, "coverage")
    return coverage is not None and coverage < _number(result, "minimum_coverage")


def read(kind: str, result: Mapping[str, Any]) -> Facts:
    """The facts of a stored result. Raises ValueError where it holds no exact numbers."""
    if kind == AVAILABILITY:
        return _time(result)
    if kind == RELIABILITY:
        return _interruptions(result)
    if kind == OCCASIONS:
        return _occasions(result)
    if kind == SATISFACTION:
        return _answers(result)
    return _cases(result) if kind == CASES else _volume(result)


def _time(result: Mapping[str, Any]) -> TimeFacts:
    felt, high = result.get("experienced") or {}, _maybe(result.get("bounds") or {}, "high")
    counted, lost = _number(result, "counted_seconds"), _number(result, "lost_seconds")
    return TimeFacts(
        service=_number(result, "service_seconds"),
        counted=counted,
        lost=lost,
        allowed=_maybe(result, "allowed_seconds"),
        unknown=_number(result, "unknown_seconds"),
        experienced=_maybe(felt, "share"),
        experienced_lost=_maybe(felt, "lost_seconds"),
        known_lost=lost if high is None else (1 - high) * counted,
        if_nothing_else=_maybe(result, "if_nothing_else"),
        is_running=_is_running(result),
        is_gap=_is_gap(result),
        part=str(result.get("part") or ""),
    )


def _interruptions(result: Mapping[str, Any]) -> InterruptionFacts:
    return InterruptionFacts(
        number=_whole(result, "late"),
        allowed=_maybe_whole(result, "allowed_late"),
        longer_than=_number(result, "longer_than_seconds"),
        counted=_number(result, "counted_seconds"),
        unknown=_number(result, "unknown_seconds"),
        is_running=_is_running(result),
        is_gap=_is_gap(result),
        part=str(result.get("part") or ""),
    )


def _count(result: Mapping[str, Any], good: str, whole: str, allowed: str, **more: Any) -> CountFacts:
    met, total = _whole(result, good), _whole(result, whole)
    known = _maybe(result, "known_time")
    facts = {"unknown": 0, "expected": total, "asked": 0, "lost": total - met} | more
    return CountFacts(
        good=met,
        whole=total,
        allowed=_maybe_whole(result, allowed),
        is_running=_is_running(result),
        lacks_data=bool(facts["unknown"]) or (known is not None and known < 1),
        is_gap=_is_gap(result),
        part=str(result.get("part") or ""),
        **facts,
    )


def _cases(result: Mapping[str, Any]) -> CountFacts:
    unknown = _whole(result, "unknown")
    whole = _whole(result, "eligible")
    return _count(result, "met", "eligible", "allowed_late", unknown=unknown, expected=whole + unknown)


def _volume(result: Mapping[str, Any]) -> CountFacts:
    warnings: Sequence[str] = result.get("warnings") or ()
    unknown, whole = _whole(result, "unknown"), _whole(result, "total")
    more = {"unknown": unknown, "expected": whole + unknown, "warnings": tuple(map(str, warnings))}
    return _count(result, "met", "total", "allowed_late", **more)


def _occasions(result: Mapping[str, Any]) -> CountFacts:
    lost, judged = _whole(result, "lost"), _whole(result, "judged")
    facts = _count(result, "on_time", "judged", "allowed_late", unknown=_whole(result, "unknown"), lost=lost)
    return replace(facts, good=judged - lost, expected=_whole(result, "due"))


def _answers(result: Mapping[str, Any]) -> CountFacts:
    """Judged with what is taken for the time without data, so that what was lost fits what was allowed."""
    hidden = bool(result.get("is_hidden"))
    more = {"asked": _whole(result, "asked"), "is_hidden": hidden, "hides_part": bool(result.get("hides_part"))}
    return _count(result, "met", "judged", "allowed_bad", **more)
