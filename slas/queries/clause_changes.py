"""What a proposal about a clause would make of it: the row behind the clause with other values."""

import json
from copy import copy
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from slas.calculation.proof import canonical
from slas.models import Agreement, ClauseChange, ClauseProposal, ClauseProposalState, Obligation, ServiceLevelTarget
from slas.queries.agreements import list_agreement_targets
from slas.queries.clauses import (
    REVIEWS,
    TERMS,
    Clause,
    duty_clause,
    reviews_clause,
    target_clause,
    terms_clause,
    with_kept_words,
)

ClauseRow = Agreement | ServiceLevelTarget | Obligation
# Of the terms, dates and days for an answer are negotiated; who agrees with whom is not.
TERMS_FIELDS = {
    TERMS: ("starts_on", "ends_on", "answer_working_days"),
    REVIEWS: ("notice_days", "renews_months", "review_months"),
}
DUTY_FIELDS = ("text", "short_text", "kind", "due_on", "service_id", "owner_id")
NOT_NEGOTIATED = {"id", "tenant_id", "agreement_id", "slug", "kind"}


class NoSuchClause(ObjectDoesNotExist):
    """The version holds no clause of that key."""


def row_of(*, agreement: Agreement, key: str) -> ClauseRow:
    """The row behind a clause. Raises NoSuchClause."""
    kind, _, slug = key.partition(":")
    try:
        if key in TERMS_FIELDS:
            return agreement
        if kind == "target":
            return list_agreement_targets(agreement=agreement).get(slug=slug)
        if kind == "duty":
            return agreement.obligations.select_related("service", "owner__user").get(slug=slug)
    except (ServiceLevelTarget.DoesNotExist, Obligation.DoesNotExist) as error:
        raise NoSuchClause(f"“{agreement}” holds no clause “{key}”.") from error
    raise NoSuchClause(f"“{agreement}” holds no clause “{key}” that can be negotiated.")


def row_for_counter(*, agreement: Agreement, key: str) -> ClauseRow:
    """From what a counter begins: the row as an open proposal would have it, or as it is. Raises NoSuchClause."""
    waiting = agreement.clause_proposals.filter(clause_key=key, state=ClauseProposalState.OPEN).order_by("pk").first()
    if waiting is None or waiting.change == ClauseChange.REMOVE:
        return copy(row_of(agreement=agreement, key=key))
    waiting.agreement = agreement
    return proposed_row(waiting)


def negotiated_fields(row: ClauseRow, key: str) -> list[Any]:
    """What of the row behind a clause is text that can be negotiated."""
    fields = row._meta.concrete_fields
    if isinstance(row, ServiceLevelTarget):
        return [field for field in fields if field.attname not in NOT_NEGOTIATED]
    names = TERMS_FIELDS[key] if isinstance(row, Agreement) else DUTY_FIELDS
    return [field for field in fields if field.attname in names]


def values_of(row: ClauseRow, key: str) -> dict[str, Any]:
    """The values of a clause that can be negotiated, as they are kept in a proposal."""
    fields = negotiated_fields(row, key)
    return {field.attname: _plain(field.to_python(getattr(row, field.attname))) for field in fields}


def proposed_row(proposal: ClauseProposal) -> ClauseRow:
    """The row as it would be, not written. Raises NoSuchClause when what is to be changed is not there any more."""
    if proposal.change == ClauseChange.ADD:
        row = _new_row(proposal)
    else:
        row = copy(row_of(agreement=proposal.agreement, key=proposal.clause_key))
    for field in negotiated_fields(row, proposal.clause_key):
        if field.attname in proposal.values:
            setattr(row, field.attname, field.to_python(proposal.values[field.attname]))
    return row


def proposed_clause(*, proposal: ClauseProposal, place: int) -> Clause | None:
    """The clause as it would be; none where it would be taken out."""
    if proposal.change == ClauseChange.REMOVE:
        return None
    clause = clause_of(row=proposed_row(proposal), key=proposal.clause_key, place=place)
    kept = proposal.agreement.wording_exceptions.filter(clause_key=proposal.clause_key)
    return with_kept_words(clause, list(kept.order_by("code", "words")))


def clause_of(*, row: ClauseRow, key: str, place: int = 1) -> Clause:
    """The clause that is drawn from a row, written or not."""
    if isinstance(row, Agreement):
        return terms_clause(row) if key == TERMS else reviews_clause(row)
    return target_clause(row, place) if isinstance(row, ServiceLevelTarget) else duty_clause(row, place)


def _new_row(proposal: ClauseProposal) -> ClauseRow:
    kind, _, slug = proposal.clause_key.partition(":")
    if kind == "duty":
        return Obligation(agreement=proposal.agreement, slug=slug)
    return ServiceLevelTarget(agreement=proposal.agreement, slug=slug, kind=proposal.values["kind"])


def _plain(value: Any) -> Any:
    return json.loads(canonical(value.normalize() + 0 if hasattr(value, "normalize") else value))
