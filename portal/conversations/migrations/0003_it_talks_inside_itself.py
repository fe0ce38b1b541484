"""What teams and suppliers promise is talked about inside IT: such a conversation names no business unit."""

from typing import ClassVar

from django.db import migrations
from django.db.models.deletion import PROTECT

from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.operations import InOneStep

UNIT = TenantForeignKey(
    blank=True, null=True, on_delete=PROTECT, related_name="conversations", to="accounts.businessunit"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_tenant_walls"), ("conversations", "0002_tenant_walls")]

    operations: ClassVar = [InOneStep([migrations.AlterField("conversation", "business_unit", UNIT)])]
