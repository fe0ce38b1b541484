"""A notification has a key, so that each member is told of one thing once."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("conversations", "0002_tenant_walls")]

    operations: ClassVar = [
        migrations.AddField(
            "notification", "key", models.CharField(max_length=200, default=""), preserve_default=False
        ),
        migrations.RunSQL("UPDATE conversations_notification SET key = 'notification-' || id", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "notification", models.UniqueConstraint(fields=("tenant", "member", "key"), name="notification_once")
        ),
    ]
