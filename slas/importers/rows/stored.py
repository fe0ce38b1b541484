"""Rows beside what is stored: what they would break is refused by row, and what they leave open is told."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date

from catalog.importers.files import RowProblem, shown
from slas.calculation.periods import Period
from slas.importers.rows.reading import Reading
from slas.models import Case, Measure
from slas.queries.approvals import approved_pauses, as_approved
from slas.queries.merges import circles_in, goes_on_in, stored_beside
from slas.queries.months_away import months_away
from slas.queries.rows import CaseRow, CheckRow, ReadingRow, Row, own_key, plain
from slas.queries.targets import judged_targets


def compare_with_stored(reading: Reading, *, measure: Measure, is_pushed: bool) -> None:
    """Take out of the reading, each named by its row, checks and readings of a month that was taken away, and cases
    that would be merged in a circle.

    Told are cases that were merged into one that is not known or is left out, or whose priority a promise does not
    count that counts theirs, and of `is_pushed` rows pauses that are not any more as they were approved.
    """
    if any(isinstance(row, CheckRow | ReadingRow) for row in reading.rows[:1]):
        _without_months_away(reading)
    cases = [row for row in reading.rows if isinstance(row, CaseRow)]
    if any(row.merged_into for row in cases):
        cases = _without_circles(reading, cases, measure)
    if is_pushed and any(row.pauses for row in cases):
        reading.warnings += _lost_approvals(reading, cases, measure)
    for problems in (reading.errors, reading.warnings):
        problems.sort(key=lambda problem: problem.row)


def _without_months_away(reading: Reading) -> None:
    away = months_away()
    if not away:
        return
    rows, reading.rows = reading.rows, []
    for row in rows:
        month = _month_of(row)
        if month not in away:
            reading.rows.append(row)
            continue
        what = f"The checks and readings of {Period.containing(month).label} were taken away"
        to_do = "Leave it out, or have them put back and send it again."
        reading.errors.append(RowProblem(reading.numbers[own_key(row)], "at", what, to_do))
        reading.refused += 1


def _month_of(row: Row) -> date:
    """The first day of the UTC month of a check or reading."""
    on: date = own_key(row).astimezone(UTC).date()
    return on.replace(day=1)


def _without_circles(reading: Reading, cases: list[CaseRow], measure: Measure) -> list[CaseRow]:
    stored = stored_beside(measure.pk, cases)
    circles = circles_in(cases, stored)
    what, to_do = "Cases would be merged in a circle", "Say which of them goes on: it is merged into none."
    reading.errors += [RowProblem(reading.numbers[key], "merged_into", what, to_do) for key in circles]
    reading.refused += len(circles)
    cases = [row for row in cases if row.key not in circles]
    reading.rows = list(cases)
    counting = {key for key, case in stored.items() if not case.excluded_reason} - {row.key for row in cases}
    counting |= {row.key for row in cases if not row.excluded_reason}
    reading.warnings += [
        RowProblem(
            reading.numbers[row.key],
            "merged_into",
            f"{shown(row.merged_into)} is not known, or left out, so that {shown(row.key)} counts itself",
            "Bring the case that goes on.",
        )
        for row in cases
        if row.merged_into and row.merged_into not in counting
    ]
    reading.warnings += _lost_to_promises(reading, cases, measure, {**stored, **{row.key: row for row in cases}})
    return cases


def _lost_to_promises(
    reading: Reading, cases: list[CaseRow], measure: Measure, known: Mapping[str, Case | CaseRow]
) -> Iterator[RowProblem]:
    """Cases of a priority that a promise counts, which go on in one of another that it does not count."""
    promises = judged_targets().filter(measure=measure).exclude(priorities=[])
    counted = {target.name: set(target.priorities) for target in promises}
    for row in cases:
        last = goes_on_in(row.key, known) if row.merged_into else None
        if last is not None:
            names = [name for name, some in counted.items() if row.priority in some and last.priority not in some]
            if names:
                yield RowProblem(
                    reading.numbers[row.key],
                    "merged_into",
                    f"{shown(row.key)} goes on in {shown(last.key)}, whose priority is {shown(last.priority)}: no more"
                    f" is judged of it under {', '.join(f'“{name}”' for name in names)}",
                    "Check both priorities, and which case goes on.",
                )


def _lost_approvals(reading: Reading, cases: list[CaseRow], measure: Measure) -> Iterator[RowProblem]:
    approved = approved_pauses(measure_ids=[measure.pk])
    for row in cases:
        for pause in row.pauses:
            held = approved.get((measure.pk, row.key, *pause.place))
            if pause.entered_at is None or pause.entered_at <= pause.started_at:
                continue  # it counts from its start, whoever approved it
            if held is not None and not as_approved(measure.pk, row.key, pause, approved).approved_by:
                yield RowProblem(
                    reading.numbers[row.key],
                    "pauses",
                    f"The pause from {plain(pause.started_at)} is not the one that {held.approved_by} approved",
                    "It counts from its entry until two people bring it again with who approved it.",
                )
