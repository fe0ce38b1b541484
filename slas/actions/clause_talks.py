"""What is said beside a clause: a conversation that goes on from version to version."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Membership
from portal.conversations.actions import add_comment, start_conversation
from portal.conversations.models import Comment, Level
from slas.actions.agreements import hold
from slas.errors import AgreementNotOnOffer
from slas.errors.negotiation import ClauseGone
from slas.models import Agreement, AgreementState, ClauseThread
from slas.queries.clauses import clauses_of


@transaction.atomic
def talk_about_clause(*, agreement: Agreement, key: str, by: Membership, text: str, now: datetime) -> Comment:
    """Say something beside a clause; the other side is told, or those who took part.

    What teams and suppliers promise is talked about inside IT. Refuses with AgreementNotOnOffer for a draft, with
    ClauseGone, and with the refusals of a comment.
    """
    held = hold(agreement)
    if held.state == AgreementState.DRAFT:
        raise AgreementNotOnOffer(agreement=str(held))
    clause = next((each for each in clauses_of(agreement=held) if each.key == key), None)
    thread = (
        ClauseThread.objects.filter(agreement_slug=held.slug, clause_key=key).select_related("conversation").first()
    )
    url = clause_address(agreement=held, key=key)
    if thread is not None:
        return add_comment(conversation=thread.conversation, by=by, text=text, now=now, url=url, reopens=True)
    if clause is None:
        raise ClauseGone(agreement=str(held))
    conversation = start_conversation(
        business_unit=held.customer.business_unit,
        subject=f"{held.name}, {clause.number} {clause.title}",
        level=Level.TACTICAL,
        by=by,
        text=text,
        now=now,
        url=url,
    )
    ClauseThread.objects.create(conversation=conversation, agreement_slug=held.slug, clause_key=key)
    return conversation.comments.get()


def clause_address(*, agreement: Agreement, key: str) -> str:
    """Where a clause of a version is read."""
    where = {"tenant": agreement.tenant.slug, "slug": agreement.slug, "version": agreement.version}
    return f"{reverse('clause_list', kwargs=where)}?show=all#{key.replace(':', '-')}"
