from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.errors import ReversedInterval
from slas.calculation.intervals import Interval, Ruler, clip, intersect, measure, merge, span, subtract, union


def lists_of_intervals():
    edges = st.integers(min_value=-40, max_value=40)
    return st.lists(st.builds(Interval, edges, edges), max_size=8)


def seconds_of(intervals):
    """The naive truth: a set of seconds."""
    return {second for start, end in intervals for second in range(start, end)}


def as_intervals(pairs):
    return [Interval(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("outages", "seconds"),
    [
        pytest.param([], 0, id="no outage"),
        pytest.param([(0, 60)], 60, id="one minute"),
        pytest.param([(0, 60), (30, 90)], 90, id="overlap counts once"),
        pytest.param([(0, 60), (60, 90)], 90, id="touching"),
        pytest.param([(0, 60), (10, 20)], 60, id="one inside another"),
        pytest.param([(60, 60)], 0, id="empty interval"),
        pytest.param([(90, 60)], 0, id="reversed counts nothing"),
        pytest.param([(100, 160), (0, 60)], 120, id="in any order"),
    ],
)
def test_measure_counts_each_second_once(outages, seconds):
    assert measure(as_intervals(outages)) == seconds


def test_touching_intervals_become_one():
    assert list(union(as_intervals([(10, 20), (0, 10), (30, 40)]))) == as_intervals([(0, 20), (30, 40)])


def test_flapping_is_merged_over_an_agreed_gap():
    assert list(merge(as_intervals([(0, 10), (15, 20), (26, 30)]), gap=5)) == as_intervals([(0, 20), (26, 30)])


def test_a_reversed_interval_is_refused_at_entry_by_name():
    with pytest.raises(ReversedInterval, match="Outage 7 ends before it starts"):
        span(10, 5, what="Outage 7")


@given(intervals=lists_of_intervals())
def test_union_is_sorted_disjoint_and_the_same_time(intervals):
    merged = list(union(intervals))

    assert seconds_of(merged) == seconds_of(intervals)
    assert all(start < end for start, end in merged)
    assert all(before.end < after.start for before, after in pairwise(merged))


@given(intervals=lists_of_intervals(), others=lists_of_intervals())
def test_set_operations_are_those_of_seconds(intervals, others):
    left, right = list(union(intervals)), list(union(others))

    assert seconds_of(intersect(left, right)) == seconds_of(left) & seconds_of(right)
    assert seconds_of(subtract(left, right)) == seconds_of(left) - seconds_of(right)


@given(intervals=lists_of_intervals(), start=st.integers(-50, 50), end=st.integers(-50, 50))
def test_clip_keeps_what_is_inside(intervals, start, end):
    clipped = list(clip(intervals, Interval(start, end)))

    assert seconds_of(clipped) == seconds_of(intervals) & seconds_of([Interval(start, end)])
    assert all(start < end for start, end in clipped)


@given(intervals=lists_of_intervals(), others=lists_of_intervals())
def test_measure_never_shrinks_when_time_is_added(intervals, others):
    assert measure(intervals + others) >= measure(intervals)


@given(intervals=lists_of_intervals(), start=st.integers(-60, 60), end=st.integers(-60, 60))
def test_a_ruler_measures_like_a_set_of_seconds(intervals, start, end):
    ruler = Ruler(intervals)
    inside = seconds_of(intervals) & seconds_of([Interval(start, end)])

    assert ruler.seconds == len(seconds_of(intervals))
    assert ruler.within(Interval(start, end)) == len(inside)
    assert ruler.first_within(Interval(start, end)) == min(inside, default=None)


@given(intervals=lists_of_intervals(), start=st.integers(-60, 60), end=st.integers(-60, 60))
def test_a_ruler_cuts_out_the_pieces_inside(intervals, start, end):
    pieces = list(Ruler(intervals).inside(Interval(start, end)))

    assert seconds_of(pieces) == seconds_of(intervals) & seconds_of([Interval(start, end)])
    assert all(before.end < after.start for before, after in pairwise(pieces))
    assert all(start < end for start, end in pieces)
