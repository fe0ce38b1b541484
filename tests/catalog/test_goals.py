"""Goals, the services that serve them, and components that services stand on."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.actions.components import ComponentDetails, create_component, edit_component
from catalog.actions.goals import GoalDetails, add_contribution, create_goal, edit_goal, say_goal_value
from catalog.errors import ContributionTwice, GoalHalfSaid, GoalInCircle, GoalUnmeasured
from catalog.forms.goals import GoalForm
from catalog.models import BusinessGoal, Component, GoalValue, Stage
from catalog.queries.components import list_components, list_dependents
from catalog.queries.goals import list_contributions, list_goals
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from tests import factories
from tests.catalog import factories as catalog

TODAY = date(2026, 11, 10)


def test_a_goal_belongs_to_a_unit_or_to_the_whole_company(member):
    own, other = factories.make_unit(), factories.make_unit()
    for unit in (own, other, None):
        catalog.make_goal(business_unit=unit)

    def units_of(reader):
        return {goal.business_unit for goal in list_goals(reader=reader)}

    assert units_of(member(Role.BUSINESS_MEMBER, units=[own])) == {own, None}
    assert units_of(member(Role.SERVICE_OWNER)) == {own, other, None}


def test_a_goal_keeps_its_address_when_its_words_change(in_tenant):
    goal = create_goal(details=GoalDetails("Take 68 % of orders online", "68 % online"))

    edit_goal(goal=goal, details=GoalDetails("Take 70 % of orders online", "70 % online", due_on=date(2027, 3, 31)))

    goal.refresh_from_db()
    assert (goal.slug, goal.short_name, goal.due_on) == ("68-online", "70 % online", date(2027, 3, 31))


def test_a_service_serves_a_goal_once_and_hidden_services_stay_hidden(member):
    goal = catalog.make_goal()
    shown, hidden = catalog.make_service(name="Shown"), catalog.make_service(stage=Stage.PIPELINE)
    for service in (shown, hidden):
        add_contribution(goal=goal, service=service, how="Orders come in")

    with pytest.raises(ContributionTwice, match="“Shown” already serves"):
        add_contribution(goal=goal, service=shown, how="")
    head = member(Role.BUSINESS_UNIT_HEAD)
    assert [link.service for link in list_contributions(reader=head, goal=goal)] == [shown]
    assert list_contributions(reader=member(Role.AUDITOR), goal=goal).count() == 2
    assert [each.service_count for each in list_goals(reader=head)] == [1]
    assert [each.service_count for each in list_goals(reader=member(Role.AUDITOR))] == [2]


def test_services_are_named_and_taken_away_in_the_browser(member, client_of):
    goal = catalog.make_goal(slug="online")
    service = catalog.make_service(name="Customer ordering")
    client = client_of(member(Role.SERVICE_OWNER))

    client.post("/t/larkmoor/goals/online/", {"service": service.pk, "how": "Orders come in online"})
    assert "Orders come in online" in client.get("/t/larkmoor/goals/online/").content.decode()

    link = goal.contributions.get()
    client.post(f"/t/larkmoor/goals/online/contributions/{link.pk}/remove/")
    assert not goal.contributions.exists()


def test_a_goal_is_written_down_in_the_browser(member, client_of):
    head = member(Role.BUSINESS_UNIT_HEAD)
    form = {"name": "Take 68 % of orders online", "short_name": "68 % online", "position": "0", "owner": head.pk}

    answer = client_of(member(Role.SERVICE_LEVEL_MANAGER)).post(
        "/t/larkmoor/goals/new/", form | {"due_on": "2027-03-31"}
    )

    goal = BusinessGoal.objects.get()
    assert answer.url == f"/t/larkmoor/goals/{goal.slug}/"
    assert (goal.owner, goal.due_on) == (head, date(2027, 3, 31))


def test_a_component_says_what_its_design_supports(in_tenant):
    component = create_component(details=ComponentDetails("Order storage", "it", design_availability=Decimal("99.9")))

    edit_component(component=component, details=ComponentDetails("Order storage", "it", note="Two of them"))

    component.refresh_from_db()
    assert (component.slug, component.note, component.design_availability) == ("order-storage", "Two of them", None)


def test_the_business_sees_components_of_the_catalogue_only(member):
    shown, hidden, unused = (catalog.make_component(name=name) for name in ("Shown", "Hidden", "Unused"))
    service = catalog.make_service(name="Ordering")
    catalog.make_dependency(service, shown)
    catalog.make_dependency(catalog.make_service(stage=Stage.PIPELINE), shown)
    catalog.make_dependency(catalog.make_service(stage=Stage.PIPELINE), hidden)
    head, owner = member(Role.BUSINESS_UNIT_HEAD), member(Role.SERVICE_OWNER)

    assert [(row.name, row.service_count) for row in list_components(reader=head)] == [("Shown", 1)]
    assert {row.name: row.service_count for row in list_components(reader=owner)} == {
        "Shown": 2,
        "Hidden": 1,
        "Unused": 0,
    }
    assert [row.service for row in list_dependents(reader=head, component=shown)] == [service]
    assert unused.dependencies.count() == 0


@pytest.mark.parametrize("share", ["101", "-1", "99.999999", "most"])
def test_a_share_of_time_is_a_percentage(member, client_of, share):
    form = {"name": "Storage", "kind": "it", "design_availability": share}

    answer = client_of(member(Role.SERVICE_OWNER)).post("/t/larkmoor/components/new/", form)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["design_availability"]
    assert not Component.objects.exists()


def test_a_form_keeps_what_is_stored_although_it_is_offered_no_more(in_tenant):
    """Otherwise the browser would choose the empty line: the goal of a retired unit would become everybody's."""
    unit = factories.make_unit(retired_on=date(2026, 1, 1))
    owner = factories.make_member(role=Role.BUSINESS_UNIT_HEAD, is_active=False)
    goal = catalog.make_goal(business_unit=unit, owner=owner)
    sent = {"name": goal.name, "short_name": "Online", "business_unit": unit.pk, "owner": owner.pk, "position": 0}

    form = GoalForm(sent, today=TODAY, goal=goal)

    assert form.is_valid(), form.errors
    assert (form.details().business_unit, form.details().owner) == (unit, owner)
    assert not GoalForm(sent, today=TODAY).is_valid()


