"""Short surveys in the browser: asked, answered once, and read when they are over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.queries import list_visible_units
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from reporting.actions import pulses as actions
from reporting.forms.pulses import CasePulseForm, PulseAnswerForm, PulseForm
from reporting.queries import pulses as queries
from reporting.queries.reviews import get_review

PAGE = 25
INTRO = gettext_lazy("The people of the unit are asked once, and answer without their names.")


@require_safe
def pulse_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """The questions that were asked, open ones and those that are over."""
    page = Paginator(queries.list_pulses(reader=request.membership), PAGE).get_page(request.GET.get("page"))
    lines = queries.list_lines(pulses=list(page.object_list), reader=request.membership, now=clock.now())
    context = {"page": page, "lines": lines, "may_ask": can(request.membership, "pulse.open")}
    return render(request, "reporting/pulse_list.html", context)


def pulse_detail(request: TenantRequest, tenant: str, pulse_id: int) -> HttpResponse:
    """The question with the form of whoever was asked, or with what came of it."""
    member, now = request.membership, clock.now()
    pulse = get_or_404(queries.get_pulse, reader=member, pulse_id=pulse_id)
    if request.method == "POST":
        authorise(member, "pulse.answer")
        get_or_404(pulse.invitations.get, member=member)
    form = PulseAnswerForm(sent(request))
    if attempt(form, lambda data: actions.answer_pulse(pulse=pulse, by=member, now=now, **data)):
        messages.success(request, _("Thank you. Your answer is kept without your name."))
        return redirect("pulse_detail", tenant=tenant, pulse_id=pulse_id)
    context = {
        "pulse": pulse,
        "about": queries.about_words(pulse=pulse),
        "form": form if form.errors or queries.may_answer(pulse=pulse, reader=member, now=now) else None,
        "result": queries.get_result(pulse=pulse, now=now),
    }
    return render(request, "reporting/pulse_detail.html", context, status=422 if form.errors else 200)


def pulse_of_review(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Ask the people of a unit one question after a review."""
    review = get_or_404(get_review, reader=request.membership, unit=unit, month=month)
    authorise(request.membership, "pulse.open")
    form = PulseForm(sent(request))
    asked = attempt(
        form, lambda data: actions.ask_after_review(review=review, by=request.membership, now=clock.now(), **data)
    )
    if asked:
        return redirect("pulse_detail", tenant=tenant, pulse_id=asked.pk)
    back = reverse("review_detail", kwargs={"tenant": tenant, "unit": unit, "month": month})
    return form_page(request, form, title=_("One question after the review"), intro=INTRO, send=_("Ask"), back=back)


def pulse_of_case(request: TenantRequest, tenant: str) -> HttpResponse:
    """Ask the people of a unit one question after a case."""
    authorise(request.membership, "pulse.open")
    form = CasePulseForm(sent(request), units=list_visible_units(reader=request.membership))
    asked = attempt(form, lambda data: actions.ask_after_case(by=request.membership, now=clock.now(), **data))
    if asked:
        return redirect("pulse_detail", tenant=tenant, pulse_id=asked.pk)
    back = reverse("pulse_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("One question after a case"), intro=INTRO, send=_("Ask"), back=back)
