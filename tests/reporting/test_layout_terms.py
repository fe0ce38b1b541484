"""What a report agreement says, in words, and what it leaves out of a review; no database."""

from dataclasses import replace

import pytest

from reporting.layout import STANDARD, Interpretation, is_outside, lines_of, subject_of, uninterpreted

WITHOUT_WORTH = replace(STANDARD, sections=("promises", "months", "rules"))


@pytest.mark.parametrize(
    ("anchor", "status", "subject"),
    [
        pytest.param("orders.result", "missed", "missed", id="a promise's own"),
        pytest.param("orders.2026-09", "kept", "kept", id="a month of the chart"),
        pytest.param("orders.experienced", "missed", "experienced", id="as felt"),
        pytest.param("orders.experienced_lost", "missed", "experienced", id="lost as felt"),
        pytest.param("value.online.low", "", "worth", id="worth"),
        pytest.param("score.kept", "", "score", id="the score"),
    ],
)
def test_each_figure_is_read_as_something(anchor, status, subject):
    assert subject_of(anchor, status) == subject


@pytest.mark.parametrize(
    ("anchor", "is_cell", "terms", "outside"),
    [
        pytest.param("value.online.low", False, STANDARD, False, id="worth is shown"),
        pytest.param("value.online.low", False, WITHOUT_WORTH, True, id="worth is left out"),
        pytest.param("orders.2026-09", True, STANDARD, False, id="the chart is shown"),
        pytest.param("orders.2026-09", True, replace(STANDARD, sections=("promises", "rules")), True, id="no chart"),
        pytest.param("orders.experienced", False, replace(STANDARD, shows_experienced=False), True, id="not as felt"),
        pytest.param("orders.experienced", False, STANDARD, False, id="as felt"),
        pytest.param("orders.result", False, replace(STANDARD, sections=("promises", "rules")), False, id="result"),
    ],
)
def test_what_is_left_out_takes_its_figures_along(anchor, is_cell, terms, outside):
    assert is_outside(anchor, terms, is_cell=is_cell) is outside


def test_what_nobody_said_how_to_read_is_named_in_order():
    terms = replace(STANDARD, interpretations=(Interpretation("kept", "so", "not so"),))

    assert uninterpreted({"missed", "kept", "close"}, terms) == ["close", "missed"]
    assert uninterpreted({"missed", "kept", "close"}, STANDARD) == []


def test_a_version_is_read_in_words():
    terms = replace(WITHOUT_WORTH, answer_working_days=1, felt_by_words="your customers", shows_events=False)
    said = {line.key: line.text for line in lines_of(terms)}

    assert said["sections"] == "1 In short. 2 Promises in detail. 3 Twelve months. 4 How we count"
    assert said["answer"] == "Within 1 working day of issue"
    assert said["figures"].endswith("its time as agreed, and as your customers felt it")
    close = "Close means kept with little room left. It does not mean missed."
    assert said["means-close"] == close
