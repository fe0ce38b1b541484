"""One golden vector for each question on which the tools of the field differ (calculation, section 16)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from slas.calculation.aggregation import Member, pool
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.cases import CaseTerms, judge_case
from slas.calculation.composite import Course, measured_group
from slas.calculation.deadlines import DayRule, WorkingDays, WorkingTime, due_at
from slas.calculation.errors import NeverOpen
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Pause
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import Outage
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.rounding import share_of, shown_percent
from slas.calculation.running import running
from slas.calculation.satisfaction import measure_satisfaction
from slas.calculation.scores import weighted_score
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Standing, Status, overall, standing_status
from tests.slas.calculation.builders import EVERY_DAY, at, between, hours, month, outage

DAYTIME = AvailabilityTerms(
    hours("09:00-17:00", days=EVERY_DAY),
    planned_work=PlannedWorkTerms(frozenset({"maintenance"}), approval_needed=False),
)
DAY = between("2026-10-05 00:00", "2026-10-06 00:00")
HOUR = 3600


def figure_of(*outages, terms=DAYTIME, span=DAY, works=(), unknown=()):
    return measure_availability(span, terms, AvailabilityFacts(outages, works, unknown))


def planned(start, end):
    return PlannedWork(at(start), at(end), start, "maintenance")


def test_excluded_time_leaves_the_denominator():
    figure = figure_of(
        outage("2026-10-05 12:00", "2026-10-05 13:00"), works=(planned("2026-10-05 09:00", "2026-10-05 10:00"),)
    )

    assert figure.share == Fraction(6, 7)  # not 7/8, and not 6/8


def test_planned_work_and_degradation_have_a_figure_of_their_own():
    figure = figure_of(
        outage("2026-10-05 12:00", "2026-10-05 13:00", Fraction(1, 2)),
        works=(planned("2026-10-05 09:00", "2026-10-05 10:00"),),
    )

    assert (figure.share, figure.experienced) == (Fraction(13, 14), Fraction(6, 8))


def test_before_the_first_data_time_is_unknown_and_neither_up_nor_down():
    before = (between("2026-10-05 00:00", "2026-10-05 13:00"),)

    assert figure_of(unknown=before).coverage == Fraction(1, 2)
    assert figure_of(unknown=before).judge(share_of("99"), CloseRule()).status is Status.DATA_GAP
    clipped = replace(DAYTIME, in_force=between("2026-10-05 13:00", "2027-01-01 00:00"))
    assert figure_of(terms=clipped).counted_seconds == 4 * HOUR


def test_a_running_month_has_three_numbers():
    span = month("2026-11")
    event = outage("2026-11-01 09:00", "2026-11-01 10:00")
    so_far = figure_of(event, span=Interval(span.start, at("2026-11-11 00:00")))

    figure = running(so_far, figure_of(event, span=span), share_of("99"))

    assert (figure.so_far, figure.if_nothing_else, figure.worst) == (
        Fraction(79, 80), Fraction(239, 240), Fraction(79, 240),
    )  # fmt: skip


def test_several_targets_are_each_judged_and_the_worst_is_the_whole():
    four, eight = (CaseTerms(hours(), WorkingTime(limit * HOUR)) for limit in (4, 8))
    case = Case("INC-1", at("2026-10-05 09:00"), at("2026-10-05 14:00"))

    states = [judge_case(case, terms, DAY.end).state.value for terms in (four, eight)]

    assert states == ["late", "met"]
    assert overall([Status.MISSED, Status.KEPT]) is Status.MISSED


def test_the_clock_starts_with_the_case_or_at_the_next_opening():
    case = Case("INC-1", at("2026-10-03 12:00"), at("2026-10-05 10:00"))

    assert judge_case(case, CaseTerms(hours(), WorkingTime(HOUR)), DAY.end).elapsed_seconds == HOUR


def test_a_change_of_target_keeps_start_and_pauses():
    pauses = (Pause(at("2026-10-05 10:00"), at("2026-10-05 11:00"), "Awaiting caller"),)
    case = Case("INC-1", at("2026-10-05 09:00"), at("2026-10-05 13:00"), pauses)

    before, after = (judge_case(case, CaseTerms(hours(), WorkingTime(limit * HOUR)), DAY.end) for limit in (8, 2))

    assert (before.elapsed_seconds, after.elapsed_seconds) == (3 * HOUR, 3 * HOUR)
    assert (after.due_at, after.state.value) == (at("2026-10-05 12:00"), "late")


def test_day_units_are_named_in_the_target():
    received = at("2026-10-05 10:00")

    ends = [due_at(hours(), received, WorkingDays(2, rule)) for rule in DayRule]

    assert ends == [at("2026-10-07 17:00"), at("2026-10-07 10:00"), at("2026-10-07 10:00")]
    short = WorkingDays(2, DayRule.AGREED_HOURS, day_seconds=4 * HOUR)
    assert due_at(hours(), received, short) == at("2026-10-06 10:00")


def test_there_are_no_default_hours():
    with pytest.raises(NeverOpen):
        hours("").due(DAY.start, 1)


def test_the_zone_is_that_of_the_agreement():
    event = outage("2026-10-05 08:30", "2026-10-05 09:30", zone="UTC")  # 09:30 to 10:30 in London

    assert figure_of(event).lost == HOUR
    assert figure_of(event, terms=AvailabilityTerms(hours("09:00-17:00", zone="America/New_York"))).lost == 0


@pytest.mark.parametrize(
    ("on", "opens"),
    [
        pytest.param("2026-03-28", "09:00", id="the day before"),
        pytest.param("2026-03-29", "08:00", id="spring"),
        pytest.param("2026-10-24", "08:00", id="the day before autumn"),
        pytest.param("2026-10-25", "09:00", id="autumn"),
    ],
)
def test_windows_do_not_shift_when_the_clock_is_moved(on, opens):
    first = next(hours(days=EVERY_DAY).working(between(f"{on} 00:00", f"{on} 23:59")))

    assert (first.start, first.seconds) == (at(f"{on} {opens}", "UTC"), 8 * HOUR)
    day = between(f"{on} 00:00", f"{on} 23:59")
    assert sum(piece.seconds for piece in hours(days=EVERY_DAY).working(day)) == 8 * HOUR


def test_precision_is_that_of_the_target_and_the_verdict_is_exact():
    figure = ShareFigure(999_949, 1_000_000)

    assert shown_percent(figure.share, 3) == "99.994"
    assert figure.judge(share_of("99.995"), CloseRule()).status is Status.MISSED


def test_a_composite_is_measured_by_the_union_of_its_parts_under_its_own_hours():
    parts = [
        Course((between("2026-10-05 07:00", "2026-10-05 10:00"),)),
        Course((between("2026-10-05 09:30", "2026-10-05 11:00"),)),
    ]
    down = measured_group(len(parts), parts).down

    figure = figure_of(*(Outage(f"piece {number}", *piece) for number, piece in enumerate(down)))

    assert figure.lost == 2 * HOUR  # not 1 h + 1.5 h, and not a mean of percentages
    assert pool([Member("a", Fraction(1), Fraction(2)), Member("b", Fraction(98), Fraction(98))]).share == Fraction(
        99, 100
    )


def test_room_and_loss_leave_no_hole_between_kept_and_missed():
    for thousandth in range(995, 1006):
        standing = Standing(Fraction(thousandth, 10), Fraction(100), Fraction(1000))
        assert (standing_status(standing, CloseRule()) is Status.MISSED) == (thousandth > 1000)


def test_satisfaction_is_a_share_of_fours_and_fives_and_a_weighted_mean_only_where_agreed():
    assert measure_satisfaction([5, 4, 3, 2, 1]).share.share == Fraction(2, 5)
    assert weighted_score([[(5, Fraction(1)), (1, Fraction(3))]] * 5).value == 2


def test_equality_is_met():
    assert ShareFigure(98, 100).judge(share_of("98"), CloseRule()).met is True
    exactly = figure_of(outage("2026-10-05 09:00", "2026-10-05 09:48"))
    assert exactly.judge(share_of("90"), CloseRule()).met is True
    one_more = figure_of(outage("2026-10-05 09:00", "2026-10-05 09:48:01"))
    assert one_more.judge(share_of("90"), CloseRule()).met is False


def test_no_data_is_never_taken_for_a_figure_unless_both_sides_agreed():
    everything = (DAY,)

    assert figure_of(unknown=everything).share is None
    assert figure_of(unknown=everything, terms=replace(DAYTIME, unknown=UnknownPolicy.UP)).share == 1
    assert figure_of(unknown=everything, terms=replace(DAYTIME, unknown=UnknownPolicy.DOWN)).share == 0


def test_round_the_clock_is_only_what_was_agreed_as_such():
    always = AvailabilityTerms(ServiceHours.always("Europe/London"))

    assert figure_of(terms=always, span=month("2026-10")).counted_seconds == 745 * HOUR
