"""The review on the wall of a meeting room: the same object as the page, one thing at a time, in large letters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal import clock
from portal.pages import get_or_404
from portal.tenancy.middleware import TenantRequest
from reporting.layout import Section
from reporting.queries import reviews as queries
from reporting.queries.shown import show_draft, show_edition
from reporting.queries.talk_parts import ShownReview
from reporting.views.context import PromiseBox, page_context

# Nothing is answered or written on the wall.
SILENT = dict.fromkeys(("comment_form", "may_acknowledge", "may_prepare", "may_ask", "may_accept_layout"))


@dataclass(frozen=True)
class Slide:
    """One screen: its number, its name, the template of the page that it shows, and the promise if it is one."""

    number: int
    title: str
    template: str
    box: PromiseBox | None = None

    @property
    def after(self) -> int:
        """The number of the next one."""
        return self.number + 1


@require_safe
def review_present(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """The newest edition, or the draft for whoever prepares it, screen by screen."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    edition, now = queries.latest_edition(review=review), clock.now()
    if edition is None:
        shown = show_draft(review=review, now=now)
    else:
        shown = show_edition(edition=edition, reader=request.membership, now=now)
    context = page_context(request, shown, review=review, is_draft=edition is None) | SILENT
    context["boxes"] = [replace(box, answer=None, threads=[]) for box in context["boxes"]]
    context["margin"] = {place: [] for place in context["margin"]}
    with override(shown.page.head.language):
        slides = _slides(shown, context)
    return render(request, "reporting/review_present.html", context | {"slides": slides})


def _slides(shown: ShownReview, context: Mapping[str, Any]) -> list[Slide]:
    """The first page, then the sections in their agreed order; each promise that needs attention by itself."""
    found: list[tuple[str, str, PromiseBox | None]] = [(_("In short"), "review_cover", None)]
    for section in shown.page.sections:
        match section:
            case Section.MONTHS:
                found.append((_("Twelve months"), "review_months", None))
            case Section.PROMISES:
                found += [(box.promise.name, "review_promise", box) for box in context["boxes"]]
                found += [(_("The other promises"), "review_others", None)] if context["others"] else []
            case Section.WORTH if shown.page.worth:
                found.append((_("What it was worth"), "review_worth", None))
            case Section.BETTER if shown.page.better:
                found.append((_("What will be better"), "review_better", None))
            case Section.DECISIONS:
                found.append((_("Decisions and follow-ups"), "review_decisions", None))
    return [
        Slide(number, title, f"reporting/{template}.html", box)
        for number, (title, template, box) in enumerate(found, 1)
    ]
