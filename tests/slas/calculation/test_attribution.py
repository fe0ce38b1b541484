"""Composites by the availability of their own agreement, and who answers for what was lost."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.attribution import Sharing, attribute_loss, prove_composite
from slas.calculation.availability import AvailabilityTerms
from slas.calculation.composite import Component, Course, Group, course_of, measure_composite
from slas.calculation.errors import BadGroup, ContradictingComponent
from slas.calculation.intervals import Interval, subtract, union
from slas.calculation.missing import UnknownPolicy
from slas.calculation.planned_work import PlannedWork
from slas.calculation.service_hours import ServiceHours, Window

SPAN = Interval(0, 60)
ALWAYS = AvailabilityTerms(ServiceHours.always("UTC"))
HOURS = ServiceHours("UTC", ((Window(10, 50),),) * 7)
POLICIES = (UnknownPolicy.EXCLUDE, UnknownPolicy.DOWN, UnknownPolicy.UP)


def component(name, *down, unknown=()):
    return Component(name, Course(tuple(Interval(*each) for each in down), tuple(Interval(*each) for each in unknown)))


def series(*parts):
    return Group(parts)


def charged(whole, sharing=Sharing.EQUALLY, terms=ALWAYS, works=()):
    figure = attribute_loss(SPAN, terms, whole, sharing, works)
    return {loss.name: loss.charged for loss in figure.losses}


@st.composite
def components(draw):
    edge = st.integers(-10, 70)
    pieces = st.lists(st.builds(Interval, edge, edge), max_size=3)
    down = tuple(union(draw(pieces)))
    name = draw(st.sampled_from("abcdefgh"))
    return Component(name, Course(down, tuple(subtract(union(draw(pieces)), down))))


def _renamed(part, number=0):
    """The same tree with a name of its own for each component."""
    if isinstance(part, Component):
        return replace(part, name=f"{part.name}{number}")
    return replace(part, parts=tuple(_renamed(each, number * 10 + at) for at, each in enumerate(part.parts, start=1)))


def groups(parts):
    return st.lists(parts, min_size=1, max_size=3).flatmap(
        lambda found: st.builds(Group, st.just(tuple(found)), st.none() | st.integers(1, len(found)))
    )


trees = st.recursive(components(), groups, max_leaves=6).map(_renamed)
all_terms = st.builds(
    AvailabilityTerms,
    hours=st.sampled_from([ServiceHours.always("UTC"), HOURS]),
    unknown=st.sampled_from(POLICIES),
    minimum_outage=st.integers(0, 8),
    flap_gap=st.integers(0, 8),
)
works = st.lists(
    st.builds(lambda start, long, number: PlannedWork(start, start + long, f"CHG-{number}", "other"),
              st.integers(0, 50), st.integers(0, 10), st.integers(0, 9)),
    max_size=2, unique_by=lambda work: work.id,
)  # fmt: skip


def test_a_nested_composite_counts_under_its_own_hours_only():
    network = component("network", (0, 20))
    pair = Group((component("one", (15, 40)), component("other", (30, 55))), needed=1)

    figure = measure_composite(SPAN, replace(ALWAYS, hours=HOURS), series(network, pair))

    assert course_of(series(network, pair)).down == (Interval(0, 20), Interval(30, 40))
    assert (figure.counted_seconds, figure.lost, figure.share) == (40, 20, Fraction(1, 2))


@pytest.mark.parametrize(
    ("sharing", "parts"),
    [
        pytest.param(Sharing.EQUALLY, {"shop": 10 + Fraction(10, 2), "desk": 5 + Fraction(10, 2)}, id="equally"),
        pytest.param(Sharing.EARLIEST_CAUSE, {"shop": 20, "desk": 5}, id="the earliest cause"),
    ],
)
def test_shared_time_is_split_as_agreed(sharing, parts):
    whole = series(component("shop", (0, 20)), component("desk", (10, 25)))

    figure = attribute_loss(SPAN, ALWAYS, whole, sharing)

    assert {loss.name: loss.charged for loss in figure.losses} == parts
    assert [(loss.exclusive, loss.shared) for loss in figure.losses] == [(10, 10), (5, 10)]
    assert figure.charged == figure.availability.lost == 25


def test_alternatives_answer_only_where_too_few_were_left():
    pair = Group((component("one", (0, 30)), component("other", (20, 40))), needed=1)

    assert charged(pair) == {"one": 5, "other": 5}
    assert charged(pair, Sharing.EARLIEST_CAUSE) == {"one": 10, "other": 0}


def test_causes_of_one_second_go_by_the_order_of_the_tree():
    whole = series(component("desk", (5, 10)), component("shop", (5, 20)))

    assert charged(whole, Sharing.EARLIEST_CAUSE) == {"desk": 5, "shop": 10}


def test_a_merged_gap_belongs_to_what_failed_before_it():
    whole = series(component("shop", (0, 10)), component("desk", (14, 20)))

    assert charged(whole, terms=replace(ALWAYS, flap_gap=5)) == {"shop": 14, "desk": 6}


def test_planned_work_and_unknown_time_that_count_as_down_belong_to_no_component():
    whole = series(component("shop", (0, 10)), component("desk", unknown=((20, 30),)))
    terms = replace(ALWAYS, unknown=UnknownPolicy.DOWN)

    figure = attribute_loss(SPAN, terms, whole, Sharing.EQUALLY, (PlannedWork(5, 15, "CHG-1", "other"),))

    assert (figure.charged, figure.not_charged, figure.availability.lost) == (5, 20, 25)


def test_one_component_may_stand_at_several_places():
    network = component("network", (0, 10))
    whole = Group((series(network, component("one")), series(network, component("other"))), needed=1)

    assert charged(whole) == {"network": 10, "one": 0, "other": 0}
    with pytest.raises(ContradictingComponent, match="“network” stands at two places with different times"):
        charged(series(network, component("network", (0, 11))))


@pytest.mark.parametrize(("parts", "needed"), [(0, None), (2, 3), (2, 0)])
def test_an_impossible_group_is_refused(parts, needed):
    with pytest.raises(BadGroup, match="cannot be needed"):
        Group(tuple(component(f"{number}") for number in range(parts)), needed)


@settings(deadline=None, max_examples=40)
@given(whole=trees, terms=all_terms, sharing=st.sampled_from(Sharing), planned=works)
def test_the_parts_of_a_loss_add_up(whole, terms, sharing, planned):
    figure = attribute_loss(SPAN, terms, whole, sharing, planned)

    events = sum(use.counted for use in figure.availability.outages)
    assert figure.charged == events
    for loss in figure.losses:
        assert loss.exclusive <= loss.charged <= loss.exclusive + loss.shared
    assert figure.charged + figure.not_charged == figure.availability.lost


@settings(deadline=None, max_examples=40)
@given(parts=st.lists(trees, min_size=1, max_size=3), more=trees, terms=all_terms, planned=works)
def test_one_more_critical_component_never_raises_attainment(parts, more, terms, planned):
    before, after = (
        measure_composite(SPAN, terms, Group(tuple(each)), planned).share for each in (parts, [*parts, more])
    )

    assert before is None or after is None or after <= before


@settings(deadline=None, max_examples=40)
@given(whole=trees, sharing=st.sampled_from(Sharing))
def test_each_second_is_charged_to_who_was_down(whole, sharing):
    figure = attribute_loss(SPAN, ALWAYS, whole, sharing)
    names = {loss.name for loss in figure.losses if loss.charged}

    assert names <= {each.name for each in _leaves(whole) if any(each.course.down)}
    assert figure.charged == sum(
        any(start <= second < end for start, end in course_of(whole).down) for second in range(*SPAN)
    )


def _leaves(part):
    return [part] if isinstance(part, Component) else [leaf for each in part.parts for leaf in _leaves(each)]


def test_the_proof_adds_up_and_does_not_hear_of_the_order_of_outages():
    terms = replace(ALWAYS, unknown=UnknownPolicy.DOWN)
    shop = component("shop", (0, 5), (10, 20))
    desk = component("desk", (15, 25), unknown=((40, 50),))
    turned = Component("shop", Course(tuple(reversed(shop.course.down))))

    proofs = []
    for first in (shop, turned):
        figure = attribute_loss(SPAN, terms, series(first, desk), Sharing.EQUALLY)
        proofs.append(prove_composite(SPAN, terms, series(first, desk), figure))

    assert proofs[0].to_json() == proofs[1].to_json()
    values = {line.key: line.value for line in proofs[0].lines}
    parts = sum(line.value for line in proofs[0].lines if line.role.value == "part")
    assert (parts, values["time_lost"], values["no_component"]) == (30, 30, 10)
    assert proofs[0].evidence == ("shop", "desk")
