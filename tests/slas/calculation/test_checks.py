import pytest

from slas.calculation.checks import Check, State, states_of
from slas.calculation.errors import ContradictingChecks
from slas.calculation.intervals import Interval

SPAN = Interval(0, 100)
UP, DOWN, SLOW = State.UP, State.DOWN, State.DEGRADED


@pytest.mark.parametrize(
    ("checks", "gap", "down", "degraded", "unknown"),
    [
        pytest.param([], 10, [], [], [(0, 100)], id="nobody looked"),
        pytest.param([(0, UP), (50, UP)], None, [], [], [], id="up throughout"),
        pytest.param([(0, UP), (40, DOWN), (60, UP)], None, [(40, 60)], [], [], id="down until found up"),
        pytest.param([(20, UP)], None, [], [], [(0, 20)], id="unknown before the first check"),
        pytest.param([(-30, DOWN), (20, UP)], None, [(0, 20)], [], [], id="a check before the span speaks into it"),
        pytest.param([(0, UP), (10, UP), (50, UP)], 20, [], [], [(30, 50), (70, 100)], id="silence is unknown"),
        pytest.param([(0, DOWN), (50, UP)], 20, [(0, 20)], [], [(20, 50), (70, 100)], id="down, then silence"),
        pytest.param([(0, SLOW), (30, DOWN), (50, UP)], None, [(30, 50)], [(0, 30)], [], id="slow, then down"),
        pytest.param([(60, UP), (0, UP), (40, DOWN)], None, [(40, 60)], [], [], id="in any order"),
        pytest.param([(0, UP), (0, UP)], None, [], [], [], id="the same check twice is one"),
        pytest.param([(0, DOWN), (30, DOWN), (60, UP)], 30, [(0, 60)], [], [(90, 100)], id="down twice is one outage"),
        pytest.param([(0, UP), (120, DOWN)], None, [], [], [], id="a check after the span says nothing about it"),
    ],
)
def test_a_check_speaks_until_the_next_or_for_an_agreed_time(checks, gap, down, degraded, unknown):
    states = states_of([Check(*check) for check in checks], SPAN, gap)

    assert [tuple(piece) for piece in states.down] == down
    assert [tuple(piece) for piece in states.degraded] == degraded
    assert [tuple(piece) for piece in states.unknown] == unknown


def test_two_findings_at_one_second_are_refused():
    with pytest.raises(ContradictingChecks, match="Two checks at 1970-01-01 00:00:05 UTC"):
        states_of([Check(5, UP), Check(5, DOWN)], SPAN, None)
