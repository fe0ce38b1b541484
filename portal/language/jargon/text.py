"""A text as it is read: its sentences, its words, and the stretches that are never touched."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.language.jargon.lexicon import Lexicon

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'”’)»]*\s+(?=[\"'“‘(«`_*]*[A-Z0-9])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)|\n(?=\s*[A-Z])"
)
NOT_AN_END = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|approx|no|nos|mr|mrs|ms|dr|prof|st|vs|cf|fig|[A-Z])\.\s*$", re.IGNORECASE
)
LONGEST_SHORT = 10  # characters before the end of a sentence in which a shortened word is looked for
QUOTED = re.compile(r"“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|‘[^’\n]*’(?!\w)|(?<!\w)\"[^\"\n]+\"(?!\w)")
QUOTED_SINGLE = re.compile(r"(?<!\w)'(?!\s)(?:[^'\n]|(?<=\w)'(?=\w)){1,300}'(?!\w)")
MAIL_OR_WEB = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?|ftps?|sftp|mailto|ssh|file)://?[^\s<>\"'`)]+|\bwww\.[^\s<>\"'`)]+", re.I
)
CAPITALISED = r"[A-Z][\w'’.&-]*"
RUN = re.compile(
    rf"{CAPITALISED}(?:[ \u00a0](?:(?:of|of the|for the|de|van|von|der|du|la|for|&)[ \u00a0])?{CAPITALISED})+"
)
MASK = "\N{LATIN LETTER INVERTED GLOTTAL STOP}"
DETERMINERS = {
    "the",
    "a",
    "an",
    "our",
    "your",
    "their",
    "its",
    "his",
    "her",
    "my",
    "this",
    "that",
    "these",
    "all",
    "each",
    "every",
    "one",
    "two",
}
BACKTICKS = re.compile(r"`[^`\n]*`")


class Span(NamedTuple):
    """[start, end) in characters of the text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def sentences(text: str) -> Iterator[Span]:
    """Each sentence, headline or point of a list, without the space around it."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if NOT_AN_END.search(text[max(start, match.start() - LONGEST_SHORT) : match.end()]):
            continue
        yield from _stripped(text, start, match.start())
        start = match.end()
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        begin = start + len(piece) - len(piece.lstrip())
        yield Span(begin, begin + len(piece.strip()))


def words(text: str, within: Span) -> list[Span]:
    """The words of a stretch; a word with an apostrophe or hyphen is one."""
    return [Span(*match.span()) for match in WORD.finditer(text, within.start, within.end)]


def quotations(text: str) -> Iterator[Span]:
    """What stands in quotation marks. One word between single ones is a way of writing, not a quotation."""
    yield from (Span(*match.span()) for match in QUOTED.finditer(text))
    yield from (Span(*match.span()) for match in QUOTED_SINGLE.finditer(text) if " " in match[0])


def addresses(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Addresses of mail, of the web, and of streets."""
    endings = lexicon.patterns["web_endings"]
    web = re.compile(rf"(?<![\w./@-])(?:[a-z0-9-]+\.)+{endings}(?:/[\w./?=&%-]*)?(?![\w-])", re.IGNORECASE)
    street = lexicon.patterns["streets"]
    streets = re.compile(rf"\b(?:\d+[a-z]?,? )?(?:[A-Z][\w'’-]*\s){{1,4}}(?i:{street})\b(?:,?\s\d+\w?)?")
    for pattern in (MAIL_OR_WEB, web, streets):
        yield from (Span(*match.span()) for match in pattern.finditer(text))


def names(text: str, lexicon: Lexicon, known: Iterable[str] = ()) -> Iterator[Span]:
    """Names: those that are given, and words in a row that begin with capitals (`Container Terminal Rotterdam`).

    Words in capitals throughout and rows made of technical terms alone (`Availability Zones`) are no names.
    """
    yield from known_names_in(text, known)
    for sentence in sentences(text):
        if not _is_headline(text, sentence):
            yield from _runs(text, sentence, lexicon)


def known_names_in(text: str, known: Iterable[str]) -> Iterator[Span]:
    """Where the given names stand."""
    for name in known:
        if name.strip():
            pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)")
            yield from (Span(*match.span()) for match in pattern.finditer(text))


def _runs(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Span]:
    for match in RUN.finditer(text, sentence.start, sentence.end):
        parts = [Span(*word.span()) for word in re.finditer(r"[\w'’.&-]+", match[0])]
        said = [match[0][part.start : part.end] for part in parts]
        capitals = [word for word in said if word[0].isupper()]
        start = match.start()
        if _is_technical(match[0], capitals, lexicon):
            continue
        if start == sentence.start and _only_begins(said, lexicon):
            if len(capitals) < 3:
                continue
            start += parts[1].start
        if not _is_technical(text[start : match.end()], capitals, lexicon):
            yield Span(start, match.end())


def _only_begins(said: list[str], lexicon: Lexicon) -> bool:
    """Whether the first word has its capital from the beginning of the sentence: `The Kafka`, not `Bridge Road`."""
    first, last = said[0].lower(), said[-1].lower()
    if first in lexicon.sets["name_starts"] or not lexicon.words.is_common(first):
        return False
    return last not in lexicon.sets["name_ends"] or first in DETERMINERS


def _is_technical(run: str, capitals: list[str], lexicon: Lexicon) -> bool:
    """Whether a row in capitals is made of technical terms and letters: then it is no name."""
    rest = masked(run, [Span(*match.span()) for match in lexicon.search.finditer(run)]).replace(MASK, " ")
    left = [word for word in WORD.findall(rest) if not re.sub(r"['’]s$", "", word).isupper()]
    return not left or all(word.isupper() or any(char.isdigit() for char in word) for word in capitals[1:])


def _is_headline(text: str, sentence: Span) -> bool:
    """Whether almost every word begins with a capital, as in a headline: then capitals tell nothing."""
    said = [text[word.start : word.end] for word in words(text, sentence)]
    long = [word for word in said if len(word) > 3]
    if text[sentence.start : sentence.end].endswith("."):
        return False
    return len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def masked(text: str, spans: Iterable[Span]) -> str:
    """The text with stretches blotted out, so that nothing is found in them; each place stays the same."""
    for span in spans:
        text = f"{text[: span.start]}{MASK * (span.end - span.start)}{text[span.end :]}"
    return text
