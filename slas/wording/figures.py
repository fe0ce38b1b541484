"""Where a sentence contradicts the figures of its own promise."""

from collections.abc import Iterator

from slas.wording.frame import Finding, Limit, Severity, Slot
from slas.wording.reading import WORKING, TimeLimit
from slas.wording.slots import Promise

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "fortnight": 1_209_600}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def contradictions(promise: Promise) -> Iterator[Finding]:
    """A limit, a period or hours in the words that are not those of the figures."""
    limit, limits = promise.frame.limit, promise.reading.limits
    if limit and limits and not any(each.limit and _same(each.limit, limit) for each in limits):
        yield _differs(promise, "limit_differs", Slot.THRESHOLD, limits[0])
    yield from _period(promise)
    if promise.frame.around_the_clock is False and (said := promise.rules["always"].search(promise.reading.text)):
        yield _finding(promise, "hours_differ", Slot.CALENDAR, *said.span())


def _same(said: Limit, held: Limit) -> bool:
    """Equal in one of the two families of units; a working day is no calendar day."""
    if (said.day_kind == WORKING) != (held.day_kind == WORKING):
        return False
    for family in (SECONDS, MONTHS):
        if said.unit in family and held.unit in family:
            return said.value * family[said.unit] == held.value * family[held.unit]
    return said == held


def _period(promise: Promise) -> Iterator[Finding]:
    fixed, rolling = (promise.rules[name].search(promise.reading.text) for name in ("fixed_periods", "rolling_periods"))
    if fixed and rolling:
        yield _finding(promise, "two_periods", Slot.PERIOD, *rolling.span())
    held = promise.frame.period
    said = {name: promise.rules[f"periods.{name}"].search(promise.reading.text) for name in MONTHS}
    if not held or said.get(held):
        return
    for match in said.values():
        if match:
            yield _finding(promise, "period_differs", Slot.PERIOD, *match.span())


def _differs(promise: Promise, code: str, slot: Slot, each: TimeLimit) -> Finding:
    return _finding(promise, code, slot, each.span.start, each.span.end)


def _finding(promise: Promise, code: str, slot: Slot, start: int, end: int) -> Finding:
    text = promise.rules.texts[code]
    words = promise.frame.text[start:end]
    return Finding(code, Severity.ERROR, text.why, text.ask, slot=slot, words=words, start=start, end=end)
