"""The steps of the portfolio: what may follow on what, what each asks for, and what of that a service lacks."""

from dataclasses import dataclass
from enum import Enum

from catalog.models import PIPELINE_STEPS, BusinessCase, Service, ServicePurpose, Step


class Evidence(Enum):
    """What a service must have before it goes on; the value is what is said of it."""

    CASE = "A business case: what it costs, and what value is promised"
    IT_OWNER = "An owner in IT"
    BUSINESS_OWNER = "An owner in the business"
    PROMISE = "A promise: an agreement, or a level with its lines"
    PURPOSE = "What it is for, said by somebody in the business"


ANALYSED_WELL = (Evidence.CASE, Evidence.IT_OWNER, Evidence.BUSINESS_OWNER)
NEEDED: dict[Step, tuple[Evidence, ...]] = {
    Step.PROPOSED: (),
    Step.ANALYSED: (),
    Step.APPROVED: ANALYSED_WELL,
    Step.BUILDING: ANALYSED_WELL,
    Step.LIVE: (*ANALYSED_WELL, Evidence.PROMISE, Evidence.PURPOSE),
    Step.RETIRED: (),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of evidence, and whether the service has it."""

    evidence: Evidence
    is_given: bool


def next_steps(step: Step) -> tuple[Step, ...]:
    """Where a service may go from a step: one on, any number back while in the pipeline, or retired."""
    if step == Step.RETIRED:
        return ()
    if step == Step.LIVE:
        return (Step.RETIRED,)
    place = PIPELINE_STEPS.index(step)
    on = (*PIPELINE_STEPS, Step.LIVE)[place + 1]
    return (on, *reversed(PIPELINE_STEPS[:place]), Step.RETIRED)


def is_back(from_step: Step, to_step: Step) -> bool:
    """Whether a move leads back; nothing is asked for then but a reason."""
    order = list(Step)
    return order.index(to_step) < order.index(from_step)


def list_asked(*, service: Service, to_step: Step, is_promised: bool) -> list[Asked]:
    """What a step asks of a service. What is promised about it is known above the catalogue, so it comes in."""
    if not NEEDED[to_step] or is_back(service.step, to_step):
        return []
    given = {
        Evidence.CASE: BusinessCase.objects.filter(service=service).exists(),
        Evidence.IT_OWNER: service.it_owner_id is not None,
        Evidence.BUSINESS_OWNER: service.business_owner_id is not None,
        Evidence.PROMISE: is_promised,
        Evidence.PURPOSE: ServicePurpose.objects.filter(service=service).exists(),
    }
    return [Asked(each, given[each]) for each in NEEDED[to_step]]
