"""No two business units of a tenant have one name."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_tenant_walls")]

    operations: ClassVar = [
        migrations.AddConstraint(
            "businessunit", models.UniqueConstraint("tenant", Lower("name"), name="business_unit_name")
        ),
    ]
