"""One service as a reader sees it: how it does, what it is made of, what each level promises, who answers for it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from catalog.models import Entitlement, Service, ServiceOffering, StageTransition
from catalog.queries.composition import Composition, get_composition
from catalog.queries.offerings import in_force, list_offerings, price_words
from catalog.queries.services import list_transitions
from portal.accounts.models import Membership
from portal.language.dates import month_name
from portal.language.numbers import count
from reporting.queries.services_design import Design, get_design
from reporting.queries.services_hours import list_times
from reporting.queries.services_levels import LevelTable, get_levels
from reporting.queries.services_months import (
    MET,
    NOTHING,
    Address,
    Cell,
    get_shown_month,
    history,
    last_cell,
    list_cells,
)
from reporting.queries.services_parts import list_part_statuses
from reporting.queries.services_purpose import Duty, Purpose, get_purpose, list_duties
from slas.calculation.periods import add_months
from slas.models import (
    AgreementKind,
    AgreementState,
    Attainment,
    FactKind,
    Measure,
    PeriodKind,
    ServiceLevelTarget,
    TargetKind,
    Volume,
)
from slas.queries.attainments import held_attainments


@dataclass(frozen=True, slots=True)
class Kpi:
    """A lone figure with the words under it; `aside` stands grey beside it."""

    value: str
    label: str
    status: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise: name, target in words, status letter, and twelve letters."""

    name: str
    detail: str
    status: str
    history: list[str]
    attainment_id: int | None


@dataclass(frozen=True, slots=True)
class ServicePage:
    """Everything that the page of a service shows; the List view holds the same facts as the map."""

    service: Service
    month: date | None
    kpis: tuple[Kpi, ...]
    composition: Composition
    design: Design | None
    levels: LevelTable
    promises: tuple[PromiseLine, ...]
    agreement_slug: str
    purpose: Purpose
    duties: tuple[Duty, ...]
    moves: tuple[StageTransition, ...]


@dataclass(frozen=True, slots=True)
class _Promised:
    """The promises about a service that the reader may see, and their figures."""

    targets: list[ServiceLevelTarget]
    cells: Mapping[Address, Mapping[date, Cell]]
    main: ServiceLevelTarget | None
    attainment: Attainment | None

    def cells_of(self, target: ServiceLevelTarget) -> Mapping[date, Cell]:
        return self.cells.get((target.agreement.slug, target.slug), {})


def get_service_page(
    *, reader: Membership, service: Service, today: date, currency: str, opened: Collection[str] = ()
) -> ServicePage:
    """The page of a service that the reader was allowed to see, with the promises made to their units; `opened` names
    the services among its parts whose own parts are shown too.
    """
    month = get_shown_month(reader=reader, today=today)
    promised = _promised(reader, service, month)
    own = get_own_offering(reader=reader, service=service, today=today)
    return ServicePage(
        service=service,
        month=month,
        kpis=(*_kpis(service, promised, own, month, currency), *_times(service, promised, today)),
        composition=_composition(reader, service, month, promised.attainment, opened),
        design=_design(service, promised),
        levels=get_levels(
            offerings=list(list_offerings(service=service)),
            own=own,
            currency=currency,
            counted=promised.attainment.result.get("counted_seconds") if promised.attainment else None,
        ),
        promises=tuple(_lines(promised, month)),
        agreement_slug=promised.targets[0].agreement.slug if promised.targets else "",
        purpose=get_purpose(reader=reader, service=service, month=month),
        duties=tuple(list_duties(reader=reader, service=service, today=today)),
        moves=tuple(list_transitions(service=service)),
    )


def get_service_design(*, reader: Membership, service: Service, today: date) -> tuple[Design, date | None]:
    """Why what was measured differs from what the design would give, and the month of the measurement."""
    month = get_shown_month(reader=reader, today=today)
    promised = _promised(reader, service, month)
    return get_design(service=service, target=promised.main, attainment=promised.attainment), month


def get_own_offering(*, reader: Membership, service: Service, today: date) -> ServiceOffering | None:
    """The level that one of the reader's own units has today."""
    if not reader.is_business:
        return None
    entitlements = Entitlement.objects.filter(
        in_force(on=today),
        offering__service=service,
        is_subscribed=True,
        business_unit__member_links__membership=reader,
    )
    found = entitlements.select_related("offering").order_by("offering__position", "pk").first()
    return found.offering if found else None


def list_visible_promises(*, reader: Membership) -> QuerySet[ServiceLevelTarget]:
    """The promises in force that the reader may see, in their order: their own units', all for IT and auditor."""
    targets = ServiceLevelTarget.objects.filter(
        agreement__kind=AgreementKind.SLA, agreement__state=AgreementState.IN_FORCE
    )
    if reader.is_business:
        targets = targets.filter(agreement__customer__business_unit__member_links__membership=reader)
    return targets.select_related("agreement__customer", "service_hours__replaces", "measure").order_by(
        "agreement__name", "position", "pk"
    )


