"""What a figure was calculated from is kept with it; of those that were closed already nobody can say it any more."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0003_figures_tell_since_when_they_stand")]

    operations: ClassVar = [
        migrations.AddField("attainment", "inputs", models.TextField(default="")),
    ]
