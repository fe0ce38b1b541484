"""What the command that makes the demo says at its end."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from demo.management.commands.seed_demo import COMPLETE, Command
from portal.audit.actions import record
from portal.tenancy.scope import tenant_scope
from tests import factories


def test_only_people_who_are_there_are_named(tenant):
    with tenant_scope(tenant.pk):
        factories.make_member(user=factories.make_user(email="ines.calder@larkmoor.example"))
        record(act=COMPLETE, actor_id=None, at=datetime(2026, 11, 10, tzinfo=UTC))

    said = StringIO()
    call_command(Command(), only="larkmoor", stdout=said)

    named = [line.split()[0] for line in said.getvalue().splitlines() if ".example" in line]
    assert named == ["ines.calder@larkmoor.example"]


def test_a_half_made_tenant_in_a_database_of_ones_own_says_what_to_do(tenant):
    with pytest.raises(CommandError, match=r"Larkmoor Foods is half made.* name an empty one in DATABASE_URL"):
        call_command(Command(), only="larkmoor", stdout=StringIO())
