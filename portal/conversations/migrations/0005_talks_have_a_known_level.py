"""A talk is held at a level that there is."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("conversations", "0004_send_mail_later")]

    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["operational", "tactical", "strategic"])),
                name="conversation_level_known",
            ),
        ),
    ]
