"""What is kept of a figure is enough to make it again, to the byte; what was changed afterwards is found and named."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.cases import Case, CaseTerms, Pause
from slas.calculation.deadlines import WorkingDays, WorkingTime
from slas.calculation.errors import NotReadable
from slas.calculation.kept import (
    BY_ANOTHER_RULE,
    WITHOUT_ANSWERS,
    check_figure,
    read_inputs,
    told_of,
    write_inputs,
)
from slas.calculation.occasions import Completion, OccasionSchedule, Rhythm
from slas.calculation.outcomes import AvailabilityInputs, CasesInputs, OccasionsInputs, attain
from slas.calculation.outcomes.availability import Event
from slas.calculation.outcomes.counts import CaseStory, SatisfactionInputs, SurveyRound, VolumeInputs, VolumeRow
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.outcomes.readings import ReadingsInputs
from slas.calculation.periods import PeriodKind
from slas.calculation.planned_work import PlannedWork, PlannedWorkTerms
from slas.calculation.readings import Limit
from tests.slas.calculation.builders import EVERY_DAY, LONDON, at, between, hours, month, outage

OCTOBER = month("2026-10")
SHOP = hours("04:00-22:00", days=EVERY_DAY, exceptions={"2026-10-05": ""}, holidays=["2026-10-12"])
VERSIONS = replace(SHOP, versions=((date(2026, 10, 15), hours("06:00-20:00")),))
SIXTH = "2026-10-06 05:12"


def frame(now=OCTOBER.end + 400_000, **promise):
    agreed = {"threshold": Decimal("99.5")} | promise
    return Frame(Promise(**agreed), OCTOBER, OCTOBER, now, LONDON, "04:00 to 22:00, every day")


def orders(**changes):
    inputs = AvailabilityInputs(
        frame=frame(),
        terms=AvailabilityTerms(
            SHOP, planned_work=PlannedWorkTerms(frozenset({"planned"}), WorkingDays(5), SHOP, cap=7200)
        ),
        facts=AvailabilityFacts(
            outages=(outage(SIXTH, "2026-10-06 06:44"), outage("2026-10-28 16:05", None, Fraction(1, 2))),
            planned_works=(
                PlannedWork(*between("2026-10-18 05:00", "2026-10-18 06:00"), "W", "planned", at("2026-10-07 09:00")),
            ),
            unknown=(between("2026-10-03 10:00", "2026-10-03 10:05"),),
        ),
        events={SIXTH: Event("No orders could be saved", "Storage was full")},
        titles={"W": "New disks"},
    )
    return replace(inputs, **changes)


def cases():
    pause = Pause(at("2026-10-05 10:00"), None, "Awaiting caller", "business unit")
    found = (Case("INC1", at("2026-10-05 09:00"), at("2026-10-05 12:00"), (pause,)), Case("INC2", at(SIXTH), None))
    return CasesInputs(frame(), CaseTerms(SHOP, WorkingTime(7200)), found, {"INC1": CaseStory("No tills", "1 High")})


def nights():
    schedule = OccasionSchedule(SHOP, Rhythm.DAILY, 14_400, zone=LONDON)
    done = Completion("2026-10-01", date(2026, 10, 1), at("2026-10-01 03:10"))
    return OccasionsInputs(frame(threshold=None, allowed_misses=1), schedule, (done,))


def claims():
    rows = (VolumeRow(date(2026, 10, 1), 100, 98), VolumeRow(date(2026, 10, 2), 70, None))
    return VolumeInputs(frame(), rows, by_month=True, hours=SHOP, silent=(between(SIXTH, "2026-10-06 06:44"),))


def waiting():
    rows = (VolumeRow(date(2026, 10, 1), 100, 98),)
    return ReadingsInputs(frame(), rows, by_month=False, hours=SHOP, limit=Limit(Decimal("2.5"), unit="minutes"))


def rating(*rounds, **changes):
    made = (SurveyRound(date(2026, 10, 1 + n), *each) for n, each in enumerate(rounds))
    return SatisfactionInputs(frame(**changes), tuple(made), SHOP, shorter=frozenset({(PeriodKind.MONTH, 1)}))


def again(inputs, told=None):
    """The figure calculated again from what is kept of it."""
    return check_figure(told or told_of(attain(inputs)), json.loads(write_inputs(inputs)))


@pytest.mark.parametrize(
    "inputs",
    [
        pytest.param(orders(), id="availability"),
        pytest.param(orders(frame=frame(at("2026-10-20 09:00"))), id="a month that still runs"),
        pytest.param(orders(frame=frame(is_trial=True, threshold=None)), id="a trial"),
        pytest.param(orders(terms=replace(orders().terms, hours=VERSIONS)), id="hours that changed in the month"),
        pytest.param(cases(), id="cases"),
        pytest.param(nights(), id="dates"),
        pytest.param(claims(), id="volumes"),
        pytest.param(waiting(), id="readings"),
        pytest.param(rating((20, 10, 9), (30, 20, 12)), id="answers"),
        pytest.param(rating((20, 3, 2), (30, 20, 12)), id="a round of few answers"),
        pytest.param(rating((20, 3, 2)), id="few answers"),
        pytest.param(rating(), id="no answers"),
    ],
)
def test_what_is_kept_gives_the_same_figure(inputs):
    written = write_inputs(inputs)

    assert again(inputs).differences == ()
    assert again(inputs).is_equal
    assert write_inputs(read_inputs(json.loads(written))) == written


moments = st.integers(OCTOBER.start - 90_000, OCTOBER.end + 90_000)


spells = st.lists(st.tuples(moments, moments).map(sorted), max_size=6, unique_by=lambda each: each[0])


@settings(max_examples=30, deadline=None)
@given(spells.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_the_facts_changes_no_byte(both):
    found, mixed = (
        [replace(outage(SIXTH, None), id=str(start), start=start, end=end) for start, end in each] for each in both
    )

    one, other = (
        attain(orders(facts=AvailabilityFacts(outages=tuple(each)), events={}, titles={})) for each in (found, mixed)
    )

    assert one.seen.encode() == other.seen.encode()
    assert told_of(one) == told_of(other)
    assert again(orders(facts=AvailabilityFacts(outages=tuple(mixed)), events={}, titles={}), told_of(one)).is_equal


def changed(told, *place, to):
    held = told = deepcopy(told)
    for name in place[:-1]:
        held = held[name]
    held[place[-1]] = to
    return told


@pytest.mark.parametrize(
    ("place", "to", "said"),
    [
        pytest.param(("proof", "lines", 0, "exact"), "1/1", "proof, lines, service_hours, exact", id="a line"),
        pytest.param(("proof", "lines", 3, "detail"), "6 Oct 2", "proof, lines, down, detail", id="words of a line"),
        pytest.param(("proof", "inputs_hash"), "0" * 64, "proof, inputs_hash", id="the fingerprint"),
        pytest.param(("status",), "kept", "status", id="the status"),
        pytest.param(("value",), "99.9", "value", id="the value"),
        pytest.param(
            ("result", "events", 0, "ended_at"), "2026-10-06T05:00:00+00:00", f"result, events, {SIXTH}, ended_at",
            id="the end of an event",
        ),
    ],
)  # fmt: skip
def test_what_was_changed_in_what_is_told_is_named(place, to, said):
    checked = again(orders(), changed(told_of(attain(orders())), *place, to=to))

    assert [each.where for each in checked.differences] == [said]


def test_a_line_that_is_missing_is_named():
    told = told_of(attain(orders()))
    told["proof"]["lines"].pop(2)

    (missing,) = again(orders(), told).differences

    assert (missing.where, missing.said_words) == ("proof, lines, time_that_counts", "nothing")


def test_an_input_that_was_changed_is_named_by_its_event():
    told = told_of(attain(orders()))
    kept = json.loads(write_inputs(orders()))
    kept["inputs"]["facts"]["outages"][0]["end"] -= 1800

    found = {each.where: each.found_words for each in check_figure(told, kept).differences}

    assert found[f"result, events, {SIXTH}, ended_at"] == "2026-10-06T05:14:00+00:00"
    assert "proof, inputs_hash" in found
    assert "proof, lines, down, value" in found


@pytest.mark.parametrize(
    "rounds",
    [
        pytest.param([(7001, 4, 3)], id="few answers"),
        pytest.param([(7001, 4, 3), (7002, 953, 871)], id="the round beside them"),
    ],
)
def test_answers_of_few_are_not_kept(rounds):
    inputs = rating(*rounds)
    kept = json.loads(write_inputs(inputs))["inputs"]

    assert [(each["answers"], each["good"]) for each in kept["rounds"]] == [(None, None)] * len(rounds)
    assert (kept["seen"]["answers"], kept["seen"]["good"]) == ((0, 0) if len(rounds) == 1 else (957, 874))
    assert (again(inputs).note == WITHOUT_ANSWERS) is (len(rounds) == 1)


def test_answers_that_a_longer_period_would_tell_are_not_kept():
    """A year over 40 answers and a month of three: the year says no number either."""
    rounds = (SurveyRound(date(2026, 9, 3), 80, 40, 31), SurveyRound(date(2026, 10, 3), 20, 3, 2))
    inputs = replace(rating(), rounds=rounds)
    kept = json.loads(write_inputs(inputs))["inputs"]

    assert again(inputs).is_equal
    assert kept["hides"] == "a part"
    assert (kept["seen"]["answers"], kept["seen"]["good"], kept["seen"]["beside"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("change", "said", "note"),
    [
        pytest.param(lambda told: told.pop("reliability"), [], BY_ANOTHER_RULE, id="not told yet"),
        pytest.param(lambda told: told["reliability"].update(rule=1, failures=7), [], BY_ANOTHER_RULE, id="by another"),
        pytest.param(
            lambda told: told["reliability"].update(failures=7),
            ["result, reliability, failures"],
            "",
            id="by this rule",
        ),
    ],
)
def test_failures_are_compared_where_they_were_told_by_the_same_rule(change, said, note):
    told = told_of(attain(orders()))
    change(told["result"])

    checked = again(orders(), told)

    assert ([each.where for each in checked.differences], checked.note) == (said, note)


def test_figures_of_other_rules_are_not_compared():
    told = changed(told_of(attain(orders())), "proof", "rules_version", to=1)

    assert "made by version 1 of the counting rules" in again(orders(), told).refusal


@pytest.mark.parametrize(
    ("place", "to", "said"),
    [
        pytest.param(("kind",), "speed", 'inputs.kind: "speed" is not availability or', id="kind"),
        pytest.param(("inputs",), [], "inputs: [] is not an object", id="no object"),
        pytest.param(("inputs", "facts", "outages"), {}, "inputs.facts.outages: {} is not a list", id="no list"),
        pytest.param(("inputs", "facts", "outages", 0, "end"), "late", 'end: "late" is not a whole', id="end"),
        pytest.param(("inputs", "facts", "outages", 0, "end"), 1.5, "outages[0].end: 1.5 is not a whole", id="float"),
        pytest.param(("inputs", "facts", "outages", 0, "end"), True, "outages[0].end: true is not a whole", id="bool"),
        pytest.param(("inputs", "facts", "outages", 0, "end"), 0, "ends before it starts", id="reversed"),
        pytest.param(("inputs", "facts", "outages", 0, "usable"), "1/0", '"1/0" is not a fraction', id="nothing by"),
        pytest.param(("inputs", "facts", "unknown", 0), [1], "unknown[0]: [1] is not a list of 2", id="half a time"),
        pytest.param(("inputs", "frame", "zone"), 5, "inputs.frame.zone: 5 is not text", id="zone"),
        pytest.param(("inputs", "frame", "promise", "threshold"), "NaN", '"NaN" is not a number', id="NaN"),
        pytest.param(("inputs", "terms", "hours", "zone"), "Mars", "“Mars” is not a time zone", id="no zone"),
        pytest.param(("inputs", "terms", "hours", "holidays", 0), "2026-13-01", "is not a date", id="date"),
        pytest.param(("inputs", "terms", "unknown"), "maybe", '"maybe" is not exclude or', id="policy"),
        pytest.param(("inputs", "terms", "planned_work", "notice"), {"weeks": 1}, "is not one of", id="notice"),
        pytest.param(("inputs", "terms", "colour"), "red", "inputs.terms.colour", id="a name too much"),
    ],
)  # fmt: skip
def test_inputs_that_cannot_be_read_are_refused_by_place(place, to, said):
    kept = changed(json.loads(write_inputs(orders())), *place, to=to)

    with pytest.raises(NotReadable) as error:
        read_inputs(kept)

    assert said in str(error.value)
    assert check_figure(told_of(attain(orders())), kept).refusal == f"It cannot be calculated. {error.value}"


def test_a_name_that_is_missing_is_refused_by_place():
    kept = json.loads(write_inputs(orders()))
    del kept["inputs"]["terms"]["hours"]["weekly"]

    with pytest.raises(NotReadable, match=r"inputs\.terms\.hours\.weekly: Nothing is not there"):
        read_inputs(kept)


@pytest.mark.parametrize("second", [10**12, 10**30])
def test_a_time_that_no_calendar_holds_is_refused(second):
    kept = changed(json.loads(write_inputs(orders())), "inputs", "frame", "span", to=[OCTOBER.start, second])

    assert check_figure(told_of(attain(orders())), kept).refusal.startswith("It cannot be calculated.")
