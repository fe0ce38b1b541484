"""The text that both sides sign: every value that is agreed and every clause in words, in one written form."""

from dataclasses import dataclass

from slas.calculation.proof import canonical, digest_of
from slas.models import Agreement
from slas.queries.agreement_rows import AgreementRows, rows_of
from slas.queries.agreement_text import agreement_text
from slas.queries.clauses import clauses_in
from slas.queries.documents import annex_values


@dataclass(frozen=True, slots=True)
class StandingText:
    """The text of a version as it stands, with the rows that it is written from: read once for one act."""

    rows: AgreementRows
    written: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the text."""
        return digest_of(self.written)


def standing_text(*, agreement: Agreement) -> StandingText:
    """What is signed, as canonical JSON: the values that figures are judged by, and the words that people read.

    The words are part of it, so that a text that reads differently is another text, whatever made it so.
    """
    rows = rows_of(agreement=agreement)
    clauses = [
        {
            "number": clause.number,
            "section": clause.section,
            "title": clause.title,
            "text": clause.text,
            "lines": list(clause.lines),
        }
        for clause in clauses_in(rows=rows)
    ]
    annexes = annex_values(agreement=rows.agreement)
    attached = {"documents": annexes} if annexes else {}
    return StandingText(rows, canonical(agreement_text(rows=rows) | attached | {"clauses": clauses}))


def written_text(*, agreement: Agreement) -> str:
    """The text alone."""
    return standing_text(agreement=agreement).written


def fingerprint_of(*, agreement: Agreement) -> str:
    """SHA-256 of the text as it stands."""
    return digest_of(written_text(agreement=agreement))
