"""Each address under each role, as `access_table` says it, read from the URL configuration."""

import io
import zipfile
from functools import partial

import pytest

from catalog.models import BusinessGoal, Need
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.accounts.policies import SCOPES
from portal.audit.models import AuditEntry
from portal.conversations.models import Conversation
from portal.tenancy.scope import tenant_scope
from slas.models import Agreement, Measure, ServiceLevelTarget
from tests import factories
from tests.security.access_table import COLUMNS, ROWS
from tests.security.readers import LETTERS, NOBODY, OUTSIDERS, STRANGER, make_reader, make_readers, told
from tests.security.routes import tenant_routes
from tests.security.world import FOR_EVERYBODY

pytestmark = pytest.mark.xdist_group("access")  # they look at the same rows
METHODS = ("get", "post")
ROUTES = tenant_routes()
SIGNS = {403: "-", 404: ".", 405: "none"}
# Addresses that send a file, have one made, or came last: every third reader is asked there in each run.
NAMES = """
edition_pdf edition_archive draft_pdf edition_figures edition_workbook edition_evidence figure_proof figure_verify
attainment_verify
attainment_evidence_csv attainment_evidence_json forecast_calibration measure_pauses pause_approve export_month
fact_template gap_template covered_template agreement_openslo target_table
batch_errors import_problems catalogue_json service_workbook audit_csv history_csv job_download api_schema
agreement_pdf document_detail signed_copy
"""
FILES = set(NAMES.split())
# Described for everybody, also without a token.
OPEN = {"api_schema", "api_docs", "api_try"}
# What belongs to no business unit: services that are offered, what they consist of, and the hours that agreements name.
SHARED = (
    *("service_", "component_", "hours_", "offering", "entitlement", "dependency", "group_", "steps_", "levels_"),
    *("own_word_", "term_", "import_", "catalogue_", "entry_", "retirement_"),
)


@pytest.fixture
def world(tenant, own, other_tenant):
    """The rows of a business unit, and everybody who asks for them."""
    with tenant_scope(tenant.pk):
        elsewhere = factories.make_unit(name="Elsewhere")
    return own, make_readers(tenant, own.of(BusinessUnit), elsewhere, other_tenant)


