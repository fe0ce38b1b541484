"""The rows of a version, read once for all that is said of them: its text, its clauses, what is unclear in it."""

from dataclasses import dataclass

from slas.models import (
    Agreement,
    AgreementScope,
    CreditScheme,
    Obligation,
    ServiceLevelTarget,
    WordingException,
)
from slas.queries.agreement_terms import list_scope
from slas.queries.agreements import list_whole_targets
from slas.queries.credits import list_schemes
from slas.queries.meanings import Meaning, list_meanings


@dataclass(frozen=True, slots=True)
class AgreementRows:
    """All that one version is written down in, in its order, as it is stored."""

    agreement: Agreement
    scope: list[AgreementScope]
    targets: list[ServiceLevelTarget]
    schemes: list[CreditScheme]
    duties: list[Obligation]
    exceptions: list[WordingException]
    meanings: list[Meaning]


def rows_of(*, agreement: Agreement) -> AgreementRows:
    """The rows of a version as the database has them now."""
    stored = Agreement.objects.select_related("customer", "provider", "underpins").get(pk=agreement.pk)
    return AgreementRows(
        agreement=stored,
        scope=list(list_scope(agreement=stored)),
        targets=list(list_whole_targets(agreement=stored)),
        schemes=list_schemes(agreement=stored),
        duties=list(stored.obligations.order_by("pk")),
        exceptions=list(stored.wording_exceptions.order_by("clause_key", "code", "words")),
        meanings=list_meanings(agreement=stored),
    )
