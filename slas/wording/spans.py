"""The vague words of a text: hedges, days of no kind, and words whose figure depends on the reader."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from slas.wording.frame import Effect, Slot
from slas.wording.reading import UNSTATED, WORKING, Reading, Span, TimeLimit
from slas.wording.rules import OwnWords, Rules, VagueWords

DAY_KIND, RANGE, HOURS = "day_kind", "range", "working_hours"


@dataclass(frozen=True, slots=True)
class Vague:
    """Words that are vague, where they stand, and by which rule."""

    code: str
    effect: Effect
    span: Span
    rule: VagueWords | None = None

    @property
    def opens(self) -> Slot | None:
        """The part of the frame that these words leave open."""
        return self.rule.opens if self.rule else None


def vague_words(reading: Reading, rules: Rules, own: OwnWords, settled: frozenset[Slot]) -> tuple[Vague, ...]:
    """Every vague stretch in the order of the text; of two that overlap the longer one.

    What is settled beside the sentence makes words of it exact: “office hours” where the hours are written down.
    """
    hours = () if Slot.CALENDAR in settled else _hours(reading, rules)
    listed = [each for each in (*rules.vague, *own.vague) if not (each.settled_beside and each.opens in settled)]
    defined = [Span(*match.span()) for each in own.defined for match in each.finditer(reading.text)]
    said = (*_days(reading), *hours, *_listed(reading, listed, rules))
    found = [each for each in said if not any(each.span.overlaps(other) for other in defined)]
    found.sort(key=lambda each: (each.code not in (DAY_KIND, RANGE, HOURS), each.span.start - each.span.end))
    kept: list[Vague] = []
    for each in found:
        if not any(each.span.overlaps(other.span) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.span.start))


def _days(reading: Reading) -> Iterator[Vague]:
    for each in reading.limits:
        if each.limit is None:
            yield Vague(RANGE, Effect.MEASURE, each.span)
        elif each.limit.day_kind == UNSTATED:
            yield Vague(DAY_KIND, Effect.DAY_KIND, each.span)


def _hours(reading: Reading, rules: Rules) -> Iterator[Vague]:
    """Working hours as a unit, where nobody says which they are."""
    for each in reading.limits:
        hours = each.limit and each.limit.unit == "hour" and each.limit.day_kind == WORKING
        if hours and not _hours_are_said(reading, rules):
            yield Vague(HOURS, Effect.MEASURE, each.span)


def _listed(reading: Reading, vague: Sequence[VagueWords], rules: Rules) -> Iterator[Vague]:
    for rule in vague:
        for match in rule.pattern.finditer(reading.text):
            span = Span(
                *match.span(match.lastindex or 0)
            )  # a bracket in the rule holds the words, the rest their place
            if not _is_exact(reading, span, rule, rules) and _has_its_place(reading, span, rule, vague, rules):
                yield Vague(rule.code, rule.effect, span, rule)


def _is_exact(reading: Reading, span: Span, rule: VagueWords, rules: Rules) -> bool:
    """Whether other words of the text make these exact."""
    looked_up = (Span(*match.span()) for match in rules["looked_up"].finditer(reading.text))
    if rule.opens == Slot.THRESHOLD and any(span.overlaps(said) for said in looked_up):
        return True
    if any(span.overlaps(each.span) for each in reading.limits):
        return True
    if rule.opens == Slot.CALENDAR and _hours_are_said(reading, rules):
        return True
    if rule.code == "quality" and (_is_in_a_name(reading, span) or _is_an_answer(reading, span, rules)):
        return True
    if rule.code == "varies" and len(reading.limits) > 1:
        return True
    return not rule.beside_a_limit and _has_limit(reading, span, rule)


def _is_an_answer(reading: Reading, span: Span, rules: Rules) -> bool:
    """“Satisfied or very satisfied”: the answers of a survey that count as good."""
    answers = (Span(*match.span()) for match in rules["good_answers"].finditer(reading.text))
    return any(span.overlaps(each) for each in answers)


def _is_in_a_name(reading: Reading, span: Span) -> bool:
    """“The Innovative Solutions Program”: large letters within a sentence, also that of the next word."""
    starts_a_sentence = re.search(r"(?:^|[.:;!?\-–—\n(\"“])\s*$", reading.written[: span.start])
    words = reading.written[span.start :].split(maxsplit=2)[:2]
    return not starts_a_sentence and len(words) > 1 and all(word[:1].isupper() for word in words)


def _has_its_place(reading: Reading, span: Span, rule: VagueWords, vague: Sequence[VagueWords], rules: Rules) -> bool:
    """Whether the limit that makes these words vague is there."""
    if rule.picks and not reading.limits:
        return False
    if rule.before_a_limit:
        return any(not reading.text[span.end : each.span.start].strip() for each in _after(reading, span))
    if not rule.with_a_limit:
        return True
    said_after = f" {_rest(reading, span)}"
    if " and " in said_after and rules["ends.verbs"].search(said_after):
        return False
    return _has_limit(reading, span, rule) or _has_time_words(reading, span, vague)


def _rest(reading: Reading, span: Span) -> str:
    """What the sentence says behind some words, before its next limit."""
    sentence = next((each for each in reading.sentences if each.overlaps(span)), span)
    limit = next((each.span.start for each in _after(reading, span)), sentence.end)
    return reading.text[span.end : min(limit, sentence.end)]


def _after(reading: Reading, span: Span) -> Iterator[TimeLimit]:
    return (each for each in reading.limits if each.span.start >= span.end)


def _has_limit(reading: Reading, span: Span, rule: VagueWords) -> bool:
    """Whether a limit beside the words makes them exact, or makes them words about the thing that is handed in."""
    limits = [each for each in reading.limits if each.limit]
    if any(each.sentence.overlaps(span) for each in limits):
        return True
    named = reading.words(span).split()[-2:]
    return rule.opens == Slot.THRESHOLD and any(" ".join(named) in reading.words(each.sentence) for each in limits)


def _has_time_words(reading: Reading, span: Span, vague: Iterable[VagueWords]) -> bool:
    """Whether vague words stand for a limit in the same sentence."""
    sentence = next((each for each in reading.sentences if each.overlaps(span)), span)
    opening = (rule.pattern for rule in vague if rule.opens == Slot.THRESHOLD)
    return any(pattern.search(reading.text, sentence.start, sentence.end) for pattern in opening)


def _hours_are_said(reading: Reading, rules: Rules) -> bool:
    said = rules["availability.hours"].search(reading.text)
    return bool(said) and not rules["availability.tied"].search(reading.text)
