"""What follows the sentence of a missed promise: how it was before, why, and what will be done."""

from dataclasses import replace

import pytest

from portal.language.beside import because, compared, planned
from portal.language.facts import read
from tests.portal.promises import CONFIRM, LOST, ORDERS, minutes

NOW = read("availability", LOST)  # 208 of 33,420 minutes


def time(lost, **more):
    return read("availability", minutes(service=33480, counted=33420, lost=lost) | more)


@pytest.mark.parametrize(
    ("before", "year", "said"),
    [
        pytest.param(100, 300, "That is worse than in September and better than in October of last year.", id="both"),
        pytest.param(208, None, "That is as in September.", id="the same"),
        pytest.param(None, 100, "That is worse than in October of last year.", id="only the year before"),
        pytest.param(None, None, "", id="neither"),
    ],
)
def test_a_month_is_compared_with_those_before(before, year, said):
    told = compared(
        ORDERS,
        NOW,
        None if before is None else ("September", time(before)),
        None if year is None else ("October", time(year)),
    )

    assert told == said


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(read("availability", minutes(service=0, counted=0, lost=0)), id="no time counted"),
        pytest.param(time(10, coverage="1/2", minimum_coverage="19/20"), id="too little known"),
        pytest.param(time(10, elapsed_share="1/3"), id="still running"),
        pytest.param(time(10, part="from 12 Oct"), id="a part of it"),
        pytest.param(read("satisfaction", {"met": None, "judged": None, "is_hidden": True}), id="hidden answers"),
    ],
)
def test_what_cannot_be_compared_is_not(then):
    assert compared(ORDERS, NOW, ("September", then), None) == ""


def test_counted_things_are_compared_by_their_share():
    now, then = (read("volume", {"met": 100 - late, "total": 100, "late": late, "allowed_late": 1}) for late in (5, 9))

    assert compared(CONFIRM, now, ("September", then), None) == "That is better than in September."


def test_the_cause_and_the_plan_stand_inside_a_sentence():
    assert because(ORDERS, "Storage full.") == "The cause: storage full."
    assert because(ORDERS, "SAP stopped") == "The cause: SAP stopped."
    assert because(ORDERS, " ") == ""
    assert planned(ORDERS, ["Add a second line", "Watch the door"]) == (
        "What will be done: add a second line; watch the door."
    )
    assert planned(ORDERS, []) == ""


def test_what_people_wrote_names_no_figure_and_begins_no_bold():
    assert because(ORDERS, "**{figure:orders.result}** broke") == "The cause: figure:orders.result broke."


def test_german_keeps_capitals():
    german = replace(ORDERS, language="de")

    assert because(german, "Speicher voll") == "Die Ursache: Speicher voll."
    assert compared(german, NOW, ("September", time(100)), None) == "Das ist schlechter als im September."
