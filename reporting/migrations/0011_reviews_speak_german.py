"""A report agreement may say that its reviews are in German."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("reporting", "0010_both_sides_meet_ask_and_answer"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RemoveConstraint(
                    model_name="reportagreement",
                    name="report_agreement_language_known",
                ),
                migrations.AlterField(
                    model_name="reportagreement",
                    name="language",
                    field=models.CharField(choices=[("en", "English"), ("de", "Deutsch")], default="en", max_length=10),
                ),
                migrations.AlterField(
                    model_name="reportagreementevent",
                    name="language",
                    field=models.CharField(choices=[("en", "English"), ("de", "Deutsch")], default="en", max_length=10),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("language__in", ["en", "de"])), name="report_agreement_language_known"
                    ),
                ),
            ]
        )
    ]
