"""What is known of technical words: the built-in list, and a glossary that an organisation keeps beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.language.jargon.inflections import OWN_ARTICLE, Part, forms_of, plural_phrase

LETTERS_OR_DIGITS = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[A-Z0-9][A-Za-z0-9/]*[A-Z0-9]")


class Kind(StrEnum):
    """Why a reader stumbles."""

    TERM = "term"
    ACRONYM = "acronym"
    UNIT = "unit"
    PRODUCT = "product-internal"
    RARE = "rare"
    GLOSSARY = "glossary"
    LONG = "long-sentence"


class Sense(StrEnum):
    """How surely a word is technical: everywhere, mostly, seldom, in set phrases; or most know it (a hint only)."""

    SURE = "sure"
    LIKELY = "likely"
    UNLIKELY = "unlikely"
    SELDOM = "seldom"
    PHRASE = "phrase"
    HINT = "hint"


class BadWords(ValueError):
    """Data of a language or a glossary that cannot be used: says which entry, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A technical word with all its forms, what it means in plain words, and when it is an ordinary word.

    `ordinary` and `technical` are regular expressions of turns of phrase in which it stands.
    """

    name: str
    part: Part
    forms: frozenset[str]
    plain: str
    plurals: str = ""
    kind: Kind = Kind.TERM
    sense: Sense = Sense.SURE
    exact: bool = False
    ordinary: str = ""
    technical: str = ""
    is_seed: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An entry of an organisation's own glossary.

    `owner` keeps it; readers of the audiences in `allowed_for` know the word, and for them it may stand.
    """

    term: str
    plain: str
    owner: str = ""
    allowed_for: frozenset[str] = frozenset()
    forms: tuple[str, ...] = ()


def folded(words: str) -> str:
    """As terms are compared: lower case, one blank for any space or hyphen."""
    return re.sub(r"[\s\u00a0_-]+", " ", words.strip()).lower()


def glossary_terms(entries: Iterable[GlossaryTerm]) -> Iterator[Term]:
    """The entries as terms that are technical wherever they stand. Raises BadWords for an entry without words."""
    for entry in entries:
        if not entry.term.strip() or not entry.plain.strip():
            raise BadWords(f"“{entry.term}”: a term and its plain words are both needed")
        forms = {folded(entry.term), *map(folded, entry.forms)}
        for part in Part if not LETTERS.fullmatch(entry.term) else (Part.NOUN,):
            forms |= set(forms_of(folded(entry.term), part))
        yield Term(
            name=entry.term,
            part=Part.ANY,
            forms=frozenset(forms),
            plain=entry.plain,
            kind=Kind.GLOSSARY,
            exact=bool(LETTERS.fullmatch(entry.term)) and len(entry.term) < 4,
            owner=entry.owner,
        )


def offered_forms(plain: str, plurals: str = "") -> Iterator[str]:
    """A plain phrase of several words as it is put into sentences, of one and of several: it is not told again."""
    if " " in plain:
        bare = OWN_ARTICLE.sub("", plain)
        yield from map(folded, (bare, plurals or plural_phrase(bare)))


def by_form(terms: Iterable[Term]) -> Mapping[str, tuple[Term, ...]]:
    """Which terms have a form; the first one given comes first."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        for form in term.forms:
            found.setdefault(form, []).append(term)
    return {form: tuple(each) for form, each in found.items()}


class Search:
    """All forms, ready to be found in a text: by the letters that each begins with, the longest first."""

    def __init__(self, forms: Iterable[str]) -> None:
        begun: dict[str, list[str]] = {}
        for form in set(forms):
            if first := LETTERS_OR_DIGITS.match(form):
                begun.setdefault(first[0], []).append(form)
        self._begun = begun
        self._patterns: dict[str, re.Pattern[str]] = {}

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Whole words and phrases in their order, none inside another; blanks stand for any space or hyphen."""
        last = start
        for word in LETTERS_OR_DIGITS.finditer(text, start, len(text) if end is None else end):
            first = word[0].lower()
            if word.start() >= last and first in self._begun:
                match = self._pattern(first).match(text, word.start(), len(text) if end is None else end)
                if match:
                    last = match.end()
                    yield match

    def _pattern(self, first: str) -> re.Pattern[str]:
        if first not in self._patterns:
            self._patterns[first] = _pattern_of(self._begun[first])
        return self._patterns[first]


def _pattern_of(forms: Iterable[str]) -> re.Pattern[str]:
    said = sorted(forms, key=lambda form: (-len(form), form))
    choice = "|".join(re.escape(form).replace(r"\ ", r"[\s\u00a0_-]+") for form in said)
    return re.compile(rf"(?<![^\W_][-.@/])(?:{choice})(?![^\W_])(?![-.@/][^\W_])", re.IGNORECASE)
