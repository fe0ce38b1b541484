"""The text that both sides sign: every value that is agreed and every clause in words, in one written form."""

from slas.calculation.proof import canonical, digest_of
from slas.models import Agreement
from slas.queries.agreement_text import agreement_text
from slas.queries.agreements import list_whole_targets
from slas.queries.clauses import clauses_of
from slas.queries.documents import annex_values


def written_text(*, agreement: Agreement) -> str:
    """What is signed, as canonical JSON: the values that figures are judged by, and the words that people read.

    The words are part of it, so that a text that reads differently is another text, whatever made it so.
    """
    stored = Agreement.objects.select_related("customer", "provider", "underpins").get(pk=agreement.pk)
    targets = list(list_whole_targets(agreement=stored))  # values and words are drawn from the same rows, read once
    clauses = [
        {
            "number": clause.number,
            "section": clause.section,
            "title": clause.title,
            "text": clause.text,
            "lines": list(clause.lines),
        }
        for clause in clauses_of(agreement=stored, targets=targets)
    ]
    annexes = annex_values(agreement=stored)
    attached = {"documents": annexes} if annexes else {}
    return canonical(agreement_text(agreement=stored, targets=targets) | attached | {"clauses": clauses})


def fingerprint_of(*, agreement: Agreement) -> str:
    """SHA-256 of the text as it stands."""
    return digest_of(written_text(agreement=agreement))
