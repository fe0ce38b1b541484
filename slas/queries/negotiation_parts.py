"""What the page of two versions side by side is made of."""

from dataclasses import dataclass

from portal.conversations.queries import CommentLine
from portal.language.differences import Stretch
from portal.language.numbers import counted, lower_first
from slas.models import Agreement, ClauseProposal, Party
from slas.queries.clause_changes import can_be_left_out
from slas.queries.clauses import SCOPE, Clause
from slas.queries.wording_texts import UnclearText

Words = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clause stands, in words, with names and days; the tone is that of its mark: accent, close or kept."""

    words: str = ""
    tone: str = ""
    details: tuple[str, ...] = ()
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal beside its clause: who, when, why, the words as they would be with their fingerprint, and what became
    of it.
    """

    proposal: ClauseProposal
    heading: str
    on: str
    initials: str
    is_it: bool
    read: str
    text: Words
    lines: tuple[Words, ...]
    outcome: str
    tried: str
    texts: tuple[UnclearText, ...]
    may_answer: bool
    may_withdraw: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not self.outcome


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause in both versions: what it was, what it is with the difference, and where it stands."""

    clause: Clause
    is_held: bool
    tag: str
    was: str
    text: Words
    lines: tuple[Words, ...]
    is_changed: bool
    standing: Standing
    texts: tuple[UnclearText, ...]
    cards: tuple[Card, ...]
    talk: tuple[CommentLine, ...]
    accept_for: tuple[Party, ...]
    may_propose: bool

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.clause.key.replace(":", "-")

    @property
    def unclear(self) -> int:
        """How many findings keep it from being signed."""
        return sum(each.is_open for text in self.texts for each in text.findings)

    @property
    def may_be_left_out(self) -> bool:
        """Whether taking it out can be proposed."""
        return can_be_left_out(self.clause.key)

    @property
    def is_talked_about(self) -> bool:
        """Whether it is shown among the changed ones: it differs, somebody proposes that it should, or it must."""
        return self.is_changed or bool(self.cards) or bool(self.unclear)


@dataclass(frozen=True, slots=True)
class NegotiationPage:
    """A version beside another one, or alone where there is none before it."""

    agreement: Agreement
    other: Agreement | None
    state: str
    other_state: str
    rows: tuple[ClauseView, ...]
    shows_all: bool
    due: str
    is_late: bool
    proposed: str
    own_sides: tuple[Party, ...]
    is_on_offer: bool
    can_be_talked_about: bool

    @property
    def versions(self) -> str:
        """Both versions with where they stand, in one line."""
        said = [f"Version {self.agreement.version}, {lower_first(self.state)}"]
        if self.other:
            said.append(f"beside version {self.other.version}, {lower_first(self.other_state)}")
        return ", ".join(said)

    @property
    def lacks_scope(self) -> bool:
        """Whether nothing says or is to say what is covered."""
        return not any(row.clause.key == SCOPE and (row.is_held or row.cards) for row in self.rows)

    @property
    def due_state(self) -> str:
        """How the clock looks."""
        return "late" if self.is_late else ""

    @property
    def total(self) -> int:
        """How many clauses the version has."""
        return sum(row.is_held for row in self.rows)

    @property
    def waiting(self) -> int:
        """How many proposals wait for an answer."""
        return sum(card.is_open for row in self.rows for card in row.cards)

    @property
    def shown(self) -> tuple[ClauseView, ...]:
        """The clauses that were asked for."""
        return self.rows if self.shows_all else self.changed

    @property
    def changed(self) -> tuple[ClauseView, ...]:
        """The clauses that differ or are talked about."""
        return tuple(row for row in self.rows if row.is_talked_about)

    @property
    def agreed(self) -> int:
        """How many clauses both sides agree on."""
        return sum(row.standing.is_agreed and row.is_held for row in self.rows)

    @property
    def before_signing(self) -> str:
        """How far both sides are, and what is to be done before either can sign."""
        said = [f"{self.agreed} of {self.total} clauses are agreed by both."]
        if self.waiting:
            said.append(f"Answer first: {counted(self.waiting, 'proposals')}.")
        unclear = sum(row.unclear for row in self.rows if row.is_held)
        if unclear:
            said.append(f"Mend first: {counted(unclear, 'unclear wordings')}.")
        return " ".join(said)

    @property
    def waits_for_reader(self) -> tuple[ClauseView, ...]:
        """The clauses that are shown and that the reader answers: another side's proposal, or a yes."""
        return tuple(row for row in self.shown if row.accept_for or any(card.may_answer for card in row.cards))

    @property
    def to_accept(self) -> tuple[ClauseView, ...]:
        """The clauses that wait for the reader's yes, and for nothing else."""
        return tuple(row for row in self.rows if row.accept_for)

    @property
    def together(self) -> tuple[tuple[Party, tuple[ClauseView, ...]], ...]:
        """By side of the reader the clauses that wait for its yes, where they are several."""
        waiting = [(party, tuple(row for row in self.rows if party in row.accept_for)) for party in self.own_sides]
        return tuple((party, rows) for party, rows in waiting if len(rows) > 1)
