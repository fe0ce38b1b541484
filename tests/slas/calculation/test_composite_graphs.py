"""Services made of services: small graphs worked out by hand, and what holds of each graph.

Times are minutes of one hour; each loss was worked out on paper, as told beside it.
"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.attribution import Sharing, attribute_loss
from slas.calculation.availability import AvailabilityTerms
from slas.calculation.composite import Component, Course, Group, causes_of, components_of, course_of, measure_composite
from slas.calculation.intervals import Interval, measure, subtract, union
from slas.calculation.missing import UnknownPolicy
from slas.calculation.service_hours import ServiceHours

HOUR = Interval(0, 60)
ALWAYS = AvailabilityTerms(ServiceHours.always("UTC"))


def part(name, *down, unknown=()):
    return Component(name, Course(tuple(Interval(*each) for each in down), tuple(Interval(*each) for each in unknown)))


def series(*parts):
    return Group(parts)


def of(needed, *parts):
    return Group(parts, needed)


LOGIN = part("login", (0, 6))
GRAPHS = [
    # One part, down 10 to 25: 15 minutes, all its own.
    pytest.param(part("shop", (10, 25)), 15, {"shop": 15}, id="one part"),
    # Two needed: 10-25 and 20-30 together cover 10-30 = 20. Alone: shop 10-20 = 10, desk 25-30 = 5; 20-25 = 5 is shared
    # by both: 2 1/2 each. 10 + 2.5 and 5 + 2.5.
    pytest.param(
        series(part("shop", (10, 25)), part("desk", (20, 30))), 20,
        {"shop": Fraction(25, 2), "desk": Fraction(15, 2)}, id="two needed",
    ),
    # Either is enough: both are down only 20-25 = 5, shared: 2 1/2 each.
    pytest.param(
        of(1, part("shop", (10, 25)), part("desk", (20, 30))), 5,
        {"shop": Fraction(5, 2), "desk": Fraction(5, 2)}, id="either is enough",
    ),
    # Two of three: at least two are down in 10-20 (a, b) and 30-35 (b, c): 15. a answers for half of 10, b for half of
    # 10 and half of 5, c for half of 5.
    pytest.param(
        of(2, part("a", (0, 20)), part("b", (10, 20), (30, 40)), part("c", (30, 35), (50, 60))), 15,
        {"a": 5, "b": Fraction(15, 2), "c": Fraction(5, 2)}, id="two of three",
    ),
    # All three of three is a series: 0-20, 30-40, 50-60 = 40. Alone: a 0-10 = 10, b 35-40 = 5, c 50-60 = 10; 10-20 is
    # shared by a and b (5 each), 30-35 by b and c (2 1/2 each).
    pytest.param(
        of(3, part("a", (0, 20)), part("b", (10, 20), (30, 40)), part("c", (30, 35), (50, 60))), 40,
        {"a": 15, "b": Fraction(25, 2), "c": Fraction(25, 2)}, id="three of three",
    ),
    # Orders stands on Payments, Payments on Login and Card: 0-6 by login, 40-44 by card, 50-53 by the shop: 13.
    pytest.param(
        series(part("shop", (50, 53)), series(LOGIN, part("card", (40, 44)))), 13,
        {"shop": 3, "login": 6, "card": 4}, id="a service in a service",
    ),
    # Login stands under both ways in: its 6 minutes take both; 20-30 only the shop is down, so the desk carries on.
    pytest.param(
        of(1, series(LOGIN, part("shop", (20, 30))), series(LOGIN, part("desk"))), 6,
        {"login": 6, "shop": 0, "desk": 0}, id="what both ways stand on",
    ),
    # One way is down by its phone (10-30), the other by its screen (20-40): both 20-30 = 10, half each.
    pytest.param(
        of(1, series(part("phone", (10, 30)), part("people")), series(part("screen", (20, 40)), part("shop"))), 10,
        {"phone": 5, "people": 0, "screen": 5, "shop": 0}, id="two chains beside each other",
    ),
    # Alternatives inside a series: 25-30 both phones are down = 5 (half each), 28-40 the storage: alone 30-40 = 10,
    # 25-28 both phones = 3 (1 1/2 each), 28-30 all three = 2 (2/3 each). Whole 25-40 = 15.
    pytest.param(
        series(part("storage", (28, 40)), of(1, part("one", (20, 30)), part("two", (25, 35)))), 15,
        {"storage": 10 + Fraction(2, 3), "one": Fraction(13, 6), "two": Fraction(13, 6)}, id="alternatives in a series",
    ),
    # Nothing was down.
    pytest.param(series(part("shop"), of(1, part("one"), part("two"))), 0, dict.fromkeys(("shop", "one", "two"), 0),
                 id="nothing down"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "lost", "charged"), GRAPHS)
def test_graphs_worked_out_by_hand(whole, lost, charged):
    figure = attribute_loss(HOUR, ALWAYS, whole, Sharing.EQUALLY)

    assert figure.availability.lost == lost
    assert {loss.name: loss.charged for loss in figure.losses} == charged
    assert sum(charged.values()) == lost


# What is not known is a state of its own: down beats unknown in a series, and decides nothing while enough are up.
UNKNOWN = [
    # The desk is unknown 10-20, the shop down 15-25: down 15-25 = 10; unknown is left only 10-15 = 5.
    pytest.param(series(part("shop", (15, 25)), part("desk", unknown=((10, 20),))), 10, 5, id="series"),
    # Either is enough and the shop is up all the time: what nobody knows of the desk decides nothing.
    pytest.param(of(1, part("shop"), part("desk", unknown=((10, 20),))), 0, 0, id="the other is up"),
    # Either is enough; the shop is down 15-25, the desk unknown 10-20: only 15-20 = 5 is undecided.
    pytest.param(of(1, part("shop", (15, 25)), part("desk", unknown=((10, 20),))), 0, 5, id="the unknown one decides"),
    # Two of three, one down 0-30 and another unknown 20-40: undecided 20-30 = 10.
    pytest.param(of(2, part("a", (0, 30)), part("b", unknown=((20, 40),)), part("c")), 0, 10, id="two of three"),
]


@pytest.mark.parametrize(("whole", "lost", "unknown"), UNKNOWN)
def test_what_nobody_knows_stays_unknown(whole, lost, unknown):
    course = course_of(whole)
    left_out = measure_composite(HOUR, ALWAYS, whole)

    assert (measure(course.down), measure(course.unknown)) == (lost, unknown)
    assert (left_out.lost, left_out.judged_seconds) == (lost, 60 - unknown)
    as_down = AvailabilityTerms(ServiceHours.always("UTC"), unknown=UnknownPolicy.DOWN)
    figure = attribute_loss(HOUR, as_down, whole, Sharing.EQUALLY)
    assert (figure.availability.lost, figure.not_charged) == (lost + unknown, unknown)


@st.composite
def components(draw):
    edge = st.integers(0, 60)
    pieces = st.lists(st.builds(Interval, edge, edge), max_size=3)
    down = tuple(union(draw(pieces)))
    return Component(draw(st.sampled_from("abcdef")), Course(down, tuple(subtract(union(draw(pieces)), down))))


def groups(parts):
    return st.lists(parts, min_size=1, max_size=4).flatmap(
        lambda found: st.builds(Group, st.just(tuple(found)), st.none() | st.integers(1, len(found)))
    )


def named(whole, at="0"):
    """The same with a name of its own for each component."""
    if isinstance(whole, Component):
        return Component(f"{whole.name}{at}", whole.course)
    return Group(tuple(named(each, f"{at}{place}") for place, each in enumerate(whole.parts)), whole.needed)


trees = st.recursive(components(), groups, max_leaves=8).map(named)


def state(whole, minute):
    """Of one minute, counted out: the oracle knows nothing of intervals."""
    if isinstance(whole, Component):
        for name in ("down", "unknown"):
            if any(start <= minute < end for start, end in getattr(whole.course, name)):
                return name
        return "up"
    states = [state(each, minute) for each in whole.parts]
    if states.count("up") >= whole.least:
        return "up"
    return "unknown" if states.count("up") + states.count("unknown") >= whole.least else "down"


@settings(deadline=None, max_examples=60)
@given(trees)
def test_each_minute_is_as_counting_it_out_says(whole):
    course, figure = course_of(whole), attribute_loss(HOUR, ALWAYS, whole, Sharing.EQUALLY)
    charged = dict.fromkeys((each.name for each in components_of(whole)), Fraction(0))
    for minute in range(60):
        found = state(whole, minute)
        assert found == state(Component("whole", course), minute)
        if found == "down":
            down = frozenset(each.name for each in components_of(whole) if state(each, minute) == "down")
            causes = causes_of(whole, down)
            assert causes <= down
            for name in causes:
                charged[name] += Fraction(1, len(causes))

    assert {loss.name: loss.charged for loss in figure.losses} == charged
    assert figure.availability.lost == sum(charged.values())


@settings(deadline=None, max_examples=60)
@given(st.lists(trees, min_size=1, max_size=5), st.data())
def test_the_more_are_needed_the_more_is_lost(parts, data):
    needed = data.draw(st.integers(1, len(parts)))
    down = [course_of(Group(tuple(parts), each)).down for each in range(1, len(parts) + 1)]

    assert list(subtract(down[max(0, needed - 2)], down[needed - 1])) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(trees, min_size=2, max_size=5).map(tuple), st.data())
def test_the_order_of_parts_changes_nothing(parts, data):
    parts = tuple(named(each, str(place)) for place, each in enumerate(parts))
    needed = data.draw(st.none() | st.integers(1, len(parts)))
    other = tuple(data.draw(st.permutations(parts)))
    one, two = (attribute_loss(HOUR, ALWAYS, Group(each, needed), Sharing.EQUALLY) for each in (parts, other))

    assert one.availability.share == two.availability.share
    assert {loss.name: loss.charged for loss in one.losses} == {loss.name: loss.charged for loss in two.losses}


@settings(deadline=None, max_examples=60)
@given(st.lists(trees, min_size=1, max_size=4), trees)
def test_one_more_needed_part_never_raises_availability(parts, more):
    before, after = (course_of(Group(tuple(each))) for each in (parts, [*parts, more]))

    assert list(subtract(before.down, after.down)) == []


@pytest.mark.parametrize(
    ("down", "causes"),
    [
        pytest.param({"shop"}, set(), id="the other way goes on"),
        pytest.param({"shop", "desk"}, {"shop", "desk"}, id="both ways are shut"),
        pytest.param({"storage"}, {"storage"}, id="what is needed"),
        pytest.param({"storage", "shop"}, {"storage"}, id="what is needed, beside one way"),
    ],
)
def test_what_stops_the_whole_now(down, causes):
    whole = series(part("storage"), of(1, part("shop"), part("desk")))

    assert causes_of(whole, frozenset(down)) == causes
