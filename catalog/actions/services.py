"""Services: written into the portfolio, changed, and moved from stage to stage."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, Q

from catalog.actions.portfolio import end_amounts
from catalog.errors import EvidenceMissing, MoveBeforeLast, MoveInFuture, MoveOutOfOrder
from catalog.models import PIPELINE_STEPS, Entitlement, LineOfService, Service, Stage, StageTransition, Step
from catalog.queries.slugs import find_free_slug
from catalog.queries.steps import list_asked, next_steps
from portal.accounts.models import Membership
from portal.language.numbers import and_list, lower_first


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """What people write about a service; an unknown heading is added at the end of the catalogue."""

    name: str
    description: str
    service_class: str
    line_name: str = ""
    used_by: str = ""
    it_owner: Membership | None = None
    business_owner: Membership | None = None


@transaction.atomic
def create_service(*, details: ServiceDetails, reason: str, by: Membership | None, on: date, slug: str = "") -> Service:
    """A new service starts in the pipeline; that is its first dated, reasoned transition.

    Its address is made from its name, unless it has one already, as in a file.
    """
    service = Service(slug=slug or find_free_slug(model=Service, name=details.name), stage=Stage.PIPELINE)
    _write(service, details)
    StageTransition.objects.create(
        service=service, from_stage="", to_stage=Step.PROPOSED, on=on, reason=reason, decided_by=by
    )
    return service


@transaction.atomic
def edit_service(*, service: Service, details: ServiceDetails) -> Service:
    """Change what is said about a service; its address stays, because others link to it."""
    return _write(service, details)


@transaction.atomic
def move_service(
    *, service: Service, to_step: str, on: date, reason: str, by: Membership | None, today: date, is_promised: bool
) -> Service:
    """Move a service to another step on a date, for a reason. Retiring it ends that day what units have of it, and with
    the month what it costs.

    Refuses with MoveOutOfOrder, EvidenceMissing (of which what is promised is known above the catalogue), MoveInFuture,
    and MoveBeforeLast when the date lies before the last transition.
    """
    locked = Service.objects.select_for_update().get(pk=service.pk)
    step = Step(to_step)
    _must_be_ready(locked, step, is_promised=is_promised)
    if on > today:
        raise MoveInFuture(on=f"{on:%-d %B %Y}")
    last_on = locked.transitions.aggregate(last=Max("on"))["last"]
    if last_on and on < last_on:
        raise MoveBeforeLast(last_on=f"{last_on:%-d %B %Y}")
    StageTransition.objects.create(
        service=locked, from_stage=locked.step, to_stage=step, on=on, reason=reason, decided_by=by
    )
    if step in PIPELINE_STEPS:
        locked.pipeline_step = step
    else:
        locked.stage = Stage(step)
    locked.save(update_fields=["stage", "pipeline_step"])
    if step == Step.RETIRED:
        _end_entitlements(locked, on)
        end_amounts(service=locked, on=on)
    return locked


def _must_be_ready(service: Service, step: Step, *, is_promised: bool) -> None:
    if step not in next_steps(service.step):
        raise MoveOutOfOrder(service=service, from_step=service.step.label, to_step=step.label)
    asked = list_asked(service=service, to_step=step, is_promised=is_promised)
    missing = [each.evidence.value[:1].lower() + each.evidence.value[1:] for each in asked if not each.is_given]
    if missing:
        raise EvidenceMissing(service=service, to_step=lower_first(str(step.label)), missing=and_list(missing))


def _write(service: Service, details: ServiceDetails) -> Service:
    service.name, service.description = details.name, details.description
    service.service_class, service.used_by = details.service_class, details.used_by
    service.it_owner, service.business_owner = details.it_owner, details.business_owner
    service.line_of_service = _line(details.line_name)
    service.save()
    return service


def _line(name: str) -> LineOfService | None:
    if not name:
        return None
    last = LineOfService.objects.aggregate(last=Max("position"))["last"]
    line, _made = LineOfService.objects.get_or_create(name=name, defaults={"position": (last or 0) + 1})
    return line


def _end_entitlements(service: Service, on: date) -> None:
    running = Entitlement.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), offering__service=service)
    running.filter(starts_on__gte=on).delete()  # had not begun: nothing to keep but its history
    running.update(ends_on=on)
