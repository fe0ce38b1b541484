"""Estimates, what lies behind them, and requests whose clock waits for a checklist."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.cases import CaseTerms, measure_cases
from slas.calculation.deadlines import WorkingDays
from slas.calculation.errors import BadEstimate, BadShare, UnknownTick
from slas.calculation.estimates import Causes, Estimate, measure_estimates, prove_estimates
from slas.calculation.ledger import Pause
from slas.calculation.turnaround import Request, Tick, ready_at, start_clocks
from tests.slas.calculation.builders import at, hours, month

CHECKLIST = frozenset({"goal", "sponsor"})


def estimates(*pairs):
    return [Estimate(f"W-{number}", Fraction(planned), Fraction(took)) for number, (planned, took) in enumerate(pairs)]


def test_the_median_ratio_and_how_many_were_near():
    figure = measure_estimates(estimates((10, 8), (10, 12), (10, "12.01"), (10, 30), (10, 10)))

    assert (figure.median, figure.near().share) == (Fraction(6, 5), Fraction(3, 5))
    assert figure.near(Fraction(1, 2)).met == 4


@pytest.mark.parametrize(
    ("pairs", "typical"),
    [
        pytest.param([(10, 5), (10, 20)], "1.0000", id="half and twice cancel out"),
        pytest.param([(10, 20)], "2.0000", id="one"),
        pytest.param([(1, 1), (1, 1), (1, 8)], "2.0000", id="not 3.33"),
    ],
)
def test_ratios_are_averaged_on_a_log_scale(pairs, typical):
    assert measure_estimates(estimates(*pairs)).typical == Decimal(typical)


def test_without_finished_work_there_is_no_ratio():
    figure = measure_estimates([])

    assert (figure.median, figure.typical, figure.near().share) == (None, None, None)
    assert [line.key for line in prove_estimates([], figure).lines] == ["finished"]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.fractions(Fraction(1, 9), 9, max_denominator=9), min_size=1, max_size=7))
def test_the_typical_ratio_lies_between_the_lowest_and_the_highest(ratios):
    figure = measure_estimates(estimates(*((1, ratio) for ratio in ratios)))

    assert min(ratios) - Fraction(1, 10**4) <= Fraction(figure.typical) <= max(ratios) + Fraction(1, 10**4)
    assert sum(ratio <= figure.median for ratio in ratios) * 2 >= len(ratios)


def test_causes_are_shown_and_cannot_be_judged():
    causes = Causes(40, 6, Fraction(200), Fraction(30))

    assert (causes.stability, causes.rework_share) == (Fraction(17, 20), Fraction(3, 20))
    assert (Causes(4, 6, Fraction(0), Fraction(0)).stability, Causes(0, 0, Fraction(0), Fraction(0)).rework_share) == (
        0, None,
    )  # fmt: skip
    assert not hasattr(causes, "judge")


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Estimate("W-1", Fraction(0), Fraction(1)), BadEstimate),
        (lambda: Estimate("W-1", Fraction(1), Fraction(-1)), BadEstimate),
        (lambda: Causes(-1, 0, Fraction(1), Fraction(0)), BadShare),
        (lambda: Causes(1, 0, Fraction(1), Fraction(2)), BadShare),
    ],
)
def test_bad_effort_is_refused(make, error):
    with pytest.raises(error):
        make()


def test_the_proof_lists_the_work_and_its_causes():
    work = estimates((10, 8), (10, 12))
    causes = Causes(40, 6, Fraction(200), Fraction(30))

    proofs = [prove_estimates(each, measure_estimates(each), causes) for each in (work, work[::-1])]

    assert proofs[0].to_json() == proofs[1].to_json()
    assert [line.key for line in proofs[0].lines][-2:] == ["stability", "rework"]


def request(*ticks, **fields):
    return Request("R-1", at("2026-10-05 09:00"), tuple(Tick(item, at(when)) for item, when in ticks), **fields)


@pytest.mark.parametrize(
    ("ticks", "ready"),
    [
        pytest.param([("goal", "2026-10-06 10:00"), ("sponsor", "2026-10-07 11:00")], "2026-10-07 11:00", id="last"),
        pytest.param([("goal", "2026-10-06 10:00")], None, id="not complete"),
        pytest.param(
            [("goal", "2026-10-01 10:00"), ("sponsor", "2026-10-02 10:00")], "2026-10-05 09:00", id="before the request"
        ),
        pytest.param(
            [("goal", "2026-10-06 10:00"), ("sponsor", "2026-10-07 11:00"), ("goal", "2026-10-08 12:00")],
            "2026-10-08 12:00",
            id="ticked again",
        ),
    ],
)
def test_a_request_is_ready_when_its_checklist_is_complete(ticks, ready):
    assert ready_at(request(*ticks), CHECKLIST) == (ready and at(ready))


def test_turnaround_starts_when_the_request_is_ready():
    ready = request(
        ("goal", "2026-10-06 10:00"), ("sponsor", "2026-10-07 11:00"), answered_at=at("2026-10-09 17:00"),
        pauses=(Pause(at("2026-10-06 09:00"), at("2026-10-06 17:00"), "customer"),),
    )  # fmt: skip
    waiting = Request("R-2", at("2026-10-05 09:00"), ())

    turnaround = start_clocks([waiting, ready], CHECKLIST)
    figure = measure_cases(
        month("2026-10"), CaseTerms(hours(), WorkingDays(2)), turnaround.cases, at("2026-11-01 00:00")
    )

    assert turnaround.not_ready == ("R-2",)
    assert (figure.share.met, figure.share.eligible, figure.results[0].paused_seconds) == (1, 1, 0)


def test_an_item_that_is_not_on_the_checklist_is_refused():
    with pytest.raises(UnknownTick, match="Request R-1 ticks “budget”"):
        ready_at(request(("budget", "2026-10-06 10:00")), CHECKLIST)
