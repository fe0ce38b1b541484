"""Processes of the business as pages show them: steps, what they rest on, what an hour costs, when it is heavy."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalog.models import BusinessProcess, BusinessStep, LoadPeak, StepSupport
from catalog.peaks import Peak, Rule, following, present, words
from catalog.queries.processes import rule_of, rules_of
from catalog.queries.services import list_visible_services
from portal.accounts.models import Membership
from portal.language import dates
from portal.language.numbers import and_list, counted, lower_first
from reporting.models import ContextKind, ContextRequest
from reporting.queries.context import poorer_words
from reporting.queries.standstill import HourCost, list_hour_costs

SOON = 90  # days in which the next peak is worth a sentence in a list


@dataclass(frozen=True, slots=True)
class SupportLine:
    """What a step rests on; `service_slug` where the reader may open it."""

    id: int
    name: str
    role: str
    service_slug: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with what it rests on and what an hour of it costs."""

    step: BusinessStep
    supports: tuple[SupportLine, ...]
    cost: HourCost | None


@dataclass(frozen=True, slots=True)
class PeakLine:
    """When the work is heavy, in words, and who said so."""

    peak: LoadPeak
    words: str


@dataclass(frozen=True, slots=True)
class AskLine:
    """What IT asked and does not know yet, where its answer belongs."""

    request: ContextRequest
    poorer: str


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """A process as it is read and filled in."""

    process: BusinessProcess
    steps: tuple[StepLine, ...]
    peaks: tuple[PeakLine, ...]
    load: str
    asks: dict[str, list[AskLine]]
    answered: tuple[ContextRequest, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A process in the list."""

    process: BusinessProcess
    steps: str
    load: str
    missing: str


def list_rows(*, processes: Iterable[BusinessProcess], now: datetime, currency: str) -> list[ProcessRow]:
    """The rows of a page of the list."""
    held = list(processes)
    costs = list_hour_costs(steps=[step for each in held for step in each.steps.all()], currency=currency)
    return [
        ProcessRow(
            process=each,
            steps=counted(len(each.steps.all()), "steps"),
            load=load_words(rules=rules_of(each.peaks.all()), now=now, zone=each.business_unit.tenant.time_zone),
            missing=and_list(_missing(each, costs)),
        )
        for each in held
    ]


def get_process_page(*, reader: Membership, process: BusinessProcess, now: datetime, currency: str) -> ProcessPage:
    """The page of a process that the reader was allowed to see."""
    steps = list(process.steps.all())
    costs = list_hour_costs(steps=steps, currency=currency)
    seen = set(list_visible_services(reader=reader).filter(step_supports__step__in=steps).values_list("pk", flat=True))
    peaks = sorted(process.peaks.all(), key=lambda peak: peak.pk)
    return ProcessPage(
        process=process,
        steps=tuple(StepLine(step, _supports(step, seen), costs.get(step.pk)) for step in steps),
        peaks=tuple(PeakLine(peak, words(rule_of(peak))) for peak in peaks),
        load=load_words(rules=rules_of(peaks), now=now, zone=process.business_unit.tenant.time_zone),
        asks=_asks(process),
        answered=tuple(_answered(process)),
        missing=tuple(_missing(process, costs)),
    )


def load_words(*, rules: Collection[Rule], now: datetime, zone: str) -> str:
    """Whether it is heavy now and until when, or when it is next; nothing where no peak is near or named."""
    place = ZoneInfo(zone)
    if on := present(rules, now, place):
        return _("Heavy now: %(what)s, until %(until)s") % {"what": _called(on[0]), "until": _until(on[0], place)}
    peak = following(rules, now, place)
    if peak is None or (peak.started_at - now).days > SOON:
        return ""
    start = dates.moment(peak.started_at.astimezone(place))
    return _("Heavy next: %(what)s, from %(start)s") % {"what": _called(peak), "start": start}


def list_askable(*, request: ContextRequest) -> list[BusinessProcess]:
    """Where the answer to a question can be filled in: the process that it is about, or any one of the unit."""
    if request.kind == ContextKind.OTHER or request.answered_at is not None:
        return []
    own = BusinessProcess.objects.filter(business_unit=request.business_unit_id).order_by("name")
    return list(own.filter(pk=request.process_id) if request.process_id else own)


def told_words(*, process: BusinessProcess, kind: str, currency: str) -> str:
    """What the process says of a kind of question, as an answer to it; nothing where it says nothing yet."""
    steps = list(process.steps.order_by("position"))
    if kind == ContextKind.PEAKS:
        rules = rules_of(process.peaks.all())
        return ". ".join(f"{rule.name}: {lower_first(words(rule))}" if rule.name else words(rule) for rule in rules)
    if kind == ContextKind.HOUR:
        costs = list_hour_costs(steps=steps, currency=currency)
        return ". ".join(f"{step.name}: {costs[step.pk].words}" for step in steps if step.pk in costs)
    if kind == ContextKind.OWNERS:
        owner = process.owner
        return f"{process.name}: {owner.user.name}" if owner else ""
    if kind == ContextKind.PROCESS and steps:
        return f"{process.purpose} " + _("In steps: %(steps)s.") % {"steps": and_list([step.name for step in steps])}
    return ""


def _called(peak: Peak) -> str:
    return peak.rule.name or lower_first(words(peak.rule))


def _until(peak: Peak, place: ZoneInfo) -> str:
    """The last day of whole days, otherwise the time."""
    end = peak.ended_at.astimezone(place)
    if peak.rule.is_whole_day:
        return dates.weekday_day(end.date() - timedelta(days=1))
    return dates.clock(end)


def _supports(step: BusinessStep, seen: Collection[int]) -> tuple[SupportLine, ...]:
    return tuple(_support(row, seen) for row in step.supports.all())


def _support(row: StepSupport, seen: Collection[int]) -> SupportLine:
    slug = row.service.slug if row.service and row.service.pk in seen else ""
    return SupportLine(row.pk, str(row.service or row.component), row.role, slug)


def _asks(process: BusinessProcess) -> dict[str, list[AskLine]]:
    """What IT asked of this process, or of its unit without naming one, by kind; the oldest first."""
    about = Q(process=process) | Q(process=None, business_unit=process.business_unit_id)
    rows = ContextRequest.objects.filter(about, answered_at=None).exclude(kind=ContextKind.OTHER)
    found: dict[str, list[AskLine]] = {}
    for row in rows.select_related("asked_by__user").order_by("due_on", "pk"):
        found.setdefault(row.kind, []).append(AskLine(row, poorer_words(request=row)))
    return found


def _answered(process: BusinessProcess) -> QuerySet[ContextRequest]:
    rows = process.context_requests.exclude(answered_at=None)
    return rows.select_related("asked_by__user", "answered_by__user").order_by("-answered_at", "-pk")


def _missing(process: BusinessProcess, costs: dict[int, HourCost]) -> list[str]:
    """What is not said yet, in words that end a sentence which begins with “Not said yet:”."""
    steps = list(process.steps.all())
    found = [] if process.owner_id else [_("who answers for it")]
    if not steps:
        return [*found, _("its steps")]
    if any(not step.supports.all() for step in steps):
        found.append(_("what each step rests on"))
    if not all(step.pk in costs for step in steps):
        found.append(_("what an hour of each step costs"))
    return found if process.peaks.all() else [*found, _("when it is heavy")]
