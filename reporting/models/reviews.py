"""Service reviews and their frozen editions."""

import pgtrigger
from django.db import models

from portal.accounts.models import BusinessUnit, Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from reporting.models.layouts import ReportAgreement
from slas.models import Attainment, ServiceLevelTarget

ANCHOR = 240  # the addresses of an agreement and of a promise, 100 each, and what is meant of it


class ReviewState(models.TextChoices):
    """Where a month's review stands."""

    DRAFT = "draft", "Draft"
    CHECK = "check", "In internal check"
    ISSUED = "issued", "Issued"
    DISCUSSED = "discussed", "In discussion"
    SIGNED = "signed", "Signed"
    RESERVED = "reserved", "Signed with reservations"
    CLOSED = "closed", "Closed"


UNISSUED = (ReviewState.DRAFT, ReviewState.CHECK)
AWAITED = (ReviewState.ISSUED, ReviewState.DISCUSSED)  # the business has still to sign
ANSWERED = (ReviewState.SIGNED, ReviewState.RESERVED, ReviewState.CLOSED)
PUBLISHED = (*AWAITED, *ANSWERED)

# From where a review goes where. The database holds it; a correction begins the answering anew.
MOVES: tuple[tuple[ReviewState, ReviewState], ...] = (
    *((ReviewState.DRAFT, next_one) for next_one in (ReviewState.CHECK, ReviewState.ISSUED)),
    *((ReviewState.CHECK, next_one) for next_one in (ReviewState.DRAFT, ReviewState.ISSUED)),
    (ReviewState.ISSUED, ReviewState.DISCUSSED),
    *((waiting, signed) for waiting in AWAITED for signed in (ReviewState.SIGNED, ReviewState.RESERVED)),
    *((signed, ReviewState.CLOSED) for signed in (ReviewState.SIGNED, ReviewState.RESERVED)),
    *((talked, ReviewState.ISSUED) for talked in (ReviewState.DISCUSSED, *ANSWERED)),
)


@tracked
class ServiceReview(TenantModel):
    """One business unit, one month."""

    business_unit = TenantForeignKey(BusinessUnit, related_name="reviews")
    month = models.DateField()
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.DRAFT)
    report_agreement = TenantForeignKey(ReportAgreement, related_name="reviews")
    prepared_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    comments_end_on = models.DateField(null=True, blank=True, help_text="Without it, until the review is signed.")
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_minutes = models.PositiveSmallIntegerField(default=45)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "business_unit", "month"], name="review_once"),
            models.CheckConstraint(condition=models.Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="review_month_by_its_first"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="review_moves", field="state", transitions=[(was.value, becomes.value) for was, becomes in MOVES]
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y} service review, {self.business_unit.name}"


@tracked
class ReviewParagraph(TenantModel):
    """A sentence of the working review. Text binds figures as {figure:anchor}, so that a number is never typed in."""

    review = TenantForeignKey(ServiceReview, models.CASCADE, related_name="paragraphs")
    anchor = models.CharField(max_length=ANCHOR)
    section = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=12, blank=True)  # a status letter or ev-A .. ev-D, drawn before the sentence
    text = models.TextField(max_length=2000)
    drafted_text = models.TextField(max_length=2000)
    edited_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "review", "anchor"], name="paragraph_anchor")]


class CheckOutcome(models.TextChoices):
    """What the second person said."""

    PASSED = "passed", "Passed"
    RETURNED = "returned", "Sent back"


class ReviewCheck(TenantModel):
    """One person of IT asks that a draft is read before it is issued, another one says what they found.

    `page_hash` is the fingerprint of what was read: what is written or counted anew afterwards was not checked.
    """

    review = TenantForeignKey(ServiceReview, models.CASCADE, related_name="checks")
    asked_by = TenantForeignKey(Membership, related_name="+")
    asked_at = models.DateTimeField()
    checked_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=CheckOutcome, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    page_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "review"], condition=models.Q(outcome=""), name="review_check_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True) | ~models.Q(checked_by=models.F("asked_by")),
                name="review_check_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", checked_by__isnull=True, checked_at__isnull=True)
                | models.Q(outcome__in=CheckOutcome.values, checked_by__isnull=False, checked_at__isnull=False),
                name="review_check_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="passed") | ~models.Q(page_hash=""), name="review_check_passed_what"
            ),
        ]

    def __str__(self) -> str:
        return f"Check of {self.review}"


class Edition(TenantModel):
    """A frozen, issued review: the whole page as data. The database refuses changes; a correction is a new edition.

    `check_code` is the beginning of the fingerprint, to be compared by eye; `verify_code` is drawn by lot, says nothing
    of the content, and is the address at which anybody who holds a file of the edition can check it.
    """

    review = TenantForeignKey(ServiceReview, related_name="editions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=1000, blank=True)
    issued_at = models.DateTimeField()
    issued_by = TenantForeignKey(Membership, related_name="+")
    page = models.JSONField()
    page_hash = models.CharField(max_length=64)
    check_code = models.CharField(max_length=9)
    verify_code = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "review", "number"], name="edition_number"),
            models.UniqueConstraint(fields=["tenant", "verify_code"], name="edition_verify_code"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="later_edition_has_a_reason"
            ),
        ]
        triggers = [pgtrigger.Protect(name="edition_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]


class EditionFile(TenantModel):
    """The SHA-256 of a file of an edition, kept when a worker made it: what a file is compared with."""

    edition = TenantForeignKey(Edition, related_name="files")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "edition", "sha256"], name="edition_file_once")]
        triggers = [pgtrigger.Protect(name="edition_file_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]


class Figure(TenantModel):
    """One figure of an edition: what is printed, what it rests on, and its proof. Frozen like its edition."""

    edition = TenantForeignKey(Edition, related_name="figures")
    anchor = models.CharField(max_length=ANCHOR)
    target = TenantForeignKey(ServiceLevelTarget, null=True, related_name="+")
    attainment = TenantForeignKey(Attainment, null=True, related_name="+")
    name = models.CharField(max_length=200)
    printed = models.CharField(max_length=80)
    status = models.CharField(max_length=10, blank=True)
    proof = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "edition", "anchor"], name="figure_anchor")]
        triggers = [pgtrigger.Protect(name="figure_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.name}: {self.printed}"
