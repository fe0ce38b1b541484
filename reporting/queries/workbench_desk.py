"""Whose desk it is: what is mine at the workbench, when, and by which working days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from portal.accounts.models import Membership, Role
from portal.language import dates
from portal.language.numbers import counted
from reporting.models import ServiceReview
from reporting.queries.talk_parts import NO_DATE, Clock
from reporting.queries.working_days import calendar_of_tenant
from slas.calculation.periods import add_months
from slas.queries.working_days import WorkingCalendar

SOON = 2  # working days


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works, on what, when. `others` are units whose review of the closing month somebody else prepares."""

    reader: Membership
    now: datetime
    is_mine: bool
    calendar: WorkingCalendar
    others: frozenset[int]

    @property
    def slug(self) -> str:
        """Of the tenant, for addresses."""
        return self.reader.tenant.slug

    @property
    def today(self) -> date:
        """The date where the tenant is."""
        return self.calendar.today(self.now)

    @property
    def closing(self) -> date:
        """The month that ended last: it is being closed."""
        return add_months(self.today.replace(day=1), -1)

    def own_units(self, path: str) -> Q:
        """The condition that a row's unit is the reader's to look after; a service owner answers for every unit."""
        if not self.is_mine or self.reader.role != Role.SERVICE_LEVEL_MANAGER:
            return Q()
        return ~Q(**{f"{path}__in": self.others})

    def own_targets(self, path: str = "target") -> Q:
        """The condition that a promise is the reader's: about their services, or made to their units."""
        if not self.is_mine:
            return Q()
        if self.reader.role == Role.SERVICE_OWNER:
            return Q(**{f"{path}__service__it_owner": self.reader})
        unit = f"{path}__agreement__customer__business_unit"
        return self.own_units(unit) | Q(**{f"{unit}__isnull": True})  # promises between IT and its suppliers

    def clock_at(self, at: datetime | None) -> Clock:
        """An instant with its time: “Tomorrow, 12:00”; none where nothing was agreed."""
        if at is None:
            return NO_DATE
        local = at.astimezone(self.calendar.hours.tz)
        near = {self.today: "Today", self.today + timedelta(days=1): "Tomorrow"}
        day = near.get(local.date(), dates.weekday_day(local.date()))
        state = "late" if at < self.now else self._state(local.date())
        return Clock("", f"{day}, {dates.clock(local)}", state)

    def clock_on(self, on: date) -> Clock:
        """A date: “By Mon 16 Nov”, “11 days late”."""
        late = (self.today - on).days
        if late > 0:
            return Clock("", f"{counted(late, 'days')} late", "late")
        return Clock("", f"By {dates.weekday_day(on)}", self._state(on))

    def _state(self, on: date) -> str:
        return "soon" if self.calendar.days_until(self.today, on) < SOON else ""


def get_desk(*, reader: Membership, now: datetime, is_mine: bool) -> Desk:
    """The reader's desk; auditor and administrator look at all of IT."""
    has_own = reader.role in (Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER)
    calendar = calendar_of_tenant(tenant=reader.tenant, now=now)
    month = add_months(calendar.today(now).replace(day=1), -1)
    others = ServiceReview.objects.filter(month=month, prepared_by__isnull=False).exclude(prepared_by=reader)
    units = frozenset(others.values_list("business_unit_id", flat=True))
    return Desk(reader, now, is_mine and has_own, calendar, units)
