"""Means, net promoters and weighted surveys: complete, and never mixed."""

from datetime import date
from fractions import Fraction

import pytest

from slas.calculation.errors import BadScore, BadShare, MixedScores, NegativeWeight
from slas.calculation.scores import (
    ScoreFigure,
    ScoreRound,
    Way,
    mean_score,
    pooled_scores,
    promoter_score,
    prove_scores,
    rounds_in_window,
    weighted_score,
)
from slas.calculation.status import CloseRule, Status

CLOSE = CloseRule()
ONE = Fraction(1)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        pytest.param(mean_score([5, 4, 4, 3, 1]), Fraction(17, 5), id="mean"),
        pytest.param(promoter_score([10, 9, 8, 6, 0]), Fraction(0), id="two promoters less two detractors"),
        pytest.param(promoter_score([10, 9, 9, 8, 0]), Fraction(2, 5), id="net promoters"),
        pytest.param(
            weighted_score([[(5, Fraction(2)), (2, ONE)], [(None, Fraction(2)), (3, ONE)], *[[(4, ONE)]] * 3]),
            Fraction(10 + 2 + 3 + 12, 3 + 1 + 3),
            id="weighted, an empty answer left out",
        ),
        pytest.param(mean_score([5, 5, 5, 5]), None, id="four answers are hidden"),
        pytest.param(mean_score([]), None, id="nobody answered"),
    ],
)
def test_values(figure, value):
    assert figure.value == value


@pytest.mark.parametrize(
    ("figure", "target", "status"),
    [
        pytest.param(mean_score([4, 4, 4, 4, 4]), "4", Status.CLOSE, id="equality is met"),
        pytest.param(mean_score([4, 4, 4, 4, 3]), "4", Status.MISSED, id="missed"),
        pytest.param(promoter_score([10, 10, 9, 7, 7]), "0.2", Status.KEPT, id="promoters"),
        pytest.param(mean_score([5, 5, 5, 5]), "4", Status.DATA_GAP, id="hidden answers judge nothing"),
        pytest.param(mean_score([]), "4", Status.NO_CASES, id="none"),
    ],
)
def test_verdicts(figure, target, status):
    verdict = figure.judge(Fraction(target), CLOSE)

    assert verdict.status is status
    assert (verdict.standing is None) == (status in (Status.DATA_GAP, Status.NO_CASES))


def test_sheets_without_an_answer_are_no_answers():
    figure = weighted_score([[(None, ONE)], [(4, ONE)]], asked=3)

    assert (figure.answers, figure.response_rate, figure.is_hidden) == (1, None, True)


def test_rounds_are_pooled_and_never_averaged_or_mixed():
    both = pooled_scores([mean_score([5] * 9, asked=20), mean_score([1], asked=4)])

    assert (both.value, both.response_rate) == (Fraction(46, 10), Fraction(10, 24))
    assert pooled_scores([mean_score([5] * 9, asked=20), mean_score([1])]).asked is None
    with pytest.raises(MixedScores, match="mean and net_promoters are no figure together"):
        pooled_scores([mean_score([5]), promoter_score([10])])
    with pytest.raises(MixedScores, match="no answers are no figure"):
        pooled_scores([])


def rounds(*days):
    return [ScoreRound(on, date.fromisoformat(on), mean_score([5, 4, 4, 5, 3])) for on in days]


def test_a_rolling_window_ends_with_its_period():
    known = rounds("2026-11-01", "2026-10-31", "2025-11-01", "2025-10-31")

    inside = rounds_in_window(known, date(2026, 11, 1))

    assert [each.id for each in inside] == ["2025-11-01", "2026-10-31"]
    assert [each.id for each in rounds_in_window(known, date(2026, 11, 1), months=1)] == ["2026-10-31"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: mean_score([0]), BadScore),
        (lambda: promoter_score([11]), BadScore),
        (lambda: weighted_score([[(6, ONE)]]), BadScore),
        (lambda: weighted_score([[(5, Fraction(-1))]]), NegativeWeight),
        (lambda: mean_score([5, 5], asked=1), BadShare),
    ],
)
def test_bad_answers_are_refused(make, error):
    with pytest.raises(error):
        make()


def test_the_proof_says_how_it_was_counted_and_nothing_of_hidden_answers():
    known = rounds("2026-10-31", "2025-11-01")
    figure = pooled_scores(each.figure for each in known)
    end = date(2026, 11, 1)

    proofs = [prove_scores(each, end, 12, figure) for each in (known, known[::-1])]

    assert proofs[0].to_json() == proofs[1].to_json()
    assert {line.key for line in proofs[0].lines} == {"points", "weight", "answers", "mean"}
    few = [ScoreRound("one", date(2026, 10, 1), mean_score([5, 1, 1]))]
    hidden = prove_scores(few, end, 12, few[0].figure)
    assert hidden == prove_scores([ScoreRound("one", date(2026, 10, 1), mean_score([5]))], end, 12, mean_score([5]))
    assert [line.key for line in hidden.lines] == ["hidden"]
    assert ScoreFigure(Way.MEAN, Fraction(0), Fraction(0), 0).lines[0].key == "no_answers"
