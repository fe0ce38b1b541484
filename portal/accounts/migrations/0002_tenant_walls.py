"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import KeepHistory, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0001_initial"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("businessunit"),
        ProtectTenantTable("membership", own_rows_of_user=True),
        ProtectTenantTable("membershipunit"),
        ProtectTenantTable("invitation"),
        ProtectTenantTable("apitoken"),
        ReferWithinTenant("membershipunit"),
        ReferWithinTenant("invitation"),
        ReferWithinTenant("apitoken"),
        KeepHistory("businessunitevent"),
        KeepHistory("membershipevent"),
        KeepHistory("membershipunitevent"),
        KeepHistory("invitationevent"),
        KeepHistory("apitokenevent"),
    ]
