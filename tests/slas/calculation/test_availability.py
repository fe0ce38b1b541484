from dataclasses import replace
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.deadlines import Months, WorkingDays, WorkingTime
from slas.calculation.errors import EmptyPeriod, ReversedInterval
from slas.calculation.intervals import Interval
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import Fate, Outage
from slas.calculation.planned_work import Ground, PlannedWork, PlannedWorkTerms
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Status
from tests.slas.calculation.builders import EVERY_DAY, at, between, hours, month, outage

HALF = Fraction(1, 2)
DAYTIME = AvailabilityTerms(hours("09:00-17:00", days=EVERY_DAY))
DAY = between("2026-10-05 00:00", "2026-10-06 00:00")
HOUR = 3600


def figure_of(*outages, terms=DAYTIME, span=DAY, works=(), unknown=()):
    return measure_availability(span, terms, AvailabilityFacts(outages, works, unknown))


def work(start, end, *, announced="2026-09-01 09:00", approved="2026-09-02 09:00", ended=None, kind="maintenance"):
    return PlannedWork(
        at(start), at(end), start, kind, announced and at(announced), approved and at(approved), ended and at(ended)
    )


def agreed(**changes):
    return replace(DAYTIME, planned_work=PlannedWorkTerms(frozenset({"maintenance"}), **changes))


@pytest.mark.parametrize(
    ("outages", "lost"),
    [
        pytest.param([], 0, id="nothing happened"),
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 11:00")], HOUR, id="one hour"),
        pytest.param([outage("2026-10-05 07:00", "2026-10-05 10:00")], HOUR, id="only the part in hours"),
        pytest.param([outage("2026-10-04 07:00", "2026-10-09 10:00")], 8 * HOUR, id="only the part in the period"),
        pytest.param([outage("2026-10-05 20:00", "2026-10-05 22:00")], 0, id="out of hours"),
        pytest.param(
            [outage("2026-10-05 10:00", "2026-10-05 11:00"), outage("2026-10-05 10:30", "2026-10-05 11:30")],
            1.5 * HOUR,
            id="overlap counts once",
        ),
        pytest.param(
            [
                outage("2026-10-05 10:00", "2026-10-05 12:00"),
                outage("2026-10-05 10:10", "2026-10-05 10:20"),
                outage("2026-10-05 11:00", "2026-10-05 11:30"),
            ],
            2 * HOUR,
            id="two inside a longer one cost nothing more",
        ),
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 11:00", HALF)], HOUR / 2, id="degraded counts in part"),
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 11:00", 1)], 0, id="slow but agreed as usable"),
        pytest.param(
            [outage("2026-10-05 10:00", "2026-10-05 12:00", HALF), outage("2026-10-05 11:00", "2026-10-05 12:00")],
            1.5 * HOUR,
            id="down beats degraded",
        ),
        pytest.param(
            [
                outage("2026-10-05 10:00", "2026-10-05 12:00", Fraction(3, 4)),
                outage("2026-10-05 10:00", "2026-10-05 11:00", HALF, name="worse"),
            ],
            0.75 * HOUR,
            id="the lowest usable share wins",
        ),
        pytest.param([outage("2026-10-05 16:00", None)], HOUR, id="an open outage runs to the end"),
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 11:00", counts=False)], 0, id="agreed not to count"),
    ],
)
def test_time_lost(outages, lost):
    figure = figure_of(*outages)

    assert figure.lost == lost
    assert figure.share == 1 - Fraction(lost) / (8 * HOUR)
    assert sum(use.lost for use in figure.outages) == lost


def test_the_same_outage_or_work_twice_costs_it_once():
    event, piece = outage("2026-10-05 10:00", "2026-10-05 11:00"), work("2026-10-05 12:00", "2026-10-05 13:00")

    figure = figure_of(event, event, works=(piece, piece))

    assert (figure.down_seconds, figure.planned_down_seconds) == (HOUR, HOUR)
    assert [use.counted for use in figure.outages] == [HOUR, 0]


def test_no_time_that_counts_is_neither_nothing_nor_everything():
    closed = figure_of(terms=AvailabilityTerms(hours("")))

    assert closed.share is None
    assert closed.experienced is None
    assert closed.judge(Fraction(1, 2), CloseRule()).status is Status.NO_CASES


def test_an_empty_period_is_refused():
    with pytest.raises(EmptyPeriod):
        figure_of(span=Interval(10, 10))


def test_reversed_facts_are_refused_by_name():
    with pytest.raises(ReversedInterval, match="Outage INC-7"):
        Outage("INC-7", 10, 5)
    with pytest.raises(ReversedInterval, match="Planned work CHG-1"):
        PlannedWork(10, 5, "CHG-1", "maintenance")


