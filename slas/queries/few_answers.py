"""Which survey rounds keep their answers, because a reader could tell who gave which (calculation, section 8)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from slas.calculation.periods import Period, PeriodKind
from slas.calculation.satisfaction import FEWEST_SHOWN
from slas.models import FactKind, Measure, MeasurementRevision, ServiceLevelTarget, SurveyCount
from slas.queries.rows import Row, SurveyRow, has_few_answers

Length = tuple[PeriodKind, int]  # how long a period is, and in which month years start


@dataclass(frozen=True)
class FewAnswers:
    """How long the periods are over which a measure is judged, and which of them hold a round with few answers."""

    lengths: frozenset[Length] = frozenset()
    periods: frozenset[Period] = frozenset()

    def hides(self, row: Row) -> bool:
        """Whether the answers of a row are not shown: they are few, or with the figure they would tell the few."""
        if not isinstance(row, SurveyRow):
            return False
        return has_few_answers(row) or not self.periods.isdisjoint(_periods_of(row.on, self.lengths))


def find_few_answers(*, measure: Measure, rows: Iterable[Row] = ()) -> FewAnswers:
    """Where a measure has few answers, or had some before they were corrected, and in rows that do not count yet.

    The figure of a period is the sum of its rounds: what one says of itself is what the others leave.
    """
    if measure.fact_kind != FactKind.SURVEYS:
        return FewAnswers()
    lengths = lengths_of([measure.pk]).get(measure.pk, frozenset())
    few = {*_stored(measure), *(row.on for row in rows if isinstance(row, SurveyRow) and has_few_answers(row))}
    return FewAnswers(lengths, frozenset(period for on in few for period in _periods_of(on, lengths)))


def lengths_of(measure_ids: Iterable[int]) -> dict[int, frozenset[Length]]:
    """How long the periods are over which each measure is judged."""
    judged = ServiceLevelTarget.objects.filter(measure_id__in=list(measure_ids)).order_by().distinct()
    found: dict[int, set[Length]] = defaultdict(set)
    for pk, kind, month in judged.values_list("measure_id", "period_kind", "period_start_month"):
        found[pk].add((PeriodKind(kind), month))
    return {pk: frozenset(lengths) for pk, lengths in found.items()}


def _stored(measure: Measure) -> Iterator[date]:
    few = {"answers__gt": 0, "answers__lt": FEWEST_SHOWN}
    yield from SurveyCount.objects.filter(measure_id=measure.pk, **few).values_list("on", flat=True)
    before = Q(**{f"old__{name}": value for name, value in few.items()})
    corrected = MeasurementRevision.objects.filter(before, measure_id=measure.pk, fact=FactKind.SURVEYS)
    yield from map(date.fromisoformat, corrected.values_list("key", flat=True))


def _periods_of(on: date, lengths: Iterable[Length]) -> Iterator[Period]:
    return (Period.containing(on, kind, month) for kind, month in lengths)
