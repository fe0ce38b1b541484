"""Preparing a review: drafting, editing its sentences, issuing, and correcting it by a new edition."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.middleware import TenantRequest
from reporting import tasks
from reporting.actions import editions, reviews
from reporting.errors import WordsOpen
from reporting.forms.reviews import DraftForm, ReasonForm, RewordForm, SentenceForm, WordsForm
from reporting.models import Edition, ReviewParagraph, ServiceReview
from reporting.queries import reviews as queries
from reporting.queries.editing import check_sentence, editing_page, reword_sentence, sentence_row
from reporting.queries.plain_words import open_places
from reporting.queries.review_page import gather


@require_safe
def review_edit(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Each sentence of the draft with its figures, and what it looks like."""
    review = _get(request, unit, month)
    context = {"review": review, "editing": editing_page(review=review), "unit": unit, "month": month}
    return render(request, "reporting/review_edit.html", context)


def paragraph_edit(request: TenantRequest, tenant: str, paragraph_id: int) -> HttpResponse:
    """Say one sentence in other words; its figures stay bound."""
    authorise(request.membership, "review.prepare")
    paragraph = get_or_404(queries.get_paragraph, reader=request.membership, paragraph_id=paragraph_id)
    form = SentenceForm(sent(request), prefix=f"s{paragraph_id}", initial={"text": paragraph.text})
    done = attempt(
        form,
        lambda data: reviews.edit_paragraph(paragraph=paragraph, by=request.membership, now=clock.now(), **data),
    )
    return _sentence(request, paragraph, form, done)


@require_POST
def paragraph_reword(request: TenantRequest, tenant: str, paragraph_id: int) -> HttpResponse:
    """Put the plain phrase in the place of a word, and keep the sentence."""
    authorise(request.membership, "review.prepare")
    paragraph = get_or_404(queries.get_paragraph, reader=request.membership, paragraph_id=paragraph_id)
    form = RewordForm(request.POST, prefix=f"s{paragraph_id}")
    done = attempt(
        form,
        lambda data: reviews.reword_paragraph(paragraph=paragraph, by=request.membership, now=clock.now(), **data),
    )
    return _sentence(request, paragraph, form if done else _with_phrase(paragraph, form), done)


def _with_phrase(paragraph: ReviewParagraph, form: RewordForm) -> SentenceForm:
    """What could not be kept has the plain phrase all the same: the next press of a button, or of a key, mends more."""
    said = getattr(form, "cleaned_data", {})
    text = reword_sentence(paragraph=paragraph, **said) if {"text", "at"} <= set(said) else None
    if text is None:
        return form
    shown = SentenceForm({f"{form.prefix}-text": text}, prefix=form.prefix)
    for refusal in form.non_field_errors():
        shown.add_error(None, refusal)
    return shown


@require_POST
def paragraph_check(request: TenantRequest, tenant: str, paragraph_id: int) -> HttpResponse:
    """At which words of a sentence that is being written its readers stumble; nothing is kept."""
    authorise(request.membership, "review.prepare")
    paragraph = get_or_404(queries.get_paragraph, reader=request.membership, paragraph_id=paragraph_id)
    form = SentenceForm(request.POST, prefix=f"s{paragraph_id}")
    refusals = [] if form.is_valid() else form.errors["text"]
    checked, why = check_sentence(paragraph=paragraph, text=form.cleaned_data.get("text", ""))
    said = [*refusals, why] if why else refusals
    context = {"checked": checked, "refusals": said, "row": {"id": paragraph_id}, "is_writing": True}
    return render(request, "reporting/plain_words.html", context)


