"""Both sides of an agreement are told what happens with it, and reminded in time of what is to be done."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from portal.accounts.models import Membership, Role
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.dates import day_long_year, local
from slas.calculation.agreement_days import next_review, notice_day, term_end
from slas.models import Agreement, AgreementState, Obligation
from slas.queries.agreement_terms import list_due_duties, rhythm_of

NOTICE_AHEAD = timedelta(days=30)
END_AHEAD = timedelta(days=60)
REVIEW_AHEAD = timedelta(days=14)
DUTY_AHEAD = timedelta(days=14)
DAY = timedelta(days=1)


def tell_sides(*, agreement: Agreement, text: str, key: str, now: datetime, all_sides: bool = True) -> None:
    """Tell the heads of the customer's unit, and unless it is for them alone the service level managers, once."""
    members = [*_heads(agreement), *(_managers() if all_sides else [])]
    notify(
        members=members,
        text=text,
        url=_page(agreement),
        key=f"agreement-{agreement.pk}-{key}",
        now=now,
        kind=NoticeKind.AGREEMENTS,
    )


def remind_of_agreements(*, now: datetime) -> None:
    """Say once, to both sides, that the last day for notice, an end or a review together comes near; and to those who
    have a duty of the customer that it is due soon, and that it is overdue.
    """
    follows = Agreement.objects.filter(slug=OuterRef("slug"), state=AgreementState.AGREED)
    held = Agreement.objects.filter(~Exists(follows), state=AgreementState.IN_FORCE)
    for agreement in held.select_related("customer", "tenant").order_by("pk"):
        today = local(now, agreement.time_zone).date()
        for key, text in _due_words(agreement, today):
            tell_sides(agreement=agreement, text=text, key=key, now=now)
    for duty in list_due_duties(until=now.date() + DUTY_AHEAD):
        _remind_of_duty(duty, local(now, duty.agreement.time_zone).date(), now)


def _due_words(agreement: Agreement, today: date) -> Iterable[tuple[str, str]]:
    """What comes near: a key that names the day, so that each is said once, and one sentence."""
    rhythm, name = rhythm_of(agreement), f"“{agreement.name}”"
    last = None if agreement.notice_given_on else notice_day(rhythm, today)
    if last is not None and last - today <= NOTICE_AHEAD:
        yield f"notice-{last}", f"{name}: {_question(agreement)} by {day_long_year(last)}."
    end = term_end(rhythm, today)
    if agreement.ends_on is not None and end is not None and end - today <= END_AHEAD:
        words = f"{name} ends on {day_long_year(end - DAY)}. A new version that both sides accept lets it go on."
        yield f"end-{end}", words
    review = next_review(rhythm, today)
    if review is not None and review - today <= REVIEW_AHEAD:
        yield f"review-{review}", f"{name}: both sides look at it together on {day_long_year(review)}."


def _question(agreement: Agreement) -> str:
    if agreement.ends_on is None:
        return "it goes on by itself, unless one side gives notice"
    return "say whether it ends as agreed, or a new version follows,"


def _remind_of_duty(duty: Obligation, today: date, now: datetime) -> None:
    if duty.due_on is None:
        return
    is_late = duty.due_on < today
    when = f"has been due since {day_long_year(duty.due_on)}" if is_late else f"is due on {day_long_year(duty.due_on)}"
    members = [duty.owner] if duty.owner is not None else _heads(duty.agreement)
    notify(
        members=members,
        text=f"“{duty.short_text}” {when}. It belongs to “{duty.agreement.name}”.",
        url=_page(duty.agreement),
        key=f"duty-{duty.agreement.slug}-{duty.slug}-{duty.due_on}-{'late' if is_late else 'due'}",
        now=now,
        kind=NoticeKind.AGREEMENTS,
    )


def _heads(agreement: Agreement) -> Iterable[Membership]:
    """Who accepts for a business unit; a customer that is no unit belongs to IT."""
    unit = agreement.customer.business_unit_id
    heads = Membership.objects.filter(role=Role.BUSINESS_UNIT_HEAD, unit_links__business_unit=unit)
    return heads.select_related("user").order_by("pk") if unit else []


def _managers() -> Iterable[Membership]:
    return Membership.objects.filter(role=Role.SERVICE_LEVEL_MANAGER).select_related("user").order_by("pk")


def _page(agreement: Agreement) -> str:
    """Where it is read: of a draft, which only one side sees, the list."""
    if agreement.state == AgreementState.DRAFT:
        return reverse("agreement_list", kwargs={"tenant": agreement.tenant.slug})
    where = {"tenant": agreement.tenant.slug, "slug": agreement.slug, "version": agreement.version}
    return reverse("agreement_version", kwargs=where)
