"""The row behind a clause as somebody proposes it: what its tables would not take is refused, the rest is written."""

from django.core.exceptions import ValidationError

from portal.tenancy.errors import Refusal
from slas.actions.scope import check_lines
from slas.actions.targets import wrong_measure, wrong_owner
from slas.calculation.agreement_days import rhythm_problems
from slas.errors.credits import BandedTwice
from slas.errors.negotiation import ChangeDoesNotFit, ClauseGone, ClauseStays
from slas.models import (
    Agreement,
    AgreementScope,
    ClauseChange,
    ClauseProposal,
    CreditBand,
    Obligation,
    ServiceLevelTarget,
)
from slas.queries.agreement_terms import rhythm_of
from slas.queries.clause_changes import ClauseRow, Coverage, NoSuchClause, proposed_row
from slas.queries.clause_credits import Credits
from slas.queries.credits import credit_problems


def check_row(*, proposal: ClauseProposal) -> ClauseRow:
    """The row as it would be written, or removed.

    Refuses with ClauseGone, ClauseStays, WrongMeasure, OwnerOfOthers, ScopeNeedsUnit, ScopeLineThere, BandedTwice and
    ChangeDoesNotFit.
    """
    try:
        row = proposed_row(proposal)
    except NoSuchClause as gone:
        raise ClauseGone(agreement=str(proposal.agreement)) from gone
    if proposal.change == ClauseChange.REMOVE:
        if isinstance(row, Agreement | Coverage):
            raise ClauseStays
        return row
    if isinstance(row, Coverage):
        return _check_coverage(row)
    if isinstance(row, Credits):
        return _check_credits(row)
    _check_fields(row)
    problems = [words for _field, words in rhythm_problems(rhythm_of(row))] if isinstance(row, Agreement) else []
    if problems:
        raise ChangeDoesNotFit(why=" ".join(problems))
    refusal = _refused(row)
    if refusal is not None:
        raise refusal
    return row


def write_row(*, row: ClauseRow) -> None:
    """Write the row as it was checked, with all that belongs to it."""
    if isinstance(row, Coverage):
        row.agreement.scope.all().delete()
        AgreementScope.objects.bulk_create(row.lines)
        return
    if isinstance(row, Credits):
        row.scheme.save()
        row.scheme.bands.all().delete()
        CreditBand.objects.bulk_create(
            CreditBand(scheme=row.scheme, target=each.target, low=each.low, high=each.high, credit=each.credit)
            for each in row.bands
        )
        return
    row.save()
    row.refresh_from_db()


def remove_row(*, row: ClauseRow) -> None:
    """Take out what both sides do not want to agree on any more."""
    if isinstance(row, Credits):
        row.scheme.delete()
    elif isinstance(row, ServiceLevelTarget | Obligation):
        row.delete()


def _refused(row: Agreement | ServiceLevelTarget | Obligation) -> Refusal | None:
    if isinstance(row, ServiceLevelTarget):
        return wrong_measure(kind=row.kind, measure=row.measure)
    return wrong_owner(obligation=row) if isinstance(row, Obligation) else None


def _check_fields(row: Agreement | ServiceLevelTarget | Obligation) -> None:
    try:
        row.full_clean(validate_unique=False, validate_constraints=not isinstance(row, Agreement))
    except ValidationError as error:
        raise ChangeDoesNotFit(why=" ".join(error.messages)) from error


def _check_coverage(coverage: Coverage) -> Coverage:
    if not coverage.lines:
        raise ChangeDoesNotFit(why="It would cover nothing.")
    check_lines(agreement=coverage.agreement, lines=coverage.lines)
    for line in coverage.lines:
        if line.offering is not None and line.offering.service_id != line.service_id:
            raise ChangeDoesNotFit(why=f"“{line.offering.name}” is no level of {line.service.name}.")
    return coverage


def _check_credits(row: Credits) -> Credits:
    """Terms that can be billed, and bands that leave no hole below their promises, each promise in one scheme."""
    problems = list(credit_problems(scheme=row.scheme, bands=row.bands))
    if problems:
        raise ChangeDoesNotFit(why=" ".join(problems))
    try:
        row.scheme.full_clean(validate_unique=False)
    except ValidationError as error:
        raise ChangeDoesNotFit(why=" ".join(error.messages)) from error
    banded = CreditBand.objects.filter(target__in=[each.target for each in row.bands]).exclude(scheme=row.scheme.pk)
    other = banded.select_related("scheme", "target").order_by("pk").first()
    if other is not None:
        raise BandedTwice(promise=other.target.name, scheme=other.scheme.name)
    return row
