"""Throughput, first contact and backlog: what was done, what stayed done, and what waits."""

from fractions import Fraction

import pytest

from slas.calculation.errors import BadShare, BadVolume, EmptyPeriod
from slas.calculation.intervals import Interval
from slas.calculation.rounding import share_of
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Status
from slas.calculation.throughput import AgreedVolume, Per, measure_throughput, prove_throughput, up_to_volume
from tests.slas.calculation.builders import hours, month

OCTOBER = month("2026-10")  # 22 working days, 176 service hours
OFFICE = hours(holidays=("2026-10-26",))  # 21 working days, 168 service hours
CLOSE = CloseRule()


@pytest.mark.parametrize(
    ("per", "units", "rate"),
    [(Per.SERVICE_HOUR, 168, Fraction(5, 2)), (Per.WORKING_DAY, 21, Fraction(20))],
)
def test_units_accepted_per_service_hour_or_working_day(per, units, rate):
    figure = measure_throughput(OCTOBER, OFFICE, per, accepted=420, demand=430)

    assert (figure.units, figure.rate) == (units, rate)


@pytest.mark.parametrize(
    ("demand", "least", "status"),
    [
        pytest.param(430, "2.5", Status.KEPT, id="equality is met"),
        pytest.param(430, "2.6", Status.MISSED, id="missed"),
        pytest.param(440, "2.6", Status.MISSED, id="demand at the limit"),
        pytest.param(441, "2.6", Status.NO_CASES, id="over the agreed volume"),
    ],
)
def test_a_promise_holds_up_to_the_agreed_volume(demand, least, status):
    figure = measure_throughput(OCTOBER, OFFICE, Per.SERVICE_HOUR, 420, demand, AgreedVolume(400, Fraction("1.1")))

    verdict = figure.judge(Fraction(least), CLOSE)

    assert verdict.status is status
    assert figure.is_over_volume == (demand > 440)
    assert verdict.standing is not None  # measured and shown all the same


def test_working_days_are_dates_where_it_was_agreed():
    """A month in Berlin begins in the middle of a day in Kolkata."""
    daily = hours("00:00-24:00", days=range(7), zone="Asia/Kolkata")
    berlin = [month(each, zone="Europe/Berlin") for each in ("2026-10", "2026-11")]

    counted = [measure_throughput(span, daily, Per.WORKING_DAY, 1, 1, zone="Europe/Berlin").units for span in berlin]

    assert counted == [31, 30]


@pytest.mark.parametrize(
    ("accepted", "status"),
    [
        pytest.param(168, Status.CLOSE, id="exactly what was promised"),
        pytest.param(184, Status.CLOSE, id="just inside the margin"),
        pytest.param(185, Status.KEPT, id="more than the margin above it"),
        pytest.param(2000, Status.KEPT, id="far above it"),
        pytest.param(167, Status.MISSED, id="below it"),
    ],
)
def test_close_is_less_than_the_margin_above_the_promised_rate(accepted, status):
    figure = measure_throughput(OCTOBER, OFFICE, Per.SERVICE_HOUR, accepted, accepted)

    assert figure.judge(Fraction(1), CloseRule(margin=Fraction(1, 10))).status is status


def test_any_verdict_can_depend_on_the_volume():
    missed = ShareFigure(80, 100).judge(share_of("95"), CLOSE)

    assert up_to_volume(missed, AgreedVolume(90), 90) == missed
    assert up_to_volume(missed, AgreedVolume(90), 91).status is Status.NO_CASES
    assert up_to_volume(missed, None, 91) == missed


def test_without_service_time_there_is_no_rate():
    figure = measure_throughput(OCTOBER, hours(""), Per.SERVICE_HOUR, 3, 3)

    assert (figure.rate, figure.judge(Fraction(1), CLOSE).status) == (None, Status.NO_CASES)


def test_bad_input_is_refused():
    with pytest.raises(EmptyPeriod):
        measure_throughput(Interval(60, 60), OFFICE, Per.SERVICE_HOUR, 1, 1)
    with pytest.raises(BadShare, match="-1 of 5"):
        measure_throughput(OCTOBER, OFFICE, Per.SERVICE_HOUR, -1, 5)
    with pytest.raises(BadVolume, match="up to -1 units"):
        AgreedVolume(-1)
    with pytest.raises(BadVolume, match="times 1/2"):
        AgreedVolume(100, Fraction(1, 2))


def test_the_proof_says_that_a_period_was_over_its_volume():
    figure = measure_throughput(OCTOBER, OFFICE, Per.WORKING_DAY, 420, 441, AgreedVolume(400, Fraction("1.1")))

    proofs = [prove_throughput(OCTOBER, OFFICE, figure, names) for names in (("b", "a"), ("a", "b"))]

    assert proofs[0].to_json() == proofs[1].to_json()
    lines = {line.key: line for line in proofs[0].lines}
    assert (lines["rate"].value, dict(lines["volume"].details)["over_volume"]) == (20, "yes")
