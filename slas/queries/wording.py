"""What the ambiguity check says of an agreement: clause by clause, with what both sides except."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from slas.models import (
    Agreement,
    AgreementState,
    OwnWord,
    ServiceHours,
    ServiceLevelTarget,
    TargetKind,
    WordingException,
    WordKind,
)
from slas.queries.agreement_rows import AgreementRows, rows_of
from slas.queries.clause_changes import ClauseRow
from slas.queries.meanings import list_meanings
from slas.queries.sentences import sentence_of
from slas.queries.wording_parts import Part, frame_of_words, hours_part, list_parts, row_parts, target_parts
from slas.wording.check import check
from slas.wording.frame import Finding, Frame, Severity, Slot
from slas.wording.rules import OwnWords, own_words

LONGEST = ServiceLevelTarget._meta.get_field("sentence").max_length or 0
# Of these the sentence says itself when one is good; without those words none can be written.
SAID_GOOD = (TargetKind.VOLUME, TargetKind.SATISFACTION)


@dataclass(frozen=True, slots=True)
class ClauseFinding:
    """A finding in a clause of an agreement, with the exception that both sides sign, if there is one.

    `offer` is the whole text as it could read instead, where that is known and nobody keeps it as it is.
    """

    part: Part
    finding: Finding
    offer: str = ""
    exception: WordingException | None = None

    @property
    def clause_key(self) -> str:
        """The clause in which it was found."""
        return self.part.clause_key

    @property
    def title(self) -> str:
        """What that clause is called."""
        return self.part.title

    @property
    def text(self) -> str:
        """The text in which it was found."""
        return self.part.frame.text

    @property
    def is_open(self) -> bool:
        """Whether it keeps the agreement from being accepted."""
        return self.finding.severity == Severity.ERROR and self.exception is None

    @property
    def is_marked(self) -> bool:
        """Whether its words are to be mended where they stand."""
        return self.is_open and bool(self.finding.words)

    @property
    def weight(self) -> str:
        """What it means for the agreement, in a word or two."""
        if self.exception:
            return "Both sides keep it"
        return {Severity.ERROR: "Unclear", Severity.HEDGE: "Weakens the promise"}.get(self.finding.severity, "Not said")

    @property
    def about(self) -> str:
        """What is found: the words, or the part of the frame that is missing."""
        if self.finding.words:
            return f"“{self.finding.words}”"
        part = (self.finding.slot or self.finding.code).replace("_", " ")
        return part if self.finding.slot == Slot.WHO_DECIDES else f"the {part}"

    @property
    def named(self) -> str:
        """What it is about, for a refusal: the words, or the part that is missing, and where."""
        return f"{self.about} in “{self.title}”"

    @property
    def proposed(self) -> str:
        """What the form of a counter is opened with."""
        return urlencode({"field": self.part.field, "wording": self.offer})

    @property
    def asked(self) -> str:
        """What the form of its exception is opened with."""
        return urlencode({"clause_key": self.clause_key, "code": self.finding.code, "words": self.finding.words})


def own_words_of(agreement: Agreement | None = None, *, with_new: bool = False) -> OwnWords:
    """What this tenant adds to the rules for an agreement, or for words of none: what is vague here, as it is now, and
    what its text says the meaning of. A word that was defined since it was proposed means nothing in it yet.
    """
    rows = OwnWord.objects.filter(is_active=True).order_by("words").values_list("words", "kind", "note")
    vague = {words: note for words, kind, note in rows if kind == WordKind.VAGUE}
    if agreement is None or agreement.state == AgreementState.DRAFT:
        return own_words(vague=vague, defined=[words for words, kind, _note in rows if kind == WordKind.DEFINED])
    return own_words(
        vague=vague, defined=[each.words for each in list_meanings(agreement=agreement, with_new=with_new)]
    )


def target_findings(
    target: ServiceLevelTarget, exceptions: Sequence[WordingException] = ()
) -> tuple[ClauseFinding, ...]:
    """What the check says of one promise, also of one that is not written yet."""
    own = own_words_of(target.agreement, with_new=True)
    return tuple(_findings(target_parts(target), own, exceptions))


def row_findings(row: ClauseRow, exceptions: Sequence[WordingException] = ()) -> tuple[ClauseFinding, ...]:
    """What the check says of the row behind a clause, written or not, in the words that are its own."""
    own = own_words_of(row if isinstance(row, Agreement) else row.agreement, with_new=True)
    return tuple(_findings((part for part in row_parts(row) if part.is_own), own, exceptions))


def sentence_findings(text: str, zone: str = "") -> tuple[ClauseFinding, ...]:
    """What the check says of words of which nothing else is known yet but the time zone, if at all."""
    return tuple(_findings([Part(frame_of_words(text, zone))], own_words_of()))


def hours_findings(hours: ServiceHours) -> tuple[ClauseFinding, ...]:
    """What the check says of the words of service hours, beside their days."""
    return tuple(_findings([hours_part(hours)], own_words_of()))


def agreement_findings(*, agreement: Agreement) -> tuple[ClauseFinding, ...]:
    """What the check says of a version, in the order of its clauses; errors that both sides except carry that."""
    return findings_in(rows=rows_of(agreement=agreement))


def findings_in(*, rows: AgreementRows) -> tuple[ClauseFinding, ...]:
    """The same, of rows that were read already."""
    parts = list_parts(targets=rows.targets, duties=rows.duties, scope=rows.scope)
    return findings_of(agreement=rows.agreement, parts=parts, exceptions=rows.exceptions)


def open_words(*, rows: AgreementRows) -> list[str]:
    """What keeps a version from being signed, in short: `“promptly” in “Urgent problems”`."""
    return [each.named for each in findings_in(rows=rows) if each.is_open]


def wording_warnings(*, agreement: Agreement) -> tuple[str, ...]:
    """What whoever proposes or accepts a version is told about its words; nobody can sign it before."""
    found = open_words(rows=rows_of(agreement=agreement))
    if not found:
        return ()
    told = f"It can be read in two ways: {'; '.join(found)}."
    return (f"{told} Nobody can sign it before that is mended, or both sides keep it with a reason.",)


def findings_of(
    *, agreement: Agreement, parts: Iterable[Part], exceptions: Sequence[WordingException]
) -> tuple[ClauseFinding, ...]:
    """The same, of the texts of one version that are at hand."""
    return tuple(_findings(parts, own_words_of(agreement), exceptions))


def _findings(
    parts: Iterable[Part], own: OwnWords, exceptions: Sequence[WordingException] = ()
) -> Iterator[ClauseFinding]:
    excepted = {(each.clause_key, each.code, each.words): each for each in exceptions}
    for part in parts:
        for finding in _checked(part.frame, own):
            exception = excepted.get((part.clause_key, finding.code, finding.words))
            yield ClauseFinding(part, finding, "" if exception else _offer(part, finding, own), exception)


def _offer(part: Part, finding: Finding, own: OwnWords) -> str:
    """What the check offers; where it knows nothing, a promise is written from its own figures, if that is clear."""
    target = part.row
    if finding.rewrite or finding.severity != Severity.ERROR or part.field != "sentence":
        return finding.rewrite
    if target.kind in SAID_GOOD and not target.good_words:
        return ""
    written = sentence_of(target)
    found = _checked(replace(part.frame, text=written), own)
    is_clear = not any(each.severity == Severity.ERROR for each in found)
    return written if is_clear and len(written) <= LONGEST else ""


@lru_cache(maxsize=4096)
def _checked(frame: Frame, own: OwnWords) -> tuple[Finding, ...]:
    """Sentences are read again and again and seldom change."""
    return check(frame, own=own)
