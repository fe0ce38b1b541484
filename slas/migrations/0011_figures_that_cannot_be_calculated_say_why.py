"""A period that cannot be calculated is set aside with the reason, and holds up no other."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0010_the_database_holds_what_forms_explain"),
    ]

    operations: ClassVar = [
        ChangeTables([migrations.AddField("dirtytarget", "failure", models.CharField(blank=True, max_length=500))]),
    ]
