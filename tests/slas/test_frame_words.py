"""The frame of a promise in words says what the clock does."""

import pytest

from slas.models import TargetKind
from slas.queries.frames import frame_lines
from tests.slas import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        pytest.param([], "The clock stands still outside service hours only.", id="no reason agreed"),
        pytest.param(["Awaiting caller"], "The clock stands still for: Awaiting caller.", id="an agreed reason"),
    ],
)
def test_when_the_clock_stands_still(in_tenant, reasons, words):
    target = factories.make_target(TargetKind.CASES, pause_reasons=reasons)

    assert words in frame_lines(target)


def test_a_margin_is_said_in_points_of_the_promise(in_tenant):
    target = factories.make_target(close_margin="0.1")
    target.refresh_from_db()

    assert "Kept, but close: more than 75 % of the room used, or within 0.1 points of the promise." in [
        line.replace("\u00a0", " ") for line in frame_lines(target)
    ]
