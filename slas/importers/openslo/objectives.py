"""SLOs of a file as promises: the window as a period, each objective as a promise of its own."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import available_timezones

from slas.importers.openslo.drafts import FileDraft, MeasureDraft, PromiseDraft, ServiceDraft
from slas.importers.openslo.indicators import (
    MOST_DESCRIPTION,
    Known,
    address_of,
    has_indicator,
    named_indicator,
    read_head,
)
from slas.importers.openslo.parts import Part, Remark
from slas.models import PeriodKind, TargetKind
from slas.queries.openslo_words import AGREEMENT_FIELDS, OURS, PERIODS

MOST_SENTENCE = 600
MOST_BEFORE_NUMBER = 90
MEAN_OF_SLICES = "RatioTimeslices"
DURATION = re.compile(r"[1-9][0-9]{0,4}[mhdwMQY]")
# How readings are compared, and whether they must be at least so high.
OPERATORS = {"lte": False, "gte": True, "lt": False, "gt": True}


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all objectives of an SLO have in common."""

    slug: str
    title: str
    cells: dict[str, str]
    paths: dict[str, str]
    slices: bool


def read_slo(part: Part, known: Known, file: FileDraft, columns: frozenset[str]) -> None:
    """The promises of an SLO. `columns` are those of a table of promises whose cells our annotations carry."""
    own = tuple(sorted(columns))
    slug, title, ours = read_head(part, ours=(*own, *AGREEMENT_FIELDS))
    spec = part.part("spec")
    part.end()
    if spec is None:
        part.problem("spec", "This is missing", "Say which indicator and which objective it has.")
        return
    for name in AGREEMENT_FIELDS:
        if name in ours:
            file.agreement.setdefault(name, ours[name])
    cells = {name: ours[name] for name in own if name in ours}
    paths = {name: f"metadata.annotations.{OURS}{name}" for name in cells}
    head = part.body.get("metadata")
    if isinstance(head, dict) and head.get("displayName"):
        paths["name"] = "metadata.displayName"  # without it, its address stands in for a name
    method = _method(spec)
    if method == MEAN_OF_SLICES:
        words = f"{method}: a mean of shares is no figure here, so this SLO is left out"
        spec.note("budgetingMethod", words, "Write Occurrences, so that all units count alike.")
        return
    shared = _Shared(slug, title, cells, paths, method == "Timeslices")
    _describe(spec, shared)
    _serve(spec, shared, file)
    _window(spec, shared, file)
    _promises(spec, shared, known, file)
    spec.leave({"alertPolicies": "Alerts are not part of an agreement: they are left out"})
    spec.end()


def _method(spec: Part) -> str:
    """How the source counts. A mean of the shares of slices is no pooled share (calculation, section 10)."""
    method = spec.text("budgetingMethod", 40)
    if method == "Timeslices":
        spec.note("budgetingMethod", f"{method}: each slice is counted as a check or a reading of its own", "")
    elif method not in ("", "Occurrences", MEAN_OF_SLICES):
        spec.problem("budgetingMethod", f"“{method}” is not known", "Write Occurrences or Timeslices.")
    return method


def _promises(spec: Part, shared: _Shared, known: Known, file: FileDraft) -> None:
    """Each objective; those of a composite SLO have indicators of their own."""
    measure = named_indicator(spec, known, fallback=shared.slug)
    objectives = spec.parts("objectives")
    if not objectives:
        spec.problem("objectives", "There is no objective", "Write at least one with a target.")
    elif not has_indicator(spec) and not all(map(has_indicator, objectives)):
        spec.problem("indicator", "There is no indicator", "Write one, or the name of one as indicatorRef.")
    if any(map(has_indicator, objectives)):
        spec.note("objectives", "A composite SLO: each of its objectives becomes a promise of its own", "")
    for position, objective in enumerate(objectives):
        _promise(objective, position if len(objectives) > 1 else None, shared, measure, known, file)


def _describe(spec: Part, shared: _Shared) -> None:
    text = spec.text("description", MOST_DESCRIPTION)
    name = "sentence" if len(text) <= MOST_SENTENCE else "meaning"
    if name == "meaning":
        spec.note("description", f"Longer than {MOST_SENTENCE} characters: it becomes the agreed meaning", "")
    if text and name not in shared.cells:
        shared.cells[name] = text if name == "sentence" else " ".join(text.split())
        shared.paths[name] = spec.at("description")


def _serve(spec: Part, shared: _Shared, file: FileDraft) -> None:
    name = spec.text("service", 255)
    shared.paths["service"] = spec.at("service")
    if not name:
        return
    slug = address_of(name)
    shared.cells["service"] = slug
    if slug and slug not in file.services:
        words = "Only its name is known"
        file.services[slug] = ServiceDraft(slug, name[:200], "", "", spec, "service")
        spec.note("service", f"“{name[:60]}” is not described in the file. {words}", "")


