"""How sentences about promises are said: in a language, and in one of several ways.

A number chooses the way, so that the same month is told in the same words and neighbours are not.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from portal.language.numbers import and_list
from portal.language.ways_de import DE, GERMAN_MONTHS
from portal.language.ways_en import EN

ENGLISH, GERMAN = "en", "de"
WAYS: Mapping[str, Mapping[str, tuple[str, ...]]] = {ENGLISH: EN, GERMAN: DE}
SPELLED: Mapping[str, tuple[str, ...]] = {
    ENGLISH: ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    GERMAN: ("keine", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
}
# How several months and a year stand in a German sentence whose words are made for one month.
PERIODS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(rf"\bim (?=(?:{'|'.join(GERMAN_MONTHS)}) bis )"), "von "),
    (re.compile(rf"\bIm (?=(?:{'|'.join(GERMAN_MONTHS)}) bis )"), "Von "),
    (re.compile(r"\bvon Jahr ab\b"), "vom Jahr ab"),
    (re.compile(r"\b([Ff]ür|als|wie) Jahr ab\b"), r"\1 das Jahr ab"),
)
VARIANTS = 6  # each list of ways is gone through: of two, of three


def say(language: str, variant: int, way: str, **parts: object) -> str:
    """One way to say it, with its parts in place. Raises KeyError for what the language has no words for."""
    ways = WAYS[language][way]
    said = ways[variant % len(ways)].format(**parts)
    return of_periods(said) if language == GERMAN else said


def of_periods(said: str) -> str:
    """`im Oktober` stays, `im Juli bis September` is `von Juli bis September`."""
    for pattern, becomes in PERIODS:
        said = pattern.sub(becomes, said)
    return said


@dataclass(frozen=True, slots=True)
class Voice:
    """A language, and which of several ways is used in it."""

    language: str = ENGLISH
    variant: int = 0

    def say(self, way: str, **parts: object) -> str:
        """One way to say it."""
        return say(self.language, self.variant, way, **parts)

    def spelled(self, number: int) -> str:
        """Small counts as words: none, one, two; then digits."""
        words = SPELLED[self.language]
        return words[number] if number < len(words) else str(number)

    def names(self, names: Sequence[str]) -> str:
        """`a, b and c`."""
        return and_list(names, self.say("and"))


def variants(unit: str, month: str, anchors: Sequence[str]) -> list[int]:
    """Which way each promise of a review is told in, in their order: by unit, promise and month, and no two neighbours
    alike, whether they are told in two ways or in three.
    """
    chosen: list[int] = []
    for anchor in anchors:
        number = crc32(f"{anchor} {unit} {month}".encode()) % VARIANTS
        while chosen and (number % 2 == chosen[-1] % 2 or number % 3 == chosen[-1] % 3):
            number = (number + 1) % VARIANTS
        chosen.append(number)
    return chosen
