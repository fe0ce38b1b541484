"""Finding technical wording: where it stands, why a reader outside IT stumbles, and what to say instead."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from portal.language.jargon.explained import explained_at
from portal.language.jargon.inflections import Part, inflected
from portal.language.jargon.lexicon import Lexicon, lexicon_of
from portal.language.jargon.shapes import FAR, SURE, shapes
from portal.language.jargon.terms import (
    GlossaryTerm,
    Kind,
    Search,
    Sense,
    Term,
    by_form,
    folded,
    glossary_terms,
    offered_forms,
)
from portal.language.jargon.text import WORD, Span, addresses, masked, names, quotations, sentences

POSSESSIVE = re.compile(r"['’]s$")
LONGEST_PHRASE = 80  # characters on each side of a term
AGAINST = 6  # what a turn of phrase of everyday use weighs
STRONG, WEAK, ORDINARY, SURE_TERM, OTHER_TERM = 2, 1, 2, 2, 1
NEEDS = {Sense.SURE: SURE, Sense.LIKELY: 1, Sense.UNLIKELY: 2, Sense.SELDOM: 4, Sense.PHRASE: 99, Sense.HINT: 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text at which a reader stumbles.

    `plain` is the phrase to write instead, fitted to the form that stands there; empty where nothing is known, then
    `ask` says what to write. A hint is a word that most readers know, or the letters of what may be an office:
    it is shown, and blocks nothing.
    """

    start: int
    end: int
    words: str
    kind: Kind
    why: str
    ask: str
    plain: str = ""
    owner: str = ""
    is_hint: bool = False
    is_seed: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    kind: Kind
    needs: int
    term: Term | None = None
    is_own: bool = False
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class OwnWords:
    """An organisation's glossary, ready for search; what its readers know stands in `allowed`, and what it offers."""

    search: Search
    allowed: Search
    terms: dict[str, tuple[Term, ...]]


def find_jargon(
    text: str,
    *,
    glossary: Sequence[GlossaryTerm] = (),
    audience: str = "",
    known_names: Iterable[str] = (),
    lexicon: Lexicon | None = None,
) -> tuple[Finding, ...]:
    """All technical wording of a text in its order; no two findings share a character.

    Nothing is found inside names, addresses and quotations, nor in a phrase that is offered for a word. `glossary` is
    an organisation's own, for readers of `audience`; `known_names` are names that stand as they are (services, people).
    """
    lexicon = lexicon or lexicon_of()
    own = own_words(tuple(glossary), audience)
    kept = [*quotations(text), *addresses(text, lexicon), *names(text, lexicon, known_names)]
    kept += [Span(*match.span()) for allowed in (own.allowed, lexicon.offered) for match in allowed.finditer(text)]
    found: list[_Candidate] = []
    bare = masked(text, kept)
    for sentence in sentences(text):
        found += _told(text, sentence, list(_listed(text, bare, sentence, lexicon, own)), lexicon)
    explained = explained_at(text, [each.span for each in found])
    return tuple(_finding(text, each, lexicon) for each in found if not _is_explained(text, each.span, explained))


def _listed(text: str, bare: str, sentence: Span, lexicon: Lexicon, own: OwnWords) -> Iterator[_Candidate]:
    """Everything that may be technical in a sentence; `bare` is the text without what is never touched."""
    for match in own.search.finditer(bare, sentence.start, sentence.end):
        term = next((each for each in own.terms[folded(match[0])] if _fits(each, match[0])), None)
        if term:
            yield _Candidate(Span(*match.span()), Kind.GLOSSARY, SURE, term, True)
    for match in lexicon.search.finditer(bare, sentence.start, sentence.end):
        yield from _as_term(text, match, lexicon)
    for shape in shapes(bare, sentence, lexicon):
        yield _Candidate(shape.span, shape.kind, shape.needs)


def _as_term(text: str, match: re.Match[str], lexicon: Lexicon) -> Iterator[_Candidate]:
    fitting = [term for term in lexicon.terms[folded(match[0])] if _fits(term, match[0])]
    if match[0].upper() == match[0] and match[0] in lexicon.sets["known_letters"]:
        return
    span = Span(*match.span())
    for term in fitting:
        needs = NEEDS[term.sense]
        if _says(term.ordinary, text, span):
            needs = AGAINST if needs == SURE else needs + AGAINST
        if _says(term.technical, text, span):
            needs = SURE
        yield _Candidate(span, term.kind, needs, term)


def _fits(term: Term, said: str) -> bool:
    """Letters are said in capitals (`SAN`); those that are no word also in small ones (`dns`)."""
    if term.part is Part.VERB and " " in term.name and "-" in said:
        return False  # a scale-up is no act
    if term.exact:
        return said.rstrip("s").isupper()
    return term.kind is not Kind.ACRONYM or said.islower() or not said.isalpha() or said[1].isupper()


def _says(phrases: str, text: str, span: Span) -> bool:
    """Whether one of the turns of phrase covers the term where it stands."""
    if not phrases:
        return False
    start = max(0, span.start - LONGEST_PHRASE)
    return any(
        match.start() + start <= span.start and span.end <= match.end() + start
        for match in compiled(phrases).finditer(text[start : span.end + LONGEST_PHRASE])
    )


