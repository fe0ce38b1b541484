"""What the templates of a review need beside the page itself: forms and addresses of what the reader may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.policies import can
from portal.language.sentences import plain
from portal.tenancy.middleware import TenantRequest
from reporting.forms.reviews import (
    CommentForm,
    DisputeAnswerForm,
    DisputeForm,
    ImprovementForm,
    SettleForm,
    TalkForm,
)
from reporting.models import Edition, Figure
from reporting.queries.disputing import subject_of
from reporting.queries.page_parts import Promise
from reporting.queries.talk_parts import ShownReview, ThreadView

Form = Any


@dataclass(frozen=True)
class ThreadBox:
    """A thread with the forms that its reader may use."""

    thread: ThreadView
    reply_url: str
    reply_form: Form | None
    answer_url: str
    answer_form: Form | None
    settle_url: str
    settle_form: Form | None
    withdraw_url: str
    improve_url: str
    improve_form: Form | None


@dataclass(frozen=True)
class PromiseBox:
    """A promise that needs attention, the answers that its reader may give, and what both sides said."""

    promise: Promise
    figure_id: int | None
    answer: Mapping[str, Any] | None
    is_acknowledged: bool
    threads: list[ThreadBox]


@dataclass(frozen=True)
class FigureBox:
    """The answers that a reader may give to one figure on its own page."""

    answer: Mapping[str, Any] | None
    is_acknowledged: bool


def main_anchor(shown: ShownReview, promise: Promise) -> str:
    """The figure that stands for a promise: its result, or its value in the month where nothing else is printed."""
    result = f"{promise.anchor}.result"
    return result if result in shown.links else f"{promise.anchor}.{shown.page.head.month}"


def page_context(request: TenantRequest, shown: ShownReview, **more: Any) -> dict[str, Any]:
    """Everything that the review's page shows; `more` may hold forms that were sent and refused, by their prefix."""
    refused: Mapping[str, Form] = more.pop("refused", {})
    return {
        "shown": shown,
        "boxes": [promise_box(request, shown, promise, refused) for promise in shown.page.attention],
        "others": [(promise, shown.links.get(main_anchor(shown, promise))) for promise in shown.page.others],
        "follow_ups": list(zip_longest(shown.page.follow_ups, shown.finishable, shown.statements, fillvalue=0)),
        "margin": {place: thread_boxes(request, shown, place, refused) for place in ("cover", "others", "worth")},
        "comment_form": comment_form(request, shown, refused),
        "may_acknowledge": _may_answer(shown) and can(request.membership, "review.acknowledge"),
        "may_prepare": can(request.membership, "review.prepare"),
        "may_ask": bool(shown.edition.number) and can(request.membership, "context.ask"),
        "may_accept_layout": _may_accept_layout(shown) and can(request.membership, "layout.accept"),
        **more,
    }


def _may_accept_layout(shown: ShownReview) -> bool:
    """What IT proposed by issuing; a replaced edition tells only how it was."""
    return bool(shown.edition.number) and not shown.edition.replaced_by and shown.is_layout_open


def _may_answer(shown: ShownReview) -> bool:
    """The newest edition can be answered until it is signed."""
    return bool(shown.edition.number) and not shown.edition.replaced_by and not shown.acknowledged


def promise_box(
    request: TenantRequest, shown: ShownReview, promise: Promise, refused: Mapping[str, Form] | None = None
) -> PromiseBox:
    """One promise with its forms."""
    anchor = main_anchor(shown, promise)
    return PromiseBox(
        promise=promise,
        figure_id=shown.links.get(anchor),
        answer=_answer(request, shown, anchor, refused or {}),
        is_acknowledged=anchor in shown.own_acknowledgements,
        threads=thread_boxes(request, shown, promise.anchor, refused or {}),
    )


def figure_box(
    request: TenantRequest, shown: ShownReview, figure: Figure, refused: Mapping[str, Form] | None = None
) -> FigureBox:
    """One figure with its forms: what is said here is said of this figure."""
    answer = _answer(request, shown, figure.anchor, refused or {})
    return FigureBox(answer, is_acknowledged=figure.anchor in shown.own_acknowledgements)


def _answer(
    request: TenantRequest, shown: ShownReview, anchor: str, refused: Mapping[str, Form]
) -> dict[str, Any] | None:
    """What the component for acknowledging, asking and disputing needs; None for readers who may do none of it."""
    member, number = request.membership, shown.links.get(anchor)
    is_disputed = subject_of(anchor, shown.page.head.month) in shown.disputed  # a dispute goes on in its thread
    is_open = _may_answer(shown) and not is_disputed
    if number is None or not is_open or not can(member, "figure.question"):
        return None
    where = {"tenant": request.tenant.slug, "figure_id": number}
    answer: dict[str, Any] = {
        "due": shown.answer.words.partition(", ")[2] if shown.answer else "",
        "due_state": shown.answer.state if shown.answer else "",
    }
    if shown.may_comment:
        answer["question_url"] = reverse("figure_question", kwargs=where)
        answer["question_form"] = refused.get(f"question-{number}") or TalkForm(prefix=f"question-{number}")
    if can(member, "figure.acknowledge") and anchor not in shown.own_acknowledgements:
        answer["acknowledge_url"] = reverse("figure_acknowledge", kwargs=where)
    if can(member, "figure.dispute"):
        answer["dispute_url"] = reverse("figure_dispute", kwargs=where)
        answer["dispute_form"] = refused.get(f"dispute-{number}") or dispute_form(request, shown, anchor)
    return answer


