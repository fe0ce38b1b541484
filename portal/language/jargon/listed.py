"""Technical wording in a language of which only a short list is known, beside an organisation's own glossary.

Nothing is told by its look, and no phrase of the list is put into a sentence: in German its case and its gender would
have to fit. The finding says what to write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from portal.language.jargon.check import Finding, OwnWords, own_words
from portal.language.jargon.lexicon import LOADER
from portal.language.jargon.terms import BadWords, GlossaryTerm, Kind, Search, folded
from portal.language.jargon.text import MAIL_OR_WEB, Span, known_names_in, masked, quotations

GROUPS = {"terms": Kind.TERM, "acronyms": Kind.ACRONYM}
TOLD = ("version", "language", "why", "ask", "example", "longest_sentence", "ease")
KINDS = (Kind.TERM, Kind.ACRONYM, Kind.GLOSSARY, Kind.LONG)


@dataclass(frozen=True, slots=True, eq=False)
class WordBook:
    """The list of a language with its reasons, and how its sentences are measured."""

    version: int
    language: str
    kinds: Mapping[str, Kind]
    instead: Mapping[str, str]
    search: Search
    why: Mapping[str, str]
    ask: Mapping[str, str]
    example: str
    longest_sentence: int
    ease: Mapping[int, str]


@cache
def word_book(language: str) -> WordBook:
    """The list of a language, read and checked once. Raises BadWords for an entry that cannot be used."""
    text = (files("portal.language.jargon") / "data" / f"{language}.yaml").read_text(encoding="utf-8")
    return read_book(yaml.load(text, Loader=LOADER))  # noqa: S506 (both loaders are safe)


def read_book(source: Mapping[str, Any]) -> WordBook:
    """A list from its data. Raises BadWords for a word that is given twice, or a kind without its reason."""
    kinds: dict[str, Kind] = {}
    instead: dict[str, str] = {}
    for group, kind in GROUPS.items():
        for plain, said in source[group].items():
            for word in str(said).split():
                if folded(word) in kinds:
                    raise BadWords(f"{word}: stands there twice")
                kinds[folded(word)], instead[folded(word)] = kind, plain
    for kind in KINDS:
        if not source["why"].get(kind) or not source["ask"].get(kind):
            raise BadWords(f"{kind}: its reason or its advice is missing")
    told = {name: source[name] for name in TOLD}
    return WordBook(kinds=kinds, instead=instead, search=Search(kinds), **told)


def find_listed(
    text: str,
    book: WordBook,
    *,
    glossary: Sequence[GlossaryTerm] = (),
    audience: str = "",
    known_names: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """The words of the glossary and of the list in a text, in their order; none inside names, addresses, quotations."""
    own = own_words(tuple(glossary), audience)
    kept = [*quotations(text), *(Span(*match.span()) for match in MAIL_OR_WEB.finditer(text))]
    kept += known_names_in(text, known_names)
    kept += [Span(*match.span()) for match in own.allowed.finditer(text)]
    bare = masked(text, kept)
    found = list(_of_glossary(bare, own, book))
    taken = [Span(each.start, each.end) for each in found]
    found += [
        each for each in _of_list(bare, book) if not any(Span(each.start, each.end).overlaps(one) for one in taken)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def _of_glossary(bare: str, own: OwnWords, book: WordBook) -> Iterator[Finding]:
    for match in own.search.finditer(bare):
        term = own.terms[folded(match[0])][0]
        why, ask = book.why[Kind.GLOSSARY], book.ask[Kind.GLOSSARY]
        yield Finding(match.start(), match.end(), match[0], Kind.GLOSSARY, why, ask, term.plain, term.owner)


def _of_list(bare: str, book: WordBook) -> Iterator[Finding]:
    for match in book.search.finditer(bare):
        kind = book.kinds[folded(match[0])]
        if kind is not Kind.ACRONYM or match[0][:2].isupper():
            ask = f"{book.ask[kind]} {book.example} {book.instead[folded(match[0])]}."
            yield Finding(match.start(), match.end(), match[0], kind, book.why[kind], ask)
