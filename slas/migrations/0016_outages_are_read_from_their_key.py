"""The key of outages holds their ends too: the times of many measures are read from it, without the rows."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0015_wording_exceptions_and_own_words")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RemoveConstraint("outage", "outage_key"),
                migrations.AddConstraint(
                    "outage",
                    models.UniqueConstraint(
                        fields=["tenant", "measure_id", "started_at"], include=["ended_at"], name="outage_key"
                    ),
                ),
            ]
        )
    ]
