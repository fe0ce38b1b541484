"""What an hour of standstill costs a step of the business: the one place where both ways of saying it are read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from catalog.models import BusinessStep
from portal.language.dates import WEEKDAYS
from portal.language.numbers import count, money, to
from reporting.models import ImpactHour, ImpactProfile, StandstillCost


@dataclass(frozen=True, slots=True)
class HourCost:
    """What an hour costs, in words; who says so and when; how it was said, and for which service it is counted."""

    words: str
    basis: str
    who: str
    said_on: date
    service_slug: str = ""
    unit_slug: str = ""

    @property
    def is_counted(self) -> bool:
        """Hour by hour of a week, so that no range is said besides."""
        return bool(self.service_slug)


def list_hour_costs(*, steps: Collection[BusinessStep], currency: str) -> dict[int, HourCost]:
    """By step: what is counted hour by hour if anything is, otherwise the range that was said last.

    Whoever calls was allowed to see the steps.
    """
    said = {step_id: _said(cost) for step_id, cost in list_said(steps=steps).items()}
    return said | _counted_costs(steps, currency)


def list_said(*, steps: Collection[BusinessStep]) -> dict[int, StandstillCost]:
    """By step: the range that was said last. Whoever calls was allowed to see the steps."""
    said = StandstillCost.objects.filter(step__in=steps).select_related("said_by__user")
    return {cost.step_id: cost for cost in said.order_by("step", "-said_on").distinct("step")}


def _said(cost: StandstillCost) -> HourCost:
    return HourCost(_range(cost), cost.basis, cost.said_by.user.name, cost.said_on)


def _range(cost: StandstillCost) -> str:
    low, likely, high = (money(minor, cost.currency) for minor in (cost.low_minor, cost.likely_minor, cost.high_minor))
    return f"{to(low, high)} an hour, most likely {likely}"


def _counted_costs(steps: Collection[BusinessStep], currency: str) -> dict[int, HourCost]:
    rows = ImpactProfile.objects.filter(step__in=steps).select_related("service", "business_unit", "confirmed_by__user")
    profiles = list(rows.order_by("step", "-confirmed_on", "-pk").distinct("step"))
    busiest: dict[int, ImpactHour] = {}
    for hour in ImpactHour.objects.filter(profile__in=profiles).order_by("units", "-weekday", "-hour"):
        busiest[hour.profile_id] = hour
    return {
        profile.step_id: _counted(profile, busiest[profile.pk], currency)
        for profile in profiles
        if profile.step_id and profile.pk in busiest
    }


def _counted(profile: ImpactProfile, hour: ImpactHour, currency: str) -> HourCost:
    """At most so much, in the busiest hour of the week."""
    each = hour.units * profile.unit_value_minor
    low, high = (money(int(each * share), currency) for share in (profile.lost_share_low, profile.lost_share_high))
    return HourCost(
        words=f"{to(low, high)} in the busiest hour, {WEEKDAYS[hour.weekday]} at {hour.hour:02d}:00",
        basis=f"{count(hour.units)} {profile.unit_words} are done in it. Counted hour by hour of a week",
        who=profile.confirmed_by.user.name if profile.confirmed_by else profile.business_unit.name,
        said_on=profile.confirmed_on,
        service_slug=profile.service.slug,
        unit_slug=profile.business_unit.slug,
    )
