"""Batches say what they hold and what became of it; pushes are answered once; cases may be unknown."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import ChangeTables, ProtectTenantTable, ReferWithinTenant

STATES = [
    ("draft", "Checked, not sent"),
    ("waiting", "Waits for a second person"),
    ("counted", "Counts"),
    ("refused", "Refused"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("slas", "0002_tenant_walls"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        ChangeTables(
            [
                migrations.AddField("case", "unknown_reason", models.CharField(blank=True, max_length=200)),
                migrations.AddField("datagap", "batch_id", models.BigIntegerField(null=True)),
                # No batch was kept before this step, so that the first value is only a formality.
                migrations.AddField(
                    "factbatch", "fact", models.CharField(default="", max_length=10), preserve_default=False
                ),
                migrations.AddField("factbatch", "outcome", models.JSONField(default=dict)),
                migrations.AlterField(
                    "factbatch", "state", models.CharField(choices=STATES, default="waiting", max_length=8)
                ),
                migrations.RemoveConstraint("factbatch", "batch_state_known"),
                migrations.AddConstraint(
                    "factbatch",
                    models.CheckConstraint(
                        condition=models.Q(state__in=["draft", "waiting", "counted", "refused"]),
                        name="batch_state_known",
                    ),
                ),
            ]
        ),
        migrations.CreateModel(
            "PushedRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("request_hash", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("answer", models.JSONField()),
                ("received_at", models.DateTimeField()),
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
                (
                    "token",
                    portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.apitoken"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "received_at"], name="pushed_request_by_time")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "token", "key"), name="pushed_request_once")],
            },
        ),
        ProtectTenantTable("pushedrequest"),
        ReferWithinTenant("pushedrequest"),
    ]
