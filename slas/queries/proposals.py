"""What is proposed for a trial: how levels would have done in the months that were measured, and who answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from portal.accounts.models import Membership
from portal.charts.trends import Limit, TrendPoint
from portal.language.dates import days_left, local, month_name, month_short, weekday_day
from portal.language.numbers import count, counted, lower_first, percent
from slas.calculation.proposal import FEWEST_MONTHS, Proposal, propose
from slas.calculation.rounding import Better
from slas.models import Agreement, Attainment, Party, ServiceLevelTarget, TargetProposal
from slas.queries.agreements import list_agreement_targets, list_visible_agreements
from slas.queries.clauses import target_key
from slas.queries.frames import interruption_words, is_counted, percent_words, promised_sentence, promised_words
from slas.queries.proposal_grounds import (
    Level,
    ProposalGrounds,
    get_proposal_grounds,
    level_of,
    promised_level,
    values_of,
)
from slas.queries.trials import list_trials
from slas.queries.working_days import WorkingCalendar, calendar_of_agreement

STRICTER = 2
SOON = 2  # working days that are left


@dataclass(frozen=True, slots=True)
class Said:
    """What was proposed and answered before, by whom, the newest first."""

    proposal: TargetProposal
    wanted: str


@dataclass(frozen=True, slots=True)
class TriedLevel:
    """How a level would have done in the months that were measured, in words and drawn, beside other levels."""

    words: str
    confidence: str
    grounds: ProposalGrounds
    points: tuple[TrendPoint, ...]
    limit: Limit | None
    unit: str

    @property
    def near(self) -> tuple[Level, ...]:
        """The proposed level among those next to it: at most two that are stricter, and one that is not."""
        levels = self.grounds.levels
        own = next((place for place, level in enumerate(levels) if level.is_proposed), 0)
        return levels[max(own - STRICTER, 0) : own + 2]


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """Who answers a proposal by when, and who waits since when; `state` is that of the clock: "", soon or late."""

    words: str
    waits: str
    state: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """Everything that the page of a proposal shows; a longer trial has no level to try."""

    proposal: TargetProposal
    target: ServiceLevelTarget
    party: Party
    sentence: str
    trial: str
    clock: AnswerClock | None
    tried: TriedLevel
    earlier: tuple[Said, ...]


def get_proposal(*, reader: Membership, proposal_id: int) -> TargetProposal:
    """A proposal about an agreement that the reader may see. Raises TargetProposal.DoesNotExist."""
    rows = TargetProposal.objects.filter(target__agreement__in=list_visible_agreements(reader=reader))
    sides = ("target__agreement__customer", "target__agreement__provider")
    related = ("target__measure", "target__service_hours", "proposed_by__user", "answered_by__user")
    return rows.select_related(*sides, *related).get(pk=proposal_id)


def answering_party(proposal: TargetProposal) -> Party:
    """Who answers: the customer what IT proposes, the provider what the business proposes."""
    agreement = proposal.target.agreement
    return agreement.provider if proposal.is_by_customer else agreement.customer


def answer_clock(*, proposal: TargetProposal, calendar: WorkingCalendar, now: datetime) -> AnswerClock:
    """How long the answer still has, or how late it is, in working days by the calendar of its agreement."""
    agreement = proposal.target.agreement
    left = calendar.days_until(calendar.today(now), proposal.answer_due_on)
    late = f", {days_left(left)}" if left < 0 else ""
    asked = answering_party(proposal)
    asking = next(party for party in agreement.sides if party.pk != asked.pk)
    since = weekday_day(local(proposal.proposed_at, agreement.time_zone).date())
    return AnswerClock(
        words=f"{asked.name} answers by {weekday_day(proposal.answer_due_on)}{late}",
        waits=f"{asking.name} proposed it on {since} and waits for {asked.name}.",
        state="late" if left < 0 else "soon" if left < SOON else "",
    )


def wanted_words(proposal: TargetProposal) -> str:
    """What is proposed, in short: `99.5 %`, `at most 2 interruptions of more than 10 min`, `3 more months of trial`."""
    if proposal.more_months is not None:
        return f"{counted(proposal.more_months, 'more months')} of trial"
    if proposal.threshold is not None:
        return percent_words(proposal.threshold)
    return f"at most {interruption_words(proposal.target, proposal.allowed_misses)}"


def get_proposal_page(*, reader: Membership, proposal: TargetProposal, today: date, now: datetime) -> ProposalPage:
    """How the proposed level would have done, beside other levels."""
    target = proposal.target
    trial = list_trials([target]).get(target.pk)
    clock = None
    if proposal.answered_at is None:
        calendar = calendar_of_agreement(agreement=target.agreement, now=now)
        clock = answer_clock(proposal=proposal, calendar=calendar, now=now)
    return ProposalPage(
        proposal=proposal,
        target=target,
        party=answering_party(proposal),
        sentence=_sentence(proposal),
        trial=trial.words(today) if trial else "",
        clock=clock,
        tried=try_level(
            reader=reader,
            target=target,
            level=level_of(proposal),
            wanted=wanted_words(proposal),
            until=min(today, local(proposal.proposed_at, target.agreement.time_zone).date()),
        ),
        earlier=tuple(_earlier(reader, proposal)),
    )


def try_level(
    *, reader: Membership, target: ServiceLevelTarget, level: Fraction | None, wanted: str, until: date
) -> TriedLevel:
    """How a level would have done in the months before that day that the reader may see; a longer trial has none."""
    grounds = get_proposal_grounds(reader=reader, target=target, until=until, level=level)
    tried = None if level is None else _tried(target, grounds.figures, level)
    return TriedLevel(
        words=_words(wanted, tried, len(grounds.figures)) if level is not None else f"Proposed: {wanted}.",
        confidence=_confidence(tried),
        grounds=grounds,
        points=tuple(points_of(target, grounds.figures, level)),
        limit=None if level is None else _limit(target, level, wanted),
        unit="" if is_counted(target) else " %",
    )


def list_tried_levels(
    *, reader: Membership, agreement: Agreement, before: Agreement | None, today: date
) -> dict[str, TriedLevel]:
    """By the key of its clause, each level that a version promises where the one before it only measured.

    Left out is what no month of that trial was measured of, and a number of late dates, which is not tried on months.
    """
    if before is None:
        return {}
    slugs = before.targets.filter(is_trial=True).values_list("slug", flat=True)
    promised = list_agreement_targets(agreement=agreement).filter(is_trial=False, slug__in=slugs)
    found = {}
    for target in promised:
        level = promised_level(target, target.threshold, target.allowed_misses)
        if level is not None:
            wanted = lower_first(promised_words(target))
            tried = try_level(reader=reader, target=target, level=level, wanted=wanted, until=today)
            if tried.points:
                found[target_key(target.slug)] = tried
    return found


def _sentence(proposal: TargetProposal) -> str:
    if proposal.is_extension:
        return f"{counted(proposal.more_months or 0, 'more months')} of trial, with nothing promised meanwhile"
    return promised_sentence(target=proposal.target, threshold=proposal.threshold, allowed=proposal.allowed_misses)


def _better(target: ServiceLevelTarget) -> Better:
    return Better.LESS if is_counted(target) else Better.MORE


def _tried(target: ServiceLevelTarget, figures: Sequence[Attainment], level: Fraction) -> Proposal | None:
    if len(figures) < FEWEST_MONTHS:
        return None
    return propose(values_of(target, figures), level, _better(target))


def _words(wanted: str, tried: Proposal | None, months: int) -> str:
    if tried is None:
        return f"{months} of the {FEWEST_MONTHS} months are measured that are needed before a level can be judged."
    kept = f"{tried.kept} of {tried.months} months"
    return f"If we had promised {wanted}, we would have kept it in {kept}."


def _confidence(tried: Proposal | None) -> str:
    if tried is None:
        return ""
    misses = int(tried.misses_a_year + Fraction(1, 2))
    expected = f"Expect about {misses} miss{'' if misses == 1 else 'es'} a year."
    return (
        f"From {tried.months} measured months, any coming month keeps it with at least {tried.confidence_percent} % "
        f"confidence. {expected}"
    )


def _limit(target: ServiceLevelTarget, level: Fraction, wanted: str) -> Limit:
    return Limit(float(level if is_counted(target) else level * 100), f"Promise tried on: {wanted}")


def points_of(
    target: ServiceLevelTarget, figures: Sequence[Attainment], level: Fraction | None
) -> Iterator[TrendPoint]:
    """The measured months as dots; those that would have missed the level say so."""
    is_number = is_counted(target)
    for row, value in zip(figures, values_of(target, figures), strict=True):
        missed = level is not None and (value > level if is_number else value < level)
        shown = count(int(value)) if is_number else percent(value, target.decimals)
        note = f"{month_name(row.period_start)}: {shown}, would have been missed" if missed else ""
        drawn = float(value if is_number else value * 100)
        yield TrendPoint(month_short(row.period_start), drawn, missed=missed, note=note)


def _earlier(reader: Membership, proposal: TargetProposal) -> Iterator[Said]:
    target = proposal.target
    rows = TargetProposal.objects.filter(
        target__agreement__in=list_visible_agreements(reader=reader),
        target__agreement__slug=target.agreement.slug,
        target__slug=target.slug,
        proposed_at__lt=proposal.proposed_at,
    )
    related = ("target__agreement", "target__measure", "proposed_by__user", "answered_by__user")
    for row in rows.select_related(*related).order_by("-proposed_at", "-pk"):
        yield Said(row, wanted_words(row))