def test_a_goal_under_itself_is_refused_with_the_way_round(in_tenant):
    top, middle, low = (catalog.make_goal(short_name=name) for name in ("Grow", "Online", "Repeat"))
    edit_goal(goal=middle, details=GoalDetails("Online", "Online", parent=top))
    edit_goal(goal=low, details=GoalDetails("Repeat", "Repeat", parent=middle))

    with pytest.raises(GoalInCircle, match="Grow – Repeat – Online – Grow"):
        edit_goal(goal=top, details=GoalDetails("Grow", "Grow", parent=low))
    with pytest.raises(GoalInCircle, match="Grow – Grow"):
        edit_goal(goal=top, details=GoalDetails("Grow", "Grow", parent=top))

    with pytest.raises(IntegrityError, match="stand under itself"), transaction.atomic():
        BusinessGoal.objects.filter(pk=top.pk).update(parent=low)
    assert BusinessGoal.objects.get(pk=top.pk).parent is None


@pytest.mark.django_db(transaction=True)
def test_two_who_move_goals_at_once_close_no_circle(tenant):
    with tenant_scope(tenant.pk):
        one, two = catalog.make_goal(), catalog.make_goal()
    moved = threading.Event()
    refused = []

    def move_two():
        moved.wait(timeout=10)
        try:
            with tenant_scope(tenant.pk):
                BusinessGoal.objects.filter(pk=two.pk).update(parent=one)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=move_two)
    other.start()
    with tenant_scope(tenant.pk):
        BusinessGoal.objects.filter(pk=one.pk).update(parent=two)
        moved.set()
        other.join(timeout=0.5)
        assert other.is_alive()  # it waits until we are done
    other.join(timeout=10)

    with tenant_scope(tenant.pk):
        assert list(BusinessGoal.objects.exclude(parent=None)) == [one]
    assert len(refused) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"start_value": "55"}, "target_value"),
        ({"target_value": "68"}, "start_value"),
        ({"start_value": "55", "target_value": "55"}, "target_value"),
    ],
)
def test_a_goal_goes_from_one_value_to_another(in_tenant, said, field):
    form = GoalForm({"name": "Online", "short_name": "Online", "position": "0"} | said, today=TODAY)

    assert list(form.errors) == [field]
    with pytest.raises(GoalHalfSaid):
        create_goal(details=GoalDetails("Online", "Online", start_value=Decimal(55)))


def test_where_a_goal_stands_is_said_by_day_and_the_last_word_of_a_day_counts(member):
    head = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])
    goal = catalog.make_goal()
    now = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
    with pytest.raises(GoalUnmeasured):
        say_goal_value(goal=goal, on=TODAY, value=Decimal(61), note="", by=head, now=now)
    details = GoalDetails("Online", "Online", start_value=Decimal(55), target_value=Decimal(68), value_unit="%")
    edit_goal(goal=goal, details=details)

    for on, value in ((date(2026, 10, 1), 58), (TODAY, 60), (TODAY, 61)):
        say_goal_value(goal=goal, on=on, value=Decimal(value), note="Sales report", by=head, now=now)

    assert list(GoalValue.objects.order_by("on").values_list("value", flat=True)) == [Decimal(58), Decimal(61)]
