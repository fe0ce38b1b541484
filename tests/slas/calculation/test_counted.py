"""Counted units of work: what one count has too many makes up for no miss of another."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.intervals import Interval
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes import VolumeInputs, attain
from slas.calculation.outcomes.counts import VolumeRow
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import LONDON, month

OCTOBER = month("2026-10")


QUARTER = Interval(OCTOBER.start, month("2026-12").end)
COUNTS = st.lists(st.tuples(st.none() | st.integers(0, 12), st.integers(1, 10)), min_size=1, max_size=6)


def judged(*counts, **terms):
    frame = Frame(Promise(Decimal(100), **terms), OCTOBER, OCTOBER, OCTOBER.end, LONDON, "round the clock")
    rows = tuple(VolumeRow(date(2026, 10, day), total, met) for day, (met, total) in enumerate(counts, start=1))
    return attain(VolumeInputs(frame, rows, False, ServiceHours.always(LONDON)))


def judged_by_month(*counts, policy=UnknownPolicy.EXCLUDE):
    """A quarter, its counts in turn of October, November and December."""
    frame = Frame(Promise(Decimal(90), unknown=policy), QUARTER, QUARTER, QUARTER.end, LONDON, "round the clock")
    rows = [VolumeRow(date(2026, 10 + n % 3, 1 + n), total, met) for n, (met, total) in enumerate(counts)]
    rows.sort(key=lambda row: row.on)
    return attain(VolumeInputs(frame, tuple(rows), True, ServiceHours.always(LONDON))).result


@pytest.mark.parametrize(
    ("counts", "status", "value", "late"),
    [
        pytest.param([(12, 10), (8, 10)], "missed", "90.0", 2, id="hides no miss at 100 %"),
        pytest.param([(12, 10), (9, 10)], "missed", "95.0", 1, id="not even a smaller one"),
        pytest.param([(12, 10), (10, 10)], "kept", "110.0", 0, id="nothing was late: shown as published"),
        pytest.param([(12, 10), (None, 2)], "data_gap", "100", 0, id="nor for what nobody knows"),
        pytest.param([(10, 10), (8, 10)], "missed", "90.0", 2, id="each within what was counted"),
    ],
)
def test_more_met_than_counted_makes_up_for_no_miss(counts, status, value, late):
    outcome = judged(*counts)

    assert (outcome.status.value, outcome.value_words, outcome.result["late"]) == (status, value, late)
    assert len(outcome.result["warnings"]) == sum(met is not None and met > total for met, total in counts)
    assert [(each["met"], each["total"]) for each in outcome.records] == counts


def test_nor_for_what_counts_as_lost():
    assert judged((12, 10), (None, 2), unknown=UnknownPolicy.DOWN, minimum_coverage=Fraction(0)).result["late"] == 2


def test_figures_that_differ_have_fingerprints_that_differ():
    assert judged((12, 10), (8, 10)).digest != judged((10, 10), (10, 10)).digest


@pytest.mark.parametrize(
    ("counts", "policy", "months"),
    [
        pytest.param([(12, 10), (8, 10)], UnknownPolicy.EXCLUDE, [(10, 10, "1/1"), (8, 10, "4/5")], id="too many"),
        pytest.param([(12, 10), (10, 10)], UnknownPolicy.EXCLUDE, [(12, 10, "6/5"), (10, 10, "1/1")], id="none missed"),
        pytest.param([(8, 10), (None, 4)], UnknownPolicy.UP, [(8, 10, "4/5"), (4, 4, "1/1")], id="taken as good"),
        pytest.param([(8, 10), (None, 4)], UnknownPolicy.DOWN, [(8, 10, "4/5"), (0, 4, "0/1")], id="taken as lost"),
    ],
)
def test_each_month_says_what_it_adds_to_the_whole(counts, policy, months):
    told = judged_by_month(*counts, policy=policy)["months"]

    assert [(each["met"], each["total"], each["share"]) for each in told] == months


@given(counts=COUNTS, policy=st.sampled_from(UnknownPolicy))
def test_the_months_add_up(counts, policy):
    result = judged_by_month(*counts, policy=policy)

    for what in ("met", "total"):
        assert sum(each[what] for each in result["months"]) == result[what]
    assert result["late"] >= 0
