"""The page of an agreement: one version with its promises."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts.models import Membership
from portal.language.dates import day_long_year, place_of
from portal.language.numbers import lower_first
from portal.language.phrases import LETTERS
from slas.calculation.periods import Period, add_months
from slas.models import (
    ENDED,
    NOT_YET_AGREED,
    ON_OFFER,
    Acceptance,
    Agreement,
    AgreementScope,
    AgreementState,
    Attainment,
    Party,
    ServiceLevelTarget,
    TargetProposal,
    WordingException,
)
from slas.queries.agreement_terms import DAY, Duty, list_duties, list_scope, rhythm_lines
from slas.queries.agreement_text import Changed, changed_since_accepted, counting_lines
from slas.queries.agreements import (
    is_side_of,
    list_agreement_targets,
    list_versions,
)
from slas.queries.attainments import held_attainments
from slas.queries.chain import AgreementChain, get_chain
from slas.queries.clauses import SCOPE, duty_key, list_exceptions, target_key
from slas.queries.credit_statements import StatementRow, list_agreement_statements
from slas.queries.credits import AgreedCredits, list_agreed_credits
from slas.queries.frames import frame_lines, promised_words
from slas.queries.hours import version_on
from slas.queries.meanings import Meaning, list_meanings, used_meanings
from slas.queries.phrases import say
from slas.queries.proposals import AnswerClock, answer_clock
from slas.queries.signed_text import fingerprint_of
from slas.queries.targets import promised_dates
from slas.queries.trials import list_trials
from slas.queries.wording import findings_of
from slas.queries.wording_parts import Part, list_parts
from slas.queries.wording_texts import UnclearText, explain, texts_of
from slas.queries.working_days import calendar_of_agreement

OPEN_WORDS = {
    AgreementState.DRAFT: "Draft",
    AgreementState.PROPOSED: "Proposed",
    AgreementState.NEGOTIATION: "In negotiation",
}
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of an agreement with its frame and its latest figure, and whether a level can be proposed for it."""

    target: ServiceLevelTarget
    promised: str
    frame: tuple[str, ...]
    hours: str
    counting: tuple[str, ...]
    letter: str
    latest: Attainment | None
    said: str
    history: tuple[str, ...]
    unclear: tuple[UnclearText, ...]
    proposal: TargetProposal | None
    clock: AnswerClock | None
    awaits_level: bool
    trial: str


