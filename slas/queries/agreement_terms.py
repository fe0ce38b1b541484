"""What an agreement covers, its rhythm, and what the customer does, in the words of its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import Membership
from portal.language.dates import day_long_year
from portal.language.numbers import counted
from slas.calculation.agreement_days import Rhythm, next_review, notice_day, term_end
from slas.models import Agreement, AgreementKind, AgreementScope, AgreementState, DutyKind, DutyStatus, Obligation
from slas.queries.agreements import get_agreement

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """What the customer does, and where it stands today."""

    row: Obligation
    status: DutyStatus
    words: str
    is_prerequisite: bool


def rhythm_of(agreement: Agreement) -> Rhythm:
    """The days of an agreement, as its version says them."""
    return Rhythm(
        agreement.starts_on,
        agreement.ends_on,
        agreement.notice_days,
        agreement.renews_months,
        agreement.review_months,
    )


def rhythm_lines(*, agreement: Agreement, today: date) -> Iterator[str]:
    """From when until when, notice, renewal and review, one sentence each."""
    rhythm, on = rhythm_of(agreement), max(today, agreement.starts_on)
    yield _holds(agreement, rhythm, on)
    if agreement.notice_given_on is not None:
        yield f"Notice was given on {day_long_year(agreement.notice_given_on)}."
    elif agreement.notice_days is not None:
        last = notice_day(rhythm, on)
        by = f"; for the coming end until {day_long_year(last)}" if last else ""
        yield f"Notice: {counted(agreement.notice_days, 'days')}{by}."
    if agreement.review_months is not None:
        due = next_review(rhythm, on)
        coming = f", next on {day_long_year(due)}" if due else ""
        yield f"Both sides look at it together every {counted(agreement.review_months, 'months')}{coming}."


def _holds(agreement: Agreement, rhythm: Rhythm, on: date) -> str:
    starts = day_long_year(agreement.starts_on)
    if agreement.ends_on is not None:
        return f"Holds from {starts} to {day_long_year(agreement.ends_on - DAY)}."
    if agreement.renews_months is None:
        return f"Holds from {starts} on, without an end."
    end = term_end(rhythm, on)
    until = f" (this term ends on {day_long_year(end - DAY)})" if end else ""
    months = counted(agreement.renews_months, "months")
    return f"Holds from {starts} on for {months} at a time{until}; without notice it goes on by itself."


def list_scope(*, agreement: Agreement) -> QuerySet[AgreementScope]:
    """What a version covers, by service and unit."""
    rows = agreement.scope.select_related("service", "offering", "business_unit")
    return rows.order_by("service__name", "offering__position", "business_unit__name", "pk")


def get_scope(*, reader: Membership, slug: str, version: int, scope_id: int) -> AgreementScope:
    """One line of a visible version. Raises AgreementScope.DoesNotExist, or Agreement.DoesNotExist."""
    agreement = get_agreement(reader=reader, slug=slug, version=version)
    return list_scope(agreement=agreement).get(pk=scope_id)


def covered_already(*, agreement: Agreement) -> AgreementScope | None:
    """The first line of another service level agreement that is agreed for the same service, unit and days.

    A line without a level is all levels of its service. One query, however many lines there are.
    """
    if agreement.kind != AgreementKind.SLA:
        return None
    days = Q(ends_on__isnull=True) | Q(ends_on__gt=agreement.starts_on)
    if agreement.ends_on is not None:
        days &= Q(starts_on__lt=agreement.ends_on)
    own = agreement.scope.filter(service=OuterRef("service"), business_unit=OuterRef("business_unit"))
    same_level = own.filter(Q(offering__isnull=True) | Q(offering=OuterRef("offering")))
    taken = Q(Exists(same_level)) | Q(Exists(own), offering__isnull=True)
    found = AgreementScope.objects.filter(days, taken, holds=True).exclude(agreement__slug=agreement.slug)
    related = found.select_related("agreement", "service", "business_unit")
    return related.order_by("service__name", "starts_on", "pk").first()


def list_duties(*, agreement: Agreement, today: date) -> list[Duty]:
    """What the customer does, prerequisites first, each with where it stands."""
    rows = agreement.obligations.select_related("owner__user", "service").order_by("due_on", "pk")
    duties = [_duty(row, today) for row in rows]
    return sorted(duties, key=lambda duty: not duty.is_prerequisite)


def _duty(row: Obligation, today: date) -> Duty:
    status = row.status_on(today)
    words = ""
    if status == DutyStatus.DONE and row.done_on is not None:
        words = f"Done on {day_long_year(row.done_on)}"
    elif status == DutyStatus.OVERDUE and row.due_on is not None:
        words = f"Overdue since {day_long_year(row.due_on)}"
    elif row.due_on is not None:
        words = f"Due on {day_long_year(row.due_on)}"
    return Duty(row, status, words or "Open, without a day", row.kind == DutyKind.PREREQUISITE)


def list_due_duties(*, until: date) -> QuerySet[Obligation]:
    """Duties of agreements that hold or will hold, not done and due by that day, the oldest first."""
    rows = Obligation.objects.filter(
        due_on__lte=until, done_on__isnull=True, agreement__state__in=(AgreementState.AGREED, AgreementState.IN_FORCE)
    )
    return rows.select_related("owner__user", "agreement__customer", "agreement__tenant").order_by("due_on", "pk")
