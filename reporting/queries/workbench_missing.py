"""Sources whose data of the closing month is missing, and which promises cannot be judged because of that."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.language import dates
from portal.language.numbers import and_list, bare_percent, counted, exact
from reporting.queries.workbench_desk import Desk
from slas.calculation.periods import add_months
from slas.calculation.status import Status
from slas.models import Attainment, DataGap
from slas.queries.attainments import newest_attainments

RUN = 3  # as many days in a row are said as a range
JUDGEMENTS = {
    "kept": "Kept even if all of it was bad.",
    "missed": "Missed even if all of it was good.",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One source: which days are missing, how much is covered, and what it touches."""

    measure_slug: str
    name: str
    days: str
    coverage: str
    touches: str


def list_missing(*, desk: Desk) -> list[Missing]:
    """By source, in the order of their names."""
    end = add_months(desk.closing, 1)
    rows = (
        newest_attainments()
        .filter(desk.own_targets(), status=Status.DATA_GAP.value, period_end=end)
        .defer("proof")
        .select_related("target__measure", "target__agreement__customer")
        .order_by("target__measure__name", "pk")
    )
    by_measure: dict[int, list[Attainment]] = defaultdict(list)
    for row in rows:
        by_measure[row.target.measure_id].append(row)
    gaps = _gap_days(list(by_measure), desk.closing, end, desk.calendar.hours.tz)
    return [_missing(found, gaps.get(measure_id, [])) for measure_id, found in by_measure.items()]


def _missing(rows: Sequence[Attainment], gaps: Collection[date]) -> Missing:
    first = rows[0]
    unknown = {date.fromisoformat(on) for row in rows for on in row.result.get("unknown_dates") or []}
    coverage = first.result.get("coverage")
    said = f"Coverage {bare_percent(exact(coverage), 0)} %" if coverage else "No data"
    units = sorted({row.target.agreement.customer.name for row in rows})
    certain = {row.result.get("certain") for row in rows}
    judged = JUDGEMENTS.get(next(iter(certain)) or "", "") if len(certain) == 1 else ""
    return Missing(
        measure_slug=first.target.measure.slug,
        name=first.target.measure.name,
        days=days_words(sorted(unknown or gaps)),
        coverage=f"{said}, {first.target.minimum_coverage.normalize():f} % agreed",
        touches=f"{counted(len(rows), 'promises')}, {and_list(units)}. {judged or 'Result could be kept or missed.'}",
    )


def _gap_days(measure_ids: Collection[int], first: date, end: date, zone: ZoneInfo) -> dict[int, list[date]]:
    """The dates of the month that known gaps touch, where the tenant is."""
    from_, until = (datetime.combine(on, time.min, zone) for on in (first, end))
    days: dict[int, set[date]] = defaultdict(set)
    rows = DataGap.objects.filter(measure_id__in=measure_ids, started_at__lt=until, ended_at__gt=from_)
    for measure_id, started_at, ended_at in rows.values_list("measure_id", "started_at", "ended_at"):
        on = max(started_at, from_).astimezone(zone).date()
        last = (min(ended_at, until) - timedelta(seconds=1)).astimezone(zone).date()
        days[measure_id].update(on + timedelta(days=offset) for offset in range((last - on).days + 1))
    return {pk: sorted(found) for pk, found in days.items()}


def days_words(days: Sequence[date]) -> str:
    """13, 14 and 20 Oct; 29 to 31 Oct; all in one month."""
    if not days:
        return ""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        if len(run) >= RUN:
            said.append(f"{run[0].day} to {run[-1].day}")
        else:
            said += [str(day.day) for day in run]
    return f"{and_list(said)} {dates.month_short(days[0])}"
