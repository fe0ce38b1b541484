"""Of the pauses of a case a figure sees what stops its clock or stands beside it; more columns correct nothing."""

from dataclasses import replace
from fractions import Fraction

import pytest

from slas.calculation.cases import CaseTerms, measure_cases
from slas.calculation.deadlines import WorkingTime
from slas.calculation.explain import prove_cases
from slas.calculation.ledger import Case, Pause
from slas.calculation.status import CloseRule
from tests.slas.calculation.builders import at, hours, month

OCTOBER = month("2026-10")
START, END = at("2026-10-28 11:00"), at("2026-10-28 13:00")
WAIT = Pause(START, END, "Waiting")
LATE_ENTRY = replace(WAIT, entered_at=at("2026-10-28 12:00"))
TERMS = CaseTerms(hours(), WorkingTime(4 * 3600), frozenset({"Waiting"}), longest_pause=3 * 3600)
SHORT = replace(TERMS, longest_pause=3600)


def fingerprint(*pauses, terms=TERMS, stopped="2026-10-28 16:00"):
    """Of a case that was in time, or of one that waits for its solution since October."""
    case = Case("INC-1", at("2026-10-28 10:00"), stopped and at(stopped), pauses)
    figure = measure_cases(OCTOBER, terms, [case], OCTOBER.end)
    close = CloseRule()
    return prove_cases(
        span=OCTOBER, terms=terms, as_of=OCTOBER.end, figure=figure, target="90", close=close,
        verdict=figure.share.judge(Fraction(9, 10), close),
    ).digest  # fmt: skip


@pytest.mark.parametrize("stopped", ["2026-10-28 16:00", "2026-10-30 16:00", None])
@pytest.mark.parametrize(
    ("then", "later", "terms"),
    [
        pytest.param([WAIT], [replace(WAIT, note="Holiday")], TERMS, id="a note that nobody asked for"),
        pytest.param([WAIT], [replace(WAIT, entered_by="Sam", entered_at=START)], TERMS, id="who entered it in time"),
        pytest.param([LATE_ENTRY], [replace(LATE_ENTRY, entered_by="Sam")], TERMS, id="who entered it late"),
        pytest.param([WAIT], [replace(WAIT, approved_by="Ines")], TERMS, id="who approved what was entered in time"),
        pytest.param([WAIT], [replace(WAIT, reason="Lunch"), WAIT], TERMS, id="a reason that is not agreed"),
        pytest.param([WAIT], [replace(WAIT, note="Holiday")], replace(TERMS, longest_pause=None), id="no longest"),
    ],
)  # fmt: skip
def test_what_decides_nothing_and_is_not_shown_is_not_seen(then, later, terms, stopped):
    assert fingerprint(*then, terms=terms, stopped=stopped) == fingerprint(*later, terms=terms, stopped=stopped)


@pytest.mark.parametrize(
    ("then", "later", "terms"),
    [
        pytest.param(WAIT, replace(WAIT, note="Holiday"), SHORT, id="it took longer than agreed, now it is said why"),
        pytest.param(WAIT, LATE_ENTRY, TERMS, id="it was entered late"),
        pytest.param(LATE_ENTRY, replace(LATE_ENTRY, entered_at=END), TERMS, id="it was entered later"),
        pytest.param(LATE_ENTRY, replace(LATE_ENTRY, approved_by="Ines"), TERMS, id="the late entry was approved"),
        pytest.param(WAIT, replace(WAIT, party="The caller"), TERMS, id="who was waited for is shown"),
        pytest.param(WAIT, replace(WAIT, reason="Lunch"), TERMS, id="its reason does not count"),
    ],
)  # fmt: skip
def test_what_decides_or_is_shown_is_seen(then, later, terms):
    assert fingerprint(then, terms=terms) != fingerprint(later, terms=terms)


def test_where_every_recorded_pause_counts_each_is_seen():
    every = replace(TERMS, pause_reasons=None)

    assert fingerprint(WAIT, terms=every) != fingerprint(replace(WAIT, reason="Lunch"), terms=every)
