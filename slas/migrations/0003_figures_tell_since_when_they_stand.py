"""Since when a figure is what it is; of those that were computed already nobody knows better than: since now."""

from typing import ClassVar

from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0002_tenant_walls")]

    operations: ClassVar = [
        migrations.AddField(
            "attainment", "changed_at", models.DateTimeField(default=timezone.now), preserve_default=False
        ),
    ]
