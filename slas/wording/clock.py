"""What a text says of the clock: times of day, and hours day by day, where it says them without doubt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product

from slas.wording.frame import Stretch, Week
from slas.wording.reading import Span
from slas.wording.rules import Rules

HOUR, NOON, DAY, WEEK = 60, 720, 1440, 7
MOST_STRETCHES = 4  # of one day: more are no hours that anybody reads
TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?\s*(a\.?m|p\.?m)?")


@dataclass(frozen=True, slots=True)
class SaidHours:
    """Hours as a text says them. Of each stretch there are as many readings as it has: “8 to 6” has several.

    `parts` are days of the week with their stretches; days that nobody names are None.
    """

    span: Span
    parts: tuple[tuple[frozenset[int] | None, tuple[frozenset[Stretch], ...]], ...]

    def fits(self, week: Week) -> bool:
        """Whether the text can be read as these hours."""
        if self.parts[0][0] is None:
            return any(_is(stretches, day) for _days, stretches in self.parts for day in week if day)
        said: dict[int, tuple[frozenset[Stretch], ...]] = {}
        for days, stretches in self.parts:
            for day in days or ():
                said[day] = said.get(day, ()) + stretches
        return all(_is(said.get(day, ()), held) for day, held in enumerate(week))


def _is(said: tuple[frozenset[Stretch], ...], held: tuple[Stretch, ...]) -> bool:
    return any(joined(reading) == joined(held) for reading in product(*said))


def joined(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """In order, and those that touch as one."""
    found: list[Stretch] = []
    for opens, closes in sorted(stretches):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(closes, found[-1][1]))
        else:
            found.append((opens, closes))
    return tuple(found)


def minutes_of(words: str, rules: Rules) -> frozenset[int]:
    """The minutes of the day that a time can mean: two where neither half of the day nor a leading zero is said."""
    if (named := words.strip()) in rules.clock_words:
        minute = rules.clock_words[named]
        return frozenset({minute, 0} if minute == DAY else {minute})
    match = TIME.match(named)
    hour, minute, half = (int(match[1]), int(match[2] or 0), (match[3] or "")[:1]) if match else (99, 0, "")
    if hour > DAY // HOUR or minute >= HOUR or hour * HOUR + minute > DAY:
        return frozenset()
    at = hour * HOUR + minute
    if half:
        at = at % NOON + (NOON if half == "p" else 0)
        return frozenset({at, DAY} if at == 0 else {at})
    if at in (0, DAY):
        return frozenset({0, DAY})
    return frozenset({at, (at + NOON) % DAY} if 0 < hour <= NOON // HOUR and named[0] != "0" else {at})


def said_hours(text: str, rules: Rules) -> SaidHours | None:
    """The hours that a text says; None where it says none, or where words take some of them away again."""
    if rules["clock.not_open"].search(text) or rules["always"].search(text):
        return None
    days = [Span(*match.span()) for match in rules["clock.days"].finditer(text)]
    stretches = list(_stretches(text, days, rules))
    if not stretches:
        return None
    spans = [span for span, _ in stretches]
    days = [each for each in days if not any(each.overlaps(span) for span in spans)]
    leads = bool(days) and days[0].start < spans[0].start
    parts: list[tuple[frozenset[int] | None, tuple[frozenset[Stretch], ...]]] = []
    if not days:
        parts.append((None, tuple(readings for _, readings in stretches)))
    bounds = [(each, _until(number, days, len(text), leads)) for number, each in enumerate(days)]
    for each, (low, high) in bounds:
        own = tuple(readings for span, readings in stretches if low <= span.start < high)
        if not own or len(own) > MOST_STRETCHES:
            return None
        parts.append((days_of(text[each.start : each.end], rules), own))
    everything = [*days, *spans]
    return SaidHours(Span(min(each.start for each in everything), max(each.end for each in everything)), tuple(parts))


def _until(number: int, days: list[Span], end: int, leads: bool) -> tuple[int, int]:
    """From where to where the stretches of these days stand: behind them, or before them."""
    if leads:
        return days[number].end, days[number + 1].start if number + 1 < len(days) else end
    return days[number - 1].end if number else 0, days[number].start


def _stretches(text: str, days: list[Span], rules: Rules) -> Iterator[tuple[Span, frozenset[Stretch]]]:
    """From when to when, each with its readings; bare numbers only directly behind days: “Monday to Friday 8-18”."""
    for match in rules["clock.stretches"].finditer(text):
        is_plain = not re.search(r"[:apnom]", re.sub(r"\s(?:to|till|until|and)\s|from|between", "-", match.group()))
        behind = any(re.fullmatch(r"[\s,:(]*(?:from|between)?\s*", text[each.end : match.start()]) for each in days)
        if is_plain and not behind:
            continue
        words = re.sub(r"^(?:from|between)\s+", "", match.group())
        first, last = (
            minutes_of(each, rules) for each in re.split(r"\s*(?:-|\bto\b|\btill\b|\buntil\b|\band\b)\s*", words)
        )
        readings = frozenset(
            (opens, closes if closes > opens else closes + DAY) for opens in first for closes in last if opens < DAY
        )
        if readings:
            yield Span(*match.span()), readings


def days_of(words: str, rules: Rules) -> frozenset[int]:
    """`Monday to Friday`, `Saturday and Sunday`, `every day`: Monday is 0."""
    if words.strip() in rules.day_groups:
        return frozenset(int(day) for day in rules.day_groups[words.strip()])
    found: set[int] = set()
    last = 0
    for match in re.finditer(r"(?:\s*(-|(?:to|through|till|until)\b)\s*)?[\s,&.]*(?:and\s+)?([a-z]+)", words):
        day = (
            rules.weekdays.get(match[2].removesuffix("s"))
            if match[2] not in rules.weekdays
            else rules.weekdays[match[2]]
        )
        if day is None:
            continue
        between = range(last, last + (day - last) % WEEK + 1) if match[1] and found else (day,)
        found |= {each % WEEK for each in between}
        last = day
    return frozenset(found)


def week_words(week: Week, rules: Rules) -> str:
    """`Monday to Friday 07:00 to 19:00, Saturday 09:00 to 12:00`; closed days are not told."""
    names = {day: name.capitalize() for name, day in reversed(list(rules.weekdays.items()))}
    told = []
    for held, group in groupby(range(WEEK), key=lambda day: joined(week[day])):
        first, *_, last = (*(days := list(group)), days[-1])
        if held:
            which = names[first] if first == last else f"{names[first]} to {names[last]}"
            told.append(f"{which} {' and '.join(f'{clock(opens)} to {clock(closes)}' for opens, closes in held)}")
    return ", ".join(told)


def clock(minute: int) -> str:
    """540 is 09:00; the end of a day is 24:00, and a time past midnight is that of the next day."""
    return "24:00" if minute == DAY else f"{minute % DAY // HOUR:02}:{minute % HOUR:02}"
