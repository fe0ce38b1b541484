"""Nothing that is agreed is missing from the clauses: whatever changes in the text changes their words."""

from datetime import date
from decimal import Decimal

import pytest

from slas.models import (
    Agreement,
    AgreementKind,
    CaseAttribution,
    ClockStop,
    FactKind,
    Measure,
    MissingPolicy,
    Party,
    PercentileChoice,
    PeriodKind,
    PriorityRule,
    Schedule,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.agreement_text import COUNTING, NOT_TEXT, target_values, terms_values
from slas.queries.clauses import target_clause, terms_clause
from tests.slas.factories import FACTS_OF, FRAMES

# Addresses, the number of the version, and what is said by the words of another value.
TECHNICAL = {"slug", "version"}
DAY = date(2027, 3, 1)
# Of which kind of promise a value is changed, and to what.
CHANGES = {
    "service": ("availability", None),
    "component": ("availability", None),
    "kind": ("availability", TargetKind.RELIABILITY),
    "name": ("availability", "Another name"),
    "short_name": ("availability", "Short"),
    "sentence": ("availability", "Another sentence"),
    "meaning": ("availability", "Another meaning"),
    "agreed_note": ("availability", "Planned work is out"),
    "experienced_note": ("availability", "All is in"),
    "is_trial": ("availability", True),
    "is_mandatory": ("availability", False),
    "threshold": ("availability", Decimal("99.9001")),
    "allowed_misses": ("occasions", 3),
    "decimals": ("availability", 3),
    "period_kind": ("availability", PeriodKind.YEAR),
    "period_start_month": ("availability", 4),
    "starts_on": ("availability", DAY),
    "ends_on": ("availability", DAY),
    "close_room": ("availability", Decimal("0.751")),
    "close_margin": ("availability", Decimal("0.1")),
    "degraded_share": ("availability", Decimal("0.499")),
    "planned_notice_days": ("availability", 7),
    "planned_cap_seconds": ("availability", 7201),
    "weighs_users": ("availability", True),
    "minimum_outage_seconds": ("availability", 61),
    "merge_gap_seconds": ("availability", 61),
    "missing_policy": ("availability", MissingPolicy.DOWN),
    "minimum_coverage": ("availability", Decimal("95.01")),
    "priorities": ("cases", ["P2"]),
    "clock_stop": ("cases", ClockStop.ANSWERED),
    "within_seconds": ("cases", 7201),
    "within_working_days": ("cases", 3),
    "pause_reasons": ("cases", ["Waiting for parts"]),
    "longest_pause_seconds": ("cases", 3601),
    "reopen_days": ("cases", 6),
    "priority_rule": ("cases", PriorityRule.CHANGE),
    "attribution": ("cases", CaseAttribution.OPENED),
    "percentile_method": ("cases", PercentileChoice.MIDPOINT),
    "reading_limit": ("readings", Decimal("500.001")),
    "is_least": ("readings", True),
    "schedule": ("occasions", Schedule.DAILY),
    "due_minute": ("occasions", 241),
    "due_day": ("occasions", 12),
    "loss_words": ("availability", "Nobody could order"),
    "short_loss_words": ("availability", "No orders"),
    "unit_words": ("cases", "requests"),
    "good_words": ("cases", "done in time"),
    "bad_words": ("cases", "were too late"),
}
BASE = {
    "availability": {
        "excluded_work": ["planned"], "planned_notice_days": 5, "planned_cap_seconds": 7200,
        "minimum_outage_seconds": 60, "merge_gap_seconds": 60, "period_kind": PeriodKind.QUARTER,
    },
    "cases": {"reopen_days": 5, "longest_pause_seconds": 3600},
    "readings": {},
    "occasions": {"due_day": 11, "schedule": Schedule.MONTHLY},
}  # fmt: skip
TERMS = {
    "name": "Another name",
    "kind": AgreementKind.CONTRACT,
    "time_zone": "Europe/Dublin",
    "starts_on": date(2027, 2, 1),
    "ends_on": date(2029, 1, 1),
    "answer_working_days": 9,
}


def agreement(**fields):
    sides = {name: Party(tenant_id=1, kind="team", name=f"The {name}") for name in ("customer", "provider")}
    common = {"slug": "orders", "name": "Orders", "time_zone": "Europe/London", "starts_on": date(2027, 1, 1)}
    return Agreement(**{"tenant_id": 1, "kind": AgreementKind.SLA} | sides | common | fields)


def target(like, measure=None, **fields):
    counted = {"what": "Outages", "source": "A log", "decider": "The owner", "fact_kind": FACTS_OF[TargetKind(like)]}
    own = Measure(**{"tenant_id": 1, "slug": "log", "name": "Log", "unit_words": "ms"} | counted | (measure or {}))
    common = {"slug": "promise", "name": "It works", "sentence": "99.5 % of the time", "kind": like}
    values = {"tenant_id": 1, "agreement": agreement(), "measure": own} | common | FRAMES[like] | BASE.get(like, {})
    return ServiceLevelTarget(**values | fields)


def test_each_value_of_a_promise_is_tried():
    stored = {field.name for field in ServiceLevelTarget._meta.concrete_fields}

    assert stored - NOT_TEXT - TECHNICAL - {"service_hours"} == set(CHANGES)


@pytest.mark.parametrize("written", ["Outages that a check finds", "Outages that a check finds."])
def test_a_sentence_that_somebody_wrote_ends_once(written):
    lines = target_clause(target("availability", measure={"what": written}), 1).lines

    assert "What is counted: Outages that a check finds." in lines


@pytest.mark.parametrize("name", sorted(set(CHANGES) - {"service", "component"}))
def test_another_value_of_a_promise_gives_other_words(name):
    kind, value = CHANGES[name]
    before = target_clause(target(kind), 1)
    after = target_clause(target(kind, **{name: value}), 1)

    assert before.fingerprint != after.fingerprint
    assert before.words != after.words


@pytest.mark.parametrize("kinds", [["planned", "supplier"], []], ids=len)
def test_other_work_that_is_taken_out_gives_other_words(kinds):
    assert (
        target_clause(target("availability"), 1).words
        != target_clause(target("availability", excluded_work=kinds), 1).words
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("what", "Outages of another thing"),
        ("source", "Another log"),
        ("decider", "The customer"),
        ("starts_on", DAY),
        ("max_gap_seconds", 301),
    ],
)
def test_another_way_of_counting_gives_other_words(name, value):
    before, after = ({"max_gap_seconds": 300, "fact_kind": FactKind.CHECKS} | more for more in ({}, {name: value}))

    assert name in COUNTING
    assert (
        target_clause(target("availability", measure=before), 1).words
        != target_clause(target("availability", measure=after), 1).words
    )


@pytest.mark.parametrize("name", [*TERMS, "customer", "provider", "underpins"])
def test_other_terms_give_other_words(name):
    rows = {"underpins": agreement(name="Another", slug="another"), **TERMS}
    value = rows.get(name) or Party(tenant_id=1, kind="team", name="Somebody else")
    before, after = terms_clause(agreement()), terms_clause(agreement(**{name: value}))

    assert before.fingerprint != after.fingerprint
    assert before.words != after.words


def test_each_of_the_terms_is_tried():
    assert set(terms_values(agreement())) - TECHNICAL == {*TERMS, "customer", "provider", "underpins"}


def test_a_promise_has_no_value_that_is_not_tried():
    derived = {"measure", "service_hours", "excludes_planned"}

    assert set(target_values(target("cases"))) - derived <= set(CHANGES) | TECHNICAL
