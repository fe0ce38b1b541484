"""What is agreed has somebody who does it and a day; size and priority are of their lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_tell_units_apart"),
        ("catalog", "0004_search_forgives_typos"),
        ("improvement", "0003_when_it_was_closed"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="improvementopportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__in", ["", "small", "medium", "large"])), name="improvement_size_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementopportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__in", [1, 2, 3])), name="improvement_priority_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="improvementopportunity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "in_progress")), _negated=True),
                    models.Q(("due_on__isnull", False), ("owner__isnull", False)),
                    _connector="OR",
                ),
                name="improvement_promised_by_somebody",
            ),
        ),
    ]
