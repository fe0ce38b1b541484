"""Letters and words that a text explains itself: from there on its reader knows them."""

import re
from collections.abc import Iterable

from portal.language.jargon.terms import folded
from portal.language.jargon.text import Span

IN_BRACKETS = re.compile(r"\s?[(\[]((?:[^()\[\]]*\s)[^()\[\]]*)[)\]]")
SAYS_WHAT = re.compile(
    r"(?:an?|the|our|that is|i\.e\.|meaning|means|short for|in other words|one of|which (?:is|means))\b", re.IGNORECASE
)
APART = re.compile(
    r"(?:,|\s[–—-])\s(?:an?|the|that is|i\.e\.|in other words|which (?:is|means)|short for|meaning|our|one of)\b"
    r",?\s(?:\w+[\s-]){2}",
    re.IGNORECASE,
)
MEANS = re.compile(r"\s(?:means|stands for|is short for)\s", re.IGNORECASE)
LETTERS = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z0-9]s?")
SMALL = {"of", "and", "the", "for", "to", "in", "on", "a", "an", "&", "de"}
LEAST_WORDS = 3


def explained_at(text: str, found: Iterable[Span]) -> dict[str, int]:
    """From which character on each explained word is known; its own place counts too."""
    known: dict[str, int] = {}
    for span in found:
        said = text[span.start : span.end]
        if _is_explained(text, span, said):
            known.setdefault(folded(said).removesuffix("s"), span.start)
    return known


def _is_explained(text: str, span: Span, said: str) -> bool:
    brackets = IN_BRACKETS.match(text, span.end)
    if brackets and (_spells(said, brackets[1]) or _says_what(brackets[1])):
        return True
    if text[: span.start].endswith("(") and text[span.end : span.end + 1] in {")", ","}:
        return _is_behind_its_words(text[: span.start - 1], said)
    return bool(APART.match(text, span.end) or MEANS.match(text, span.end))


def _says_what(words: str) -> bool:
    return bool(SAYS_WHAT.match(words.strip())) and len(words.split()) >= LEAST_WORDS


def _is_behind_its_words(before: str, said: str) -> bool:
    """Whether letters stand behind what they are short for: `service level objective (SLO)`, `GCXchange (GCX)`."""
    last = before.split()[-8:]
    if not last or not LETTERS.fullmatch(said):
        return False
    return _spells(said, " ".join(last)) or last[-1].startswith(said)


def _spells(letters: str, words: str) -> bool:
    """Whether the first letters of words in a row, small words left out or not, are the letters."""
    wanted = re.sub(r"[^a-z0-9]", "", letters.lower().removesuffix("s") if letters[-1:] == "s" else letters.lower())
    said = [word for word in re.split(r"[\s/-]+", words.lower()) if word]
    for kept in (said, [word for word in said if word not in SMALL]):
        initials = "".join(word.strip("\"'“”‘’(,.")[:1] for word in kept)
        if wanted and wanted in initials:
            return True
    return False
