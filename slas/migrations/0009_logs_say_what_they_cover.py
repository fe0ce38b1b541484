"""A log of outages says for which time it is complete: elsewhere nothing is known."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tenancy.scope
from portal.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0008_one_version_of_an_agreement_a_day"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            "CoveredTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure_id", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("batch_id", models.BigIntegerField(null=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "measure_id", "started_at"), name="covered_time_key"),
                    models.CheckConstraint(
                        condition=models.Q(ended_at__gt=models.F("started_at")), name="covered_time_ends_after_start"
                    ),
                ]
            },
        ),
        ProtectTenantTable("coveredtime"),
    ]
