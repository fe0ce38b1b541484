"""The kernel counts every second of many targets as the reference counts those of one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.intervals import Interval
from slas.calculation.kernel import Clocks, count_experienced, count_seconds
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import DOWN, Outage
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.many import Asked, bulk_of, random_targets
from tests.slas.calculation.test_every_second import SECOND_SPAN, all_terms, facts

POLICIES = st.sampled_from(UnknownPolicy)
LEFT_OUT = (UnknownPolicy.EXCLUDE, UnknownPolicy.CARRY)


@st.composite
def every_term(draw):
    """Terms of all kinds, with merging over gaps and a minimum length."""
    return replace(
        draw(all_terms()),
        unknown=draw(POLICIES),
        carry_seconds=draw(st.integers(0, 20)),
        minimum_outage=draw(st.integers(0, 10)),
        flap_gap=draw(st.integers(0, 10)),
    )


def by_kernel(asked):
    """Agreed and experienced seconds of each target."""
    bulk = bulk_of(asked)
    agreed, felt = count_seconds(bulk), count_experienced(bulk)
    rows = (agreed.service, agreed.excluded, agreed.counted, agreed.planned_down, agreed.unknown)
    levels = [{usable: int(row[owner]) for usable, row in agreed.by_level.items()} for owner in range(len(asked))]
    return list(zip(*(row.tolist() for row in rows), levels, *map(np.ndarray.tolist, vars(felt).values()), strict=True))


def by_reference(each):
    """The same seconds; unknown time of the experienced figure is known from what the policy does with it."""
    figure = measure_availability(*each)
    as_up, left_out = (
        measure_availability(each.span, replace(each.terms, unknown=policy), each.facts)
        for policy in (UnknownPolicy.UP, UnknownPolicy.EXCLUDE)
    )
    if each.terms.unknown is UnknownPolicy.CARRY:
        left_out, as_up = figure, replace(figure, experienced_seconds=figure.service_seconds)
    levels = {DOWN: figure.down_seconds, **dict(figure.degraded)}
    return (
        figure.service_seconds,
        figure.excluded_seconds,
        figure.counted_seconds,
        figure.planned_down_seconds,
        figure.unknown_seconds,
        {usable: seconds for usable, seconds in levels.items() if seconds},
        as_up.experienced_seconds,
        left_out.experienced_lost,
        as_up.experienced_seconds - left_out.experienced_seconds,
    )


def without_empty_levels(row):
    *rest, levels, service, lost, unknown = row
    return (*rest, {usable: seconds for usable, seconds in levels.items() if seconds}, service, lost, unknown)


def assert_same(asked):
    for each, row in zip(asked, by_kernel(asked), strict=True):
        assert without_empty_levels(row) == by_reference(each), each


@settings(deadline=None, max_examples=60)
@given(some=st.lists(st.builds(Asked, st.just(SECOND_SPAN), every_term(), facts()), min_size=1, max_size=4))
def test_targets_side_by_side_are_counted_as_each_alone(some):
    assert_same(some)


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_months_in_which_clocks_change_are_counted_to_the_second(count):
    assert_same(random_targets(count))


def test_more_time_than_fits_into_one_number_is_counted_a_few_targets_at_a_time():
    # Of 68 years, the seconds of two targets fit.
    asked = [
        Asked(SECOND_SPAN, AvailabilityTerms(ServiceHours.always("UTC")), AvailabilityFacts((Outage("1", 5, 6 + at),)))
        for at in range(7)
    ]
    endless = replace(bulk_of(asked), clocks=Clocks([[Interval(0, (1 << 31) - 1)]]))

    counted = count_seconds(endless)

    assert counted.by_level[DOWN].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert counted.service.tolist() == [(1 << 31) - 1] * 7


def test_targets_without_hours_or_facts_lose_nothing():
    never = AvailabilityTerms(ServiceHours("UTC", ((),) * 7), flap_gap=60, carry_seconds=9, unknown=UnknownPolicy.CARRY)

    assert_same([Asked(SECOND_SPAN, never, AvailabilityFacts())])
    assert by_kernel([]) == []
