"""How a unit's review is laid out, counted and answered: proposed by IT, accepted by the head of the unit."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.language import dates
from reporting.errors import LayoutAccepted, LayoutNotProposed
from reporting.models import ReportAgreement


@transaction.atomic
def propose_layout(*, unit: BusinessUnit, by: Membership, now: datetime, felt_by_words: str = "you") -> ReportAgreement:
    """The next version of a unit's report agreement, in the name of whoever proposes it and of nobody else."""
    layout = ReportAgreement(business_unit=unit, version=_next_version(unit), felt_by_words=felt_by_words)
    return sign_for_it(layout=layout, by=by, now=now)


@transaction.atomic
def layout_of(*, unit: BusinessUnit) -> ReportAgreement:
    """The newest layout that both sides accepted, otherwise the newest; version 1, signed by nobody, where none is."""
    layouts = ReportAgreement.objects.filter(business_unit=unit).order_by("-version")
    found = layouts.filter(agreed_on__isnull=False).first() or layouts.first()
    return found or ReportAgreement.objects.create(business_unit=unit, version=1)


@transaction.atomic
def sign_for_it(*, layout: ReportAgreement, by: Membership, now: datetime) -> ReportAgreement:
    """IT stands behind a layout: by proposing it, or by issuing a review in it. What is signed stays as it is."""
    if layout.agreed_by_it:
        return layout
    layout.agreed_by_it = by.user.name
    layout.save()
    record(act="layout.proposed", actor_id=by.user_id, at=now, subject=_subject(layout), version=layout.version)
    return layout


@transaction.atomic
def accept_layout(*, layout: ReportAgreement, by: Membership, now: datetime) -> ReportAgreement:
    """The head of the unit accepts what IT proposes. Refuses with LayoutNotProposed and LayoutAccepted."""
    current = ReportAgreement.objects.select_for_update().get(pk=layout.pk)
    if not current.agreed_by_it:
        raise LayoutNotProposed
    if current.agreed_on is not None:
        raise LayoutAccepted(name=current.agreed_by_business, agreed_on=dates.day_year(current.agreed_on))
    current.agreed_by_business = by.user.name
    current.agreed_on = dates.local(now, current.tenant.time_zone).date()
    current.save(update_fields=["agreed_by_business", "agreed_on"])
    record(act="layout.accepted", actor_id=by.user_id, at=now, subject=_subject(current), version=current.version)
    return current


def _next_version(unit: BusinessUnit) -> int:
    newest: int | None = ReportAgreement.objects.filter(business_unit=unit).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


def _subject(layout: ReportAgreement) -> str:
    return f"Report agreement of {layout.business_unit.name}"
