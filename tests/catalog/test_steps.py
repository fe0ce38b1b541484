"""The steps of the portfolio: in order, back with a reason, and on only with what each step asks for."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.portfolio import CaseDetails, say_purpose, write_case
from catalog.actions.services import move_service
from catalog.errors import EvidenceMissing, MoveOutOfOrder, ValueOutOfOrder
from catalog.models import BusinessCase, Service, Step
from catalog.queries.portfolio import get_portfolio_service, list_portfolio
from catalog.queries.steps import next_steps
from portal.accounts.models import Role
from tests import factories
from tests.catalog import factories as catalog

TODAY = date(2026, 11, 10)
DETAILS = CaseDetails("Fewer calls.", 100, 200, "year", 10, 20, 30, "money", "D")


def move(service, to_step, *, is_promised=False, reason="Agreed", by=None):
    return move_service(
        service=service, to_step=to_step, on=TODAY, reason=reason, by=by, today=TODAY, is_promised=is_promised
    )


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


@pytest.fixture
def service(manager):
    return catalog.make_service(stage="pipeline", name="Mobile ordering")


@pytest.mark.parametrize(
    ("step", "following"),
    [
        (Step.PROPOSED, ("analysed", "retired")),
        (Step.ANALYSED, ("approved", "proposed", "retired")),
        (Step.APPROVED, ("building", "analysed", "proposed", "retired")),
        (Step.BUILDING, ("catalogue", "approved", "analysed", "proposed", "retired")),
        (Step.LIVE, ("retired",)),
        (Step.RETIRED, ()),
    ],
)
def test_steps_are_taken_one_by_one_and_back_only_in_the_pipeline(step, following):
    assert next_steps(step) == following


@pytest.mark.parametrize(("stage", "step"), [("catalogue", "proposed"), ("retired", "catalogue")])
def test_what_left_the_pipeline_does_not_come_back(in_tenant, stage, step):
    with pytest.raises(MoveOutOfOrder, match="cannot go from"):
        move(catalog.make_service(stage=stage), step, is_promised=True)


def test_no_step_is_left_out(service):
    with pytest.raises(MoveOutOfOrder, match="“Proposed” to “Approved”"):
        move(service, "approved", is_promised=True)


def test_each_step_names_what_it_lacks(service, manager, member):
    move(service, "analysed")
    with pytest.raises(EvidenceMissing) as refused:
        move(service, "approved")
    assert str(refused.value) == (
        "Before “Mobile ordering” is approved it needs: a business case: what it costs, and what value is promised,"
        " an owner in IT and an owner in the business. Give that first."
    )

    write_case(service=service, details=DETAILS, by=manager, on=TODAY)
    head = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])
    Service.objects.update(it_owner=manager, business_owner=head)
    move(service, "approved", by=manager)
    move(service, "building")
    with pytest.raises(EvidenceMissing, match=r"a promise: .* and what it is for"):
        move(service, "catalogue")
    with pytest.raises(EvidenceMissing, match="needs: what it is for, said by somebody in the business"):
        move(service, "catalogue", is_promised=True)

    say_purpose(service=service, text="Chains order at night.", by=head, on=TODAY)
    move(service, "catalogue", is_promised=True)

    assert Service.objects.get().stage == "catalogue"
    moves = service.transitions.order_by("pk").values_list("from_stage", "to_stage", "decided_by")
    assert list(moves) == [
        ("proposed", "analysed", None), ("analysed", "approved", manager.pk), ("approved", "building", None),
        ("building", "catalogue", None),
    ]  # fmt: skip


def test_going_back_asks_for_nothing_but_a_reason(service):
    Service.objects.update(pipeline_step="building")

    moved = move(service, "analysed", reason="Costs have doubled")

    assert (moved.stage, moved.step) == ("pipeline", Step.ANALYSED)
    assert service.transitions.get().reason == "Costs have doubled"


def test_a_case_said_anew_replaces_the_old_words_which_stay_in_its_history(service, manager):
    write_case(service=service, details=DETAILS, by=manager, on=TODAY)
    write_case(
        service=service, details=CaseDetails("More.", 1, 2, "month", 1, 1, 1, "hours", "B"), by=manager, on=TODAY
    )

    case = BusinessCase.objects.get()
    assert (case.summary, case.value_unit, case.grade) == ("More.", "hours", "B")
    assert list(case.events.order_by("pgh_id").values_list("summary", flat=True)) == ["Fewer calls.", "More."]


def test_a_range_is_in_order_and_the_database_holds_it(service, manager):
    falling = CaseDetails("Fewer calls.", 100, 200, "year", 30, 20, 10, "money", "D")
    with pytest.raises(ValueOutOfOrder):
        write_case(service=service, details=falling, by=manager, on=TODAY)
    with pytest.raises(IntegrityError, match="business_case_value_in_order"), transaction.atomic():
        catalog.make_case(service, manager, value_high=1)


def test_the_business_follows_what_its_units_have_asked_for_or_own(member):
    unit = factories.make_unit()
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    had, asked, owned, other = (catalog.make_service(stage="pipeline") for _ in range(4))
    catalog.make_entitlement(catalog.make_offering(had), unit)
    catalog.make_entitlement(catalog.make_offering(other), factories.make_unit())
    catalog.make_need(business_unit=unit, service=asked)
    Service.objects.filter(pk=owned.pk).update(business_owner=head)

    assert set(list_portfolio(reader=head)) == {had, asked, owned}
    assert set(list_portfolio(reader=member(Role.AUDITOR))) == {had, asked, owned, other}
    with pytest.raises(Service.DoesNotExist):
        get_portfolio_service(reader=head, slug=other.slug)
