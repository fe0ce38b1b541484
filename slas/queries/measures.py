"""Measures: which ones a reader may see, and what rests on them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from catalog.models import Service
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units
from slas.models import AgreementState, Measure, ServiceLevelTarget


def list_measures(*, reader: Membership) -> QuerySet[Measure]:
    """The measures that a member may see, by name, with the number of promises that rest on each.

    The business sees those behind the promises made to its units; all others see each of them.
    """
    measures = Measure.objects.select_related("service", "component")
    if reader.is_business:
        measures = measures.filter(pk__in=_promised_to(reader).values("measure_id"))
    counted = _promised_to(reader).filter(measure_id=OuterRef("pk")).order_by().values("measure_id")
    promises = counted.annotate(number=Count("pk")).values("number")
    return measures.annotate(promise_count=Subquery(promises)).order_by("name", "pk")


def filter_measures(*, measures: QuerySet[Measure], words: str, kind: str, service: str) -> QuerySet[Measure]:
    """Those whose name, source or decider holds the words, of that kind of facts, of that service."""
    if words:
        measures = measures.filter(Q(name__icontains=words) | Q(source__icontains=words) | Q(decider__icontains=words))
    if kind:
        measures = measures.filter(fact_kind=kind)
    return measures.filter(service__slug=service) if service else measures


def get_measure(*, reader: Membership, slug: str) -> Measure:
    """One visible measure.

    Raises Measure.DoesNotExist for a measure that the reader may not see.
    """
    return list_measures(reader=reader).get(slug=slug)


def list_promises(*, reader: Membership, measure: Measure) -> QuerySet[ServiceLevelTarget]:
    """The promises that rest on a measure and that the reader may see, in agreements in force."""
    return _promised_to(reader).filter(measure=measure).select_related("agreement", "service").order_by("name", "pk")


def list_measured_services() -> QuerySet[Service]:
    """The services that have a measure, by name."""
    return Service.objects.filter(pk__in=Measure.objects.values("service_id")).order_by("name")


def _promised_to(reader: Membership) -> QuerySet[ServiceLevelTarget]:
    promised = ServiceLevelTarget.objects.filter(agreement__state=AgreementState.IN_FORCE)
    if reader.is_business:
        units = list_visible_units(reader=reader).order_by().values("pk")
        promised = promised.filter(agreement__customer__business_unit__in=units)
    return promised
