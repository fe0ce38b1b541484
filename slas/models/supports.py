"""What a promise stands on: promises of teams and suppliers in its path."""

from django.db import models

from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from slas.models.targets import ServiceLevelTarget


@tracked
class Support(TenantModel):
    """A promise of an OLA or contract stands under a promise, as one step of its path; its next versions do too.

    Steps come one after the other; of those with the same number one is taken, and nobody knows which. It is how IT
    keeps the promise, and no part of what the other side accepts.
    """

    target = TenantForeignKey(ServiceLevelTarget, models.CASCADE, related_name="supports")
    by = TenantForeignKey(ServiceLevelTarget, models.CASCADE, related_name="stands_under")
    step = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "target", "by"], name="support_once"),
            models.CheckConstraint(condition=models.Q(step__gte=1), name="support_step_from_one"),
        ]
