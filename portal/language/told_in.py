"""What the portal writes in English, said in another language: by a table of phrases, each found by its own words.

So also what was kept in English when a figure was made (the lines of its sum, its closing) is read in the language of a
review. What people wrote is in no table and stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from portal.language.dates import MONTHS
from portal.language.printed import printed_in
from portal.language.told_de import PARTS, PHRASES
from portal.language.ways import ENGLISH, GERMAN

SLOT = re.compile(r"\{([#*]?)(\w+)\}")
SENTENCES = re.compile(r"(?<=[.]) (?=[A-Z“\"\d{])")
TWO_STOPS = re.compile(r"(?<![.])[.]{2}(?![.])")
DAYS = ("on", "by", "when", "at")
DATED = rf"(?=(?:(?![.] ).)*?\d|(?:{'|'.join(MONTHS)})\b)"  # what a day holds; words of people have neither
COUNTS = ("n", "m", "cap", "share")
NUMBERS = "[-\u2212]?\\d[\\d.,]*(?: to \\d[\\d.,]*)?(?:[ \u00a0]%)?"
FIGURE = "{figure:"
TABLES: Mapping[str, tuple[Mapping[str, str], Iterable[tuple[str, str]]]] = {GERMAN: (PHRASES, PARTS)}


def told_in(language: str, text: str) -> str:
    """The text in a language, sentence by sentence where it is none as a whole; what no table has stays.

    Raises KeyError for a language without a table.
    """
    if language == ENGLISH or not text:
        return text
    if (whole := _found(language, text)) is not None:
        return whole
    if len(sentences := SENTENCES.split(text)) < 2:
        return text
    return " ".join(each if (said := _found(language, each)) is None else said for each in sentences)


def counted_in(language: str, text: str) -> str:
    """How a figure came about, a note of numbers, dates and small words, in a language."""
    if language == ENGLISH or not text:
        return text
    if (whole := _found(language, text)) is not None:
        return whole
    for pattern, said in _parts(language):
        text = pattern.sub(said, text)
    return ended_once(printed_in(language, text))


def ended_once(text: str) -> str:
    """A sentence that ends with a shortened month (Nov.) has one full stop."""
    return TWO_STOPS.sub(".", text)


@lru_cache(maxsize=20_000)
def _found(language: str, text: str) -> str | None:
    """What the table has for a whole phrase, with its blanks; a full stop behind it stays behind it."""
    phrases, bare = TABLES[language][0], text.strip()
    if bare in phrases and "{" not in bare:
        return text.replace(bare, phrases[bare])
    for pattern, kinds, said in _patterns(language):
        if match := pattern.fullmatch(bare):
            told = {name: _slot(language, kinds[name], value) for name, value in match.groupdict().items()}
            return ended_once(text.replace(bare, said(told)))
    if bare.endswith(".") and bare[:-1] in phrases:
        return text.replace(bare, f"{phrases[bare[:-1]]}.")
    return None


def _slot(language: str, kind: str, value: str) -> str:
    """A part of a phrase: `#` numbers and dates, `*` another phrase, else as it stands; a figure keeps its name."""
    if value.startswith(FIGURE) or not kind:
        return value
    found = _found(language, value) if kind == "*" else None
    return counted_in(language, value) if found is None else found


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], dict[str, str], Callable[[Mapping[str, str]], str]]]:
    return [_pattern(english, said) for english, said in TABLES[language][0].items() if SLOT.search(english)]


def _pattern(english: str, said: str) -> tuple[re.Pattern[str], dict[str, str], Callable[[Mapping[str, str]], str]]:
    kinds = {name: kind for kind, name in SLOT.findall(english)}
    written = "".join(
        f"(?P<{part[2]}>{_what(part)})" if (part := SLOT.fullmatch(piece)) else re.escape(piece)
        for piece in re.split(r"(\{[#*]?\w+\})", english)
    )
    template = SLOT.sub(r"{\2}", said)
    return re.compile(written.replace(r"\ ", "[ \u00a0]")), kinds, lambda told: template.format(**told)


def _what(slot: re.Match[str]) -> str:
    """What a slot takes: another phrase may hold several sentences, a number has digits, the rest ends with its own."""
    if slot[1] == "*":
        return ".+?"
    if slot[1] and slot[2] in COUNTS:
        return NUMBERS
    return (DATED if slot[1] and slot[2] in DAYS else "") + r"(?:(?![.] ).)+?"


@cache
def _parts(language: str) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), said) for pattern, said in TABLES[language][1]]
