"""What is said of running months is kept as it was said."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import AppendOnly, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0006_hours_change_from_a_day_and_work_has_kinds"), ("tenancy", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period_start", models.DateField()),
                ("said_on", models.DateField()),
                ("said_at", models.DateTimeField()),
                ("misses", models.PositiveIntegerField()),
                ("runs", models.PositiveIntegerField()),
                ("months", models.PositiveSmallIntegerField(verbose_name="months of history")),
                ("inputs_hash", models.CharField(max_length=64)),
                (
                    "target",
                    portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecasts",
                        to="slas.serviceleveltarget",
                    ),
                ),
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
                    models.UniqueConstraint(
                        fields=("tenant", "target", "period_start", "said_on"), name="forecast_said_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("runs__gt", 0), ("misses__lte", models.F("runs"))),
                        name="forecast_is_a_chance",
                    ),
                ],
            },
        ),
        ProtectTenantTable("forecast"),
        ReferWithinTenant("forecast"),
        AppendOnly("forecast"),
    ]
