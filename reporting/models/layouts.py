"""Report agreements: what the reviews of a unit show, in versions that both sides accept."""

from django.db import models

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.conversations.models import Conversation
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from reporting.layout import LANGUAGES, MOST_DAYS, SECTION_NAMES, SUBJECT_NAMES

SECTIONS = [(str(key), name) for key, name in SECTION_NAMES.items()]
SUBJECTS = [(str(key), name) for key, name in SUBJECT_NAMES.items()]
UNSIGNED = models.Q(agreed_by_it="", agreed_by_business="")


@tracked
class ReportAgreement(TenantModel):
    """One version of how a unit's review is laid out, read and answered.

    A draft is signed by nobody. IT signs a version by proposing it, or by issuing a review in it, and the head of the
    unit accepts it; a version that the business proposes (`is_counter`) is signed the other way round. From the first
    signature on the database keeps its terms as they are (`sealed_in` names the transaction of that signature).
    """

    business_unit = TenantForeignKey(BusinessUnit, related_name="report_agreements")
    version = models.PositiveSmallIntegerField(default=1)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by_business = models.CharField(max_length=120, blank=True)
    agreed_by_it = models.CharField(max_length=120, blank=True)
    issue_working_day = models.PositiveSmallIntegerField(default=5)
    answer_working_days = models.PositiveSmallIntegerField(
        default=5, help_text="In which the business answers a review."
    )
    felt_by_words = models.CharField(
        "who feels it",
        max_length=60,
        default="you",
        help_text="For example “your customers”: as your customers felt it.",
    )
    audience = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, choices=list(LANGUAGES.items()), default="en")
    shows_budget = models.BooleanField(default=True)
    shows_experienced = models.BooleanField(default=True)
    shows_events = models.BooleanField(default=True)
    is_checked = models.BooleanField(default=False)
    issues_itself = models.BooleanField(default=False)
    comment_working_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In which comments and questions are possible; without it, until it is signed."
    )
    asks_after_review = models.BooleanField(default=False)
    asks_after_case = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    is_counter = models.BooleanField(default=False)
    drafted_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    sealed_in = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "business_unit", "version"], name="report_agreement_version"),
            models.UniqueConstraint(
                fields=["tenant", "business_unit"], condition=UNSIGNED, name="report_agreement_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_on__isnull=True)
                & (models.Q(agreed_by_business="") | models.Q(agreed_by_it=""))
                | (models.Q(agreed_on__isnull=False) & ~models.Q(agreed_by_business="") & ~models.Q(agreed_by_it="")),
                name="report_agreement_accepted_by_name",
            ),
            models.CheckConstraint(
                condition=models.Q(issue_working_day__range=(1, MOST_DAYS), answer_working_days__range=(1, MOST_DAYS)),
                name="report_agreement_days_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(comment_working_days__isnull=True)
                | models.Q(comment_working_days__range=(1, MOST_DAYS)),
                name="report_agreement_window_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=list(LANGUAGES)), name="report_agreement_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(version=1) | UNSIGNED | ~models.Q(reason=""),
                name="report_agreement_later_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Report agreement of {self.business_unit.name}, version {self.version}"

    @property
    def is_draft(self) -> bool:
        """Whether nobody has signed it."""
        return not self.agreed_by_it and not self.agreed_by_business


class ReportSection(TenantModel):
    """A section of the reviews of a version, at its place."""

    report_agreement = TenantForeignKey(ReportAgreement, models.CASCADE, related_name="sections")
    section = models.CharField(max_length=10, choices=SECTIONS)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "report_agreement", "section"], name="report_section_once"),
            models.UniqueConstraint(fields=["tenant", "report_agreement", "position"], name="report_section_place"),
            models.CheckConstraint(
                condition=models.Q(section__in=[key for key, _ in SECTIONS]), name="report_section_known"
            ),
        ]


class ReportInterpretation(TenantModel):
    """What a kind of figure means in the reviews of a version, and what it does not mean."""

    report_agreement = TenantForeignKey(ReportAgreement, models.CASCADE, related_name="interpretations")
    subject = models.CharField(max_length=12, choices=SUBJECTS)
    means = models.CharField(max_length=300)
    means_not = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "report_agreement", "subject"], name="interpretation_once"),
            models.CheckConstraint(
                condition=models.Q(subject__in=[key for key, _ in SUBJECTS]),
                name="interpretation_subject_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(means="") & ~models.Q(means_not=""), name="interpretation_says_both"
            ),
        ]


class LayoutThread(TenantModel):
    """What both sides say about the report agreement of a unit; it goes on from version to version."""

    conversation = TenantForeignKey(Conversation, models.CASCADE, related_name="layout_threads")
    business_unit = TenantForeignKey(BusinessUnit, related_name="layout_threads")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "conversation"], name="layout_thread_conversation"),
            models.UniqueConstraint(fields=["tenant", "business_unit"], name="layout_thread_once"),
        ]
