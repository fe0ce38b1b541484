"""One promise of a review as parts of the page: its sentences, its two halves, its sum, its events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from portal.language import dates, durations
from portal.language.facts import Facts, PromiseWords, TimeFacts, read
from portal.language.numbers import NBSP, count, percent
from portal.language.phrases import LETTERS, Phrases
from portal.language.phrasing import Outcome, phrase
from portal.language.printed import printed_in
from portal.language.sentences import Piece, Printed, Sentence
from portal.language.ways import Voice
from reporting.models import ReportAgreement
from reporting.queries import agreed
from reporting.queries.beside import tell_beside
from reporting.queries.happened import list_events
from reporting.queries.page_parts import (
    Budget,
    BudgetPiece,
    EventRow,
    Events,
    Half,
    Meaning,
    ProofLine,
    ProofPart,
)
from reporting.queries.review_rows import PromiseRows
from reporting.scorecard import Standing
from slas.models import Attainment, ServiceLevelTarget

NOTHING = "–"
USUAL = Voice()
NO_PLANS: Mapping[int, list[str]] = {}


@dataclass(frozen=True)
class Told:
    """One promise in the month with its words; `impact` holds what each event hit, by the event's id."""

    rows: PromiseRows
    attainment: Attainment | None
    words: PromiseWords
    facts: Facts | None
    phrases: Phrases
    impact: Mapping[str, int]
    impact_unit: str

    @property
    def status(self) -> str:
        """As judged; no figure is no cases."""
        return self.attainment.status if self.attainment else "no_cases"

    @property
    def standing(self) -> Standing:
        """As the month counts it."""
        return Standing(self.status, self.target.is_mandatory, self.facts is not None and self.facts.is_running)

    @property
    def letter(self) -> str:
        """Of its mark."""
        return LETTERS[self.status]

    @property
    def target(self) -> ServiceLevelTarget:
        """What was promised."""
        return self.rows.target

    def figure(self, part: str, text: str, *, strong: bool = False) -> Piece:
        """A printed figure of this promise, in the form of its language."""
        return Piece(printed_in(self.words.language, text), f"{self.rows.anchor}.{part}", strong)


def tell(
    rows: PromiseRows,
    month: date,
    impact: Mapping[str, int] | None = None,
    impact_unit: str = "",
    *,
    voice: Voice = USUAL,
    plans: Mapping[int, list[str]] = NO_PLANS,
) -> Told:
    """The promise in that month, with its sentences as the voice says them; `plans` are improvements by service."""
    attainment = rows.covering(month)
    words = _words(rows, attainment, month, voice)
    if attainment is None:
        said = words.say("no_figures", period=words.period)
        return Told(rows, None, words, None, Phrases(said, said, words.say("status.no_cases"), ()), {}, "")
    facts = read(rows.target.kind, attainment.result)
    outcome = Outcome(rows.target.kind, attainment.status, attainment.result.get("certain") or "")
    phrases = phrase(words, facts, outcome)
    more = tell_beside(rows=rows, attainment=attainment, words=words, facts=facts, plans=plans)
    return Told(rows, attainment, words, facts, replace(phrases, key=phrases.key + more), impact or {}, impact_unit)


def promised_words(target: ServiceLevelTarget) -> str:
    """The threshold as it was agreed: 99.5; empty where none is a percentage."""
    return "" if target.threshold is None or target.is_trial else f"{target.threshold.normalize():f}"


def _words(rows: PromiseRows, attainment: Attainment | None, month: date, voice: Voice) -> PromiseWords:
    target = rows.target
    period = (attainment.period_start, attainment.period_end) if attainment else None
    said = dates.period_words(*period) if period else dates.month_name(month)
    return PromiseWords(
        anchor=rows.anchor,
        name=target.name,
        short_name=target.short_name or target.name,
        period=printed_in(voice.language, said),
        promised=promised_words(target),
        value=attainment.value_words if attainment else NOTHING,
        decimals=target.decimals,
        loss=target.loss_words,
        short_loss=target.short_loss_words,
        units=target.unit_words,
        good=target.good_words,
        bad=target.bad_words,
        language=voice.language,
        variant=voice.variant,
    )


def candidates(told: Told) -> list[Printed]:
    """Every figure of the promise that a sentence may name."""
    named = list(told.phrases.figures)
    if worst := worst_event(told):
        anchor = f"{told.rows.anchor}.worst"
        named.append(Printed(anchor, worst.words, f"{told.words.name}: the longest time"))
    return named


@dataclass(frozen=True)
class WorstEvent:
    """The event that weighed most, when it was, and whether it made up more than half of all."""

    words: str
    is_most: bool
    started_at: datetime
    ended_at: datetime


def worst_event(told: Told) -> WorstEvent | None:
    """The event with the most work hit, or with the most time counted; None where one or none is known."""
    events = [event for event in _events(told) if Fraction(event["counted_seconds"])]
    if not events:
        return None

    def weight(event: Mapping[str, Any]) -> Fraction:
        return Fraction(told.impact.get(event["id"], 0)) if told.impact else Fraction(event["counted_seconds"])

    worst = max(events, key=weight)
    start, end = span_of(worst, told)
    return WorstEvent(dates.when(start, end), weight(worst) * 2 > sum(map(weight, events)), start, end)


