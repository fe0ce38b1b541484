"""What both sides agreed on is kept by the database itself, whoever writes, and also in bulk."""

from datetime import date

import environ
import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from portal import config
from portal.tenancy.scope import tenant_scope
from slas.models import (
    Agreement,
    AgreementDocument,
    AgreementScope,
    AgreementState,
    CreditBand,
    CreditScheme,
    HoursWindow,
    Obligation,
    ServiceLevelTarget,
    WordingException,
    WordMeaning,
)
from tests import factories as people
from tests.catalog.factories import make_offering
from tests.slas import factories

OF_VERSION = [column.column for column in Agreement._meta.concrete_fields]
OF_TARGET = [column.column for column in ServiceLevelTarget._meta.concrete_fields]
OF_DUTY = [column.column for column in Obligation._meta.concrete_fields]
OF_SCOPE = [column.column for column in AgreementScope._meta.concrete_fields]
OF_SCHEME = [column.column for column in CreditScheme._meta.concrete_fields]
OF_BAND = [column.column for column in CreditBand._meta.concrete_fields]
OF_DOCUMENT = [column.column for column in AgreementDocument._meta.concrete_fields]
OF_MEANING = [column.column for column in WordMeaning._meta.concrete_fields]
OF_EXCEPTION = [column.column for column in WordingException._meta.concrete_fields]
FREE = {
    "slas_agreement": {"state", "ends_on", "notice_given_on", "sealed_in"},
    "slas_obligation": {"owner_id", "done_on"},
    "slas_agreementscope": {"starts_on", "ends_on", "holds"},
}
pytestmark = pytest.mark.xdist_group("sealed")  # one version in force for all that try to change it
COLUMNS = [
    (table, column)
    for table, columns in (
        ("slas_agreement", OF_VERSION),
        ("slas_serviceleveltarget", OF_TARGET),
        ("slas_obligation", OF_DUTY),
        ("slas_agreementscope", OF_SCOPE),
        ("slas_creditscheme", OF_SCHEME),
        ("slas_creditband", OF_BAND),
        ("slas_agreementdocument", OF_DOCUMENT),
        ("slas_wordingexception", OF_EXCEPTION),
        ("slas_wordmeaning", OF_MEANING),
    )
    for column in columns
    if column not in FREE.get(table, set())
]
# Another value of each type, as SQL that takes the old one; the trigger speaks before any rule of the table.
OTHER = {
    "bigint": "COALESCE({0}, 0) + 1",
    "smallint": "COALESCE({0}, 0) + 1",
    "integer": "COALESCE({0}, 0) + 1",
    "numeric": "COALESCE({0}, 0) + 1",
    "boolean": "NOT {0}",
    "date": "COALESCE({0}, '2026-01-01') + 1",
    "timestamp with time zone": "COALESCE({0}, now()) + interval '1 hour'",
    "character varying": "CASE WHEN {0} = '' THEN 'x' ELSE left({0}, -1) END",
    "text": "CASE WHEN {0} = '' THEN 'x' ELSE left({0}, -1) END",
    "jsonb": """'["another"]'""",
    "ARRAY": "array_append({0}, 'another')",
}
ROWS = [
    pytest.param("DELETE FROM slas_agreement WHERE slug = 'orders'", id="the version is removed"),
    pytest.param("DELETE FROM slas_serviceleveltarget", id="a promise is removed"),
    pytest.param("DELETE FROM slas_obligation", id="a duty is removed"),
    pytest.param("DELETE FROM slas_agreementscope", id="a line of the scope is removed"),
    pytest.param("DELETE FROM slas_hourswindow", id="its hours are removed"),
    pytest.param("UPDATE slas_hourswindow SET opens_at = opens_at + 60", id="its hours change"),
    pytest.param("UPDATE slas_servicehours SET words = 'never'", id="the words of its hours change"),
    pytest.param("DELETE FROM slas_acceptance", id="an acceptance is removed"),
    pytest.param("DELETE FROM slas_agreementdocument", id="a document is taken off"),
    pytest.param("DELETE FROM slas_creditband", id="a band of credits is removed"),
    pytest.param("DELETE FROM slas_creditscheme", id="the credits are removed"),
    pytest.param("DELETE FROM slas_wordingexception", id="an exception is removed"),
    pytest.param("DELETE FROM slas_wordmeaning", id="what a word means is removed"),
    pytest.param("UPDATE slas_agreementdocument SET sha256 = repeat('1', 64)", id="another document in its place"),
    pytest.param(
        "UPDATE slas_serviceleveltarget SET agreement_id = (SELECT id FROM slas_agreement WHERE slug = 'draft')",
        id="a promise is moved out",
    ),
]
MOVES = [
    pytest.param({"state": "draft"}, False, id="back to a draft"),
    pytest.param({"state": "agreed"}, False, id="back to agreed"),
    pytest.param({"state": "superseded"}, True, id="superseded"),
    pytest.param({"state": "expired"}, True, id="expired"),
    pytest.param({"state": "terminated"}, True, id="terminated"),
    pytest.param({"ends_on": date(2027, 6, 1)}, True, id="ends earlier"),
    pytest.param({"ends_on": date(2028, 6, 1)}, False, id="ends later"),
    pytest.param({"ends_on": None}, False, id="never ends"),
    pytest.param({"notice_given_on": date(2026, 11, 1)}, True, id="notice"),
    pytest.param({"sealed_in": None}, None, id="the seal is broken"),
]


