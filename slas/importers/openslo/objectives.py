"""SLOs of a file as promises: the window as a period, each objective as a promise of its own."""

import re
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import available_timezones

from slas.importers.openslo.drafts import FileDraft, MeasureDraft, PromiseDraft, ServiceDraft
from slas.importers.openslo.indicators import MOST_DESCRIPTION, Known, address_of, read_head, read_indicator
from slas.importers.openslo.parts import Part, Remark
from slas.models import PeriodKind, TargetKind
from slas.queries.openslo_words import AGREEMENT_FIELDS, OURS, PERIODS

MOST_SENTENCE = 600
MOST_BEFORE_NUMBER = 90
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
    shared = _Shared(slug, title, cells, paths, _is_sliced(spec))
    _describe(spec, shared)
    _serve(spec, shared, file)
    _window(spec, shared, file)
    measure = _indicator(spec, known, slug)
    spec.leave({"alertPolicies": "Alerts are not part of an agreement: they are left out"})
    objectives = spec.parts("objectives")
    if not objectives:
        spec.problem("objectives", "There is no objective", "Write at least one with a target.")
    for position, objective in enumerate(objectives):
        _promise(objective, position if len(objectives) > 1 else None, shared, measure, known, file)
    spec.end()


def _is_sliced(spec: Part) -> bool:
    method = spec.text("budgetingMethod", 40)
    if method in ("Timeslices", "RatioTimeslices"):
        spec.note("budgetingMethod", f"{method}: each slice is counted as a check or a reading of its own", "")
    elif method not in ("", "Occurrences"):
        spec.problem("budgetingMethod", f"“{method}” is not known", "Write Occurrences or Timeslices.")
    return method in ("Timeslices", "RatioTimeslices")


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
    month = {"period_kind": PeriodKind.MONTH.value}
    if not windows:
        spec.note("timeWindow", "No window is given: it is judged by calendar month", "")
        shared.cells.update(month)
        return
    if len(windows) > 1:
        spec.problem("timeWindow", "There are several windows", "Keep one.")
    window = windows[0]
    duration, rolling, calendar = window.text("duration", 10), window.flag("isRolling"), window.part("calendar")
    if not DURATION.fullmatch(duration):
        window.problem("duration", f"“{duration}” is no length of time", "Write it like 1M, 1Q, 4w or 30d.")
    kind = PERIODS.get(duration) if calendar is not None and not rolling else None
    if rolling or calendar is None:
        window.note("", f"A rolling window of {duration} is judged by calendar month", "Choose another period later.")
    elif kind is None:
        window.note("duration", f"A window of {duration} is judged by calendar month", "Choose another period later.")
    shared.cells.update({"period_kind": kind.value} if kind else month)
    if calendar is not None:
        _calendar(calendar, kind, shared, file)
    window.end()


def _calendar(calendar: Part, kind: PeriodKind | None, shared: _Shared, file: FileDraft) -> None:
    start, zone = calendar.instant("startTime"), calendar.text("timeZone", 60, is_required=True)
    calendar.end()
    if start is not None and (start.day, start.hour, start.minute, start.second) != (1, 0, 0, 0):
        calendar.note("startTime", "Periods begin at midnight of the first day of a month", "")
    if start is not None and kind in (PeriodKind.QUARTER, PeriodKind.YEAR):
        shared.cells["period_start_month"] = str(start.month)
        shared.paths["period_start_month"] = calendar.at("startTime")
    if zone and zone not in available_timezones():
        calendar.problem("timeZone", f"“{zone}” is not a time zone", "Write a name such as Europe/London.")
    elif zone and file.zone not in ("", zone):
        words = f"An agreement has one time zone, and another SLO has {file.zone}"
        calendar.problem("timeZone", words, "Bring the SLOs of each zone in a file of their own.")
    file.zone = file.zone or zone


def _indicator(spec: Part, known: Known, slug: str) -> MeasureDraft | str | None:
    """The measure, or the address of one that should be here already; None where it cannot be counted."""
    inner, ref = spec.part("indicator"), spec.text("indicatorRef", 255)
    if inner is not None and ref:
        spec.problem("indicatorRef", "Both an indicator and a reference to one are given", "Keep one of them.")
    if inner is not None:
        return read_indicator(inner, known, fallback=slug)
    if ref:
        return known.indicators.get(address_of(ref), address_of(ref))
    spec.problem("indicator", "There is no indicator", "Write one, or the name of one as indicatorRef.")
    return None


def _promise(
    objective: Part,
    position: int | None,
    shared: _Shared,
    measure: MeasureDraft | str | None,
    known: Known,
    file: FileDraft,
) -> None:
    if objective.value("indicator") is not None:
        inner = objective.part("indicator")
        measure = read_indicator(inner, known, fallback=shared.slug) if inner else None
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
    many = position is not None
    name = f"{shared.title}: {title}" if many and title else shared.title
    cells = {
        "address": f"{shared.slug[:MOST_BEFORE_NUMBER]}-{(position or 0) + 1}" if many else shared.slug,
        "name": name,
        "measure": measure if isinstance(measure, str) else measure.slug,
        "kind": shared.cells.get("kind") or _kind(measure, is_sliced=shared.slices, has_limit=bool(limits)),
    }
    cells |= {"threshold": f"{threshold:f}"} if threshold is not None else {}
    cells |= shared.cells | limits
    cells.setdefault("sentence", f"{cells.get('threshold', '')} % of {name}"[:MOST_SENTENCE])
    paths = {"measure": objective.at("indicator"), "threshold": objective.path, "reading_limit": objective.at("value")}
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
    if operator in ("lt", "gt"):
        objective.note("op", "A reading that is equal to the limit counts as within it", "")
    least = "yes" if OPERATORS.get(operator) else "no"
    return {"reading_limit": f"{value.normalize() + Decimal(0):f}", "is_least": least}


def _left_out(objective: Part) -> Remark:
    return Remark(objective.document, objective.path, "No promise is made of this", "Write how it is counted.")
