"""Where a sentence contradicts the figures of its own promise: each finding says both, and how it would agree."""

import re
from collections.abc import Iterator
from fractions import Fraction

from slas.wording.clock import clock, minutes_of, said_hours, week_words
from slas.wording.frame import About, Finding, Limit, Severity, Size, Slot
from slas.wording.reading import CALENDAR, WORKING, Span, number_of
from slas.wording.rewrites import spliced
from slas.wording.slots import Promise

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "fortnight": 1_209_600}
MILLISECONDS = {"millisecond": 1, **{unit: size * 1000 for unit, size in SECONDS.items()}}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
RHYTHMS = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}


def contradictions(promise: Promise) -> Iterator[Finding]:
    """A limit, a period, hours, a number, a due time or a reading in the words that is not that of the figures."""
    yield from _limit(promise)
    yield from _period(promise)
    yield from _hours(promise)
    yield from _allowed(promise)
    yield from _due(promise)
    yield from _reading(promise)
    yield from _zone(promise)


def _limit(promise: Promise) -> Iterator[Finding]:
    held, limits = promise.frame.limit, promise.reading.limits
    if not held or not limits or any(each.limit and _same(each.limit, held) for each in limits):
        return
    span, is_one = limits[0].span, len({each.limit for each in limits}) == 1
    # “The same day” is no length that another one could stand in for.
    is_length = number_of(promise.reading.text[span.start : span.end], promise.rules) > 0
    yield _differs(promise, "limit_differs", Slot.THRESHOLD, span, limit_words(held), is_sure=is_one and is_length)


def _same(said: Limit, held: Limit) -> bool:
    """Equal in one of the two families of units; a working day is no calendar day."""
    if (said.day_kind == WORKING) != (held.day_kind == WORKING):
        return False
    for family in (SECONDS, MONTHS):
        if said.unit in family and held.unit in family:
            return said.value * family[said.unit] == held.value * family[held.unit]
    return said == held


def limit_words(limit: Limit) -> str:
    """`3 working days`; seconds in the largest unit that keeps them whole: `2 hours`."""
    value, unit = limit.value, limit.unit
    if unit == "second":
        unit = next(each for each in ("hour", "minute", "second") if value % SECONDS[each] == 0 or each == "second")
        value /= SECONDS[unit]
    kind = f"{limit.day_kind} " if limit.day_kind in (WORKING, CALENDAR) else ""
    return f"{_number(value)} {kind}{unit}{'' if value == 1 else 's'}"


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _period(promise: Promise) -> Iterator[Finding]:
    fixed, rolling = (promise.rules[name].search(promise.reading.text) for name in ("fixed_periods", "rolling_periods"))
    if fixed and rolling:
        yield _differs(promise, "two_periods", Slot.PERIOD, Span(*rolling.span()), "", is_sure=False)
    held = promise.frame.period
    said = {name: promise.rules[f"periods.{name}"].search(promise.reading.text) for name in MONTHS}
    if not held or said.get(held):
        return
    for match in said.values():
        if match:
            words = RHYTHMS[held] if match.group().endswith("ly") else f"each {held}"
            yield _differs(promise, "period_differs", Slot.PERIOD, Span(*match.span()), words)


def _hours(promise: Promise) -> Iterator[Finding]:
    """Hours in the words against the hours by which it is judged, where the words say theirs without doubt."""
    week, text = promise.frame.week, promise.reading.text
    held = week_words(week, promise.rules) if week else ""
    if promise.frame.around_the_clock is False and (said := promise.rules["always"].search(text)):
        yield _differs(promise, "hours_differ", Slot.CALENDAR, Span(*said.span()), held)
        return
    if week is None or _is_of_another_zone(promise):
        return
    if promise.frame.about not in (None, About.ACCESS) and not promise.says("clock.hours"):
        return
    hours = said_hours(text, promise.rules)
    if hours and not hours.fits(week):
        yield _differs(promise, "week_differs", Slot.CALENDAR, hours.span, held)


def _allowed(promise: Promise) -> Iterator[Finding]:
    """How many may be late, as a number."""
    held = promise.frame.allowed
    if held is None:
        return
    said = [(match, number_of(_figure(match), promise.rules)) for match in _found(promise, "allowed.most")]
    said += [(match, number_of(_figure(match), promise.rules) - 1) for match in _found(promise, "allowed.fewer")]
    said += [(match, Fraction(0)) for match in _found(promise, "allowed.none")]
    if len({number for _match, number in said}) == 1 and said[0][1] != held:
        match = said[0][0]
        is_sure = promise.rules["allowed.none"].fullmatch(match.group()) is None
        yield _differs(
            promise, "number_differs", Slot.THRESHOLD, Span(*match.span()), f"at most {held}", is_sure=is_sure
        )


def _figure(match: re.Match[str]) -> str:
    return re.split(r"\b(?:than|most|of|to|exceed|exceeding)\s+", match.group())[-1]


