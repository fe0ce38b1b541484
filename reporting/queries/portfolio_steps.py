"""Where one service stands in the portfolio: its steps, what the next one asks for, what is said of cost and value."""

from dataclasses import dataclass

from django.urls import reverse

from catalog.models import BusinessCase, Service, ServicePurpose, StageTransition, Step, ValueUnit
from catalog.queries.portfolio import find_case, find_purpose
from catalog.queries.services import list_transitions
from catalog.queries.steps import Evidence, list_asked, next_steps
from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.language.numbers import NBSP, count, money, to
from slas.models import AgreementState, OfferedLevel, ServiceLevelTarget

HELD = (AgreementState.AGREED, AgreementState.IN_FORCE)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One thing that a step asks for, whether it is given, and where it is given."""

    words: str
    is_given: bool
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: done, where the service is, or still to come."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The business case in words; its money in the tenant's currency."""

    case: BusinessCase
    build: str
    run: str
    value: str
    likely: str


@dataclass(frozen=True, slots=True)
class StepPage:
    """A service in the portfolio: its ladder, what the next step asks for, case, purpose, and moves so far."""

    service: Service
    rungs: tuple[Rung, ...]
    next_step: Step | None
    evidence: tuple[EvidenceLine, ...]
    case: CaseWords | None
    purpose: ServicePurpose | None
    moves: tuple[StageTransition, ...]
    may_move: bool

    @property
    def is_ready(self) -> bool:
        """Whether nothing that the next step asks for is missing."""
        return all(line.is_given for line in self.evidence)


def get_step_page(*, reader: Membership, service: Service, tenant: str, currency: str) -> StepPage:
    """The page of a service that the reader was allowed to see."""
    following = next_steps(service.step)
    next_step = following[0] if following else None
    evidence = list_evidence(service=service, to_step=next_step, tenant=tenant, reader=reader) if next_step else []
    case = find_case(service=service)
    return StepPage(
        service=service,
        rungs=_rungs(service.step),
        next_step=next_step,
        evidence=tuple(evidence),
        case=case_words(case=case, currency=currency) if case else None,
        purpose=find_purpose(service=service),
        moves=tuple(list_transitions(service=service)),
        may_move=bool(following) and can(reader, "service.manage"),
    )


def is_promised(*, service: Service) -> bool:
    """Whether something is promised about it: by an agreement that holds, or by the lines of one of its levels."""
    targets = ServiceLevelTarget.objects.filter(service=service, agreement__state__in=HELD)
    return targets.exists() or OfferedLevel.objects.filter(offering__service=service).exists()


def list_evidence(*, service: Service, to_step: Step, tenant: str, reader: Membership) -> list[EvidenceLine]:
    """What a step asks of a service, each with the page where it is given."""
    asked = list_asked(service=service, to_step=to_step, is_promised=is_promised(service=service))
    return [
        EvidenceLine(str(each.evidence.value), each.is_given, *_where(each.evidence, service, tenant, reader))
        for each in asked
    ]


def _where(evidence: Evidence, service: Service, tenant: str, reader: Membership) -> tuple[str, str]:
    of_service = {"tenant": tenant, "slug": service.slug}
    if evidence == Evidence.CASE:
        return reverse("case_edit", kwargs=of_service), "Write the business case"
    if evidence == Evidence.PROMISE:
        return reverse("service_offerings", kwargs=of_service), "Name its levels and their lines"
    if evidence == Evidence.PURPOSE and can(reader, "purpose.say"):
        return reverse("purpose_say", kwargs=of_service), "Say what it is for"
    if evidence == Evidence.PURPOSE:
        return reverse("context_ask", kwargs={"tenant": tenant}), "Ask the business"
    return reverse("service_edit", kwargs=of_service), "Name the owner"


def _rungs(now: Step) -> tuple[Rung, ...]:
    order = list(Step)
    place = order.index(now)
    states = ["done" if index < place else "now" if index == place else "" for index in range(len(order))]
    return tuple(Rung(str(step.label), state) for step, state in zip(order, states, strict=True))


def case_words(*, case: BusinessCase, currency: str) -> CaseWords:
    """A business case as it is read."""
    low, likely, high = (
        value_words(value, case.value_unit, currency) for value in (case.value_low, case.value_likely, case.value_high)
    )
    return CaseWords(
        case=case,
        build=money(case.build_minor, currency),
        run=f"{money(case.run_minor, currency)} {case.get_run_per_display()}",
        value=to(low, high),
        likely=likely,
    )


def value_words(value: int, unit: str, currency: str) -> str:
    """£41,000, 250 hours or 1,500 orders."""
    return money(value, currency) if unit == ValueUnit.MONEY else f"{count(value)}{NBSP}{unit}"