@pytest.mark.parametrize(
    ("terms", "piece", "ground", "excluded", "down"),
    [
        pytest.param(agreed(), work("2026-10-05 10:00", "2026-10-05 11:00"), Ground.AGREED, 1, 0, id="agreed"),
        pytest.param(
            DAYTIME, work("2026-10-05 10:00", "2026-10-05 11:00"), Ground.TYPE_NOT_AGREED, 0, 1, id="nothing agreed"
        ),
        pytest.param(
            agreed(), work("2026-10-05 10:00", "2026-10-05 11:00", approved=None), Ground.NOT_APPROVED, 0, 1,
            id="not approved",
        ),
        pytest.param(
            agreed(), work("2026-10-05 10:00", "2026-10-05 11:00", approved="2026-10-05 10:01"), Ground.NOT_APPROVED,
            0, 1, id="approved after it began",
        ),
        pytest.param(
            agreed(approval_needed=False), work("2026-10-05 10:00", "2026-10-05 11:00", approved=None), Ground.AGREED,
            1, 0, id="no approval needed",
        ),
        pytest.param(
            agreed(), work("2026-10-05 10:00", "2026-10-05 11:00", ended="2026-10-05 13:00"), Ground.AGREED, 1, 2,
            id="overrun counts as down",
        ),
        pytest.param(
            agreed(), work("2026-10-05 10:00", "2026-10-05 12:00", ended="2026-10-05 11:00"), Ground.AGREED, 1, 0,
            id="ended early: the rest is ordinary time",
        ),
        pytest.param(
            agreed(cap=HOUR), work("2026-10-05 10:00", "2026-10-05 12:00"), Ground.AGREED, 1, 1, id="beyond the cap"
        ),
        pytest.param(
            agreed(), work("2026-10-05 20:00", "2026-10-05 22:00"), Ground.AGREED, 0, 0, id="out of hours costs nothing"
        ),
    ],
)  # fmt: skip
def test_planned_work(terms, piece, ground, excluded, down):
    figure = figure_of(terms=terms, works=(piece,))

    assert [use.ground for use in figure.works] == [ground]
    assert (figure.excluded_seconds, figure.planned_down_seconds) == (excluded * HOUR, down * HOUR)
    assert figure.counted_seconds == (8 - excluded) * HOUR
    assert figure.lost == down * HOUR


@pytest.mark.parametrize(
    ("notice", "announced", "ground"),
    [
        pytest.param(WorkingTime(HOUR), "2026-10-05 09:00", Ground.AGREED, id="exactly an hour"),
        pytest.param(WorkingTime(HOUR), "2026-10-05 09:00:01", Ground.SHORT_NOTICE, id="a second too late"),
        pytest.param(WorkingTime(HOUR), None, Ground.SHORT_NOTICE, id="never announced"),
        pytest.param(WorkingDays(2), "2026-10-02 12:00", Ground.AGREED, id="two whole days before"),
        pytest.param(WorkingDays(3), "2026-10-02 12:00", Ground.SHORT_NOTICE, id="the third day is not over"),
        pytest.param(Months(1), "2026-09-05 10:00", Ground.AGREED, id="a month"),
        pytest.param(Months(1), "2026-09-05 10:00:01", Ground.SHORT_NOTICE, id="a second less than a month"),
    ],
)
def test_notice_runs_from_the_announcement_to_the_start(notice, announced, ground):
    hours_of_notice = None if isinstance(notice, WorkingTime) else DAYTIME.hours
    terms = agreed(notice=notice, notice_hours=hours_of_notice)

    (use,) = figure_of(terms=terms, works=(work("2026-10-05 10:00", "2026-10-05 11:00", announced=announced),)).works

    assert use.ground is ground
    assert (use.excluded_seconds, use.counted_down_seconds) == ((HOUR, 0) if ground is Ground.AGREED else (0, HOUR))


def test_notice_in_service_time_runs_in_its_own_hours():
    office = hours("09:00-17:00")
    friday = work("2026-10-05 10:00", "2026-10-05 11:00", announced="2026-10-02 16:00")

    def ground(seconds):
        return agreed(notice=WorkingTime(seconds), notice_hours=office).planned_work.ground(friday)

    assert ground(2 * HOUR) is Ground.AGREED
    assert ground(2 * HOUR + 1) is Ground.SHORT_NOTICE