def _due(promise: Promise) -> Iterator[Finding]:
    """By when on its day something is due."""
    held = promise.frame.due
    if held is None or _is_of_another_zone(promise):
        return
    said = [(match, _minutes(promise, match.group())) for match in _found(promise, "clock.due")]
    said = [(match, minutes) for match, minutes in said if minutes]
    if len({minutes for _match, minutes in said}) == 1 and held not in said[0][1]:
        match = said[0][0]
        lead = re.split(r"\s+(?=\d|noon|midday|midnight)", match.group(), maxsplit=1)[0]
        start = match.start() + len(lead) + 1
        yield _differs(promise, "due_differs", Slot.THRESHOLD, Span(start, match.end()), clock(held))


def _minutes(promise: Promise, words: str) -> frozenset[int]:
    """Of `by 09:00`; a bare number can be anything."""
    time = re.split(r"\s+(?=\d|[a-z]+$)", words, maxsplit=1)[-1]
    return (
        frozenset() if re.fullmatch(r"\D*\d{1,2}", time) else minutes_of(re.sub(r"^\D*(?=\d)", "", time), promise.rules)
    )


def _reading(promise: Promise) -> Iterator[Finding]:
    """The limit of a reading, in its own unit or in another one of time; and whether it is the most or the least."""
    held = promise.frame.reading
    if held is None:
        return
    sizes = [(span, value, _sides(promise, span)) for span, value in _sizes(promise, held)]
    sizes = [each for each in sizes if each[2]] or sizes
    if len({value for _span, value, _side in sizes}) != 1:
        return
    (span, value, sides), *_ = sizes
    if value != held.value:
        yield _differs(promise, "reading_differs", Slot.THRESHOLD, span, f"{_number(held.value)} {held.unit}")
    elif sides and held.is_least not in sides:
        side = sides[not held.is_least]
        yield _differs(promise, "side_differs", Slot.THRESHOLD, side, "at least" if held.is_least else "at most")


def _sides(promise: Promise, size: Span) -> dict[bool, Span]:
    """The words directly before a size that say whether it is the most or the least."""
    before = promise.reading.text[: size.start]
    found = {
        is_least: [each for each in promise.rules[name].finditer(before) if not before[each.end() :].strip()]
        for is_least, name in ((False, "sizes_most"), (True, "sizes_least"))
    }
    return {is_least: Span(*matches[-1].span()) for is_least, matches in found.items() if matches}


def _sizes(promise: Promise, held: Size) -> Iterator[tuple[Span, Fraction]]:
    """Each number in the unit of the measure, or in one that can be turned into it."""
    text, rules = promise.reading.text, promise.rules
    own = next((name for name, pattern in rules.units.items() if pattern.fullmatch(held.unit.lower())), "")
    if own in MILLISECONDS:
        for match in rules.duration.finditer(text):
            unit = next(name for name, pattern in rules.units.items() if pattern.search(_spaced(match.group())))
            if unit in MILLISECONDS:
                yield Span(*match.span()), number_of(match.group(), rules) * MILLISECONDS[unit] / MILLISECONDS[own]
    elif held.unit:
        unit = re.escape(held.unit.lower()).replace(r"\ ", r"\s+")
        for match in re.finditer(rf"(?<![\w.,-])\d[\d ,]*(?:\.\d+)?\s*{unit}(?!\w)", text):
            yield Span(*match.span()), number_of(match.group(), rules)


def _spaced(words: str) -> str:
    return re.sub(r"(?<=\d)(?=[a-z])", " ", words.replace("-", " "))


def _zone(promise: Promise) -> Iterator[Finding]:
    """A time of the day where neither the words nor anything beside them names a zone: it is asked for."""
    if promise.frame.zone or promise.says("clock.zones"):
        return
    said = [each.group() for each in _found(promise, "clock.times")]
    if any(re.search(r"[:apnom]", each) for each in said):
        text = promise.rules.texts["time_zone"]
        yield Finding("time_zone", Severity.NOTE, text.why, text.ask)


def _is_of_another_zone(promise: Promise) -> bool:
    """Whether the words name a zone that is not the one beside them: those times cannot be compared."""
    place = promise.frame.zone.lower().rpartition("/")[2].replace("_", " ")
    said = [each.group() for each in _found(promise, "clock.zones")]
    return any(not place or place not in each for each in said)


def _found(promise: Promise, name: str) -> list[re.Match[str]]:
    return list(promise.rules[name].finditer(promise.reading.text))


def _differs(promise: Promise, code: str, slot: Slot, span: Span, held: str, *, is_sure: bool = True) -> Finding:
    """Words that are not those of the figures; where it is sure which words are meant, the sentence with the others."""
    text, words = promise.rules.texts[code], promise.frame.text[span.start : span.end]
    return Finding(
        code,
        Severity.ERROR,
        text.why.format(said=words, held=held or "otherwise"),
        text.ask,
        slot=slot,
        words=words,
        start=span.start,
        end=span.end,
        rewrite=spliced(promise.frame.text, span.start, span.end, held) if is_sure and held else "",
    )
