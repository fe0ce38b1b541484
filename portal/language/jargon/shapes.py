"""Technical wording by how it looks, for words on no list: code, paths, versions, units, letters, rare words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from portal.language.jargon.lexicon import Lexicon
from portal.language.jargon.terms import Kind, folded
from portal.language.jargon.text import BACKTICKS, MASK, Span, words
from portal.language.jargon.words import is_like_a_common_word

B = r"(?<![\w/.@-])"  # nothing of a word stands before
E = r"(?![\w/@-]|\.\w)"
CODE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{B}/(?:[\w.-]+/)*[\w.-]*\w|{B}~/[\w./-]+|{B}[A-Za-z]:\\[\w.\\-]+|\\\\[\w.\\-]+",  # paths
        rf"{B}--?[a-z][\w-]+(?:=\S+)?",  # options of commands
        rf"{B}[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+{E}",  # snake_case
        rf"{B}[a-z]+(?:[A-Z][a-z0-9]*)+{E}",  # camelCase
        rf"{B}(?:[A-Z][a-z0-9]+){{3,}}{E}",  # CamelCaseOfThree
        rf"{B}\w+(?:::\w+)+|{B}\w+\(\)|\$\{{?[A-Za-z_]\w*\}}?|{B}[A-Za-z_]\w*=\S+",  # names in programs
        rf"{B}[vV]\d+(?:\.\d+)+[\w.-]*",  # versions
        r"(?<![\w-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w-])",  # sums and commits
        rf"{B}0x[0-9A-Fa-f]+{E}",
        rf"{B}[A-Za-z][A-Za-z0-9]*(?:[./-][A-Za-z0-9]+)*:v?\d[\w.-]*{E}",  # nginx:1.25
        r"(?<![\w.])(?:ASP|VB)?\.NET(?!\w)|(?<!\w)(?:[CF]#(?! (?:minor|major))|C\+\+)(?!\w)",  # .NET, C#
    )
)
ADDRESS = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?::\d+)?(?![\w.]*\d)|(?<![\w/.])/(?:[89]|[12]\d|3[0-2])(?![\w/])"
)
STATUS = re.compile(
    r"(?<![\w.,£$€])(?:HTTP )?[45](?:xx|\d\d)s?(?:/[45](?:xx|\d\d)s?)*"
    r"(?= (?:errors?|responses?|status|codes?|HTTP|\w+ errors))"
    r"|(?<!\w)[45]xx(?:s|es)?(?!\w)",
    re.IGNORECASE,
)
VERSION = re.compile(rf"{B}\d+\.\d+\.\d+(?:[-.]\w+)*(?![\w/])")
MIXED = re.compile(rf"{B}(?=[\w.-]*\d)(?=[\w.-]*[A-Za-z])[A-Za-z][\w]*(?:[.-]\w+)*{E}")
HUMPS = re.compile(rf"{B}(?:[A-Z][a-z0-9]+){{2}}s?{E}")
LETTERS = re.compile(rf"{B}(?:[A-Z][A-Z0-9]+(?:[/&-][A-Z0-9]+)*|[A-Z]+[a-z]{{1,2}}[A-Z]+)(?:s|es)?(?![\w@])")
KEBAB = re.compile(rf"{B}[a-z][a-z0-9]*(?:-[a-z0-9]+)+{E}")
SHORTEST_RARE = 4
FEW_PARTS, MANY_PARTS = 2, 4


@dataclass(frozen=True, slots=True)
class Shape:
    """A stretch that looks technical. `needs` is how much company it must have to be told."""

    span: Span
    kind: Kind
    needs: int


SURE = -99  # told whatever stands around it
COMPANY = 2  # told among technical words
NEAR = 0
BESIDE = 1
FAR = 6  # an organisation, unless all around it is technical


def shapes(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Shape]:
    """All that looks technical in a sentence; stretches may overlap."""
    yield from _code(text, sentence, lexicon)
    yield from _units(text, sentence, lexicon)
    yield from _letters(text, sentence, lexicon)
    yield from _rare(text, sentence, lexicon)
    yield from _compounds(text, sentence, lexicon)


def _code(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Shape]:
    mixed = lexicon.sets["known_mixed"]
    for match in BACKTICKS.finditer(text, sentence.start, sentence.end):
        if match[0].strip("` "):
            yield Shape(Span(match.start() + 1, match.end() - 1), Kind.PRODUCT, SURE)
    for pattern in (*CODE, _files(lexicon), STATUS):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if match[0] not in mixed and not _is_trade(match[0]):
                yield Shape(Span(*match.span()), Kind.PRODUCT, SURE)
    for match in ADDRESS.finditer(text, sentence.start, sentence.end):
        yield Shape(Span(*match.span()), Kind.UNIT, SURE)
    for pattern, is_meant in MAYBE_CODE:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if match[0] not in mixed and not _is_trade(match[0]) and is_meant(match[0], lexicon):
                yield Shape(Span(*match.span()), Kind.PRODUCT, COMPANY)


def _is_small(word: str, _lexicon: Lexicon) -> bool:
    return word[0].islower()


def _is_any(_word: str, _lexicon: Lexicon) -> bool:
    return True


def _is_no_product_of_all(word: str, lexicon: Lexicon) -> bool:
    return word.lower() not in lexicon.sets["known_products"]


def _is_strange(word: str, lexicon: Lexicon) -> bool:
    """Whether words joined by hyphens are no usual compound: too many of them, or some on no list."""
    parts = word.split("-")
    strange = any(not part.isdigit() and len(part) > 1 and not lexicon.words.is_known(part) for part in parts)
    return (strange and len(parts) > FEW_PARTS) or len(parts) > MANY_PARTS


MAYBE_CODE: tuple[tuple[re.Pattern[str], Callable[[str, Lexicon], bool]], ...] = (
    (MIXED, _is_small),  # live-1, c5.4xlarge
    (VERSION, _is_any),
    (HUMPS, _is_no_product_of_all),
    (KEBAB, _is_strange),
)


def _is_trade(word: str) -> bool:
    """`and/or`, `km/h`, `24/7` and dates are no paths; a hyphen before a word is no option."""
    return bool(re.fullmatch(r"-\w+|/\w{1,2}|[Nn]o\.\d+|\d+\.\d+\.\d{2,4}", word))


@cache
def _files(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{B}[\w-]+(?:\.[\w-]+)*\.{lexicon.patterns['extensions']}(?![\w-])")


@cache
def _measures(lexicon: Lexicon) -> re.Pattern[str]:
    number = r"(?<![\w.,])\d[\d.,]*"
    return re.compile(
        rf"{number}[ \u00a0]?{lexicon.patterns['units']}(?![\w/])|(?<!\w){lexicon.patterns['unit_words']}(?!\w)",
        re.IGNORECASE,
    )


@cache
def _pairs(lexicon: Lexicon) -> re.Pattern[str]:
    left, right = lexicon.patterns["compounds.left"], lexicon.patterns["compounds.right"]
    return re.compile(rf"(?<![\w-]){left}[\s-]{right}(?![\w-])", re.IGNORECASE)


def _units(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Shape]:
    for match in _measures(lexicon).finditer(text, sentence.start, sentence.end):
        if not re.search(r"[\d ](?:M|G|K|T|k|m)$", match[0]):
            yield Shape(Span(*match.span()), Kind.UNIT, SURE)


def _letters(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Shape]:
    """Letters that are no usual word in capitals, and that not everybody knows."""
    known = lexicon.sets["known_letters"]
    for match in LETTERS.finditer(text, sentence.start, sentence.end):
        bare = re.sub(r"(?<=[A-Z0-9])(?:es|s)$", "", match[0])
        is_word = len(bare) > 3 and lexicon.words.is_known(bare)
        if bare not in known and not is_word and match[0] not in lexicon.sets["known_mixed"]:
            yield Shape(
                Span(*match.span()), Kind.ACRONYM, COMPANY if not _is_organisation(text, match, lexicon) else FAR
            )
    for match in MIXED.finditer(text, sentence.start, sentence.end):
        if match[0].isupper() and match[0] not in known and match[0] not in lexicon.sets["known_mixed"]:
            yield Shape(Span(*match.span()), Kind.ACRONYM, COMPANY)


@cache
def _people(lexicon: Lexicon) -> re.Pattern[str]:
    after = lexicon.patterns["organisation.after"]
    return re.compile(rf"(?:['’]s?|-\w+)?\s{after}(?!\w)", re.IGNORECASE)


def _is_organisation(text: str, letters: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the letters stand for an organisation: among people and offices, not among machines."""
    return bool(_people(lexicon).match(text, letters.end()))


