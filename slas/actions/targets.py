"""Promises and duties of a draft."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.dates import day_year
from slas.actions.agreements import change_draft
from slas.errors import ObligationDone, WrongMeasure
from slas.errors.agreements import OwnerOfOthers
from slas.models import Agreement, FactKind, Measure, Obligation, ServiceLevelTarget, TargetKind
from slas.queries.agreements import list_duty_owners

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
    return _keep(target, by, now)


@transaction.atomic
def save_targets(
    *, agreement: Agreement, targets: Sequence[ServiceLevelTarget], by: Membership, now: datetime
) -> Sequence[ServiceLevelTarget]:
    """Write several new or changed promises into one draft: all of them or, when one is refused, none.

    Refuses as `save_target` does.
    """
    draft = change_draft(agreement=agreement)
    for target in sorted(targets, key=lambda each: not each.slug):  # addresses that were written down are taken first
        target.agreement = draft
        _keep(target, by, now)
    return targets


def _keep(target: ServiceLevelTarget, by: Membership, now: datetime) -> ServiceLevelTarget:
    """A promise that was written in a file has its address already; any other gets one from its name."""
    refusal = wrong_measure(kind=target.kind, measure=target.measure)
    if refusal:
        raise refusal
    is_new = target.pk is None
    if not target.slug:
        target.slug = find_free_slug(model=ServiceLevelTarget, name=target.short_name or target.name)
    target.save()
    act = "target.added" if is_new else "target.edited"
    record(act=act, actor_id=by.user_id, at=now, subject=target.name, agreement=target.agreement.slug)
    return target


def wrong_measure(*, kind: str, measure: Measure) -> WrongMeasure | None:
    """Why promises of a kind cannot be judged by a measure; None where they can."""
    kinds = FACTS_FOR[kind]
    if measure.fact_kind in kinds:
        return None
    needed = " or ".join(FactKind(kind).label.lower() for kind in kinds)
    return WrongMeasure(measure=measure.name, facts=measure.get_fact_kind_display().lower(), needed=needed)


@transaction.atomic
def remove_target(*, target: ServiceLevelTarget, by: Membership, now: datetime) -> None:
    """Take a promise out of its draft. Refuses with AgreementNotDraft."""
    change_draft(agreement=target.agreement)
    record(act="target.removed", actor_id=by.user_id, at=now, subject=target.name, agreement=target.agreement.slug)
    target.delete()


@transaction.atomic
def save_obligation(*, obligation: Obligation, by: Membership, now: datetime) -> Obligation:
    """Write a duty of the customer into its draft.

    Refuses with AgreementOnOffer and AgreementNotDraft, and with OwnerOfOthers somebody of another unit.
    """
    change_draft(agreement=obligation.agreement)
    refusal = wrong_owner(obligation=obligation)
    if refusal:
        raise refusal
    if not obligation.slug:
        obligation.slug = find_free_slug(model=Obligation, name=obligation.short_text)
    obligation.save()
    record(act="obligation.saved", actor_id=by.user_id, at=now, subject=obligation.short_text)
    return obligation


def wrong_owner(*, obligation: Obligation) -> OwnerOfOthers | None:
    """Why somebody cannot answer for a duty; None where they can, or nobody does yet."""
    owner, customer = obligation.owner, obligation.agreement.customer
    if owner is None or list_duty_owners(customer=customer).filter(pk=owner.pk).exists():
        return None
    return OwnerOfOthers(name=owner.user.name, customer=customer.name)


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
