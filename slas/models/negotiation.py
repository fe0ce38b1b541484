"""What is negotiated clause by clause: proposals of other words, each side's yes, and what is said beside a clause."""

from django.db import models

from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.conversations.models import Conversation
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel
from slas.models.agreements import Agreement, Party

CLAUSE_KEY = 120


class ClauseChange(models.TextChoices):
    """What a proposal would do to the agreement."""

    CHANGE = "change", "Change it"
    ADD = "add", "Add it"
    REMOVE = "remove", "Take it out"


class ClauseProposalState(models.TextChoices):
    """Where a proposal about a clause stands."""

    OPEN = "open", "Waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    COUNTERED = "countered", "Answered with another proposal"
    WITHDRAWN = "withdrawn", "Withdrawn"


@tracked
class ClauseProposal(TenantModel):
    """Other words for one clause of a proposed version, by one side; the other side owes an answer.

    `values` are the fields that would be different, as they are written, so that an accepted proposal is applied and
    not typed again. A proposal that answers another one says which.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="clause_proposals")
    clause_key = models.CharField(max_length=CLAUSE_KEY)
    party = TenantForeignKey(Party, related_name="+")
    proposed_by = TenantForeignKey(Membership, related_name="+")
    proposed_at = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    change = models.CharField(max_length=6, choices=ClauseChange, default=ClauseChange.CHANGE)
    values = models.JSONField(default=dict)
    instead_of = TenantForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answered_with")
    answer_due_on = models.DateField()
    state = models.CharField(max_length=9, choices=ClauseProposalState, default=ClauseProposalState.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "agreement", "clause_key"],
                condition=models.Q(state="open"),
                name="clause_proposal_open_once",
            ),
            models.CheckConstraint(condition=models.Q(change__in=ClauseChange.values), name="clause_change_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=ClauseProposalState.values), name="clause_proposal_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="clause_proposal_open_until_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_key} of {self.agreement_id}"


@tracked
class ClauseAcceptance(TenantModel):
    """One side's yes to one clause as it stands; to other words it says nothing."""

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="clause_acceptances")
    clause_key = models.CharField(max_length=CLAUSE_KEY)
    party = TenantForeignKey(Party, related_name="+")
    member = TenantForeignKey(Membership, related_name="+")
    accepted_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "agreement", "clause_key", "party"], name="clause_accepted_once_by_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_key} of {self.agreement_id}"


class ClauseThread(TenantModel):
    """A conversation beside a clause; it goes on from version to version, because the key of the clause does."""

    conversation = TenantForeignKey(Conversation, models.CASCADE, related_name="clause_threads")
    agreement_slug = models.CharField(max_length=100, validators=[SLUG])
    clause_key = models.CharField(max_length=CLAUSE_KEY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "conversation"], name="clause_thread_conversation"),
            models.UniqueConstraint(fields=["tenant", "agreement_slug", "clause_key"], name="clause_thread_once"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_key} of {self.agreement_slug}"