def text_of(content):
    """What can be read in an answer; a workbook is opened."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def sign(answer):
    assert answer.status_code < 500
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", ")), "kept by nobody"
    return SIGNS.get(answer.status_code, "+")


def found(readers, route, method, path, letters):
    """The signs of a cell as it is, by column; "none" for all of them where the method is offered to nobody."""
    signs = {}
    for letter in letters:
        signs[letter] = sign(told(readers[letter], route, method, path))
        if signs[letter] == "none":  # said before anybody's role is looked at
            return dict.fromkeys(letters, "none")
    return signs


def wanted(route, method, letters):
    cell = ROWS[route.name].get(method, "none")
    return {letter: cell if cell == "none" else cell[COLUMNS.index(letter)] for letter in letters}


def both(_number, route):
    return route.methods


def differences(world, letters_of, methods_of=both):
    """Each address and method with the columns that are not as the table says; `letters_of` says which are asked."""
    rows, readers = world
    wrong = {}
    for number, route in enumerate(ROUTES):
        path = route.path("larkmoor", dict.fromkeys(route.blanks, rows))
        letters = letters_of(number, route)
        for method in methods_of(number, route):
            is_so = found(readers, route, method, path, letters)
            if is_so != wanted(route, method, letters):
                wrong[f"{method} {route.name} {path}"] = is_so
    return wrong


def test_each_address_has_its_line():
    assert sorted(ROWS) == sorted({route.name for route in ROUTES})
    assert set(LETTERS.values()) == set(Role)


def in_turn(number, step):
    """Other readers at the next address, so that each column is asked along the whole table."""
    return [COLUMNS[place % len(COLUMNS)] for place in range(number, number + len(COLUMNS), step)]


def one_in_turn(number, route):
    """Another one after each round of the columns, so that each column is asked by both."""
    return [route.methods[number // len(COLUMNS) % len(route.methods)]]


def test_a_reader_of_each_address_is_let_in_where_the_table_says(world):
    """To look or to send; the long run asks each of them everywhere, for both."""
    readers = partial(in_turn, step=len(COLUMNS))

    assert differences(world, lambda at, route: () if route.name in FILES else readers(at), one_in_turn) == {}


def test_a_third_of_the_readers_is_asked_where_something_is_taken_away(world):
    assert set(ROWS) >= FILES
    assert differences(world, lambda at, route: in_turn(at, 3) if route.name in FILES else ()) == {}


@pytest.mark.long
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(world):
    assert differences(world, lambda *_at: COLUMNS) == {}


def test_strangers_and_nobody_are_told_nothing(world):
    """A stranger finds no tenant, nobody is asked to sign in, and both are told the same by the API."""
    rows, readers = world
    wrong = {}
    for route in (route for route in ROUTES if route.name not in OPEN):
        path = route.path("larkmoor", dict.fromkeys(route.blanks, rows))
        for method in route.methods:
            answers = {name: told(readers[name], route, method, path) for name in (STRANGER, NOBODY)}
            statuses = {name: answer.status_code for name, answer in answers.items()}
            if statuses != ({STRANGER: 401, NOBODY: 401} if route.is_api else {STRANGER: 404, NOBODY: 302}):
                wrong[method, path] = statuses
            elif not route.is_api:
                assert answers[NOBODY]["Location"].startswith("/account/login/?next=")

    assert wrong == {}


def test_each_call_of_the_api_asks_for_one_scope(world):
    rows, _ = world
    with tenant_scope(rows.of(BusinessUnit).tenant_id):
        unit = rows.of(BusinessUnit)
        narrow = {scope: make_reader(Role.SERVICE_LEVEL_MANAGER, unit, [scope]) for scope in SCOPES}
    calls = [(route, method) for route in ROUTES if route.is_api and route.name not in OPEN for method in METHODS]
    wrong = {}
    for route, method in calls:
        path = route.path("larkmoor", dict.fromkeys(route.blanks, rows))
        signs = {scope: sign(told(reader, route, method, path)) for scope, reader in narrow.items()}
        wanted = {"get": "results.read", "post": "facts.write"}[method]
        is_offered = ROWS[route.name][method] != "none"
        if signs != {scope: ("+" if scope == wanted else "-") if is_offered else "none" for scope in SCOPES}:
            wrong[method, route.name] = signs

    assert wrong == {}


def test_what_a_program_was_refused_is_kept_as_that_of_a_person(world):
    rows, readers = world
    route = next(route for route in ROUTES if route.name == "api_facts")
    path = route.path("larkmoor", dict.fromkeys(route.blanks, rows))

    assert readers["U"].ask(route, "post", path).status_code == 403

    with tenant_scope(rows.of(BusinessUnit).tenant_id):
        kept = AuditEntry.objects.get(act="request.refused", subject=f"POST {path}")
        assert Membership.objects.get(user_id=kept.actor_id).role == Role.AUDITOR
    assert kept.detail == {"action": "fact.enter"}


def test_another_unit_is_let_in_only_where_things_belong_to_no_unit():
    """The line between the units, by itself: what names a row of one unit is not found from another."""
    open_to_others = {
        route.name
        for route in ROUTES
        if route.blanks and not route.is_api and any("+" in cell[-2:] for cell in ROWS[route.name].values())
    }

    assert {name for name in open_to_others if not name.startswith(SHARED)} == set()


UNIT_BOUND = {
    BusinessUnit: "name",
    Agreement: "name",
    ServiceLevelTarget: "name",
    Measure: "name",
    BusinessGoal: "name",
    Need: "text",
    ImprovementOpportunity: "title",
    Conversation: "subject",
}
# The catalogue says for whom a service is; the names of units are no secret there.
NAMES_UNITS = {"service_list"}


@pytest.mark.parametrize(
    "by_each", [pytest.param(False, id="in turn"), pytest.param(True, id="by each", marks=pytest.mark.long)]
)
def test_no_page_of_another_unit_shows_what_belongs_to_this_one(world, settings, by_each):
    """Lists, the services that everybody has, and the API: not one name of the unit's own rows."""
    rows, readers = world
    settings.NAVIGATION = "reporting.queries.navigation.get_menu"
    unit = rows.of(BusinessUnit)
    with tenant_scope(unit.tenant_id):
        names = {str(getattr(row, field)) for model, field in UNIT_BOUND.items() for row in model.objects.all()}
        names |= {rows.of(BusinessGoal).short_name}
        names -= {"Elsewhere", FOR_EVERYBODY}
    shown, asked = {}, 0
    for number, route in enumerate(ROUTES if by_each else ROUTES[::2]):
        path = route.path("larkmoor", dict.fromkeys(route.blanks, rows))
        for letter in OUTSIDERS if by_each else (OUTSIDERS[number % len(OUTSIDERS)],):
            answer = told(readers[letter], route, "get", path)
            if answer.status_code == 200:
                page, asked = text_of(answer.content), asked + 1
                own = names - {unit.name} if route.name in NAMES_UNITS else names
                if seen := sorted(name for name in own if name in page):
                    shown[letter, path] = seen

    assert asked > (40 if by_each else 10)
    assert shown == {}
