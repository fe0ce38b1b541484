"""The working rows that a review is made of: the unit's promises with their twelve months, read in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portal.accounts.models import BusinessUnit
from slas.calculation.periods import add_months
from slas.models import AgreementKind, Attainment, ServiceLevelTarget
from slas.queries.attainments import review_attainments
from slas.queries.targets import JUDGED

MONTHS = 12
# What the page calls its own figures, sentences and parts; no promise takes such a name for its own.
TAKEN = frozenset(
    {
        *("score", "value", "claim", "cover", "data-gap", "more-missed", "disputed", "review", "worth", "others"),
        *("in-short", "twelve-months", "promises", "other-promises", "better", "decisions", "how-we-count"),
        *("short", "months", "count", "figures", "meeting", "ask", "draft", "job", "main", "toasts", "toast-pattern"),
        *("warnings", "words", "files", "check", "check-note", "elsewhere"),
    }
)

Address = tuple[str, str]


def address_of(target: ServiceLevelTarget) -> Address:
    """The slugs of agreement and promise: a new version has other rows, and the same address."""
    return target.agreement.slug, target.slug


@dataclass(frozen=True)
class PromiseRows:
    """One promise with what was delivered, by the first day of each period; `anchor` is unique in the review."""

    target: ServiceLevelTarget
    anchor: str
    by_period: Mapping[date, Attainment]

    @property
    def address(self) -> Address:
        """What stays the same in every version of the agreement."""
        return address_of(self.target)

    def covering(self, month: date) -> Attainment | None:
        """The figure whose period holds the month: its own, or that of its quarter or year."""
        found = [row for row in self.by_period.values() if row.period_start <= month < row.period_end]
        return max(found, key=lambda row: row.period_start, default=None)

    def standing_in(self, month: date, review: date) -> Attainment | None:
        """What the chart shows in a month: a longer period stands in its last one, while it runs in the review’s."""
        found = self.covering(month)
        return found if found and (month == review or found.period_end == month_end(month)) else None


def month_end(month: date) -> date:
    """The first day of the next month."""
    return add_months(month, 1)


def twelve_months(month: date) -> list[date]:
    """The month and the eleven before it, oldest first."""
    return [add_months(month, n - MONTHS + 1) for n in range(MONTHS)]


def list_promises(*, unit: BusinessUnit, month: date) -> list[PromiseRows]:
    """What was promised to the unit in the month, in the order of its agreements, each with its twelve months.

    A promise that was changed keeps its history through its address; the newest version in force is the one shown.
    """
    rows = list(_targets_of(unit, month))
    shown = _newest_versions(rows, month)
    anchors = _anchors(shown)
    history = _history(rows, unit, month)
    return [PromiseRows(target, anchors[target.pk], history[address_of(target)]) for target in shown]


def _targets_of(unit: BusinessUnit, month: date) -> Iterable[ServiceLevelTarget]:
    return (
        ServiceLevelTarget.objects.filter(
            agreement__kind=AgreementKind.SLA,
            agreement__state__in=JUDGED,
            agreement__customer__business_unit=unit,
            agreement__starts_on__lt=month_end(month),
        )
        .select_related("agreement", "service_hours", "service")
        .order_by("agreement__name", "agreement__version", "position", "pk")
    )


def _newest_versions(rows: Iterable[ServiceLevelTarget], month: date) -> list[ServiceLevelTarget]:
    newest: dict[Address, ServiceLevelTarget] = {}
    for target in rows:
        if _is_promised_in(target, month):
            newest.pop(address_of(target), None)
            newest[address_of(target)] = target
    return list(newest.values())


def _is_promised_in(target: ServiceLevelTarget, month: date) -> bool:
    starts = max(filter(None, (target.agreement.starts_on, target.starts_on)))
    ends = [on for on in (target.agreement.ends_on, target.ends_on) if on]
    return starts < month_end(month) and all(on > month for on in ends)


def _anchors(targets: Iterable[ServiceLevelTarget]) -> dict[int, str]:
    """The promise's own address; with the agreement's before it where two use the same, or the page itself does."""
    same: dict[str, list[ServiceLevelTarget]] = defaultdict(list)
    for target in targets:
        same[target.slug].append(target)
    return {
        target.pk: slug if len(sharing) == 1 and slug not in TAKEN else f"{target.agreement.slug}-{slug}"
        for slug, sharing in same.items()
        for target in sharing
    }


def _history(
    rows: Iterable[ServiceLevelTarget], unit: BusinessUnit, month: date
) -> Mapping[Address, dict[date, Attainment]]:
    addresses = {target.pk: address_of(target) for target in rows}
    first = add_months(twelve_months(month)[0], -1)  # and the same month of the year before, to compare with
    found = review_attainments(business_unit=unit, month=month).filter(
        Q(period_end__gt=first) & Q(period_start__lt=month_end(month)), target_id__in=addresses
    )
    history: dict[Address, dict[date, Attainment]] = defaultdict(dict)
    for row in found.order_by("target__agreement__version", "period_start"):
        history[addresses[row.target_id]][row.period_start] = row
    return history
