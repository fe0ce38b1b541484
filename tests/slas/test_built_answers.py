"""Whatever is answered to the questions: what is written is clear, and what leaves room is asked back, in each kind."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slas.actions.building import build_target
from slas.forms.building import SAID_GOOD, BuilderForm
from slas.models import AgreementState, Measure, PeriodKind, ServiceLevelTarget, TargetKind, WorkKind
from slas.queries.wording import target_findings
from tests.slas import factories
from tests.slas.factories import at, every_day
from tests.slas.test_built_sentences import GOOD, THINGS

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
# “In a timely manner” is none of them: beside a limit it describes what is handed in (docs/wording.md, rule 8).
ROOM = ["promptly", "as soon as possible", "where practicable", "without undue delay", "within a reasonable time"]
NEW = {"what": "What the log of the service desk shows", "source": "Ticket system", "decider": "The order desk"}
IN_TIME = {
    TargetKind.CASES: ["limit", "limit_unit", "clock_stop", "priorities", "pause_reasons"],
    TargetKind.READINGS: ["reading_limit", "is_least", "reading_unit"],
    TargetKind.RELIABILITY: ["longer_than"],
    TargetKind.AVAILABILITY: ["degraded_percent"],
    TargetKind.OCCASIONS: ["schedule", "due_minute", "due_day"],
}
ANSWERS = {
    "limit": st.integers(1, 90).map(str),
    "limit_unit": st.sampled_from(["minutes", "hours", "days"]),
    "clock_stop": st.sampled_from(["solved", "answered"]),
    "priorities": st.sampled_from(["", "Urgent", "P1\nP2"]),
    "pause_reasons": st.sampled_from(["", "Waiting for the caller"]),
    "reading_limit": st.integers(1, 900).map(str),
    "is_least": st.sampled_from(["", "on"]),
    "reading_unit": st.sampled_from(["milliseconds", "degrees Celsius"]),
    "longer_than": st.integers(0, 60).map(str),
    "degraded_percent": st.sampled_from(["0", "50", "100"]),
    "schedule": st.sampled_from(["daily", "monthly"]),
    "due_minute": st.integers(0, 23).map(lambda hour: f"{hour:02}:30"),
    "due_day": st.integers(1, 31).map(str),
}


@pytest.fixture
def around(in_tenant, member):
    """A draft, a service, two sets of hours, and who writes."""
    hours = [
        factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day"),
        factories.make_hours({day: [(480, 1080)] for day in range(5)}, words="Monday to Friday, 08:00 to 18:00",
                             time_zone="America/New_York"),
    ]  # fmt: skip
    draft = factories.make_agreement(state=AgreementState.DRAFT)
    return draft, factories.make_service(name="Ordering"), hours, member()


def answered(data, kind, service, hours):
    """Answers in which nothing is left open."""
    by_number = kind == TargetKind.RELIABILITY or (kind == TargetKind.OCCASIONS and data.draw(st.booleans()))
    given_ = {name: data.draw(ANSWERS[name], label=name) for name in IN_TIME.get(kind, ())}
    chosen = data.draw(st.sampled_from([*hours, None]), label="hours")
    if chosen is None and given_.get("limit_unit") == "days":
        chosen = hours[0]
    if kind in THINGS:
        given_["unit_words"] = data.draw(st.sampled_from(THINGS[kind]), label="counted")
    if kind in SAID_GOOD:
        given_["good_words"] = data.draw(st.sampled_from([words for words in GOOD[kind] if words]), label="good")
    works = data.draw(st.lists(st.sampled_from(WorkKind.values), unique=True), label="taken out")
    return given_ | NEW | {
        "name": "A promise", "service": service.pk, "missing_policy": data.draw(st.sampled_from(["exclude", "down"])),
        "period_kind": data.draw(st.sampled_from(PeriodKind.values)), "period_start_month": "1",
        "excluded_work": works, "planned_notice_days": str(data.draw(st.integers(1, 20))) if works else "",
        "planned_cap": data.draw(st.sampled_from(["", "90"])) if works else "",
        "allowed_misses" if by_number else "threshold": str(data.draw(st.integers(1, 9)) if by_number else
                                                            data.draw(st.decimals("50", "100", places=2))),
        **({"service_hours": chosen.pk} if chosen else {"is_always": "on"}),
    }  # fmt: skip


def build(data, kind, around):
    draft, service, hours, manager = around
    given_ = answered(data, kind, service, hours)
    asked = [name for name in ("good_words", "unit_words", "what") if name in given_]
    open_at = data.draw(st.sampled_from([None, *asked]), label="left open at")
    if open_at:
        given_[open_at] = f"{given_[open_at]} {data.draw(st.sampled_from(ROOM), label='room')}"

    form = BuilderForm(given_, target=ServiceLevelTarget(agreement=draft, kind=kind), new=Measure())

    if open_at:
        assert not form.is_valid(), form.cleaned_data
        assert open_at in form.errors or None in form.errors or "__all__" in form.errors, form.errors
        return
    assert form.is_valid(), form.errors
    made = build_target(target=form.filled(), by=manager, now=at("2026-11-10 09:40"))
    stored = ServiceLevelTarget.objects.get(pk=made.pk)
    assert [(each.about, each.finding.words) for each in target_findings(stored, []) if each.is_open] == []


@pytest.mark.parametrize("kind", list(TargetKind))
@given(data=st.data())
@FEW
def test_what_is_built_is_clear_and_what_leaves_room_is_asked_back(around, kind, data):
    with transaction.atomic():
        build(data, kind, around)
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.parametrize("kind", list(TargetKind))
@given(data=st.data())
@MANY
def test_many_answers_are_clear_or_asked_back(around, kind, data):
    with transaction.atomic():
        build(data, kind, around)
        transaction.set_rollback(True)
