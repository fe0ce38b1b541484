"""Sentences with named figures are read for technical words; figures and bold stay where they are."""

import pytest

from portal.language.jargon.bound import check_bound, reworded
from portal.language.jargon.check import find_jargon

FIGURES = {"orders.result": "3 h 28 min", "orders.late": "12 of 96,412"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Orders were not possible for {figure:orders.result}.", [], id="names of figures"),
        pytest.param("**{figure:orders.late} orders** were late.", [], id="bold"),
        pytest.param("The pods were down for {figure:orders.result}.", ["pods"], id="a word beside a figure"),
        pytest.param("Pages took {figure:orders.late} ms.", ["12 of 96,412 ms"], id="a measure behind a figure"),
    ],
)
def test_figures_are_numbers(text, told):
    assert [each.words for each in check_bound(text, FIGURES, find_jargon).open] == told


@pytest.mark.parametrize(
    ("text", "at", "after"),
    [
        pytest.param(
            "We rebooted **the server** and {figure:orders.late} pods.",
            "52:pods",
            "We rebooted **the server** and {figure:orders.late} running copies of a program.",
            id="behind a figure",
        ),
        pytest.param(
            "**Failover took {figure:orders.result}.**",
            "2:Failover",
            "**Switch to the spare system took {figure:orders.result}.**",
            id="bold at the start of a sentence",
        ),
        pytest.param(
            "It was an **API** and {figure:orders.late} late.",
            "12:API",
            "It was a **link through which programs exchange data** and {figure:orders.late} late.",
            id="the article before bold",
        ),
        pytest.param("The pods failed.", "9:pods", "The running copies of a program failed.", id="moved meanwhile"),
        pytest.param("The plates failed.", "4:pods", None, id="gone meanwhile"),
    ],
)
def test_a_word_is_replaced_where_it_stands(text, at, after):
    assert reworded(text, FIGURES, find_jargon, at) == after


def test_what_would_lose_a_figure_or_bold_is_not_offered():
    for text in ("Pages took {figure:orders.late} ms.", "The load **balancer** was down."):
        (found,) = check_bound(text, FIGURES, find_jargon).open
        assert found.plain == ""


def test_length_and_ease_are_those_of_what_is_read():
    text = "Orders were late for {figure:orders.result} " + "on each of the days " * 5 + "and then not any more."
    checked = check_bound(text, FIGURES, find_jargon)

    assert [each.kind for each in checked.open] == ["long-sentence"]
    assert "3 h 28 min" in checked.open[0].words
    assert checked.reading.words == len(text.replace("{figure:orders.result}", "3 h 28 min").split())


def test_a_sentence_that_names_no_figure_of_the_review_is_still_read():
    checked = check_bound("A failover of {figure:gone}.", FIGURES, find_jargon)

    assert [each.words for each in checked.open] == ["failover"]