def _window(spec: Part, shared: _Shared, file: FileDraft) -> None:
    """The calendar period by which it is judged, and in which zone its days begin."""
    windows = spec.parts("timeWindow")
    if not windows:
        spec.note("timeWindow", "No window is given: a new promise is judged by calendar month", "")
        shared.cells["period_kind"] = PeriodKind.MONTH.value
        return
    if len(windows) > 1:
        spec.problem("timeWindow", "There are several windows", "Keep one.")
    window = windows[0]
    shared.paths["period_kind"] = window.at("duration")
    duration, rolling, calendar = window.text("duration", 10), window.flag("isRolling"), window.part("calendar")
    if not DURATION.fullmatch(duration):
        window.problem("duration", f"“{duration}” is no length of time", "Write it like 1M, 1Q, 4w or 30d.")
    kind = PERIODS.get(duration)
    start = _start(calendar, file) if calendar is not None else None
    if rolling or calendar is None:
        kind = _otherwise(window, "", f"A rolling window of {duration} is judged anew each moment", file)
    elif kind is None:
        kind = _otherwise(window, "duration", f"{duration} is no calendar month, quarter or year", file)
    elif start is not None and (start.day, start.time()) != (1, time()):
        _otherwise(window, "calendar.startTime", "Months begin at midnight of their first day", file, kind)
    shared.cells["period_kind"] = kind.value
    if start is not None and kind != PeriodKind.MONTH:
        shared.cells["period_start_month"] = str(start.month)
        shared.paths["period_start_month"] = f"{window.path}.calendar.startTime"
    window.end()


def _otherwise(window: Part, field: str, why: str, file: FileDraft, kind: PeriodKind = PeriodKind.MONTH) -> PeriodKind:
    """In another window another thing is promised: it is taken for a calendar period only where that was chosen."""
    if file.is_by_calendar:
        window.note(field, f"{why}: it is judged by calendar {kind.value}, as you chose", "")
    else:
        window.problem(field, why, "Choose to judge such windows by the calendar, or write 1M, 1Q or 1Y.")
    return kind


def _start(calendar: Part, file: FileDraft) -> datetime | None:
    start, zone = calendar.instant("startTime"), calendar.text("timeZone", 60, is_required=True)
    calendar.end()
    if zone and zone not in available_timezones():
        calendar.problem("timeZone", f"“{zone}” is not a time zone", "Write a name such as Europe/London.")
    elif zone and file.zone not in ("", zone):
        words = f"An agreement has one time zone, and another SLO has {file.zone}"
        calendar.problem("timeZone", words, "Bring the SLOs of each zone in a file of their own.")
    file.zone = file.zone or zone
    return start


def _promise(
    objective: Part,
    position: int | None,
    shared: _Shared,
    measure: MeasureDraft | str | None,
    known: Known,
    file: FileDraft,
) -> None:
    many = position is not None
    address = f"{shared.slug[:MOST_BEFORE_NUMBER]}-{(position or 0) + 1}" if many else shared.slug
    if has_indicator(objective):
        measure = named_indicator(objective, known, fallback=address)
    objective.leave(
        {
            "compositeWeight": "Weights are not kept: each objective is a promise of its own",
            "timeSliceTarget": "The source decides which slice was good",
            "timeSliceWindow": "The source decides how long a slice is",
        }
    )
    title = objective.text("displayName", 200)
    threshold = _threshold(objective)
    limits = _limits(objective, measure)
    objective.end()
    if measure is None:
        file.report.notes.append(_left_out(objective))
        return
    name = f"{shared.title}: {title}" if many and title else shared.title
    cells = {
        "address": address,
        "name": name,
        "measure": measure if isinstance(measure, str) else measure.slug,
        "kind": shared.cells.get("kind") or _kind(measure, is_sliced=shared.slices, has_limit=bool(limits)),
    }
    cells |= {"threshold": f"{threshold:f}"} if threshold is not None else {}
    cells |= shared.cells | limits
    cells.setdefault("sentence", f"{cells.get('threshold', '')} % of {name}"[:MOST_SENTENCE])
    paths = {"measure": objective.at("indicator"), "threshold": objective.path, "reading_limit": objective.at("value")}
    paths |= {"name": objective.at("displayName")} if many and title else {}
    draft = None if isinstance(measure, str) else measure
    file.promises.append(PromiseDraft(cells, paths | shared.paths, objective, draft))


def _kind(measure: MeasureDraft | str, *, is_sliced: bool, has_limit: bool) -> str:
    """Readings have a limit; slices of a ratio are checks, all other ratios are counts."""
    is_threshold = has_limit if isinstance(measure, str) else measure.is_threshold
    if is_threshold:
        return TargetKind.READINGS.value
    return TargetKind.AVAILABILITY.value if is_sliced else TargetKind.VOLUME.value


def _threshold(objective: Part) -> Decimal | None:
    share, percent = objective.number("target"), objective.number("targetPercent")
    if (share is None) == (percent is None):
        objective.problem("", "One of target and targetPercent is needed", "Write what is promised, like 99.5.")
        return None
    percent = share * 100 if percent is None and share is not None else percent
    if percent is not None and not 0 <= percent <= 100:
        objective.problem("", "The target is no share of the whole", "Write 0 to 1 as target, or 0 to 100 as percent.")
        return None
    return None if percent is None else percent.normalize() + Decimal(0)


def _limits(objective: Part, measure: MeasureDraft | str | None) -> dict[str, str]:
    operator, value = objective.text("op", 10), objective.number("value")
    if isinstance(measure, MeasureDraft) and not measure.is_threshold:
        if value is not None:
            objective.note("value", "A ratio has no limit: what is good is decided where it is counted", "")
        return {}
    if operator and operator not in OPERATORS:
        objective.problem("op", f"“{operator}” is not known", f"Write one of: {', '.join(OPERATORS)}.")
    if value is None:
        return {}
    if not operator:
        words = "It is not said whether readings are good above the limit or below it"
        objective.problem("op", words, "Write lte or gte.")
    if operator in ("lt", "gt"):
        objective.note("op", "A reading that is equal to the limit counts as within it", "")
    least = "yes" if OPERATORS.get(operator) else "no"
    return {"reading_limit": f"{value.normalize() + Decimal(0):f}", "is_least": least}


def _left_out(objective: Part) -> Remark:
    return Remark(objective.document, objective.path, "No promise is made of this", "Write how it is counted.")
