"""Raw facts carry no references: a reference to the tenant was checked again for each row of a bulk load."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from portal.tenancy.operations import ChangeTables
from portal.tenancy.scope import required_tenant_id


def own_tenant() -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        default=required_tenant_id,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenancy.tenant",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0005_work_says_who_announced_it"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        ChangeTables(
            [
                migrations.AlterField(model, "tenant", own_tenant())
                for model in ("measurement", "outage", "case", "casepause")
            ]
        ),
    ]