def test_the_cap_is_used_up_in_order_of_time():
    works = (work("2026-10-05 13:00", "2026-10-05 14:00"), work("2026-10-05 10:00", "2026-10-05 10:45"))

    uses = figure_of(terms=agreed(cap=HOUR), works=works).works

    assert [(use.excluded_seconds, use.counted_down_seconds) for use in uses] == [(2700, 0), (900, 2700)]


def test_an_outage_that_outlasts_planned_work_counts_after_it():
    figure = figure_of(
        outage("2026-10-05 10:30", "2026-10-05 12:00"),
        terms=agreed(),
        works=(work("2026-10-05 10:00", "2026-10-05 11:00"),),
    )

    assert figure.lost == HOUR
    assert (figure.outages[0].excluded, figure.outages[0].counted) == (1800, 3600)


@pytest.mark.parametrize(
    ("policy", "judged", "lost", "share"),
    [
        (UnknownPolicy.EXCLUDE, 6, 1, Fraction(5, 6)),
        (UnknownPolicy.DOWN, 8, 3, Fraction(5, 8)),
        (UnknownPolicy.UP, 8, 1, Fraction(7, 8)),
    ],
)
def test_unknown_time_by_agreed_policy(policy, judged, lost, share):
    figure = figure_of(
        outage("2026-10-05 10:00", "2026-10-05 11:00"),
        terms=replace(DAYTIME, unknown=policy),
        unknown=(between("2026-10-05 13:00", "2026-10-05 15:00"),),
    )

    assert (figure.judged_seconds, figure.lost, figure.share) == (judged * HOUR, lost * HOUR, share)
    assert (figure.coverage, figure.low, figure.high) == (Fraction(6, 8), Fraction(5, 8), Fraction(7, 8))


def test_an_outage_in_unknown_time_is_known():
    gap = between("2026-10-05 10:00", "2026-10-05 12:00")

    figure = figure_of(outage("2026-10-05 10:00", "2026-10-05 11:00"), unknown=(gap,))

    assert (figure.unknown_seconds, figure.lost) == (HOUR, HOUR)


def test_the_gap_between_merged_outages_was_felt_by_nobody():
    figure = figure_of(
        outage("2026-10-05 10:00", "2026-10-05 10:01"),
        outage("2026-10-05 10:59", "2026-10-05 11:00"),
        terms=replace(DAYTIME, flap_gap=HOUR),
    )

    assert (figure.lost, figure.experienced_lost) == (HOUR, 2 * 60)


@pytest.mark.parametrize(
    ("before", "lost", "unknown"),
    [
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 11:00")], 1.5 * HOUR, HOUR / 2, id="was down: stays down"),
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 10:59")], 59 * 60, HOUR / 2, id="was up: stays up"),
        pytest.param([outage("2026-10-05 10:00", "2026-10-05 11:05")], 65 * 60, HOUR / 2, id="up again in the gap"),
    ],
)
def test_the_last_state_is_carried_for_an_agreed_time(before, lost, unknown):
    terms = replace(DAYTIME, unknown=UnknownPolicy.CARRY, carry_seconds=1800)

    figure = figure_of(*before, terms=terms, unknown=(between("2026-10-05 11:00", "2026-10-05 12:00"),))

    assert (figure.lost, figure.unknown_seconds) == (lost, unknown)


@pytest.mark.parametrize(
    ("unknown", "target", "certain"),
    [
        pytest.param("13:00", "50", None, id="could be either"),
        pytest.param("16:00", "50", True, id="kept even if it was down"),
        pytest.param("13:00", "90", False, id="missed even if it was up"),
    ],
)
def test_too_little_data_is_a_gap_and_says_what_is_certain(unknown, target, certain):
    figure = figure_of(
        outage("2026-10-05 09:00", "2026-10-05 10:30"),
        unknown=(between(f"2026-10-05 {unknown}", "2026-10-05 17:00"),),
    )

    verdict = figure.judge(Fraction(int(target), 100), CloseRule())

    assert (verdict.status, verdict.met, verdict.certain) == (Status.DATA_GAP, None, certain)


def test_no_data_at_all_is_a_gap_and_not_a_figure():
    figure = figure_of(unknown=(DAY,))

    assert figure.share is None
    assert figure.judge(HALF, CloseRule()).status is Status.DATA_GAP


def test_experienced_availability_excludes_nothing():
    figure = figure_of(
        outage("2026-10-05 13:00", "2026-10-05 14:00", HALF),
        outage("2026-10-05 15:00", "2026-10-05 15:30", counts=False),
        terms=agreed(),
        works=(work("2026-10-05 10:00", "2026-10-05 11:00"), work("2026-10-05 10:30", "2026-10-05 11:30")),
    )

    assert figure.experienced_lost == 1.5 * HOUR + HOUR + HOUR / 2
    assert figure.experienced == Fraction(5, 8)