@pytest.fixture(scope="module")
def sealed(django_db_setup, django_db_blocker):
    """A version in force that was committed, and a draft; made once, each test is undone."""
    with django_db_blocker.unblock():
        tenant = people.make_tenant()
        with tenant_scope(tenant.pk):
            agreement = factories.make_agreement(slug="orders", ends_on=date(2028, 1, 1))
            target = factories.make_target(agreement=agreement, service_hours=factories.make_hours())
            scheme = agreement.credit_schemes.create(
                slug="credits", name="Credits", basis="amount", currency="GBP", approver_role="service_level_manager"
            )
            scheme.bands.create(target=target, low=90, high=99, credit=100)
            agreement.meanings.create(words="soon", means="Within an hour")
            agreement.wording_exceptions.create(clause_key="terms", code="vague", words="soon", reason="Both know")
            agreement.obligations.create(slug="calendar", text="Send it", short_text="Calendar")
            offering = make_offering(factories.make_service())
            agreement.scope.create(
                service=offering.service, offering=offering, business_unit=agreement.customer.business_unit
            )
            factories.sign(agreement, agreement.customer)
            agreement.documents.create(
                kind="annex", name="prices.pdf", media_type="application/pdf", sha256="0" * 64, size=1,
                uploaded_by=people.make_member(), uploaded_at=factories.at("2026-01-01 09:00"),
            )  # fmt: skip
            factories.make_agreement(slug="draft", state=AgreementState.DRAFT)
    yield tenant
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def inside(sealed, db):
    with tenant_scope(sealed.pk):
        yield Agreement.objects.get(slug="orders")


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_column_of_what_was_agreed_changes(inside):
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns")
        types = {(table, column): kind for table, column, kind in cursor.fetchall()}
    said = []
    for table, column in COLUMNS:
        other = OTHER[types[table, column]].format(f'"{column}"')
        try:
            run(f"""UPDATE {table} SET "{column}" = {other}""")
        except IntegrityError as error:
            said.append((table, column, str(error).partition(":")[0]))

    assert said == [(*column, "Both sides agreed on this") for column in COLUMNS]


@pytest.mark.parametrize("statement", ROWS)
def test_no_row_of_what_was_agreed_is_changed_moved_or_removed(inside, statement):
    with pytest.raises(IntegrityError, match="Both sides agreed on"):
        run(statement)


@pytest.mark.usefixtures("inside")
def test_the_owner_of_the_tables_changes_it_no_more_than_the_portal():
    """Row security does not bind that role; the seal does."""
    given, owner = connection.settings_dict, environ.Env.db_url_config(config.load().owner_database_url)
    where = {"dbname": given["NAME"], "host": given["HOST"], "port": given["PORT"]}
    with psycopg.connect(**where, user=owner["USER"], password=owner["PASSWORD"]) as other:
        for statement in (case.values[0] for case in ROWS):
            with pytest.raises(psycopg.errors.RestrictViolation), other.transaction():
                other.execute(statement)


