"""Pauses that were entered afterwards and that nobody approved are few among all: an index holds only them."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0003_measurements_by_month")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.AddIndex(
                    model_name="casepause",
                    index=models.Index(
                        condition=models.Q(("approved_by", ""), ("entered_at__gt", models.F("started_at"))),
                        fields=["tenant", "measure_id", "started_at"],
                        name="case_pause_not_approved",
                    ),
                ),
            ]
        )
    ]
