"""Outages that do not count, or do not stop everybody, are few among all: an index holds only them."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0005_agreements_are_proposed_and_agreed")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.AddIndex(
                    model_name="outage",
                    index=models.Index(
                        condition=models.Q(
                            ("is_degraded", True),
                            models.Q(("left_out_reason", ""), _negated=True),
                            ("affected_percent__isnull", False),
                            _connector="OR",
                        ),
                        fields=["tenant", "measure_id", "started_at"],
                        name="outage_unusual",
                    ),
                ),
            ]
        )
    ]
