"""A table of services in the browser: chosen, explained, looked at, written, taken back; and what is refused."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from catalog.models import Category, ImportState, Service, ServiceImport
from portal.accounts.models import Membership, Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from tests.catalog.factories import make_service

ROWS = b"""number,service,what it does,department
S1,Phones,Talk to customers,Sales
S2,,Nobody named it,Sales
S3,Mail,Write to customers,Finance
"""
IMPORT = "/t/larkmoor/services/import/"


@pytest.fixture
def manager(member, client_of):
    return client_of(member(Role.SERVICE_LEVEL_MANAGER))


def chosen(client, content=ROWS, name="services.csv"):
    file = BytesIO(content)
    file.name = name
    return client.post(IMPORT, {"file": file, "service_class": "business", "stage": "pipeline"}, follow=True)


def is_looked_at(tenant):
    with tenant_scope(tenant.pk):
        return ServiceImport.objects.get()


def seen(page):
    return page.context["plan"].seen_code


def test_a_table_is_looked_at_then_written_then_taken_back(manager, tenant):
    with tenant_scope(tenant.pk):
        make_service(name="Mail", description="Old words")

    page = chosen(manager)
    address = page.redirect_chain[-1][0]

    assert "1 new, 1 changed, 0 as they are. Rows that cannot be used: 1." in page.text
    assert "<del>Old words</del> <ins>Write to customers</ins>" in page.text
    assert b'"3","service","It has no name","Name the service."' in manager.get(f"{address}problems.csv").content
    with tenant_scope(tenant.pk):
        assert Service.objects.get().description == "Old words", "nothing is written before somebody says yes"

    done = manager.post(f"{address}write/", {"seen": seen(page)}, follow=True)

    assert "Written: 1 new, 1 changed." in done.text
    assert "It has no name" in done.text
    with tenant_scope(tenant.pk):
        assert set(Service.objects.values_list("name", "stage")) == {("Phones", "pipeline"), ("Mail", "catalogue")}
        assert set(Category.objects.values_list("taxonomy__name", "name")) == {
            ("Department", "Sales"),
            ("Department", "Finance"),
        }

    undone = manager.post(f"{address}undo/", follow=True)

    assert "Taken back." in undone.text
    with tenant_scope(tenant.pk):
        assert list(Service.objects.values_list("name", "description")) == [("Mail", "Old words")]
        acts = AuditEntry.objects.filter(act__startswith="services.").order_by("pk").values_list("act", flat=True)
        assert list(acts) == ["services.imported", "services.import_undone"]
        assert not AuditEntry.objects.filter(act__startswith="services.").exclude(actor=Membership.objects.get().user)


def test_columns_are_said_otherwise_and_the_plan_follows(manager):
    page = chosen(manager)
    address = page.redirect_chain[-1][0]
    uses = {"use_0": "", "use_1": "description", "use_2": "name", "use_3": "categories", "called_3": "Team"}

    again = manager.post(address, uses, follow=True)

    assert "3 new" not in again.text
    assert [each.said["name"] for each in again.context["plan"].made] == ["Talk to customers", "Write to customers"]
    assert again.context["plan"].made[0].said["categories"] == [["Team", "Sales"]]


def test_columns_without_a_name_are_refused_beside_the_form(manager):
    address = chosen(manager).redirect_chain[-1][0]

    page = manager.post(address, {f"use_{n}": "" for n in range(4)})

    assert page.status_code == 422
    assert "Say which column holds the name of the service." in page.text


def test_what_was_not_shown_is_not_written(manager, tenant):
    page = chosen(manager)
    address = page.redirect_chain[-1][0]
    with tenant_scope(tenant.pk):
        make_service(name="Phones")

    told = manager.post(f"{address}write/", {"seen": seen(page)}, follow=True)

    assert "Something changed since." in told.text
    with tenant_scope(tenant.pk):
        assert Service.objects.count() == 1


def test_a_table_that_was_only_looked_at_is_dropped(manager, tenant):
    address = chosen(manager).redirect_chain[-1][0]

    assert "Nothing was written" in manager.post(f"{address}drop/", follow=True).text
    assert manager.get(address).status_code == 404


def test_what_was_written_is_neither_written_again_nor_dropped(manager, tenant):
    page = chosen(manager)
    address = page.redirect_chain[-1][0]
    manager.post(f"{address}write/", {"seen": seen(page)})

    for act in ("write/", "drop/"):
        assert "“services.csv” was dealt with in the meantime." in manager.post(f"{address}{act}", follow=True).text
    assert is_looked_at(tenant).state == ImportState.DONE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file is empty"),
        (b"\xff\xfe\x00\x00", "The file"),
        (b"name,name\nA,B\n", "name"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_not_kept(manager, tenant, content, words):
    page = chosen(manager, content)

    assert page.status_code == 422
    assert words in page.text
    with tenant_scope(tenant.pk):
        assert not ServiceImport.objects.exists()


def test_a_spreadsheet_is_read_like_a_table(manager):
    book, file = Workbook(), BytesIO()
    book.active.append(["name", "description"])
    book.active.append(["Phones", "Talk to customers"])
    book.save(file)

    page = chosen(manager, file.getvalue(), "services.xlsx")

    assert [each.said["name"] for each in page.context["plan"].made] == ["Phones"]
