"""Service credits: what is agreed about them, and what is credited for a month."""

from typing import ClassVar

import pgtrigger
from django.db import models

from portal.accounts.models import Membership, Role
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel
from slas.models.agreements import Agreement
from slas.models.targets import ServiceLevelTarget


class CreditBasis(models.TextChoices):
    """What credits and their caps are written in."""

    SHARE_OF_FEE = "share_of_fee", "Percent of the monthly fee"
    AMOUNT = "amount", "A fixed sum"


class SeveralRule(models.TextChoices):
    """What one event costs that hits several promises."""

    HIGHEST = "highest", "The highest credit of them"
    SUM = "sum", "All of them together"


class CreditState(models.TextChoices):
    """Where a statement of credits stands."""

    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    STATED = "stated", "Stated"
    EARNED_BACK = "earned_back", "Earned back"


# What people decided about; where a statement stands afterwards goes on.
DECIDED = (
    "scheme_id", "month", "revision", "currency", "amount", "change", "lines", "sums", "proof", "computed_at",
    "decided_by_id", "decided_at", "reason",
)  # fmt: skip


def _row(version: str) -> str:
    return ", ".join(f'{version}."{column}"' for column in DECIDED)


# Who approves credits is agreed; each of these roles belongs to IT.
APPROVERS = [(role.value, role.label) for role in (Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER, Role.ADMINISTRATOR)]


@tracked
class CreditScheme(TenantModel):
    """What an agreement gives when some of its promises are missed, and within which caps.

    Credits and caps are in percent of the fee, or in money; the cap of a year is in percent of twelve monthly fees.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="credit_schemes")
    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=120, help_text="For example “Credits for ordering”.")
    basis = models.CharField("credits are", max_length=12, choices=CreditBasis)
    fee = models.DecimalField("monthly fee", max_digits=16, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3)
    month_cap = models.DecimalField("at most in a month", max_digits=16, decimal_places=4, null=True, blank=True)
    year_cap = models.DecimalField("at most in a calendar year", max_digits=16, decimal_places=4, null=True, blank=True)
    several = models.CharField(
        "one event that hits several promises costs", max_length=7, choices=SeveralRule, default=SeveralRule.HIGHEST
    )
    earn_back_months = models.PositiveSmallIntegerField("earned back after so many kept months", null=True, blank=True)
    excludes_unmet = models.BooleanField("nothing while a duty of the customer is overdue", default=True)
    approver_role = models.CharField("approved by", max_length=30, choices=APPROVERS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement", "slug"], name="credit_scheme_slug"),
            models.CheckConstraint(
                condition=models.Q(basis__in=CreditBasis.values, several__in=SeveralRule.values),
                name="credit_scheme_rules_known",
            ),
            models.CheckConstraint(
                condition=models.Q(approver_role__in=[role for role, _label in APPROVERS]),
                name="credit_scheme_approver_known",
            ),
            models.CheckConstraint(
                condition=models.Q(basis="amount") | models.Q(fee__isnull=False), name="credit_share_has_a_fee"
            ),
            models.CheckConstraint(
                condition=(models.Q(fee__isnull=True) | models.Q(fee__gte=0))
                & (models.Q(month_cap__isnull=True) | models.Q(month_cap__gte=0))
                & (models.Q(year_cap__isnull=True) | models.Q(year_cap__gte=0)),
                name="credit_scheme_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(earn_back_months__isnull=True)
                | models.Q(earn_back_months__gte=1, earn_back_months__lte=12),
                name="credit_scheme_earn_back",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class CreditBand(TenantModel):
    """Values of a promise between two bounds, and what they are worth: percentages, or numbers where one is promised.

    The bound on the side of the promise belongs to the better band. Without `high` a band of numbers has no end, and
    one of percentages reaches up to the promise.
    """

    scheme = TenantForeignKey(CreditScheme, models.CASCADE, related_name="bands")
    target = TenantForeignKey(ServiceLevelTarget, models.CASCADE, related_name="credit_bands")
    low = models.DecimalField("from", max_digits=8, decimal_places=4)
    high = models.DecimalField("to", max_digits=8, decimal_places=4, null=True, blank=True)
    credit = models.DecimalField(max_digits=16, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "target", "low"], name="credit_band_once"),
            models.CheckConstraint(
                condition=models.Q(low__gte=0, credit__gte=0)
                & (models.Q(high__isnull=True) | models.Q(high__gt=models.F("low"))),
                name="credit_band_in_order",
            ),
        ]


@tracked
class CreditStatement(TenantModel):
    """What a scheme gives for a month: computed by a worker, decided by people, then told to the customer.

    A proposal is computed again while nobody has decided. A decided one stays; where figures are restated the next
    revision says what the month is worth now, and what that changes.
    """

    scheme = TenantForeignKey(CreditScheme, models.CASCADE, related_name="statements")
    month = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=11, choices=CreditState, default=CreditState.PROPOSED)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=16, decimal_places=4)
    change = models.DecimalField(max_digits=16, decimal_places=4)  # against what was approved of the month before
    lines = models.JSONField(default=list)  # each promise: its figure, band, worth, credit, and why
    sums = models.JSONField(default=dict)  # together, after the cap of the month, after that of the year
    proof = models.JSONField(default=dict)  # the inputs in their written form, their hash, the version of the rules
    computed_at = models.DateTimeField()
    decided_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    reference = models.CharField("credit note", max_length=80, blank=True)
    stated_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    stated_at = models.DateTimeField(null=True, blank=True)
    earned_back_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    earned_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "scheme", "month", "revision"], name="credit_revision"),
            models.UniqueConstraint(
                fields=["tenant", "scheme", "month"], condition=models.Q(state="proposed"), name="credit_open_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=CreditState.values), name="credit_state_known"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="credit_month_by_its_first"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="credit_not_below_zero"),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="credit_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""), name="credit_declined_with_a_reason"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="decided_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f'OLD."decided_at" IS NOT NULL AND ({_row("OLD")}) IS DISTINCT FROM ({_row("NEW")})'
                ),
            ),
            pgtrigger.Protect(
                name="decided_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.name}, {self.month:%B %Y}"
