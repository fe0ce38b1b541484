"""What the proof prints beside a share: bounds of time without data, pauses, how many answered, and the interval."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.cases import CaseTerms
from slas.calculation.deadlines import WorkingTime
from slas.calculation.ledger import Case, Pause
from slas.calculation.outcomes import AvailabilityInputs, CasesInputs, SatisfactionInputs, attain
from slas.calculation.outcomes.counts import SurveyRound
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
