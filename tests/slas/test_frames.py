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
