"""The frame of a promise in words: by when a case is in time."""

import pytest

from slas.queries.frames import frame_lines
from tests.slas import factories


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"within_seconds": 7200}, "within 2 hours of service time", id="hours"),
        pytest.param({"within_seconds": 2700}, "within 45 minutes of service time", id="minutes"),
        pytest.param(
            {"within_working_days": 1}, "by the end of hours on the 1st working day after receipt", id="one day"
        ),
        pytest.param(
            {"within_working_days": 10}, "by the end of hours on the 10th working day after receipt", id="ten days"
        ),
        pytest.param(
            {"within_working_days": 12}, "by the end of hours on the 12th working day after receipt", id="twelve days"
        ),
        pytest.param(
            {"within_working_days": 22}, "by the end of hours on the 22nd working day after receipt", id="22 days"
        ),
    ],
)
def test_it_is_said_by_when_a_case_is_in_time(in_tenant, fields, said):
    target = factories.make_target(kind="cases", **{"within_seconds": None} | fields)

    lines = [line.replace("\u00a0", " ") for line in frame_lines(target)]

    assert f"A case is in time when it is solved {said}." in lines
    assert ("What comes after the end of hours counts as received on the next working day." in lines) == (
        "within_working_days" in fields
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param(
            {}, "A case belongs to the period in which it is due; open and overdue is late.", id="by due date"
        ),
        pytest.param(
            {"attribution": "stopped"},
            "A case belongs to the period in which its clock stops; what is open is in none.",
            id="by its stop",
        ),
        pytest.param(
            {"attribution": "opened"},
            "A case belongs to the period in which it is opened; not final until each is solved or overdue.",
            id="by its opening",
        ),
        pytest.param(
            {"reopen_days": 1},
            "Opened again within 1 day of its solution, a case goes on; later it is a new one.",
            id="opened again",
        ),
        pytest.param(
            {"priority_rule": "change"},
            "A case that had another priority before is counted from the change on.",
            id="another priority",
        ),
        pytest.param(
            {"longest_pause_seconds": 5400},
            "A pause of more than 1 h 30 min of service time needs a note.",
            id="long pauses",
        ),
        pytest.param(
            {"percentile_method": "inclusive"},
            "How long half of the cases took: between two times, inclusive.",
            id="method",
        ),
    ],
)
def test_what_is_agreed_about_the_way_of_a_case_is_said(in_tenant, fields, said):
    target = factories.make_target(kind="cases", **fields)

    assert said in [line.replace("\u00a0", " ") for line in frame_lines(target)]
