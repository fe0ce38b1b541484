"""A figure keeps each case, date, count or round that was judged: it can be opened down to them."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0012_outages_agreed_not_to_count"),
    ]

    operations: ClassVar = [
        ChangeTables([migrations.AddField("attainment", "records", models.JSONField(default=list))]),
    ]
