"""Services come from any table: what would be written is seen first, is written in one go, and can be taken back."""

import csv
import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from catalog.actions import imports as actions
from catalog.actions.services import ServiceDetails, edit_service
from catalog.errors import ImportDecided, ImportedChanged, ImportedInUse, NothingToImport
from catalog.importers.services import ColumnUse, check_uses, plan_import, read_services, suggest_uses
from catalog.models import Category, LineOfService, Service, ServiceCategory, ServiceImport, StageTransition, Taxonomy
from portal.accounts.models import Role
from tests.catalog.factories import make_offering, make_service

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
TODAY = date(2026, 11, 10)
INVENTORY = Path(__file__).parents[2] / "demo" / "data" / "canada_service_inventory.csv.gz"


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


def bring(content, by, *, uses=None, stage="catalogue", service_class="business"):
    table = read_services(content)
    said = uses or suggest_uses(table.columns)
    plain = {column: {"use": each.use, "called": each.called} for column, each in said.items()}
    brought = ServiceImport(file_name="services.csv", uses=plain, stage=stage, service_class=service_class)
    brought = actions.keep_table(table=brought, content=content, by=by, now=NOW)
    return brought, plan_import(table=table, uses=said, service_class=service_class)


def write(brought, plan, by):
    left_out = [
        {"row": each.row, "field": each.field, "what": each.what, "to_do": each.to_do} for each in plan.problems
    ]
    return actions.import_services(table=brought, planned=plan.planned, left_out=left_out, by=by, on=TODAY, now=NOW)


def test_the_inventory_of_a_government_comes_in_one_go_and_goes_without_a_trace(manager):
    content = gzip.decompress(INVENTORY.read_bytes())

    brought, plan = bring(content, manager)
    write(brought, plan, manager)

    assert len(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))) == 1069
    assert Service.objects.count() == 1068
    assert Category.objects.filter(taxonomy__name="Owner org title").count() == 49
    (problem,) = plan.problems
    assert (problem.field, problem.what) == ("service_id", f"Row {plan_row(plan, 'SRV02975')} is the same service")
    assert bring(content, manager)[1].planned == []

    actions.undo_import(table=brought, by=manager, now=NOW)

    for model in (Service, StageTransition, Category, Taxonomy, ServiceCategory, LineOfService):
        assert not model.objects.exists(), model


def plan_row(plan, reference):
    return next(each.row for each in plan.made if each.said["reference"] == reference)


def table(*lines):
    return "\n".join(lines).encode()


def said_of(plan):
    return [(each.row, each.field, each.what) for each in plan.problems]


@pytest.mark.parametrize(
    ("columns", "uses"),
    [
        (["name"], {"name": "name"}),
        (["service_id", "service_name_en"], {"service_id": "reference", "service_name_en": "name"}),
        (["Organisation", "title"], {"Organisation": "category", "title": "name"}),
        (["name", "service name"], {"name": "name", "service name": ""}),
        (["colour"], {"colour": ""}),
    ],
)
def test_what_a_column_is_is_suggested_by_its_name(columns, uses):
    assert {column: said.use for column, said in suggest_uses(columns).items()} == uses


@pytest.mark.parametrize(
    ("uses", "sentence"),
    [
        ({"a": ColumnUse("description")}, "Say which column holds the name of the service."),
        ({"a": ColumnUse("name"), "b": ColumnUse("name")}, "Two columns are “Name”: choose one of them."),
        (
            {"a": ColumnUse("name"), "b": ColumnUse("category", "Place"), "c": ColumnUse("categories", "place")},
            "Two columns that sort services are called the same: give each its own name.",
        ),
        ({"a": ColumnUse("name"), "b": ColumnUse("category")}, "Say what a column that sorts services is called, for"),
    ],
)
def test_columns_that_make_no_service_are_told(uses, sentence):
    (told,) = check_uses(uses)

    assert told.startswith(sentence)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (",Phones,Talk.,,", (2, "id", "It has no number of its own")),
        ("1,,Talk.,,", (2, "name", "It has no name")),
        ("1,Phones,,,", (2, "description", "It has no description")),
        ("1,Phones,Talk.,fast,", (2, "kind", "“fast” is no kind of service")),
        (
            "1,Phones,Talk.,,no@example.org",
            (2, "service owner", "Nobody here has the address “no@example.org”"),
        ),
        ("1," + 201 * "P" + ",Talk.,,", (2, "name", "It has 201 characters")),
        ("1,Pho\u202enes,Talk.,,", (2, "name", "It holds a control character")),
        ("1,Phones,Talk.,,,more", (2, "column 6", "The row has more cells than the heading")),
    ],
)
def test_a_row_that_cannot_be_used_says_which_field_and_why(line, wrong, manager):
    _brought, plan = bring(table("id,name,description,kind,service owner", line, "2,Mail,Write.,,"), manager)

    assert said_of(plan) == [wrong]
    assert [each.said["name"] for each in plan.made] == ["Mail"]


