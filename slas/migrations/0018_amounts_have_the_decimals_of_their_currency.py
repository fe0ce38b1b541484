"""Amounts have up to four decimals: those of three (KWD, BHD) and of four (CLF) are kept as they are."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0017_seals_outlast_a_restore")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.AlterField(
                    model_name="creditband",
                    name="credit",
                    field=models.DecimalField(decimal_places=4, max_digits=16),
                ),
                migrations.AlterField(
                    model_name="creditbandevent",
                    name="credit",
                    field=models.DecimalField(decimal_places=4, max_digits=16),
                ),
                migrations.AlterField(
                    model_name="creditscheme",
                    name="fee",
                    field=models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="monthly fee"
                    ),
                ),
                migrations.AlterField(
                    model_name="creditscheme",
                    name="month_cap",
                    field=models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="at most in a month"
                    ),
                ),
                migrations.AlterField(
                    model_name="creditscheme",
                    name="year_cap",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=16,
                        null=True,
                        verbose_name="at most in a calendar year",
                    ),
                ),
                migrations.AlterField(
                    model_name="creditschemeevent",
                    name="fee",
                    field=models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="monthly fee"
                    ),
                ),
                migrations.AlterField(
                    model_name="creditschemeevent",
                    name="month_cap",
                    field=models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="at most in a month"
                    ),
                ),
                migrations.AlterField(
                    model_name="creditschemeevent",
                    name="year_cap",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=16,
                        null=True,
                        verbose_name="at most in a calendar year",
                    ),
                ),
                migrations.AlterField(
                    model_name="creditstatement",
                    name="amount",
                    field=models.DecimalField(decimal_places=4, max_digits=16),
                ),
                migrations.AlterField(
                    model_name="creditstatement",
                    name="change",
                    field=models.DecimalField(decimal_places=4, max_digits=16),
                ),
                migrations.AlterField(
                    model_name="creditstatementevent",
                    name="amount",
                    field=models.DecimalField(decimal_places=4, max_digits=16),
                ),
                migrations.AlterField(
                    model_name="creditstatementevent",
                    name="change",
                    field=models.DecimalField(decimal_places=4, max_digits=16),
                ),
            ]
        )
    ]
