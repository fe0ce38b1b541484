"""What a month without a service cost, part by part, over all services that it stands on (calculation, section 11).

The figure comes from the parts' own facts, under the hours and exclusions of the service's own promise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from catalog.models import Service
from portal.accounts.models import Membership
from portal.language.durations import exact_time
from portal.language.numbers import percent
from reporting.queries.services_detail import get_main_target
from reporting.queries.services_months import get_shown_month
from reporting.queries.services_whole import Leaf, Whole, load_whole
from slas.calculation.attribution import CompositeFigure, Sharing, attribute_loss, prove_composite
from slas.calculation.availability import AvailabilityTerms
from slas.calculation.composite import Course, Part
from slas.calculation.intervals import Interval, clip, measure
from slas.calculation.periods import Period, add_months
from slas.calculation.planned_work import PlannedWork
from slas.calculation.proof import check_code
from slas.calculation.service_hours import ServiceHours
from slas.models import ServiceLevelTarget
from slas.queries.courses import list_measures, read_courses
from slas.queries.hours import HoursBook
from slas.queries.inputs.availability import AvailabilitySource
from slas.queries.targets import period_of, slot_of

MONTHS = 24  # so far back a month can be looked at


@dataclass(frozen=True, slots=True)
class PartLoss:
    """One part: the time that it alone cost, and with others, what it answers for, and what nobody knows of it."""

    name: str
    slug: str
    is_service: bool
    path: str
    alone: str
    shared: str
    answers: str
    seconds: int
    unknown: str
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A month of a service from the facts of its parts; `share` is empty where too little is known to judge."""

    month: date
    share: str
    lost: str
    lost_seconds: int
    counted: str
    coverage: str
    parts: tuple[PartLoss, ...]
    unmeasured: tuple[str, ...]
    no_part: str
    promised: str
    code: str
    earlier: date | None
    later: date | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """The time that is looked at, and what was agreed about it."""

    span: Interval
    terms: AvailabilityTerms
    works: tuple[PlannedWork, ...]


def get_lost(
    *, reader: Membership, service: Service, wanted: date | None, now: datetime, today: date, time_zone: str
) -> Lost | None:
    """What a month cost, the last one that the reader gets unless another is wanted.

    None while the service says of nothing what it is made of, or there is no month.
    """
    last, whole = get_shown_month(reader=reader, today=today), load_whole(service=service)
    if last is None or whole is None:
        return None
    first = add_months(last, -MONTHS)
    month = wanted if wanted is not None and first <= wanted <= last else last
    target = get_main_target(reader=reader, service=service)
    frame = _frame(target, month, now, time_zone)
    zone = ZoneInfo(target.agreement.time_zone if target else time_zone)
    measures = list_measures(
        component_ids=[leaf.row_id for leaf in whole.leaves.values() if not leaf.is_service],
        service_ids=[leaf.row_id for leaf in whole.leaves.values() if leaf.is_service],
    )
    courses = read_courses(measures=measures, span=frame.span, zone=zone, now=now)
    nothing = Course((), (frame.span,))
    part = whole.part(lambda leaf: courses.get(leaf.address, nothing))
    figure = attribute_loss(frame.span, frame.terms, part, Sharing.EQUALLY, frame.works)
    parts = _parts(whole, figure, {leaf.key: courses.get(leaf.address) for leaf in whole.leaves.values()})
    ends = (add_months(month, -1) if month > first else None, add_months(month, 1) if month < last else None)
    return _lost(month, figure, parts, target, _code(frame, part, figure), ends)


def _frame(target: ServiceLevelTarget | None, month: date, now: datetime, time_zone: str) -> _Frame:
    """The month under the promise of the service's time; round the clock where nothing is promised about it."""
    period = Period(month.year, month.month)
    slot = slot_of(target, period_of(target, month), now) if target is not None else None
    if target is None or slot is None:
        span = period.bounds(ZoneInfo(time_zone))
        return _Frame(span, AvailabilityTerms(ServiceHours.always(time_zone)), ())
    ids = [target.service_hours_id] if target.service_hours_id else []
    read = AvailabilitySource([slot], HoursBook(ids=ids), now).inputs(slot)
    found = list(clip([period.bounds(slot.zone)], slot.span))
    span = found[0] if found else slot.span
    return _Frame(span, read.terms.within(span), read.facts.planned_works)


def _parts(whole: Whole, figure: CompositeFigure, courses: Mapping[str, Course | None]) -> tuple[PartLoss, ...]:
    """What cost most comes first; the times add up to the second."""
    answered = in_whole_seconds([*(loss.charged for loss in figure.losses), figure.not_charged])
    lines = [
        _line(whole.leaves[loss.name], loss.exclusive, loss.shared, seconds, courses[loss.name])
        for loss, seconds in zip(figure.losses, answered, strict=False)
    ]
    return tuple(sorted(lines, key=lambda line: -line.seconds))


def _line(leaf: Leaf, alone: int, shared: int, seconds: int, course: Course | None) -> PartLoss:
    unknown = measure(course.unknown) if course else 0
    return PartLoss(
        name=leaf.name,
        slug=leaf.slug,
        is_service=leaf.is_service,
        path=", ".join(leaf.path),
        alone=exact_time(alone) if alone else "",
        shared=exact_time(shared) if shared else "",
        answers=exact_time(seconds) if seconds else "",
        seconds=seconds,
        unknown=exact_time(unknown) if unknown else "",
        is_measured=course is not None,
    )


def in_whole_seconds(parts: Sequence[Fraction]) -> list[int]:
    """Whole seconds that add up to the whole, rounded up: what is left over goes to the largest remainders, the first
    of equal ones.
    """
    whole = -(-sum(parts, Fraction(0)) // 1)
    found = [int(part // 1) for part in parts]
    left = whole - sum(found)
    order = sorted(range(len(parts)), key=lambda at: (-(parts[at] % 1), at))
    for at in order[:left]:
        found[at] += 1
    return found


def _code(frame: _Frame, part: Part, figure: CompositeFigure) -> str:
    return check_code(prove_composite(frame.span, frame.terms, part, figure, frame.works).digest)


def _lost(
    month: date,
    figure: CompositeFigure,
    parts: tuple[PartLoss, ...],
    target: ServiceLevelTarget | None,
    code: str,
    ends: tuple[date | None, date | None],
) -> Lost:
    whole = figure.availability
    decimals = target.decimals if target else 1
    is_judged = whole.share is not None and whole.coverage is not None and whole.coverage >= whole.minimum_coverage
    rest = in_whole_seconds([*(loss.charged for loss in figure.losses), figure.not_charged])
    return Lost(
        month=month,
        share=percent(whole.share, decimals) if is_judged and whole.share is not None else "",
        lost=exact_time(sum(rest)),
        lost_seconds=sum(rest),
        counted=exact_time(whole.counted_seconds),
        coverage=percent(whole.coverage, 1) if whole.coverage is not None else "",
        parts=parts,
        unmeasured=tuple(part.name for part in parts if not part.is_measured),
        no_part=exact_time(rest[-1]) if rest[-1] else "",
        promised=f"{target.threshold.normalize():f} %" if target and target.threshold is not None else "",
        code=code,
        earlier=ends[0],
        later=ends[1],
    )
