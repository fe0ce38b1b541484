"""What is counted, and what is promised about it."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalog.models import Component, Service
from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel
from slas.models.agreements import Agreement, ServiceHours


class FactKind(models.TextChoices):
    """What a measure's facts are."""

    OUTAGES = "outages", "Outages"
    CHECKS = "checks", "Checks"
    CASES = "cases", "Cases"
    OCCASIONS = "occasions", "Occasions"
    VOLUMES = "volumes", "Counted volumes"
    SURVEYS = "surveys", "Survey answers"
    READINGS = "readings", "Readings"


# Facts whose source may fall silent: how long one of them speaks can be agreed.
FALL_SILENT = (FactKind.CHECKS, FactKind.READINGS)


class TargetKind(models.TextChoices):
    """How a target is judged (calculation, sections 2, 3, 4, 5, 6a and 8)."""

    AVAILABILITY = "availability", "Share of service hours in which it can be used"
    RELIABILITY = "reliability", "Number of interruptions"
    CASES = "cases", "Share of cases solved within a time"
    VOLUME = "volume", "Share of units of work within their standard"
    OCCASIONS = "occasions", "Deadline on occasions"
    SATISFACTION = "satisfaction", "Share of good answers"
    READINGS = "readings", "Share of readings within a limit"


class ClockStop(models.TextChoices):
    """What stops the clock of a case."""

    SOLVED = "solved", "Solved"
    ANSWERED = "answered", "First answered by a person"


class CaseAttribution(models.TextChoices):
    """In which period a case counts."""

    DUE = "due", "It is due"
    STOPPED = "stopped", "Its clock stops"
    OPENED = "opened", "It is opened"


class PriorityRule(models.TextChoices):
    """From when the limit runs for a case that had another priority before."""

    START = "start", "The start of the case"
    CHANGE = "change", "The change"


class PercentileChoice(models.TextChoices):
    """How the time is found that a share of the cases did not exceed (calculation, section 5)."""

    NEAREST_RANK = "nearest_rank", "Nearest rank: a time that occurred"
    INCLUSIVE = "inclusive", "Between two times, inclusive"
    EXCLUSIVE = "exclusive", "Between two times, exclusive"
    MIDPOINT = "midpoint", "Midpoint of two times"


class PeriodKind(models.TextChoices):
    """Over which period a target is judged."""

    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"


class MissingPolicy(models.TextChoices):
    """What time without data counts as (calculation, section 9)."""

    EXCLUDE = "exclude", "Left out"
    DOWN = "down", "Counts as down"
    UP = "up", "Counts as up"


class WorkKind(models.TextChoices):
    """What planned work is; each promise says which kinds are taken out."""

    PLANNED = "planned", "Planned work"
    EMERGENCY = "emergency", "Emergency work"
    SUPPLIER = "supplier", "Work of a supplier"


class Schedule(models.TextChoices):
    """When occasions are due."""

    DAILY = "daily", "Every day"
    WORKING_DAYS = "working_days", "Each day with service hours"
    MONTHLY = "monthly", "One date a month"


