"""What a page says of an unclear text: what is found in it, how it could read instead, and how that would have done."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from portal.accounts.models import Membership
from portal.language.numbers import and_list, upper_first
from slas.models import (
    Agreement,
    ClauseChange,
    ClauseProposal,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.clause_changes import ClauseRow, NoSuchClause, proposed_row
from slas.queries.clauses import list_exceptions
from slas.queries.replay import Replay, TriedMonth, Verdict, replay
from slas.queries.wording import ClauseFinding, row_findings
from slas.wording.frame import Limit, Severity
from slas.wording.reading import WORKING, read
from slas.wording.rules import rules_of

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
BY_THE_CLOCK = ("day", "week")
# A year of facts is read for each promise that is tried; a page tries so many, and leads to the page of each other one.
MOST_TRIED = 5
NO_FIGURE = "No figure hangs on these words, so there is nothing to try on past months."
NOT_WHOLE = "It is tried on the last twelve months as soon as the rest of the promise is filled in."
NEW_MEASURE = "Its measure is new: nothing has been counted yet that it could be tried on."
IN_WORDS_ONLY = (
    "How it would have done cannot be said: the limit stands in the words only, and what was counted cannot be judged"
    " by another one."
)
NOT_ISSUED = "How it would have done cannot be said: no month of it was issued yet."
SETS_A_LIMIT = {"range", "day_kind"}


@dataclass(frozen=True, slots=True)
class Tried:
    """How other words would have done in the last twelve closed months, or why that cannot be said.

    `months` are the periods that were tried. `is_elsewhere`: the page is full, the promise has a page of its own.
    """

    words: str = ""
    months: tuple[TriedMonth, ...] = ()
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class UnclearText:
    """The findings of one text for which it could read the same instead, in the order of the text."""

    findings: tuple[ClauseFinding, ...]
    tried: Tried | None = None

    @property
    def first(self) -> ClauseFinding:
        """The one finding that stands for all in what they share: text, clause, offer."""
        return self.findings[0]

    @property
    def is_open(self) -> bool:
        """Whether it keeps the agreement from being accepted."""
        return any(each.is_open for each in self.findings)

    @property
    def weight(self) -> str:
        """What the heaviest of them means for the agreement."""
        return min(self.findings, key=lambda each: list(Severity).index(each.finding.severity)).weight

    @property
    def heading(self) -> str:
        """`“Promptly” and “where practicable” can be read in two ways.`"""
        about = and_list([each.about for each in self.findings])
        if all(each.finding.severity == Severity.NOTE for each in self.findings):
            return f"Not said: {about}."
        if self.is_open:
            return f"{upper_first(about)} can be read in two ways."
        return f"{upper_first(about)}: {self.weight.lower()}."

    @property
    def stretches(self) -> tuple[tuple[str, bool], ...]:
        """The text in stretches, each with whether something is found in it."""
        text = self.first.text
        marked = [False] * len(text)
        for each in self.findings:
            if each.finding.words:
                marked[each.finding.start : each.finding.end] = [True] * (each.finding.end - each.finding.start)
        pairs = groupby(zip(text, marked, strict=True), key=lambda pair: pair[1])
        return tuple(("".join(char for char, _ in group), is_marked) for is_marked, group in pairs)


@dataclass(frozen=True, slots=True)
class RowPreview:
    """A clause that is not proposed yet: what is unclear in it, and how a promise would have done."""

    unclear: tuple[UnclearText, ...]
    tried: Tried | None

    @property
    def is_open(self) -> bool:
        """Whether it would keep the agreement from being signed."""
        return any(each.is_open for each in self.unclear)


def explain(*, reader: Membership, findings: Iterable[ClauseFinding], now: datetime) -> tuple[UnclearText, ...]:
    """Findings text by text, each offer with how it would have done; the reader may see the agreement."""
    done: dict[Any, Tried] = {}
    return tuple(
        replace(each, tried=_tried(reader, each.first, now, done)) if each.first.offer else each
        for each in group(findings)
    )


def group(findings: Iterable[ClauseFinding]) -> tuple[UnclearText, ...]:
    """Findings text by text; what both sides keep stands by itself, because it is settled."""
    found: dict[Any, list[ClauseFinding]] = {}
    for each in findings:
        part, kept = each.part, each.exception and each.exception.pk
        found.setdefault((part.clause_key, part.label, part.frame.text, each.offer, kept), []).append(each)
    return tuple(UnclearText(tuple(each)) for each in found.values())


def proposal_texts(*, reader: Membership, proposal: ClauseProposal, now: datetime) -> tuple[UnclearText, ...]:
    """What would be unclear in a clause as somebody proposes it, of the words that are its own."""
    if proposal.change == ClauseChange.REMOVE:
        return ()
    try:
        row = proposed_row(proposal)
    except NoSuchClause:
        return ()
    findings = row_findings(row, list_exceptions(agreement=proposal.agreement))
    return explain(reader=reader, findings=findings, now=now)


def preview_row(*, reader: Membership, row: ClauseRow, now: datetime) -> RowPreview:
    """What somebody should know before they propose a clause like this; nothing is written, and nothing forbidden."""
    agreement = row if isinstance(row, Agreement) else row.agreement
    findings = row_findings(row, list_exceptions(agreement=agreement))
    tried = _told(replay(reader=reader, target=row, now=now)) if isinstance(row, ServiceLevelTarget) else None
    return RowPreview(explain(reader=reader, findings=findings, now=now), tried)


def texts_of(texts: Sequence[UnclearText], key: str) -> tuple[UnclearText, ...]:
    """Those of one clause."""
    return tuple(each for each in texts if each.first.clause_key == key)


def _tried(reader: Membership, finding: ClauseFinding, now: datetime, done: dict[Any, Tried]) -> Tried:
    target = finding.part.row
    if finding.part.row is None:
        return Tried(NOT_WHOLE)
    if not isinstance(target, ServiceLevelTarget) or finding.part.field != "sentence":
        return Tried(NO_FIGURE)
    if not target.measure.pk:
        return Tried(NEW_MEASURE)
    tried = as_read(target, finding)
    if tried is None:
        return Tried(IN_WORDS_ONLY)
    which = (target.slug, tried.threshold, tried.within_seconds, tried.within_working_days, tried.service_hours_id)
    if which not in done:
        if len(done) == MOST_TRIED:
            return Tried(is_elsewhere=True)
        done[which] = _told(replay(reader=reader, target=tried, now=now))
    return done[which]


def as_read(target: ServiceLevelTarget, finding: ClauseFinding) -> ServiceLevelTarget | None:
    """The promise with the figures that the offered words set; None where past months cannot be judged by them."""
    if not finding.finding.rewrite:  # written from the figures that the promise has
        return target
    reading, tried = read(finding.offer, rules_of()), copy(target)
    shares = {share for _span, share in reading.percentages}
    if len(shares) == 1 and target.threshold is not None:
        (share,) = shares
        tried.threshold = Decimal(share.numerator * 100) / Decimal(share.denominator)
    if finding.finding.code not in SETS_A_LIMIT:
        return tried
    limits = {each.limit for each in reading.limits if each.limit}
    if target.kind != TargetKind.CASES or len(limits) != 1:
        return None
    return _within(tried, limits.pop())


def _within(target: ServiceLevelTarget, limit: Limit) -> ServiceLevelTarget | None:
    """Working days count by the hours of the promise, calendar days and weeks by the clock."""
    if limit.unit == "day" and limit.day_kind == WORKING:
        if limit.value != int(limit.value) or target.service_hours is None:
            return None
        target.within_working_days, target.within_seconds = int(limit.value), None
        return target
    seconds = limit.value * SECONDS.get(limit.unit, 0)
    if not seconds or seconds != int(seconds):
        return None
    target.within_seconds, target.within_working_days = int(seconds), None
    if limit.unit in BY_THE_CLOCK:
        target.service_hours = None
    return target


def _told(tried: Replay) -> Tried:
    """In how many months it would have been kept, and by what the others would have missed it."""
    if not tried.months:
        return Tried(NOT_ISSUED)
    missed = [_miss(month) for month in tried.months if month.verdict is Verdict.MISSED]
    more = f" Missed: {'; '.join(missed)}." if missed else ""
    return Tried(f"{tried.sentence}{more}", tried.months)


def _miss(month: TriedMonth) -> str:
    """`June 2026, 3 h 34 min lost, 2 h 47 min allowed`."""
    lost = f", {month.lost} lost" if month.lost else ""
    room = f", {month.room} allowed" if month.room else ""
    return f"{month.name}{lost}{room}"
