from fractions import Fraction

import pytest

from slas.calculation.missing import Evidence
from slas.calculation.status import (
    CloseRule,
    Standing,
    Status,
    disputed,
    judge,
    judge_running,
    overall,
    standing_status,
    trial,
)

KEPT, CLOSE, MISSED, AT_RISK = Status.KEPT, Status.CLOSE, Status.MISSED, Status.AT_RISK
DISPUTED, GAP, TRIAL, NONE = Status.DISPUTED, Status.DATA_GAP, Status.TRIAL, Status.NO_CASES


def standing(lost, room, whole=1000):
    return Standing(Fraction(lost), Fraction(room), Fraction(whole))


@pytest.mark.parametrize(
    ("lost", "room", "rule", "status"),
    [
        pytest.param(0, 100, CloseRule(), KEPT, id="nothing lost"),
        pytest.param(75, 100, CloseRule(), KEPT, id="exactly three quarters"),
        pytest.param(76, 100, CloseRule(), CLOSE, id="more than three quarters"),
        pytest.param(100, 100, CloseRule(), CLOSE, id="all of it: equality is met"),
        pytest.param(101, 100, CloseRule(), MISSED, id="more"),
        pytest.param(0, 0, CloseRule(), KEPT, id="no room, nothing lost"),
        pytest.param("1/1000", 0, CloseRule(), MISSED, id="no room: any loss is missed"),
        pytest.param(91, 100, CloseRule(None, Fraction(1, 100)), CLOSE, id="within the agreed margin"),
        pytest.param(90, 100, CloseRule(None, Fraction(1, 100)), KEPT, id="exactly the margin away"),
        pytest.param(99, 100, CloseRule(None, None), KEPT, id="no rule for close"),
        pytest.param(0, 0, CloseRule(None, Fraction(1, 100)), KEPT, id="no room, so that no margin is agreed either"),
        pytest.param(-5, 10, CloseRule(), KEPT, id="more met than counted"),
    ],
)
def test_kept_close_and_missed(lost, room, rule, status):
    assert standing_status(standing(lost, room), rule) is status


def test_room_used_and_left():
    assert standing(25, 100).room_used == Fraction(1, 4)
    assert standing(120, 100).left == -20
    assert standing(1, 0).room_used is None


@pytest.mark.parametrize(
    ("coverage", "worst", "best", "status", "met", "certain"),
    [
        pytest.param(1, True, True, KEPT, True, True, id="complete"),
        pytest.param("95/100", False, True, KEPT, True, None, id="exactly enough"),
        pytest.param("94/100", False, True, GAP, None, None, id="too little, could be either"),
        pytest.param("94/100", True, True, GAP, None, True, id="too little, certainly kept"),
        pytest.param("94/100", False, False, GAP, None, False, id="too little, certainly missed"),
    ],
)
def test_too_little_data_is_a_gap(coverage, worst, best, status, met, certain):
    evidence = Evidence(Fraction(coverage), Fraction(95, 100), worst, best)

    verdict = judge(standing(0, 100), evidence, CloseRule())

    assert (verdict.status, verdict.met, verdict.certain) == (status, met, certain)


def test_nothing_to_judge():
    assert judge(None, None, CloseRule()).status is NONE


@pytest.mark.parametrize(
    ("lost", "burn", "status"),
    [
        pytest.param(25, Fraction(11, 10), AT_RISK, id="a quarter used, too fast"),
        pytest.param(24, 5, KEPT, id="too fast, but less than a quarter used"),
        pytest.param(50, 1, KEPT, id="as fast as the room allows"),
        pytest.param(80, Fraction(9, 10), CLOSE, id="much used, late in the month"),
        pytest.param(100, 2, AT_RISK, id="used up, not over"),
        pytest.param(101, 2, MISSED, id="over, whatever comes"),
        pytest.param(0, None, KEPT, id="the month has not begun"),
    ],
)
def test_a_running_month(lost, burn, status):
    assert judge_running(standing(lost, 100), burn and Fraction(burn), CloseRule()) is status


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ([KEPT, CLOSE, MISSED, GAP, DISPUTED], MISSED),
        ([KEPT, CLOSE, GAP, DISPUTED], GAP),
        ([KEPT, CLOSE, DISPUTED], DISPUTED),
        ([KEPT, CLOSE, AT_RISK], AT_RISK),
        ([KEPT, CLOSE], CLOSE),
        ([KEPT, TRIAL, NONE], KEPT),
        ([TRIAL, NONE], NONE),
        ([], NONE),
    ],
)
def test_the_overall_status_is_the_worst_that_counts(statuses, worst):
    assert overall(statuses) is worst
    assert overall(reversed(statuses)) is worst


def test_each_status_has_a_letter_of_its_own():
    assert "".join(status.letter for status in Status) == "KCMRTDGN"


def test_disputed_and_trial_are_neither_kept_nor_missed():
    verdict = judge(standing(200, 100), Evidence(Fraction(1), Fraction(1), False, False), CloseRule())

    assert (disputed(verdict).status, disputed(verdict).met) == (DISPUTED, None)
    assert disputed(verdict).standing == verdict.standing
    assert (trial().status, trial().met) == (TRIAL, None)
