import pytest

from slas.calculation.differences import differences


@pytest.mark.parametrize(
    ("said", "found", "told"),
    [
        pytest.param({"a": 1}, {"a": 1}, [], id="equal"),
        pytest.param({"a": 1}, {"a": True}, [("a", "1", "true")], id="one is not true"),
        pytest.param({"a": 1}, {}, [("a", "1", "nothing")], id="gone"),
        pytest.param(
            {"outages": [{"id": "A", "end": 60}, {"id": "B", "end": 0}]},
            {"outages": [{"id": "B", "end": 0}, {"id": "A", "end": 120}]},
            [("outages, A, end", "1970-01-01 00:01:00 UTC", "1970-01-01 00:02:00 UTC")],
            id="told apart by their names",
        ),
        pytest.param(
            {"outages": [{"id": "A"}]}, {"outages": [{"id": "A"}, {"id": "B"}]},
            [("outages, B", "nothing", '{"id": "B"}')], id="one more",
        ),
        pytest.param({"k": ["B 1", "A 2"]}, {"k": ["A 2", "B 1"]},
                     [("k, order", '["B", "A"]', '["A", "B"]')], id="another order"),
        pytest.param({"r": ["2026-10-01 3/4"]}, {"r": ["2026-10-01 4/4"]},
                     [("r, 2026-10-01", "2026-10-01 3/4", "2026-10-01 4/4")], id="counts by date"),
        pytest.param({"gaps": [[0, 60]]}, {"gaps": [[0, 60], [60, 120]]},
                     [("gaps", "nothing", "1970-01-01 00:01:00 UTC to 1970-01-01 00:02:00 UTC")], id="a gap more"),
        pytest.param({"gaps": [[0, 60]]}, {"gaps": [[0, 90]]},
                     [("gaps, 1", "1970-01-01 00:00:00 UTC to 1970-01-01 00:01:00 UTC",
                       "1970-01-01 00:00:00 UTC to 1970-01-01 00:01:30 UTC")], id="a longer gap"),
        pytest.param({"pauses": [{"end": 10**20}]}, {"pauses": [{"end": None}]},
                     [("pauses, 1, end", str(10**20), "nothing")], id="beyond each calendar"),
    ],
)  # fmt: skip
def test_each_difference_is_named(said, found, told):
    assert [(each.where, each.said_words, each.found_words) for each in differences(said, found)] == told
