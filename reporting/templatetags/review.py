"""Sentences of a review for templates: each figure marked with its name, on paper as a link to its address."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.charts.budgets import BudgetPart
from portal.charts.slam import SlamCell, SlamRow
from portal.language import dates
from portal.language.phrases import LETTERS
from portal.language.printed import printed_in
from portal.language.sentences import Piece, Sentence
from portal.language.ways import ENGLISH, GERMAN
from reporting.layout import Interpretation, Section, Subject
from reporting.queries.disputing import CLAIM
from reporting.queries.page_parts import Promise, ProofPart, ReviewPage
from reporting.queries.talk_parts import ShownReview

register = template.Library()
PAGE_PARTS = {
    Section.MONTHS: "reporting/review_months.html",
    Section.PROMISES: "reporting/review_promises.html",
    Section.WORTH: "reporting/review_worth.html",
    Section.BETTER: "reporting/review_better.html",
    Section.DECISIONS: "reporting/review_decisions.html",
    Section.RULES: "reporting/review_rules.html",
}
PLANS = (Section.WORTH, Section.BETTER, Section.DECISIONS)


def figure_url(context: Mapping[str, Any], anchor: str) -> str:
    """The address of a figure; on paper with the site's own; empty in a draft, whose figures have none yet."""
    number = context["shown"].links.get(anchor)
    if number is None:
        return ""
    path = reverse("figure_detail", kwargs={"tenant": context["tenant"].slug, "figure_id": number})
    return f"{settings.SITE_URL}{path}" if context.get("on_paper") else path


@register.simple_tag(takes_context=True)
def sentence(context: Mapping[str, Any], pieces: Sentence, pins: bool = False) -> SafeString:
    """The sentence with its figures; with `pins` a drop after each place that is talked about."""
    return format_html_join("", "{}", ((_piece(context, piece, pins),) for piece in pieces))


def _piece(context: Mapping[str, Any], piece: Piece, pins: bool) -> SafeString:
    words = _figure(context, piece) if piece.figure else conditional_escape(piece.text)
    if piece.strong:
        words = format_html("<strong>{}</strong>", words)
    pin = _pin(context, piece.figure) if pins else ""
    return format_html('<span class="p-nowrap">{}{}</span>', words, pin) if pin else words


def _figure(context: Mapping[str, Any], piece: Piece) -> SafeString:
    if piece.figure.startswith(CLAIM):
        return format_html('<span class="p-num">{}</span>', piece.text)
    url = figure_url(context, piece.figure)
    if context.get("on_paper"):
        return (
            format_html('<a class="p-figure" href="{}">{}</a>', url, piece.text)
            if url
            else conditional_escape(piece.text)
        )
    if piece.strong and url:
        return format_html('<a class="p-fig" data-figure="{}" href="{}">{}</a>', piece.figure, url, piece.text)
    return format_html('<span class="p-num" data-figure="{}">{}</span>', piece.figure, piece.text)


def _pin(context: Mapping[str, Any], anchor: str) -> SafeString | str:
    number = context["shown"].pins.get(anchor)
    if not number or context.get("on_paper"):
        return ""
    return format_html(
        '<a class="p-pin" href="#c{}"><span class="visually-hidden">{} </span>{}</a>', number, _("Comment"), number
    )


@register.simple_tag(takes_context=True)
def chart_of(context: Mapping[str, Any], shown: ShownReview) -> dict[str, Any]:
    """The twelve-month chart for its component, each value marked as a figure and leading to it."""
    page, leads = shown.page, _figure_addresses(context)
    rows = [
        SlamRow(
            row.name,
            row.target,
            tuple(
                SlamCell(cell.letter, cell.value.text, leads(cell.value.figure), cell.value.figure)
                for cell in row.cells
            ),
        )
        for row in page.chart
    ]
    months, current = page.months, page.head.month_words.partition(" ")[0]
    caption = _("Status and value of each promise, twelve months to %(month)s") % {"month": page.head.month_words}
    return {"caption": caption, "months": months, "rows": rows, "current": current}


def _figure_addresses(context: Mapping[str, Any]) -> Callable[[str], str]:
    """The same addresses as `figure_url`, for hundreds of figures: only their number differs."""
    links = context["shown"].links
    some = next(iter(links), "")
    start, number, end = figure_url(context, some).rpartition(str(links.get(some)))
    return lambda anchor: f"{start}{links[anchor]}{end}" if number and anchor in links else ""


class FrozenNode(template.Node):
    """A part of an issued review's page that was drawn before."""

    def __init__(self, part: str, drawn: template.NodeList) -> None:
        self.part, self.drawn = part, drawn

    def render(self, context: template.Context) -> SafeString:
        shown: ShownReview = context["shown"]
        if not shown.edition.number:
            return self.drawn.render(context)
        head, edition = shown.page.head, shown.edition
        scope = [context["tenant"].pk, context["tenant"].slug, head.unit_slug, edition.id, edition.verify_path]
        said = [self.part, *scope, sorted(shown.disputed), get_language()]
        key = sha256(json.dumps(said).encode()).hexdigest()
        kept: SafeString | None = caches["frozen"].get(key)
        if kept is None:
            kept = self.drawn.render(context)
            caches["frozen"].set(key, kept)
        return kept


@register.tag
def frozen(parser: template.base.Parser, token: template.base.Token) -> FrozenNode:
    """`{% frozen "months" %}…{% endfrozen %}`: drawn once for each edition, its open disputes and a language.

    It holds only what follows from these: nothing of who reads, of today, or of what was said.
    """
    _, part = token.split_contents()
    drawn = parser.parse(("endfrozen",))
    parser.delete_first_token()
    return FrozenNode(part, drawn)


