"""Planned work says when it really ended: what overran its announced end counts as down."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0006_raw_facts_carry_no_references"),
    ]

    operations: ClassVar = [
        migrations.AddField("plannedwork", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "plannedwork",
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=models.F("starts_at")),
                name="planned_work_ended_after_start",
            ),
        ),
    ]
