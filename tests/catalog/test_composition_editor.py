"""The editor of what a service is made of: no dragging, no script, and nobody writes over somebody else unseen."""

import pytest

from catalog.actions.alternatives import create_group, edit_group
from catalog.actions.composition import DependencyDetails, add_dependency, edit_dependency, move_dependency, set_steps
from catalog.actions.hand_overs import HandOverDetails, add_hand_over
from catalog.errors import ChangedMeanwhile, GroupTooSmall, HandOverTwice, HandsToItself, NameTaken
from catalog.models import Dependency, DependencyGroup, HandOver, Requirement
from catalog.queries.composition import get_composition, list_in_order
from catalog.queries.readings import reading_of_group, reading_of_part, reading_of_steps
from portal.accounts.models import Role
from tests.catalog import factories as catalog

MAP = "/t/larkmoor/services/ordering/map/"


@pytest.fixture
def service(in_tenant):
    return catalog.make_service(slug="ordering", name="Customer ordering")


@pytest.fixture
def parts(service):
    return [
        catalog.make_dependency(service, catalog.make_component(name=name)) for name in ("Shop", "Screens", "Storage")
    ]


@pytest.fixture
def client(member, client_of):
    return client_of(member(Role.SERVICE_OWNER))


def names(service):
    return [str(each.part) for each in list_in_order(service=service)]


def fields(page):
    """What the form of a page would send, as it was opened."""
    form = page.context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("which", "is_up", "place", "order"),
    [
        pytest.param(0, True, 1, "Shop Screens Storage", id="the first stays first"),
        pytest.param(1, True, 1, "Screens Shop Storage", id="up"),
        pytest.param(1, False, 3, "Shop Storage Screens", id="down"),
        pytest.param(2, False, 3, "Shop Screens Storage", id="the last stays last"),
    ],
)
def test_a_part_moves_one_place(service, parts, which, is_up, place, order):
    assert move_dependency(dependency=parts[which], is_up=is_up) == (place, 3)
    assert " ".join(names(service)) == order


def test_a_new_part_comes_last(service, parts):
    add_dependency(service=service, details=DependencyDetails(catalog.make_component(name="Mail"), "needed"))

    assert names(service)[-1] == "Mail"


def test_moves_are_said_and_keep_the_focus(client, service, parts):
    moved = client.post(f"{MAP}parts/{parts[2].pk}/move/", {"to": "up"})
    first = client.post(f"{MAP}parts/{parts[2].pk}/move/", {"to": "up"})
    page = client.get(MAP).content.decode()

    assert moved.url == f"{MAP}#up-{parts[2].pk}"
    assert first.url == f"{MAP}#down-{parts[2].pk}"
    assert f'id="down-{parts[2].pk}"' in page
    assert f'id="up-{parts[2].pk}"' not in page
    assert "“Storage” is now number 1 of 3." in page


def test_parts_go_into_alternatives_and_out_again(client, service, parts):
    shop, screens, storage = parts
    client.post(f"{MAP}groups/new/", {"name": "Ways in", "needed": "1", "parts": [shop.pk, screens.pk]})
    group = DependencyGroup.objects.get()
    assert [rule.words for rule in get_composition(service=service).rules] == ["One of these two is enough"]

    page = client.get(f"{MAP}groups/{group.pk}/edit/")
    client.post(f"{MAP}groups/{group.pk}/edit/", fields(page) | {"parts": [screens.pk, storage.pk]})

    found = dict(Dependency.objects.values_list("component__name", "requirement"))
    assert found == {"Shop": "needed", "Screens": "alternative", "Storage": "alternative"}
    page = client.get(f"{MAP}groups/{group.pk}/edit/")
    client.post(f"{MAP}groups/{group.pk}/edit/", fields(page) | {"parts": []})
    assert set(Dependency.objects.values_list("requirement", flat=True)) == {"needed"}
    assert not DependencyGroup.objects.exists()


def test_alternatives_are_two_or_more_of_this_service_and_as_many_as_are_needed(client, service, parts):
    foreign = catalog.make_dependency(catalog.make_service())

    alone = client.post(f"{MAP}groups/new/", {"name": "Ways in", "needed": "1", "parts": [parts[0].pk]})
    other = client.post(f"{MAP}groups/new/", {"name": "Ways in", "needed": "1", "parts": [parts[0].pk, foreign.pk]})

    assert "Choose two parts or more" in alone.content.decode()
    assert other.status_code == 422
    with pytest.raises(GroupTooSmall, match="needs 3 and would have only 2"):
        create_group(service=service, name="Ways in", needed=3, parts=parts[:2])


def test_alternatives_that_lose_a_part_to_others_stay_enough(service, parts):
    first = create_group(service=service, name="Ways in", needed=2, parts=parts[:2])

    with pytest.raises(NameTaken):
        create_group(service=service, name="Ways in", needed=1, parts=parts[1:])
    with pytest.raises(GroupTooSmall, match="“Ways in” needs 2"):
        create_group(service=service, name="Ways out", needed=1, parts=parts[1:])
    assert first.dependencies.count() == 2


