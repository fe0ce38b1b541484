import json
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.cases import CaseTerms, measure_cases
from slas.calculation.deadlines import WorkingTime
from slas.calculation.errors import NotCanonical
from slas.calculation.explain import (
    prove_availability,
    prove_cases,
    prove_occasions,
    prove_satisfaction,
    prove_share,
)
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Pause
from slas.calculation.missing import UnknownPolicy
from slas.calculation.occasions import Completion, OccasionSchedule, Rhythm, measure_occasions
from slas.calculation.proof import LATER, RULES_VERSION, canonical, digest_of
from slas.calculation.rounding import share_of
from slas.calculation.satisfaction import SatisfactionFigure
from slas.calculation.shares import ShareFigure
from slas.calculation.status import CloseRule, Status, trial
from tests.slas.calculation.builders import at, hours, month
from tests.slas.calculation.test_known_figures import OCTOBER, OUTAGES, SHOP, UPGRADE

CLOSE = CloseRule()
NOW = at("2026-11-10 09:40")


def orders(*, terms=SHOP, outages=OUTAGES, works=(UPGRADE,), unknown=(), target="99.5"):
    facts = AvailabilityFacts(tuple(outages), works, unknown)
    figure = measure_availability(OCTOBER, terms, facts)
    verdict = figure.judge(share_of(target), CLOSE) if target else trial()
    return prove_availability(terms=terms, facts=facts, figure=figure, target=target, close=CLOSE, verdict=verdict)


def in_minutes(proof):
    return [(line.key, line.value / 60) for line in proof.lines if line.unit.value == "seconds"]


def test_the_sum_is_read_from_top_to_bottom():
    proof = orders()

    assert in_minutes(proof) == [
        ("service_hours", 33_480), ("planned_work", 60), ("time_that_counts", 33_420),
        ("down", 171), ("degraded", 37), ("time_lost", 208), ("allowed", Fraction(1671, 10)),
    ]  # fmt: skip
    assert [(line.key, line.value) for line in proof.lines[-2:]] == [
        ("share", Fraction(33_212, 33_420)), ("result", "missed"),
    ]  # fmt: skip
    assert dict(proof.lines[3].details) == {event.id: event.interval.seconds for event in OUTAGES[:3]}
    assert proof.evidence_count == 5


def test_a_proof_carries_its_rules_its_inputs_and_their_hash():
    proof = orders()

    assert (proof.kind, proof.rules_version) == ("availability", RULES_VERSION)
    assert proof.digest == digest_of(proof.inputs)
    inputs = json.loads(proof.inputs)
    assert inputs["terms"]["hours"]["zone"] == "Europe/London"
    assert inputs["target"] == "99.5"
    assert [fact["id"] for fact in inputs["facts"]["outages"]] == [event.id for event in OUTAGES]


@settings(deadline=None, max_examples=20)
@given(order=st.permutations(OUTAGES))
def test_same_inputs_in_any_order_give_the_same_bytes(order):
    assert orders(outages=order).to_json() == orders().to_json()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"target": "99.6"}, id="another target"),
        pytest.param({"works": ()}, id="no planned work"),
        pytest.param({"outages": (replace(OUTAGES[0], end=OUTAGES[0].end + 1), *OUTAGES[1:])}, id="one second more"),
        pytest.param({"terms": replace(SHOP, flap_gap=60)}, id="a term that changes nothing this month"),
    ],
)
def test_any_other_input_gives_another_hash(other):
    assert orders(**other).digest != orders().digest


def test_a_trial_has_a_share_and_no_allowance():
    proof = orders(target=None)

    assert "allowed" not in [line.key for line in proof.lines]
    assert proof.lines[-1].value == "trial"


@pytest.mark.parametrize(
    ("policy", "keys"),
    [(UnknownPolicy.EXCLUDE, "no_data"), (UnknownPolicy.DOWN, "no_data_down")],
)
def test_unknown_time_has_a_line_of_its_own_and_the_sum_still_adds_up(policy, keys):
    gap = (Interval(at("2026-10-02 10:00"), at("2026-10-02 12:00")),)

    proof = orders(terms=replace(SHOP, unknown=policy), unknown=gap)
    lines = dict(in_minutes(proof))

    assert lines[keys] == 120
    left_out = lines.get("no_data", 0)
    assert lines["service_hours"] - lines["planned_work"] - left_out == lines["time_that_counts"]
    assert lines["down"] + lines["degraded"] + lines.get("no_data_down", 0) == lines["time_lost"]


def test_planned_work_that_was_not_agreed_is_a_line_of_what_was_lost():
    lines = dict(in_minutes(orders(terms=replace(SHOP, planned_work=AvailabilityTerms(hours()).planned_work))))

    assert (lines["planned_work"], lines["planned_work_down"], lines["time_lost"]) == (0, 60, 268)


def test_a_gap_says_what_is_certain():
    gap = (Interval(at("2026-10-01 04:00"), at("2026-10-09 04:00")),)

    result = orders(unknown=gap).lines[-1]

    assert result.value == "data_gap"
    assert dict(result.details)["certain"] == "missed"


