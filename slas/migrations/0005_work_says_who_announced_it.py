"""Planned work says who announced it, so that somebody else approves it."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations

import portal.tenancy.fields
from portal.tenancy.operations import ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("slas", "0004_targets_say_what_stops_the_clock"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            "plannedwork",
            "announced_by",
            portal.tenancy.fields.TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        ReferWithinTenant("plannedwork", "announced_by"),
    ]
