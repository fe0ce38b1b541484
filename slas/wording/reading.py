"""What a text says of time and shares: its sentences, limits, ranges and percentages, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from slas.wording.frame import Limit
from slas.wording.rules import Rules, fold

WORKING, CALENDAR, UNSTATED = "working", "calendar", "unstated"
# A full stop, a new line that begins no item of a list, a full stop that lost its blank.
ENDS = re.compile(
    r"(?<=[.!?;])(?<!\b[a-z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bno\.)(?<!\bcat\.)(?<!\bmin\.)(?<!\bmax\.)(?<!\bincl\.)(?<!\bexcl\.)(?<!\bapprox\.)\s+(?=\S)"
    r"|(?<!:)\n+(?!\s*(?:[•*-]|o )\s*)"
    r"|(?<=[a-z]{3}\.)(?=\d)"
)
NAMED = re.compile(
    r"(?:\b(?:the|this|these|that|those)\s+(?:(?:first|same|initial|original)\s+)?|\b(?:initial|original)\s+)$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit of time as it stands in the text; a range is no limit and has no value."""

    span: Span
    limit: Limit | None
    sentence: Span

    @property
    def unit(self) -> str:
        """The unit, `range` for a range."""
        return self.limit.unit if self.limit else "range"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, folded for search and as it was written, with what it says of time and shares."""

    text: str
    written: str
    sentences: tuple[Span, ...]
    limits: tuple[TimeLimit, ...]
    percentages: tuple[tuple[Span, Fraction], ...]

    def words(self, span: Span) -> str:
        """The folded words of a stretch."""
        return self.text[span.start : span.end]

    @property
    def loose(self) -> Iterator[Span]:
        """The sentences without a limit of their own."""
        held = {each.sentence for each in self.limits}
        return (sentence for sentence in self.sentences if sentence not in held)


def read(text: str, rules: Rules) -> Reading:
    """Take a text apart. Positions are those of the text as it was written."""
    folded = fold(text)
    sentences = tuple(_sentences(folded))
    spans = list(_ranges(folded, rules))
    limits = [TimeLimit(span, None, _around(span, sentences)) for span in spans]
    for span, limit in _durations(folded, rules):
        if not any(span.overlaps(taken) for taken in spans):
            spans.append(span)
            limits.append(TimeLimit(span, limit, _around(span, sentences)))
    limits.sort(key=lambda each: each.span.start)
    counted = _counted(folded, list(_named_again(folded, limits)), rules)
    return Reading(folded, text, sentences, counted, tuple(_percentages(folded, rules)))


def _counted(text: str, limits: list[TimeLimit], rules: Rules) -> tuple[TimeLimit, ...]:
    """Limits without the times of a sentence that says what does not count, where another sentence has a limit, and
    without those in brackets that say the one before again: “8 weeks (56 days)”.
    """
    again = {
        each
        for before, each in pairwise(limits)
        if re.fullmatch(r"\s*\(\s*", text[before.span.end : each.span.start])
        and re.match(r"(?: or less| at most)?\s*\)", text[each.span.end :])
    }
    limits = [each for each in limits if each not in again]
    left_out = {
        each.sentence for each in limits if rules["left_out"].search(text, each.sentence.start, each.sentence.end)
    }
    kept = tuple(each for each in limits if each.sentence not in left_out)
    return kept or tuple(limits)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for mark in ENDS.finditer(text):
        if text[start : mark.start()].strip():
            yield Span(start, mark.start())
            start = mark.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _around(span: Span, sentences: tuple[Span, ...]) -> Span:
    return next((each for each in sentences if each.overlaps(span)), span)


def _ranges(text: str, rules: Rules) -> Iterator[Span]:
    for match in rules.span.finditer(text):
        whole = rules.duration.match(text, match.start())
        if (whole and whole.end() == match.end()) or match.group().startswith(("a ", "an ")):
            continue
        if not _is_other(text, match.start(), match.end(), rules):
            yield Span(match.start(), match.end())


def _durations(text: str, rules: Rules) -> Iterator[tuple[Span, Limit]]:
    for match in rules.duration.finditer(text):
        words = match.group()
        if _is_article(text, match) or _is_other(text, match.start(), match.end(), rules):
            continue
        unit = unit_of(words, rules)
        kind = _kind(words, text[match.end() : match.end() + 40], rules) if unit == "day" else ""
        if unit == "hour" and rules.day_kinds[WORKING].search(_spaced(words)):
            kind = WORKING
        if _stands_before_a_noun(text, match, rules):
            continue
        yield Span(match.start(), match.end()), Limit(number_of(words, rules), unit, kind)
    for match in rules.near_day.finditer(text):
        value = Fraction(0 if "same" in match.group() else 1)
        yield Span(match.start(), match.end()), Limit(value, "day", _kind(match.group(), "", rules, CALENDAR))


def unit_of(words: str, rules: Rules) -> str:
    """The unit of a duration or a range, also where it stands close to its number: `30min`."""
    return next(name for name, pattern in rules.units.items() if pattern.search(_spaced(words)))


def _spaced(words: str) -> str:
    return re.sub(r"(?<=\d)(?=[a-z])", " ", words.replace("-", " "))


def _is_article(text: str, match: re.Match[str]) -> bool:
    """“a day” is one day after “within”, and no duration in “24 hours a day”."""
    if not re.match(r"an?\s", match.group()):
        return False
    if match.group().endswith(" second") and re.match(r"\s+(?!of|or|after|from|per)[a-z]", text[match.end() :]):
        return True  # “by a second person”
    return not re.search(r"(?:within|in|inside|under|than|of|most|least|after|by|for)\s+$", text[: match.start()])


def _is_other(text: str, start: int, end: int, rules: Rules) -> bool:
    """Whether the words around a duration say that it is no limit."""
    before, after = text[max(0, start - 60) : start], re.sub(r"^[ -]", "", text[end : end + 60])
    left = re.search(rf"(?:{rules['limits.not_after'].pattern})\s*\(?$", before)
    return bool(left or rules["limits.not_before"].match(after))


def _stands_before_a_noun(text: str, match: re.Match[str], rules: Rules) -> bool:
    """“30-day goods”: in the singular before a noun it says what kind of thing, unless the noun is that of a limit."""
    unit = re.search(r"[a-z]+(?=(?:\(s\))?\s*(?:\([^)]*\))?$)", match.group())
    value = number_of(match.group(), rules)
    is_one = value == 1 and "-" not in match.group()
    if unit is None or unit.group().endswith("s") or "(" in match.group() or is_one:
        return False
    after = text[match.end() :]
    if not re.match(r"[\s-]*[a-z]", after):
        return False
    rest = after.lstrip(" -")
    return not (rules["limits.nouns"].match(rest) or rules["starts.after_limit"].match(rest))


def _kind(words: str, after: str, rules: Rules, unsaid: str = UNSTATED) -> str:
    spaced = _spaced(words)
    for kind, pattern in rules.day_kinds.items():
        if pattern.search(spaced):
            return kind
    return WORKING if rules["limits.workdays"].match(after.lstrip(" ,(")) else unsaid


def _named_again(text: str, limits: list[TimeLimit]) -> Iterator[TimeLimit]:
    """Limits without those that only name one from before; what they say of the kind of its days belongs to it."""
    again = {each: held for number, each in enumerate(limits) if (held := _refers_to(text, each, limits[:number]))}
    kinds = {held: each.limit for each, held in again.items() if each.limit and each.limit.day_kind != UNSTATED}
    for each in limits:
        if each not in again:
            unstated = each.limit is not None and each.limit.day_kind == UNSTATED
            yield TimeLimit(each.span, kinds[each], each.sentence) if unstated and each in kinds else each


def _refers_to(text: str, each: TimeLimit, before: list[TimeLimit]) -> TimeLimit | None:
    """“The 90-day standard”, “this first 30 calendar-day response”: the limit written before that is named again."""
    if each.limit is None or not NAMED.search(text[: each.span.start]):
        return None
    size = (each.limit.value, each.limit.unit)
    return next((held for held in before if held.limit and (held.limit.value, held.limit.unit) == size), None)


def number_of(words: str, rules: Rules) -> Fraction:
    """The number at the head of some words: `80`, `1,500`, `eighty (80)`, `twenty-four`."""
    if figure := re.search(r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", words):
        return Fraction(re.sub(r"[ ,]", "", figure.group()))
    total = 0
    for word in re.findall(r"[a-z]+", words):
        if word not in rules.numbers:
            break
        value = rules.numbers[word]
        total = total * value if value == 100 and total else total + value
    return Fraction(total)


def _percentages(text: str, rules: Rules) -> Iterator[tuple[Span, Fraction]]:
    for match in rules.percent.finditer(text):
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
        if re.search(rf"(?:{rules['shares.not_after'].pattern})\s*$", before):
            continue
        if not rules["shares.not_before"].match(after.lstrip()):
            yield Span(match.start(), match.end()), number_of(match.group(), rules) / 100
    for match in rules["shares.parts"].finditer(text):
        if re.search(rf"(?:{rules['shares.not_after'].pattern})\s*$", text[max(0, match.start() - 40) : match.start()]):
            continue
        whole = 10 if match.group().endswith(("ten", " 10")) else 100
        if number_of(match.group(), rules) <= whole:
            yield Span(match.start(), match.end()), number_of(match.group(), rules) / whole
