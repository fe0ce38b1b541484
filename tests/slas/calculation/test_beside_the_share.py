"""What the proof prints beside a share: bounds of time without data, pauses, how many answered, and the interval."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.cases import CaseTerms
from slas.calculation.deadlines import WorkingTime
from slas.calculation.kept import check_figure, told_of, write_inputs
from slas.calculation.ledger import Case, Pause
from slas.calculation.missing import UnknownPolicy
from slas.calculation.occasions import Completion, OccasionSchedule, Rhythm
from slas.calculation.outcomes import (
    AvailabilityInputs,
    CasesInputs,
    OccasionsInputs,
    SatisfactionInputs,
    VolumeInputs,
    attain,
)
from slas.calculation.outcomes.counts import SurveyRound, VolumeRow
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.outcomes.words import plain
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import LONDON, at, between, month, outage

OCTOBER = month("2026-10")
ALWAYS = ServiceHours.always(LONDON)
FRAME = Frame(Promise(Decimal(90)), OCTOBER, OCTOBER, OCTOBER.end, LONDON, "round the clock")
BESIDE = ("low", "high", "pause_share", "response_rate", "interval")


def beside(inputs):
    lines = attain(inputs).proof["lines"]
    assert lines[-1]["key"] == "result"
    return [(line["label"], line["detail"], line["value"]) for line in lines if line["key"] in BESIDE]


def available(*unknown):
    facts = AvailabilityFacts((outage("2026-10-05 00:00", "2026-10-05 14:54"),), (), unknown)
    return AvailabilityInputs(FRAME, AvailabilityTerms(ALWAYS), facts, {}, {})


def test_time_without_data_leaves_bounds():
    assert beside(available(between("2026-10-20 00:00", "2026-10-20 07:27"))) == [
        ("At worst", "If all time without data was down", "97.0 %"),
        ("At best", "If all time without data was up", "98.0 %"),
    ]
    assert beside(available()) == []


GAP = (between("2026-10-10 00:00", "2026-10-20 00:00"),)  # 240 of 745 hours, so that to 40 counted 20 may be missing


def volume(*silent, unknown=0, policy=UnknownPolicy.EXCLUDE):
    rows = (VolumeRow(date(2026, 10, 1), 40, 38), *([VolumeRow(date(2026, 10, 2), unknown, None)] if unknown else ()))
    return VolumeInputs(replace(FRAME, promise=Promise(Decimal(90), unknown=policy)), rows, False, ALWAYS, silent)


def dates(*late, recorded=25):
    on = [date(2026, 10, day) for day in range(1, recorded + 1)]
    done = {day: at(f"2026-10-{day.day:02} {'09' if day.day in late else '05'}:00") for day in on}
    schedule = OccasionSchedule(ALWAYS, Rhythm.DAILY, 7 * 3600, 1, LONDON)
    return OccasionsInputs(FRAME, schedule, tuple(Completion(str(day), day, done[day]) for day in on))


@pytest.mark.parametrize(
    ("inputs", "worst", "best"),
    [
        pytest.param(volume(unknown=10), "76.0 %", "96.0 %", id="counts"),
        pytest.param(volume(unknown=10, policy=UnknownPolicy.DOWN), "76.0 %", "96.0 %", id="whatever the rule"),
        pytest.param(volume(*GAP), "63.3 %", "96.6 %", id="time without data"),
        pytest.param(dates(3, 4), "23/31", "29/31", id="dates without a record"),
    ],
)
def test_counted_things_without_data_leave_bounds(inputs, worst, best):
    found = beside(inputs)

    assert [(label, value) for label, _how, value in found] == [("At worst", worst), ("At best", best)]
    assert all(("in proportion" in how) == bool(getattr(inputs, "silent", ())) for _label, how, _value in found)


@pytest.mark.parametrize("inputs", [volume(), dates(recorded=31)], ids=["counts", "dates"])
def test_what_is_complete_is_its_own_bound(inputs):
    result = attain(inputs).result

    assert beside(inputs) == []
    assert result["bounds"] == {"low": result["share"], "high": result["share"]}


def test_cases_and_answers_have_bounds_as_well():
    lost = Case("INC2", at("2026-10-05 10:00"), None, unknown="no time")
    inputs = case()
    surveys = replace(answers(40, 36), silent=GAP)

    assert beside(replace(inputs, cases=(*inputs.cases, lost)))[0][2] == "50.0 %"
    assert [label for label, *_ in beside(surveys)] == ["At worst", "At best", "Answered", "Likely share"]
    assert beside(replace(answers(4, 4), silent=GAP)) == []  # few answers tell nothing


def test_a_figure_that_was_told_without_bounds_is_still_recomputed_equal():
    inputs = volume(unknown=10)
    told = told_of(attain(inputs))
    del told["result"]["bounds"]
    told["proof"]["lines"] = [each for each in told["proof"]["lines"] if each["key"] not in ("low", "high")]

    assert check_figure(told, json.loads(write_inputs(inputs))).is_equal


def case(*pauses):
    one = Case("INC1", at("2026-10-05 10:00"), at("2026-10-05 14:00"), pauses)
    return CasesInputs(FRAME, CaseTerms(ALWAYS, WorkingTime(4 * 3600)), (one,), {})


def test_the_paused_part_of_the_time():
    paused = Pause(at("2026-10-05 11:00"), at("2026-10-05 12:00"), "Awaiting caller")

    assert beside(case(paused)) == [("Time paused", "Of the service time between start and stop", "25.0 %")]
    assert beside(case()) == []


def answers(count, good):
    return SatisfactionInputs(FRAME, (SurveyRound(date(2026, 10, 15), 60, count, good),), ALWAYS)


def test_how_many_answered_and_how_sure_that_is():
    sure = "If all had been asked and had answered, with 95 % confidence"

    assert beside(answers(40, 36)) == [
        ("Answered", "40 of 60 people asked", "66.6 %"),
        ("Likely share", sure, "76.9 to 96.1 %"),
    ]


def test_hidden_answers_tell_nothing_beside_them():
    assert beside(answers(4, 4)) == []


@pytest.mark.parametrize(
    ("number", "text"),
    [("-1/2", "-0.5"), ("-33420", "-33,420"), ("1671/10", "167.1"), ("-1/100000", "0"), ("0", "0"), ("2/3", "0.6666")],
)
def test_a_number_keeps_its_sign_and_is_cut(number, text):
    assert plain(Fraction(number)) == text