def _rare(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Shape]:
    """Words that no usual dictionary has, and that are no names of people and places."""
    said = words(text, sentence)
    for place, word in enumerate(said):
        for part in re.finditer(r"[^-]+", text[word.start : word.end]):
            span = Span(word.start + part.start(), word.start + part.end())
            if MASK in part[0]:
                continue
            bare = re.sub(r"(?:n['’]t|['’]\w{0,2})$", "", part[0])
            if len(bare) < SHORTEST_RARE or bare.isupper() or any(char.isupper() for char in bare[1:]):
                continue
            if (
                lexicon.words.is_known(bare)
                or bare.lower() in lexicon.sets["known_products"] | lexicon.sets["known_words"]
            ):
                continue
            if is_like_a_common_word(bare, lexicon.words):
                continue
            if bare[0].islower():
                is_name = lexicon.words.is_name(bare)
                yield Shape(
                    span, Kind.RARE, COMPANY if _is_made_by_it(bare, lexicon) else 5 if is_name else COMPANY + 1
                )
            elif not lexicon.words.is_name(bare):
                yield Shape(span, Kind.PRODUCT, COMPANY + 2 + (place == 0))


@cache
def _made(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"^{lexicon.patterns['technical_parts']}|{lexicon.patterns['technical_ends']}$", re.IGNORECASE)


def _is_made_by_it(word: str, lexicon: Lexicon) -> bool:
    return bool(_made(lexicon).search(word))


def _compounds(text: str, sentence: Span, lexicon: Lexicon) -> Iterator[Shape]:
    for match in _pairs(lexicon).finditer(text, sentence.start, sentence.end):
        if folded(match[0]) not in lexicon.never:
            yield Shape(Span(*match.span()), Kind.TERM, BESIDE)
