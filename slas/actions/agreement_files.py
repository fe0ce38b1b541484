"""An agreement that came as a file is written whole: a draft with its promises, and what they stand on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from catalog.actions.services import ServiceDetails, create_service
from catalog.models import Service
from portal.accounts.models import Membership
from portal.language.dates import local
from slas.actions.agreements import AgreementDetails, create_agreement
from slas.actions.measures import Told, keep_measures
from slas.actions.targets import save_targets
from slas.models import Agreement, Measure, ServiceLevelTarget

KEPT = (
    *("name", "fact_kind", "what", "source", "decider", "unit_words", "notes", "starts_on", "max_gap_seconds"),
    "service",
)


@dataclass(frozen=True)
class FilePlan:
    """What a file would make: services and measures that are not here yet, and the promises; nothing is written yet."""

    services: tuple[Service, ...]
    measures: tuple[Measure, ...]
    targets: tuple[ServiceLevelTarget, ...]


@dataclass(frozen=True)
class AgreementPlan(FilePlan):
    """The same with the agreement that it would become."""

    details: AgreementDetails


@transaction.atomic
def import_agreement(*, plan: AgreementPlan, reason: str, by: Membership, now: datetime) -> Agreement:
    """A draft of version 1 as planned; no agreement that is there already is touched.

    New services begin in the pipeline for the `reason`. Refuses with UnusableMeasure and WrongMeasure, and then nothing
    of it is written.
    """
    agreement = create_agreement(details=plan.details, by=by, now=now)
    fill_draft(agreement=agreement, plan=plan, reason=reason, by=by, now=now)
    return agreement


@transaction.atomic
def fill_draft(*, agreement: Agreement, plan: FilePlan, reason: str, by: Membership, now: datetime) -> None:
    """The promises of a file written into a draft: new ones, and those that it has as the file says them. Others stay.

    New services begin in the pipeline for the `reason`. Refuses with AgreementNotDraft, UnusableMeasure and
    WrongMeasure, and then nothing of it is written.
    """
    on = local(now, agreement.time_zone).date()
    services = {each.slug: _make_service(each, reason, by, on) for each in plan.services}
    wanted = {each.slug: {name: getattr(each, name) for name in KEPT} for each in plan.measures}
    for fields in wanted.values():
        if fields["service"] is not None:
            fields["service"] = services.get(fields["service"].slug, fields["service"])
    measures = keep_measures(wanted=wanted, told=Told(by, now, reason))
    for target in plan.targets:
        target.measure = measures.get(target.measure.slug, target.measure)
        if target.service is not None:
            target.service = services.get(target.service.slug, target.service)
    save_targets(agreement=agreement, targets=plan.targets, by=by, now=now)


def _make_service(service: Service, reason: str, by: Membership, on: date) -> Service:
    details = ServiceDetails(service.name, service.description, service.service_class)
    return create_service(details=details, slug=service.slug, reason=reason, by=by, on=on)
