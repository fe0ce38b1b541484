"""How a unit and IT talk at each level: how often, and how soon either side answers."""

from datetime import datetime

from django.db import models

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.conversations.models import Level
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel

MOST_DAYS = 20


class Rhythm(models.IntegerChoices):
    """How long it may be silent: days within which somebody says something."""

    WEEK = 7, "Each week"
    FORTNIGHT = 14, "Each fortnight"
    MONTH = 31, "Each month"
    QUARTER = 92, "Each quarter"
    HALF_YEAR = 183, "Each half year"
    YEAR = 366, "Each year"


@tracked
class TalkChannel(TenantModel):
    """What a unit and IT have agreed about talking at one level, and who speaks for each; or what one side proposes
    (`set_by`), until the other accepts it.
    """

    business_unit = TenantForeignKey(BusinessUnit, related_name="channels")
    level = models.CharField(max_length=12, choices=Level)
    rhythm_days = models.PositiveSmallIntegerField(choices=Rhythm)
    answer_working_days = models.PositiveSmallIntegerField()
    for_it = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    for_business = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    set_by = TenantForeignKey(Membership, related_name="+")
    set_at = models.DateTimeField()
    accepted_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "business_unit", "level"],
                condition=models.Q(accepted_at__isnull=False),
                name="channel_agreed_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "business_unit", "level"],
                condition=models.Q(accepted_at__isnull=True),
                name="channel_proposed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="channel_accepted_by_somebody",
            ),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="channel_level_known"),
            models.CheckConstraint(condition=models.Q(rhythm_days__in=Rhythm.values), name="channel_rhythm_known"),
            models.CheckConstraint(
                condition=models.Q(answer_working_days__range=(1, MOST_DAYS)), name="channel_days_in_range"
            ),
        ]

    @property
    def agreed_at(self) -> datetime:
        """Since when its rhythm counts."""
        return self.accepted_at or self.set_at
