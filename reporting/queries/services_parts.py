"""How the parts of a service did: the promises of teams and suppliers about each component."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from catalog.models import Component
from catalog.queries.composition import Composition, PartStatus
from portal.accounts.models import Membership
from portal.language.dates import month_name
from portal.language.numbers import count, upper_first
from reporting.queries.services_design import seconds_by_part
from reporting.queries.services_months import (
    WORST_FIRST,
    Cell,
    get_last_month,
    get_shown_month,
    history,
    last_cell,
    list_cells,
)
from slas.models import Attainment, ServiceLevelTarget, TargetKind
from slas.queries.attainments import held_attainments, newest_attainments
from slas.queries.targets import JUDGED

MINUTE = 60


@dataclass(frozen=True, slots=True)
class PartPromise:
    """One promise about a component: its name and sentence, how it did, and twelve letters."""

    name: str
    detail: str
    status: str
    history: list[str]
    words: str


def list_part_statuses(
    *, reader: Membership, composition: Composition, month: date | None, attainment: Attainment | None
) -> dict[tuple[bool, str], PartStatus]:
    """By the address of each part: its worst promise of the month; for a missed one, what was lost by it.

    Everybody who may see a service may see how teams and suppliers did; of the promises to business units those that
    were made to the reader's own.
    """
    if month is None:
        return {}
    services = {part.row_id for part in composition.parts if part.is_service}
    attainments = _figures(reader, {part.row_id for part in composition.parts if not part.is_service})
    if services:
        of_services = held_attainments(reader=reader).filter(target__service_id__in=services)
        attainments = Attainment.objects.filter(Q(pk__in=attainments.values("pk")) | Q(pk__in=of_services.values("pk")))
    last = [last_cell(cells) for cells in list_cells(attainments=attainments, month=month).values()]
    targets = ServiceLevelTarget.objects.select_related("component", "service").in_bulk(
        [cell.target_id for cell in last]
    )
    worst: dict[tuple[bool, str], Cell] = {}
    for cell in sorted(last, key=lambda cell: WORST_FIRST.find(cell.letter)):
        worst.setdefault(_address(targets[cell.target_id]), cell)
    lost = _loss_words(attainment, month)
    return {
        (is_service, slug): PartStatus(
            cell.letter,
            value_words(targets[cell.target_id], cell.value),
            lost.get(slug, "") if cell.letter == "M" and not is_service else "",
        )
        for (is_service, slug), cell in worst.items()
    }


def _address(target: ServiceLevelTarget) -> tuple[bool, str]:
    """What a promise is about: whether it is a service, and its slug."""
    about = target.component or target.service
    return target.component is None, about.slug if about else ""


def value_words(target: ServiceLevelTarget, value: str) -> str:
    """A value with what it counts: 99.9 %, staffed 31 of 31 days, 97 % within 30 min."""
    if target.kind == TargetKind.AVAILABILITY:
        return f"{value} %" if value[:1].isdigit() else value
    if target.kind == TargetKind.RELIABILITY:
        number = value.removesuffix("×")
        return f"{number} interruption{'' if number == '1' else 's'}" if number.isdigit() else value
    good, _slash, whole = value.partition("/")
    said = f"{good} of {whole} {target.unit_words}".strip() if whole else f"{good} %"
    if not target.good_words:
        return said
    return upper_first(f"{target.good_words} {said}" if whole else f"{said} {target.good_words}")


def list_component_promises(*, reader: Membership, component: Component, today: date) -> list[PartPromise]:
    """What was promised about a component, with its last twelve months; for the business up to the last issued one."""
    attainments = _figures(reader, [component.pk])
    if reader.is_business:
        month = get_shown_month(reader=reader, today=today)
    else:
        month = get_last_month(attainments=attainments, today=today)
    if month is None:
        return []
    cells = list_cells(attainments=attainments, month=month, months=12)
    shown = {address: last_cell(by_month) for address, by_month in cells.items()}
    targets = ServiceLevelTarget.objects.in_bulk([cell.target_id for cell in shown.values()])
    return [
        _promise(targets[cell.target_id], cell, cells[address], month)
        for address, cell in sorted(shown.items(), key=lambda item: item[0])
    ]


def _figures(reader: Membership, component_ids: Collection[int]) -> QuerySet[Attainment]:
    """What teams and suppliers promised IT is never issued and stands as it is; what units were promised, as it holds
    for the reader.
    """
    of_parts = Q(target__component_id__in=component_ids)
    inside = newest_attainments().filter(
        of_parts, target__agreement__customer__business_unit__isnull=True, target__agreement__state__in=JUDGED
    )
    held = held_attainments(reader=reader).filter(of_parts)
    return Attainment.objects.filter(Q(pk__in=inside.values("pk")) | Q(pk__in=held.values("pk")))


def _promise(target: ServiceLevelTarget, cell: Cell, cells: Mapping[date, Cell], month: date) -> PartPromise:
    words = value_words(target, cell.value)
    return PartPromise(target.name, target.sentence, cell.letter, history(cells, month), words)


def _loss_words(attainment: Attainment | None, month: date) -> dict[str, str]:
    by_part = seconds_by_part(attainment)
    whole = _minutes(sum(by_part.values()))
    named: dict[str, str] = defaultdict(str)
    for slug, seconds in by_part.items():
        named[slug] = f"Down for {_minutes(seconds)} of the {whole} minutes lost in {month_name(month)}."
    return named


def _minutes(seconds: object) -> str:
    return count(-(-int(seconds) // MINUTE))  # type: ignore[call-overload]
