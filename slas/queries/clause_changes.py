"""What a proposal about a clause would make of it: the row behind the clause with other values."""

import json
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects

from slas.calculation.proof import canonical
from slas.models import (
    Agreement,
    AgreementScope,
    ClauseChange,
    ClauseProposal,
    ClauseProposalState,
    CreditScheme,
    Obligation,
    ServiceLevelTarget,
)
from slas.queries.agreement_terms import list_scope
from slas.queries.agreements import list_agreement_targets
from slas.queries.clause_credits import Credits, begin_credits, credit_terms, get_credits, with_terms
from slas.queries.clauses import (
    REVIEWS,
    SCOPE,
    TERMS,
    Clause,
    credit_clause,
    credit_key,
    duty_clause,
    reviews_clause,
    scope_clause,
    target_clause,
    terms_clause,
    with_agreed_words,
)
from slas.queries.credits import in_words
from slas.queries.meanings import list_meanings


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that a version covers, line by line: it is negotiated as one clause."""

    agreement: Agreement
    lines: tuple[AgreementScope, ...]


ClauseRow = Agreement | ServiceLevelTarget | Obligation | Coverage | Credits
# Of the terms, dates and days for an answer are negotiated; who agrees with whom is not.
TERMS_FIELDS = {
    TERMS: ("starts_on", "ends_on", "answer_working_days"),
    REVIEWS: ("notice_days", "renews_months", "review_months"),
}
DUTY_FIELDS = ("text", "short_text", "kind", "due_on", "service_id", "owner_id")
CREDITS = credit_key("")  # as the keys of credits begin
LINE_FIELDS = ("service_id", "offering_id", "business_unit_id", "covered_words")
NOT_NEGOTIATED = {"id", "tenant_id", "agreement_id", "slug", "kind"}


def can_be_left_out(key: str) -> bool:
    """Whether a clause can be taken out: promises, credits and duties can; the rest an agreement always says."""
    return key.partition(":")[0] in ("target", "credits", "duty")


class NoSuchClause(ObjectDoesNotExist):
    """The version holds no clause of that key."""


def row_of(*, agreement: Agreement, key: str) -> ClauseRow:
    """The row behind a clause. Raises NoSuchClause."""
    kind, _, slug = key.partition(":")
    try:
        if key in TERMS_FIELDS:
            return agreement
        if key == SCOPE:
            return Coverage(agreement, tuple(list_scope(agreement=agreement)))
        if kind == "target":
            return list_agreement_targets(agreement=agreement).get(slug=slug)
        if kind == "duty":
            return agreement.obligations.select_related("service", "owner__user").get(slug=slug)
        if kind == "credits":
            return get_credits(agreement=agreement, slug=slug)
    except (ServiceLevelTarget.DoesNotExist, Obligation.DoesNotExist, CreditScheme.DoesNotExist) as error:
        raise NoSuchClause(f"“{agreement}” holds no clause “{key}”.") from error
    raise NoSuchClause(f"“{agreement}” holds no clause “{key}” that can be negotiated.")


def row_for_counter(*, agreement: Agreement, key: str) -> ClauseRow:
    """From what a counter begins: the row as an open proposal would have it, or as it is where none is open, or where
    something that the proposal speaks of was taken out. Raises NoSuchClause.
    """
    waiting = waiting_proposal(agreement=agreement, key=key)
    if waiting is not None and waiting.change != ClauseChange.REMOVE:
        waiting.agreement = agreement
        with suppress(NoSuchClause):
            return proposed_row(waiting)
    return copy(row_of(agreement=agreement, key=key))


def waiting_proposal(*, agreement: Agreement, key: str) -> ClauseProposal | None:
    """What is proposed about a clause and waits for an answer."""
    waiting = agreement.clause_proposals.filter(clause_key=key, state=ClauseProposalState.OPEN)
    return waiting.select_related("party").order_by("pk").first()


def was_taken_out(*, agreement: Agreement, key: str) -> bool:
    """Whether both sides took a clause out of a version that is on offer."""
    taken = ClauseProposalState.ACCEPTED
    return agreement.clause_proposals.filter(clause_key=key, change=ClauseChange.REMOVE, state=taken).exists()


def negotiated_fields(row: Agreement | ServiceLevelTarget | Obligation, key: str) -> list[Any]:
    """What of the row behind a clause is text that can be negotiated."""
    fields = row._meta.concrete_fields
    if isinstance(row, ServiceLevelTarget):
        return [field for field in fields if field.attname not in NOT_NEGOTIATED]
    names = TERMS_FIELDS[key] if isinstance(row, Agreement) else DUTY_FIELDS
    return [field for field in fields if field.attname in names]


def values_of(row: ClauseRow, key: str) -> dict[str, Any]:
    """The values of a clause that can be negotiated, as they are kept in a proposal."""
    if isinstance(row, Coverage):
        return {"lines": sorted(([getattr(line, name) for name in LINE_FIELDS] for line in row.lines), key=str)}
    if isinstance(row, Credits):
        return credit_terms(row)
    fields = negotiated_fields(row, key)
    return {field.attname: _plain(field.to_python(getattr(row, field.attname))) for field in fields}


def proposed_row(proposal: ClauseProposal) -> ClauseRow:
    """The row as it would be, not written. Raises NoSuchClause when what is to be changed is not there any more."""
    if "lines" in proposal.values:
        return _coverage(proposal)
    if proposal.clause_key.startswith(CREDITS):
        return _credits(proposal)
    is_new = proposal.change == ClauseChange.ADD
    row = _new_row(proposal) if is_new else copy(row_of(agreement=proposal.agreement, key=proposal.clause_key))
    if isinstance(row, Coverage | Credits):
        return row
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
    meanings = list_meanings(agreement=proposal.agreement, with_new=True)
    return with_agreed_words(clause, list(kept.order_by("code", "words")), meanings)


def proposed_fingerprint(proposal: ClauseProposal) -> str:
    """The fingerprint of the clause as it would be; empty where it would be taken out. Raises NoSuchClause."""
    clause = proposed_clause(proposal=proposal, place=1)
    return clause.fingerprint if clause else ""


def clause_of(*, row: ClauseRow, key: str, place: int = 1) -> Clause:
    """The clause that is drawn from a row, written or not."""
    if isinstance(row, Agreement):
        return terms_clause(row) if key == TERMS else reviews_clause(row)
    if isinstance(row, Coverage):
        return scope_clause(row.lines)
    if isinstance(row, Credits):
        return credit_clause(in_words(scheme=row.scheme, bands=row.bands), place)
    return target_clause(row, place) if isinstance(row, ServiceLevelTarget) else duty_clause(row, place)


def _coverage(proposal: ClauseProposal) -> Coverage:
    """The lines as they would be, in the order in which written ones are read."""
    named = [dict(zip(LINE_FIELDS, line, strict=True)) for line in proposal.values["lines"]]
    lines = [AgreementScope(agreement=proposal.agreement, **values) for values in named]
    prefetch_related_objects(lines, "service", "offering", "business_unit")
    for line, values in zip(lines, named, strict=True):
        named_rows = (("service", line.service), ("offering", line.offering), ("business_unit", line.business_unit))
        if any(row is None and values[f"{name}_id"] is not None for name, row in named_rows):
            raise NoSuchClause("Something that is to be covered is not there any more.")
    return Coverage(proposal.agreement, tuple(sorted(lines, key=_place)))


def _credits(proposal: ClauseProposal) -> Credits:
    agreement, slug = proposal.agreement, proposal.clause_key.partition(":")[2]
    if proposal.change == ClauseChange.ADD:
        row = begin_credits(agreement=agreement, slug=slug)
    else:
        found = row_of(agreement=agreement, key=proposal.clause_key)
        assert isinstance(found, Credits)  # noqa: S101 - by its key
        row = found
    try:
        return with_terms(row, proposal.values)
    except ServiceLevelTarget.DoesNotExist as error:
        raise NoSuchClause("A promise that is to be credited is not there any more.") from error


def _place(line: AgreementScope) -> tuple[str, int, str]:
    position = line.offering.position if line.offering else 0
    return line.service.name, position, line.business_unit.name if line.business_unit else ""


def _new_row(proposal: ClauseProposal) -> ClauseRow:
    kind, _, slug = proposal.clause_key.partition(":")
    if kind == "duty":
        return Obligation(agreement=proposal.agreement, slug=slug)
    return ServiceLevelTarget(agreement=proposal.agreement, slug=slug, kind=proposal.values["kind"])


def _plain(value: Any) -> Any:
    return json.loads(canonical(value.normalize() + 0 if hasattr(value, "normalize") else value))
