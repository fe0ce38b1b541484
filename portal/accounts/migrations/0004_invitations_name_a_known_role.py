"""An invitation gives a role that there is."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_tell_units_apart")]

    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "administrator",
                            "service_level_manager",
                            "service_owner",
                            "business_unit_head",
                            "business_member",
                            "auditor",
                        ],
                    )
                ),
                name="invitation_role_known",
            ),
        ),
    ]
