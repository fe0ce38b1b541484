"""What a service is made of: lanes and steps, alternatives, and the rules that hold them together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.actions.composition import (
    DependencyDetails,
    add_dependency,
    edit_dependency,
    edit_group,
    remove_dependency,
    set_steps,
)
from catalog.errors import GroupMissing, GroupTooSmall, PartTwice, StepInUse, StepMissing
from catalog.models import ComponentKind, DependencyGroup, Requirement
from catalog.queries.composition import Block, Part, PartStatus, Rule, get_composition, lay_out
from portal.accounts.models import Role
from tests.catalog import factories as catalog


def part(name="Part", first=1, last=1, **fields):
    common = {"dependency_id": 1, "slug": name, "kind": "it", "requirement": "needed", "need": "", "group_id": None}
    return Part(name=name, first=first, last=last, **common | fields)


def spans(rows):
    return [
        [(cell.span, "".join(each.name for block in cell.blocks for each in block.parts)) for cell in row]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        pytest.param([part("a", 2, 2)], [[(1, ""), (1, "a"), (1, "")]], id="one step"),
        pytest.param([part("a"), part("b")], [[(1, "ab"), (1, ""), (1, "")]], id="two in one step"),
        pytest.param([part("a", 1, 3)], [[(3, "a")]], id="all steps"),
        pytest.param([part("a", 2, 3)], [[(1, ""), (2, "a")]], id="the last two"),
        pytest.param(
            [part("a"), part("b", 2, 3)], [[(1, "a"), (1, ""), (1, "")], [(1, ""), (2, "b")]], id="wide ones lie below"
        ),
        pytest.param(
            [part("a", 1, 2), part("b", 2, 3)], [[(2, "a"), (1, "")], [(1, ""), (2, "b")]], id="two that overlap"
        ),
    ],
)
def test_parts_lie_in_the_steps_that_need_them(parts, rows):
    assert spans(lay_out([Block((each,)) for each in parts], 3)) == rows


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12))
def test_each_row_is_as_wide_as_all_steps_and_no_part_is_lost(ranges):
    parts = [part(f"p{place}", min(pair), max(pair)) for place, pair in enumerate(ranges)]

    rows = lay_out([Block((each,)) for each in parts], 6)

    assert all(sum(cell.span for cell in row) == 6 for row in rows)
    placed = sorted(each.name for row in rows for cell in row for block in cell.blocks for each in block.parts)
    assert placed == sorted(each.name for each in parts)


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


def test_the_map_holds_lanes_alternatives_and_the_weak_part(in_tenant):
    service = catalog.make_service()
    catalog.make_steps(service, "Order is entered", "Price is checked", "Order is confirmed")
    group = catalog.make_group(service)
    for name in ("Web shop", "Desk screens"):
        catalog.make_dependency(
            service, catalog.make_component(name=name), requirement=Requirement.ALTERNATIVE, group=group, first_step=1
        )
    storage = catalog.make_component(slug="storage", name="Order storage")
    catalog.make_dependency(service, storage, first_step=1, last_step=3)
    desk = catalog.make_component(name="Order desk", kind=ComponentKind.PEOPLE, note="3 of 5 people")
    catalog.make_dependency(service, desk, first_step=1)

    composition = get_composition(service=service, statuses={"storage": PartStatus("M", "99.5 %", "Down for 150 min.")})

    people, it = composition.lanes
    assert (people.label, it.label) == ("People", "IT")
    framed = it.rows[0][0].blocks[0]
    assert (framed.rule, [each.name for each in framed.parts]) == (
        "One of these two is enough",
        ["Web shop", "Desk screens"],
    )
    wide = it.rows[1][0]
    assert (wide.span, wide.blocks[0].parts[0].need) == (3, "Needed by steps 1, 2 and 3")
    assert wide.blocks[0].parts[0].is_weak
    assert people.rows[0][0].blocks[0].parts[0].need == "3 of 5 people"
    assert [each.name for each, _kind, _rule in composition.listed] == [
        "Web shop",
        "Desk screens",
        "Order storage",
        "Order desk",
    ]


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

    client.post("/t/larkmoor/services/ordering/map/steps/", {"steps": "Sign in | or call the desk\n\nEnter\n"})
    client.post(
        "/t/larkmoor/services/ordering/map/parts/new/",
        {"component": component.pk, "requirement": "needed", "first_step": "1", "last_step": "2", "position": "0"},
    )
    page = client.get("/t/larkmoor/services/ordering/map/").content.decode()

    assert [(step.name, step.note) for step in service.steps.order_by("position")] == [
        ("Sign in", "or call the desk"),
        ("Enter", ""),
    ]
    assert 'colspan="2"' in page
    assert "Needed by steps 1 and 2" in page

    dependency = service.dependencies.get()
    client.post(f"/t/larkmoor/services/ordering/map/parts/{dependency.pk}/remove/")
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