def dispute_form(request: TenantRequest, shown: ShownReview, anchor: str) -> DisputeForm:
    """The form for a dispute of a figure; a time can be claimed where time is counted."""
    return DisputeForm(
        prefix=f"dispute-{shown.links[anchor]}",
        time_zone=request.tenant.time_zone,
        takes_time=anchor.partition(".")[0] in shown.timed,
    )


def thread_boxes(
    request: TenantRequest, shown: ShownReview, place: str, refused: Mapping[str, Form]
) -> list[ThreadBox]:
    """The threads beside a part of the page, with what the reader may add."""
    return [thread_box(request, thread, refused) for thread in shown.threads_at(place)]


def thread_box(request: TenantRequest, thread: ThreadView, refused: Mapping[str, Form] | None = None) -> ThreadBox:
    """One thread with its forms."""
    refused = refused or {}
    tenant, number, dispute = request.tenant.slug, thread.thread_id, thread.dispute
    where = {"tenant": tenant, "dispute_id": dispute.id} if dispute else {}
    may_improve = can(request.membership, "improvement.raise")
    may_answer, may_settle = bool(dispute and dispute.may_answer), bool(dispute and dispute.may_settle)
    may_withdraw = bool(dispute and dispute.may_withdraw)
    return ThreadBox(
        thread=thread,
        reply_url=reverse("thread_reply", kwargs={"tenant": tenant, "thread_id": number}) if thread.may_reply else "",
        reply_form=refused.get(f"reply-{number}") or TalkForm(prefix=f"reply-{number}"),
        answer_url=reverse("dispute_answer", kwargs=where) if may_answer else "",
        answer_form=refused.get(f"answer-{number}") or DisputeAnswerForm(prefix=f"answer-{number}"),
        settle_url=reverse("dispute_settle", kwargs=where) if may_settle else "",
        settle_form=refused.get(f"settle-{number}") or SettleForm(prefix=f"settle-{number}"),
        withdraw_url=reverse("dispute_withdraw", kwargs=where) if may_withdraw else "",
        improve_url=reverse("thread_improve", kwargs={"tenant": tenant, "thread_id": number}) if may_improve else "",
        improve_form=refused.get(f"improve-{number}") or ImprovementForm(prefix=f"improve-{number}"),
    )


def comment_form(
    request: TenantRequest, shown: ShownReview, refused: Mapping[str, Form] | None = None, data: Any = None
) -> CommentForm | None:
    """The form for a comment on a sentence or a figure; None for readers who may write none."""
    if not _may_answer(shown) or not shown.may_comment or not can(request.membership, "comment.write"):
        return None
    return (refused or {}).get("comment") or CommentForm(data, prefix="comment", places=places(shown))


def unanswerable(form: Form) -> str:
    """Why an answer was refused whose form the page has no more, as when another tab was first; and its words."""
    why = [str(error) for errors in form.errors.values() for error in errors]
    words = [form[name].value() for name in ("text", "reason") if name in form.fields]
    return " ".join(why + [_("You wrote: “%(words)s”") % {"words": each} for each in words if each])


def places(shown: ShownReview) -> list[tuple[str, str]]:
    """What can be commented on: the whole review, each sentence of its first page, each figure of a promise."""
    sentences = [(item.anchor, plain(item.sentence)[:70]) for item in shown.page.cover if item.anchor in _known(shown)]
    figures = [(figure.anchor, f"{figure.name}: {figure.printed}"[:90]) for figure in shown.page.figures]
    return [("review", shown.page.head.month_words), *sentences, *figures]


def _known(shown: ShownReview) -> set[str]:
    return {item.anchor for item in shown.page.cover if item.anchor != "cover.disputed"}


def review_url(edition: Edition, tenant: str) -> str:
    """Where the review of an edition is read."""
    review = edition.review
    where = {"tenant": tenant, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    return reverse("review_detail", kwargs=where)


def to_review(request: TenantRequest, edition: Edition, anchor: str = "") -> HttpResponse:
    """Back to the review, at a place of it; htmx loads all of it anew, because more than one place has changed."""
    page = review_url(edition, request.tenant.slug)
    url = f"{page}#{anchor}" if anchor else page
    if not request.htmx:
        return redirect(url)
    answer = HttpResponse(headers={"HX-Redirect": url})
    if anchor and (request.htmx.current_url_abs_path or "").partition("#")[0] == page:
        answer["HX-Refresh"] = "true"  # a browser that is there already would only move to the place
    return answer