def test_short_outages_and_flapping_by_agreement():
    events = [
        outage("2026-10-05 10:00", "2026-10-05 10:04"),
        outage("2026-10-05 10:06", "2026-10-05 10:10"),
        outage("2026-10-05 12:00", "2026-10-05 12:03"),
        outage("2026-10-05 14:00", "2026-10-05 14:05", name="exactly the minimum"),
    ]
    terms = replace(DAYTIME, minimum_outage=300, flap_gap=120)

    figure = figure_of(*events, terms=terms)

    assert figure.lost == 600 + 300
    assert [use.fate for use in figure.outages] == [Fate.COUNTED, Fate.COUNTED, Fate.TOO_SHORT, Fate.COUNTED]
    assert figure_of(*events, terms=replace(DAYTIME, minimum_outage=300)).lost == 300
    assert figure_of(*events).lost == 16 * 60


@pytest.mark.parametrize(
    ("event", "fate"),
    [
        (outage("2026-10-05 10:00", "2026-10-05 11:00"), Fate.COUNTED),
        (outage("2026-10-05 20:00", "2026-10-05 21:00"), Fate.OUTSIDE),
        (outage("2026-10-05 12:00", "2026-10-05 13:00"), Fate.EXCLUDED),
        (outage("2026-10-05 10:15", "2026-10-05 10:30"), Fate.WITHIN_ANOTHER),
        (outage("2026-10-05 15:00", "2026-10-05 16:00", counts=False), Fate.AGREED_NOT_TO_COUNT),
    ],
)
def test_each_outage_says_what_became_of_it(event, fate):
    other = outage("2026-10-05 10:00", "2026-10-05 11:00", name="other")
    works = (work("2026-10-05 12:00", "2026-10-05 13:00"),)
    others = (other,) if event.interval != other.interval else ()

    uses = figure_of(event, *others, terms=agreed(), works=works).outages

    assert {use.id: use.fate for use in uses}[event.id] is fate


def test_an_agreement_that_starts_inside_the_period_counts_from_there():
    terms = replace(DAYTIME, in_force=between("2026-10-05 13:00", "2027-10-05 00:00"))

    figure = figure_of(outage("2026-10-05 12:00", "2026-10-05 14:00"), terms=terms)

    assert (figure.counted_seconds, figure.lost) == (4 * HOUR, HOUR)
    assert figure_of(terms=replace(DAYTIME, in_force=between("2026-11-01 00:00", "2026-12-01 00:00"))).share is None


@pytest.mark.parametrize(
    ("days", "minutes"), [pytest.param("2026-02", "40.32", id="28"), ("2026-04", "43.2"), ("2026-01", "44.64")]
)
def test_allowed_time_of_99_9_percent_round_the_clock(days, minutes):
    figure = figure_of(terms=AvailabilityTerms(ServiceHours.always("UTC")), span=month(days, "UTC"))

    assert figure.allowed(Fraction(999, 1000)) == Fraction(minutes) * 60


@pytest.mark.parametrize(
    ("works", "excluded", "down"),
    [
        pytest.param(
            (
                work("2026-10-05 10:00", "2026-10-05 12:00", approved=None),
                work("2026-10-05 10:00", "2026-10-05 13:00"),
            ),
            [0, 3 * HOUR], [0, 0], id="the agreed one takes out the time, though the other is earlier",
        ),
        pytest.param(
            (
                work("2026-10-05 10:00", "2026-10-05 12:00", ended="2026-10-05 13:00"),
                work("2026-10-05 12:00", "2026-10-05 14:00"),
            ),
            [2 * HOUR, 2 * HOUR], [0, 0], id="what overran has no part in the time that another had announced",
        ),
        pytest.param(
            (
                work("2026-10-05 10:00", "2026-10-05 12:00"),
                work("2026-10-05 11:00", "2026-10-05 13:00", approved=None),
            ),
            [2 * HOUR, 0], [0, HOUR], id="what was not approved counts as down where it is alone",
        ),
    ],
)  # fmt: skip
def test_overlapping_planned_work_is_told_by_its_own_ground(works, excluded, down):
    figure = figure_of(terms=agreed(), works=works)

    assert [use.excluded_seconds for use in figure.works] == excluded
    assert [use.counted_down_seconds for use in figure.works] == down
    assert (figure.excluded_seconds, figure.planned_down_seconds) == (sum(excluded), sum(down))