@pytest.mark.parametrize(
    "seal",
    [
        pytest.param("txid_current()", id="the number of this transaction, in a database that was restored"),
        pytest.param("1", id="a seal from before seals had names"),
    ],
)
def test_what_is_sealed_in_a_restored_database_stays_sealed(sealed, seal):
    """A new server counts transactions anew, and meets the numbers of the old one again."""
    given, owner = connection.settings_dict, environ.Env.db_url_config(config.load().owner_database_url)
    where = {"dbname": given["NAME"], "host": given["HOST"], "port": given["PORT"]}
    with psycopg.connect(**where, user=owner["USER"], password=owner["PASSWORD"]) as other:
        other.execute("ALTER TABLE slas_agreement DISABLE TRIGGER agreement_sealed")
        other.execute(f"UPDATE slas_agreement SET sealed_in = {seal} WHERE slug = 'orders'")
        other.execute("ALTER TABLE slas_agreement ENABLE TRIGGER agreement_sealed")
        for statement in (case.values[0] for case in ROWS):
            with pytest.raises(psycopg.errors.RestrictViolation), other.transaction():
                other.execute(statement)
        other.rollback()


@pytest.mark.parametrize(
    "what", ["promise", "duty", "scope", "acceptance", "hours", "credits", "band", "exception", "meaning", "document"]
)
def test_nothing_is_added_to_what_was_agreed(inside, what):
    add = {
        "promise": lambda: factories.make_target(agreement=inside),
        "duty": lambda: inside.obligations.create(slug="more", text="More", short_text="More"),
        "scope": lambda: inside.scope.create(service=factories.make_service()),
        "acceptance": lambda: factories.sign(inside, inside.provider),
        "hours": lambda: HoursWindow.objects.create(
            service_hours=inside.targets.get().service_hours, weekday=0, opens_at=1, closes_at=2
        ),
        "credits": lambda: inside.credit_schemes.create(slug="more", name="More", basis="amount", currency="GBP"),
        "band": lambda: inside.credit_schemes.get().bands.create(target=inside.targets.get(), low=80, credit=200),
        "meaning": lambda: inside.meanings.create(words="late", means="After noon"),
        "exception": lambda: inside.wording_exceptions.create(clause_key="terms", code="vague", reason="Both know"),
        "document": lambda: inside.documents.create(kind="annex", name="more.pdf", size=1),
    }[what]

    with pytest.raises(IntegrityError, match="Both sides agreed on"), transaction.atomic():
        add()


@pytest.mark.parametrize(("change", "goes"), MOVES)
def test_a_version_only_moves_on(inside, change, goes):
    if goes is False:
        with pytest.raises(IntegrityError, match="Both sides agreed on this"), transaction.atomic():
            Agreement.objects.filter(pk=inside.pk).update(**change)
        return
    Agreement.objects.filter(pk=inside.pk).update(**change)
    ((name, value),) = change.items()
    assert getattr(Agreement.objects.get(pk=inside.pk), name) == (value if goes else inside.sealed_in)


def test_who_has_a_duty_and_when_it_was_done_is_still_written(inside):
    head = people.make_member(role="business_unit_head")

    inside.obligations.update(owner=head, done_on=date(2026, 11, 1))

    assert inside.obligations.get().owner == head


def test_what_refers_to_a_version_is_sealed_with_it_or_is_no_part_of_the_text(inside):
    """A new table of an agreement is sealed, or named here with why not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid IN"
            " ('slas_agreement'::regclass, 'slas_serviceleveltarget'::regclass, 'slas_creditscheme'::regclass)"
        )
        referring = {table for (table,) in cursor.fetchall() if table.startswith("slas_")}
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_sealed'")
        sealed = {table for (table,) in cursor.fetchall()}

    assert referring - sealed == {
        *("slas_clauseproposal", "slas_clauseacceptance", "slas_signaturerequest"),  # the way to the text
        *("slas_attainment", "slas_dirtytarget", "slas_forecast", "slas_creditstatement"),  # what became of it
        *("slas_targetproposal", "slas_support"),  # another level to come; how IT keeps it
    }


def test_drafts_are_written_freely(inside):
    draft = Agreement.objects.get(slug="draft")
    target = factories.make_target(agreement=draft, service_hours=factories.make_hours())

    draft.name = "Another"
    draft.save()
    target.delete()
    draft.delete()

    assert not Agreement.objects.filter(slug="draft").exists()
