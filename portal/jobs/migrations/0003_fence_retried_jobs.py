"""A job tried again by hand goes on counting its attempts; the sweep knows when the broker was last told."""

from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("jobs", "0002_tenant_walls")]

    operations: ClassVar = [
        migrations.AddField("job", "attempts_allowed", models.PositiveSmallIntegerField(default=5)),
        migrations.AddField(
            "job", "sent_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())
        ),
    ]
