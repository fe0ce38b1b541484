"""Why an input of a figure is another than it was: what came through the front door since, by fact and by measure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from portal.audit.models import AuditEntry
from portal.language import dates
from slas.calculation.differences import Difference
from slas.models import Attainment, BatchState, FactBatch, FactKind, MeasurementRevision, PlannedWork
from slas.queries.facts import TABLES, find_rows, list_facts
from slas.queries.rows import COVERED, GAPS, ROWS, Row, from_plain, key_words, plain

# Where the facts of each kind stand among the inputs, before their key.
KEYED = {
    FactKind.OUTAGES: ("facts", "outages"),
    FactKind.CASES: ("cases",),
    FactKind.OCCASIONS: ("records",),
    FactKind.VOLUMES: ("records",),
}
WORKS = ("facts", "planned_works")
SUMS = "figure"  # what is added up of the facts
TERMS = frozenset({"terms", "target", "close", "schedule", "rule", "policy", "minimum_coverage", "span", "limit"})

_ONE_DAY = timedelta(days=1)


class Corrections:
    """What was recorded about the facts and terms of a figure since it was calculated."""

    def __init__(self, attainment: Attainment, changed: Iterable[Difference]) -> None:
        self._attainment, self._target, self._since = attainment, attainment.target, attainment.computed_at
        self._measure = attainment.target.measure
        self._fact = FactKind(self._measure.fact_kind)
        self._root = KEYED.get(self._fact, ())
        self._changed = tuple(changed)

    def told(self, difference: Difference) -> str:
        """The correction that explains the difference, in words; empty where none is recorded."""
        place = difference.place
        if place[0] in TERMS:
            return self._act(("hours.", "target.", "agreement.", "measure."))
        if place[: len(WORKS)] == WORKS and len(place) > len(WORKS):
            return self._act_on_work(place[len(WORKS)])
        if self._root and place[: len(self._root)] == self._root and len(place) > len(self._root):
            is_new = len(place) == len(self._root) + 1 and difference.said is None
            return self._of_fact(place[len(self._root)], is_new=is_new)
        if place[0] == SUMS and self._root and not any(each.place[0] == SUMS for each in self._changed[:1]):
            return self.told(self._changed[0])
        return self._of_measure()

    def _of_fact(self, name: str, *, is_new: bool) -> str:
        """The newest value that came in for the fact, if it is the one that is stored; else nobody recorded it.

        What was known then changes by a correction alone; what was not may have come with a batch.
        """
        key = self._key(name)
        if key is None:
            return self._of_measure()
        row = self._rows.get(key)
        last = self._revisions.get(str(plain(key)))
        if row is not None and last is not None:
            return _batch(last.batch_id, last.at, last.reason) if from_plain(self._fact, last.new) == row else ""
        batch = self._batches.get(self._batch_of.get(key, 0))
        if not is_new or row is None or batch is None or (batch.rows and row not in _rows(batch)):
            return ""
        return _batch(batch.pk, batch.decided_at or batch.brought_at, batch.reason)

    def _key(self, name: str) -> Any:
        if self._fact == FactKind.CASES:
            return name
        try:
            return (datetime if self._fact == FactKind.OUTAGES else date).fromisoformat(name)
        except ValueError:
            return None  # what checks found, and sums, are no facts of their own

    @cached_property
    def _keys(self) -> list[Any]:
        depth = len(self._root)
        names = {each.place[depth] for each in self._changed if each.place[:depth] == self._root != each.place}
        return [key for name in names if (key := self._key(name)) is not None]

    @cached_property
    def _rows(self) -> Mapping[Any, Row]:
        found = find_rows(fact=self._fact, wanted={self._measure.pk: self._keys})
        return {key: row for (_pk, key), row in found.items()}

    @cached_property
    def _batch_of(self) -> Mapping[Any, int]:
        own = ROWS[self._fact].KEY[0]
        stored = TABLES[self._fact]._default_manager.filter(measure_id=self._measure.pk, **{f"{own}__in": self._keys})
        return {key: pk for key, pk in stored.values_list(own, "batch_id") if pk}

    @cached_property
    def _revisions(self) -> Mapping[str, MeasurementRevision]:
        since = MeasurementRevision.objects.filter(measure_id=self._measure.pk, at__gte=self._since)
        words = [key_words(row) for row in self._rows.values()]
        return {each.key: each for each in since.filter(fact=self._fact, key__in=words).order_by("at", "pk")}

    @cached_property
    def _batches(self) -> Mapping[int, FactBatch]:
        """The batches that count since."""
        since = FactBatch.objects.filter(measure=self._measure, state=BatchState.COUNTED, decided_at__gt=self._since)
        return {each.pk: each for each in since.order_by("decided_at", "pk")}

    def _of_measure(self) -> str:
        """Where no single fact can be named: the last batch that brought some of them, or a change of the settings."""
        facts = (GAPS, COVERED) if self._root else (self._fact, GAPS, COVERED)
        last = max((pk for fact in facts for pk in self._batches_with(fact)), default=None)
        if last is None:
            return self._act(("measure.",))
        batch = self._batches[last]
        return _batch(last, batch.decided_at or batch.brought_at, batch.reason)

    def _batches_with(self, fact: str) -> Iterable[int]:
        """The batches since that facts of the period came with; those of times without data may begin before it."""
        first, end = self._attainment.period_start - _ONE_DAY, self._attainment.period_end + _ONE_DAY
        dated = {} if fact in (GAPS, COVERED) else {"first": first, "end": end}
        rows = list_facts(measure=self._measure, fact=fact, **dated).filter(batch_id__in=list(self._batches))
        return rows.order_by().values_list("batch_id", flat=True).distinct()

    def _act(self, kinds: Sequence[str]) -> str:
        target, hours = self._target, self._target.service_hours
        subjects = [target.name, str(target.agreement), self._measure.name, *([hours.name] if hours else [])]
        return self._newest_act(kinds, subjects)

    def _act_on_work(self, name: str) -> str:
        works = PlannedWork.objects.filter(service=self._target.service, starts_at=name).select_related("service")
        return self._newest_act(("work.",), [f"{work.title}, {work.service.name}"[:200] for work in works])

    def _newest_act(self, kinds: Sequence[str], subjects: Sequence[str]) -> str:
        entries = AuditEntry.objects.filter(at__gte=self._since, subject__in=subjects).order_by("-at")
        found = [entry for entry in entries if entry.act.startswith(tuple(kinds))]
        return f"{found[0].subject}: {found[0].act}, {dates.day_year(found[0].at.date())}" if found else ""


def _rows(batch: FactBatch) -> list[Row]:
    return [from_plain(batch.fact, row) for row in batch.rows]


def _batch(pk: int | None, at: datetime, reason: str) -> str:
    said = f"batch {pk}, {dates.day_year(at.date())}"
    return f"{said}: {reason}" if reason else said
