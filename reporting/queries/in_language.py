"""A review in the language of its report agreement: what the portal wrote is said in it, what people wrote stays."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from portal.charts.trends import Limit, TrendPoint
from portal.language.jargon.kept import WordKept
from portal.language.sentences import Piece
from portal.language.told_in import counted_in, told_in
from portal.language.ways import ENGLISH
from reporting.layout import Interpretation
from reporting.queries import page_parts as page
from reporting.queries import talk_parts as talk
from reporting.queries.worth import Worth
from slas.queries.as_others import OtherLine
from slas.queries.figure_facts import Facts, Row

CLAIM = "claim."  # how the names of figures begin that the other side counts
Part = TypeVar("Part")
# Which texts are the portal's own: sentences and names; and what is made of numbers, dates and small words.
TOLD: Mapping[type, frozenset[str]] = {
    page.Head: frozenset({"prepared_as", "layout"}),
    page.Budget: frozenset({"title"}),
    page.Half: frozenset({"label"}),
    page.Meaning: frozenset({"agreed"}),
    page.ProofLine: frozenset({"label"}),
    page.SumLine: frozenset({"label"}),
    page.EventRow: frozenset({"what"}),
    page.Events: frozenset({"note"}),
    page.WorthRow: frozenset({"evidence"}),
    page.FollowUpRow: frozenset({"text", "owner", "state"}),
    page.ReviewPage: frozenset({"rules", "rules_note"}),
    WordKept: frozenset({"section"}),
    talk.Clock: frozenset({"label", "words"}),
    talk.Change: frozenset({"name"}),
    talk.ThreadView: frozenset({"kind", "due", "due_long"}),
    talk.DisputeView: frozenset({"claim_note"}),
    talk.Owed: frozenset({"side", "poorer"}),
    Facts: frozenset({"title", "what", "cost", "when"}),
    Row: frozenset({"what", "why"}),
    OtherLine: frozenset({"name", "ours", "theirs"}),
    Limit: frozenset({"label"}),
}
COUNTED: Mapping[type, frozenset[str]] = {
    page.Head: frozenset({"meeting_length"}),
    page.BudgetPiece: frozenset({"label"}),
    page.ProofLine: frozenset({"how"}),
    page.ProofPart: frozenset({"closing"}),
    page.SumLine: frozenset({"detail", "value"}),
    page.EventRow: frozenset({"day", "end", "minutes", "counted", "hit"}),
    page.Events: frozenset({"minutes", "counted", "hit"}),
    page.BetterRow: frozenset({"by"}),
    page.FollowUpRow: frozenset({"by"}),
    talk.CommentView: frozenset({"when", "when_long"}),
    talk.DisputeView: frozenset({"claimed_when", "claimed_on", "claimed_time"}),
    talk.EditionHead: frozenset({"issued", "issued_long"}),
    talk.Signature: frozenset({"when", "when_long"}),
    talk.Owed: frozenset({"by"}),
    Row: frozenset({"when", "cost"}),
    OtherLine: frozenset({"value"}),
    TrendPoint: frozenset({"label"}),
}
OF_PEOPLE = "promise"  # the lines of a sum that repeat a promise in the words of those who agreed on it
NAMED: Mapping[type, str] = {page.FigureEntry: "name"}


def in_language(part: Part, language: str) -> Part:
    """The same part of a page in a language; in English the very same.

    Numbers and dates in it are still English, but for the page of an issued edition (in what is shown of it): those are
    in its language since it was issued.
    """
    if language == ENGLISH:
        return part
    said: Part = _Speaker(language).say(part)
    return said


def name_in(language: str, name: str) -> str:
    """What a figure is called: the promise keeps its name, `time lost` and `October 2025` behind it do not."""
    owner, colon, part = name.rpartition(": ")
    if not colon:
        return told_in(language, name)
    said = told_in(language, part)
    return f"{owner}: {said if said != part else counted_in(language, part)}"


def worth_in(language: str, worth: Worth) -> Worth:
    """A statement of value whose figures are not printed yet; its sums are told when they are kept."""
    if language == ENGLISH:
        return worth
    text, shown, cover, evidence = (
        told_in(language, said) for said in (worth.text, worth.worth, worth.cover, worth.evidence)
    )
    return replace(worth, text=text, worth=shown, cover=cover, evidence=evidence)


@dataclass(frozen=True)
class _Speaker:
    """Says the parts of a page in a language; of what is issued, numbers and dates stay as they are."""

    language: str
    is_issued: bool = False

    def say(self, part: Any) -> Any:
        """The same part, its texts in the language."""
        if isinstance(part, Piece):
            return self._piece(part)
        if isinstance(part, Interpretation):
            means, means_not = (told_in(self.language, words) for words in (part.means, part.means_not))
            return replace(part, language=self.language, means=means, means_not=means_not)
        if isinstance(part, tuple):
            return _ended(tuple(self.say(item) for item in part))
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{each.name: self._field(part, each.name) for each in fields(part)})
        return part

    def _piece(self, part: Piece) -> Piece:
        if part.figure.startswith(CLAIM):
            return replace(part, text=counted_in(self.language, part.text))
        return part if part.figure else replace(part, text=told_in(self.language, part.text))

    def _field(self, part: Any, name: str) -> Any:
        value, kind = getattr(part, name), type(part)
        if isinstance(part, page.SumLine) and part.key == OF_PEOPLE:
            return value
        if name in TOLD.get(kind, ()):
            return _told(self.language, value)
        if name in COUNTED.get(kind, ()) or name == NAMED.get(kind):
            say = counted_in if name in COUNTED.get(kind, ()) else name_in
            return value if self.is_issued else say(self.language, value)
        if isinstance(part, talk.ShownReview) and name == "page":
            return replace(self, is_issued=True).say(value)
        return self.say(value)


def _told(language: str, value: Any) -> Any:
    return tuple(told_in(language, each) for each in value) if isinstance(value, tuple) else told_in(language, value)


def _ended(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The parts of a sentence: one that begins with a full stop behind a figure that ends with one (Nov.) leaves it."""
    if not any(isinstance(each, Piece) for each in parts):
        return parts
    before = ("", *(each.text for each in parts))
    return tuple(
        replace(each, text=each.text[1:]) if each.text.startswith(".") and was.endswith(".") else each
        for was, each in zip(before, parts, strict=False)
    )
