"""The internal check of a draft: asked for, passed by a second person, or sent back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import get_or_404
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import checks
from reporting.forms.reviews import CheckForm
from reporting.queries import reviews as queries


@require_POST
def check_ask(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Ask a second person to read the draft."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "review.prepare")
    try:
        checks.ask_for_check(review=review, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A second person is asked to read it."))
    return redirect("review_detail", tenant=tenant, unit=unit, month=month)


@require_POST
def check_answer(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Pass the page that was read, or send it back with what must be better."""
    review = get_or_404(queries.get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "review.check")
    form = CheckForm(request.POST, prefix="check")
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("review_detail", tenant=tenant, unit=unit, month=month)
    said = {"review": review, "by": request.membership, "now": clock.now()}
    try:
        if form.cleaned_data["is_passed"]:
            checks.pass_check(read=form.cleaned_data["read"], **said)
        else:
            checks.return_check(note=form.cleaned_data["note"], **said)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. Whoever asked is told."))
    return redirect("review_detail", tenant=tenant, unit=unit, month=month)
