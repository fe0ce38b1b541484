import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("arguments", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("message", models.CharField(blank=True, max_length=300)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("attempts_allowed", models.PositiveSmallIntegerField(default=5)),
                ("sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("result_name", models.CharField(blank=True, max_length=200)),
                ("result_type", models.CharField(blank=True, max_length=100)),
                ("download_name", models.CharField(blank=True, max_length=200)),
                (
                    "requested_by",
                    portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
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
                "indexes": [models.Index(fields=["tenant", "state", "lease_until"], name="job_by_lease")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "kind", "key"), name="job_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "running", "done", "failed"])),
                        name="job_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("percent__lte", 100)), name="job_percent_to_100"),
                ],
            },
        ),
    ]
