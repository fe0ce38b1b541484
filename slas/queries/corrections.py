"""Why an input of a figure is another than it was: what came through the front door since, by fact and by measure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q

from portal.audit.models import AuditEntry
from portal.language import dates
from slas.calculation.differences import INSTANTS, Difference
from slas.models import Attainment, BatchState, FactBatch, FactKind, MeasurementRevision
from slas.queries.evidence import moment
from slas.queries.facts import TABLES, find_rows, list_facts
from slas.queries.reading_corrections import change_of_day
from slas.queries.rows import COVERED, GAPS, ROWS, Row, from_plain, key_words, plain

# Where the facts of each kind stand among the inputs, before their key.
KEYED = {
    FactKind.OUTAGES: ("facts", "outages"),
    FactKind.CASES: ("cases",),
    FactKind.OCCASIONS: ("records",),
    FactKind.VOLUMES: ("records",),
}
WORKS = ("facts", "planned_works")
ACTS_ON_WORK = {"ended_at": "work.ended", "approved_at": "work.approved"}  # all else is as it was announced
# What is decided outside the period: whether a failure counts that goes on beyond it, and how many are certain.
LASTING = frozenset({"lasting", "at_fewest"})
SUMS = "figure"  # what is added up of the facts
ANSWERS = ("asked", "answers", "good")
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
            return self._of_terms(place)
        if place[: len(WORKS)] == WORKS and len(place) > len(WORKS):
            return self._act_on_work(difference)
        if self._root and place[: len(self._root)] == self._root and len(place) > len(self._root):
            return self._of_fact(difference)
        if place[0] in LASTING and self._changed[0].place[0] in LASTING:
            return self._of_works_around(difference) or self._of_facts_around(difference)
        if place[0] in {SUMS, *LASTING} and self._root and not any(each.place[0] == SUMS for each in self._changed[:1]):
            return self.told(self._changed[0])
        return self._of_measure(difference)

    def _of_terms(self, place: tuple[str, ...]) -> str:
        """A promise in force and its hours are never edited: only its agreement can end, and its unit be renamed."""
        if place == ("limit", "unit"):
            return self._of_settings("unit_words")
        agreement = self._target.agreement
        if place[0] != "span" or agreement.ends_on is None:
            return ""
        on = agreement.ends_on.isoformat()
        ended = Q(act="agreement.ended", detail__version=agreement.version, detail__on=on)
        followed = Q(act="agreement.started", detail__version__gt=agreement.version, detail__starts_on=on)
        return self._newest_act((ended | followed) & Q(detail__slug=agreement.slug))

    def _of_settings(self, *names: str) -> str:
        """The newest change of these settings of the measure, if what it set is what holds."""
        acts = Q(act__in=("measure.edited", "measure.recounted"), detail__slug=self._measure.slug)
        entries = AuditEntry.objects.filter(acts, at__gte=self._since).order_by("at", "pk")
        last = {name: entry for entry in entries for name in names if name in entry.detail}
        if not last or any(entry.detail[name][1] != self._setting(name) for name, entry in last.items()):
            return ""
        return _act(max(last.values(), key=lambda entry: entry.pk))

    def _setting(self, name: str) -> Any:
        value = getattr(self._measure, name)
        return value.isoformat() if isinstance(value, date) else value

    def _of_fact(self, difference: Difference) -> str:
        """The newest value that came in for the fact, if it is the one that is stored; else nobody recorded it.

        What was known then changes by a correction alone; what was not may have come with a batch.
        """
        depth = len(self._root)
        is_new = len(difference.place) == depth + 1 and difference.said is None
        key = self._key(difference.place[depth])
        if key is None:
            return self._of_measure(difference)
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

    def _of_measure(self, difference: Difference) -> str:
        """Where no single fact can be named: the last batch with facts of the time that differs, or other settings."""
        if difference.place[0] == SUMS and difference.place[-1] in ANSWERS and not self._adds_up(difference):
            return ""
        if self._fact == FactKind.READINGS and not self._counts_up(difference):
            return ""
        facts = (GAPS, COVERED) if self._root else (self._fact, GAPS, COVERED)
        last = max((pk for fact in facts for pk in self._batches_with(fact, *self._time_of(difference))), default=None)
        if last is None:
            return self._of_settings("starts_on", "max_gap_seconds")
        return self._of_batch(last)

    def _adds_up(self, difference: Difference) -> bool:
        """Whether the rounds that were counted give what was said, once the corrections since are taken back.

        Hidden answers were not even counted: of them nothing can be said.
        """
        if self._fact != FactKind.SURVEYS or not difference.said:
            return True
        known = {date.fromisoformat(each["on"]) for each in self._attainment.records}
        rows = find_rows(fact=self._fact, wanted={self._measure.pk: known})
        since = MeasurementRevision.objects.filter(measure_id=self._measure.pk, fact=self._fact, at__gte=self._since)
        before = {each.key: from_plain(self._fact, each.old) for each in since.order_by("-at", "-pk")}
        then = (before.get(key_words(row), row) for row in rows.values())
        return len(rows) == len(known) and sum(getattr(row, difference.place[-1]) for row in then) == difference.said

    def _counts_up(self, difference: Difference) -> bool:
        """Whether the readings that came or were corrected since make the count of a day of then that of now."""
        on = _date_of(difference.place[-1])
        if on is None or difference.place[0] != "records":
            return True
        then, now = _count_of(difference.said), _count_of(difference.found)
        met, total = change_of_day(attainment=self._attainment, on=on, batches=self._batches, since=self._since)
        return (then[0] + met, then[1] + total) == now

    def _batches_with(self, fact: str, start: datetime, end: datetime) -> Iterable[int]:
        """The batches since whose facts can have changed a time: facts of it, or times that touch it."""
        rows = list_facts(measure=self._measure, fact=fact).filter(batch_id__in=list(self._batches))
        if fact in (GAPS, COVERED, FactKind.OUTAGES):
            rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=start), started_at__lte=end)
        elif fact in (FactKind.CHECKS, FactKind.READINGS):
            rows = rows.filter(at__range=self._with_neighbours(fact, start, end))
        else:
            rows = rows.filter(on__range=(start.date(), end.date()))
        return rows.order_by().values_list("batch_id", flat=True).distinct()

    def _with_neighbours(self, fact: str, start: datetime, end: datetime) -> tuple[datetime, datetime]:
        """From the check before to the check after: what one says lasts until the next, or to the longest silence."""
        rows = list_facts(measure=self._measure, fact=fact)
        before = rows.filter(at__lt=start).values_list("at", flat=True)[:1]
        after = rows.filter(at__gt=end).order_by("at").values_list("at", flat=True)[:1]
        return next(iter(before), start), next(iter(after), end)

    def _time_of(self, difference: Difference) -> tuple[datetime, datetime]:
        """The time of what differs, by its name and by what is said of it: instants where any are told, else dates."""
        told = [at for value in (difference.said, difference.found) for at in _instants(value, difference.place[-1])]
        instants = [*told, *(at for part in difference.place[1:] if (at := _instant_of(part)))]
        if instants:
            return min(instants), max(instants)
        named = [on for part in difference.place[1:] if (on := _date_of(part))]
        days = named or [self._attainment.period_start, self._attainment.period_end - _ONE_DAY]
        return _midnight(min(days) - _ONE_DAY), _midnight(max(days) + 2 * _ONE_DAY)

    def _act_on_work(self, difference: Difference) -> str:
        """The newest act of those that can change the very field of the work, if what was said then is what holds."""
        name, *fields = difference.place[len(WORKS) :]
        field = fields[-1] if fields else ""
        act = ACTS_ON_WORK.get(field, "work.announced")
        if not field and difference.found is None:
            act = "work.cancelled"
        entry = self._newest(self._acts_on_works & Q(act=act, detail__work=name))
        if entry is None or (field in ACTS_ON_WORK and _said_at(entry) != difference.found):
            return ""
        return _act(entry)

    def _of_works_around(self, difference: Difference) -> str:
        """The newest act on planned work that can say in which period a failure began: as far back as caps reach."""
        first, end = (at.date().isoformat() for at in self._around(difference))
        around = Q(detail__work__gte=first, detail__work__lt=end)
        return self._newest_act(self._acts_on_works & around)

    def _of_facts_around(self, difference: Difference) -> str:
        """The last batch with outages, checks or times without data that can say in which period a failure began."""
        around = self._around(difference)
        found = (pk for fact in (self._fact, GAPS, COVERED) for pk in self._batches_with(fact, *around))
        last = max(found, default=None)
        return self._of_batch(last) if last is not None else ""

    def _around(self, difference: Difference) -> tuple[datetime, datetime]:
        period = self._attainment
        length = period.period_end - period.period_start + _ONE_DAY
        return self._time_of(difference)[0] - length, _midnight(period.period_end)

    def _of_batch(self, pk: int) -> str:
        batch = self._batches[pk]
        return _batch(pk, batch.decided_at or batch.brought_at, batch.reason)

    @property
    def _acts_on_works(self) -> Q:
        service = self._target.service
        return Q(act__startswith="work.", detail__service=service and service.slug)

    def _newest_act(self, which: Q) -> str:
        entry = self._newest(which)
        return _act(entry) if entry else ""

    def _newest(self, which: Q) -> AuditEntry | None:
        return AuditEntry.objects.filter(which, at__gte=self._since).order_by("-at", "-pk").first()


def _said_at(entry: AuditEntry) -> int:
    """The UTC second that an act on planned work set: when it ended, or when it was approved."""
    ended = entry.detail.get("ended_at")
    return int((datetime.fromisoformat(ended) if ended else entry.at).timestamp())


def _act(entry: AuditEntry) -> str:
    return f"{entry.subject}: {entry.act}, {dates.day_year(entry.at.date())}"


def _instant_of(name: str) -> datetime | None:
    """The instant in the name of a fact, also of what checks found; None where its name holds none."""
    try:
        at = datetime.fromisoformat(name.rpartition(" ")[2])
    except ValueError:
        return None
    return at if at.tzinfo else None


def _date_of(name: str) -> date | None:
    """The date that a fact is named by; None where its name is none."""
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), UTC)


def _instants(value: Any, name: str) -> Iterable[datetime]:
    """The instants in what is said of a fact: its start and end, an interval, or one of them."""
    if isinstance(value, Mapping):
        value = [value.get("start"), value.get("end")]
    elif name in INSTANTS:
        value = [value]
    if isinstance(value, list):
        yield from (moment(second) for second in value if type(second) is int)


def _count_of(written: Any) -> tuple[int, int]:
    """How many of how many, as the count of a date is written: `2026-10-06 90/100`; none where there is no count."""
    met, _, total = str(written or "").rpartition(" ")[2].partition("/")
    return (int(met), int(total)) if total else (0, 0)


def _rows(batch: FactBatch) -> list[Row]:
    return [from_plain(batch.fact, row) for row in batch.rows]


def _batch(pk: int | None, at: datetime, reason: str) -> str:
    said = f"batch {pk}, {dates.day_year(at.date())}"
    return f"{said}: {reason}" if reason else said
