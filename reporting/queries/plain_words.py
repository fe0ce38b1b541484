"""At which words of a working review its readers stumble: for the editor sentence by sentence, and before issue."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse

from catalog.queries.glossary import PlainWords, words_for
from portal.language.jargon.bound import Checked, check_bound, reworded
from portal.language.jargon.check import Finding
from portal.language.jargon.kept import WordKept, WordsKept
from portal.language.jargon.listed import WordBook, word_book
from portal.language.jargon.reading import Reading, reading_of
from portal.language.jargon.terms import Kind
from portal.language.numbers import and_list
from portal.language.sentences import NotBound, bind, plain
from portal.language.ways import ENGLISH
from reporting.models import ReviewParagraph
from reporting.queries.drafting import COVER, PROMISE, WORTH
from reporting.queries.printed_words import printed_words
from reporting.queries.review_page import Material

SECTIONS = {COVER: "In short", PROMISE: "Promises in detail", WORTH: "What it was worth"}
NAMED = 6  # findings that a refusal names


@dataclass(frozen=True)
class Reader:
    """Reads the sentences of one review as the people of its unit would."""

    material: Material
    words: PlainWords

    @property
    def language(self) -> str:
        """In which the review is told."""
        return self.material.terms.language

    def check(self, text: str) -> Checked:
        """What the check says of one sentence."""
        return check_bound(text, self.material.strings, self._find, self._book)

    def find(self, text: str) -> tuple[Finding, ...]:
        """At which words of a text without figures its readers stumble; however long its sentences are."""
        return tuple(each for each in self._find(text) if not each.is_hint)

    def reword(self, text: str, at: str) -> str | None:
        """The sentence with the offered phrase in its place; None where nothing is offered there."""
        return reworded(text, self.material.strings, self._find, at)

    def ease(self, texts: Iterable[str]) -> Reading:
        """How easily the sentences are read as a whole."""
        return reading_of("\n\n".join(filter(None, map(self._read, texts))), self._book)

    @property
    def _book(self) -> WordBook | None:
        return None if self.language == ENGLISH else word_book(self.language)

    @property
    def _find(self) -> Callable[[str], tuple[Finding, ...]]:
        names = [*self.material.names, *(told.words.short_name for told in self.material.promises)]
        return lambda text: self.words.findings(text, names=names, language=self.language)

    def _read(self, text: str) -> str:
        try:
            return plain(bind(text, self.material.strings))
        except NotBound:
            return ""


def reader_of(material: Material) -> Reader:
    """The reader of a review, with the glossary and the names of the tenant."""
    return Reader(material, words_for(unit=material.review.business_unit))


def shown_paragraphs(material: Material) -> list[ReviewParagraph]:
    """The sentences that the page shows, in their order; those about promises that show no box are left out."""
    detailed = {f"{PROMISE}.{told.rows.anchor}" for told in material.promises if told.status == "missed"}
    rows = ReviewParagraph.objects.filter(review=material.review).select_related("edited_by__user")
    return [row for row in rows.order_by("position", "anchor") if row.section != PROMISE or row.anchor in detailed]


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Words at which a reader may stumble, and the address where they are mended."""

    kept: WordKept
    url: str


@dataclass(frozen=True, slots=True)
class WordsReason:
    """Why words stay that readers may not know; `read` is the fingerprint of those that its writer has seen."""

    reason: str
    read: str


def open_words(material: Material) -> tuple[WordKept, ...]:
    """All that would be issued although a reader may not know it: the sentences first, then what else is printed."""
    return tuple(place.kept for place in open_places(material))


def open_places(material: Material) -> tuple[OpenPlace, ...]:
    """The same, each with where it is mended."""
    return (*_in_sentences(material), *open_elsewhere(material))


def _in_sentences(material: Material) -> Iterator[OpenPlace]:
    reader, review = reader_of(material), material.review
    where = {"tenant": review.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    url = reverse("review_edit", kwargs=where)
    for row in shown_paragraphs(material):
        for each in stopping(row, reader.check(row.text)):
            yield OpenPlace(WordKept(row.anchor, SECTIONS[row.section], each.words, each.why), f"{url}#{row.anchor}")


def open_elsewhere(material: Material) -> tuple[OpenPlace, ...]:
    """What is open in events, improvements, follow-ups and agreed words, each once."""
    reader = reader_of(material)
    found = {
        OpenPlace(WordKept(printed.anchor, printed.section, each.words, each.why), printed.url): None
        for printed in printed_words(material)
        for each in reader.find(printed.text)
    }
    return tuple(found)


def stopping(row: ReviewParagraph, checked: Checked) -> tuple[Finding, ...]:
    """What stands in the way of issuing a sentence; sentences of the rules may be long."""
    return tuple(each for each in checked.open if each.kind is not Kind.LONG or row.edited_at is not None)


def told_words(words: Iterable[WordKept]) -> str:
    """Which words, and where: In short: “pods” and “DNS”; What it was worth: “IOPS”."""
    found: dict[str, list[str]] = {}
    for each in words:
        if (said := f"“{each.words}”") not in found.setdefault(each.section, []):
            found[each.section].append(said)
    told = []
    for section, said_there in found.items():
        more = [f"{len(said_there) - NAMED} more"] if len(said_there) > NAMED else []
        told.append(f"{section}: {and_list([*said_there[:NAMED], *more])}")
    return "; ".join(told)


def words_hash(words: Iterable[WordKept]) -> str:
    """The fingerprint of what somebody has seen who says why it stays."""
    said = sorted((each.anchor, each.section, each.words, each.why) for each in words)
    return sha256(json.dumps(said).encode()).hexdigest()


def is_covered(words: Iterable[WordKept], kept: WordsKept | None) -> bool:
    """Whether a reason that was given before speaks of all these words."""
    return kept is not None and set(words) <= set(kept.words)
