"""By when the reviews of months that ended are issued, and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.accounts.models import Membership, Role
from portal.language import dates
from reporting.models import UNISSUED, CheckOutcome, ReviewState, ServiceReview
from reporting.queries.checks import list_second, newest_check
from reporting.queries.working_days import calendar_of
from slas.calculation.periods import add_months

ISSUE_HOUR = 8  # where the tenant is: nobody is sent a review at night


@dataclass(frozen=True, slots=True)
class Due:
    """An unissued review: its agreed day, the working days that are left (negative when late), and who is asked."""

    review: ServiceReview
    due_on: date
    days_left: int
    is_hour: bool

    @property
    def issues_itself(self) -> bool:
        """Both sides agreed that it is issued by itself, and its day and hour have come."""
        layout = self.review.report_agreement
        return layout.issues_itself and layout.agreed_on is not None and self.days_left <= 0 and self.is_hour

    @property
    def step(self) -> str:
        """What is told once each: the day before, the day itself, and that it is late. Empty before."""
        if self.days_left > 1:
            return ""
        return "late" if self.days_left < 0 else "today" if self.days_left == 0 else "soon"


def list_due(*, now: datetime, review_id: int | None = None) -> list[Due]:
    """Every unissued review, or one, of a month that has ended where its tenant is, the oldest first."""
    rows = ServiceReview.objects.filter(state__in=UNISSUED).select_related(
        "business_unit__tenant", "tenant", "report_agreement", "prepared_by__user"
    )
    rows = rows if review_id is None else rows.filter(pk=review_id)
    found = [due_of(review=row, now=now) for row in rows.order_by("month", "pk")]
    return [each for each in found if each is not None]


def due_of(*, review: ServiceReview, now: datetime) -> Due | None:
    """When a review is due by its report agreement; None while its month still runs."""
    here = dates.local(now, review.tenant.time_zone)
    following = add_months(review.month, 1)
    if here.date() < following:
        return None
    calendar = calendar_of(unit=review.business_unit, now=now)
    due_on = calendar.day_after(following - timedelta(days=1), review.report_agreement.issue_working_day)
    return Due(review, due_on, calendar.days_until(here.date(), due_on), here.hour >= ISSUE_HOUR)


def list_asked(*, review: ServiceReview) -> list[Membership]:
    """Whose turn it is: a second person where a check is open, else whoever prepares it, else all who could."""
    check = newest_check(review=review)
    if review.state == ReviewState.CHECK and check is not None and check.outcome != CheckOutcome.PASSED:
        return list(list_second(review=review, asked_by=check.asked_by))
    writer = find_writer(review=review)
    return [writer] if writer else list_managers()


def find_writer(*, review: ServiceReview) -> Membership | None:
    """In whose name a review is issued: who prepares it, who wrote its report agreement, or the only one who may.

    None where none of these prepares reviews today.
    """
    managers = {each.pk: each for each in list_managers()}
    for pk in (review.prepared_by_id, review.report_agreement.drafted_by_id):
        if pk in managers:
            return managers[pk]
    return next(iter(managers.values())) if len(managers) == 1 else None


def list_managers() -> list[Membership]:
    """Everybody who prepares reviews."""
    role = Role.SERVICE_LEVEL_MANAGER
    managers = Membership.objects.filter(role=role, is_active=True, user__is_active=True)
    return list(managers.select_related("user").order_by("pk"))
