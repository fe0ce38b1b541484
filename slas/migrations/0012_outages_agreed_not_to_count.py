"""Both sides may agree that an outage does not count, and say why."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0011_figures_that_cannot_be_calculated_say_why"),
    ]

    operations: ClassVar = [
        ChangeTables([migrations.AddField("outage", "left_out_reason", models.CharField(blank=True, max_length=300))]),
    ]
