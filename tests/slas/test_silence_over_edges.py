"""Time without data that counts as down is an interruption of the month in which it began, as an outage is."""

import json
from datetime import date, timedelta

import pytest

from slas.actions.attainments import close_figures, recompute_dirty
from slas.actions.batches import Arrival, count_rows
from slas.calculation.kept import check_figure
from slas.calculation.periods import Period
from slas.models import Attainment, CoveredTime, DataGap, FactKind, Measurement, MissingPolicy, TargetKind
from slas.queries.hours import HoursBook
from slas.queries.inputs.availability import InterruptionsSource
from slas.queries.rows import CoveredRow
from slas.queries.targets import slot_of
from slas.queries.verification import verify_figure
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(2026, 9)
HALF_A_DAY = timedelta(hours=12)
NIGHT = "2026-09-30 21:00", "2026-10-01 05:00"


def report_gap(measure, start, end):
    DataGap.objects.create(measure_id=measure.pk, started_at=at(start), ended_at=at(end))


def leave_open(measure, start, end):
    CoveredTime.objects.filter(measure_id=measure.pk).delete()
    for known in (("2024-01-01 00:00", start), (end, "2026-12-01 00:00")):
        CoveredTime.objects.create(measure_id=measure.pk, started_at=at(known[0]), ended_at=at(known[1]))


def fall_silent(measure, start, end):
    """Each check speaks for twelve hours: with those of the last one the silence begins."""
    measure.max_gap_seconds = HALF_A_DAY.total_seconds()
    measure.save()
    before = [at(start) - n * HALF_A_DAY for n in range(1, 121)]
    after = [at(end) + n * HALF_A_DAY for n in range(70)]
    Measurement.objects.bulk_create(Measurement(measure_id=measure.pk, at=when, state=0) for when in (*before, *after))


SILENCES = {FactKind.OUTAGES: (report_gap, leave_open), FactKind.CHECKS: (fall_silent,)}
EACH = [pytest.param(kind, silence, id=silence.__name__) for kind, each in SILENCES.items() for silence in each]


@pytest.fixture
def promise(in_tenant):
    """promise(kind, opens, closes, **fields): at most two interruptions of more than ten minutes, in these hours."""

    def make(kind=FactKind.OUTAGES, opens=4, closes=22, **fields):
        hours = factories.make_hours(factories.every_day(opens, closes))
        terms = {"missing_policy": MissingPolicy.DOWN, "measure": factories.make_measure(kind)} | fields
        return factories.make_target(TargetKind.RELIABILITY, service_hours=hours, **terms)

    return make


def told_of(figure):
    names = {"status": "status", "value": "value_words", "result": "result", "proof": "proof", "records": "records"}
    return {name: getattr(figure, column) for name, column in names.items()}


def numbers(target, *periods):
    figures = [judged(target, period) for period in periods or (SEPTEMBER, OCTOBER)]
    assert all(check_figure(told_of(figure), json.loads(figure.inputs)).is_equal for figure in figures)
    return [figure.value_words for figure in figures]


@pytest.mark.parametrize(("kind", "silence"), EACH)
def test_a_silent_night_counts_in_the_month_in_which_it_began(promise, kind, silence):
    target = promise(kind)
    silence(target.measure, *NIGHT)

    assert numbers(target) == ["1×", "0×"]
    (record,) = judged(target).records
    assert (record["started_at"], record["seconds"]) == ("2026-09-30T20:00:00+00:00", 8 * 3600)
    assert (record["what"], record["why"]) == ("No data", "Began in an earlier period")


@pytest.mark.parametrize(("kind", "silence"), EACH)
def test_its_length_is_that_of_the_clock_also_beyond_the_month(promise, kind, silence):
    """Five minutes before midnight are no interruption, and five hours are."""
    target = promise(kind, 0, 24)
    silence(target.measure, "2026-09-30 23:55", "2026-10-01 05:00")

    assert numbers(target) == ["1×", "0×"]


@pytest.mark.parametrize(("kind", "silence"), EACH)
def test_a_night_out_of_hours_counts_where_hours_open_again(promise, kind, silence):
    target = promise(kind)
    silence(target.measure, "2026-09-30 22:00", "2026-10-01 05:00")

    assert numbers(target) == ["0×", "1×"]


def test_an_outage_that_passes_into_silence_is_one_interruption_where_the_outage_began(promise):
    target = promise()
    factories.add_outage(target.measure, "2026-09-30 21:30", "2026-09-30 22:00")
    report_gap(target.measure, "2026-09-30 22:00", "2026-10-01 05:00")

    assert numbers(target) == ["1×", "0×"]
    assert judged(target).records[0]["started_at"] == "2026-09-30T20:30:00+00:00"