def test_a_table_without_numbers_knows_services_by_name(manager):
    make_service(name="Mail", description="Write.")

    _brought, plan = bring(table("name,description", "MAIL,Write letters.", "mail,Write more."), manager)

    assert plan.made == []
    assert [each.said["description"] for each in plan.changed] == ["Write letters."]
    assert said_of(plan) == [(3, "name", "Row 2 is the same service")]


def test_what_the_table_has_no_column_for_stays(manager):
    service = make_service(name="Mail", description="Write.", used_by="Everybody")

    brought, plan = bring(table("name;description", "Mail;Write and read."), manager)
    write(brought, plan, manager)

    service.refresh_from_db()
    assert (service.description, service.used_by) == ("Write and read.", "Everybody")
    actions.undo_import(table=brought, by=manager, now=NOW)
    service.refresh_from_db()
    assert service.description == "Write."


def test_services_are_sorted_by_several_values_of_a_cell(manager):
    content = table("name,description,channels", 'Mail,Write.,"Phone, Web"', "Desk,Ask.,Web")
    uses = suggest_uses(["name", "description"]) | {"channels": ColumnUse("categories", "Reached by")}

    write(*bring(content, manager, uses=uses), manager)

    pairs = ServiceCategory.objects.values_list("service__name", "category__name")
    assert sorted(pairs) == [("Desk", "Web"), ("Mail", "Phone"), ("Mail", "Web")]
    assert Taxonomy.objects.get().name == "Reached by"


@pytest.fixture
def written(manager):
    brought, plan = bring(table("id,name,description", "1,Mail,Write.", "2,Desk,Ask."), manager)
    return write(brought, plan, manager)


def test_new_services_begin_in_the_chosen_stage_with_a_reason(written):
    step = StageTransition.objects.get(service__name="Mail")

    assert (step.to_stage, step.on, step.reason) == ("catalogue", TODAY, "Brought from the table “services.csv”")


def test_what_people_changed_since_is_not_thrown_away(written, manager):
    mail = Service.objects.get(name="Mail")
    edit_service(service=mail, details=ServiceDetails("Mail", "Write to anybody.", mail.service_class))

    with pytest.raises(ImportedChanged, match="“Mail”"):
        actions.undo_import(table=written, by=manager, now=NOW)

    assert Service.objects.count() == 2


def test_what_somebody_relies_on_stays(written, manager):
    make_offering(Service.objects.get(name="Desk"))

    with pytest.raises(ImportedInUse, match="“Desk”"):
        actions.undo_import(table=written, by=manager, now=NOW)

    assert Service.objects.count() == 2


def test_a_table_is_written_once_and_taken_back_once(written, manager):
    with pytest.raises(ImportDecided):
        actions.import_services(table=written, planned=[object()], left_out=[], by=manager, on=TODAY, now=NOW)
    actions.undo_import(table=written, by=manager, now=NOW)
    with pytest.raises(ImportDecided):
        actions.undo_import(table=written, by=manager, now=NOW)


def test_a_table_that_says_nothing_new_is_not_written(written, manager):
    with pytest.raises(NothingToImport):
        write(*bring(table("id,name,description", "1,Mail,Write."), manager), manager)


def test_a_known_service_without_a_number_is_known_by_its_name_and_gets_one(manager):
    make_service(name="Phones", description="Talk.")

    brought, plan = bring(table("id,name,description", "S1,phones,Talk.", "S2,Phones,Talk more."), manager)
    write(brought, plan, manager)

    assert set(Service.objects.values_list("reference", "name")) == {("S1", "phones"), ("S2", "Phones")}
    assert (len(plan.changed), len(plan.made)) == (1, 1)
