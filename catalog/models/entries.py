"""What the catalogue says of a service, in versions; and the days on which that changes."""

import pgtrigger
from django.db import models

from catalog.models.services import Service
from portal.accounts.models import Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class EntryState(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


class EntryVersion(TenantModel):
    """One version of the words that the catalogue has for a service.

    A draft is read by IT and by the business owner alone; a second person approves it; published it stays as it is,
    and its name, description and users become those of the service. `revision` counts how often a draft was written,
    so that nobody writes over words that they have not read. A version without a writer was there before versions were
    kept, or came with a table.
    """

    service = TenantForeignKey(Service, models.CASCADE, related_name="entry_versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    description = models.TextField(max_length=2000)
    used_by = models.CharField("who may use it", max_length=200, blank=True)
    hours_words = models.CharField("hours", max_length=200, blank=True)
    how_to_ask = models.CharField(max_length=500, blank=True)
    price_words = models.CharField("what it costs", max_length=200, blank=True)
    also_called = models.CharField(max_length=300, blank=True)
    busy_times = models.CharField("when it matters most", max_length=300, blank=True)
    help_words = models.CharField("who helps", max_length=300, blank=True)
    delivered = models.CharField("what you get", max_length=500, blank=True)
    accepted_how = models.CharField("how it is accepted", max_length=500, blank=True)
    effort_words = models.CharField("how much work is agreed", max_length=200, blank=True)
    working_days = models.PositiveSmallIntegerField("working days until it begins", null=True, blank=True)
    builds_on_it = models.CharField("what builds on it", max_length=300, blank=True)
    written_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    approved_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    publish_on = models.DateField(null=True, blank=True)
    published_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    words_reason = models.CharField(max_length=500, blank=True)  # why words stay that readers may not know
    words_found = models.CharField(max_length=500, blank=True)  # which ones

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service", "number"], name="entry_version_number"),
            models.UniqueConstraint(
                fields=["tenant", "service"],
                condition=models.Q(state__in=["draft", "approved"]),
                name="entry_version_one_open",
            ),
            models.CheckConstraint(condition=models.Q(state__in=EntryState.values), name="entry_state_known"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("written_by")),
                name="entry_approved_by_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=EntryState.PUBLISHED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @property
    def token(self) -> str:
        """Which words somebody has read: of this version, as often as it was written."""
        return f"{self.number}.{self.revision}"


class PlannedRetirement(TenantModel):
    """A day on which a service leaves the catalogue, told beforehand to those who have it; kept once it is done."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="planned_retirements")
    on = models.DateField()
    reason = models.CharField(max_length=500)
    planned_by = TenantForeignKey(Membership, related_name="+")
    planned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=500, blank=True)  # what stood in the way on the day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "service"],
                condition=models.Q(done_at__isnull=True),
                name="retirement_planned_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} until {self.on}"
