"""Readings come in, are counted by the hour, and are judged in service time."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest

from slas import tasks
from slas.actions.attainments import compute_attainments
from slas.actions.facts import apply_rows
from slas.actions.hourly_counts import count_hours, count_waiting_hours
from slas.calculation.intervals import Interval
from slas.models import (
    AgreementState,
    DirtyHour,
    DirtyTarget,
    FactBatch,
    HourlyCount,
    Measure,
    Measurement,
    ReadingLimit,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.readings import silences
from slas.queries.rows import ReadingRow
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, every_day, judged

pytestmark = pytest.mark.usefixtures("in_tenant")

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SEED = 20_261_122


def bring(measure, *values, now=AFTERWARDS):
    """Readings as (instant, value)."""
    batch = FactBatch.objects.create(measure=measure, fact="readings", origin="pushed", brought_at=now)
    rows = [ReadingRow(when, Decimal(value)) for when, value in values]
    return apply_rows(measure=measure, rows=rows, batch=batch, now=now)


def counts(**limit):
    found = HourlyCount.objects.filter(limit_id__in=ReadingLimit.objects.filter(**limit).values("pk"))
    return {each.hour_from: (each.n, each.n_within) for each in found}


def target_of(**fields):
    return factories.make_target(TargetKind.READINGS, **fields)


def test_the_share_of_readings_within_the_limit_is_judged_and_told():
    target = target_of(measure=factories.make_measure("readings", unit_words="milliseconds"))
    first = at("2026-10-06 08:00")
    bring(target.measure, *((first + n * MINUTE, 500 if n < 97 else "500.001") for n in range(100)))

    figure = judged(target)

    assert (figure.status, figure.value_words) == ("kept", "97.0")
    assert (figure.result["met"], figure.result["total"]) == (97, 100)
    assert figure.records == [{"on": "2026-10-06", "total": 100, "met": 97}]
    assert [line["label"] for line in figure.proof["lines"][:3]] == [
        "Readings", "At most 500 milliseconds", "Above 500 milliseconds",
    ]  # fmt: skip
    assert "Only readings in service time count." in figure.proof["evidence"]["closing"]


def test_readings_outside_service_time_are_left_out_to_the_second():
    hours = factories.make_hours(every_day(9, 17))
    target = target_of(service_hours=hours, threshold=Decimal(60))
    opens, closes = at("2026-10-06 09:00"), at("2026-10-06 17:00")
    late, early = closes - timedelta(seconds=1), opens - timedelta(seconds=1)
    bring(target.measure, (early, 900), (opens, 100), (late, 100), (closes, 900), (opens + HOUR, 900))

    figure = judged(target)

    assert (figure.result["met"], figure.result["total"]) == (2, 3)


def test_hours_of_a_zone_with_half_an_hour_are_counted_from_the_readings():
    agreement = factories.make_agreement(time_zone="Asia/Kolkata")
    target = target_of(agreement=agreement)
    midnight = at("2026-10-01 00:00", "Asia/Kolkata")
    bring(target.measure, (midnight - MINUTE, 900), (midnight, 100), (midnight + HOUR, 900))

    figure = judged(target)

    assert figure.records == [{"on": "2026-10-01", "total": 2, "met": 1}]


def test_a_least_value_is_promised_the_other_way_round():
    target = target_of(reading_limit=Decimal("2.5"), is_least=True, threshold=Decimal(50))
    bring(target.measure, (at("2026-10-06 08:00"), "2.5"), (at("2026-10-06 09:00"), "2.499"))

    assert judged(target).result["met"] == 1


def test_months_without_readings_have_no_cases():
    assert judged(target_of()).status == "no_cases"


def test_hours_say_by_which_limit_they_were_counted_and_are_made_whole_again():
    target = target_of()
    first = at("2026-10-06 08:00")
    bring(target.measure, (first, 400), (first + MINUTE, 600), (first + HOUR, 400))
    count_hours(measure_ids=[target.measure_id])
    assert counts(value=Decimal(500)) == {first: (2, 1), first + HOUR: (1, 1)}

    bring(target.measure, (first, 800), (first + 2 * MINUTE, 1))
    assert list(DirtyHour.objects.values_list("measure_id", "hour_from").distinct()) == [(target.measure_id, first)]
    count_waiting_hours()

    assert counts(value=Decimal(500)) == {first: (3, 1), first + HOUR: (1, 1)}
    assert not DirtyHour.objects.exists()


def test_another_limit_is_counted_anew_and_the_first_one_stays():
    target = target_of()
    first = at("2026-10-06 08:00")
    bring(target.measure, (first, 400), (first + MINUTE, 600))
    judged(target)

    other = target_of(measure=target.measure, reading_limit=Decimal(700))
    judged(other)
    bring(target.measure, (first + 2 * MINUTE, 650))
    compute_attainments(targets=[target, other], periods=[OCTOBER], now=AFTERWARDS)

    assert counts(value=Decimal(500)) == {first: (3, 1)}
    assert counts(value=Decimal(700)) == {first: (3, 3)}
    assert [judged(each).result["met"] for each in (target, other)] == [1, 3]


def test_a_draft_s_limit_is_not_counted_by_and_one_that_nothing_uses_any_more_is_dropped():
    target = target_of()
    draft = factories.make_agreement(state=AgreementState.DRAFT)
    target_of(agreement=draft, measure=target.measure, reading_limit=Decimal(700))
    first = at("2026-10-06 08:00")
    bring(target.measure, (first, 400), (first + MINUTE, 600))
    count_hours(measure_ids=[target.measure_id])
    assert list(ReadingLimit.objects.values_list("value", flat=True)) == [Decimal(500)]

    target.reading_limit = Decimal(300)
    target.save()
    count_hours(measure_ids=[target.measure_id])

    assert list(ReadingLimit.objects.values_list("value", flat=True)) == [Decimal(300)]
    assert list(HourlyCount.objects.values_list("n", "n_within")) == [(2, 0)]


def test_what_waits_is_counted_a_measure_in_each_transaction(monkeypatch, django_capture_on_commit_callbacks):
    targets = [target_of() for _ in range(2)]
    first = at("2026-10-06 08:00")
    for target in targets:
        bring(target.measure, (first, 400))
        count_hours(measure_ids=[target.measure_id])
        bring(target.measure, (first, 600))
    sent, left = [{"tenant_id": targets[0].tenant_id}], []
    monkeypatch.setattr(tasks.count_readings, "delay", lambda **kwargs: sent.append(kwargs))
    for portion in sent:  # each adds the next one
        with django_capture_on_commit_callbacks(execute=True):
            tasks.count_readings(**portion)
        left.append(DirtyHour.objects.count())

    assert [each["after"] for each in sent[1:]] == [target.measure_id for target in targets]
    assert left == [1, 0, 0]


def test_a_source_that_falls_silent_for_longer_than_was_agreed_is_noticed():
    measure = factories.make_measure("readings", max_gap_seconds=3600)
    target, start = target_of(measure=measure), at("2026-10-01 00:00")
    bring(measure, *((start + 30 * n * MINUTE, 100) for n in range(48)))  # the whole first day, then none

    figure = judged(target)

    known, month = timedelta(hours=24, minutes=30), OCTOBER.bounds(factories.LONDON).seconds
    assert (figure.status, figure.result["met"], figure.result["total"]) == ("data_gap", 48, 48)
    assert Fraction(figure.result["coverage"]) == Fraction(known // timedelta(seconds=1), month)
    Measure.objects.update(max_gap_seconds=None)
    assert judged(ServiceLevelTarget.objects.get(pk=target.pk)).status == "kept"


def test_a_reading_speaks_over_the_end_of_a_month():
    measure = factories.make_measure("readings", max_gap_seconds=3600)
    target_of(measure=measure)

    bring(measure, (at("2026-10-31 23:30"), 100))

    months = DirtyTarget.objects.order_by("period_start").values_list("period_start__month", flat=True)
    assert list(months) == [10, 11]


def test_silence_begins_behind_a_reading_and_ends_with_the_next():
    measure, day = factories.make_measure("readings"), int(at("2026-10-06 00:00").timestamp())
    bring(measure, *((at(f"2026-10-0{when}"), 100) for when in ("5 23:30", "6 08:00", "6 08:59", "6 11:00")))

    found = silences({7: (measure.pk, 3600, Interval(day, day + 86_400)), 8: (measure.pk, 60, Interval(day, day + 60))})

    assert [((each.start - day) / 60, (each.end - day) / 60) for each in found[7]] == [
        (30, 8 * 60),
        (9 * 60 + 59, 11 * 60),
        (12 * 60, 24 * 60),
    ]
    assert found[8] == [Interval(day, day + 60)]


def test_readings_that_nothing_is_promised_by_wait_for_nobody():
    measure = factories.make_measure("readings")

    bring(measure, (at("2026-10-06 08:00"), 1))

    assert not DirtyHour.objects.exists()
    assert not DirtyTarget.objects.exists()


def test_a_late_reading_touches_the_month_that_it_lies_in():
    target = target_of()

    bring(target.measure, (at("2026-09-30 23:59"), 1), (at("2026-11-01 00:00"), 1))

    months = DirtyTarget.objects.order_by("period_start").values_list("period_start__month", flat=True)
    assert list(months) == [9, 11]


def test_counted_hours_equal_the_readings_themselves():
    chance = numpy.random.default_rng(SEED)
    target = target_of(service_hours=factories.make_hours({day: [(8 * 60 + 20, 18 * 60 + 40)] for day in range(5)}))
    start = at("2026-10-01 00:00")
    instants = [start + timedelta(seconds=int(each)) for each in numpy.unique(chance.integers(0, 31 * 86_400, 3_000))]
    values = [Decimal(int(each)) / 1000 for each in chance.integers(300_000, 700_000, len(instants))]
    bring(target.measure, *zip(instants, values, strict=True))

    figure = judged(target)

    expected, within = Counter(), Counter()
    for when, value in zip(instants, values, strict=True):
        clock = when.astimezone(factories.LONDON)
        if clock.weekday() < 5 and (8, 20) <= (clock.hour, clock.minute) < (18, 40):
            expected[clock.date()] += 1
            within[clock.date()] += value <= 500
    assert figure.records == [
        {"on": on.isoformat(), "total": expected[on], "met": within[on]} for on in sorted(expected)
    ]
    assert len(figure.records) > 20


def test_a_month_is_judged_without_its_readings_once_they_are_counted():
    target = target_of()
    bring(target.measure, (at("2026-10-06 08:00"), 400), (at("2026-10-07 08:00"), 600))
    before = judged(target)

    Measurement.objects.all().delete()

    assert judged(target).result == before.result


@pytest.mark.parametrize("value", ["0.0005", "1e-4"])
def test_a_finer_number_than_is_kept_is_refused_by_the_field(value):
    with pytest.raises(ValueError, match="more than three decimals"):
        Measurement.objects.create(measure_id=1, at=datetime(2026, 10, 6, tzinfo=UTC), value=Decimal(value))


def test_a_quarter_is_added_up_from_all_its_days():
    target = target_of(period_kind="quarter", threshold=Decimal(50))
    for on in (date(2026, 10, 2), date(2026, 11, 2)):
        bring(target.measure, (at(f"{on} 08:00"), 400), (at(f"{on} 09:00"), 600))

    (figure,) = [judged(target)]

    assert figure.result["total"] == 4
    assert [month["total"] for month in figure.result["months"]] == [2, 2]
