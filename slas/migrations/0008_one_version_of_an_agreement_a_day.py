"""The database holds that no day is promised by two versions of one agreement."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("slas", "0007_work_says_when_it_ended"),
    ]

    operations: ClassVar = [
        BtreeGistExtension(),
        migrations.AddConstraint(
            "agreement",
            ExclusionConstraint(
                condition=models.Q(("state", "draft"), _negated=True),
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("slug", RangeOperators.EQUAL),
                    (
                        models.Func("starts_on", "ends_on", function="DATERANGE", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                name="agreement_one_version_a_day",
            ),
        ),
    ]
