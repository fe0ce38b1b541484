"""An anchor holds the addresses of an agreement and of a promise, and what is meant of it."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep

MODELS = ("figure", "reviewparagraph", "reviewparagraphevent", "reviewthread")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reporting", "0003_what_an_hour_costs_is_said_by_day")]

    operations: ClassVar = [
        InOneStep([migrations.AlterField(name, "anchor", models.CharField(max_length=240)) for name in MODELS])
    ]
