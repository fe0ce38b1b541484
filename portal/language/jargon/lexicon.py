"""All that is known of technical wording in one language: read once from its files, checked, ready for search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from portal.language.jargon.inflections import Part, forms_of, past, third
from portal.language.jargon.terms import BadWords, Kind, Search, Sense, Term, by_form, folded, offered_forms
from portal.language.jargon.words import LANGUAGE, WordList, word_list

BLANKS = r"[\s\u00a0_-]+"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SHORT = 2  # letters of an acronym that are too few to be told from a word in lower case
PATTERNS = (
    *("units", "unit_words", "organisation.after", "streets", "technical_parts", "technical_ends", "extensions"),
    *("web_endings", "compounds.left", "compounds.right"),
)
SETS = (
    *("strong", "weak", "ordinary", "ordinary_weak", "name_ends", "name_starts", "known_letters", "known_mixed"),
    *("known_products", "known_words"),
)
MORE = {"sure": Sense.SURE, "likely": Sense.LIKELY, "unlikely": Sense.UNLIKELY, "phrases": Sense.PHRASE}


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of a language with its patterns, its lists of company and its reasons."""

    version: int
    language: str
    terms: Mapping[str, tuple[Term, ...]]
    search: Search
    offered: Search
    patterns: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    never: frozenset[str]
    why: Mapping[str, str]
    ask: Mapping[str, str]
    longest_sentence: int
    ease: Mapping[int, str]
    words: WordList


@cache
def lexicon_of(language: str = LANGUAGE) -> Lexicon:
    """The lexicon of a language, read and checked once. Raises BadWords for an entry that cannot be used."""
    rules, seed, more = (_source(f"{language}{part}.yaml") for part in ("", "_seed", "_more"))
    return read_lexicon(rules, seed, more, word_list(language))


def read_lexicon(
    rules: Mapping[str, Any], seed: Mapping[str, Any], more: Mapping[str, Any], words: WordList
) -> Lexicon:
    """A lexicon from its data. Raises BadWords for an entry that is missing or of no use."""
    listed = dict(_flat(rules))
    for name in (*PATTERNS, *SETS, "compounds.not", "longest_sentence", "ease", "version", "language"):
        if name not in listed and name not in rules:
            raise BadWords(f"{name}: is missing")
    for kind in Kind:
        if not rules["why"].get(kind) or not rules["ask"].get(kind):
            raise BadWords(f"{kind}: its reason or its advice is missing")
    terms = by_form([*_seed_terms(seed, words), *_more_terms(more, words)])
    return Lexicon(
        version=rules["version"],
        language=rules["language"],
        terms=terms,
        search=Search(terms),
        offered=Search(
            form for told in terms.values() for term in told for form in offered_forms(term.plain, term.plurals)
        ),
        patterns={name: _choice(listed[name]) for name in PATTERNS},
        sets={name: frozenset(str(listed[name]).split()) for name in SETS},
        never=frozenset(map(folded, _entries(listed["compounds.not"]))),
        why=rules["why"],
        ask=rules["ask"],
        longest_sentence=rules["longest_sentence"],
        ease=rules["ease"],
        words=words,
    )


def _source(name: str) -> dict[str, Any]:
    text = (files("portal.language.jargon") / "data" / name).read_text(encoding="utf-8")
    source: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 (both are safe loaders)
    return source


def _seed_terms(source: Mapping[str, Any], words: WordList) -> Iterator[Term]:
    for entry in source["terms"]:
        name = str(entry.get("term", ""))
        if not name or not entry.get("plain"):
            raise BadWords(f"“{name}”: a term and its plain words are both needed")
        forms = frozenset({folded(name), *(folded(form) for form in entry.get("forms", ()))})
        yield Term(
            name=name,
            part=Part(entry["part"]),
            forms=forms,
            plain=entry["plain"],
            plurals=entry.get("plurals", ""),
            kind=Kind.ACRONYM if is_letters(name) else Kind.TERM,
            sense=Sense(entry.get("sense", Sense.SURE)),
            exact=_is_exact(name, words),
            ordinary=_around(forms, entry.get("ordinary"), f"{name}, ordinary"),
            technical=_around(forms, entry.get("technical"), f"{name}, technical"),
            is_seed=True,
        )


def _more_terms(source: Mapping[str, Any], words: WordList) -> Iterator[Term]:
    ordinary, technical = source["ordinary"], source["phrases_technical"]
    doubtful = set(source["product_ordinary"].split())
    for name, plain in source["products"].items():
        sense = Sense.UNLIKELY if name in doubtful else Sense.SURE
        yield Term(name, Part.ADJECTIVE, frozenset({folded(name)}), plain, kind=Kind.PRODUCT, sense=sense)
    doubtful = set(source["acronym_ordinary"].split())
    for name, plain in source["acronyms"].items():
        forms = frozenset({folded(name), f"{folded(name)}s"})
        sense = Sense.UNLIKELY if name in doubtful else Sense.SURE
        yield Term(name, Part.NOUN, forms, plain, kind=Kind.ACRONYM, sense=sense, exact=_is_exact(name, words))
    for group, sense in MORE.items():
        for part, entries in source[group].items():
            for name, plain in entries.items():
                forms = frozenset(_all_forms(folded(name), Part(part)))
                yield Term(
                    name=name,
                    part=Part(part),
                    forms=forms,
                    plain=plain,
                    sense=sense,
                    ordinary=_around(forms, ordinary.get(name), f"{name}, ordinary"),
                    technical=_around(forms, technical.get(name), f"{name}, technical"),
                )


def _all_forms(term: str, part: Part) -> Iterator[str]:
    """The forms of a term, and those that are said in one word (`on prem`, `timed out`)."""
    yield from forms_of(term, part)
    if part is Part.VERB and " " not in term and term.endswith(("e", "y")):
        yield from (third(term), past(term))


def is_letters(name: str) -> bool:
    """Whether a term is an acronym: `API`, `2FA`, `IPsec`, `CI/CD`."""
    return " " not in name and sum(char.isupper() for char in name) > 1 and len(name) < 8


def _is_exact(name: str, words: WordList) -> bool:
    return is_letters(name) and (len(name) <= SHORT or words.is_known(name) or words.is_name(name))


def _entries(words: str) -> list[str]:
    return [entry.strip() for entry in re.split(r"\s\|\s|\n", words) if entry.strip()]


def _choice(words: str) -> str:
    said = _entries(words) if "|" in words or "\n" in words.strip() else words.split()
    return "(?:" + "|".join(said).replace(" ", BLANKS) + ")"


def _around(forms: Iterable[str], words: Any, name: str) -> str:
    """Turns of phrase with a term in them, as one expression; `{w}` is any of its forms."""
    if words is None:
        return ""
    if not isinstance(words, str) or "{w}" not in words:
        raise BadWords(f"{name}: names no phrase with {{w}}")
    term = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)).replace(r"\ ", " ")
    pattern = re.sub(r"\s+\|\s+", "|", words.strip()).replace("{w}", f"(?:{term})").replace(" ", BLANKS)
    return rf"(?<!\w)(?:{pattern})(?:(?<=[\s-])|(?!\w))"


def _flat(source: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in source.items():
        if isinstance(value, Mapping) and name not in {"why", "ask", "ease"}:
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
