from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.language.facts import read
from slas.calculation.errors import BadScore, BadShare
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes import SatisfactionInputs, attain
from slas.calculation.outcomes.counts import SurveyRound
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.satisfaction import (
    SatisfactionFigure,
    measure_satisfaction,
    wilson,
)
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import LONDON, between, month


def test_good_answers_are_fours_and_fives():
    figure = measure_satisfaction([5, 4, 4, 3, 1, 5], asked=12)

    assert (figure.good, figure.answers, figure.mean) == (4, 6, Fraction(22, 6))
    assert figure.share.share == Fraction(2, 3)
    assert figure.response_rate == Fraction(1, 2)


@pytest.mark.parametrize(
    ("good", "answers", "status"),
    [
        pytest.param(36, 41, Status.KEPT, id="36 of 41 against 80 %"),
        pytest.param(30, 41, Status.MISSED, id="missed"),
        pytest.param(4, 4, Status.DATA_GAP, id="four answers are hidden, and judge nothing"),
        pytest.param(0, 0, Status.NO_CASES, id="nobody answered"),
    ],
)
def test_verdicts(good, answers, status):
    assert SatisfactionFigure(good, answers, 62).share.judge(Fraction(8, 10), CloseRule()).status is status


def test_fewer_than_five_answers_are_hidden():
    figure = measure_satisfaction([5, 5, 1, 4])

    assert figure.is_hidden
    assert (figure.mean, figure.interval, figure.share.share) == (None, None, None)
    assert not measure_satisfaction([5, 5, 1, 4, 4]).is_hidden


def test_counts_without_scores_have_no_mean():
    assert SatisfactionFigure(36, 41, 62).mean is None


@pytest.mark.parametrize(
    ("good", "answers", "low", "high"),
    [
        pytest.param(36, 41, "0.7445", "0.9468", id="36 of 41"),
        pytest.param(10, 10, "0.7224", "1.0000", id="all good"),
        pytest.param(0, 10, "0.0000", "0.2776", id="none good"),
    ],
)
def test_the_wilson_interval_is_widened_outward(good, answers, low, high):
    assert wilson(good, answers) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_off_the_scale_is_refused(score):
    with pytest.raises(BadScore, match=f"A score of {score} is not on the scale"):
        measure_satisfaction([score])


def test_hidden_answers_are_not_told_by_how_many_were_asked():
    assert SatisfactionFigure(2, 4, asked=10).response_rate is None
    assert SatisfactionFigure(2, 5, asked=10).response_rate == Fraction(1, 2)


def test_more_good_answers_than_answers_are_refused():
    with pytest.raises(BadShare, match="5 of 4"):
        SatisfactionFigure(5, 4)


def test_what_was_lost_fits_what_was_allowed_where_silence_counts_as_lost():
    october = month("2026-10")
    promise = Promise(Decimal(90), unknown=UnknownPolicy.DOWN)
    frame = Frame(promise, october, october, october.end, LONDON, "round the clock")
    silent = (between("2026-10-20 00:00", "2026-10-21 07:00"),)

    outcome = attain(
        SatisfactionInputs(frame, (SurveyRound(date(2026, 10, 30), 300, 100, 91),), ServiceHours.always(LONDON), silent)
    )
    facts = read("satisfaction", outcome.result)

    assert (outcome.status, outcome.result["answers"], outcome.result["good"]) == (Status.MISSED, 100, 91)
    assert (facts.good, facts.whole, facts.lost, facts.allowed) == (91, 105, 14, 10)
