"""How well a word that was typed fits a word that is known: by its letters, with the slips that people make."""

import re
from collections.abc import Collection, Mapping

WORD = re.compile(r"[^\W_]+")
FEWEST = 3  # letters of a word that may be a part of another one
SAME, BEGINS, HOLDS, SLIPPED = 1.0, 0.9, 0.8, 0.7
EACH_SLIP = 0.1
MOST_WORDS = 8  # of one search


def words_in(text: str) -> list[str]:
    """The words of a search in small letters, each once; the short ones only where there are no longer ones."""
    found = list(dict.fromkeys(WORD.findall(text.lower())))
    return ([word for word in found if len(word) >= FEWEST] or found)[:MOST_WORDS]


def slips_allowed(word: str) -> int:
    """None in words of three letters, one in those of up to seven, two in longer ones."""
    return 0 if len(word) <= FEWEST else 1 if len(word) < FEWEST + 5 else 2


def likeness(asked: str, known: str, *, slips: int) -> float:
    """From 0, not alike, to 1, the same; a slip is a letter too many, missing or wrong, or two that changed places."""
    if asked == known:
        return SAME
    shorter, longer = sorted((asked, known), key=len)
    if len(shorter) >= FEWEST and shorter in longer:
        return BEGINS if longer.startswith(shorter) else HOLDS
    if not slips or len(longer) - len(shorter) > slips or len(set(asked) - set(known)) > slips:
        return 0.0
    made = slips_between(asked, known, most=slips)
    return SLIPPED - EACH_SLIP * made if made <= slips else 0.0


def slips_between(asked: str, known: str, *, most: int) -> int:
    """The fewest slips that lead from one word to the other; one more than `most` where there are more."""
    before: list[int] = []
    row = list(range(len(known) + 1))
    for place, letter in enumerate(asked, start=1):
        earlier, before, row = before, row, [place]
        for column, other in enumerate(known, start=1):
            fewest = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != other))
            if place > 1 and column > 1 and letter == known[column - 2] and asked[place - 2] == other:
                fewest = min(fewest, earlier[column - 2] + 1)
            row.append(fewest)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def alike(asked: str, known: Collection[str]) -> Mapping[str, float]:
    """The known words that a typed word may mean; with one slip more than usual only where there are none."""
    usual = slips_allowed(asked)
    for slips in (usual, usual + 1) if usual else (usual,):
        found = {word: fit for word in known if (fit := likeness(asked, word, slips=slips))}
        if found:
            return found
    return {}
