"""A number of interruptions can be promised."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep

KINDS = [
    ("availability", "Share of service hours in which it can be used"),
    ("reliability", "Number of interruptions"),
    ("cases", "Share of cases solved within a time"),
    ("volume", "Share of units of work within their standard"),
    ("occasions", "Deadline on occasions"),
    ("satisfaction", "Share of good answers"),
    ("readings", "Share of readings within a limit"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0009_readings_within_a_limit")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RemoveConstraint(
                    model_name="serviceleveltarget",
                    name="target_kind_known",
                ),
                migrations.RemoveConstraint(
                    model_name="serviceleveltarget",
                    name="target_share_unless_occasions",
                ),
                migrations.AlterField(
                    model_name="serviceleveltarget",
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=12),
                ),
                migrations.AlterField(
                    model_name="serviceleveltargetevent",
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=12),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", [kind for kind, _label in KINDS])), name="target_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_trial", True),
                            ("kind__in", ["occasions", "reliability"]),
                            ("threshold__isnull", False),
                            _connector="OR",
                        ),
                        name="target_share_unless_counted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reliability"), _negated=True),
                            models.Q(("minimum_outage_seconds__gte", 1), ("threshold__isnull", True)),
                            _connector="OR",
                        ),
                        name="target_of_interruptions_is_a_number",
                    ),
                ),
            ]
        )
    ]
