"""Sentences whose numbers are bound: `{figure:orders.result}` stands for a printed figure, `**` marks what matters.

A number that somebody types is refused, because nothing would hold it to the figure it repeats.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BINDING = re.compile(r"\{figure:([^{}]*)\}")
STRONG = re.compile(r"(\*\*)")
# Characters without a shape: they turn figures round, or hide a word from the check.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
NUMBER = re.compile(r"[\d½⅓⅔¼¾⅛⅜⅝⅞²³¹①-⑳Ⅰ-ⅿ][\d.,:/]*")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it is printed: where it is known by, its string, and what it is called."""

    anchor: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: plain words, or the printed string of a figure (then `figure` is its anchor)."""

    text: str
    figure: str = ""
    strong: bool = False


Sentence = tuple[Piece, ...]


class NotBound(ValueError):
    """A sentence that cannot stand as it is; the message says what is wrong and what to write."""


def figure(anchor: str) -> str:
    """How a sentence names a figure."""
    return f"{{figure:{anchor}}}"


def bind(text: str, figures: Mapping[str, str]) -> Sentence:
    """The sentence with its figures printed; `figures` maps anchors to strings. Raises NotBound for an unknown one."""
    pieces: list[Piece] = []
    strong = False
    for stretch in STRONG.split(text):
        if stretch == "**":
            strong = not strong
            continue
        for place, part in enumerate(BINDING.split(stretch)):
            if place % 2:
                pieces.append(Piece(_printed(part, figures), part, strong))
            elif part:
                pieces.append(Piece(part, "", strong))
    return tuple(pieces)


def _printed(anchor: str, figures: Mapping[str, str]) -> str:
    if anchor not in figures:
        known = ", ".join(sorted(figures))
        raise NotBound(f"There is no figure “{anchor}” in this review. Figures that you can use: {known}.")
    return figures[anchor]


def check(text: str, figures: Mapping[str, str], names: Iterable[str] = ()) -> None:
    """Refuse a sentence that breaks a binding, types a number, or holds a character that nobody sees.

    `names` are names of promises, services and goals that may hold digits (“within 15 minutes”). Raises NotBound.
    """
    bind(text, figures)
    if unseen := UNSEEN.search(text):
        raise NotBound(unseen_words(unseen[0]))
    if text.count("**") % 2:
        raise NotBound("Bold begins with ** and ends with **: one of the two is missing.")
    words = BINDING.sub(" ", text)
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, " ")
    if broken := re.search(r"[{}]", words):
        raise NotBound(f"“{broken[0]}” is used only to name a figure, as in {{figure:orders.result}}.")
    if number := NUMBER.search(words):
        raise NotBound(_typed(number[0], figures))


def unseen_words(sign: str) -> str:
    """What is said of a character without a shape: U+202E."""
    return f"There is a character that nobody sees (U+{ord(sign):04X}). Type the words anew instead of copying them."


def _typed(number: str, figures: Mapping[str, str]) -> str:
    bare = number.rstrip(".,:")
    fitting = [anchor for anchor, printed in figures.items() if bare in re.split(r"[^\d.,:/]+", printed)]
    advice = f" Write {figure(fitting[0])} for it." if fitting else " Name a figure of this review, or use words."
    return f"The number {bare} is typed in, so nothing would keep it right.{advice}"


def plain(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(piece.text for piece in sentence)
