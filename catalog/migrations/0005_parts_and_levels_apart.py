"""No two alternatives of one name, no part in steps that do not exist, no level given twice for the same days.

btree_gist is a trusted extension, so the owner of the database may add it.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_tell_units_apart"),
        ("catalog", "0004_search_forgives_typos"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group__isnull", False), ("requirement", "alternative")),
                    models.Q(models.Q(("requirement", "alternative"), _negated=True), ("group__isnull", True)),
                    _connector="OR",
                ),
                name="dependency_group_of_alternatives",
            ),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_step__isnull", True), ("last_step__isnull", True)),
                    models.Q(
                        ("first_step__gte", 1),
                        ("first_step__isnull", False),
                        ("last_step__gte", models.F("first_step")),
                        ("last_step__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dependency_steps_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="dependencygroup",
            constraint=models.UniqueConstraint(fields=("tenant", "service", "name"), name="dependency_group_name"),
        ),
        migrations.AddConstraint(
            model_name="dependencygroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("needed__gte", 1)), name="dependency_group_needs_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("offering", "="),
                    (django.db.models.functions.comparison.Coalesce("business_unit", models.Value(0)), "="),
                    (
                        models.Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="entitlement_times_apart",
            ),
        ),
    ]