def test_cases_are_proved_by_those_that_were_due():
    terms = CaseTerms(hours(), WorkingTime(4 * 3600))
    pauses = (Pause(at("2026-10-05 12:00"), at("2026-10-05 13:00"), "b"), Pause(at("2026-10-05 11:00"), None, "a"))
    cases = [
        Case("INC-2", at("2026-10-06 10:00"), at("2026-10-06 16:00")),
        Case("INC-1", at("2026-10-05 10:00"), at("2026-10-05 12:30"), pauses),
        Case("INC-9", at("2026-11-05 10:00"), None),
    ]

    def proof_of(ordered):
        figure = measure_cases(month("2026-10"), terms, ordered, NOW)
        verdict = figure.share.judge(share_of("90"), CLOSE)
        return prove_cases(
            span=month("2026-10"), terms=terms, as_of=NOW, figure=figure,
            target="90", close=CLOSE, verdict=verdict,
        )  # fmt: skip

    proof = proof_of(cases)

    assert proof.evidence == ("INC-1", "INC-2")
    assert [(line.key, line.value) for line in proof.lines] == [
        ("counted", 2), ("met", 1), ("not_met", 1), ("allowed", Fraction(1, 5)),
        ("share", Fraction(1, 2)), ("pause_share", Fraction(3, 17)), ("result", "missed"),
    ]  # fmt: skip
    assert dict(proof.lines[0].details) == {"met": 1, "late": 1}
    assert proof_of(cases[::-1]).to_json() == proof.to_json()


def test_shares_and_answers_are_proved_by_their_records():
    share = ShareFigure(94_903, 96_412)
    proof = prove_share(
        kind="volume", span=OCTOBER, figure=share, evidence=("vol 2", "vol 1"), target="98", close=CLOSE,
        verdict=share.judge(share_of("98"), CLOSE),
    )  # fmt: skip
    rating = SatisfactionFigure(36, 41, 62)
    answers = prove_satisfaction(
        span=OCTOBER, figure=rating, evidence=("round 1",), target="80", close=CLOSE,
        verdict=rating.share.judge(share_of("80"), CLOSE),
    )  # fmt: skip

    assert (proof.kind, proof.evidence) == ("volume", ("vol 1", "vol 2"))
    assert [line.value for line in proof.lines[:3]] == [96_412, 94_903, 1_509]
    assert dict(answers.lines[0].details) == {"asked": 62}
    assert answers.lines[-1].value == "kept"


def test_occasions_are_proved_by_date():
    schedule = OccasionSchedule(hours(), Rhythm.WORKING_DAYS, 7 * 3600)
    records = [
        Completion(f"rec {day}", date(2026, 10, day), at(f"2026-10-{day:02} 0{6 if day != 2 else 8}:00"))
        for day in range(30, 0, -1)
        if day != 5
    ]
    figure = measure_occasions(OCTOBER, schedule, records, NOW)

    proof = prove_occasions(
        span=OCTOBER, schedule=schedule, records=records, as_of=NOW, figure=figure, rule="at most 2 late",
        close=CLOSE, verdict=figure.judge_at_most(2, CLOSE),
    )  # fmt: skip

    assert [(line.key, line.value) for line in proof.lines] == [
        ("occasions", 22), ("in_time", 20), ("late", 1), ("no_record", 1),
        ("low", Fraction(20, 22)), ("high", Fraction(21, 22)), ("result", "kept"),
    ]  # fmt: skip
    assert dict(proof.lines[2].details) == {"2026-10-02": "rec 2"}
    assert dict(proof.lines[3].details) == {"2026-10-05": ""}
    assert "rec 4" not in proof.evidence  # a Sunday
    assert len(proof.evidence) == 21


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": Fraction(199, 200)}, '{"a":"199/200","b":1}'),
        (frozenset({"z", "a"}), '["a","z"]'),
        ((date(2026, 10, 1), Decimal("0.10"), None, True), '["2026-10-01","0.10",null,true]'),
        (Interval(1, 2), "[1,2]"),
        (Status.KEPT, '"kept"'),
        ("Bäckerei", '"Bäckerei"'),
    ],
)
def test_one_value_has_one_written_form(value, written):
    assert canonical(value) == written


@pytest.mark.parametrize("value", [0.1, object(), {"deep": [1.5]}, Interval])
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(NotCanonical, match="use whole or exact numbers"):
        canonical(value)


@dataclass(frozen=True)
class Terms:
    gap: int = 0
    by_users: bool = field(default=False, metadata=LATER)


def test_a_term_that_came_later_is_written_only_where_it_is_used():
    assert canonical(Terms()) == '{"gap":0}'
    assert canonical(Terms(by_users=True)) == '{"by_users":true,"gap":0}'


def test_the_fingerprint_of_a_figure_of_before_stays_as_it_was():
    assert orders().digest == "b817da3c87c046fdab94b0ba4cbb1e978161b7613b121f5facab1ae96bf964c8"


def test_cases_that_use_no_later_term_have_the_same_proof_as_before():
    terms = CaseTerms(hours(), WorkingTime(4 * 3600), frozenset({"a", "b"}))
    pauses = (Pause(at("2026-10-05 12:00"), at("2026-10-05 13:00"), "b"), Pause(at("2026-10-05 11:00"), None, "a"))
    cases = [
        Case("INC-2", at("2026-10-06 10:00"), at("2026-10-06 16:00")),
        Case("INC-1", at("2026-10-05 10:00"), at("2026-10-05 12:30"), pauses),
        Case("INC-3", at("2026-10-07 10:00"), None, left_out="duplicate"),
    ]
    figure = measure_cases(OCTOBER, terms, cases, OCTOBER.end)

    proof = prove_cases(
        span=OCTOBER, terms=terms, as_of=OCTOBER.end, figure=figure, target="90", close=CLOSE,
        verdict=figure.share.judge(share_of("90"), CLOSE),
    )  # fmt: skip

    assert proof.digest == "a0da07e56a5aea2476603e1a965410c1ff4db1d17677a1d28157f76f518a6364"
    assert digest_of(proof.to_json()) == "72d1161ccbb28eb87f43ef71ec92abcabe39a98461286955c3bda12b676b00d9"
