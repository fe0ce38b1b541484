"""A question that is written once is asked in the name of whoever reads, and holds nothing that passes."""

from datetime import UTC, date, datetime

import pytest

from portal.accounts.models import Membership, Role
from portal.accounts.queries import units_in_use
from portal.conversations.models import Notification
from portal.tenancy.prepared import READER, PassingValue, prepare
from portal.tenancy.scope import TENANT, AskedWhileWriting, tenant_scope
from tests import factories

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def own_role():
    return Membership.objects.filter(pk=READER).values("role", "tenant_id")


@pytest.fixture
def readers(tenant, other_tenant):
    """One of each tenant."""
    found = []
    for each, role in ((tenant, Role.AUDITOR), (other_tenant, Role.SERVICE_OWNER)):
        with tenant_scope(each.pk):
            found.append(factories.make_member(role=role))
    return found


def test_each_reader_is_answered_in_their_own_tenant(readers):
    question = prepare(own_role)

    for reader in readers:
        with tenant_scope(reader.tenant_id):
            numbers = {TENANT: reader.tenant_id, READER: reader.pk}
            assert question.ask(numbers) == (reader.role, reader.tenant_id)


def test_a_reader_of_another_tenant_is_not_found(readers):
    ours, theirs = readers

    with tenant_scope(ours.tenant_id):
        assert prepare(own_role).ask({TENANT: ours.tenant_id, READER: theirs.pk}) is None


def test_without_numbers_it_finds_nobody(in_tenant, member):
    member()

    assert prepare(own_role).ask({}) is None


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda: units_in_use(on=date(2026, 11, 10)), id="a day"),
        pytest.param(
            lambda: Notification.objects.filter(read_at__lt=datetime(2026, 11, 10, tzinfo=UTC)), id="an instant"
        ),
    ],
)
def test_what_passes_is_refused(in_tenant, write):
    with pytest.raises(PassingValue, match="ask this one anew"):
        prepare(write)


def test_nothing_is_read_while_it_is_written(in_tenant, member):
    member()

    with pytest.raises(AskedWhileWriting):
        prepare(lambda: Notification.objects.filter(member__in=list(Membership.objects.all())))
    assert Membership.objects.count() == 1  # the tenant is in force again
