"""The working review as its editor sees it: each sentence as written and as read, and the figures at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from portal.language.jargon.bound import Checked
from portal.language.jargon.reading import Reading
from portal.language.sentences import NotBound, Sentence, bind, check
from portal.language.ways import ENGLISH
from reporting.layout import LANGUAGES
from reporting.models import UNISSUED, ReviewParagraph, ServiceReview
from reporting.queries.drafting import COVER
from reporting.queries.plain_words import (
    SECTIONS,
    OpenPlace,
    Reader,
    open_elsewhere,
    open_words,
    reader_of,
    shown_paragraphs,
)
from reporting.queries.review_page import Material, gather


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence: as written with named figures, as its readers will see it, and at which words they stumble."""

    id: int
    anchor: str
    mark: str
    text: str
    drafted_text: str
    read_as: Sentence
    problem: str
    is_edited: bool
    may_be_left_out: bool
    edited_by: str
    has_changed: bool
    checked: Checked


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """A figure that a sentence may name."""

    binding: str
    printed: str
    name: str


@dataclass(frozen=True, slots=True)
class EditingPage:
    """The sentences by section, the figures at hand, the promises without one, and those whose figure is newer than the
    draft. `reading` is how easily all sentences are read, `open_words` how many words stand in the way of issuing,
    `elsewhere` those of them that stand in no sentence.
    """

    sections: Sequence[tuple[str, list[SentenceRow]]]
    figures: list[FigureChoice]
    missing: list[str]
    changed: list[str]
    reading: Reading
    open_words: int
    elsewhere: tuple[OpenPlace, ...]
    language: str


def editing_page(*, review: ServiceReview) -> EditingPage:
    """Everything that the editor of a draft needs; sentences about promises that show no box are left out."""
    material = gather(review=review)
    reader = reader_of(material)
    rows: dict[str, list[SentenceRow]] = {section: [] for section in SECTIONS}
    for paragraph in shown_paragraphs(material):
        rows[paragraph.section].append(_row(paragraph, reader))
    shown = [row for found in rows.values() for row in found]
    return EditingPage(
        sections=[(SECTIONS[section], found) for section, found in rows.items() if found],
        figures=[
            FigureChoice(f"{{figure:{anchor}}}", figure.text, figure.name)
            for anchor, figure in material.printed.items()
        ],
        missing=[told.words.name for told in material.promises if told.attainment is None],
        changed=list(_changed(material).values()),
        reading=reader.ease(row.text for row in shown),
        open_words=len(open_words(material)),
        elsewhere=open_elsewhere(material),
        language=LANGUAGES[material.terms.language] if material.terms.language != ENGLISH else "",
    )


def sentence_row(*, paragraph: ReviewParagraph) -> SentenceRow:
    """One sentence after it was edited."""
    return _row(paragraph, reader_of(gather(review=paragraph.review)))


def check_sentence(*, paragraph: ReviewParagraph, text: str) -> tuple[Checked, str]:
    """What the check says of a sentence that is being written, and why it could not be kept; nothing is kept."""
    material = gather(review=paragraph.review)
    return reader_of(material).check(text), why_refused(material=material, text=text)


def why_refused(*, material: Material, text: str) -> str:
    """What of a sentence breaks a binding, or types a number; empty where it can be kept."""
    try:
        check(text, material.strings, [*material.names, *material.told])
    except NotBound as reason:
        return str(reason)
    return ""


def reword_sentence(*, paragraph: ReviewParagraph, text: str, at: str) -> str | None:
    """A sentence as it is being written with the plain phrase at a place (`12:pods`); None where nothing is offered."""
    return reader_of(gather(review=paragraph.review)).reword(text, at)


def _changed(material: Material) -> dict[str, str]:
    """The promises whose figure is another one since the review was drafted, by anchor; what is issued is not drafted.

    What still runs is another one each hour, and nobody need look at it again.
    """
    review = material.review
    drafted_at = review.drafted_at if review.state in UNISSUED else None
    if drafted_at is None:
        return {}
    return {
        told.rows.anchor: told.words.name
        for told in material.promises
        if told.attainment and told.attainment.changed_at > drafted_at and not (told.facts and told.facts.is_running)
    }


def _row(paragraph: ReviewParagraph, reader: Reader) -> SentenceRow:
    material = reader.material
    problem, read_as, changed = "", cast(Sentence, ()), {*_changed(material)}
    if changed:
        changed.add("score")  # it counts all of them
    try:
        read_as = bind(paragraph.text, material.strings)
    except NotBound as reason:
        problem = str(reason)
    return SentenceRow(
        id=paragraph.pk,
        anchor=paragraph.anchor,
        mark=paragraph.mark,
        text=paragraph.text,
        drafted_text=paragraph.drafted_text,
        read_as=read_as,
        problem=problem,
        is_edited=paragraph.edited_at is not None,
        may_be_left_out=paragraph.section == COVER,
        edited_by=paragraph.edited_by.user.name if paragraph.edited_by else "",
        has_changed=any(piece.figure.partition(".")[0] in changed for piece in read_as if piece.figure),
        checked=reader.check(paragraph.text),
    )
