"""Service hours and planned work for their pages, and who may see them."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import Membership
from slas.calculation.local_time import midnight
from slas.calculation.periods import add_months
from slas.models import AgreementState, PlannedWork, ServiceHours, ServiceLevelTarget
from slas.queries.agreements import list_visible_agreements
from slas.queries.hours import HoursBook, public_holidays

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Coming:
    """A date to come that differs from its week."""

    on: date
    words: str


def list_hours() -> QuerySet[ServiceHours]:
    """The newest version of all service hours; everybody may see when something is promised."""
    newer = ServiceHours.objects.filter(name=OuterRef("name"), version__gt=OuterRef("version"))
    return ServiceHours.objects.filter(~Exists(newer)).order_by("name")


def get_hours(*, hours_id: int) -> ServiceHours:
    """One version of service hours. Raises ServiceHours.DoesNotExist."""
    return ServiceHours.objects.get(pk=hours_id)


def is_counted_by(*, hours: ServiceHours) -> bool:
    """Whether an agreement that is no draft any more counts by this version, so that it stays as it is: the other side
    reads it already.
    """
    return list_targets_by(hours=hours).exclude(agreement__state=AgreementState.DRAFT).exists()


def list_targets_by(*, hours: ServiceHours) -> QuerySet[ServiceLevelTarget]:
    """The promises that count by this version: those of a later one do until that begins."""
    found: set[int] = set()
    later = {hours.pk}
    while later:
        found |= later
        later = set(ServiceHours.objects.filter(replaces__in=later).values_list("pk", flat=True)) - found
    return ServiceLevelTarget.objects.filter(service_hours__in=found)


def list_hours_versions(*, hours: ServiceHours) -> QuerySet[ServiceHours]:
    """All versions, newest first."""
    return ServiceHours.objects.filter(name=hours.name).order_by("-version")


def week_of(*, hours: ServiceHours) -> list[tuple[str, str]]:
    """Each weekday with its hours in words."""
    by_day: dict[int, list[str]] = {}
    for window in hours.windows.order_by("weekday", "opens_at"):
        by_day.setdefault(window.weekday, []).append(_stretch(window.opens_at, window.closes_at))
    return [(name, ", ".join(by_day.get(day, [])) or "Closed") for day, name in enumerate(WEEKDAYS)]


def coming_dates(*, hours: ServiceHours, today: date) -> list[Coming]:
    """Dates of this and the next year that differ: agreed exceptions, and holidays that close."""
    agreed: dict[date, list[str]] = {}
    for row in hours.exceptions.filter(on__gte=today).order_by("on", "opens_at"):
        closed = row.opens_at is None or row.closes_at is None
        words = "Closed" if closed else _stretch(row.opens_at or 0, row.closes_at or 0)
        agreed.setdefault(row.on, []).append(f"{words} ({row.name})" if row.name else words)
    holidays = public_holidays(hours.holiday_region, today.year, today.year + 1)
    dates = {on: "Closed (public holiday)" for on in holidays if on >= today} | {
        on: ", ".join(words) for on, words in agreed.items()
    }
    return [Coming(on, words) for on, words in sorted(dates.items())]


def _stretch(opens: int, closes: int) -> str:
    return f"{_clock(opens)} to {_clock(closes)}"


def _clock(minute: int) -> str:
    days, rest = divmod(minute, 1440)
    if days == 1 and rest == 0:
        return "24:00"
    return f"{rest // 60:02}:{rest % 60:02}{' on the next day' if days else ''}"


def list_promises_by(*, reader: Membership, hours: ServiceHours) -> QuerySet[ServiceLevelTarget]:
    """The promises that count by these hours, in agreements that the reader may see."""
    visible = list_visible_agreements(reader=reader)
    rows = hours.targets.filter(agreement__in=visible).select_related("agreement")
    return rows.order_by("agreement__name", "agreement__version", "position")


def list_visible_work(*, reader: Membership) -> QuerySet[PlannedWork]:
    """Planned work on all services; for the business on those that something is promised to its units about."""
    rows = PlannedWork.objects.select_related("service", "announced_by__user", "approved_by__user")
    if not reader.is_business:
        return rows
    promised = ServiceLevelTarget.objects.filter(
        service=OuterRef("service"), agreement__in=list_visible_agreements(reader=reader)
    )
    return rows.filter(Exists(promised))


def get_work(*, reader: Membership, work_id: int) -> PlannedWork:
    """One piece of visible planned work. Raises PlannedWork.DoesNotExist."""
    return list_visible_work(reader=reader).get(pk=work_id)


def filter_work(*, work: QuerySet[PlannedWork], when: str, now: datetime) -> QuerySet[PlannedWork]:
    """Work to come, soonest first; or, asked for `past`, what has begun, latest first."""
    if when == "past":
        return work.filter(starts_at__lte=now).order_by("-starts_at", "-pk")
    return work.filter(Q(starts_at__gt=now) | Q(ends_at__gt=now)).order_by("starts_at", "pk")


def month_hours(*, hours: ServiceHours, today: date) -> list[tuple[date, int]]:
    """Minutes of service time of this month and the two after it."""
    first = today.replace(day=1)
    core = HoursBook(ids=[hours.pk]).hours(hours.pk, hours.time_zone, first.year, first.year + 1)
    edges = [add_months(first, step) for step in range(4)]
    return [
        (start, core.elapsed(midnight(start, core.tz), midnight(end, core.tz)) // 60) for start, end in pairwise(edges)
    ]
