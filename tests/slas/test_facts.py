"""The rule of the measurement key: the same changes nothing, another value is kept beside the old one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.tenancy.scope import tenant_scope
from slas.actions.batches import Arrival, Brought, count_all
from slas.actions.facts import Applied, apply_rows
from slas.errors import ContradictingRows, WrongFacts
from slas.models import CasePause, DirtyTarget, FactBatch, FactKind, Measurement, MeasurementRevision
from slas.queries.facts import find_rows, list_facts, preview_rows, rows_of
from slas.queries.rows import (
    CaseRow,
    CheckRow,
    GapRow,
    OccasionRow,
    OutageRow,
    PauseRow,
    ReadingRow,
    SurveyRow,
    VolumeRow,
    as_plain,
    fact_of,
    own_key,
)
from tests.slas.factories import make_measure, make_target

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
BEGAN = datetime(2026, 10, 6, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ON = date(2026, 10, 6)
PAUSE = PauseRow(BEGAN, BEGAN + HOUR, "Supplier")
KINDS: dict[str, tuple[Any, Any]] = {
    "outages": (OutageRow(BEGAN), OutageRow(BEGAN, BEGAN + HOUR, what="Order desk")),
    "checks": (CheckRow(BEGAN, 2), CheckRow(BEGAN, 0, 120.0)),
    "readings": (ReadingRow(BEGAN, Decimal("-0.125")), ReadingRow(BEGAN, Decimal(100))),
    "cases": (CaseRow("INC1", BEGAN), CaseRow("INC1", BEGAN, "2 - High", None, BEGAN + HOUR, pauses=(PAUSE,))),
    "occasions": (OccasionRow(ON), OccasionRow(ON, BEGAN, "By hand")),
    "volumes": (VolumeRow(ON, 1284), VolumeRow(ON, 1284, 1270)),
    "surveys": (SurveyRow(ON, 120, 41, 37), SurveyRow(ON, 120, 42, 37)),
    "gaps": (GapRow(BEGAN, BEGAN + HOUR), GapRow(BEGAN, BEGAN + 2 * HOUR, "Probe was off")),
}


def measure_of(fact):
    return make_measure(FactKind.OUTAGES if fact == "gaps" else fact)


def apply(measure, *rows, reason=""):
    fact = fact_of(rows[0]) if rows else measure.fact_kind
    batch = FactBatch.objects.create(measure=measure, fact=fact, origin="pushed", brought_at=NOW)
    return apply_rows(measure=measure, rows=rows, batch=batch, now=NOW, reason=reason)


def stored(measure, fact):
    return rows_of(fact=fact, facts=list_facts(measure=measure, fact=fact))


@pytest.fixture(params=KINDS)
def fact(request):
    return request.param


@pytest.mark.usefixtures("in_tenant")
def test_a_new_row_is_stored(fact):
    measure, (row, _other) = measure_of(fact), KINDS[fact]

    assert apply(measure, row) == Applied(new=1, unchanged=0, corrected=0)
    assert stored(measure, fact) == [row]


@pytest.mark.usefixtures("in_tenant")
def test_the_same_row_again_changes_nothing(fact):
    measure, (_row, row) = measure_of(fact), KINDS[fact]
    apply(measure, row)
    before = list(list_facts(measure=measure, fact=fact).values())

    assert apply(measure, row) == Applied(new=0, unchanged=1, corrected=0)
    assert list(list_facts(measure=measure, fact=fact).values()) == before
    assert not MeasurementRevision.objects.exists()


@pytest.mark.usefixtures("in_tenant")
def test_another_value_is_stored_and_the_old_one_kept(fact):
    measure, (old, new) = measure_of(fact), KINDS[fact]
    apply(measure, old)

    assert apply(measure, new, reason="Counted again") == Applied(new=0, unchanged=0, corrected=1)
    assert stored(measure, fact) == [new]
    kept = MeasurementRevision.objects.get()
    batch = FactBatch.objects.order_by("-pk").first()
    assert (kept.measure_id, kept.fact, kept.batch_id, kept.reason) == (measure.pk, fact, batch.pk, "Counted again")
    assert (kept.old, kept.new, kept.at) == (as_plain(old), as_plain(new), NOW)


@pytest.mark.usefixtures("in_tenant")
def test_what_was_replaced_cannot_be_changed_or_removed():
    measure, (old, new) = measure_of("checks"), KINDS["checks"]
    apply(measure, old)
    apply(measure, new)

    for change in (MeasurementRevision.objects.all().delete, lambda: MeasurementRevision.objects.update(reason="x")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.usefixtures("in_tenant")
def test_a_corrected_case_has_only_its_new_pauses():
    measure = make_measure(FactKind.CASES)
    later = PauseRow(BEGAN + HOUR, None, "User")
    apply(measure, CaseRow("INC1", BEGAN, pauses=(PAUSE,)), CaseRow("INC2", BEGAN, pauses=(PAUSE,)))

    apply(measure, CaseRow("INC1", BEGAN, pauses=(later,)))

    kept = CasePause.objects.order_by("case_key").values_list("case_key", "reason", "ended_at")
    assert list(kept) == [("INC1", "User", None), ("INC2", "Supplier", PAUSE.ended_at)]


@pytest.mark.usefixtures("in_tenant")
def test_the_same_row_twice_is_one(fact):
    measure, (_row, row) = measure_of(fact), KINDS[fact]

    assert apply(measure, row, replace(row)) == Applied(new=1, unchanged=0, corrected=0)


@pytest.mark.usefixtures("in_tenant")
def test_two_values_of_one_key_are_refused(fact):
    measure, (one, other) = measure_of(fact), KINDS[fact]

    with pytest.raises(ContradictingRows, match="Two rows say different things about"):
        apply(measure, one, other)
    assert stored(measure, fact) == []


@pytest.mark.usefixtures("in_tenant")
def test_rows_of_another_kind_are_refused():
    measure = make_measure(FactKind.VOLUMES)

    with pytest.raises(WrongFacts, match="counts counted volumes, and these rows are outages"):
        apply(measure, OutageRow(BEGAN))
    with pytest.raises(WrongFacts):
        apply(measure, VolumeRow(ON, 1), GapRow(BEGAN, BEGAN + HOUR))


@pytest.mark.usefixtures("in_tenant")
def test_nothing_to_apply_is_nothing():
    assert apply(make_measure()) == Applied(0, 0, 0)


@pytest.mark.usefixtures("in_tenant")
def test_more_met_than_counted_is_kept_as_it_came():
    measure = make_measure(FactKind.VOLUMES)

    apply(measure, VolumeRow(ON, 10, 12))

    assert stored(measure, "volumes") == [VolumeRow(ON, 10, 12)]


@pytest.mark.usefixtures("in_tenant")
def test_measures_do_not_touch_each_other(fact):
    one, other = measure_of(fact), measure_of(fact)
    first, second = KINDS[fact]
    apply(one, first)

    assert apply(other, second) == Applied(new=1, unchanged=0, corrected=0)
    assert (stored(one, fact), stored(other, fact)) == ([first], [second])


@pytest.mark.usefixtures("in_tenant")
def test_facts_of_many_measures_come_in_at_once_with_few_queries(django_assert_num_queries):
    measures = [make_measure(FactKind.VOLUMES) for _ in range(30)]
    brought = [Brought(measure, [VolumeRow(ON, number)]) for number, measure in enumerate(measures)]

    with django_assert_num_queries(14):
        results = count_all(fact="volumes", brought=brought, arrival=Arrival("imported"), now=NOW)

    assert {applied for _batch, applied in results} == {Applied(1, 0, 0)}
    assert [stored(measure, "volumes")[0].total for measure in measures] == list(range(30))


def test_tenants_do_not_touch_each_other(tenant, other_tenant):
    row = CheckRow(BEGAN, 2)
    with tenant_scope(tenant.pk):
        first = make_measure(FactKind.CHECKS)
        apply(first, row)
    with tenant_scope(other_tenant.pk):
        Measurement.objects.create(measure_id=first.pk, at=BEGAN, state=0)  # a stranger's row with the same key
    with tenant_scope(tenant.pk):
        assert apply(first, row) == Applied(new=0, unchanged=1, corrected=0)
        assert stored(first, "checks") == [row]
    with tenant_scope(other_tenant.pk):
        assert list(Measurement.objects.values_list("state", flat=True)) == [0]


@pytest.mark.usefixtures("in_tenant")
def test_a_preview_says_what_would_change_and_changes_nothing(fact):
    measure, (old, new) = measure_of(fact), KINDS[fact]
    apply(measure, old)

    preview = preview_rows(measure=measure, fact=fact, rows=[new])

    assert (preview.new, preview.unchanged, preview.corrected, preview.examples) == (0, 0, 1, [(old, new)])
    assert stored(measure, fact) == [old]


@pytest.mark.parametrize(
    ("kind", "rows", "months"),
    [
        pytest.param("outages", [OutageRow(BEGAN, BEGAN + HOUR)], [10], id="one month"),
        pytest.param("outages", [OutageRow(BEGAN)], [10, 11], id="open until now"),
        pytest.param("gaps", [GapRow(BEGAN - 10 * 24 * HOUR, BEGAN)], [9, 10], id="gap over the end of a month"),
        pytest.param("checks", [CheckRow(BEGAN, 0)], [10, 11], id="a check speaks until the next one, here until now"),
    ],
)
@pytest.mark.usefixtures("in_tenant")
def test_the_months_that_facts_touch_wait_to_be_recomputed(kind, rows, months):
    measure = make_measure(FactKind.CHECKS if kind == "checks" else FactKind.OUTAGES)
    make_target(measure=measure)

    apply(measure, *rows)

    waiting = DirtyTarget.objects.order_by("period_start").values_list("period_start__month", flat=True)
    assert list(waiting) == months


@pytest.mark.usefixtures("in_tenant")
def test_a_check_between_others_touches_only_the_time_until_the_next():
    measure = make_measure(FactKind.CHECKS)
    apply(measure, CheckRow(BEGAN, 0), CheckRow(BEGAN + 2 * HOUR, 0))
    make_target(measure=measure)

    apply(measure, CheckRow(BEGAN + HOUR, 2))

    assert [each.period_start for each in DirtyTarget.objects.all()] == [date(2026, 10, 1)]


@pytest.mark.usefixtures("in_tenant")
def test_a_shortened_outage_touches_the_months_of_its_old_end():
    measure = make_measure()
    apply(measure, OutageRow(BEGAN, BEGAN + 30 * 24 * HOUR))
    make_target(measure=measure)

    apply(measure, OutageRow(BEGAN, BEGAN + HOUR))

    assert {each.period_start.month for each in DirtyTarget.objects.all()} == {10, 11}


@pytest.mark.usefixtures("in_tenant")
def test_a_local_date_is_a_day_in_the_zone_of_the_agreement():
    target = make_target("volume")
    target.agreement.time_zone = "Pacific/Auckland"
    target.agreement.save()

    apply(target.measure, VolumeRow(date(2026, 10, 1), 10, 9))

    assert [each.period_start for each in DirtyTarget.objects.all()] == [date(2026, 10, 1)]


@pytest.mark.usefixtures("in_tenant")
def test_what_changes_nothing_is_not_recomputed():
    measure = make_measure()
    apply(measure, OutageRow(BEGAN, BEGAN + HOUR))
    make_target(measure=measure)

    apply(measure, OutageRow(BEGAN, BEGAN + HOUR))

    assert not DirtyTarget.objects.exists()


@pytest.mark.usefixtures("in_tenant")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loads=st.lists(st.dictionaries(st.integers(0, 9), st.integers(0, 2), max_size=6), max_size=4))
def test_whatever_comes_in_whatever_order_the_last_value_is_stored_and_each_old_one_kept(loads):
    measure, expected, replaced = make_measure(FactKind.CHECKS), {}, 0
    for load in loads:
        rows = [CheckRow(BEGAN + minute * HOUR, state) for minute, state in load.items()]
        replaced += sum(minute in expected and expected[minute] != state for minute, state in load.items())
        expected |= load
        apply(measure, *rows)

    found = find_rows(fact="checks", wanted={measure.pk: [BEGAN + minute * HOUR for minute in expected]})
    assert {own_key(row): row.state for row in found.values()} == {
        BEGAN + minute * HOUR: state for minute, state in expected.items()
    }
    assert MeasurementRevision.objects.filter(measure_id=measure.pk).count() == replaced


@pytest.mark.django_db(transaction=True)
def test_the_same_rows_sent_in_parallel_are_stored_once_and_each_old_value_is_kept(tenant):
    with tenant_scope(tenant.pk):
        measure = make_measure(FactKind.CHECKS)
        apply(measure, CheckRow(BEGAN, 0))

    def send(state):
        try:
            with tenant_scope(tenant.pk):
                return apply(measure, CheckRow(BEGAN, state), CheckRow(BEGAN + HOUR, 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(send, [1, 2, 1, 2, 1, 2]))

    with tenant_scope(tenant.pk):
        assert Measurement.objects.count() == 2
        assert sum(applied.new for applied in results) == 1
        assert MeasurementRevision.objects.count() == sum(applied.corrected for applied in results) >= 1
