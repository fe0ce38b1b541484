"""The working review as its editor sees it: each sentence as written and as read, and the figures at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from portal.language.sentences import NotBound, Sentence, bind
from reporting.models import ReviewParagraph, ServiceReview
from reporting.queries.drafting import COVER, PROMISE, WORTH
from reporting.queries.review_page import Material, gather

SECTIONS = {COVER: "In short", PROMISE: "Promises in detail", WORTH: "What it was worth"}


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One sentence: as written with named figures, and as its readers will see it."""

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


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """A figure that a sentence may name."""

    binding: str
    printed: str
    name: str


@dataclass(frozen=True, slots=True)
class EditingPage:
    """The sentences by section, the figures at hand, and whether the figures are complete."""

    sections: Sequence[tuple[str, list[SentenceRow]]]
    figures: list[FigureChoice]
    missing: list[str]


def editing_page(*, review: ServiceReview) -> EditingPage:
    """Everything that the editor of a draft needs; sentences about promises that show no box are left out."""
    material = gather(review=review)
    detailed = {f"{PROMISE}.{told.rows.anchor}" for told in material.promises if told.status == "missed"}
    paragraphs = ReviewParagraph.objects.filter(review=review).select_related("edited_by__user")
    rows: dict[str, list[SentenceRow]] = {section: [] for section in SECTIONS}
    for paragraph in paragraphs.order_by("position", "anchor"):
        if paragraph.section != PROMISE or paragraph.anchor in detailed:
            rows[paragraph.section].append(_row(paragraph, material))
    return EditingPage(
        sections=[(SECTIONS[section], found) for section, found in rows.items() if found],
        figures=[
            FigureChoice(f"{{figure:{anchor}}}", figure.text, figure.name)
            for anchor, figure in material.printed.items()
        ],
        missing=[told.words.name for told in material.promises if told.attainment is None],
    )


def sentence_row(*, paragraph: ReviewParagraph) -> SentenceRow:
    """One sentence after it was edited."""
    return _row(paragraph, gather(review=paragraph.review))


def _row(paragraph: ReviewParagraph, material: Material) -> SentenceRow:
    problem, read_as = "", cast(Sentence, ())
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
    )
