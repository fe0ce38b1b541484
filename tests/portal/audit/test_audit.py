"""The audit: acts and changes of rows, for administrator and auditor, appended only."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from portal.accounts.actions import members, units
from portal.accounts.models import BusinessUnit, Membership, Role
from portal.audit import queries
from portal.audit.actions import record
from portal.audit.models import AuditEntry
from portal.audit.queries import Narrowing
from portal.tenancy.scope import tenant_scope
from tests import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def url(name):
    return reverse(name, kwargs={"tenant": "larkmoor"})


@pytest.fixture
def auditor(tenant):
    with tenant_scope(tenant.pk):
        return factories.make_member(role=Role.AUDITOR, user=factories.make_user(name="Ola Berg"))


@pytest.fixture
def act(tenant, auditor):
    """act("evidence.read", hours=3) is an act of the auditor, hours after NOW."""

    def make(name="evidence.read", *, hours=0, subject="Order entry, October", by=None, **detail):
        with tenant_scope(tenant.pk):
            actor_id = (by or auditor).user_id
            return record(act=name, actor_id=actor_id, at=NOW + timedelta(hours=hours), subject=subject, **detail)

    return make


PAGES = ["audit_list", "history_list", "audit_csv", "history_csv"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", Role.values)
def test_who_reads_the_audit(tenant, auditor, client_of, role, name):
    with tenant_scope(tenant.pk):
        somebody = factories.make_member(role=role, units=[factories.make_unit()])

    expected = 200 if role in (Role.ADMINISTRATOR, Role.AUDITOR) else 403
    assert client_of(somebody).get(url(name)).status_code == expected


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_reads_only_their_own(other_tenant, act, client_of, name):
    act(subject="Secret of Larkmoor")
    with tenant_scope(other_tenant.pk):
        eve = factories.make_member(role=Role.AUDITOR)
    client = client_of(eve)

    assert client.get(url(name)).status_code == 404
    answer = client.get(reverse(name, kwargs={"tenant": "harbour"}))
    assert answer.status_code == 200
    assert "Larkmoor" not in answer.content.decode()


NARROWED = [
    pytest.param({}, ["third", "second", "first"], id="all, the latest first"),
    pytest.param({"since": "2026-11-11"}, ["third", "second"], id="from a day on"),
    pytest.param({"until": "2026-11-11"}, ["second", "first"], id="to a day, included"),
    pytest.param({"since": "2026-11-11", "until": "2026-11-11"}, ["second"], id="one day"),
    pytest.param({"kind": "export.run"}, ["second"], id="one kind"),
    pytest.param({"person": "somebody"}, ["third"], id="one person"),
]


@pytest.mark.parametrize(("chosen", "subjects"), NARROWED)
def test_the_acts_are_narrowed(tenant, auditor, act, client_of, chosen, subjects):
    with tenant_scope(tenant.pk):
        somebody = factories.make_member()
    act(subject="first")
    act("export.run", subject="second", hours=24)
    act(subject="third", hours=48, by=somebody)
    chosen = chosen | ({"person": somebody.user_id} if "person" in chosen else {})

    answer = client_of(auditor).get(url("audit_list"), chosen)

    assert [line.subject for line in answer.context["lines"]] == subjects


def test_a_day_is_a_day_of_the_tenant(tenant, auditor, act, client_of):
    with tenant_scope(tenant.pk):
        tenant.time_zone = "Asia/Tokyo"
        tenant.save()
    act(subject="in Tokyo it is the 11th", hours=6)

    answer = client_of(auditor).get(url("audit_list"), {"since": "2026-11-11"})

    assert len(answer.context["lines"]) == 1


BAD = [
    ({"since": "soon"}, "Enter a valid date."),
    (
        {"since": "2026-11-11", "until": "2026-11-10"},
        "This is before the first day. Choose the same day or a later one.",
    ),
    ({"kind": "DROP TABLE"}, "Select a valid choice."),
    ({"person": "0 OR 1=1"}, "Select a valid choice."),
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("chosen", "words"), BAD)
def test_what_cannot_be_read_is_said(auditor, act, client_of, name, chosen, words):
    act()

    answer = client_of(auditor).get(url(name), chosen)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Order entry, October" not in answer.content.decode()


class TestChanges:
    def lines(self, tenant, **wanted):
        with tenant_scope(tenant.pk):
            return queries.list_change_lines(changes=queries.list_changes(wanted=Narrowing(**wanted)))

    def test_each_change_is_kept_with_before_and_after(self, tenant):
        with tenant_scope(tenant.pk):
            unit = units.create_unit(name="Orders")
            units.edit_unit(unit=unit, name="Order desk", retired_on=None)

        changed, made = self.lines(tenant, kind="accounts.businessunit")

        assert (made.done, made.thing, made.name) == ("made", "business unit", "Orders")
        assert (changed.done, changed.name) == ("changed", "Order desk")
        assert [(change.field, change.before, change.after) for change in changed.fields] == [
            ("name", "Orders", "Order desk")
        ]

    def test_bulk_changes_raw_sql_and_removals_are_kept(self, tenant):
        with tenant_scope(tenant.pk):
            factories.make_unit(name="One")
            BusinessUnit.objects.update(name="Two")
            with connection.cursor() as cursor:
                cursor.execute("UPDATE accounts_businessunit SET name = 'Three'")
            BusinessUnit.objects.all().delete()

        lines = self.lines(tenant, kind="accounts.businessunit")

        assert [(line.done, line.name) for line in lines] == [
            ("removed", "Three"),
            ("changed", "Three"),
            ("changed", "Two"),
            ("made", "One"),
        ]

    def test_who_did_it_is_known(self, tenant, client_of):
        with tenant_scope(tenant.pk):
            admin = factories.make_member(role=Role.ADMINISTRATOR, user=factories.make_user(name="Ada Admin"))
        client_of(admin).post(url("unit_create"), {"name": "Deliveries"})

        line = self.lines(tenant, kind="accounts.businessunit", actor_id=admin.user_id)[0]

        assert (line.who, line.name) == ("Ada Admin", "Deliveries")
        assert self.lines(tenant, kind="accounts.businessunit", actor_id=admin.user_id + 1) == []

    def test_secrets_are_not_shown(self, tenant, auditor, client_of):
        with tenant_scope(tenant.pk):
            from portal.accounts.actions import invitations

            invitations.invite(
                tenant=tenant, email="x@example.org", name="X", role=Role.AUDITOR, units=[], by=auditor, now=NOW
            )

        (line,) = self.lines(tenant, kind="accounts.invitation")

        assert "email" in {change.field for change in line.fields}
        assert "secret hash" not in {change.field for change in line.fields}

    def test_all_things_are_in_one_list(self, tenant):
        with tenant_scope(tenant.pk):
            unit = factories.make_unit()
            member = factories.make_member(role=Role.BUSINESS_MEMBER, units=[unit])
            members.set_units(member=member, units=[])

        assert {(line.thing, line.done) for line in self.lines(tenant)} == {
            ("business unit", "made"),
            ("membership", "made"),
            ("membership unit", "made"),
            ("membership unit", "removed"),
        }


class TestAppendedOnly:
    """Not even our own code, as the role it runs as, can change what was kept."""

    @pytest.fixture(autouse=True)
    def _larkmoor(self, in_tenant, auditor, act):
        act()

    @pytest.mark.parametrize("table", ["audit_auditentry", "accounts_membershipevent"])
    @pytest.mark.parametrize(
        "statement", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"]
    )
    def test_it_cannot_be_changed(self, table, statement):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            before = cursor.fetchone()
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                cursor.execute(statement.format(table))
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == before
        assert before[0] > 0

    def test_history_cannot_be_switched_off(self):
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("ALTER TABLE accounts_membership DISABLE TRIGGER ALL")
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")

    def test_an_act_that_is_undone_is_no_entry(self):
        with transaction.atomic():
            record(act="export.run", actor_id=None, at=NOW)
            transaction.set_rollback(True)

        assert AuditEntry.objects.filter(act="export.run").count() == 0


class TestFiles:
    def read(self, answer):
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_the_chosen_acts_come_as_a_file(self, auditor, act, client_of):
        act("export.run", subject="October", pages=12)
        act(subject="other")

        answer = client_of(auditor).get(url("audit_csv"), {"kind": "export.run"})

        assert answer["Content-Disposition"] == 'attachment; filename="acts.csv"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert self.read(answer) == [
            {
                "at": "2026-11-10T09:40:00+00:00",
                "who": "Ola Berg",
                "act": "export.run",
                "subject": "October",
                "detail": "pages: 12",
            }
        ]

    def test_the_changes_come_field_by_field(self, tenant, auditor, client_of):
        with tenant_scope(tenant.pk):
            units.edit_unit(unit=units.create_unit(name="Orders"), name="Order desk", retired_on=None)

        rows = self.read(client_of(auditor).get(url("history_csv"), {"kind": "accounts.businessunit"}))

        assert (rows[0]["field"], rows[0]["before"], rows[0]["after"]) == ("name", "Orders", "Order desk")

    @pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", " =cmd|' /C calc'!A0", "＝1＋1"])
    def test_no_text_is_a_formula(self, auditor, act, client_of, text):
        act(subject=text)

        assert self.read(client_of(auditor).get(url("audit_csv")))[0]["subject"] == f"'{text}"

    def test_taking_a_file_is_an_act(self, auditor, act, client_of):
        act()
        client = client_of(auditor)
        client.get(url("audit_csv"))

        line = client.get(url("audit_list"), {"kind": "audit.exported"}).context["lines"][0]

        assert (line.who, line.subject, line.detail) == ("Ola Berg", "acts", "entries: 1")

    def test_too_long_a_file_is_refused_with_what_to_do(self, auditor, act, client_of, monkeypatch):
        monkeypatch.setattr("portal.audit.views.MOST_IN_A_FILE", 2)
        for _ in range(3):
            act()

        answer = client_of(auditor).get(url("audit_csv"))

        assert answer.status_code == 422
        assert "These are 3 entries, and a file holds 2. Choose fewer days." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_acts_ask_the_same_number_of_questions(auditor, act, client_of, django_assert_num_queries, no_menu, count):
    for number in range(count):
        act(subject=f"act {number}")
    client = client_of(auditor)

    with django_assert_num_queries(14):
        client.get(url("audit_list"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_changes_ask_the_same_number_of_questions(
    tenant, auditor, client_of, django_assert_num_queries, no_menu, count
):
    with tenant_scope(tenant.pk):
        Membership.objects.bulk_create(Membership(user=factories.make_user(), role=Role.AUDITOR) for _ in range(count))
    client = client_of(auditor)

    with django_assert_num_queries(15):
        client.get(url("history_list"))


@pytest.mark.parametrize("asked", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"since": "9999-12-31"}])
def test_the_ends_of_the_calendar_are_days_too(act, auditor, client_of, asked):
    act(subject="Orders")

    for name in PAGES:
        assert client_of(auditor).get(url(name), asked).status_code == 200
