"""How usual a word is: a list of English words in classes of frequency, without the forms that endings make."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase

LANGUAGE = "en"
SHORTEST_STEM = 3
SHORTEST_WITH_SLIP, LONGEST_WITH_SLIP = 7, 24
SHORTEST_BEHIND_PREFIX = 4
ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("ly", ("",)),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("ness", ("",)),
    ("ings", ("", "e")),
    ("able", ("", "e")),
    ("ally", ("", "al")),
    ("ity", ("", "e")),
    ("al", ("", "y")),
    ("ele", ("",)),
)
DOUBLING = {"ed", "ing", "er", "ers", "ings"}
PREFIXES = (
    *("un", "re", "non", "over", "under", "inter", "pre", "mis", "dis", "out", "sub", "post", "geo", "hydro"),
    *("bio", "eco", "agro", "socio", "macro", "mini", "anti", "co", "counter", "electro", "infra", "intra"),
    *("mega", "mid", "neuro", "para", "photo", "semi", "super", "tele", "thermo", "trans", "ultra", "de", "en"),
    *("fore", "back", "multi", "cross", "self", "ever", "half", "wild"),
)


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """Words of everyday use (`common`), words of any dictionary (`known`), names of people and places."""

    common: frozenset[str]
    known: frozenset[str]
    names: frozenset[str]

    def is_common(self, word: str) -> bool:
        """Whether people use the word, or the word that it is a form of, every day."""
        return any(each in self.common for each in _with_stems(word.lower()))

    def is_known(self, word: str) -> bool:
        """Whether a usual dictionary has the word, or one that it is a form of."""
        low = word.lower()
        return any(each in self.common or each in self.known for each in _with_stems(low))

    def is_name(self, word: str) -> bool:
        """Whether people or places are called so."""
        return word.removesuffix("'s").removesuffix("’s").capitalize() in self.names


def is_like_a_common_word(word: str, words: WordList) -> bool:
    """Whether a word is a common one with one slip of the pen: a letter too many, too few, changed or two swapped."""
    low = word.lower()
    return low.isascii() and any(
        _has_slip(stem, words) for stem in {low, *(low.removesuffix(end) for end in ("s", "d", "ed", "ing"))}
    )


def _has_slip(low: str, words: WordList) -> bool:
    if not SHORTEST_WITH_SLIP <= len(low) <= LONGEST_WITH_SLIP:
        return False
    parts = [(low[:place], low[place:]) for place in range(1, len(low) + 1)]
    slips = {left + right[1:] for left, right in parts if right}
    slips |= {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    slips |= {left + letter + right[1:] for left, right in parts if right for letter in ascii_lowercase}
    slips |= {left + letter + right for left, right in parts for letter in ascii_lowercase}
    return not words.common.isdisjoint(slips)


@cache
def word_list(language: str = LANGUAGE) -> WordList:
    """The words of a language, read once."""
    content = (files("portal.language.jargon") / "data" / f"{language}_words.txt.gz").read_bytes()
    parts: dict[str, set[str]] = {"common": set(), "known": set(), "names": set()}
    part = parts["common"]
    for line in gzip.decompress(content).decode().splitlines():
        if line.startswith("["):
            part = parts[line.strip("[]")]
        else:
            part.add(line)
    return WordList(frozenset(parts["common"]), frozenset(parts["known"]), frozenset(parts["names"]))


@lru_cache(maxsize=20_000)
def _with_stems(word: str) -> tuple[str, ...]:
    """The word and what it may be a form of; two endings deep, as in `unloaders`."""
    once = tuple(_stems(word))
    return (word, *once, *(deep for stem in once for deep in _stems(stem)))


def _stems(word: str) -> Iterator[str]:
    for ending, others in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            yield from (stem + other for other in others)
            if ending in DOUBLING and len(stem) > SHORTEST_STEM and stem[-1] == stem[-2]:
                yield stem[:-1]
    for prefix in PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= SHORTEST_BEHIND_PREFIX:
            yield rest
