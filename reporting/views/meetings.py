"""The meeting about a review in the browser: its agenda, decisions, minutes, and its file for calendars."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.language.icalendar import CONTENT_TYPE, calendar_file
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions import meetings as actions
from reporting.forms.meetings import DecisionForm, MinutesForm, TopicForm
from reporting.forms.reviews import MeetingForm
from reporting.models import PUBLISHED, ServiceReview
from reporting.queries.invitations import find_event
from reporting.queries.meetings import get_topic, meeting_page, written_when
from reporting.queries.reviews import get_review


@require_safe
def review_meeting(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """When it is, what is talked about, what was decided, and the minutes."""
    return _show(request, _get(request, unit, month))


@require_safe
def meeting_calendar(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """The meeting as a file for calendars."""
    event = find_event(review=_get(request, unit, month), now=clock.now())
    if event is None:
        raise Http404(_("No meeting is planned."))
    name = f"meeting-{unit}-{month}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(calendar_file(event), content_type=CONTENT_TYPE, headers=headers)


def meeting_plan(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """When both sides meet, or that no time is agreed."""
    review = _get(request, unit, month)
    authorise(request.membership, "review.prepare")
    initial = {"meeting_at": review.meeting_at, "minutes": review.meeting_minutes}
    form = MeetingForm(sent(request), time_zone=request.tenant.time_zone, initial=initial)
    if attempt(form, lambda data: actions.plan_meeting(review=review, by=request.membership, now=clock.now(), **data)):
        messages.success(request, _planned(review))
        return redirect("review_meeting", tenant=tenant, unit=unit, month=month)
    back = reverse("review_meeting", kwargs={"tenant": tenant, "unit": unit, "month": month})
    return form_page(
        request,
        form,
        title=_("Plan the review meeting"),
        intro=_("The unit is invited by mail, and told of each change. Leave the time empty while none is agreed."),
        send=_("Save"),
        back=back,
        crumbs=[(_("Reviews"), reverse("review_list", kwargs={"tenant": tenant})), (str(review), back)],
    )


def _planned(review: ServiceReview) -> str:
    """What became of the plan; the unit cannot be invited to talk about what it cannot see."""
    review.refresh_from_db(fields=["meeting_at"])
    if review.meeting_at is None:
        return _("No meeting is planned now.")
    if review.state in PUBLISHED:
        return _("The meeting is planned, and the unit is invited.")
    return _("The meeting is planned. The unit is invited when the review is issued.")


@require_POST
def topic_raise(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Put something on the agenda."""
    review = _get(request, unit, month)
    authorise(request.membership, "topic.raise")
    form = TopicForm(request.POST, prefix="topic")
    if attempt(form, lambda data: actions.raise_topic(review=review, by=request.membership, now=clock.now(), **data)):
        return _back(request, unit, month, "agenda")
    return _show(request, review, topic_form=form)


@require_POST
def topic_close(request: TenantRequest, tenant: str, unit: str, month: str, topic_id: int) -> HttpResponse:
    """It was talked about in this meeting."""
    review = _get(request, unit, month)
    authorise(request.membership, "review.prepare")
    topic = get_or_404(get_topic, reader=request.membership, topic_id=topic_id)
    if topic.review.business_unit_id != review.business_unit_id:
        raise Http404(topic_id)
    try:
        actions.close_topic(topic=topic, review=review, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(request, unit, month, "agenda")


@require_POST
def decision_write(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Write down what both sides decided."""
    review = _get(request, unit, month)
    authorise(request.membership, "review.prepare")
    form = DecisionForm(request.POST, prefix="decision")
    if attempt(
        form, lambda data: actions.write_decision(review=review, by=request.membership, now=clock.now(), **data)
    ):
        return _back(request, unit, month, "decided")
    return _show(request, review, decision_form=form)


def minutes_write(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """Write the minutes, or write them anew while nobody has confirmed them."""
    review = _get(request, unit, month)
    authorise(request.membership, "review.prepare")
    written = review.minutes.first()  # at most one
    initial = {"text": written.text, "present": written.present} if written else {}
    form = MinutesForm(sent(request), initial=initial | {"read": written_when(review=review)})
    if attempt(form, lambda data: actions.write_minutes(review=review, by=request.membership, now=clock.now(), **data)):
        messages.success(request, _("The minutes are kept. The unit confirms them."))
        return _back(request, unit, month, "minutes")
    return form_page(
        request,
        form,
        title=_("Minutes of the meeting"),
        intro=_("The agenda as it stands now is kept with them. Decisions and follow-ups have lists of their own."),
        send=_("Keep the minutes"),
        back=reverse("review_meeting", kwargs={"tenant": tenant, "unit": unit, "month": month}),
    )


@require_POST
def minutes_confirm(request: TenantRequest, tenant: str, unit: str, month: str) -> HttpResponse:
    """The head of the unit confirms the minutes."""
    review = _get(request, unit, month)
    authorise(request.membership, "minutes.confirm")
    try:
        actions.confirm_minutes(
            review=review, by=request.membership, read=request.POST.get("read", ""), now=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed. Minutes and decisions stay as they are."))
    return _back(request, unit, month, "minutes")


def _get(request: TenantRequest, unit: str, month: str) -> ServiceReview:
    return get_or_404(get_review, reader=request.membership, unit=unit, month=month)


def _back(request: TenantRequest, unit: str, month: str, place: str) -> HttpResponse:
    where = {"tenant": request.tenant.slug, "unit": unit, "month": month}
    return redirect(f"{reverse('review_meeting', kwargs=where)}#{place}")


def _show(request: TenantRequest, review: ServiceReview, **refused: Any) -> HttpResponse:
    meeting, member = meeting_page(review=review, now=clock.now()), request.membership
    is_open = not (meeting.minutes and meeting.minutes.confirmed)
    may_write = can(member, "review.prepare")
    context = {
        "meeting": meeting,
        "may_write": may_write and is_open,
        "may_plan": may_write,
        "may_ask": can(member, "pulse.open"),
        "may_confirm": can(member, "minutes.confirm") and bool(meeting.minutes) and is_open,
        "topic_form": TopicForm(prefix="topic") if can(member, "topic.raise") and is_open else None,
        "decision_form": DecisionForm(prefix="decision") if may_write and is_open else None,
    }
    return render(request, "reporting/meeting_detail.html", context | refused, status=422 if refused else 200)
