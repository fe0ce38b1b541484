"""The register: numbers, the one order of states, owner and date before work, confirmation by the business."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from improvement.actions import (
    InitiativeDetails,
    OpportunityDetails,
    edit_improvement,
    move_improvement,
    raise_opportunity,
)
from improvement.errors import (
    ConfirmedByBusiness,
    ImprovementClosed,
    MovedByIT,
    MoveInFuture,
    OwnerMissing,
    StateOutOfOrder,
)
from improvement.models import ImprovementState
from improvement.queries import CLOSED, MOVES, list_columns, list_history, list_next_states, list_open, list_path
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.improvement.factories import NOW, make_improvement

TODAY = date(2026, 11, 10)
ORDER = {
    "opportunity": {"assessed", "approved", "dropped"},
    "assessed": {"approved", "dropped"},
    "approved": {"in_progress", "dropped"},
    "in_progress": {"measuring", "dropped"},
    "measuring": {"confirmed", "not_proven", "in_progress"},
}


def move(improvement, to_state, by, on=TODAY, reason="As agreed"):
    return move_improvement(improvement=improvement, to_state=to_state, on=on, reason=reason, by=by, today=TODAY)


def test_each_improvement_gets_the_next_number(member):
    by = member(Role.BUSINESS_MEMBER)
    make_improvement(number=13)

    raised = raise_opportunity(details=OpportunityDetails("Count dropped calls", "Dispute"), by=by, now=NOW)

    assert (raised.code, raised.state, raised.raised_by) == ("IMP-14", "opportunity", by)


@pytest.mark.parametrize("from_state", [*ORDER, *CLOSED])
@pytest.mark.parametrize("to_state", ImprovementState.values)
def test_states_follow_one_order(member, from_state, to_state):
    by = member(Role.BUSINESS_UNIT_HEAD if to_state == "confirmed" else Role.SERVICE_LEVEL_MANAGER)
    improvement = make_improvement(state=from_state, owner=member(Role.SERVICE_OWNER), due_on=TODAY)

    if to_state in ORDER.get(from_state, set()):
        assert move(improvement, to_state, by).state == to_state
    else:
        with pytest.raises(ImprovementClosed if from_state in CLOSED else StateOutOfOrder):
            move(improvement, to_state, by)
        improvement.refresh_from_db()
        assert improvement.state == from_state


def test_every_state_has_its_next_ones():
    assert {state: set(allowed) for state, allowed in MOVES.items() if allowed} == ORDER


@pytest.mark.parametrize("missing", ["owner", "due_on"])
def test_what_is_agreed_has_an_owner_and_a_date(member, missing):
    manager = member(Role.SERVICE_LEVEL_MANAGER)
    improvement = make_improvement(**{"owner": manager, "due_on": TODAY} | {missing: None})

    with pytest.raises(OwnerMissing, match="Name an owner and a date first"):
        move(improvement, "approved", manager)


def test_what_is_agreed_keeps_its_owner(member):
    manager = member(Role.SERVICE_LEVEL_MANAGER)
    improvement = make_improvement(owner=manager, due_on=TODAY, state="in_progress")
    details = OpportunityDetails(improvement.title, improvement.why)

    with pytest.raises(OwnerMissing):
        edit_improvement(improvement=improvement, details=details, initiative=InitiativeDetails(None, "", 2, TODAY))


@pytest.mark.parametrize(
    ("role", "may"), [(Role.BUSINESS_UNIT_HEAD, True), (Role.SERVICE_LEVEL_MANAGER, False), (Role.SERVICE_OWNER, False)]
)
def test_only_the_business_confirms_that_it_helped(member, role, may):
    improvement = make_improvement(state="measuring")

    if may:
        assert move(improvement, "confirmed", member(role)).closed_on == TODAY
    else:
        with pytest.raises(ConfirmedByBusiness, match="Only the business can confirm"):
            move(improvement, "confirmed", member(role))


def test_work_that_is_taken_up_again_is_no_longer_done(member):
    manager = member(Role.SERVICE_LEVEL_MANAGER)
    improvement = make_improvement(state="in_progress")

    assert move(improvement, "measuring", manager).done_on == TODAY
    assert move(improvement, "in_progress", manager).done_on is None
    improvement.refresh_from_db()
    assert (improvement.state, improvement.done_on) == ("in_progress", None)


def test_how_far_the_work_is_is_said_by_it(member):
    improvement = make_improvement(state="in_progress")

    with pytest.raises(MovedByIT, match="Only IT can move"):
        move(improvement, "measuring", member(Role.BUSINESS_UNIT_HEAD))


@pytest.mark.parametrize(
    ("role", "states"),
    [
        (Role.BUSINESS_UNIT_HEAD, ["confirmed"]),
        (Role.SERVICE_OWNER, ["not_proven", "in_progress"]),
        (Role.BUSINESS_MEMBER, []),
        (Role.AUDITOR, []),
    ],
)
def test_what_may_come_next_is_what_the_reader_may_do(member, role, states):
    assert list_next_states(improvement=make_improvement(state="measuring"), by=member(role)) == states


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers_even_in_an_empty_register(tenant):
    with tenant_scope(tenant.pk):
        by = factories.make_member(role=Role.BUSINESS_MEMBER)
    together = Barrier(4)

    def suggest(title):
        try:
            with tenant_scope(tenant.pk):
                together.wait(120)
                return raise_opportunity(details=OpportunityDetails(title, "Why"), by=by, now=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(suggest, ["One", "Two", "Three", "Four"]))

    assert sorted(numbers) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        pytest.param({"state": "approved", "owner": None}, "improvement_promised_by_somebody", id="agreed, by nobody"),
        pytest.param({"state": "in_progress", "due_on": None}, "improvement_promised_by_somebody", id="no day"),
        pytest.param({"size": "huge"}, "improvement_size_known", id="size"),
        pytest.param({"priority": 9}, "improvement_priority_known", id="priority"),
    ],
)
def test_the_database_refuses_what_no_form_offers(in_tenant, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make_improvement(**fields)


def test_work_is_done_when_measuring_begins(member):
    manager = member(Role.SERVICE_LEVEL_MANAGER)
    improvement = make_improvement(state="in_progress", owner=manager, due_on=TODAY)

    moved = move(improvement, "measuring", manager, on=date(2026, 11, 4))

    assert (moved.done_on, moved.closed_on) == (date(2026, 11, 4), None)
    with pytest.raises(MoveInFuture, match="11 November 2026"):
        move(moved, "not_proven", manager, on=date(2026, 11, 11))


def test_the_history_tells_what_changed_and_why(member):
    manager = member(Role.SERVICE_LEVEL_MANAGER, user=factories.make_user(name="Pavel Orsin"))
    improvement = make_improvement(title="Count dropped calls")
    details = OpportunityDetails("Count dropped calls", improvement.why)
    edit_improvement(improvement=improvement, details=details, initiative=InitiativeDetails(manager, "small", 1, TODAY))

    move(improvement, "approved", manager, reason="The desk needs it before Christmas")

    latest, edited, raised = list_history(improvement=improvement, time_zone="Europe/London")
    assert (latest.words, latest.reason) == (
        ("state: “Opportunity”, now “Approved”",),
        "The desk needs it before Christmas",
    )
    assert set(edited.words) == {
        "owner: not set, now Pavel Orsin",
        "size: not set, now small",
        "priority: middle, now high",
        "date: not set, now 10\u00a0Nov\u00a02026",
    }
    assert (raised.words, raised.on, raised.who) == (
        ("Suggested",),
        date(2026, 11, 10),
        improvement.raised_by.user.name,
    )


def test_a_change_is_of_the_day_that_it_was_where_the_tenant_is(member):
    improvement = make_improvement(raised_at=datetime(2026, 7, 9, 23, 30, tzinfo=UTC))

    [raised] = list_history(improvement=improvement, time_zone="Europe/London")

    assert raised.on == date(2026, 7, 10)


def test_the_business_sees_its_own_and_what_is_for_everybody(member):
    own, other = factories.make_unit(), factories.make_unit()
    for unit in (own, other, None):
        make_improvement(business_unit=unit)

    def units_of(reader):
        return {improvement.business_unit for improvement in list_open(reader=reader)}

    assert units_of(member(Role.BUSINESS_MEMBER, units=[own])) == {own, None}
    assert units_of(member(Role.AUDITOR)) == {own, other, None}


def test_the_board_shows_what_is_open_and_what_was_closed_this_year(member):
    for state in ("opportunity", "assessed", "approved", "in_progress", "measuring"):
        make_improvement(state=state)
    make_improvement(state="confirmed", closed_on=date(2026, 5, 1))
    make_improvement(state="dropped", closed_on=date(2025, 12, 31))
    for _more in range(5):
        make_improvement(state="approved")

    columns = list_columns(reader=member(Role.SERVICE_OWNER), year=2026)

    assert [(column.name, column.count, column.more) for column in columns] == [
        ("Opportunity, assessed", 2, 0),
        ("Approved", 6, 2),
        ("In progress", 1, 0),
        ("Measuring", 1, 0),
        ("Closed this year", 1, 0),
    ]


def test_the_most_pressing_comes_first(member):
    low = make_improvement(priority=3, due_on=date(2026, 1, 1))
    undated = make_improvement(priority=1)
    later = make_improvement(priority=1, due_on=date(2027, 1, 1))
    sooner = make_improvement(priority=1, due_on=date(2026, 12, 1))

    assert list(list_open(reader=member(Role.SERVICE_OWNER))) == [sooner, later, undated, low]


@pytest.mark.parametrize(
    ("state", "places"),
    [
        ("opportunity", ["now", "", "", "", "", ""]),
        ("in_progress", ["done", "done", "done", "now", "", ""]),
        ("confirmed", ["done", "done", "done", "done", "done", "now"]),
        ("not_proven", ["done", "done", "done", "done", "done", "now"]),
        ("dropped", ["done", "now"]),
    ],
)
def test_the_path_shows_where_it_is(in_tenant, state, places):
    path = list_path(improvement=make_improvement(state=state))

    assert [step.place for step in path] == places