@cache
def compiled(phrases: str) -> re.Pattern[str]:
    """Turns of phrase, compiled when they are first needed: there are many, and few stand in one text."""
    return re.compile(phrases, re.IGNORECASE)


def _told(text: str, sentence: Span, listed: Sequence[_Candidate], lexicon: Lexicon) -> Iterator[_Candidate]:
    """Those with company enough, the longest first where two share a character."""
    company = _Company(text, sentence, listed, lexicon)
    enough = [each for each in listed if each.needs == SURE or company.around(each) >= each.needs]
    enough += [replace(each, is_hint=True) for each in listed if each not in enough and _is_letters_alone(each)]
    covered = bytearray(sentence.end - sentence.start)
    taken: list[_Candidate] = []
    for each in sorted(enough, key=_rank):
        start, end = each.span.start - sentence.start, each.span.end - sentence.start
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append(each)
    yield from sorted(taken, key=lambda each: each.span)


def _is_letters_alone(each: _Candidate) -> bool:
    """Letters that nobody has explained, with nothing technical around: the name of an office, perhaps. Only a hint."""
    return each.term is None and each.kind is Kind.ACRONYM


def _rank(each: _Candidate) -> tuple[int, int, int]:
    is_hint = each.is_hint or (each.term is not None and each.term.sense is Sense.HINT)
    return (not each.is_own, each.span.start - each.span.end, is_hint * 2 + (each.term is None))


class _Company:
    """How technical the words around a candidate are. What counts is gathered once for a sentence."""

    def __init__(self, text: str, sentence: Span, listed: Sequence[_Candidate], lexicon: Lexicon) -> None:
        self.text = text
        self.points = {
            **dict.fromkeys(lexicon.sets["ordinary_weak"], -1),
            **dict.fromkeys(lexicon.sets["ordinary"], -ORDINARY),
            **dict.fromkeys(lexicon.sets["weak"], WEAK),
            **dict.fromkeys(lexicon.sets["strong"], STRONG),
        }
        said = WORD.finditer(text, sentence.start, sentence.end)
        self.words = Counter(POSSESSIVE.sub("", match[0].lower()) for match in said)
        self.weighty = {word for word in self.words if word in self.points}
        self.terms: dict[str, list[_Candidate]] = {}
        for each in listed:
            name = text[each.span.start : each.span.end].lower()
            if name not in lexicon.sets["strong"] and (each.needs == SURE or _supports(each)):
                self.terms.setdefault(name, []).append(each)

    def around(self, candidate: _Candidate) -> int:
        """Points for technical words, terms and shapes beside the candidate, less those for everyday words."""
        own = self.text[candidate.span.start : candidate.span.end].lower()
        inner = Counter(POSSESSIVE.sub("", match[0]) for match in WORD.finditer(own))
        words = (word for word in self.weighty if word != own and self.words[word] > inner[word])
        return sum(self.points[word] for word in words) + self._terms(candidate, own)

    def _terms(self, candidate: _Candidate, own: str) -> int:
        points = 0
        for name, said in self.terms.items():
            if name != own:
                apart = [each.needs == SURE for each in said if not each.span.overlaps(candidate.span)]
                points += (SURE_TERM if any(apart) else OTHER_TERM) if apart else 0
        return points


def _supports(other: _Candidate) -> bool:
    """Whether something that is not sure itself still speaks for others: a likely term, letters that nobody knows."""
    if other.term is None:
        return other.kind is Kind.ACRONYM and other.needs < FAR
    return other.term.sense is Sense.LIKELY and other.needs < NEEDS[Sense.PHRASE]


def _is_explained(text: str, span: Span, explained: dict[str, int]) -> bool:
    """Whether the words were explained before they are used here."""
    first = explained.get(folded(text[span.start : span.end]).removesuffix("s"))
    return first is not None and span.start >= first


def _finding(text: str, each: _Candidate, lexicon: Lexicon) -> Finding:
    said = text[each.span.start : each.span.end]
    term = each.term
    plain = ""
    if term:
        plain = inflected(term.plain, term.plurals, said=said, term=term.name, part=term.part)
    return Finding(
        start=each.span.start,
        end=each.span.end,
        words=said,
        kind=each.kind,
        why=lexicon.why[each.kind],
        ask=lexicon.ask[each.kind],
        plain=plain,
        owner=term.owner if term else "",
        is_hint=each.is_hint or (term is not None and term.sense is Sense.HINT),
        is_seed=term is not None and term.is_seed,
    )


@lru_cache(maxsize=64)
def own_words(glossary: tuple[GlossaryTerm, ...], audience: str) -> OwnWords:
    """A glossary made ready for readers of an audience; made once for all sentences of a page."""
    known = [entry for entry in glossary if audience and audience in entry.allowed_for]
    told = by_form(glossary_terms(entry for entry in glossary if entry not in known))
    offered = (form for entry in glossary for form in offered_forms(entry.plain))
    return OwnWords(Search(told), Search([*by_form(glossary_terms(known)), *offered]), dict(told))
