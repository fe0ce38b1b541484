"""Agreements between named parties, and the service hours that they use."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models

from catalog.models import Service, ServiceOffering
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel


class PartyKind(models.TextChoices):
    """Who can make an agreement."""

    BUSINESS_UNIT = "business_unit", "Business unit"
    PROVIDER = "provider", "Provider"
    TEAM = "team", "Team"
    SUPPLIER = "supplier", "Supplier"


class AgreementKind(models.TextChoices):
    """The three kinds of agreement; one table holds them."""

    SLA = "sla", "Service level agreement"
    OLA = "ola", "Operational level agreement"
    CONTRACT = "contract", "Underpinning contract"


class AgreementState(models.TextChoices):
    """Where an agreement version stands."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    NEGOTIATION = "negotiation", "In negotiation"
    AGREED = "agreed", "Agreed"
    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Superseded"
    EXPIRED = "expired", "Expired"
    TERMINATED = "terminated", "Terminated"


class DutyKind(models.TextChoices):
    """When the customer's part is needed."""

    DUTY = "duty", "While the agreement holds"
    PREREQUISITE = "prerequisite", "Before the service can begin"


class DutyStatus(models.TextChoices):
    """Where a duty stands on a day."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    OVERDUE = "overdue", "Overdue"


# The other side reads it and answers.
ON_OFFER = (AgreementState.PROPOSED, AgreementState.NEGOTIATION)
# It promises nothing yet.
NOT_YET_AGREED = (AgreementState.DRAFT, *ON_OFFER)
# Versions that held.
ENDED = (AgreementState.SUPERSEDED, AgreementState.EXPIRED, AgreementState.TERMINATED)


@tracked
class Party(TenantModel):
    """One side of an agreement."""

    kind = models.CharField(max_length=14, choices=PartyKind)
    name = models.CharField(max_length=200)
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="parties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "name"], name="party_name")]

    def __str__(self) -> str:
        return self.name


@tracked
class ServiceHours(TenantModel):
    """When a service is promised: local windows, dated exceptions, holidays, one IANA zone (calculation, section 1).

    A version holds from `starts_on` on; until then the one that it replaces does. Without a day it holds throughout.
    """

    name = models.CharField(max_length=120)
    words = models.CharField(max_length=160, help_text="How readers hear it, for example “04:00 to 22:00, every day”.")
    time_zone = models.CharField(max_length=60)
    holiday_region = models.CharField(
        max_length=20,
        blank=True,
        help_text="Country or country and part, for example GB-ENG: public holidays are closed.",
    )
    version = models.PositiveSmallIntegerField(default=1)
    replaces = TenantForeignKey("self", null=True, blank=True, related_name="replaced_by")
    starts_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name", "version"], name="service_hours_version"),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True, starts_on__isnull=True)
                | models.Q(replaces__isnull=False, starts_on__isnull=False),
                name="service_hours_replace_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.version == 1 else f"{self.name}, version {self.version}"


@tracked
class HoursWindow(TenantModel):
    """Open on one weekday (Monday is 0) from one local minute of the day to another; past 1,440 on the next day.

    One window is at most a day long; whole days that follow each other are one window each.
    """

    service_hours = TenantForeignKey(ServiceHours, models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()
    opens_at = models.PositiveSmallIntegerField()
    closes_at = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="window_weekday"),
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=1440, closes_at__gt=models.F("opens_at")),
                name="window_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__lte=models.F("opens_at") + 1440), name="window_within_a_day"
            ),
        ]


@tracked
class HoursException(TenantModel):
    """A date that differs: closed when it has no times, otherwise open in these hours only."""

    service_hours = TenantForeignKey(ServiceHours, models.CASCADE, related_name="exceptions")
    on = models.DateField()
    opens_at = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_at = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True, closes_at__isnull=True)
                | models.Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    opens_at__lt=1440,
                    closes_at__gt=models.F("opens_at"),
                ),
                name="hours_exception_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__lte=models.F("opens_at") + 1440),
                name="hours_exception_within_a_day",
            ),
        ]


@tracked
class Agreement(TenantModel):
    """One version of what a provider promises a customer.

    It is drafted, proposed, perhaps negotiated, agreed by both sides, and in force from its first day on; it ends when
    the next version begins, when its own end comes, or when it is ended before.
    """

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=AgreementKind, default=AgreementKind.SLA)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=AgreementState, default=AgreementState.DRAFT)
    customer = TenantForeignKey(Party, related_name="agreements_as_customer")
    provider = TenantForeignKey(Party, related_name="agreements_as_provider")
    underpins = TenantForeignKey("self", null=True, blank=True, related_name="underpinned_by")
    time_zone = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    answer_working_days = models.PositiveSmallIntegerField(
        default=2, help_text="Within how many working days IT answers a question or dispute."
    )
    notice_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many days before its end either side says that it ends."
    )
    renews_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Without notice it goes on for so many months, again and again."
    )
    review_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Both sides look at it together each time after so many months."
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    notice_given_on = models.DateField(null=True, blank=True)
    # The transaction in which it was agreed; the database lets only that one still change what both sides agreed on.
    sealed_in = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug", "version"], name="agreement_version"),
            models.UniqueConstraint(
                fields=["tenant", "slug"], condition=models.Q(state="in_force"), name="agreement_in_force_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "slug"],
                condition=models.Q(state__in=NOT_YET_AGREED),
                name="agreement_not_yet_agreed_once",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=AgreementKind.values), name="agreement_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=(models.Q(notice_days__isnull=True) | models.Q(notice_days__lte=730))
                & (models.Q(renews_months__isnull=True) | models.Q(renews_months__range=(1, 120)))
                & (models.Q(review_months__isnull=True) | models.Q(review_months__range=(1, 60))),
                name="agreement_rhythm_in_range",
            ),
            ExclusionConstraint(
                name="agreement_one_version_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("slug", RangeOperators.EQUAL),
                    (
                        models.Func("starts_on", "ends_on", function="DATERANGE", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~models.Q(state__in=NOT_YET_AGREED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"

    @property
    def sides(self) -> tuple[Party, Party]:
        """Who agrees: the customer and the provider."""
        return self.customer, self.provider


@tracked
class AgreementScope(TenantModel):
    """One line of what an agreement covers: a service, all of it or one offering, for a business unit.

    The days are those of the agreement; the database keeps them so, and lets one service level agreement at a time
    promise the same service to the same unit. `holds` says that both sides of a service level agreement agreed on it.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="scope")
    service = TenantForeignKey(Service, related_name="+")
    offering = TenantForeignKey(ServiceOffering, null=True, blank=True, related_name="+")
    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="+")
    covered_words = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True, editable=False)
    ends_on = models.DateField(null=True, blank=True, editable=False)
    holds = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "agreement", "service", "offering", "business_unit"],
                nulls_distinct=False,
                name="agreement_scope_line_once",
            ),
            models.CheckConstraint(
                condition=models.Q(holds=False) | models.Q(business_unit__isnull=False, starts_on__isnull=False),
                name="agreement_scope_names_its_unit",
            ),
            ExclusionConstraint(
                name="agreement_scope_once_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    ("business_unit", RangeOperators.EQUAL),
                    (  # without an offering: all of them, so that it overlaps each
                        models.Func(
                            "offering",
                            "offering",
                            models.Value("[]"),
                            function="INT8RANGE",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        models.Func("starts_on", "ends_on", function="DATERANGE", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(holds=True),
            ),
        ]


@tracked
class Obligation(TenantModel):
    """What the customer does so that a promise can be kept; the next versions keep its address."""

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="obligations")
    slug = models.CharField(max_length=100, validators=[SLUG])
    kind = models.CharField(max_length=12, choices=DutyKind, default=DutyKind.DUTY)
    service = TenantForeignKey(Service, null=True, blank=True, related_name="obligations")
    text = models.CharField(max_length=300)
    short_text = models.CharField(max_length=120)
    owner = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement", "slug"], name="obligation_address"),
            models.CheckConstraint(condition=models.Q(kind__in=DutyKind.values), name="obligation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.short_text

    def status_on(self, on: date) -> DutyStatus:
        """Where it stood at the end of a day: a duty that was done later was open or overdue until then."""
        if self.done_on is not None and self.done_on <= on:
            return DutyStatus.DONE
        return DutyStatus.OVERDUE if self.due_on is not None and self.due_on < on else DutyStatus.OPEN


@tracked
class OfferedLevel(TenantModel):
    """One line of what an offering promises, so that levels can be compared side by side."""

    offering = TenantForeignKey(ServiceOffering, models.CASCADE, related_name="levels")
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=0)
    threshold = models.DecimalField("percent", max_digits=8, decimal_places=4, null=True, blank=True)
    within_seconds = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField(
        max_length=120, blank=True, help_text="Said when the level is no percentage, for example “05:00 to 20:00”."
    )
    shows_allowed_time = models.BooleanField(
        default=False, help_text="Say the longest time a month without the service."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "offering", "name"], name="offered_level_name")]
