"""A service has a number of its own, and is sorted in the tenant's own words."""

import pytest

from catalog.actions.sorting import sort_service
from catalog.errors import ReferenceTaken
from catalog.models import Category, Taxonomy
from catalog.queries.sorting import list_sorted
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from tests.catalog.factories import make_service


def test_words_are_added_shared_and_go_when_nobody_uses_them(in_tenant):
    phones, mail = make_service(name="Phones"), make_service(name="Mail")
    sort_service(service=phones, reference="S1", categories={("For whom", "Sales"), ("For whom", "Finance")})
    sort_service(service=mail, reference="", categories={("For whom", "Sales"), ("Cost centre", "4711")})

    assert list_sorted(service=phones) == {"Cost centre": [], "For whom": ["Finance", "Sales"]}
    assert Category.objects.count() == 3

    sort_service(service=mail, reference="", categories=set())

    assert set(Category.objects.values_list("name", flat=True)) == {"Sales", "Finance"}
    assert set(Taxonomy.objects.values_list("name", flat=True)) == {"For whom"}
    phones.refresh_from_db()
    assert phones.reference == "S1"


def test_a_number_belongs_to_one_service_and_nothing_is_half_written(in_tenant):
    phones, mail = make_service(name="Phones"), make_service(name="Mail")
    sort_service(service=phones, reference="S1", categories=set())

    with pytest.raises(ReferenceTaken, match="the number of “Phones”"):
        sort_service(service=mail, reference="s1", categories={("For whom", "Sales")})

    assert not Category.objects.exists()


def test_the_form_holds_a_line_for_each_way_to_sort(member, client_of, tenant):
    service = make_service(name="Phones", slug="phones")
    sort_service(service=service, reference="S1", categories={("For whom", "Sales")})
    client, address = client_of(member(Role.SERVICE_LEVEL_MANAGER)), "/t/larkmoor/services/phones/sort/"
    filled = {"reference": "S2", "in_0": "Sales; Finance ", "new_taxonomy": "Cost centre", "new_names": "4711"}

    assert 'value="Sales"' in client.get(address).text
    client.post(address, filled)

    with tenant_scope(tenant.pk):
        assert list_sorted(service=service) == {"Cost centre": ["4711"], "For whom": ["Finance", "Sales"]}


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        ({"new_taxonomy": "Cost centre"}, "Say what this service is in “Cost centre”."),
        ({"new_names": "4711"}, "Say what this way to sort is called."),
        ({"new_taxonomy": "For whom", "new_names": "4711"}, "There is one of this name: fill in its line above."),
        ({"in_0": 201 * "x"}, "One of these is longer than 200 characters."),
    ],
)
def test_what_cannot_be_sorted_is_told_beside_the_field(member, client_of, filled, words):
    service = make_service(name="Phones", slug="phones")
    sort_service(service=service, reference="", categories={("For whom", "Sales")})
    client = client_of(member(Role.SERVICE_LEVEL_MANAGER))

    page = client.post("/t/larkmoor/services/phones/sort/", filled)

    assert page.status_code == 422
    assert words in page.text
