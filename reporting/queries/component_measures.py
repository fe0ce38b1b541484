"""What is measured about a component, and what fits its kind: people are not counted like machines."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalog.models import Component, ComponentKind
from portal.accounts.models import Membership
from slas.models import FactKind, Measure
from slas.queries.measures import list_measures

FITTING: Mapping[str, tuple[tuple[str, object], ...]] = {
    ComponentKind.PEOPLE.value: (
        (FactKind.OCCASIONS.value, _("shifts or days on which enough people were there")),
        (FactKind.CASES.value, _("calls and requests that were answered in time")),
        (FactKind.SURVEYS.value, _("what those say who were helped")),
    ),
    ComponentKind.IT.value: (
        (FactKind.OUTAGES.value, _("times in which it could not be used")),
        (FactKind.CHECKS.value, _("checks whether it answers")),
        (FactKind.READINGS.value, _("how long people wait for it")),
    ),
    ComponentKind.SUPPLIER.value: (
        (FactKind.OUTAGES.value, _("times in which what it supplies did not work")),
        (FactKind.CASES.value, _("repairs and answers in the time of its contract")),
        (FactKind.VOLUMES.value, _("what it delivered, and how much of that was right")),
    ),
    ComponentKind.ASSET.value: (
        (FactKind.OUTAGES.value, _("times in which it could not be used")),
        (FactKind.OCCASIONS.value, _("inspections and renewals done by their day")),
    ),
    ComponentKind.INFORMATION.value: (
        (FactKind.OCCASIONS.value, _("days on which it was there by its hour")),
        (FactKind.VOLUMES.value, _("lines that were looked at, and how many were right")),
        (FactKind.READINGS.value, _("how old it is")),
    ),
}


@dataclass(frozen=True, slots=True)
class Fitting:
    """One kind of facts that fits a kind of component, in words, and the measures of that kind that there are."""

    kind: str
    label: str
    words: str
    measures: tuple[Measure, ...]


def list_fitting(*, reader: Membership, component: Component) -> list[Fitting]:
    """What fits the component with the measures that the reader may see, then kinds that are unusual for it."""
    found: dict[str, list[Measure]] = {}
    for measure in list_measures(reader=reader).filter(component=component).order_by("name", "pk"):
        found.setdefault(measure.fact_kind, []).append(measure)
    usual = dict(FITTING[component.kind])
    kinds = [*usual, *sorted(kind for kind in found if kind not in usual)]
    return [
        Fitting(kind, str(FactKind(kind).label), str(usual.get(kind, "")), tuple(found.get(kind, ()))) for kind in kinds
    ]
