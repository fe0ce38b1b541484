"""Reviews of the portfolio in the browser: opened, voted on, closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from reporting.actions import portfolio_reviews as actions
from reporting.forms.portfolio import CloseForm, OpenReviewForm, VoteForm
from reporting.models import PortfolioReview
from reporting.queries import portfolio_votes as queries
from reporting.views.portfolio import wanted_in

SHOWN = 100


@require_safe
def portfolio_review_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """All reviews of the portfolio."""
    authorise(request.membership, "portfolio.read")
    context = {
        "reviews": queries.list_portfolio_reviews(reader=request.membership)[:SHOWN],
        "may_manage": can(request.membership, "portfolio.manage"),
    }
    return render(request, "reporting/portfolio_review_list.html", context)


def portfolio_review_open(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new review of the services that the filters of the address leave."""
    authorise(request.membership, "portfolio.manage")
    today = clock.today(request.tenant.time_zone)
    form = OpenReviewForm(sent(request), reader=request.membership, wanted=wanted_in(request.GET), today=today)
    review = attempt(form, lambda data: actions.open_portfolio_review(by=request.membership, now=clock.now(), **data))
    if review:
        messages.success(request, _("The review is open. Everybody who votes has got a notice."))
        return _to(tenant, review)
    back = reverse("portfolio", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Review the portfolio"), send=_("Ask for votes"), back=back)


@require_safe
def portfolio_review(request: TenantRequest, tenant: str, review_number: int) -> HttpResponse:
    """One review with its votes, and what follows from it."""
    review = get_or_404(queries.get_portfolio_review, reader=request.membership, number=review_number)
    authorise(request.membership, "portfolio.read")
    page = queries.get_review_page(reader=request.membership, review=review, tenant=tenant)
    forms = {
        topic.reviewed.pk: VoteForm(topic=topic, prefix=f"vote-{topic.reviewed.pk}")
        for topic in page.topics
        if topic.may_vote
    }
    topics = [(topic, forms.get(topic.reviewed.pk)) for topic in page.topics]
    return render(request, "reporting/portfolio_review.html", {"page": page, "review": review, "topics": topics})


@require_POST
def vote_cast(request: TenantRequest, tenant: str, review_number: int, reviewed_id: int) -> HttpResponse:
    """A vote on one service."""
    review = get_or_404(queries.get_portfolio_review, reader=request.membership, number=review_number)
    reviewed = get_or_404(queries.get_reviewed, reader=request.membership, review=review, reviewed_id=reviewed_id)
    authorise(request.membership, "portfolio.vote")
    form = VoteForm(sent(request), prefix=f"vote-{reviewed.pk}")
    said = {"reviewed": reviewed, "by": request.membership, "now": clock.now()}
    if attempt(form, lambda data: actions.cast_vote(**data, **said)):
        messages.success(request, _("Your vote is kept."))
        return _to(tenant, review)
    title = _("Your vote on “%(name)s”") % {"name": reviewed.service.name}
    back = reverse("portfolio_review", kwargs={"tenant": tenant, "review_number": review_number})
    return form_page(request, form, title=title, send=_("Vote"), back=back)


def portfolio_review_close(request: TenantRequest, tenant: str, review_number: int) -> HttpResponse:
    """The outcomes, the minutes and the day of the next review; then nothing of it changes."""
    review = get_or_404(queries.get_portfolio_review, reader=request.membership, number=review_number)
    authorise(request.membership, "portfolio.manage")
    page = queries.get_review_page(reader=request.membership, review=review, tenant=tenant)
    form = CloseForm(sent(request), topics=page.topics, held_on=review.held_on)
    closed = attempt(
        form,
        lambda data: actions.close_portfolio_review(
            review=review,
            outcomes=form.outcomes(),
            minutes=data["minutes"],
            next_on=data["next_on"],
            by=request.membership,
            now=clock.now(),
        ),
    )
    if closed:
        messages.success(request, _("The review is closed and stays as it is."))
        return _to(tenant, review)
    title = _("Close review %(number)s") % {"number": review_number}
    back = reverse("portfolio_review", kwargs={"tenant": tenant, "review_number": review_number})
    intro = _("What is written here is frozen with the votes.")
    return form_page(request, form, title=title, intro=intro, send=_("Close it"), back=back)


def _to(tenant: str, review: PortfolioReview) -> HttpResponse:
    return redirect("portfolio_review", tenant=tenant, review_number=review.number)
