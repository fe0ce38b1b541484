"""The difference of two texts in words: what stayed, what was taken out, what was added."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

# A number keeps its sign, its clock and its per cent: “99.5 %” is one word, so that nobody has to piece it together.
WORD = re.compile(r"\s+|[+\u2212-]?\d[\d.,:/]*\d(?:[\u00a0 ]%)?|\d(?:[\u00a0 ]%)?|\w[\w'\u2019-]*|[^\w\s]")


class Change(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that follow each other and share one fate; `looked_at` are those among them that somebody should mend."""

    change: Change
    text: str
    looked_at: tuple[str, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it should be mended."""
        pattern = "|".join(map(re.escape, self.looked_at))
        parts = re.split(f"({pattern})", self.text) if pattern else [self.text]
        return ((part, bool(place % 2)) for place, part in enumerate(parts) if part)


def difference(before: str, after: str) -> tuple[Stretch, ...]:
    """From the one text to the other, in reading order; where words are replaced, the old ones come first.

    The stretches that were not inserted make the text before, those that were not deleted the text after.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    return tuple(_joined(_stretches(old, new)))


def is_same(stretches: Sequence[Stretch]) -> bool:
    """Whether nothing was changed."""
    return all(stretch.change is Change.SAME for stretch in stretches)


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    deleted = inserted = ""
    for change, start, end, begin, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        words = "".join(old[start:end])
        if change != "equal":
            deleted += words
            inserted += "".join(new[begin:until])
        elif (deleted or inserted) and not any(map(_is_word, words)) and end < len(old) and until < len(new):
            # Blanks and commas between two changes belong to them: word by word, nobody could read it.
            deleted += words
            inserted += words
        else:
            yield Stretch(Change.DELETED, deleted)
            yield Stretch(Change.INSERTED, inserted)
            yield Stretch(Change.SAME, words)
            deleted = inserted = ""
    yield Stretch(Change.DELETED, deleted)
    yield Stretch(Change.INSERTED, inserted)


def _is_word(sign: str) -> bool:
    return sign.isalnum()


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    yield from (stretch for stretch in stretches if stretch.text)


def line_differences(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Stretch, ...]]:
    """The lines that differ, each with its words: lines that stayed are left out, replaced ones stand for one."""
    for change, start, end, begin, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change != "equal":
            for old, new in zip_longest(before[start:end], after[begin:until], fillvalue=""):
                yield difference(old, new)
