"""Larkmoor's portfolio: what services cost and are worth a year, who says so, and how far the two new ones are."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from catalog.actions.portfolio import AmountDetails, CaseDetails, say_purpose, set_amount, write_case
from catalog.models import AmountKind, Service
from catalog.queries.offerings import USUAL_UNIT
from demo.larkmoor.agreements import Made
from demo.larkmoor.months import DemoMonths
from reporting.actions.portfolio import move_through_portfolio
from reporting.actions.portfolio_reviews import cast_vote, open_portfolio_review

POUNDS = 100
THOUSANDS = 1000 * POUNDS
# service, build once and run a year, value a year (low, likely, high), all in thousands of pounds, grade, why
CASES = (
    ("customer-ordering", 0, 412, 1150, 1280, 1400, "C", "Orders that come in by themselves, day and night."),
    ("prices-and-promotions", 0, 96, 430, 470, 520, "A", "The right price on day one, and no credit notes for it."),
    ("trip-recording", 0, 268, 620, 690, 760, "C", "Trips are planned from where lorries were, not from memory."),
    ("delivery-tracking", 0, 40, 180, 210, 250, "B", "Nobody calls to ask where a delivery is."),
    ("sales-figures", 0, 138, 100, 130, 170, "C", "Buyers see by 07:00 what sold yesterday."),
    ("order-desk-phones", 0, 146, 220, 250, 280, "C", "Customers who call reach a person."),
    ("warehouse-picking", 0, 355, 860, 930, 1000, "B", "Depots pick by list, and right the first time."),
    ("device-and-desk-help", 0, 290, 350, 400, 450, "C", "People get back to work the same day."),
    ("supplier-orders", 0, 172, 40, 55, 70, "B", "Orders to the suppliers who still want them by post."),
    ("payroll", 0, 74, 290, 310, 340, "A", "1,140 people are paid on the day and to the penny."),
    ("mobile-ordering", 210, 165, 560, 650, 760, "D", "Chains order from the shop floor, at night and on Sundays."),
    ("supplier-data-exchange", 140, 235, 330, 450, 600, "D", "Nobody types product data of suppliers again."),
)  # fmt: skip
# what it costs though nobody has said what it is worth
COSTS_ALONE = (("ledger", 118), ("mail-calendar-meetings", 205), ("customer-accounts", 52), ("store-and-network", 190))
PURPOSES = (
    ("customer-ordering", "Ines Calder", "All that we sell comes in here; from four in the morning it must be there."),
    ("payroll", "Mirek Sandell", "The pay run rests on it, from the 20th to the 25th of each month."),
    ("mobile-ordering", "Ines Calder", "Our two largest chains want to order from the shop floor."),
)
# service, steps behind it and why each was taken
STEPS = (
    ("mobile-ordering", (("analysed", "Two chains would order at once."), ("approved", "The case is clear enough."))),
    ("supplier-data-exchange", (("analysed", "Buying spends four days a month on typing."),)),
)
VOTED_ON = ("customer-ordering", "mobile-ordering", "supplier-orders")
VOTERS = ("Pavel Orsin", "Maia Lindqvar", "Hanne Brook", "Ines Calder", "Oskar Winterbourne")
VOTES = (
    ("customer-ordering", "Pavel Orsin", "invest", "A second order storage would have halved what was lost."),
    ("customer-ordering", "Ines Calder", "invest", "Every minute of a stop costs us orders."),
    ("mobile-ordering", "Ines Calder", "invest", "Our chains wait for it."),
    ("supplier-orders", "Hanne Brook", "retire", "Few suppliers still want orders by post."),
    ("supplier-orders", "Oskar Winterbourne", "keep", "Give those suppliers until June."),
)  # fmt: skip
RISE = 96  # percent of today's cost that was spent a year ago


def make_portfolio(made: Made, months: DemoMonths, since: date, now: datetime) -> None:
    """Costs from before the first month on and again this year, prices of the levels, cases, purposes and steps."""
    manager, today = made.members["Pavel Orsin"], now.date()
    for slug, build, run, low, likely, high, grade, why in CASES:
        service = made.services[slug]
        details = CaseDetails(
            why, build * THOUSANDS, run * THOUSANDS, "year", low * THOUSANDS, likely * THOUSANDS, high * THOUSANDS,
            "money", grade,
        )  # fmt: skip
        said_by = service.business_owner if grade == "A" else manager
        write_case(service=service, details=details, by=said_by or manager, on=months.reviewed)
    planned = {slug for slug, _steps in STEPS}
    for slug, run in (*((row[0], row[2]) for row in CASES if row[0] not in planned), *COSTS_ALONE):
        _costs(made, made.services[slug], run, months, since)
    for offering in made.offerings.values():
        if offering.price_minor is not None and offering.price_unit == USUAL_UNIT:
            price = AmountDetails(AmountKind.PRICE, since, offering.price_minor, "month", offering)
            set_amount(service=offering.service, details=price, by=manager)
    for slug, who, text in PURPOSES:
        say_purpose(service=made.services[slug], text=text, by=made.members[who], on=months.reviewed)
    for slug, steps in STEPS:
        for place, (step, reason) in enumerate(steps):
            on = months.reviewed + relativedelta(months=place - len(steps))
            move_through_portfolio(
                service=made.services[slug], to_step=step, on=on, reason=reason, by=manager, today=today
            )
    _ask_for_votes(made, months, now)


def _ask_for_votes(made: Made, months: DemoMonths, now: datetime) -> None:
    """A review with a vote of each side; whoever else was asked has not voted yet."""
    manager = made.members["Pavel Orsin"]
    review = open_portfolio_review(
        services=[made.services[slug] for slug in VOTED_ON],
        voters=[made.members[name] for name in VOTERS],
        held_on=months.running + relativedelta(months=2, days=14),
        by=manager,
        now=now,
    )
    for slug, who, choice, reason in VOTES:
        reviewed = review.services.get(service=made.services[slug])
        cast_vote(reviewed=reviewed, choice=choice, reason=reason, by=made.members[who], now=now)


def _costs(made: Made, service: Service, run: int, months: DemoMonths, since: date) -> None:
    owner = service.it_owner or made.members["Pavel Orsin"]
    this_year = months.reviewed.replace(month=1)
    was = AmountDetails(AmountKind.COST, since, run * THOUSANDS * RISE // 100, "year", note="Contracts and hours.")
    stands = AmountDetails(AmountKind.COST, this_year, run * THOUSANDS, "year", note="Contracts were renewed.")
    for details in (was, stands) if since < this_year else (stands,):
        set_amount(service=service, details=details, by=owner)
