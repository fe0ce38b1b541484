"""A month of a food wholesaler: nine promises, their facts, what they are worth; computed by the product itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from catalog.models import BusinessGoal
from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit, Membership, Role
from reporting.actions.editions import issue_review
from reporting.actions.reviews import draft_review
from reporting.layout import STANDARD, Terms
from reporting.models import (
    Edition,
    ImpactHour,
    ImpactProfile,
    ReportAgreement,
    ReportInterpretation,
    ReportSection,
    ServiceReview,
    ValueKind,
    ValueStatement,
)
from reporting.queries.plain_words import WordsReason, open_words, words_hash
from reporting.queries.review_page import gather
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period, PeriodKind
from slas.models import Agreement, FactKind, ServiceLevelTarget, TargetKind, Volume
from tests import factories
from tests.catalog import factories as catalog
from tests.slas import factories as slas

LARKMOOR = {"slug": "larkmoor", "name": "Larkmoor Foods", "provider_name": "Larkmoor IT"}
OCTOBER = date(2026, 10, 1)
ISSUED_AT = datetime(2026, 11, 6, 9, 40, tzinfo=UTC)  # Friday
TODAY = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)  # Tuesday
ORDERS_BY_HOUR = {4: 410, 5: 540, 6: 610, 11: 180, 12: 150, 16: 260, 17: 260, 20: 240}
CREDIT_NOTES = (405, 431, 418, 396, 409, 413, 371, 329, 322, 311, 310, 318)

PROMISES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("orders", TargetKind.AVAILABILITY, {
        "name": "Customers can place orders", "short_name": "Orders", "hours": "ordering",
        "sentence": "99.5 % of 04:00 to 22:00, every day", "degraded_share": Decimal("0.5"),
        "excluded_work": ["planned"], "planned_notice_days": 5, "planned_cap_seconds": 7200,
        "loss_words": "Customers could not place orders", "short_loss_words": "Not possible",
        "meaning": "“Place orders” means that a customer can save an order on the web shop or with the order desk."
            " If one of the two works, the promise is kept.",
        "agreed_note": "Slow pages count half, announced work does not count.",
        "experienced_note": "Slow pages count in full, announced work counts.",
    }),
    ("confirm", TargetKind.VOLUME, {
        "name": "Orders are confirmed within 15 minutes", "short_name": "Confirm orders",
        "sentence": "98 % of orders", "unit_words": "orders", "bad_words": "were late",
    }),
    ("phones", TargetKind.AVAILABILITY, {
        "name": "Order desk phones work", "short_name": "Phones", "hours": "desk",
        "threshold": Decimal("99.8"), "sentence": "99.8 % of 05:00 to 20:00, Mon to Sat",
        "loss_words": "Lines were dead", "short_loss_words": "Lines dead",
    }),
    ("sales", TargetKind.OCCASIONS, {
        "name": "Sales figures are ready by 07:00", "short_name": "Sales figures", "schedule": "working_days",
        "hours": "working", "due_minute": 420, "sentence": "At most 1 late working day a month",
        "unit_words": "days", "good_words": "On time", "decimals": 0,
    }),
    ("prices", TargetKind.OCCASIONS, {
        "name": "New prices are live by 04:00", "short_name": "Prices", "due_minute": 240,
        "sentence": "At most 1 late night a month", "unit_words": "nights", "good_words": "Live on time",
        "decimals": 0,
    }),
    ("rating", TargetKind.SATISFACTION, {
        "name": "The order desk rates our help as good", "short_name": "Rating",
        "sentence": "80 % of answers are 4 or 5 of 5", "good_words": "were good",
    }),
    ("track", TargetKind.AVAILABILITY, {
        "name": "Customers can track deliveries", "short_name": "Tracking", "is_trial": True,
        "is_mandatory": False, "threshold": None, "sentence": "Trial: no target yet",
        "loss_words": "Customers could not track deliveries", "short_loss_words": "Not possible",
    }),
)  # fmt: skip


@dataclass
class Month:
    """A unit with its people, its promises by slug, and its October."""

    unit: BusinessUnit
    head: Membership
    reader: Membership
    manager: Membership
    owner: Membership
    agreement: Agreement
    targets: dict[str, ServiceLevelTarget]


def make_people(unit: BusinessUnit) -> dict[str, Membership]:
    def person(name: str, role: str, units: Any = (), title: str = "") -> Membership:
        return factories.make_member(role=role, units=units, user=factories.make_user(name=name), title=title)

    return {
        "head": person("Ines Calder", Role.BUSINESS_UNIT_HEAD, [unit], "Customer Orders"),
        "reader": person("Rowan Tessaly", Role.BUSINESS_MEMBER, [unit], "Order desk"),
        "manager": person("Pavel Orsin", Role.SERVICE_LEVEL_MANAGER),
        "owner": person("Maia Lindqvar", Role.SERVICE_OWNER),
    }


def make_layout(unit: BusinessUnit, terms: Terms = STANDARD, **fields: Any) -> ReportAgreement:
    """A version of a report agreement with the sections and interpretations of these terms."""
    layout = ReportAgreement.objects.create(business_unit=unit, **fields)
    ReportSection.objects.bulk_create(
        ReportSection(report_agreement=layout, section=section, position=place)
        for place, section in enumerate(terms.sections, 1)
    )
    ReportInterpretation.objects.bulk_create(
        ReportInterpretation(report_agreement=layout, subject=each.subject, means=each.means, means_not=each.means_not)
        for each in terms.interpretations
    )
    return layout


def make_month(*, unit: BusinessUnit | None = None, months: int = 2, now: datetime = ISSUED_AT) -> Month:
    """October 2026 with its promises and facts, and so many months of figures before it."""
    unit = unit or factories.make_unit(slug="customer-orders", name="Customer Orders")
    people = make_people(unit)
    agreement = slas.make_agreement(unit=unit, name=f"{unit.name} and IT", starts_on=date(2025, 1, 1))
    make_layout(
        unit, version=2, agreed_on=date(2026, 3, 12), agreed_by_business="Ines Calder", agreed_by_it="Pavel Orsin",
        felt_by_words="your customers", reason="Your customers feel it, not you.",
    )  # fmt: skip
    targets = make_promises(agreement)
    make_facts(targets)
    make_worth(unit, targets, people)
    periods = [Period(2026, 10).shifted(-n) for n in range(months + 1)]
    compute_attainments(targets=list(targets.values()), periods=periods, now=now)
    return Month(unit=unit, agreement=agreement, targets=targets, **people)


def make_promises(agreement: Agreement) -> dict[str, ServiceLevelTarget]:
    hours = {
        "ordering": slas.make_hours(slas.every_day(4, 22), words="04:00 to 22:00, every day"),
        "desk": slas.make_hours({day: [(300, 1200)] for day in range(6)}, words="05:00 to 20:00, Mon to Sat"),
        "working": slas.make_hours({day: [(480, 1080)] for day in range(5)}, words="working days"),
    }
    service = slas.make_service(slug=f"ordering-{agreement.slug}", name="Customer ordering")
    targets = {}
    for position, (slug, kind, fields) in enumerate(PROMISES):
        own = {name: value for name, value in fields.items() if name != "hours"}
        targets[slug] = slas.make_target(
            kind, agreement=agreement, service=service, slug=slug, position=position,
            service_hours=hours.get(fields.get("hours", "")), **own,
        )  # fmt: skip
    return targets


def add_quarterly(month: Month, number: int = 1) -> ServiceLevelTarget:
    """A promise of the same agreement whose quarter, from October on, still runs when October is told."""
    target = slas.make_target(
        agreement=month.agreement, slug=f"quarter-{number}", name=f"Quarterly promise {'ABCD'[number - 1]}",
        period_kind="quarter",
    )  # fmt: skip
    compute_attainments(targets=[target], periods=[Period(2026, 10, PeriodKind.QUARTER)], now=ISSUED_AT)
    return target


def make_facts(targets: dict[str, ServiceLevelTarget]) -> None:
    orders = targets["orders"].measure
    slas.add_outage(
        orders, "2026-10-06 05:12", "2026-10-06 06:44", what="No orders could be saved", cause="Storage full"
    )
    slas.add_outage(orders, "2026-10-14 11:20", "2026-10-14 12:18", what="No orders could be saved", cause="Bad change")
    slas.add_outage(orders, "2026-10-22 20:31", "2026-10-22 20:52", what="Sign-in failed", cause="Certificate ran out")
    slas.add_outage(orders, "2026-10-28 16:05", "2026-10-28 17:19", what="Very slow", cause="Backup", is_degraded=True)
    slas.add_outage(targets["phones"].measure, "2026-10-08 09:00", "2026-10-08 09:34")
    slas.add_outage(targets["track"].measure, "2026-10-03 10:00", "2026-10-03 12:50")
    slas.add_work(
        targets["orders"].service, "2026-10-18 05:00", "2026-10-18 06:00", "2026-10-07 10:00", "2026-10-08 10:00"
    )
    slas.add_volume(targets["confirm"].measure, OCTOBER, 96412, 94903)
    slas.add_survey(targets["rating"].measure, OCTOBER, 62, 41, 36)
    dates = [OCTOBER + timedelta(days=day) for day in range(31)]
    worked = [on for on in dates if on.weekday() < 5 and on.day not in (12, 13, 14)]
    slas.add_occasions(targets["prices"].measure, {on: slas.at(f"{on} 03:10") for on in dates})
    slas.add_occasions(targets["sales"].measure, {on: slas.at(f"{on} 06:30") for on in worked})


def make_worth(unit: BusinessUnit, targets: dict[str, ServiceLevelTarget], people: dict[str, Membership]) -> None:
    service = targets["orders"].service
    profile = ImpactProfile.objects.create(
        service=service, business_unit=unit, unit_words="orders", lost_share_low=Decimal("0.15"),
        lost_share_high=Decimal("0.20"), unit_value_minor=21400, confirmed_on=date(2026, 6, 15),
    )  # fmt: skip
    ImpactHour.objects.bulk_create(
        ImpactHour(profile=profile, weekday=day, hour=hour, units=units)
        for day in range(7)
        for hour, units in ORDERS_BY_HOUR.items()
    )
    online, notes = (slas.make_measure(FactKind.VOLUMES, slug=f"{slug}-{unit.slug}") for slug in ("online", "notes"))
    Volume.objects.create(measure_id=online.pk, on=date(2026, 4, 1), total=92000, met=55384)
    Volume.objects.create(measure_id=online.pk, on=OCTOBER, total=96412, met=61801)
    Volume.objects.bulk_create(
        Volume(measure_id=notes.pk, on=date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1), total=total)
        for n, total in enumerate(CREDIT_NOTES)
    )
    checked = ImprovementOpportunity.objects.create(
        number=14, title="Prices checked before they go live", why="Review", state="measuring", owner=people["owner"],
        business_unit=unit, raised_by=people["manager"], raised_at=ISSUED_AT, done_on=date(2026, 5, 11),
    )  # fmt: skip
    rows: tuple[dict[str, Any], ...] = (
        {"slug": "online", "kind": ValueKind.SHIFTED_UNITS, "grade": "B", "measure": online, "unit_words": "orders",
         "cause_words": "Re-order lists", "result_words": "order-desk time freed", "low_rate": Decimal(4),
         "high_rate": Decimal("5.5"), "baseline_month": date(2026, 4, 1)},
        {"slug": "prices", "kind": ValueKind.FEWER_UNITS, "grade": "A", "measure": notes,
         "target": targets["prices"], "unit_words": "credit notes", "cause_words": "Checks",
         "result_words": "saved a month", "low_rate": Decimal(6000), "high_rate": Decimal(8000),
         "improvement": checked, "confirmed_by_words": "Finance"},
        {"slug": "lost-orders", "kind": ValueKind.LOST_UNITS, "grade": "C",
         "target": targets["orders"], "unit_words": "orders", "cause_words": "Down",
         "result_words": "sales not made"},
    )  # fmt: skip
    for position, fields in enumerate(rows):
        goal = BusinessGoal.objects.create(
            slug=f"{fields['slug']}-{unit.slug}", name=f"Goal {position + 1}", short_name="Goal", business_unit=unit
        )
        ValueStatement.objects.create(business_unit=unit, goal=goal, position=position, **fields)


def make_draft(month: Month, now: datetime = ISSUED_AT) -> ServiceReview:
    return draft_review(unit=month.unit, month=OCTOBER, by=month.manager, now=now)


def make_simple_month() -> Month:
    """October of Customer Orders with one promise and its figure, drafted by nobody yet."""
    unit = factories.make_unit(slug="customer-orders", name="Customer Orders")
    people = make_people(unit)
    make_layout(unit, agreed_on=TODAY.date(), agreed_by_business="Ines Calder", agreed_by_it="Pavel Orsin")
    target = slas.make_target(unit=unit, service=catalog.make_service())
    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=ISSUED_AT - timedelta(days=1))
    return Month(unit=unit, agreement=target.agreement, targets={"orders": target}, **people)


def make_edition(month: Month, now: datetime = ISSUED_AT, words_reason: str = "") -> Edition:
    review = make_draft(month, now)
    words = reason_for(review, words_reason) if words_reason else None
    return issue_review(review=review, by=month.manager, now=now, words=words)


def reason_for(review: ServiceReview, reason: str) -> WordsReason:
    """Why the words stay that a reader may stumble at, by somebody who has seen them as they stand now."""
    return WordsReason(reason, words_hash(open_words(gather(review=review))))