def _events(told: Told) -> list[dict[str, Any]]:
    return list_events(told.attainment.result if told.attainment else None)


def span_of(event: Mapping[str, Any], told: Told) -> tuple[datetime, datetime]:
    """Start and end on the clocks of the agreement; an event that has no end yet ends with its period."""
    zone = told.target.agreement.time_zone
    start = dates.local(datetime.fromisoformat(event["started_at"]), zone)
    if event["ended_at"]:
        return start, dates.local(datetime.fromisoformat(event["ended_at"]), zone)
    end = told.attainment.period_end if told.attainment else start.date()
    return start, datetime.combine(end, datetime.min.time(), start.tzinfo)


def halves(told: Told, agreement: ReportAgreement) -> tuple[Half, ...]:
    """As agreed and as experienced, where the promise is about time."""
    facts, attainment = told.facts, told.attainment
    if not isinstance(facts, TimeFacts) or attainment is None or facts.experienced is None:
        return ()
    limit: Sentence = ()
    if told.words.promised:
        promised = told.figure("promised", f"{told.words.promised}{NBSP}%")
        limit = (Piece("Promised "), promised, Piece(". "))
    felt = told.figure("experienced_lost", durations.lost_time(facts.experienced_lost or Fraction(0)))
    return (
        Half(
            "As agreed",
            (told.figure("share", f"{attainment.value_words}{NBSP}%"),),
            (*limit, Piece(told.target.agreed_note)),
        ),
        Half(
            f"As {agreement.felt_by_words} felt it",
            (told.figure("experienced", percent(facts.experienced, told.words.decimals)),),
            (felt, Piece(f". {told.target.experienced_note}")),
        ),
    )


def budget(told: Told) -> Budget | None:
    """Minutes allowed against minutes used, event by event, where the promise is about time."""
    facts = told.facts
    if not isinstance(facts, TimeFacts) or facts.allowed is None or not facts.lost:
        return None
    pieces = tuple(
        BudgetPiece(_label(event, told), float(round(Fraction(event["counted_seconds"]) / 60, 1)), event["is_degraded"])
        for event in _events(told)
        if Fraction(event["counted_seconds"])
    )
    return Budget(pieces, float(facts.allowed / 60), f"{told.words.name}: minutes lost against minutes allowed")


def _label(event: Mapping[str, Any], told: Told) -> str:
    start, _ = span_of(event, told)
    return f"{dates.day(start.date())}, slow" if event["is_degraded"] else dates.day(start.date())


def meaning(told: Told, agreement: ReportAgreement) -> Meaning | None:
    """What both sides agreed that the figure means, or what IT proposes."""
    if not told.target.meaning:
        return None
    return Meaning(told.target.meaning, agreed.meaning_words(agreement=agreement))


def proof(told: Told) -> ProofPart | None:
    """The sum from top to bottom; each value is a figure, its words are explanation."""
    if told.attainment is None or not told.attainment.proof.get("lines"):
        return None
    seen: dict[str, int] = {}
    lines = []
    for line in told.attainment.proof["lines"]:
        seen[line["key"]] = number = seen.get(line["key"], 0) + 1
        part = f"proof.{line['key']}" + (f".{number}" if number > 1 else "")
        lines.append(ProofLine(line["label"], line["detail"], _value(told, part, line["value"]), line.get("kind", "")))
    closing = told.attainment.proof.get("evidence", {}).get("closing", "")
    return ProofPart(tuple(lines), told.letter, closing)


def _value(told: Told, part: str, value: str) -> Sentence:
    printed = value.replace(" ", NBSP)
    return (told.figure(part, printed),) if any(letter.isdigit() for letter in value) else (Piece(value),)


def events(told: Told, note: str) -> Events | None:
    """What happened, with times of the place, minutes, and what it hit."""
    rows = _events(told)
    if not rows:
        return None
    minutes = [Fraction(row["seconds"]) for row in rows]
    counted = [Fraction(row["counted_seconds"]) for row in rows]
    unit = told.impact_unit
    return Events(
        rows=tuple(_event_row(row, told) for row in rows),
        minutes=_bare_minutes(sum(minutes, Fraction(0))),
        counted=_bare_minutes(sum(counted, Fraction(0))),
        unit=unit,
        hit=count(sum(told.impact.values())) if unit else "",
        note=note if unit else "",
    )


def _bare_minutes(seconds: Fraction) -> str:
    return durations.minutes(seconds, lost=True).removesuffix(f"{NBSP}min")


def _event_row(row: Mapping[str, Any], told: Told) -> EventRow:
    start, end = span_of(row, told)
    agreed = row["why"] if row.get("left_out") else ""
    what = ". ".join(filter(None, (row["what"], row["cause"], agreed)))
    return EventRow(
        day=dates.weekday_day(start.date()),
        start=dates.clock(start),
        end=dates.clock(end) if end.date() == start.date() else dates.moment(end),
        minutes=_bare_minutes(Fraction(row["seconds"])),
        counted=_bare_minutes(Fraction(row["counted_seconds"])),
        what=f"{what or row['why']}.",
        hit=count(told.impact.get(row["id"], 0)) if told.impact_unit else "",
    )