def get_main_target(*, reader: Membership, service: Service) -> ServiceLevelTarget | None:
    """The promise of the service's time that the reader may see; the first of several."""
    return _main(list_visible_promises(reader=reader).filter(service=service))


def _main(targets: Iterable[ServiceLevelTarget]) -> ServiceLevelTarget | None:
    return next((target for target in targets if target.kind == TargetKind.AVAILABILITY and not target.is_trial), None)


def _promised(reader: Membership, service: Service, month: date | None) -> _Promised:
    targets = list(list_visible_promises(reader=reader).filter(service=service))
    main = _main(targets)
    if month is None:
        return _Promised(targets, {}, main, None)
    attainments = held_attainments(reader=reader).filter(target__service=service)
    cells = list_cells(attainments=attainments, month=month, months=12)
    cell = cells.get((main.agreement.slug, main.slug), {}).get(month) if main else None
    attainment = Attainment.objects.defer("proof").get(pk=cell.attainment_id) if cell else None
    return _Promised(targets, cells, main, attainment)


def _composition(
    reader: Membership, service: Service, month: date | None, attainment: Attainment | None, opened: Collection[str]
) -> Composition:
    found = get_composition(service=service, opened=opened)
    statuses = list_part_statuses(reader=reader, composition=found, month=month, attainment=attainment)
    return found.with_statuses(statuses)


def _design(service: Service, promised: _Promised) -> Design | None:
    design = get_design(service=service, target=promised.main, attainment=promised.attainment)
    return design if design.predicted else None


def _lines(promised: _Promised, month: date | None) -> list[PromiseLine]:
    customers = {target.agreement.customer_id for target in promised.targets}
    lines = []
    for target in promised.targets:
        cells = promised.cells_of(target)
        if month is None or not cells:
            continue
        last = cells.get(month) if target.period_kind == PeriodKind.MONTH else last_cell(cells)
        detail = target.sentence
        if len(customers) > 1:
            detail = f"{target.agreement.customer.name}: {detail}"
        letter, attainment_id = (last.letter, last.attainment_id) if last else (NOTHING, None)
        lines.append(PromiseLine(target.name, detail, letter, history(cells, month), attainment_id))
    return lines


def _kpis(
    service: Service, promised: _Promised, own: ServiceOffering | None, month: date | None, currency: str
) -> list[Kpi]:
    kpis = []
    if month is not None:
        kpis += _score(_lines(promised, month), month)
        kpis += _volume(service, promised.targets, month)
    offering = own or list_offerings(service=service).first()
    if offering is not None:
        kpis.append(_price(offering, own, currency))
    return kpis


def _times(service: Service, promised: _Promised, today: date) -> Iterator[Kpi]:
    times = list_times(targets=promised.targets, on=today).get(service.pk)
    if times is not None:
        yield Kpi(times.when or times.days, times.days_here)


def _score(lines: Collection[PromiseLine], month: date) -> list[Kpi]:
    letters = [line.status for line in lines]
    if not letters:
        return []
    missed, name = letters.count("M"), month_name(month)
    if missed:
        return [Kpi(f"{missed} of {len(letters)}", f"promises missed in {name}", "M")]
    kept = sum(letter in MET for letter in letters)
    return [Kpi(f"{kept} of {len(letters)}", f"promises kept in {name}", "K" if kept == len(letters) else "")]


def _volume(service: Service, targets: Collection[ServiceLevelTarget], month: date) -> list[Kpi]:
    """How much was done with the service: the first thing of which it counts volumes."""
    counted = [target.measure for target in targets if target.measure.fact_kind == FactKind.VOLUMES]
    measure = (
        next(iter(counted), None)
        or Measure.objects.filter(service=service, fact_kind=FactKind.VOLUMES).order_by("pk").first()
    )
    if measure is None or not measure.unit_words:
        return []
    total = count_volumes(measure_ids=[measure.pk], month=month).get(measure.pk)
    if total is None:
        return []
    return [Kpi(count(total), f"{measure.unit_words} in {month_name(month)}")]


def count_volumes(*, measure_ids: Collection[int], month: date) -> dict[int, int]:
    """Counted units of a month by measure; a measure without a count is left out."""
    rows = Volume.objects.filter(measure_id__in=measure_ids, on__gte=month, on__lt=add_months(month, 1))
    return dict(rows.values_list("measure_id").annotate(Sum("total")).order_by())


def _price(offering: ServiceOffering, own: ServiceOffering | None, currency: str) -> Kpi:
    price = price_words(offering=offering, currency=currency, is_monthly_said=True)
    level = f"{offering.name} level" if own else f"from the {offering.name} level on"
    unit = f"{offering.price_unit}, " if offering.price_minor is not None and offering.price_unit == "a month" else ""
    return Kpi(price, f"{unit}{level}")
