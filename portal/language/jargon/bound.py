"""A sentence whose figures are named in braces, read for technical words; its figures and its bold stay in place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from portal.language.jargon.check import Finding
from portal.language.jargon.lexicon import Lexicon
from portal.language.jargon.listed import WordBook
from portal.language.jargon.offers import rewritten
from portal.language.jargon.reading import Reading, long_sentences, reading_of
from portal.language.jargon.terms import Kind
from portal.language.sentences import BINDING, NotBound, bind, plain

BOLD = "**"
CROWD = 5  # technical words in what is written
Find = Callable[[str], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Checked:
    """At what the reader of a sentence stumbles; places are those of the text as it is written."""

    findings: tuple[Finding, ...]
    reading: Reading

    @property
    def open(self) -> tuple[Finding, ...]:
        """What stands in the way of issuing: a hint does not."""
        return tuple(each for each in self.findings if not each.is_hint)

    @property
    def is_crowded(self) -> bool:
        """Whether plain phrases one by one would not help: a whole story of IT, put into longer words, stays one."""
        return sum(each.kind is not Kind.LONG for each in self.open) >= CROWD


def check_bound(
    text: str, figures: Mapping[str, str], find: Find, lexicon: Lexicon | WordBook | None = None
) -> Checked:
    """Technical words and long sentences of a text with named figures; `figures` maps anchors to printed strings.

    A figure counts as its number: nothing is found in its name, and a technical measure behind it is. Where a finding
    holds a figure or begins or ends bold, nothing is offered: the figure would be lost.
    """
    findings = tuple(_shown(text, each, figures) for each in find(_bare(text)))
    read = _read(text, figures)
    return Checked((*findings, *long_sentences(read, lexicon)), reading_of(read, lexicon))


def reworded(text: str, figures: Mapping[str, str], find: Find, at: str) -> str | None:
    """The text with the plain phrase at a place (`12:pods`); None where nothing is offered there, or no more."""
    start, _, words = at.partition(":")
    fitting = [each for each in check_bound(text, figures, find).findings if each.plain and each.words == words]
    chosen = next((each for each in fitting if str(each.start) == start), fitting[0] if fitting else None)
    return rewritten(text, chosen) if chosen else None


def _bare(text: str) -> str:
    """The text with a number of the same length for each figure and blanks for bold, so that each place stays."""
    return BINDING.sub(lambda found: "0" * len(found[0]), text).replace(BOLD, "  ")


def _shown(text: str, finding: Finding, figures: Mapping[str, str]) -> Finding:
    said = text[finding.start : finding.end]
    if "{" not in said and BOLD not in said:
        return finding
    words = BINDING.sub(lambda found: figures.get(found[1], found[0]), said).replace(BOLD, "")
    return replace(finding, words=words, plain="")


def _read(text: str, figures: Mapping[str, str]) -> str:
    """As its reader sees it; with the names of figures where one of them is unknown."""
    try:
        return plain(bind(text, figures))
    except NotBound:
        return text
