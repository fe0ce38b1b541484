"""The clauses of an agreement version: everything that is agreed, in numbered words, drawn from its rows.

A clause has a key that is the same in each version (`terms`, `target:place-orders`, `duty:calendar`), so that versions
can be compared, countered and talked about clause by clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from slas.calculation.proof import canonical, digest_of
from slas.models import Agreement, AgreementScope, Obligation, ServiceLevelTarget, WordingException
from slas.queries.agreement_rows import AgreementRows, rows_of
from slas.queries.agreement_text import (
    credit_values,
    duty_values,
    review_values,
    scope_values,
    target_values,
    terms_values,
)
from slas.queries.clause_words import (
    duty_words,
    kept_lines,
    reviews_words,
    scope_words,
    target_lines,
    target_words,
    terms_lines,
    terms_words,
)
from slas.queries.credits import AgreedCredits, in_words, list_bands
from slas.queries.meanings import Meaning, used_meanings

SECTIONS = {
    1: "Parties and dates",
    2: "What it covers",
    3: "Promises",
    4: "Credits",
    5: "What the customer does",
    6: "Reviews, notice and end",
}
TERMS, SCOPE, REVIEWS = "terms", "scope", "reviews"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that both sides agree on: its sentence, the lines that say exactly what it means, and the fingerprint
    of the values behind the words.
    """

    key: str
    number: str
    title: str
    text: str
    lines: tuple[str, ...]
    fingerprint: str

    @property
    def section(self) -> str:
        """What the part of the agreement is called in which it stands."""
        return SECTIONS[int(self.number.partition(".")[0])]

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n".join((self.title, self.text, *self.lines))


def clauses_of(*, agreement: Agreement, meanings: Sequence[Meaning] | None = None) -> tuple[Clause, ...]:
    """Everything that a version says, in its order, with what its words mean: as it says itself, or as it is given."""
    return clauses_in(rows=rows_of(agreement=agreement), meanings=meanings)


def clauses_in(*, rows: AgreementRows, meanings: Sequence[Meaning] | None = None) -> tuple[Clause, ...]:
    """The same, of rows that were read already."""
    means = rows.meanings if meanings is None else meanings
    return tuple(with_agreed_words(clause, rows.exceptions, means) for clause in _clauses(rows))


def with_agreed_words(clause: Clause, kept: Sequence[WordingException], meanings: Sequence[Meaning]) -> Clause:
    """The clause with what both sides agree about its words: what they mean, and which stay though they are unclear."""
    return with_kept_words(with_meanings(clause, meanings), kept)


def with_meanings(clause: Clause, meanings: Sequence[Meaning]) -> Clause:
    """The clause with what its own words mean, so that whoever signs it reads and signs that too."""
    used = list(used_meanings([clause.words], meanings))
    if not used:
        return clause
    values = {"clause": clause.fingerprint, "means": [[each.words, each.means] for each in used]}
    lines = (*clause.lines, *(each.line for each in used))
    return replace(clause, lines=lines, fingerprint=digest_of(canonical(values)))


def with_kept_words(clause: Clause, kept: Sequence[WordingException]) -> Clause:
    """The clause with the unclear words that both sides keep in it, and why: whoever signs it reads that too.

    Words that it does not say any more are not kept.
    """
    said = clause.words.casefold()
    own = [each for each in kept if each.clause_key == clause.key and each.words.casefold() in said]
    if not own:
        return clause
    values = {"clause": clause.fingerprint, "kept": [[each.code, each.words, each.reason] for each in own]}
    return replace(clause, lines=(*clause.lines, *kept_lines(own)), fingerprint=digest_of(canonical(values)))


def list_exceptions(*, agreement: Agreement) -> list[WordingException]:
    """What both sides except, in the order of the clauses."""
    return list(agreement.wording_exceptions.order_by("clause_key", "code", "words"))


def _clauses(rows: AgreementRows) -> tuple[Clause, ...]:
    return (
        terms_clause(rows.agreement),
        *((scope_clause(rows.scope),) if rows.scope else ()),
        *(target_clause(target, place) for place, target in enumerate(rows.targets, 1)),
        *(
            credit_clause(in_words(scheme=scheme, bands=list_bands(scheme=scheme)), place)
            for place, scheme in enumerate(rows.schemes, 1)
        ),
        *(duty_clause(duty, place) for place, duty in enumerate(rows.duties, 1)),
        reviews_clause(rows.agreement),
    )


def scope_clause(lines: Sequence[AgreementScope]) -> Clause:
    """What is covered; also lines that are not written yet."""
    text, *more = scope_words(lines)
    return _clause(SCOPE, "2", SECTIONS[2], text, more, [scope_values(line) for line in lines])


def terms_clause(agreement: Agreement) -> Clause:
    """Who agrees with whom, from when until when, and how fast questions are answered."""
    values = {name: value for name, value in terms_values(agreement).items() if name != "version"}
    return _clause(TERMS, "1", SECTIONS[1], terms_words(agreement), terms_lines(agreement), values)


def reviews_clause(agreement: Agreement) -> Clause:
    """How it goes on or ends, and how often both sides look at it."""
    text, *lines = reviews_words(agreement)
    return _clause(REVIEWS, "6", SECTIONS[6], text, lines, review_values(agreement))


def target_clause(target: ServiceLevelTarget, place: int) -> Clause:
    """A promise with all that says how it is judged; also one that is not written yet."""
    title = target.short_name or target.name
    return _clause(
        target_key(target.slug), f"3.{place}", title, target_words(target), target_lines(target), target_values(target)
    )


def credit_clause(agreed: AgreedCredits, place: int) -> Clause:
    """What missed promises are worth, band by band, within which caps, and who approves it; also what is not written
    yet.
    """
    scheme = agreed.scheme
    bands = [f"{band.promise}, {band.values}: {band.credit}." for band in agreed.bands]
    text = "When a promise of these is missed, the following is credited."
    lines = [*bands, *agreed.sentences]
    values = credit_values(scheme, agreed.written)
    return _clause(credit_key(scheme.slug), f"4.{place}", scheme.name, text, lines, values)


def duty_clause(duty: Obligation, place: int) -> Clause:
    """What the customer does so that promises can be kept; also one that is not written yet."""
    text, *lines = duty_words(duty)
    return _clause(duty_key(duty.slug), f"5.{place}", duty.short_text, text, lines, duty_values(duty))


def target_key(slug: str) -> str:
    """By which the clause of a promise is known in each version."""
    return f"target:{slug}"


def credit_key(slug: str) -> str:
    """By which the clause of a scheme of credits is known in each version."""
    return f"credits:{slug}"


def duty_key(slug: str) -> str:
    """By which the clause of a duty is known in each version."""
    return f"duty:{slug}"


def _clause(key: str, number: str, title: str, text: str, lines: Any, values: Any) -> Clause:
    return Clause(key, number, title, text, tuple(lines), digest_of(canonical({"key": key, "values": values})))
