"""Whatever is answered, the sentence of a built promise is clear: no two honest people count it differently."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import Service
from slas.models import (
    Agreement,
    ClockStop,
    Measure,
    MissingPolicy,
    PeriodKind,
    Schedule,
    ServiceHours,
    ServiceLevelTarget,
    TargetKind,
    WorkKind,
)
from slas.queries.sentences import sentence_of
from slas.queries.wording_parts import frame_of_target
from slas.wording.check import check
from slas.wording.frame import Effect, Frame, Severity, Slot

# What the rows beside a sentence say: a number of late dates is no share of cases, and a reading has no clock.
BESIDE = {
    TargetKind.RELIABILITY: {Slot.SUBJECT, Slot.COUNTED_EVENT, Slot.GOOD_CONDITION, Slot.THRESHOLD, Slot.SHARE},
    TargetKind.OCCASIONS: {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION, Slot.THRESHOLD, Slot.SHARE},
    TargetKind.READINGS: {Slot.COUNTED_EVENT},
    TargetKind.CASES: {Slot.EXCLUSIONS},  # when the clock stands still
}
THINGS = {
    TargetKind.CASES: ["problems", "requests for access", "claims", "enquiries", "analysis requests"],
    TargetKind.VOLUME: ["orders", "deliveries", "invoices", "deliverables"],
    TargetKind.OCCASIONS: ["pay runs", "price lists", "figures of the day before"],
    TargetKind.SATISFACTION: ["answers"],
    TargetKind.READINGS: ["response times", "temperatures of the cold store"],
}
GOOD = {
    TargetKind.CASES: ["", "solved in time", "decided in time"],
    TargetKind.VOLUME: [
        "confirmed within 15 minutes of being saved", "on the agreed tour of their day", "accepted without rework",
        "handed over on or before their agreed day", "finished with an effort at most 20 % above or below the estimate",
    ],
    TargetKind.OCCASIONS: ["complete", "ready", "sent"],
    TargetKind.SATISFACTION: ["4 or 5 on a scale from 1 to 5"],
}  # fmt: skip
HOURS = [
    None,
    ("Monday to Friday, 08:00 to 18:00", "Europe/London"),
    ("04:00 to 22:00, every day", "Europe/Berlin"),
    ("Mon to Sat, 05:00 to 20:00", "America/New_York"),
]
OURS = {"tenant_id": 1}  # nothing is written: no tenant is in force
percents = st.decimals("50", "100", places=2)
numbers = st.integers(0, 9)


@st.composite
def promises(draw, kind):
    """A promise as the questions of the builder leave it; nothing is written."""
    hours = draw(st.sampled_from(HOURS))
    by_number = kind == TargetKind.RELIABILITY or (kind == TargetKind.OCCASIONS and draw(st.booleans()))
    days = draw(st.none() | st.integers(1, 60)) if hours else None
    rhythm = draw(st.sampled_from(Schedule.values if hours else [Schedule.DAILY, Schedule.MONTHLY]))
    return ServiceLevelTarget(
        **OURS,
        agreement=Agreement(**OURS, time_zone="Europe/London"),
        service=Service(
            **OURS, name=draw(st.sampled_from(["Ordering", "Payroll", "Business analysis", "Order desk phones"]))
        ),
        measure=Measure(**OURS, unit_words=draw(st.sampled_from(["seconds", "degrees"]))),
        kind=kind,
        threshold=None if by_number else draw(percents),
        allowed_misses=draw(numbers) if by_number else None,
        period_kind=draw(st.sampled_from(PeriodKind.values)),
        service_hours=ServiceHours(**OURS, words=hours[0], time_zone=hours[1]) if hours else None,
        excluded_work=draw(st.lists(st.sampled_from(WorkKind.values), unique=True)),
        planned_notice_days=draw(st.none() | st.integers(1, 20)),
        planned_cap_seconds=draw(st.none() | st.integers(1, 600).map(lambda minutes: minutes * 60)),
        minimum_outage_seconds=draw(st.integers(0, 240)) * 60 + 1,
        missing_policy=draw(st.sampled_from(MissingPolicy.values)),
        within_seconds=None if days else draw(st.integers(1, 6000)) * 60,
        within_working_days=days,
        clock_stop=draw(st.sampled_from(ClockStop.values)),
        priorities=draw(st.lists(st.sampled_from(["Urgent", "High", "P1", "P2"]), unique=True)),
        pause_reasons=draw(st.lists(st.sampled_from(["Waiting for the caller", "Awaiting parts"]), unique=True)),
        unit_words=draw(st.sampled_from(THINGS.get(kind, [""]))),
        good_words=draw(st.sampled_from(GOOD.get(kind, [""]))),
        reading_limit=draw(st.integers(1, 900).map(Decimal)),
        is_least=draw(st.booleans()),
        schedule=rhythm,
        due_minute=draw(st.integers(1, 1440)),
        due_day=draw(st.integers(1, 31)),
    )


def assert_clear(target):
    share = None if target.threshold is None else target.threshold / 100
    frame = Frame(
        text=sentence_of(target).replace("\u00a0", " "),
        service=str(target.service),
        share=share,
        settled=frozenset(BESIDE.get(TargetKind(target.kind), ())),
        period=target.period_kind,
        around_the_clock=target.service_hours is None,
    )

    assert [(each.code, each.words, frame.text) for each in check(frame)] == []
    assert found_when_saved(target) == []
    target.is_trial, target.threshold, target.allowed_misses = True, None, None
    assert found_when_saved(target) == []


def found_when_saved(target):
    """What keeps a built promise from being written, and an agreement that holds it from being accepted."""
    target.sentence = sentence_of(target)
    return [
        (each.code, each.words, target.sentence)
        for each in check(frame_of_target(target))
        if each.severity == Severity.ERROR
    ]


@pytest.mark.parametrize("kind", TargetKind.values)
@given(data=st.data())
@settings(max_examples=25)
def test_a_built_promise_is_clear(kind, data):
    assert_clear(data.draw(promises(kind)))


@pytest.mark.long
@pytest.mark.parametrize("kind", TargetKind.values)
@given(data=st.data())
@settings(max_examples=2000)
def test_many_built_promises_are_clear(kind, data):
    assert_clear(data.draw(promises(kind)))


@given(
    target=promises(TargetKind.VOLUME),
    words=st.sampled_from(["promptly", "as soon as possible", "in a timely manner", "without undue delay"]),
)
@settings(max_examples=25)
def test_an_answer_that_leaves_room_is_all_that_is_found(target, words):
    """So a form that asks it back lets only clear promises pass."""
    target.good_words = f"confirmed {words}"
    frame = Frame(text=sentence_of(target), share=target.threshold / 100, settled=frozenset(Slot) - {Slot.SHARE})

    assert [each.words for each in check(frame) if each.severity == Severity.ERROR] == [words]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param(
            "At least 90 % of Level 3 requests are answered within 4 hours of receipt, in each month.",
            {Slot.CALENDAR},
            id="a page without hours",
        ),
        pytest.param(
            "At least 90 % of P1 requests are solved within 24 hours of receipt, in each month.",
            {Slot.CALENDAR},
            id="elapsed or service hours",
        ),
        pytest.param(
            "The enrolment system is available 99.9 % of the time, in each year.", {Slot.CALENDAR}, id="availability"
        ),
        pytest.param(
            "At least 90 % of P2 requests are solved within 3 days of receipt, in each month.",
            {Effect.DAY_KIND},
            id="days of no kind",
        ),
    ],
)
def test_hours_that_are_not_said_are_asked_for(text, asked):
    """As pages of universities publish them; the builder asks the same before a sentence is written."""
    found = {
        finding.slot or finding.effect for finding in check(Frame(text=text)) if finding.severity == Severity.ERROR
    }

    assert found == asked
