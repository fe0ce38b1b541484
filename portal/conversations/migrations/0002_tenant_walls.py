"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("conversations", "0001_initial"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("conversation"),
        ProtectTenantTable("comment"),
        ProtectTenantTable("mention"),
        ProtectTenantTable("notification"),
        ProtectTenantTable("outboxmessage"),
        ReferWithinTenant("conversation"),
        ReferWithinTenant("comment"),
        ReferWithinTenant("mention"),
        ReferWithinTenant("notification"),
    ]
