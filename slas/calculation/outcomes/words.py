"""The sum of a figure in words: each line of a proof with its label, how it came about, and its value as it is read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from portal.language import dates
from portal.language.numbers import count
from portal.language.phrases import STATUS_WORDS
from slas.calculation.local_time import local, zone_of
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes.frame import Frame, Promise, exact
from slas.calculation.proof import Line, Proof, Role, Unit
from slas.calculation.rounding import Better, shown, shown_percent

POLICIES = {
    UnknownPolicy.EXCLUDE: "What has no data is left out.",
    UnknownPolicy.DOWN: "What has no data counts as lost.",
    UnknownPolicy.UP: "What has no data counts as good.",
    UnknownPolicy.CARRY: "The last known state goes on for the agreed time; the rest is left out.",
}
LISTED = 6
Item = TypeVar("Item")


def told(frame: Frame, proof: Proof, lines: list[dict[str, Any]], evidence: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a proof beside its fingerprint: the sum, the evidence, and the rules that were applied.

    Where only a part of the period is promised, the evidence says which.
    """
    promise = frame.promise
    decimals = promise.decimals
    closing = f"Counted {frame.part}. {evidence['closing']}" if frame.part else evidence["closing"]
    return {
        "lines": lines,
        "evidence": {**evidence, "closing": closing, "ids": list(proof.evidence), "count": proof.evidence_count},
        "hours": {"words": frame.hours_words, "version": frame.hours_version, "zone": frame.zone},
        "missing_policy": missing_words(promise),
        "rounding": f"Compared exactly; shown with {decimals} decimal{'' if decimals == 1 else 's'}, rounded down.",
    }


def missing_words(promise: Promise) -> str:
    """How what has no data counts, and when it is too much to judge."""
    if promise.allowed_misses is not None:
        return "What has no record is not late. We judge as soon as it cannot change the result."
    least = plain(promise.minimum_coverage * 100)
    judged = f"Below {least} % of data we do not judge; where the result is certain all the same, we say so."
    return f"{POLICIES[promise.unknown]} {judged}"


def line(core: Line, label: str, how: str, value: str) -> dict[str, Any]:
    """One line of the sum as it is kept."""
    kinds = {Role.TOTAL: "total", Role.RESULT: "result"}
    return {
        "key": core.key,
        "label": label,
        "detail": how,
        "exact": core.value if isinstance(core.value, str) else exact(core.value),
        "value": value,
        "unit": core.unit.value,
        "kind": "" if core.unit is Unit.SHARE else kinds.get(core.role, ""),
    }


def share_line(core: Line, frame: Frame, label: str, parts: str) -> dict[str, Any]:
    """The share itself: of what, to four decimals, and as it is printed."""
    share = as_number(core)
    how = f"{parts}, exactly {shown_percent(share, 4)} %. Always rounded down."
    return line(core, label, how, f"{shown_percent(share, frame.promise.decimals)} %")


def part_line(core: Line, label: str, how: str, decimals: int) -> dict[str, Any]:
    """A share that stands beside the figure, rounded down as the figure is."""
    return line(core, label, how, f"{shown_percent(as_number(core), decimals)} %")


def result_line(core: Line, unit: int = 1) -> dict[str, Any]:
    """The comparison in one sentence; `unit` divides seconds into minutes."""
    details = dict(core.details)
    how = ""
    if "lost" in details and "allowed" in details:
        lost, allowed = Fraction(details["lost"]) / unit, Fraction(details["allowed"]) / unit
        relation = "is more than" if lost > allowed else "is at most"
        how = f"{careful(lost)} {relation} {careful(allowed)}"
    return line(core, "Result", how, STATUS_WORDS[str(core.value)])


def as_number(core: Line) -> Fraction:
    """The value of a line that holds a number."""
    return Fraction(core.value)


def plain(number: Fraction | Decimal | int, places: int = 4) -> str:
    """A number with thousands set off and no needless zeros, cut after so many decimals: `33,420`, `167.1`, `-0.5`."""
    whole, _, rest = shown(abs(Fraction(number)), places).partition(".")
    rest = rest.rstrip("0")
    cut = count(int(whole)) + (f".{rest}" if rest else "")
    return f"-{cut}" if number < 0 and cut != "0" else cut


def careful(number: Fraction) -> str:
    """As `plain`; where cutting would change the number, with a mark that more follows."""
    return plain(number) + ("…" if (number * 10_000).denominator != 1 else "")


def time_words(seconds: Fraction | int) -> str:
    """Lost or counted time: whole minutes where they are exact, else with seconds, begun seconds counted in full."""
    whole = int(shown(Fraction(seconds), 0, Better.LESS))
    minutes, rest = divmod(whole, 60)
    if not rest:
        return f"{count(minutes)} min"
    return f"{count(minutes)} min {rest} s" if minutes else f"{rest} s"


def allowed_words(seconds: Fraction) -> str:
    """Time that may be lost, rounded down to minutes (seconds below one minute)."""
    minutes = int(seconds // 60)
    return f"{count(minutes)} min" if minutes else f"{int(seconds)} s"


def day_words(instant: int, zone: str, *, weekday: bool = False) -> str:
    """`18 Oct`, or `Sun 18 Oct`, as the calendar shows it there."""
    on: date = local(instant, zone_of(zone)).date()
    return dates.weekday_day(on) if weekday else dates.day(on)


def silent_words(known: Fraction) -> str:
    """The part of the time that had no data, rounded up: `3.3 %`."""
    return f"{shown_percent(1 - known, 1, Better.LESS)} %"


def zone_words(zone: str) -> str:
    """`London time` for Europe/London."""
    return f"{dates.place_of(zone)} time"


def few(items: Sequence[Item], say: Callable[[Item], str] = str) -> str:
    """The first of many, each as it is said, and how many more there are."""
    said, more = ", ".join(map(say, items[:LISTED])), len(items) - LISTED
    return f"{said} and {more} more" if more > 0 else said


def counted(number: int, one: str, many: str) -> str:
    """`1 event`, `4 events`, `no events`."""
    return f"1 {one}" if number == 1 else f"{number or 'no'} {many}"