@register.simple_tag(takes_context=True)
def halves_of(context: Mapping[str, Any], promise: Promise) -> list[list[dict[str, Any]]]:
    """Two figures side by side for their component: as agreed and as felt, under dispute before them both counts."""
    halves = [_half(context, half.label, half.value, half.note) for half in promise.halves]
    return [halves[start : start + 2] for start in range(0, len(halves), 2)]


def _half(context: Mapping[str, Any], label: str, value: Sentence, note: Sentence) -> dict[str, Any]:
    pin = next((context["shown"].pins.get(piece.figure) for piece in value if piece.figure), None)
    return {
        "label": label,
        "value": sentence(context, value),
        "note": sentence(context, note),
        "pin": pin,
        "pin_url": f"#c{pin}",
    }


@register.simple_tag(takes_context=True)
def proof_of(context: Mapping[str, Any], promise: Promise, links: Any = ()) -> dict[str, Any]:
    """The sum for its component."""
    part: ProofPart | None = promise.proof
    if part is None:
        return {}
    lines = [
        {"label": line.label, "how": line.how, "value": sentence(context, line.value), "kind": line.kind}
        for line in part.lines
    ]
    return {"lines": lines, "status": part.letter, "closing": part.closing, "links": links}


@register.filter
def budget_parts(promise: Promise) -> list[BudgetPart]:
    """The pieces of the bar of allowed against used."""
    pieces = promise.budget.pieces if promise.budget else ()
    return [BudgetPart(piece.label, piece.minutes, piece.is_soft) for piece in pieces]


@register.filter
def disputed_in(anchor: str, shown: ShownReview) -> bool:
    """Whether a figure of a row of worth (`worth.online`) is under dispute."""
    return f"value.{anchor.partition('.')[2]}" in shown.disputed


@register.filter
def with_its_word(each: Interpretation) -> SafeString:
    """What a word means, with the word itself in bold: it is looked up by it."""
    word = each.name if each.sentence.startswith(each.name) else ""
    return format_html("<strong>{}</strong>{}", word, each.sentence.removeprefix(word))


@register.filter
def is_grade(mark: str) -> bool:
    """Whether the mark before a sentence is a letter of evidence."""
    return mark.startswith("ev-")


@register.filter
def grade_of(mark: str) -> str:
    """The letter of evidence: ev-C is C."""
    return mark.removeprefix("ev-")


@register.filter
def threads_at(shown: ShownReview, place: str) -> list[Any]:
    """The threads that stand beside a part of the page."""
    return shown.threads_at(place)


@register.filter
def section_template(section: str) -> str:
    """The template of a section of the page."""
    return PAGE_PARTS[Section(section)]


@register.filter
def reading_of(page: ReviewPage, subject: str) -> str:
    """How a kind of figure is read, as its report agreement says; empty for editions from before it did."""
    return next((each.sentence for each in page.interpretations if each.subject == subject), "")


@register.filter
def promise_reading(page: ReviewPage, promise: Promise) -> str:
    """How the figure of a promise is read: as its mark says, which may be disputed since it was issued."""
    return reading_of(page, Subject.DISPUTED if promise.letter == LETTERS[Subject.DISPUTED] else promise.status)


@register.filter
def paper_parts(page: ReviewPage) -> list[tuple[str, bool]]:
    """The templates of the paper after its cover, in the order of the report agreement; whether each begins a page.

    The month in words stands under the chart where that comes before it, and what is planned on one page; the lines
    for signing come after what is planned, or before how it is counted.
    """
    filled = {Section.WORTH: page.worth, Section.BETTER: page.better, Section.DECISIONS: page.follow_ups}
    shown = [Section(section) for section in page.sections if filled.get(Section(section), True)]
    last_plan = max((place for place, section in enumerate(shown) if section in PLANS), default=None)
    parts: list[tuple[str, bool]] = []
    for place, section in enumerate(shown):
        before = shown[place - 1] if place else None
        if section == Section.RULES and last_plan is None:
            parts.append(("signs", False))
        parts += _paper_of(section, before, is_new=bool(page.attention))
        if place == last_plan:
            parts.append(("signs", False))
    return [(f"reporting/pdf/{name}.html", is_new) for name, is_new in parts]


def _paper_of(section: Section, before: Section | None, *, is_new: bool) -> list[tuple[str, bool]]:
    if section == Section.PROMISES:
        return [("words", before != Section.MONTHS), ("attention", True)]
    if section == Section.RULES:
        return [("proof", is_new)]
    return [(section.value, section == Section.MONTHS or before not in PLANS)]


@register.filter
def day_in_words(on: str) -> str:
    """2026-11-13 is Friday 13 November."""
    return printed_in(_language(), dates.weekday_day_long(date.fromisoformat(on)))


@register.filter
def moment_in_words(at: str) -> str:
    """Thu 12 November, 10:00."""
    when = datetime.fromisoformat(at)
    return printed_in(_language(), f"{dates.WEEKDAYS[when.weekday()][:3]} {dates.moment_long(when)}")


def _language() -> str:
    """In which the page is drawn."""
    return GERMAN if (get_language() or ENGLISH).startswith(GERMAN) else ENGLISH


@register.filter
def first_word(words: str) -> str:
    """Measured; Confirmed; Estimated."""
    return words.partition(" ")[0].rstrip(",")
