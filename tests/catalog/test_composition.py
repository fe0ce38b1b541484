"""What a service is made of: lanes and steps, alternatives, and the rules that hold them together."""

import pytest

from catalog.actions.alternatives import edit_group
from catalog.actions.composition import (
    DependencyDetails,
    add_dependency,
    edit_dependency,
    remove_dependency,
    set_steps,
)
from catalog.errors import GroupMissing, GroupTooSmall, PartTwice, StepInUse, StepMissing
from catalog.models import ComponentKind, DependencyGroup, Requirement
from catalog.queries.composition import PartStatus, Rule, get_composition
from catalog.queries.maps import get_map
from catalog.queries.readings import reading_of_steps
from portal.accounts.models import Role
from portal.charts.maps import draw_map
from tests.catalog import factories as catalog


@pytest.mark.parametrize(
    ("needed", "count", "words"),
    [
        (1, 2, "One of these two is enough"),
        (3, 5, "Three of these five are enough"),
        (10, 12, "10 of these 12 are enough"),
    ],
)
def test_a_rule_is_said_in_words(needed, count, words):
    assert Rule(1, "Ways in", needed, count).words == words


def drawn(composition, opened=()):
    return get_map(composition=composition, title="Orders", address=lambda part: f"/{part.slug}/", opened=opened)


def test_the_map_holds_lanes_alternatives_and_the_weak_part(in_tenant):
    service = catalog.make_service()
    catalog.make_steps(service, "Order is entered", "Price is checked", "Order is confirmed")
    group = catalog.make_group(service)
    shop, screens = (
        catalog.make_dependency(
            service, catalog.make_component(name=name), requirement=Requirement.ALTERNATIVE, group=group, first_step=1
        )
        for name in ("Web shop", "Desk screens")
    )
    storage = catalog.make_component(slug="storage", name="Order storage")
    catalog.make_dependency(service, storage, first_step=1, last_step=3)
    desk = catalog.make_component(name="Order desk", kind=ComponentKind.PEOPLE, note="3 of 5 people")
    catalog.make_dependency(service, desk, first_step=1)
    catalog.make_hand_over(shop, screens, within_minutes=5)

    weak = {(False, "storage"): PartStatus("M", "99.5 %", "Down for 150 min.")}
    composition = get_composition(service=service, statuses=weak)
    found = drawn(composition)

    people, it = found.lanes
    assert (people.label, it.label) == ("People", "IT")
    framed, wide = it.blocks
    assert (framed.rule, [each.name for each in framed.nodes], framed.last) == (
        "One of these two is enough",
        ["Web shop", "Desk screens"],
        1,
    )
    assert (wide.first, wide.last, wide.nodes[0].is_weak) == (1, 3, True)
    assert wide.nodes[0].note == "Needed by steps 1, 2 and 3. Down for 150 min."
    assert people.blocks[0].nodes[0].note == "3 of 5 people"
    (arrow,) = found.arrows
    assert arrow.words == "Web shop hands on to Desk screens: the order, within 5\u00a0min"
    assert [each.name for each, _kind, _rule in composition.listed] == [
        "Web shop",
        "Desk screens",
        "Order storage",
        "Order desk",
    ]


def test_a_service_among_the_parts_is_opened_by_the_address(in_tenant, django_assert_num_queries):
    orders, payments, login = (catalog.make_service(slug=slug, name=slug) for slug in ("orders", "payments", "login"))
    catalog.make_steps(orders, "Enter", "Pay")
    catalog.make_dependency(orders, on_service=payments, first_step=2)
    catalog.make_dependency(payments, catalog.make_component(name="Card"))
    catalog.make_dependency(payments, on_service=login)
    group = catalog.make_group(login)
    for name in ("One", "Two"):
        catalog.make_dependency(login, catalog.make_component(name=name), group=group)

    with django_assert_num_queries(5):
        closed = get_composition(service=orders)
    opened = get_composition(service=orders, opened=["payments", "login", "nothing"])

    assert [part.name for part in closed.parts] == ["payments"]
    (node,) = drawn(closed).lanes[0].blocks[0].nodes
    assert (node.fold_words, node.fold_url) == ("Open: 2 parts", "?show=map&open=payments")
    assert [(part.name, part.within, part.first) for part in opened.parts] == [
        ("payments", "", 2),
        ("Card", "payments", 2),
        ("login", "payments", 2),
        ("One", "login", 2),
        ("Two", "login", 2),
    ]
    lanes = {lane.label: lane for lane in drawn(opened, ["payments", "login"]).lanes}
    assert [block.rule for block in lanes["IT"].blocks] == ["", "One of these two is enough"]
    payments_node = lanes["Services"].blocks[0].nodes[0]
    assert (payments_node.fold_words, payments_node.fold_url) == ("Close", "?show=map&open=login")


def test_a_service_under_two_others_is_opened_once(in_tenant):
    orders, first, second, login = (
        catalog.make_service(slug=slug, name=slug) for slug in ("o", "first", "second", "l")
    )
    for upper, lower in ((orders, first), (orders, second), (first, login), (second, login)):
        catalog.make_dependency(upper, on_service=lower)
    catalog.make_dependency(login, catalog.make_component(name="Card"))

    composition = get_composition(service=orders, opened=["first", "second", "l"])

    names = [part.name for part in composition.parts]
    assert (names.count("l"), names.count("Card")) == (2, 1)
    assert 'role="group"' in draw_map(drawn(composition))