def test_silence_of_months_is_followed_to_its_first_day(promise):
    target = promise()
    report_gap(target.measure, "2026-02-10 12:00", "2026-10-01 05:00")

    assert numbers(target, Period(2026, 1), Period(2026, 2), SEPTEMBER, OCTOBER) == ["0×", "1×", "0×", "0×"]
    assert judged(target).records[0]["started_at"] == "2026-02-10T12:00:00+00:00"


@pytest.mark.parametrize("since", [date(2026, 10, 1), date(2026, 10, 12)])
def test_what_was_silent_before_the_promise_began_counts_from_its_first_day(promise, since):
    target = promise(agreement=factories.make_agreement(starts_on=since))
    leave_open(target.measure, "2024-06-01 00:00", f"{since} 09:00")

    assert numbers(target, OCTOBER) == ["1×"]
    assert judged(target).records[0]["started_at"] == f"{since - date.resolution}T23:00:00+00:00"


def record_stops(measure):
    for start, end in (("2026-09-20 00:00", "2026-09-30 20:00"), ("2026-09-30 20:01", "2026-10-01 02:00")):
        factories.add_outage(measure, start, end)


def check_stops(measure):
    found = (("2026-09-19 00:00", 0), ("2026-09-20 00:00", 2), ("2026-10-01 02:00", 0))
    Measurement.objects.bulk_create(Measurement(measure_id=measure.pk, at=at(on), state=state) for on, state in found)


@pytest.mark.parametrize(("kind", "stop"), [(FactKind.OUTAGES, record_stops), (FactKind.CHECKS, check_stops)])
def test_a_promise_sees_the_same_when_an_older_one_of_its_measure_is_calculated_with_it(promise, kind, stop):
    """The older one follows what stopped it for ten days before the younger one began."""
    young = promise(kind, 0, 24, merge_gap_seconds=300, agreement=factories.make_agreement(starts_on=date(2026, 10, 1)))
    old = promise(kind, 0, 24, merge_gap_seconds=300, measure=young.measure)
    stop(young.measure)
    slot, other = (slot_of(target, OCTOBER, AFTERWARDS) for target in (young, old))

    def facts(*slots):
        book = HoursBook(ids=[each.target.service_hours_id for each in slots])
        return InterruptionsSource(slots, book, AFTERWARDS).inputs(slot).facts

    assert facts(slot, other) == facts(slot)
    assert numbers(young, OCTOBER) == ["1×"]


@pytest.mark.parametrize(("silent", "certain"), [(False, "missed"), (True, None)])
def test_what_may_have_begun_before_is_no_certain_interruption(promise, silent, certain):
    """Nobody knows whether the outage of the first night was one that went on."""
    target = promise(opens=0, closes=24, missing_policy=MissingPolicy.EXCLUDE, allowed_misses=0)
    factories.add_outage(target.measure, "2026-10-01 00:00", "2026-10-01 02:00")
    alone = judged(target).inputs_hash
    if silent:
        report_gap(target.measure, "2026-09-30 20:00", "2026-10-01 00:00")

    figure = judged(target)

    assert (figure.value_words, figure.status, figure.result["certain"]) == ("1×", "missed", certain)
    assert (figure.inputs_hash == alone) is not silent
    assert numbers(target) == ["0×", "1×"]


def test_a_running_month_counts_it_as_long_as_it_has_been_silent_so_far(promise):
    target = promise(opens=0, closes=24)
    leave_open(target.measure, "2026-10-06 10:00", "2026-11-01 00:00")

    known = [judged(target, OCTOBER, at(f"2026-10-06 {clock}")) for clock in ("10:05", "10:30")]

    assert [each.value_words for each in known] == ["0×", "1×"]
    assert known[1].records[0]["seconds"] == 1800


def test_what_is_known_late_of_the_night_before_moves_it_into_the_month_after(promise):
    target = promise()
    leave_open(target.measure, *NIGHT)
    assert numbers(target) == ["1×", "0×"]
    closed = judged(target)
    close_figures(ids=[closed.pk], now=AFTERWARDS)
    now = at("2026-11-06 09:00")

    row = CoveredRow(at(NIGHT[0]), at("2026-09-30 22:30"))
    count_rows(measure=target.measure, fact="covered", rows=[row], arrival=Arrival("pushed"), now=now)
    (change,) = verify_figure(attainment=closed).changes
    recompute_dirty(limit=10, now=now)

    assert change.sentence.replace("\u00a0", " ").startswith(
        "The failure from 1 October, 00:00: began in an earlier period then, counts now; corrected by batch "
    )
    newest = Attainment.objects.filter(target=target, period_start=OCTOBER.first_on).order_by("-revision")[0]
    assert (closed.value_words, newest.revision, newest.value_words) == ("0×", 2, "1×")
