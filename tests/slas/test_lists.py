"""Each list of agreements, hours, planned work and units costs the same questions with one row and with thirty."""

from operator import attrgetter

import pytest

from portal.accounts.models import BusinessUnit, Role
from slas.models import Agreement, PlannedWork, ServiceHours
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import every_day

LISTS = [
    pytest.param("agreements/", 14, Agreement, "customer.business_unit.name", id="agreements"),
    pytest.param("service-hours/", 8, ServiceHours, "name", id="service hours"),
    pytest.param("planned-work/?when=past", 8, PlannedWork, "service.name", id="planned work"),
]


A_PAGE = 20  # the shortest first page shows so many


@pytest.fixture(autouse=True)
def no_menu(settings):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


def add_row(number):
    service = factories.make_service(name=f"Service {number:02}")
    agreement = factories.make_agreement(unit=people.make_unit())
    factories.make_target(
        agreement=agreement, service=service, service_hours=factories.make_hours(every_day(4, 22), words="Every day")
    )
    factories.add_work(service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-07 09:00", "2026-10-09 09:00")


@pytest.mark.parametrize(("path", "queries", "model", "name"), LISTS)
@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_asks_as_often_for_thirty_rows_as_for_one(
    member, client_of, django_assert_num_queries, path, queries, model, name, rows
):
    for number in range(rows):
        add_row(number)
    client = client_of(member(Role.SERVICE_LEVEL_MANAGER))

    with django_assert_num_queries(queries):
        answer = client.get(f"/t/larkmoor/{path}")

    assert answer.status_code == 200
    named = {attrgetter(name)(row) for row in model.objects.all()}
    assert len(named) == rows
    assert sum(each in answer.text for each in named) >= min(rows, A_PAGE)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_units_ask_as_often_for_thirty_as_for_one(member, client_of, django_assert_num_queries, rows):
    for _row in range(rows):
        people.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    client = client_of(member(Role.ADMINISTRATOR))

    with django_assert_num_queries(8):
        answer = client.get("/t/larkmoor/admin/units/")

    assert answer.status_code == 200
    assert BusinessUnit.objects.count() == rows