def test_a_part_is_named_once(in_tenant):
    service, component = catalog.make_service(), catalog.make_component(name="Storage")
    add_dependency(service=service, details=DependencyDetails(component, "needed"))

    with pytest.raises(PartTwice, match="“Storage”"):
        add_dependency(service=service, details=DependencyDetails(component, "helps"))


@pytest.mark.parametrize(
    ("first", "last", "is_allowed"),
    [
        (1, 2, True),
        (2, None, True),
        (None, None, True),
        (2, 1, False),
        (1, 3, False),
        (3, None, False),
        (None, 1, False),
    ],
)
def test_steps_of_a_part_exist_and_are_in_order(in_tenant, first, last, is_allowed):
    service = catalog.make_service()
    catalog.make_steps(service, "One", "Two")
    details = DependencyDetails(catalog.make_component(), "needed", first_step=first, last_step=last)

    if is_allowed:
        dependency = add_dependency(service=service, details=details)
        assert dependency.last_step == (last or first)
    else:
        with pytest.raises(StepMissing, match="2 steps"):
            add_dependency(service=service, details=details)


def test_a_step_that_carries_a_part_is_not_dropped(in_tenant):
    service = catalog.make_service()
    catalog.make_steps(service, "One", "Two", "Three")
    catalog.make_dependency(service, catalog.make_component(name="Storage"), first_step=2, last_step=3)

    with pytest.raises(StepInUse, match="“Storage” is used in step 3"):
        set_steps(service=service, steps=[("One", ""), ("Two", "")])
    set_steps(service=service, steps=[("Sign in", "or call"), ("Enter", ""), ("Confirm", "")])

    assert [step.name for step in service.steps.order_by("position")] == ["Sign in", "Enter", "Confirm"]


def test_alternatives_name_their_group_and_it_goes_with_its_last_part(in_tenant):
    service = catalog.make_service()
    alternative = {"requirement": Requirement.ALTERNATIVE, "group_name": "Ways in"}

    with pytest.raises(GroupMissing):
        add_dependency(service=service, details=DependencyDetails(catalog.make_component(), Requirement.ALTERNATIVE))
    first = add_dependency(service=service, details=DependencyDetails(catalog.make_component(), **alternative))
    second = add_dependency(service=service, details=DependencyDetails(catalog.make_component(), **alternative))
    assert first.group == second.group

    remove_dependency(dependency=first)
    edit_dependency(dependency=second, details=DependencyDetails(second.component, Requirement.NEEDED))
    assert not DependencyGroup.objects.exists()


def test_a_group_never_needs_more_than_it_has(in_tenant):
    service = catalog.make_service()
    group = catalog.make_group(service, name="Ways in")
    parts = [
        catalog.make_dependency(service, requirement=Requirement.ALTERNATIVE, group=group, first_step=None)
        for _ in "ab"
    ]

    with pytest.raises(GroupTooSmall, match="needs 3 and would have only 2"):
        edit_group(group=group, name="Ways in", needed=3)
    group.refresh_from_db()
    edit_group(group=group, name="Ways in", needed=2)
    with pytest.raises(GroupTooSmall, match="needs 2 and would have only 1"):
        remove_dependency(dependency=parts[0])


def test_steps_and_parts_are_kept_in_the_browser(member, client_of):
    service = catalog.make_service(slug="ordering")
    component = catalog.make_component(name="Order storage")
    client = client_of(member(Role.SERVICE_OWNER))

    steps = {"steps": "Sign in | or call the desk\n\nEnter\n", "read": reading_of_steps(service)[0]}
    client.post("/t/larkmoor/services/ordering/map/steps/", steps)
    client.post(
        "/t/larkmoor/services/ordering/map/parts/new/",
        {"component": component.pk, "requirement": "needed", "first_step": "1", "last_step": "2"},
    )
    page = client.get("/t/larkmoor/services/ordering/map/").content.decode()

    assert [(step.name, step.note) for step in service.steps.order_by("position")] == [
        ("Sign in", "or call the desk"),
        ("Enter", ""),
    ]
    assert "p-map-wide" in page
    assert "Needed by steps 1 and 2" in page

    dependency = service.dependencies.get()
    removal = f"/t/larkmoor/services/ordering/map/parts/{dependency.pk}/remove/"
    asked = client.get(removal)
    assert "Remove “Order storage” from" in asked.content.decode()
    assert service.dependencies.exists()
    client.post(removal, {"read": asked.context["form"]["read"].value()})
    assert not service.dependencies.exists()


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        pytest.param("\n".join("abcdefghij"), "at most 9 steps", id="too many"),
        pytest.param("One\n| only a note", "Line 2", id="no name"),
        pytest.param("x" * 121, "Line 1", id="too long"),
    ],
)
def test_what_is_wrong_with_the_steps_is_said_with_its_line(member, client_of, steps, problem):
    service = catalog.make_service(slug="ordering")

    answer = client_of(member(Role.SERVICE_OWNER)).post("/t/larkmoor/services/ordering/map/steps/", {"steps": steps})

    assert answer.status_code == 422
    assert problem in str(answer.context["form"].errors)
    assert not service.steps.exists()
