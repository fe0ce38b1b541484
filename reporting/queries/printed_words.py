"""What a review prints besides its own sentences, in the words of people: events, improvements, decisions, meanings.

Each with the part of the page in which it stands, and the address where it is mended.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from reporting.layout import SECTION_NAMES, Section
from reporting.queries.agreed import better_rows, list_follow_ups
from reporting.queries.happened import list_events
from reporting.queries.promise_parts import Told
from reporting.queries.review_page import Material


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """What somebody wrote and a review prints: the anchor of what it belongs to, its part of the page, its address."""

    anchor: str
    section: str
    text: str
    url: str


def printed_words(material: Material) -> Iterator[PrintedWords]:
    """All of it, in the order of the parts of a review."""
    sections = material.terms.sections
    for told in material.promises:
        if told.status == "missed":
            yield from _of_promise(told, material)
    if Section.BETTER in sections:
        yield from _improvements(material)
    if Section.DECISIONS in sections:
        yield from _follow_ups(material)
    where = _address(material, "report_agreement", unit=material.review.business_unit.slug)
    for each in material.terms.interpretations:
        said = f"{each.means}. {each.means_not}."
        yield PrintedWords(f"means-{each.subject}", SECTION_NAMES[Section.RULES], said, where)


def _of_promise(told: Told, material: Material) -> Iterator[PrintedWords]:
    """What its events are called, and what both sides agreed to say of its figure."""
    section, target = SECTION_NAMES[Section.PROMISES], told.target
    agreement = _address(material, "agreement_detail", slug=target.agreement.slug)
    said = [target.meaning]
    if material.terms.shows_experienced:
        said += [target.agreed_note, target.experienced_note]
    yield from (PrintedWords(told.rows.anchor, section, text, agreement) for text in said if text)
    if not material.terms.shows_events:
        return
    facts = _address(material, "measure_facts", slug=target.measure.slug)
    for event in list_events(told.attainment.result if told.attainment else None):
        words = (event.get("what"), event.get("cause"), event.get("left_out"))
        for text in dict.fromkeys(str(each) for each in words if each):
            yield PrintedWords(told.rows.anchor, section, text, facts)


def _improvements(material: Material) -> Iterator[PrintedWords]:
    for row in better_rows(review=material.review):
        where = _address(material, "improvement_edit", number=int(row.code.rpartition("-")[2]))
        for text in filter(None, (row.title, row.notice)):
            yield PrintedWords(row.code, SECTION_NAMES[Section.BETTER], text, where)


def _follow_ups(material: Material) -> Iterator[PrintedWords]:
    for row in list_follow_ups(review=material.review):
        where = _address(material, "follow_up_edit", follow_up_id=row.pk)
        for text in filter(None, (row.text, "" if row.done_on else row.state_words)):
            yield PrintedWords(f"follow-up-{row.pk}", SECTION_NAMES[Section.DECISIONS], text, where)


def _address(material: Material, name: str, **where: object) -> str:
    return reverse(name, kwargs={"tenant": material.review.tenant.slug, **where})
