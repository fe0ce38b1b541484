"""How easily a text is read: sentences that are too long, and reading ease by Flesch's formula."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.language.jargon.check import Finding
from portal.language.jargon.lexicon import Lexicon, lexicon_of
from portal.language.jargon.listed import WordBook
from portal.language.jargon.terms import Kind
from portal.language.jargon.text import Span, sentences

COUNTED = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")
VOWELS = re.compile(r"[aeiouyäöü]+")
SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouysxzc]es)$")
EASIEST = 100
# The figure for no words at all, per word of a sentence, and per syllable of a word: Flesch 1948; Amstad 1978.
FORMULAS = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5)}


@dataclass(frozen=True, slots=True)
class Reading:
    """Reading ease from 0 (very hard) to 100, with what it is made of; a text without words is easy."""

    ease: int
    level: str
    words: int
    sentences: int


def reading_of(text: str, lexicon: Lexicon | WordBook | None = None) -> Reading:
    """Flesch reading ease: 206.835 - 1.015 x words per sentence - 84.6 x syllables per word (Flesch 1948); in German
    with the weights of Amstad (1978).
    """
    lexicon = lexicon or lexicon_of()
    counted = [found for found in (_words(text, each) for each in sentences(text)) if found]
    said = [word for each in counted for word in each]
    if not said:
        return Reading(EASIEST, lexicon.ease[max(lexicon.ease)], 0, 0)
    per_sentence = len(said) / len(counted)
    count = syllables if lexicon.language == "en" else heard_in_full
    per_word = sum(map(count, said)) / len(said)
    start, each_word, each_syllable = FORMULAS[lexicon.language]
    ease = round(min(EASIEST, max(0, start - each_word * per_sentence - each_syllable * per_word)))
    level = lexicon.ease[max(least for least in lexicon.ease if least <= ease)]
    return Reading(ease, level, len(said), len(counted))


def long_sentences(text: str, lexicon: Lexicon | WordBook | None = None) -> Iterator[Finding]:
    """Sentences with more words than a reader holds in mind."""
    lexicon = lexicon or lexicon_of()
    for each in sentences(text):
        if len(_words(text, each)) > lexicon.longest_sentence:
            why, ask = lexicon.why[Kind.LONG], lexicon.ask[Kind.LONG]
            yield Finding(each.start, each.end, text[each.start : each.end], Kind.LONG, why, ask)


def syllables(word: str) -> int:
    """Syllables as they are heard, by rule of thumb: groups of vowels, less a silent end; digits are one each."""
    digits = sum(char.isdigit() for char in word)
    low = re.sub(r"[^a-z]", "", word.lower())
    if not low:
        return max(1, digits)
    groups = len(VOWELS.findall(low))
    if SILENT.search(low) and groups > 1:
        groups -= 1
    return max(1, groups) + digits


def heard_in_full(word: str) -> int:
    """Syllables of a German word: groups of vowels, none of them silent; digits are one each."""
    digits = sum(char.isdigit() for char in word)
    return max(1, len(VOWELS.findall(word.lower())) + digits)


def _words(text: str, sentence: Span) -> list[str]:
    return [match[0] for match in COUNTED.finditer(text, sentence.start, sentence.end)]
