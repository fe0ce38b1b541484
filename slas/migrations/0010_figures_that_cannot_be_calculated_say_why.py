"""A period that cannot be calculated is set aside with the reason, and holds up no other."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0009_logs_say_what_they_cover"),
    ]

    operations: ClassVar = [
        ChangeTables([migrations.AddField("dirtytarget", "failure", models.CharField(blank=True, max_length=500))]),
    ]