def test_who_edits_a_part_that_somebody_else_changed_is_told_and_loses_nothing(client, service, parts):
    path = f"{MAP}parts/{parts[0].pk}/edit/"
    opened = fields(client.get(path))
    edit_dependency(dependency=parts[0], details=DependencyDetails(parts[0].component, "helps", note="by phone"))

    refused = client.post(path, opened | {"note": "on paper"})

    assert refused.status_code == 422
    assert "It says now: Shop, Helps, not needed, by phone." in refused.content.decode()
    assert refused.context["form"]["note"].value() == "on paper"
    parts[0].refresh_from_db()
    assert (parts[0].requirement, parts[0].note) == ("helps", "by phone")
    again = fields(refused)
    assert client.post(path, again).status_code == 302
    parts[0].refresh_from_db()
    assert (parts[0].requirement, parts[0].note) == ("needed", "on paper")


def test_neither_steps_nor_alternatives_nor_a_removal_pass_over_another_writer(service, parts, client):
    before = reading_of_steps(service)[0]
    set_steps(service=service, steps=[("Enter", "")])
    group = create_group(service=service, name="Ways in", needed=1, parts=parts[:2])
    read = reading_of_group(group)[0]
    edit_group(group=group, name="Ways in", needed=2)
    removal = f"{MAP}parts/{parts[2].pk}/remove/"
    asked = fields(client.get(removal))
    edit_dependency(dependency=parts[2], details=DependencyDetails(parts[2].component, "helps"))

    with pytest.raises(ChangedMeanwhile, match="It says now: Enter"):
        set_steps(service=service, steps=[("Other", "")], read=before)
    with pytest.raises(ChangedMeanwhile, match="“Ways in”: 2 of Shop and Screens"):
        edit_group(group=group, name="Ways out", needed=1, read=read)
    assert client.post(removal, asked).status_code == 422
    assert names(service) == ["Shop", "Screens", "Storage"]


def test_who_removes_what_is_gone_is_told(service, parts):
    mark = reading_of_part(parts[0])[0]
    Dependency.objects.filter(pk=parts[0].pk).delete()

    with pytest.raises(ChangedMeanwhile, match="It says now: removed"):
        edit_dependency(dependency=parts[0], details=DependencyDetails(parts[0].component, "needed"), read=mark)


def test_a_part_is_a_component_or_a_service(client, service):
    payments, shop = catalog.make_service(name="Payments"), catalog.make_component(name="Shop")
    both = {"component": shop.pk, "on_service": payments.pk, "requirement": "needed"}

    for wrong in (both, {"requirement": "needed"}):
        assert "one of them" in client.post(f"{MAP}parts/new/", wrong).content.decode()
    client.post(f"{MAP}parts/new/", {"on_service": payments.pk, "requirement": "needed"})
    page = client.get(MAP).content.decode()

    assert names(service) == ["Payments"]
    assert f"/t/larkmoor/services/{payments.slug}/" in page


def test_a_circle_is_explained_at_the_form(client, service):
    payments = catalog.make_service(name="Payments")
    catalog.make_dependency(payments, on_service=service)

    refused = client.post(f"{MAP}parts/new/", {"on_service": payments.pk, "requirement": "needed"})

    assert refused.status_code == 422
    assert "Customer ordering stands on Payments, Payments on Customer ordering." in refused.content.decode()


def test_hand_overs_are_listed_changed_and_removed(client, service, parts):
    shop, screens, _storage = parts
    given = {"giver": shop.pk, "receiver": screens.pk, "note": "the order", "within_minutes": "90"}
    client.post(f"{MAP}hand-overs/new/", given)
    client.post(f"{MAP}hand-overs/new/", {"giver": screens.pk, "note": "the confirmation"})
    handings = get_composition(service=service).handings

    assert [handing.words for handing in handings] == [
        "Shop hands on to Screens: the order, within 1\u00a0h\u00a030\u00a0min",
        "Screens hands on to whoever asked: the confirmation",
    ]
    first = f"{MAP}hand-overs/{handings[0].hand_over_id}/"
    client.post(f"{first}edit/", fields(client.get(f"{first}edit/")) | {"note": "the order, priced"})
    assert HandOver.objects.get(pk=handings[0].hand_over_id).note == "the order, priced"
    assert "This hand-over goes with it" in client.get(f"{MAP}parts/{shop.pk}/remove/").content.decode()
    client.post(f"{first}remove/", fields(client.get(f"{first}remove/")))
    assert [each.giver for each in get_composition(service=service).handings] == ["Screens"]


def test_a_hand_over_is_between_two_and_named_once(service, parts):
    add_hand_over(service=service, details=HandOverDetails(parts[0], None, "the order"))

    with pytest.raises(HandsToItself, match="“Shop”"):
        add_hand_over(service=service, details=HandOverDetails(parts[0], parts[0], "the order"))
    with pytest.raises(HandOverTwice, match="“Shop”"):
        add_hand_over(service=service, details=HandOverDetails(parts[0], None, "again"))


def test_a_part_of_another_service_hands_nothing_on_here(client, service, parts):
    foreign = catalog.make_dependency(catalog.make_service())

    refused = client.post(f"{MAP}hand-overs/new/", {"giver": foreign.pk, "note": "the order"})

    assert refused.status_code == 422
    assert not HandOver.objects.exists()


def test_a_part_that_helps_only_is_said_so(service, parts):
    assert {part.requirement for part in get_composition(service=service).parts} == {Requirement.NEEDED}
