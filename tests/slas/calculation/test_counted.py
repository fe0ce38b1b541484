"""Counted units of work: what one count has too many makes up for no miss of another."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes import VolumeInputs, attain
from slas.calculation.outcomes.counts import VolumeRow
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import LONDON, month

OCTOBER = month("2026-10")


def judged(*counts, **terms):
    frame = Frame(Promise(Decimal(100), **terms), OCTOBER, OCTOBER, OCTOBER.end, LONDON, "round the clock")
    rows = tuple(VolumeRow(date(2026, 10, day), total, met) for day, (met, total) in enumerate(counts, start=1))
    return attain(VolumeInputs(frame, rows, False, ServiceHours.always(LONDON)))


@pytest.mark.parametrize(
    ("counts", "status", "value", "late"),
    [
        pytest.param([(12, 10), (8, 10)], "missed", "90.0", 2, id="hides no miss at 100 %"),
        pytest.param([(12, 10), (9, 10)], "missed", "95.0", 1, id="not even a smaller one"),
        pytest.param([(12, 10), (10, 10)], "kept", "110.0", -2, id="nothing was late: shown as published"),
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
