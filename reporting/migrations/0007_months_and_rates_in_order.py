"""A review is of a month, named by its first day; a range of value is in order."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reporting", "0006_disputes_end_after_their_answer")]

    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="servicereview",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="review_month_by_its_first"),
        ),
        migrations.AddConstraint(
            model_name="valuestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("low_rate__isnull", True),
                    ("high_rate__isnull", True),
                    ("high_rate__gte", models.F("low_rate")),
                    _connector="OR",
                ),
                name="value_rates_in_order",
            ),
        ),
    ]
