"""Promises and duties of a draft."""

from datetime import date, datetime

from django.db import transaction

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.dates import day_year
from slas.actions.agreements import change_draft
from slas.errors import ObligationDone, WrongMeasure
from slas.models import FactKind, Obligation, ServiceLevelTarget, TargetKind

FACTS_FOR: dict[str, tuple[FactKind, ...]] = {
    TargetKind.AVAILABILITY: (FactKind.OUTAGES, FactKind.CHECKS),
    TargetKind.RELIABILITY: (FactKind.OUTAGES, FactKind.CHECKS),
    TargetKind.CASES: (FactKind.CASES,),
    TargetKind.VOLUME: (FactKind.VOLUMES,),
    TargetKind.OCCASIONS: (FactKind.OCCASIONS,),
    TargetKind.SATISFACTION: (FactKind.SURVEYS,),
    TargetKind.READINGS: (FactKind.READINGS,),
}


@transaction.atomic
def save_target(*, target: ServiceLevelTarget, by: Membership, now: datetime) -> ServiceLevelTarget:
    """Write a new or changed promise into its draft.

    Refuses with AgreementNotDraft, and with WrongMeasure facts of another kind.
    """
    change_draft(agreement=target.agreement)
    kinds = FACTS_FOR[target.kind]
    if target.measure.fact_kind not in kinds:
        needed = " or ".join(FactKind(kind).label.lower() for kind in kinds)
        facts = target.measure.get_fact_kind_display().lower()
        raise WrongMeasure(measure=target.measure.name, facts=facts, needed=needed)
    is_new = target.pk is None
    if is_new:
        target.slug = find_free_slug(model=ServiceLevelTarget, name=target.short_name or target.name)
    target.save()
    act = "target.added" if is_new else "target.edited"
    record(act=act, actor_id=by.user_id, at=now, subject=target.name, agreement=target.agreement.slug)
    return target


@transaction.atomic
def remove_target(*, target: ServiceLevelTarget, by: Membership, now: datetime) -> None:
    """Take a promise out of its draft. Refuses with AgreementNotDraft."""
    change_draft(agreement=target.agreement)
    record(act="target.removed", actor_id=by.user_id, at=now, subject=target.name, agreement=target.agreement.slug)
    target.delete()


@transaction.atomic
def save_obligation(*, obligation: Obligation, by: Membership, now: datetime) -> Obligation:
    """Write a duty of the customer into its draft. Refuses with AgreementOnOffer and AgreementNotDraft."""
    change_draft(agreement=obligation.agreement)
    if not obligation.slug:
        obligation.slug = find_free_slug(model=Obligation, name=obligation.short_text)
    obligation.save()
    record(act="obligation.saved", actor_id=by.user_id, at=now, subject=obligation.short_text)
    return obligation


@transaction.atomic
def remove_obligation(*, obligation: Obligation, by: Membership, now: datetime) -> None:
    """Take a duty out of its draft. Refuses with AgreementNotDraft."""
    change_draft(agreement=obligation.agreement)
    record(act="obligation.removed", actor_id=by.user_id, at=now, subject=obligation.short_text)
    obligation.delete()


@transaction.atomic
def do_obligation(*, obligation: Obligation, on: date, by: Membership, now: datetime) -> Obligation:
    """A duty is done. Refuses with ObligationDone."""
    held = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if held.done_on is not None:
        raise ObligationDone(done_on=day_year(held.done_on))
    held.done_on = on
    held.save(update_fields=["done_on"])
    record(act="obligation.done", actor_id=by.user_id, at=now, subject=held.short_text)
    return held
