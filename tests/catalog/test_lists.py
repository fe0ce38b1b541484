"""Each list costs the same questions to the database with one row and with thirty."""

import pytest

from catalog.models import GlossaryTerm, TermReader
from portal.accounts.models import Role
from tests import factories
from tests.catalog import factories as catalog


@pytest.fixture
def no_menu(settings):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


def add_service(unit, number):
    service = catalog.make_service(name=f"Service {number:02}", line_of_service=catalog.make_line())
    offering = catalog.make_offering(service)
    catalog.make_entitlement(offering, unit)
    catalog.make_goal(service, business_unit=unit)
    catalog.make_dependency(service)
    catalog.make_need(business_unit=unit, service=service)
    owner = factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)
    term = GlossaryTerm.objects.create(term=f"Word {number:02}", plain="plain", owner=owner)
    TermReader.objects.create(term=term, business_unit=unit)


LISTS = [
    pytest.param("services/", 20, id="services"),
    pytest.param("services/?q=servise&sort=cost", 22, id="searched services"),
    pytest.param("components/", 8, id="components"),
    pytest.param("goals/", 9, id="goals"),
    pytest.param("needs/", 10, id="needs"),
    pytest.param("glossary/", 9, id="glossary"),
]


@pytest.mark.parametrize(("path", "queries"), LISTS)
@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_asks_as_often_for_thirty_rows_as_for_one(
    no_menu, member, client_of, django_assert_num_queries, path, queries, rows
):
    unit = factories.make_unit()
    for number in range(rows):
        add_service(unit, number)
    client = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[unit]))

    with django_assert_num_queries(queries):
        answer = client.get(f"/t/larkmoor/{path}")

    assert answer.status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_one_service_asks_as_often_for_thirty_parts_as_for_one(
    no_menu, member, client_of, django_assert_num_queries, rows
):
    unit, service = factories.make_unit(), catalog.make_service(slug="ordering")
    for _row in range(rows):
        catalog.make_dependency(service)
        catalog.make_entitlement(catalog.make_offering(service), unit)
        catalog.make_goal(service, business_unit=unit)
    client = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[unit]))

    for path, queries in (("", 27), ("map/", 11), ("offerings/", 9)):
        with django_assert_num_queries(queries):
            assert client.get(f"/t/larkmoor/services/ordering/{path}").status_code == 200


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("services/", "No services yet"),
        ("services/?q=phones", "No service fits"),
        ("components/", "No components yet"),
        ("goals/", "No goals yet"),
        ("needs/", "Nothing asked yet"),
    ],
)
def test_an_empty_list_says_what_it_is_for(member, client_of, path, words):
    head = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])

    assert words in client_of(head).get(f"/t/larkmoor/{path}").content.decode()