@dataclass(frozen=True, slots=True)
class Side:
    """One party with its yes, and whether this reader may give it."""

    party: Party
    accepted: Acceptance | None
    is_outdated: bool
    is_own: bool

    @property
    def is_accepted(self) -> bool:
        """Whether this side accepted the text as it stands."""
        return self.accepted is not None and not self.is_outdated


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Everything that the page of one version shows."""

    agreement: Agreement
    state: str
    promises: tuple[Promise, ...]
    services: tuple[str, ...]
    scope: tuple[AgreementScope, ...]
    unclear_scope: tuple[UnclearText, ...]
    rhythm: tuple[str, ...]
    credits: tuple[AgreedCredits, ...]
    credited: tuple[StatementRow, ...]
    obligations: tuple[tuple[Duty, tuple[UnclearText, ...]], ...]
    exceptions: tuple[WordingException, ...]
    meanings: tuple[Meaning, ...]
    sides: tuple[Side, ...]
    changed: tuple[tuple[ServiceLevelTarget, list[Changed]], ...]
    versions: tuple[tuple[Agreement, str], ...]
    asked: str
    chain: AgreementChain

    @property
    def can_end(self) -> bool:
        """Whether notice can be given."""
        return self.agreement.state == AgreementState.IN_FORCE and self.agreement.notice_given_on is None

    @property
    def coming(self) -> Agreement | None:
        """The version that is written or talked about beside this one, as far as its reader may see it."""
        others = (version for version, _state in self.versions if version.pk != self.agreement.pk)
        return next((version for version in others if version.state in NOT_YET_AGREED), None)

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.agreement.state == AgreementState.DRAFT

    @property
    def place(self) -> str:
        """By whose clocks its months run: London."""
        return place_of(self.agreement.time_zone)

    @property
    def is_on_offer(self) -> bool:
        """Whether both sides talk about it, and can accept it."""
        return self.agreement.state in ON_OFFER

    @property
    def is_agreed(self) -> bool:
        """Whether both sides accepted one text, which stays as it is."""
        return self.agreement.state not in NOT_YET_AGREED

    @property
    def next_step(self) -> str:
        """What happens next, and who waits for whom."""
        agreement, starts = self.agreement, day_long_year(self.agreement.starts_on)
        if self.is_draft:
            return "The other side cannot see this draft yet. Propose it, and both sides can accept the same text."
        if self.is_on_offer:
            missing = " and ".join(side.party.name for side in self.sides if not side.is_accepted)
            return f"It waits for {missing}. When both sides have accepted the same text, it holds from {starts} on."
        if agreement.state == AgreementState.AGREED:
            return f"Both sides have agreed. It comes into force on {starts} by itself."
        return ""


def state_words(agreement: Agreement, today: date) -> str:
    """Where a version stands today: its dates count, not only its state. The day that is told is its last."""
    starts, ends = day_long_year(agreement.starts_on), agreement.ends_on
    if agreement.state in NOT_YET_AGREED:
        return f"{OPEN_WORDS[AgreementState(agreement.state)]}, to start on {starts}"
    if today < agreement.starts_on:
        return f"Agreed, in force from {starts}"
    if ends is None:
        return f"In force since {starts}"
    last = day_long_year(ends - DAY)
    return f"In force until {last}" if today < ends else f"Ended on {last}"


def get_agreement_page(
    *, reader: Membership, agreement: Agreement, now: datetime, today: date, on: date | None = None
) -> AgreementPage:
    """The page of a version that the reader was allowed to see; `on` is the day that they ask about."""
    is_agreed = agreement.state not in NOT_YET_AGREED
    rows = list_agreement_targets(agreement=agreement)
    targets = list(rows if is_agreed else rows.prefetch_related("service_hours__windows"))
    versions = list_versions(reader=reader, slug=agreement.slug)
    services = {target.service.name for target in targets if target.service}
    duties = list_duties(agreement=agreement, today=today)
    exceptions = list_exceptions(agreement=agreement)
    scope = list(list_scope(agreement=agreement))
    accepted = list(agreement.acceptances.all())
    parts = [] if is_agreed else list(list_parts(targets=targets, duties=[each.row for each in duties], scope=scope))
    found = () if is_agreed else findings_of(agreement=agreement, parts=parts, exceptions=exceptions)
    unclear = explain(reader=reader, findings=found, now=now)
    return AgreementPage(
        agreement=agreement,
        state=state_words(agreement, today),
        promises=tuple(_promises(reader, agreement, targets, unclear, now, today, on)),
        services=tuple(sorted(services)),
        scope=tuple(scope),
        unclear_scope=texts_of(unclear, SCOPE),
        rhythm=tuple(rhythm_lines(agreement=agreement, today=today)),
        credits=tuple(list_agreed_credits(agreement=agreement)),
        credited=tuple(list_agreement_statements(reader=reader, agreement=agreement)),
        obligations=tuple((each, texts_of(unclear, duty_key(each.row.slug))) for each in duties),
        exceptions=tuple(exceptions),
        meanings=tuple(_meanings(agreement, parts)),
        sides=tuple(_sides(reader, agreement, accepted)),
        changed=tuple(changed_since_accepted(accepted=accepted, targets=targets)) if is_agreed else (),
        versions=tuple((each, state_words(each, today)) for each in versions),
        asked=_asked_words(agreement, on) if on else "",
        chain=get_chain(agreement=agreement, targets=targets, today=today),
    )


def _meanings(agreement: Agreement, parts: Sequence[Part]) -> Iterable[Meaning]:
    """What its words mean: of a draft, those of the tenant that it uses; what was proposed holds its own."""
    meanings = list_meanings(agreement=agreement)
    is_draft = agreement.state == AgreementState.DRAFT
    return used_meanings([part.frame.text for part in parts], meanings) if is_draft else meanings


def _asked_words(agreement: Agreement, on: date) -> str:
    """What the page answers to somebody who asks about a day on which this version held."""
    day = day_long_year(on)
    return f"This was promised on {day}: version {agreement.version}, with the service hours of that day."


def _sides(reader: Membership, agreement: Agreement, acceptances: Sequence[Acceptance]) -> list[Side]:
    accepted = {each.party_id: each for each in acceptances}
    is_open = agreement.state in NOT_YET_AGREED
    fingerprint = fingerprint_of(agreement=agreement) if is_open and accepted else ""
    return [
        Side(
            party=party,
            accepted=accepted.get(party.pk),
            is_outdated=is_open and party.pk in accepted and accepted[party.pk].fingerprint != fingerprint,
            is_own=is_side_of(reader, party),
        )
        for party in agreement.sides
    ]


def _promises(
    reader: Membership,
    agreement: Agreement,
    targets: Sequence[ServiceLevelTarget],
    unclear: Sequence[UnclearText],
    now: datetime,
    today: date,
    on: date | None,
) -> list[Promise]:
    figures = _figures(reader, agreement, targets, today)
    proposals = _open_proposals(agreement, targets, now)
    trials = {pk: trial.words(today) for pk, trial in list_trials(targets).items()}
    return [
        _promise(
            each,
            figures.get(each.slug, []),
            proposals.get(each.pk, (None, None)),
            trials.get(each.pk, ""),
            texts_of(unclear, target_key(each.slug)),
            today,
            on,
        )
        for each in targets
    ]


def _open_proposals(
    agreement: Agreement, targets: Sequence[ServiceLevelTarget], now: datetime
) -> dict[int, tuple[TargetProposal, AnswerClock]]:
    """What waits for an answer, by promise, with its clock; all by one calendar, which is read once."""
    waiting = list(TargetProposal.objects.filter(target__in=targets, is_accepted__isnull=True))
    if not waiting:
        return {}
    calendar, of = calendar_of_agreement(agreement=agreement, now=now), {target.pk: target for target in targets}
    found = {}
    for proposal in waiting:
        proposal.target = of[proposal.target_id]
        proposal.target.agreement = agreement
        found[proposal.target_id] = (proposal, answer_clock(proposal=proposal, calendar=calendar, now=now))
    return found


def _figures(
    reader: Membership, agreement: Agreement, targets: Sequence[ServiceLevelTarget], today: date
) -> dict[str, list[Attainment]]:
    """Ended periods of a year, oldest first, by address of the promise; also those of earlier versions."""
    month = today.replace(day=1)
    rows = held_attainments(reader=reader).filter(
        target__agreement__slug=agreement.slug,
        target__slug__in=[target.slug for target in targets],
        period_end__lte=month,
        period_start__gte=add_months(month, -MONTHS),
    )
    found: dict[str, list[Attainment]] = defaultdict(list)
    for row in rows.defer("proof").select_related("target").order_by("period_start", "target__agreement__version"):
        found[row.target.slug].append(row)
    return found


def _promise(
    target: ServiceLevelTarget,
    figures: Sequence[Attainment],
    proposed: tuple[TargetProposal | None, AnswerClock | None],
    trial: str,
    unclear: tuple[UnclearText, ...],
    today: date,
    on: date | None,
) -> Promise:
    latest = figures[-1] if figures else None
    proposal, clock = proposed
    return Promise(
        target=target,
        promised=promised_words(target),
        frame=tuple(frame_lines(target)),
        hours=_hours_words(target, on) if on else "",
        counting=tuple(counting_lines(target.measure)),
        letter=LETTERS[latest.status] if latest else "",
        latest=latest,
        said=say(attainment=latest, target=target).short if latest else _without_figure(target, today),
        history=tuple(LETTERS[each.status] for each in figures[-MONTHS:]),
        unclear=unclear,
        proposal=proposal,
        clock=clock,
        awaits_level=target.is_trial and proposal is None and target.agreement.state not in ENDED,
        trial=trial,
    )


def _hours_words(target: ServiceLevelTarget, on: date) -> str:
    """The service hours of that day in the version that held then, if the promise held already and still."""
    starts_on, ends_on = promised_dates(target)
    if on < starts_on:
        return f"Not promised yet on {day_long_year(on)}: it begins on {day_long_year(starts_on)}."
    if ends_on is not None and ends_on <= on:
        return f"Not promised any more on {day_long_year(on)}: its last day is {day_long_year(ends_on - DAY)}."
    if target.service_hours is None:
        return ""
    held = version_on(hours=target.service_hours, on=on)
    return f"Service hours on {day_long_year(on)}: {lower_first(held.words)}, {place_of(held.time_zone)} time."


def _without_figure(target: ServiceLevelTarget, today: date) -> str:
    starts_on, _ends_on = promised_dates(target)
    if target.agreement.state in NOT_YET_AGREED:
        return "Not agreed yet: nothing is counted."
    if starts_on > today:
        return f"Counts from {day_long_year(starts_on)} on."
    first = Period.containing(starts_on)
    return f"No period has ended yet since {first.label}." if first.end_on > today else "No figure yet."
