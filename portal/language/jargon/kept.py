"""Words that stay in a text although its readers may not know them, and who said why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordKept:
    """Words that a reader may not know and that were issued all the same: in which part of the page, and why told."""

    anchor: str
    section: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class WordsKept:
    """Why a review was issued with such words, and who said so."""

    reason: str
    by: str
    words: tuple[WordKept, ...]
