"""The frame of a promise in words says what the clock does."""

import pytest

from slas.models import FactKind, TargetKind
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


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        pytest.param(TargetKind.AVAILABILITY, {}, "An outage starts when it really began or, where nobody knows that,"
                     " when it was first noticed; it ends when the service can be used again. Who decides: IT.",
                     id="log"),
        pytest.param(TargetKind.RELIABILITY, {"measure": FactKind.CHECKS}, "An outage starts with the first check that"
                     " finds it and ends with the first that does not.", id="checks"),
        pytest.param(TargetKind.OCCASIONS, {}, "The number is that of a whole month; for a part of one it is not"
                     " reduced.", id="a number"),
        pytest.param(TargetKind.RELIABILITY, {"period_kind": "quarter"}, "The number is that of a whole quarter; for a"
                     " part of one it is not reduced.", id="a number of a quarter"),
        pytest.param(TargetKind.VOLUME, {}, "Fewer than 10 are told as so many of all, such as 9/9, and not as a"
                     " percentage.", id="a share"),
    ],
)  # fmt: skip
def test_what_is_one_rule_for_all_promises_is_said_in_each(in_tenant, kind, fields, said):
    if "measure" in fields:
        fields = {"measure": factories.make_measure(fields["measure"])}

    assert said in frame_lines(factories.make_target(kind, **fields))


def test_a_share_is_not_said_to_be_a_number_nor_a_number_a_share(in_tenant):
    share, number = (factories.make_target(kind) for kind in (TargetKind.CASES, TargetKind.OCCASIONS))

    assert not any(line.startswith("The number is") for line in frame_lines(share))
    assert not any(line.startswith("Fewer than") for line in frame_lines(number))
