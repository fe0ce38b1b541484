"""What could be promised: how levels would have done in the months that were measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portal.accounts.models import Membership
from portal.charts.trends import Limit, TrendPoint
from portal.language.dates import month_name, month_short
from portal.language.numbers import percent
from slas.calculation.proposal import FEWEST_MONTHS, Proposal, propose
from slas.calculation.rounding import share_of
from slas.models import Attainment, ServiceLevelTarget, TargetProposal
from slas.queries.agreements import list_visible_agreements
from slas.queries.frames import percent_words, promised_sentence
from slas.queries.proposal_grounds import ProposalGrounds, get_proposal_grounds, shares


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything that the page of a proposal shows."""

    proposal: TargetProposal
    target: ServiceLevelTarget
    sentence: str
    words: str
    confidence: str
    grounds: ProposalGrounds
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
    grounds = get_proposal_grounds(reader=reader, target=target, until=until, proposed=proposal.threshold)
    level = share_of(proposal.threshold)
    tried = _tried(grounds.figures, level)
    return ProposalPage(
        proposal=proposal,
        target=target,
        sentence=promised_sentence(target=target, threshold=proposal.threshold),
        words=_words(proposal.threshold, tried, len(grounds.figures)),
        confidence=_confidence(tried),
        grounds=grounds,
        points=tuple(_points(target, grounds.figures, level)),
        limit=Limit(float(level * 100), f"Promise tried on: {percent_words(proposal.threshold)}"),
    )


def _tried(figures: Sequence[Attainment], level: Fraction) -> Proposal | None:
    return propose(shares(figures), level) if len(figures) >= FEWEST_MONTHS else None


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


def _points(target: ServiceLevelTarget, figures: Sequence[Attainment], level: Fraction) -> Iterator[TrendPoint]:
    for row, share in zip(figures, shares(figures), strict=True):
        missed = share < level
        shown = percent(share, target.decimals)
        note = f"{month_name(row.period_start)}: {shown}, would have been missed" if missed else ""
        yield TrendPoint(month_short(row.period_start), float(share * 100), missed=missed, note=note)
