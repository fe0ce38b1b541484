"""A mail that could not be sent waits before it is tried again."""

from typing import ClassVar

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("conversations", "0003_notify_once")]

    operations: ClassVar = [
        migrations.AddField(
            "outboxmessage", "due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())
        ),
        migrations.AddIndex(
            "outboxmessage",
            models.Index("tenant", "due_at", condition=models.Q(sent_at=None), name="outbox_waiting"),
        ),
    ]
