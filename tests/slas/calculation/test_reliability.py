from dataclasses import replace
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.explain import prove_interruptions
from slas.calculation.outages import led_by, reach
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.reliability import measure_interruptions, measure_reliability
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule
from tests.slas.calculation.builders import EVERY_DAY, at, hours, month, outage

ALWAYS = AvailabilityTerms(ServiceHours.always("UTC"))
DAYTIME = AvailabilityTerms(hours("09:00-17:00", days=EVERY_DAY))
HOUR = 3600


def test_four_failures_of_half_an_hour_in_720_hours():
    outages = tuple(outage(f"2026-09-0{day} 10:00", f"2026-09-0{day} 10:30", zone="UTC") for day in range(1, 5))

    figure = measure_reliability(month("2026-09", "UTC"), ALWAYS, AvailabilityFacts(outages))

    assert figure.failures == 4
    assert figure.restore_time == HOUR / 2
    assert figure.time_between_failures == 179.5 * HOUR
    assert figure.time_between_incidents == 180 * HOUR


def test_without_a_failure_nothing_is_divided():
    figure = measure_reliability(month("2026-09", "UTC"), ALWAYS, AvailabilityFacts())

    assert (figure.failures, figure.counted_seconds) == (0, 720 * HOUR)
    assert (figure.restore_time, figure.time_between_failures, figure.time_between_incidents) == (None, None, None)


@pytest.mark.parametrize(
    ("event", "failures", "lost"),
    [
        pytest.param(outage("2026-10-05 16:00", "2026-10-06 10:00"), 1, 2, id="cut by closing hours: one"),
        pytest.param(outage("2026-09-30 16:00", "2026-10-01 10:00"), 0, 1, id="began last month: its minutes only"),
        pytest.param(outage("2026-09-30 20:00", "2026-10-01 10:00"), 1, 1, id="began in the night before: here"),
        pytest.param(outage("2026-10-05 20:00", "2026-10-05 22:00"), 0, 0, id="out of hours: none"),
        pytest.param(outage("2026-10-31 16:00", "2026-11-01 10:00"), 1, 1, id="goes on next month: counted here"),
        pytest.param(outage("2026-10-05 10:00", "2026-10-05 11:00", counts=False), 0, 0, id="agreed not to count"),
    ],
)
def test_a_failure_counts_where_its_first_second_in_hours_falls(event, failures, lost):
    figure = measure_reliability(month("2026-10"), DAYTIME, AvailabilityFacts((event,)))

    assert (figure.failures, figure.lost) == (failures, lost * HOUR)


def test_flapping_is_one_failure_and_short_ones_are_none():
    outages = (
        outage("2026-10-05 10:00", "2026-10-05 10:10"),
        outage("2026-10-05 10:11", "2026-10-05 10:20"),
        outage("2026-10-05 12:00", "2026-10-05 12:01"),
    )

    def count(**changes):
        terms = replace(DAYTIME, **changes)
        return measure_reliability(month("2026-10"), terms, AvailabilityFacts(outages)).failures

    assert count() == 3
    assert count(flap_gap=60) == 2
    assert count(flap_gap=60, minimum_outage=300) == 1


NIGHT = (  # of the last day of September, after closing time
    outage("2026-09-30 16:30", "2026-09-30 19:00"),
    outage("2026-09-30 19:30", "2026-09-30 22:00", counts=False),
    outage("2026-09-30 20:00", "2026-09-30 22:00"),
    outage("2026-09-30 22:30", "2026-10-01 10:00"),
)


def test_what_flapped_since_the_day_before_is_one_failure_where_it_began():
    terms = replace(DAYTIME, flap_gap=HOUR)
    *earlier, last = NIGHT

    def failures_in(period, facts):
        return measure_reliability(month(period), terms, facts).failures

    october = AvailabilityFacts((last,), outages_before=tuple(earlier))
    assert (failures_in("2026-09", AvailabilityFacts(NIGHT)), failures_in("2026-10", october)) == (1, 0)
    assert measure_reliability(month("2026-10"), terms, october).began_before == at("2026-09-30 16:30")
    assert failures_in("2026-10", AvailabilityFacts((last,))) == 1  # nothing before it, so that it began in hours here
    assert measure_availability(month("2026-10"), terms, october) == measure_availability(
        month("2026-10"), terms, AvailabilityFacts((last,))
    )


@pytest.mark.parametrize(
    ("gap", "led"),
    [
        pytest.param(HOUR, [0, 2], id="all that count are merged"),
        pytest.param(1800, [2], id="a longer gap parts them"),
        pytest.param(60, [], id="not merged"),
    ],
)
def test_a_failure_is_led_by_what_is_merged_with_it(gap, led):
    *earlier, last = NIGHT
    span = month("2026-10")

    assert led_by([last], earlier, span, reach(span, 0, gap), gap) == tuple(earlier[number] for number in led)
    later = outage("2026-10-02 09:00", "2026-10-02 10:00")
    assert led_by([later], earlier, span, reach(span, 0, gap), gap) == ()


def test_the_fingerprint_hears_of_what_came_before_only_where_it_changes_the_count():
    terms = replace(DAYTIME, flap_gap=HOUR, minimum_outage=601)
    *earlier, last = NIGHT

    def digest(outage, *before):
        facts = AvailabilityFacts((outage,), outages_before=before)
        figure = measure_interruptions(month("2026-10"), terms, facts)
        verdict = figure.judge_at_most(2, CloseRule())
        return prove_interruptions(
            terms=terms, facts=facts, figure=figure, allowed=2, close=CloseRule(), verdict=verdict
        ).digest

    assert digest(last, earlier[2]) == digest(last)
    assert digest(last, *earlier) != digest(last)


def test_a_failure_inside_agreed_planned_work_is_none():
    work = PlannedWork(at("2026-10-05 10:00"), at("2026-10-05 12:00"), "CHG-1", "maintenance", None, 0)
    terms = replace(DAYTIME, planned_work=PlannedWorkTerms(frozenset({"maintenance"})))
    facts = AvailabilityFacts((outage("2026-10-05 10:30", "2026-10-05 11:00"),), (work,))

    assert measure_reliability(month("2026-10"), terms, facts).failures == 0
    assert measure_reliability(month("2026-10"), DAYTIME, facts).failures == 1


def test_time_between_incidents_is_time_between_failures_and_time_to_restore():
    outages = (outage("2026-10-05 10:00", "2026-10-05 10:07"), outage("2026-10-09 10:00", "2026-10-09 12:00"))

    figure = measure_reliability(month("2026-10"), DAYTIME, AvailabilityFacts(outages))

    assert figure.time_between_incidents == figure.time_between_failures + figure.restore_time
    assert figure.restore_time == Fraction(127 * 60, 2)
