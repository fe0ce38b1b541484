"""Makers of what the catalogue holds; each is valid on its own and takes what a test cares about."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from catalog.models import (
    BusinessCase,
    BusinessGoal,
    BusinessProcess,
    BusinessStep,
    Component,
    ComponentKind,
    ContributionLink,
    Dependency,
    DependencyGroup,
    Entitlement,
    HandOver,
    LineOfService,
    LoadPeak,
    Need,
    ProcessStep,
    Requirement,
    Service,
    ServiceAmount,
    ServiceOffering,
    ServicePurpose,
    StepSupport,
)
from tests import factories
from tests.slas.factories import make_service

__all__ = ["make_service"]
_numbers = count(1)
SINCE = date(2025, 1, 1)
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def make_line(**fields: Any) -> LineOfService:
    number = next(_numbers)
    return LineOfService.objects.create(**{"name": f"Line {number}", "position": number} | fields)


def make_offering(service: Service, **fields: Any) -> ServiceOffering:
    number = next(_numbers)
    return ServiceOffering.objects.create(
        service=service, **{"name": f"Level {number}", "price_minor": 100000, "position": number} | fields
    )


def make_entitlement(offering: ServiceOffering, unit: Any = None, **fields: Any) -> Entitlement:
    return Entitlement.objects.create(offering=offering, business_unit=unit, **{"starts_on": SINCE} | fields)


def make_component(**fields: Any) -> Component:
    number = next(_numbers)
    common = {"slug": f"component-{number}", "name": f"Component {number}", "kind": ComponentKind.IT}
    return Component.objects.create(**common | fields)


def make_steps(service: Service, *names: str) -> None:
    ProcessStep.objects.bulk_create(
        ProcessStep(service=service, position=position, name=name) for position, name in enumerate(names, start=1)
    )


def make_group(service: Service, **fields: Any) -> DependencyGroup:
    return DependencyGroup.objects.create(service=service, **{"name": "Ways in", "needed": 1} | fields)


def make_dependency(service: Service, component: Component | None = None, **fields: Any) -> Dependency:
    number = next(_numbers)
    is_one_of_several = fields.get("group") is not None
    common = {
        "requirement": Requirement.ALTERNATIVE if is_one_of_several else Requirement.NEEDED,
        "position": number,
        "last_step": fields.get("first_step"),
    }
    if fields.get("on_service") is None:
        common["component"] = component or make_component()
    return Dependency.objects.create(service=service, **common | fields)


def make_hand_over(giver: Dependency, receiver: Dependency | None = None, **fields: Any) -> HandOver:
    return HandOver.objects.create(giver=giver, receiver=receiver, **{"note": "the order"} | fields)


def make_process(unit: Any = None, *steps: str, **fields: Any) -> BusinessProcess:
    """A process of a unit, told by one of its people, with steps of these names."""
    number, unit = next(_numbers), unit or factories.make_unit()
    by = fields.pop("told_by", None) or factories.make_member(role="business_member", units=[unit])
    told = {"told_by": by, "told_at": NOW}
    common = {"slug": f"process-{number}", "name": f"Process {number}", "purpose": "Customers get what they ordered"}
    process = BusinessProcess.objects.create(business_unit=unit, **common | told | fields)
    for position, name in enumerate(steps, start=1):
        BusinessStep.objects.create(process=process, position=position, name=name, **told)
    return process


def make_support(step: BusinessStep, thing: Any, **fields: Any) -> StepSupport:
    """A step rests on a service or a component."""
    about = {"service": thing} if isinstance(thing, Service) else {"component": thing}
    told = {"told_by": step.told_by, "told_at": NOW, "role": "Takes the orders"}
    return StepSupport.objects.create(step=step, **about | told | fields)


def make_peak(process: BusinessProcess, **fields: Any) -> LoadPeak:
    common = {"kind": "weekly", "weekdays": "0", "start_minute": 480, "end_minute": 660}
    told = {"told_by": process.told_by, "told_at": NOW}
    return LoadPeak.objects.create(process=process, **common | told | fields)


def make_goal(*services: Service, **fields: Any) -> BusinessGoal:
    number = next(_numbers)
    common = {"slug": f"goal-{number}", "name": f"Reach goal {number}", "short_name": f"Goal {number}"}
    goal = BusinessGoal.objects.create(**common | fields)
    ContributionLink.objects.bulk_create(ContributionLink(goal=goal, service=service) for service in services)
    return goal


def make_need(**fields: Any) -> Need:
    fields.setdefault("business_unit", None)
    fields["business_unit"] = fields["business_unit"] or factories.make_unit()
    fields.setdefault("raised_by", None)
    fields["raised_by"] = fields["raised_by"] or factories.make_member(
        role="business_member", units=[fields["business_unit"]]
    )
    common = {"text": "A price list on the phone", "raised_at": NOW, "answer_due_on": date(2026, 11, 17)}
    return Need.objects.create(**common | fields)


def make_case(service: Service, by: Any, **fields: Any) -> BusinessCase:
    """A business case worth 1,000 to 3,000 pounds a year."""
    values = {"value_low": 100000, "value_likely": 200000, "value_high": 300000, "value_unit": "money", "grade": "D"}
    common = {"summary": "Fewer calls.", "build_minor": 50000, "run_minor": 120000, "run_per": "year"}
    said = {"said_by": by, "said_on": NOW.date()}
    return BusinessCase.objects.create(service=service, **common | values | said | fields)


def make_purpose(service: Service, by: Any, **fields: Any) -> ServicePurpose:
    said = {"text": "The desk looks prices up.", "said_by": by, "said_on": NOW.date()}
    return ServicePurpose.objects.create(service=service, **said | fields)


def make_amount(service: Service, by: Any, minor: int, **fields: Any) -> ServiceAmount:
    """A cost of the service itself a month, since January 2025."""
    common = {"kind": "cost", "from_month": SINCE, "per": "month", "said_by": by, "minor": minor}
    return ServiceAmount.objects.create(service=service, **common | fields)
