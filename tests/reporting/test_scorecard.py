"""How many promises were kept, and how the month stands."""

import pytest

from reporting.scorecard import Standing, score


@pytest.mark.parametrize(
    ("statuses", "judged", "kept", "close", "overall"),
    [
        pytest.param(["kept"] * 4 + ["close", "missed", "disputed", "data_gap"], 8, 5, 1, "missed", id="a usual month"),
        pytest.param(["kept", "trial", "no_cases"], 1, 1, 0, "kept", id="trial and no cases do not count"),
        pytest.param(["trial"], 0, 0, 0, "no_cases", id="nothing to judge"),
        pytest.param([], 0, 0, 0, "no_cases", id="nothing promised"),
        pytest.param(["close", "data_gap"], 2, 1, 1, "data_gap", id="no data is worse than close"),
        pytest.param(["kept", "disputed"], 2, 1, 0, "disputed", id="disputed counts in neither"),
    ],
)
def test_score(statuses, judged, kept, close, overall):
    card = score(Standing(status) for status in statuses)

    assert (card.judged, card.kept, card.close, card.overall) == (judged, kept, close, overall)


@pytest.mark.parametrize(
    ("running", "judged", "kept", "later", "overall"),
    [
        pytest.param("kept", 1, 1, 1, "kept", id="kept so far is not kept"),
        pytest.param("close", 1, 1, 1, "kept", id="nor is it close"),
        pytest.param("at_risk", 1, 1, 1, "at_risk", id="that it is at risk, the month hears"),
        pytest.param("data_gap", 1, 1, 1, "kept", id="data may come"),
        pytest.param("missed", 2, 1, 0, "missed", id="missed while it runs is missed for certain"),
        pytest.param("trial", 1, 1, 0, "kept", id="a trial is never judged"),
    ],
)
def test_what_still_runs_is_counted_apart(running, judged, kept, later, overall):
    card = score([Standing("kept"), Standing(running, is_running=True)])

    assert (card.judged, card.kept, card.running, card.overall) == (judged, kept, later, overall)
    assert card.close == 0


def test_only_mandatory_promises_decide_the_month():
    card = score([Standing("kept"), Standing("missed", is_mandatory=False)])

    assert card.overall == "kept"
    assert card.missed == 1
