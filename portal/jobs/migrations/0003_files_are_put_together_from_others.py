"""A job may wait for others, and put together what they made."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant

STATES = ("queued", "waiting", "running", "done", "failed")
NAMED = ("Waiting", "Waiting for its parts", "Running", "Ready", "Failed")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("jobs", "0002_tenant_walls"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RemoveConstraint("job", "job_state_known"),
                migrations.AlterField(
                    "job",
                    "state",
                    models.CharField(choices=list(zip(STATES, NAMED, strict=True)), default="queued", max_length=10),
                ),
                migrations.AddConstraint(
                    "job",
                    models.CheckConstraint(condition=models.Q(("state__in", list(STATES))), name="job_state_known"),
                ),
                migrations.CreateModel(
                    name="JobPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "job",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="jobs.job"
                            ),
                        ),
                        (
                            "part",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="part_of", to="jobs.job"
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
                ),
                migrations.AddIndex("jobpart", models.Index(fields=["tenant", "part"], name="job_part_by_part")),
                migrations.AddConstraint(
                    "jobpart",
                    models.UniqueConstraint(fields=("tenant", "job", "part"), name="job_part_once"),
                ),
            ]
        ),
        ProtectTenantTable("jobpart"),
        ReferWithinTenant("jobpart"),
    ]
