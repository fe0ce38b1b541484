from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.composite import (
    Course,
    measured_group,
    predicted_k_of_n,
    predicted_series,
)
from slas.calculation.errors import BadGroup
from slas.calculation.intervals import Interval, subtract, union


def shares(*texts):
    return [Fraction(text) for text in texts]


def test_a_series_is_the_product():
    assert predicted_series(shares("0.999", "0.995", "0.98")) == Fraction("0.9741249")


def test_of_alternatives_any_one_will_do():
    assert predicted_k_of_n(1, shares("0.9", "0.9")) == Fraction("0.99")


def test_three_of_five_people():
    assert predicted_k_of_n(3, shares(*["0.95"] * 5)) == Fraction("0.998841875")


def test_an_order_desk_of_phones_contracts_and_people_beside_the_shop():
    people = predicted_k_of_n(3, shares(*["0.95"] * 5))
    desk = predicted_series([*shares("0.998", "0.997"), people])
    whole = predicted_series([*shares("0.999", "0.999"), predicted_k_of_n(1, [Fraction("0.997"), desk])])

    assert f"{float(whole) * 100:.3f}"[:4] == "99.7"


@given(parts=st.lists(st.fractions(0, 1, max_denominator=20), min_size=1, max_size=4), data=st.data())
def test_k_of_n_is_the_sum_over_all_ways_to_be_up(parts, data):
    needed = data.draw(st.integers(1, len(parts)))
    truth = Fraction(0)
    for ups in product([True, False], repeat=len(parts)):
        if sum(ups) >= needed:
            chance = Fraction(1)
            for up, part in zip(ups, parts, strict=True):
                chance *= part if up else 1 - part
            truth += chance

    assert predicted_k_of_n(needed, parts) == truth


@pytest.mark.parametrize(("needed", "size"), [(0, 3), (4, 3), (1, 0)])
def test_an_impossible_group_is_refused(needed, size):
    with pytest.raises(BadGroup, match=f"{needed} of {size} cannot be needed"):
        predicted_k_of_n(needed, [Fraction(1, 2)] * size)
    with pytest.raises(BadGroup):
        measured_group(needed, [Course(())] * size)


@st.composite
def courses(draw):
    edge = st.integers(0, 20)
    pieces = st.lists(st.builds(Interval, edge, edge), max_size=3)
    down = tuple(union(draw(pieces)))
    return Course(down, tuple(subtract(union(draw(pieces)), down)))


def state_at(second, course):
    for state in ("down", "unknown"):
        if any(start <= second < end for start, end in getattr(course, state)):
            return state
    return "up"


@given(parts=st.lists(courses(), min_size=1, max_size=5), data=st.data())
def test_each_second_of_a_group_is_what_its_parts_say(parts, data):
    needed = data.draw(st.integers(1, len(parts)))
    group, series = measured_group(needed, parts), measured_group(len(parts), parts)

    for second in range(21):
        states = [state_at(second, part) for part in parts]
        up, unknown = states.count("up"), states.count("unknown")
        expected = "up" if up >= needed else "unknown" if up + unknown >= needed else "down"
        assert state_at(second, group) == expected
        in_series = "down" if "down" in states else "unknown" if unknown else "up"
        assert state_at(second, series) == in_series


@given(parts=st.lists(courses(), min_size=1, max_size=4), more=courses())
def test_one_more_part_never_takes_down_time_away(parts, more):
    before, after = (measured_group(len(some), some) for some in (parts, [*parts, more]))

    assert list(subtract(before.down, after.down)) == []
