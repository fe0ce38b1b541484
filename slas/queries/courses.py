"""When components and services were down and when nobody knows, from their own facts (calculation, section 11).

A stop for some of the users counts as one; slow times do not, and what both sides agreed to leave out does not either.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from slas.calculation.checks import states_of
from slas.calculation.composite import Course
from slas.calculation.intervals import Interval, clip, subtract, union
from slas.models import FactKind, Measure, Outage, ServiceLevelTarget, TargetKind
from slas.queries import evidence
from slas.queries.inputs.silence import Silence
from slas.queries.inputs.terms import maybe_seconds, seconds

# Whether it is a service, and its key.
Address = tuple[bool, int]


def list_measures(*, component_ids: Collection[int], service_ids: Collection[int]) -> dict[Address, Measure]:
    """What tells of each component and service when it was down: the measure of a promise of its time, else the first
    that counts outages or checks; one without either is left out.
    """
    promised = ServiceLevelTarget.objects.filter(measure=OuterRef("pk"), kind=TargetKind.AVAILABILITY)
    about = Q(component_id__in=component_ids) | Q(component__isnull=True, service_id__in=service_ids)
    measures = Measure.objects.filter(about, fact_kind__in=(FactKind.OUTAGES, FactKind.CHECKS))
    found: dict[Address, Measure] = {}
    for measure in measures.annotate(is_promised=Exists(promised)).order_by("-is_promised", "pk"):
        is_service = measure.component_id is None
        found.setdefault((is_service, measure.component_id or measure.service_id or 0), measure)
    return found


def read_courses(
    *, measures: Mapping[Address, Measure], span: Interval, zone: ZoneInfo, now: datetime
) -> dict[Address, Course]:
    """The course of each in the span, as far as it has come."""
    if not measures:
        return {}
    so_far = Interval(span.start, max(span.start, min(span.end, seconds(now))))
    logs = evidence.outages([each.pk for each in measures.values() if each.fact_kind == FactKind.OUTAGES], *so_far)
    longest = {each.pk: each.max_gap_seconds for each in measures.values() if each.fact_kind == FactKind.CHECKS}
    checks = evidence.checks(longest, *so_far) if longest else ()
    checked = {pk: states_of(found, so_far, longest[pk]) for pk, found in checks}
    silence = Silence(measures.values(), so_far)
    courses = {}
    for address, measure in measures.items():
        states = checked.get(measure.pk)
        down = list(states.down) if states else _down(logs.get(measure.pk, ()), so_far)
        unknown = [*(states.unknown if states else ()), *silence.of(measure, so_far, zone)]
        courses[address] = _course(down, unknown, so_far)
    return courses


def _down(rows: Sequence[Outage], span: Interval) -> list[Interval]:
    return [
        Interval(seconds(row.started_at), maybe_seconds(row.ended_at) or span.end)
        for row in rows
        if not row.is_degraded and not row.left_out_reason
    ]


def _course(down: Sequence[Interval], unknown: Sequence[Interval], span: Interval) -> Course:
    """Down beats unknown; both as far as they lie in the span."""
    stopped = tuple(union(clip(down, span)))
    return Course(stopped, tuple(subtract(union(clip(unknown, span)), stopped)))
