"""Promises that were built from their frame, with the measure that they need; and templates to start others from."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.measures import create_measure
from slas.actions.targets import save_target
from slas.errors.wording import UnclearPromise
from slas.models import Measure, ServiceLevelTarget, TargetTemplate
from slas.queries.clauses import list_exceptions
from slas.queries.library import frame_of, measure_of
from slas.queries.wording import target_findings

OF_MEASURE = ("fact_kind", "what", "source", "decider", "unit_words", "service", "component")


@transaction.atomic
def build_target(*, target: ServiceLevelTarget, by: Membership, now: datetime) -> ServiceLevelTarget:
    """Write a promise into its draft, and first its measure where that is new: a promise that was built is clear.

    Refuses as `save_target` does, and with UnclearPromise.
    """
    excepted = list_exceptions(agreement=target.agreement)
    unclear = [each for each in target_findings(target, excepted) if each.is_open]
    if unclear:
        raise UnclearPromise(findings="; ".join(each.named for each in unclear))
    target.measure = keep_new_measure(measure=target.measure, by=by, now=now)
    return save_target(target=target, by=by, now=now)


@transaction.atomic
def build_targets(*, targets: Sequence[ServiceLevelTarget], by: Membership, now: datetime) -> list[ServiceLevelTarget]:
    """Write promises that have one measure together: all of them, or none. Refuses as `build_target` does."""
    return [build_target(target=target, by=by, now=now) for target in targets]


@transaction.atomic
def keep_new_measure(*, measure: Measure, by: Membership, now: datetime) -> Measure:
    """Write a measure that is not written yet; one that is stays as it is."""
    if measure._state.adding:
        made = create_measure(name=measure.name, **{name: getattr(measure, name) for name in OF_MEASURE})
        measure.pk, measure.slug = made.pk, made.slug
        measure._state.adding = False
        record(act="measure.created", actor_id=by.user_id, at=now, subject=made.name, slug=made.slug)
    return measure


@transaction.atomic
def save_template(
    *, target: ServiceLevelTarget, name: str, purpose: str, service_class: str, by: Membership, now: datetime
) -> TargetTemplate:
    """Keep what a promise says, without its agreement, so that others can start from it."""
    made = TargetTemplate.objects.create(
        slug=find_free_slug(model=TargetTemplate, name=name),
        name=name,
        purpose=purpose,
        service_class=service_class,
        kind=target.kind,
        frame=frame_of(target),
        measure=measure_of(target),
    )
    record(act="template.saved", actor_id=by.user_id, at=now, subject=name)
    return made


@transaction.atomic
def remove_template(*, template: TargetTemplate, by: Membership, now: datetime) -> None:
    """Nothing starts from it any more; promises that did stay as they are."""
    record(act="template.removed", actor_id=by.user_id, at=now, subject=template.name)
    template.delete()
