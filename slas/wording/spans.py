"""The vague words of a text: hedges, days of no kind, and words whose figure depends on the reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slas.wording.frame import Effect, Slot
from slas.wording.reading import UNSTATED, WORKING, Reading, Span
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


def _listed(reading: Reading, vague: Iterable[VagueWords], rules: Rules) -> Iterator[Vague]:
    looked_up = [Span(*match.span()) for match in rules["looked_up"].finditer(reading.text)]
    for rule in vague:
        for match in rule.pattern.finditer(reading.text):
            span = Span(*match.span())
            if rule.opens == Slot.THRESHOLD and any(span.overlaps(said) for said in looked_up):
                continue
            if any(span.overlaps(each.span) for each in reading.limits):
                continue
            if rule.opens == Slot.CALENDAR and _hours_are_said(reading, rules):
                continue
            if rule.picks and not reading.limits:
                continue
            if rule.with_a_limit and not _has_limit(reading, span, rule):
                continue
            if rule.code == "varies" and len(reading.limits) > 1:
                continue
            if not rule.beside_a_limit and _has_limit(reading, span, rule):
                continue
            yield Vague(rule.code, rule.effect, span, rule)


def _has_limit(reading: Reading, span: Span, rule: VagueWords) -> bool:
    """Whether a limit beside the words makes them exact, or makes them words about the thing that is handed in."""
    limits = [each for each in reading.limits if each.limit]
    if any(each.sentence.overlaps(span) for each in limits):
        return True
    named = reading.words(span).split()[-2:]
    return rule.opens == Slot.THRESHOLD and any(" ".join(named) in reading.words(each.sentence) for each in limits)


def _hours_are_said(reading: Reading, rules: Rules) -> bool:
    said = rules["availability.hours"].search(reading.text)
    return bool(said) and not rules["availability.tied"].search(reading.text)
