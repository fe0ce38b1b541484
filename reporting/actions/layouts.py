"""How a unit's review is laid out, read and answered: drafted and proposed by IT, accepted or countered by the head of
the unit. A version that one side has signed stays as it is; whoever wants something else proposes the next one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from portal.accounts.models import BusinessUnit, Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import add_comment, notify, start_conversation
from portal.conversations.models import Comment, Level, NoticeKind
from portal.language import dates
from portal.language.numbers import and_list
from reporting.errors import (
    FiguresOutside,
    InterpretationsMissing,
    LayoutAccepted,
    LayoutAnswered,
    LayoutIsOwn,
    LayoutNotProposed,
    LayoutOvertaken,
    LayoutReasonMissing,
    LayoutSame,
)
from reporting.layout import STANDARD, SUBJECT_NAMES, Terms, is_outside, uninterpreted
from reporting.models import LayoutThread, ReportAgreement, ReportInterpretation, ReportSection
from reporting.queries.layouts import find_draft, find_in_force, fingerprint_of, newest_signed, terms_of
from reporting.queries.page_parts import ReviewPage
from reporting.queries.review_page import shown_subjects


@transaction.atomic
def layout_of(*, unit: BusinessUnit) -> ReportAgreement:
    """The version in which a review is drafted: the newest that both sides accepted, otherwise the newest that IT has
    signed; a first one with everything that a review can show, signed by nobody, where there is none.
    """
    by_it = ReportAgreement.objects.filter(business_unit=unit, is_counter=False).exclude(agreed_by_it="")
    if found := find_in_force(unit=unit) or by_it.order_by("-version").first() or find_draft(unit=unit):
        return found
    held = _hold(unit)  # two reviews that are drafted at once are laid out alike
    return find_draft(unit=held) or _write(ReportAgreement(business_unit=held, version=_next_version(held)), STANDARD)


@transaction.atomic
def draft_layout(
    *, unit: BusinessUnit, terms: Terms, reason: str = "", by: Membership, now: datetime
) -> ReportAgreement:
    """Write down the next version, or change what is drafted of it; IT alone sees it until it is proposed."""
    held = _hold(unit)
    draft = find_draft(unit=held) or ReportAgreement(business_unit=held, version=_next_version(held))
    newest = newest_signed(unit=held)
    if newest and draft.version < newest.version:  # the business has proposed one meanwhile
        draft.version = _next_version(held)
    draft.reason, draft.drafted_by = reason.strip(), by
    _write(draft, terms)
    record(act="layout.drafted", actor_id=by.user_id, at=now, subject=_subject(draft), version=draft.version)
    return draft


@transaction.atomic
def propose_layout(
    *,
    unit: BusinessUnit,
    terms: Terms = STANDARD,
    reason: str = "",
    read: int | None = None,
    by: Membership,
    now: datetime,
) -> ReportAgreement:
    """The next version of a unit's report agreement, in the name of whoever proposes it and of nobody else.

    `read` is the version that they had before them as the newest signed one, 0 if there was none. The head of the unit
    is told. Refuses with LayoutOvertaken, LayoutReasonMissing and LayoutSame.
    """
    newest = newest_signed(unit=_hold(unit))
    _refuse_as_next(newest, terms, reason, read)
    layout = sign_for_it(layout=draft_layout(unit=unit, terms=terms, reason=reason, by=by, now=now), by=by, now=now)
    _tell(layout, f"IT proposes version {layout.version} of the report agreement. {reason}".strip(), by=by, now=now)
    return layout


@transaction.atomic
def counter_layout(
    *, unit: BusinessUnit, terms: Terms, reason: str, read: int | None = None, by: Membership, now: datetime
) -> ReportAgreement:
    """The head of the unit proposes the next version; it holds once IT accepts it.

    Refuses with LayoutNotProposed while IT has proposed none, and as `propose_layout` does.
    """
    held = _hold(unit)
    newest = newest_signed(unit=held)
    if newest is None:
        raise LayoutNotProposed
    _refuse_as_next(newest, terms, reason, read)
    layout = ReportAgreement(business_unit=held, version=_next_version(held), is_counter=True)
    layout.reason, layout.drafted_by, layout.proposed_at = reason.strip(), by, now
    layout.agreed_by_business = by.user.name
    _write(layout, terms)
    _keep_fingerprint(layout)
    record(act="layout.countered", actor_id=by.user_id, at=now, subject=_subject(layout), version=layout.version)
    _tell(layout, f"{held.name} proposes other reviews: {layout.reason}", by=by, now=now)
    return layout


@transaction.atomic
def sign_for_it(*, layout: ReportAgreement, by: Membership, now: datetime) -> ReportAgreement:
    """IT stands behind a layout as it is now: by proposing it, or by issuing a review in it. So it stays."""
    _hold(layout.business_unit)
    current = ReportAgreement.objects.select_for_update().get(pk=layout.pk)
    if current.agreed_by_it:
        return current
    current.agreed_by_it, current.proposed_at = by.user.name, now
    current.save()
    _keep_fingerprint(current)
    record(act="layout.proposed", actor_id=by.user_id, at=now, subject=_subject(current), version=current.version)
    return current


@transaction.atomic
def accept_layout(
    *, layout: ReportAgreement, read: int | None = None, by: Membership, now: datetime
) -> ReportAgreement:
    """The other side accepts what one side proposes: the head of the unit what IT does, IT what the head does.

    `read` is the version that stood before them. Refuses with LayoutNotProposed, LayoutAccepted, LayoutAnswered where
    a later version was proposed or another one was read, and LayoutIsOwn.
    """
    unit = _hold(layout.business_unit)
    current = ReportAgreement.objects.select_for_update().get(pk=layout.pk)
    if read is not None and read != current.version:
        raise LayoutAnswered(version=current.version)
    if current.is_draft:
        raise LayoutNotProposed
    if current.agreed_on is not None:
        name = current.agreed_by_it if current.is_counter else current.agreed_by_business
        raise LayoutAccepted(name=name, agreed_on=dates.day_year(current.agreed_on))
    newest = newest_signed(unit=unit)
    if newest and newest.pk != current.pk:
        raise LayoutAnswered(version=newest.version)
    if by.is_business == current.is_counter:
        raise LayoutIsOwn(version=current.version)
    if current.is_counter:
        current.agreed_by_it = by.user.name
    else:
        current.agreed_by_business = by.user.name
    current.agreed_on = dates.local(now, current.tenant.time_zone).date()
    current.save()
    _keep_fingerprint(current)
    record(act="layout.accepted", actor_id=by.user_id, at=now, subject=_subject(current), version=current.version)
    _tell(current, f"Version {current.version} of the report agreement is accepted by both sides.", by=by, now=now)
    return current


def refuse_unagreed(*, page: ReviewPage, terms: Terms) -> None:
    """A review shows no figure that its version does not show, and none that its version does not say how to read.

    Refuses with FiguresOutside and InterpretationsMissing.
    """
    cells = {cell.value.figure for row in page.chart for cell in row.cells}
    outside = [each.name for each in page.figures if is_outside(each.anchor, terms, is_cell=each.anchor in cells)]
    if outside:
        raise FiguresOutside(version=page.head.agreement_version, figures=and_list(outside))
    if missing := uninterpreted(shown_subjects(page), terms):
        names = and_list([f"“{SUBJECT_NAMES[subject]}”" for subject in missing])
        raise InterpretationsMissing(version=page.head.agreement_version, subjects=names)


@transaction.atomic
def talk_about_layout(*, unit: BusinessUnit, by: Membership, text: str, now: datetime) -> Comment:
    """Say something beside the report agreement of a unit; the talk goes on from version to version.

    Refuses with the refusals of a comment.
    """
    held, url = _hold(unit), layout_address(unit)
    thread = LayoutThread.objects.filter(business_unit=held).select_related("conversation").order_by("pk").first()
    if thread is not None:
        return add_comment(conversation=thread.conversation, by=by, text=text, now=now, url=url, reopens=True)
    conversation = start_conversation(
        business_unit=held,
        subject=f"Report agreement of {held.name}",
        level=Level.TACTICAL,
        by=by,
        text=text,
        now=now,
        url=url,
    )
    LayoutThread.objects.create(conversation=conversation, business_unit=held)
    return conversation.comments.get()


def layout_address(unit: BusinessUnit) -> str:
    """Where the report agreement of a unit is read."""
    return reverse("report_agreement", kwargs={"tenant": unit.tenant.slug, "unit": unit.slug})


def _hold(unit: BusinessUnit) -> BusinessUnit:
    """The unit, held: two versions of its report agreement are never written at once."""
    return BusinessUnit.objects.select_for_update(of=("self",)).select_related("tenant").get(pk=unit.pk)


def _refuse_as_next(newest: ReportAgreement | None, terms: Terms, reason: str, read: int | None) -> None:
    if newest is None:
        return
    if read is not None and read != newest.version:
        raise LayoutOvertaken(version=newest.version)
    if not reason.strip():
        raise LayoutReasonMissing
    if terms_of(layout=newest) == terms:
        raise LayoutSame(version=newest.version)


def _write(layout: ReportAgreement, terms: Terms) -> ReportAgreement:
    """The version with these terms, instead of those that it had."""
    layout.shows_budget, layout.shows_events = terms.shows_budget, terms.shows_events
    layout.shows_experienced = terms.shows_experienced
    layout.audience, layout.language, layout.felt_by_words = terms.audience, terms.language, terms.felt_by_words
    layout.issue_working_day, layout.answer_working_days = terms.issue_working_day, terms.answer_working_days
    layout.is_checked, layout.issues_itself = terms.is_checked, terms.issues_itself
    layout.comment_working_days = terms.comment_working_days
    layout.asks_after_review, layout.asks_after_case = terms.asks_after_review, terms.asks_after_case
    layout.save()
    layout.sections.all().delete()
    layout.interpretations.all().delete()
    ReportSection.objects.bulk_create(
        ReportSection(report_agreement=layout, section=section, position=place)
        for place, section in enumerate(terms.sections, 1)
    )
    ReportInterpretation.objects.bulk_create(
        ReportInterpretation(report_agreement=layout, subject=each.subject, means=each.means, means_not=each.means_not)
        for each in terms.interpretations
    )
    return layout


def _keep_fingerprint(layout: ReportAgreement) -> None:
    """What is signed names its text."""
    if not layout.fingerprint:
        layout.fingerprint = fingerprint_of(layout=layout)
        layout.save(update_fields=["fingerprint"])


def _tell(layout: ReportAgreement, text: str, *, by: Membership, now: datetime) -> None:
    """The other side hears of it."""
    if by.is_business:
        members = Membership.objects.filter(role=Role.SERVICE_LEVEL_MANAGER, is_active=True)
    else:
        members = Membership.objects.filter(
            role=Role.BUSINESS_UNIT_HEAD, is_active=True, unit_links__business_unit=layout.business_unit
        )
    state = "accepted" if layout.agreed_on else "proposed"
    url = layout_address(layout.business_unit)
    notify(
        members=members.select_related("user"),
        text=text,
        url=url,
        key=f"layout-{layout.pk}-{state}",
        now=now,
        kind=NoticeKind.REVIEWS,
    )


def _next_version(unit: BusinessUnit) -> int:
    newest: int | None = ReportAgreement.objects.filter(business_unit=unit).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


def _subject(layout: ReportAgreement) -> str:
    return f"Report agreement of {layout.business_unit.name}"