@tracked
class Measure(TenantModel):
    """What is counted, from which source, and who decides."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    fact_kind = models.CharField("kind of facts", max_length=10, choices=FactKind)
    what = models.TextField("what is counted", max_length=1000)
    source = models.CharField(max_length=300)
    decider = models.CharField("who decides", max_length=200)
    unit_words = models.CharField("counted thing, plural", max_length=60, blank=True, help_text="For example “orders”.")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="measures")
    component = TenantForeignKey(Component, null=True, blank=True, related_name="measures")
    starts_on = models.DateField("measured since", null=True, blank=True)
    max_gap_seconds = models.PositiveIntegerField(
        "longest silence",
        null=True,
        blank=True,
        help_text="In seconds: so long after a check or reading nothing is known. Empty: silence is not noticed.",
    )
    notes = models.TextField(
        max_length=1000,
        blank=True,
        help_text="Choices that a reader must know, for example the zone of times without one.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="measure_slug"),
            models.CheckConstraint(condition=models.Q(fact_kind__in=FactKind.values), name="measure_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class ServiceLevelTarget(TenantModel):
    """One promise of an agreement: its sentence, its frame and its way of counting."""

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="targets")
    service = TenantForeignKey(Service, null=True, blank=True, related_name="targets")
    component = TenantForeignKey(Component, null=True, blank=True, related_name="targets")
    measure = TenantForeignKey(Measure, related_name="targets")
    slug = models.CharField(max_length=100, validators=[SLUG])
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("promise", max_length=200, help_text="For example “Customers can place orders”.")
    short_name = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(
        "target in words", max_length=600, help_text="For example “99.5 % of 04:00 to 22:00, every day”."
    )
    meaning = models.TextField("agreed meaning", max_length=1000, blank=True)
    agreed_note = models.CharField(
        max_length=300, blank=True, help_text="What counts and what does not, under the agreed figure."
    )
    experienced_note = models.CharField(
        max_length=300, blank=True, help_text="What counts, under the experienced figure."
    )

    kind = models.CharField(max_length=12, choices=TargetKind)
    is_trial = models.BooleanField("trial", default=False, help_text="Measured, no target yet.")
    trial_months = models.PositiveSmallIntegerField(
        "months of the trial", default=3, help_text="So long is measured before a level is proposed."
    )
    is_mandatory = models.BooleanField(default=True)
    threshold = models.DecimalField("percent promised", max_digits=8, decimal_places=4, null=True, blank=True)
    allowed_misses = models.PositiveIntegerField("allowed late", null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("decimals shown", default=1)
    period_kind = models.CharField(max_length=8, choices=PeriodKind, default=PeriodKind.MONTH)
    period_start_month = models.PositiveSmallIntegerField("first month of the year", default=1)
    starts_on = models.DateField(null=True, blank=True, help_text="Promised from this day; empty: with the agreement.")
    ends_on = models.DateField(null=True, blank=True)
    close_room = models.DecimalField(
        "close from this share of the room", max_digits=4, decimal_places=3, default=Decimal("0.75")
    )
    close_margin = models.DecimalField(
        "close within this margin, points", max_digits=8, decimal_places=4, null=True, blank=True
    )

    service_hours = TenantForeignKey(ServiceHours, null=True, blank=True, related_name="targets")
    degraded_share = models.DecimalField(
        "usable share when degraded",
        max_digits=4,
        decimal_places=3,
        default=Decimal(1),
        help_text="1: slow time costs nothing; 0.5: it counts half.",
    )
    planned_notice_days = models.PositiveSmallIntegerField("working days of notice", null=True, blank=True)
    planned_cap_seconds = models.PositiveIntegerField("planned work, at most seconds a period", null=True, blank=True)
    excluded_work = ArrayField(
        models.CharField(max_length=9, choices=WorkKind),
        verbose_name="announced work that is taken out",
        default=list,
        blank=True,
        help_text="Empty: all of it counts.",
    )
    weighs_users = models.BooleanField("an outage costs the share of the users whom it met", default=False)
    minimum_outage_seconds = models.PositiveIntegerField(default=0)
    merge_gap_seconds = models.PositiveIntegerField(default=0)
    missing_policy = models.CharField(max_length=8, choices=MissingPolicy, default=MissingPolicy.EXCLUDE)
    minimum_coverage = models.DecimalField("least data, percent", max_digits=5, decimal_places=2, default=Decimal(95))

    priorities = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="Empty: cases of each priority count."
    )
    clock_stop = models.CharField("the clock stops when", max_length=8, choices=ClockStop, default=ClockStop.SOLVED)
    within_seconds = models.PositiveIntegerField("solved within, seconds", null=True, blank=True)
    within_working_days = models.PositiveSmallIntegerField("solved within, working days", null=True, blank=True)
    pause_reasons = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="Empty: nothing halts the clock."
    )
    longest_pause_seconds = models.PositiveIntegerField(
        "a longer pause needs a note, seconds of service time", null=True, blank=True
    )
    reopen_days = models.PositiveSmallIntegerField(
        "goes on if opened again within, days", null=True, blank=True, help_text="Empty: whenever it is opened again."
    )
    priority_rule = models.CharField(
        "another priority counts from", max_length=6, choices=PriorityRule, default=PriorityRule.START
    )
    attribution = models.CharField(
        "a case counts where", max_length=7, choices=CaseAttribution, default=CaseAttribution.DUE
    )
    percentile_method = models.CharField(max_length=12, choices=PercentileChoice, default=PercentileChoice.NEAREST_RANK)

    reading_limit = models.DecimalField(
        "limit of a reading", max_digits=15, decimal_places=3, null=True, blank=True, help_text="In the measure's unit."
    )
    is_least = models.BooleanField("readings must reach the limit", default=False)

    schedule = models.CharField(max_length=12, choices=Schedule, blank=True)
    due_minute = models.PositiveSmallIntegerField("due at, minute of the day", null=True, blank=True)
    due_day = models.PositiveSmallIntegerField("due on day of the month", null=True, blank=True)

    loss_words = models.CharField(
        max_length=160, blank=True, help_text="What readers lose, for example “Customers could not place orders”."
    )
    short_loss_words = models.CharField(max_length=80, blank=True, help_text="For example “Not possible”.")
    unit_words = models.CharField(max_length=60, blank=True, help_text="The counted thing, for example “orders”.")
    good_words = models.CharField(max_length=80, blank=True, help_text="For example “solved in time”.")
    bad_words = models.CharField(max_length=80, blank=True, help_text="For example “were late”.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement", "slug"], name="target_slug"),
            models.CheckConstraint(condition=models.Q(kind__in=TargetKind.values), name="target_kind_known"),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=0) & models.Q(threshold__lte=100), name="target_threshold_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(period_start_month__gte=1, period_start_month__lte=12), name="target_start_month"
            ),
            models.CheckConstraint(
                condition=models.Q(is_trial=True)
                | models.Q(threshold__isnull=False)
                | models.Q(allowed_misses__isnull=False),
                name="target_promises_something",
            ),
            models.CheckConstraint(
                condition=models.Q(is_trial=True)
                | models.Q(kind__in=["occasions", "reliability"])
                | models.Q(threshold__isnull=False),
                name="target_share_unless_counted",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="reliability")
                | models.Q(threshold__isnull=True, minimum_outage_seconds__gte=1),
                name="target_of_interruptions_is_a_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="cases")
                | models.Q(within_seconds__isnull=False)
                | models.Q(within_working_days__isnull=False),
                name="target_of_cases_has_a_limit",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="readings") | models.Q(reading_limit__isnull=False),
                name="target_of_readings_has_a_limit",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="occasions") | (models.Q(due_minute__isnull=False) & ~models.Q(schedule="")),
                name="target_of_occasions_is_due",
            ),
            models.CheckConstraint(
                condition=~models.Q(schedule="monthly") | models.Q(due_day__isnull=False),
                name="target_once_a_month_has_a_day",
            ),
            models.CheckConstraint(
                condition=(models.Q(due_day__isnull=True) | models.Q(due_day__gte=1, due_day__lte=31))
                & (models.Q(due_minute__isnull=True) | models.Q(due_minute__lte=1440)),
                name="target_due_in_month_and_day",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="target_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(trial_months__gte=3, trial_months__lte=36), name="target_trial_is_long_enough"
            ),
            models.CheckConstraint(condition=models.Q(period_kind__in=PeriodKind.values), name="target_period_known"),
            models.CheckConstraint(
                condition=models.Q(missing_policy__in=MissingPolicy.values), name="target_missing_policy_known"
            ),
            models.CheckConstraint(condition=models.Q(clock_stop__in=ClockStop.values), name="target_clock_stop_known"),
            models.CheckConstraint(
                condition=models.Q(schedule__in=["", *Schedule.values]), name="target_schedule_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    attribution__in=CaseAttribution.values,
                    priority_rule__in=PriorityRule.values,
                    percentile_method__in=PercentileChoice.values,
                ),
                name="target_rules_of_cases_known",
            ),
            models.CheckConstraint(
                condition=models.Q(degraded_share__gte=0, degraded_share__lte=1, close_room__gte=0, close_room__lte=1),
                name="target_shares_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_coverage__gte=0, minimum_coverage__lte=100)
                & (models.Q(close_margin__isnull=True) | models.Q(close_margin__gte=0, close_margin__lte=100)),
                name="target_percentages",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class TargetProposal(TenantModel):
    """What one side proposes for a trial, and the answer of the other: a percentage, a number, or more months of trial.

    A side that wants something else declines with its reason and proposes that.
    """

    target = TenantForeignKey(ServiceLevelTarget, models.CASCADE, related_name="proposals")
    threshold = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    allowed_misses = models.PositiveIntegerField("at most", null=True, blank=True)
    more_months = models.PositiveSmallIntegerField("more months of trial", null=True, blank=True)
    is_by_customer = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    proposed_by = TenantForeignKey(Membership, related_name="+")
    proposed_at = models.DateTimeField()
    answer_due_on = models.DateField()
    is_accepted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(threshold__isnull=True) | models.Q(threshold__gte=0, threshold__lte=100),
                name="proposed_threshold_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__isnull=False, allowed_misses__isnull=True, more_months__isnull=True)
                | models.Q(threshold__isnull=True, allowed_misses__isnull=False, more_months__isnull=True)
                | models.Q(
                    threshold__isnull=True,
                    allowed_misses__isnull=True,
                    more_months__isnull=False,
                    more_months__range=(1, 24),
                ),
                name="proposed_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["tenant", "target"], condition=models.Q(is_accepted__isnull=True), name="proposal_open_once"
            ),
        ]

    @property
    def is_extension(self) -> bool:
        """Whether it proposes to measure longer instead of a level."""
        return self.more_months is not None
