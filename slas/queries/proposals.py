"""What could be promised: how levels would have done in the months that were measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median_low

from portal.accounts.models import Membership
from portal.charts.trends import Limit, TrendPoint
from portal.language.dates import month_name, month_short
from portal.language.durations import minutes
from portal.language.facts import read
from portal.language.numbers import percent
from slas.calculation.periods import add_months
from slas.calculation.proposal import FEWEST_MONTHS, Proposal, propose
from slas.calculation.rounding import share_of
from slas.models import Attainment, PeriodKind, ServiceLevelTarget, TargetKind, TargetProposal
from slas.queries.agreements import list_visible_agreements
from slas.queries.attainments import held_attainments
from slas.queries.frames import percent_words, promised_sentence

MONTHS = 12
# Levels that people know, the strictest first.
LEVELS = tuple(map(Decimal, "99.95 99.9 99.7 99.5 99 98 97 95 90 85 80 75 70 60 50".split()))  # noqa: SIM905 - read as a row


@dataclass(frozen=True, slots=True)
class Level:
    """One level: in how many months it would have been kept, and how long a month may be without the service."""

    words: str
    kept: str
    room: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything that the page of a proposal shows."""

    proposal: TargetProposal
    target: ServiceLevelTarget
    sentence: str
    words: str
    confidence: str
    levels: tuple[Level, ...]
    points: tuple[TrendPoint, ...]
    limit: Limit


def get_proposal(*, reader: Membership, proposal_id: int) -> TargetProposal:
    """A proposal about an agreement that the reader may see. Raises TargetProposal.DoesNotExist."""
    rows = TargetProposal.objects.filter(target__agreement__in=list_visible_agreements(reader=reader))
    related = ("target__agreement__customer", "target__measure", "target__service_hours", "proposed_by__user")
    return rows.select_related(*related, "answered_by__user").get(pk=proposal_id)


def get_proposal_page(*, reader: Membership, proposal: TargetProposal, today: date) -> ProposalPage:
    """How the proposed level would have done, beside other levels."""
    target = proposal.target
    until = min(today, proposal.proposed_at.date())
    figures = measured_months(reader=reader, target=target, until=until)
    level = share_of(proposal.threshold)
    tried = _tried(figures, level)
    return ProposalPage(
        proposal=proposal,
        target=target,
        sentence=promised_sentence(target=target, threshold=proposal.threshold),
        words=_words(proposal.threshold, tried, len(figures)),
        confidence=_confidence(tried),
        levels=tuple(_levels(target, figures, proposal.threshold))[::-1],
        points=tuple(_points(target, figures, level)),
        limit=Limit(float(level * 100), f"Promise tried on: {percent_words(proposal.threshold)}"),
    )


def measured_months(*, reader: Membership, target: ServiceLevelTarget, until: date) -> list[Attainment]:
    """The last twelve ended months of a promise in all versions of its agreement, oldest first.

    Left out are months without a value, and those of which less is known than was agreed to be enough.
    """
    month = until.replace(day=1)
    rows = held_attainments(reader=reader).filter(
        target__agreement__slug=target.agreement.slug,
        target__slug=target.slug,
        target__period_kind=PeriodKind.MONTH,
        period_end__lte=month,
        period_start__gte=add_months(month, -MONTHS),
    )
    ordered = rows.defer("proof").order_by("period_start", "target__agreement__version")
    return [row for row in ordered if measured_share(row) is not None and not read(target.kind, row.result).is_gap]


def measured_share(attainment: Attainment) -> Fraction | None:
    """The exact share of a month, whatever the kind of promise."""
    result = attainment.result
    text = result.get("agreed", result.get("share"))
    return None if text is None else Fraction(text)


def _shares(figures: Sequence[Attainment]) -> list[Fraction]:
    return [share for share in map(measured_share, figures) if share is not None]


def _tried(figures: Sequence[Attainment], level: Fraction) -> Proposal | None:
    return propose(_shares(figures), level) if len(figures) >= FEWEST_MONTHS else None


def _words(threshold: Decimal, tried: Proposal | None, months: int) -> str:
    if tried is None:
        return f"{months} of the {FEWEST_MONTHS} months are measured that are needed before a level can be judged."
    kept = f"{tried.kept} of {tried.months} months"
    return f"If we had promised {percent_words(threshold)}, we would have kept it in {kept}."


def _confidence(tried: Proposal | None) -> str:
    if tried is None:
        return ""
    misses = int(tried.misses_a_year + Fraction(1, 2))
    expected = f"Expect about {misses} miss{'' if misses == 1 else 'es'} a year."
    return (
        f"From {tried.months} measured months, any coming month keeps it with at least {tried.confidence_percent} % "
        f"confidence. {expected}"
    )


def _levels(target: ServiceLevelTarget, figures: Sequence[Attainment], proposed: Decimal) -> Iterator[Level]:
    """From the strictest level that a month reached to the first that all of them did, the proposed one among them."""
    if len(figures) < FEWEST_MONTHS:
        return
    month = _usual_month(target, figures)
    for level in sorted({*LEVELS, proposed}, reverse=True):
        tried = propose(_shares(figures), share_of(level))
        if tried.kept or level == proposed:
            room = minutes((1 - tried.level) * month) if month else ""
            kept = f"{tried.kept} of {tried.months} months"
            yield Level(percent_words(level), kept, room, is_proposed=level == proposed)
        if tried.kept == tried.months and level <= proposed:
            return


def _usual_month(target: ServiceLevelTarget, figures: Sequence[Attainment]) -> Fraction | None:
    """The time that counts in a usual month of 31 days, with no change of the clock; None where time is not counted."""
    if target.kind != TargetKind.AVAILABILITY:
        return None
    long = [row.result["counted_seconds"] for row in figures if (row.period_end - row.period_start).days == 31]
    return Fraction(median_low(long)) if long else None


def _points(target: ServiceLevelTarget, figures: Sequence[Attainment], level: Fraction) -> Iterator[TrendPoint]:
    for row, share in zip(figures, _shares(figures), strict=True):
        missed = share < level
        shown = percent(share, target.decimals)
        note = f"{month_name(row.period_start)}: {shown}, would have been missed" if missed else ""
        yield TrendPoint(month_short(row.period_start), float(share * 100), missed=missed, note=note)