def _sentence(
    request: TenantRequest, paragraph: ReviewParagraph, form: SentenceForm, done: ReviewParagraph | None
) -> HttpResponse:
    """The box of a sentence as it stands now; without script, the page of all sentences once it is changed."""
    review = paragraph.review
    where = {"tenant": request.tenant.slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
    if done and not request.htmx:
        messages.success(request, _("The sentence is changed."))
        return redirect(f"{reverse('review_edit', kwargs=where)}#{paragraph.anchor}")
    row = sentence_row(paragraph=done or paragraph)
    checked = row.checked
    if done:
        form = SentenceForm(prefix=f"s{paragraph.pk}", initial={"text": row.text})
    elif form.is_bound:  # what was refused stays in its box, and so does what is said of it
        checked, _why = check_sentence(paragraph=paragraph, text=form["text"].value() or "")
    context = {"row": row, "checked": checked, "form": form, "is_saved": bool(done), "is_writing": True}
    context |= {"unit": where["unit"], "month": where["month"]}
    return respond(request, "reporting/paragraph_edit.html", "sentence", context, status=422 if form.errors else 200)


@require_POST
def paragraph_take_back(request: TenantRequest, tenant: str, paragraph_id: int) -> HttpResponse:
    """Use the rules' own sentence again."""
    authorise(request.membership, "review.prepare")
    paragraph = get_or_404(queries.get_paragraph, reader=request.membership, paragraph_id=paragraph_id)
    reviews.take_back_edit(paragraph=paragraph, by=request.membership, now=clock.now())
    where = {"tenant": tenant, "unit": paragraph.review.business_unit.slug, "month": f"{paragraph.review.month:%Y-%m}"}
    return redirect(f"{reverse('review_edit', kwargs=where)}#{paragraph.anchor}")


@require_POST
def review_draft(request: TenantRequest, tenant: str) -> HttpResponse:
    """Have the workers draft a review, or draft it again from the newest figures."""
    authorise(request.membership, "review.prepare")
    form = DraftForm(request.POST, prefix="draft", today=clock.today(request.tenant.time_zone))
    if form.is_valid():
        tasks.queue_drafts(month=form.cleaned_data["month"], slugs=[form.cleaned_data["unit"].slug])
        messages.success(request, _("The review is being drafted. It is in the list in a moment."))
        return redirect("review_list", tenant=tenant)
    back = reverse("review_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Draft a review"), send=_("Draft it"), back=back)


def review_issue(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Read once more, then issue: the month is closed and the page is frozen."""
    review = _get(request, unit, month)
    authorise(request.membership, "review.issue")
    form = WordsForm(sent(request), places=open_places(gather(review=review)))
    edition = _attempt_words(
        form, lambda data: editions.issue_review(review=review, by=request.membership, now=clock.now(), **data)
    )
    if edition:
        tasks.queue_edition_pdf(edition=edition, by=request.membership, now=clock.now())
        messages.success(request, _("The review is issued, and the head of the unit is told."))
        return redirect("review_detail", tenant=tenant, unit=unit, month=month)
    context = {"review": review, "form": form, "words": form.places, "unit": unit, "month": month}
    context["is_invited"] = review.meeting_at is not None and review.meeting_at > clock.now()
    return render(request, "reporting/review_issue.html", context, status=422 if form.errors else 200)


def _attempt_words(form: WordsForm, action: Callable[[dict[str, Any]], Edition]) -> Edition | None:
    """What an action makes of a form; the words at which it stops are those that its page shows."""

    def attempted(data: dict[str, Any]) -> Edition:
        try:
            return action(data)
        except WordsOpen as refusal:
            form.show(refusal.places)
            raise

    return attempt(form, attempted)


def review_restate(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Correct an issued review by a new edition with a reason."""
    review = _get(request, unit, month)
    authorise(request.membership, "review.issue")
    form = ReasonForm(sent(request), places=open_places(gather(review=review)))
    edition = _attempt_words(
        form,
        lambda data: editions.restate_review(review=review, by=request.membership, now=clock.now(), **data),
    )
    if edition:
        tasks.queue_edition_pdf(edition=edition, by=request.membership, now=clock.now())
        messages.success(request, _("The new edition is issued; the old one stays readable."))
        return redirect("review_detail", tenant=tenant, unit=unit, month=month)
    return form_page(
        request,
        form,
        title=_("Issue a corrected edition"),
        intro=_("The figures are computed again from the facts as they are now. The old edition stays readable."),
        send=_("Issue the new edition"),
        back=reverse("review_detail", kwargs={"tenant": tenant, "unit": unit, "month": month}),
    )


def _get(request: TenantRequest, unit: str, month: str) -> ServiceReview:
    """The review for whoever prepares it: readers without the right get 403, outsiders 404."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "review.prepare")
    return review
