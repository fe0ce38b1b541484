"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("jobs", "0001_initial"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("job"),
        ReferWithinTenant("job"),
    ]
