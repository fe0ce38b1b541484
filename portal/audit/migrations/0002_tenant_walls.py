"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import AppendOnly, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("audit", "0001_initial"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("auditentry"),
        AppendOnly("auditentry"),
    ]
