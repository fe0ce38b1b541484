"""What we will make better: the CSI register."""

from django.db import models

from catalog.models import BusinessGoal, Service
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class ImprovementState(models.TextChoices):
    """States of an improvement, in order."""

    OPPORTUNITY = "opportunity", "Opportunity"
    ASSESSED = "assessed", "Assessed"
    APPROVED = "approved", "Approved"
    IN_PROGRESS = "in_progress", "In progress"
    MEASURING = "measuring", "Measuring"
    CONFIRMED = "confirmed", "Confirmed"
    NOT_PROVEN = "not_proven", "Not proven"
    DROPPED = "dropped", "Dropped"


PROMISED = (ImprovementState.APPROVED, ImprovementState.IN_PROGRESS)  # somebody does it, until a day


class Size(models.TextChoices):
    """How much work an improvement is."""

    SMALL = "small", "Small"
    MEDIUM = "medium", "Medium"
    LARGE = "large", "Large"


class Priority(models.IntegerChoices):
    """How soon it should be done."""

    HIGH = 1, "High"
    MIDDLE = 2, "Middle"
    LOW = 3, "Low"


@tracked
class ImprovementOpportunity(TenantModel):
    """Something that could be better; with an owner and a date it is an initiative of the register."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    notice = models.CharField("what you will notice", max_length=300, blank=True)
    why = models.CharField("comes from", max_length=300)
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="improvements")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="improvements")
    goal = TenantForeignKey(BusinessGoal, null=True, blank=True, related_name="improvements")
    state = models.CharField(max_length=12, choices=ImprovementState, default=ImprovementState.OPPORTUNITY)
    size = models.CharField(max_length=8, choices=Size, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.MIDDLE)
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    raised_by = TenantForeignKey(Membership, related_name="+")
    raised_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="improvement_number"),
            models.CheckConstraint(
                condition=models.Q(state__in=ImprovementState.values), name="improvement_state_known"
            ),
            models.CheckConstraint(condition=models.Q(size__in=["", *Size.values]), name="improvement_size_known"),
            models.CheckConstraint(condition=models.Q(priority__in=Priority.values), name="improvement_priority_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=PROMISED) | models.Q(owner__isnull=False, due_on__isnull=False),
                name="improvement_promised_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """How people name it: IMP-14."""
        return f"IMP-{self.number:02d}"
