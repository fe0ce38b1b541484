"""What the services are worth to Customer Orders: its profile of an hour, its goals, its register of improvements."""

from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from catalog.models import BusinessGoal
from demo.larkmoor import history, other_units
from demo.larkmoor.agreements import Made
from demo.larkmoor.months import HISTORY, DemoMonths, at, on_day, spoken
from improvement.models import ImprovementOpportunity
from portal.language import dates
from portal.language.numbers import and_list
from reporting.models import GoalMeasure, ImpactHour, ImpactProfile, ValueStatement
from slas.models import Measure

# orders in each hour of a day, 0 to 23; nothing is ordered while the shop is closed
ORDERS_BY_HOUR = (
    *(0, 0, 0, 0, 410, 540, 610, 480, 330, 260, 210, 180),
    *(150, 160, 190, 230, 260, 260, 320, 290, 240, 170, 0, 0),
)

TIMES = ("never", "once", "twice", "three times")

# number, title, what you will notice, comes from, state, size, priority, owner, due (month, day), done (month, day),
# goal, counted from; months count from the month under review (0), and the words in braces are those of `_words`
IMPROVEMENTS = (
    (9, "Shorter phone menu", "Fewer calls given up", "Comment, {eight_before}", "not_proven", "small", 3,
     "Dele Amundi", (-6, 20), (-6, 18), "no-customer-lost"),
    (11, "Re-order lists", "A regular order takes three clicks", "Need of the order desk", "confirmed", "medium", 1,
     "Maia Lindqvar", (-5, 28), (-5, 26), "orders-online"),
    (14, "Prices checked before they go live", "Fewer credit notes for a wrong price", "Review, {seven_before}",
     "measuring", "medium", 1, "Hanne Brook", (-5, 11), (-5, 11), "right-price"),
    (19, "Order storage warns early", "No stop like {stop}", "Missed promise", "measuring", "small", 1,
     "Maia Lindqvar", (1, 4), (1, 4), "no-customer-lost"),
    (22, "Faster picking lists", "Lists are there before the shift", "Missed in {late_lists} of {history} months",
     "in_progress", "medium", 2, "Tam Redfern", (3, 15), None, None),
    (25, "Certificates renew themselves", "No sign-in failure as on {sign_in}", "Missed promise", "approved",
     "small", 2, "Dele Amundi", (2, 18), None, "no-customer-lost"),
    (27, "Second order storage", "Orders go on when one storage stops", "Missed {stops}", "approved",
     "large", 1, "Maia Lindqvar", (8, 30), None, "no-customer-lost"),
    (28, "Backup after your hours", "No slow afternoon at month end", "Slow afternoon, {slow}", "in_progress",
     "small", 1, "Maia Lindqvar", (2, 1), None, "no-customer-lost"),
    (29, "One search for all orders", "One place to look for an order", "Survey, 9 of {answers} asked for it",
     "opportunity", "large", 3, None, None, None, "orders-online"),
    (30, "Tell the desk before a slow day", "A call the evening before", "Comment by Rowan Tessaly", "opportunity",
     "small", 2, None, None, None, "no-customer-lost"),
)  # fmt: skip


def make_extra_measures(made: Made) -> None:
    """Counts that no promise uses but goals and improvements do."""
    for slug, service, decider, name, what, source, unit_words in (
        ("online-orders", "customer-ordering", "Ines Calder", "Orders taken online",
         "Orders of each day, and how many of them came in online.", "Order book, counted every night", "orders"),
        ("credit-notes", "customer-ordering", "Ines Calder", "Credit notes for a wrong price",
         "Credit notes written because a price was wrong.", "Finance", "credit notes"),
        ("analysis-days", "business-analysis", "Pavel Orsin", "Days of business analysis",
         "Days that the analyst worked for you.", "Time sheets of the analyst", "days"),
    ):  # fmt: skip
        made.measures[slug] = Measure.objects.create(
            slug=slug, name=name, fact_kind="volumes", what=what, source=source, decider=decider,
            unit_words=unit_words, service=made.services[service],
        )  # fmt: skip


def make_improvements(
    made: Made, months: DemoMonths, goals: dict[str, BusinessGoal]
) -> dict[int, ImprovementOpportunity]:
    """The register as it stands today."""
    register, words = {}, _words(made, months)
    for number, title, notice, why, state, size, priority, owner, due, done, goal in IMPROVEMENTS:
        depots = title == "Faster picking lists"
        register[number] = ImprovementOpportunity.objects.create(
            number=number, title=title, notice=notice.format(**words), why=why.format(**words), state=state,
            size=size, priority=priority,
            owner=made.members[owner] if owner else None, raised_by=made.members["Pavel Orsin"],
            raised_at=at(months.reviewed - timedelta(days=200 - 5 * number), "10:00"),
            business_unit=made.units["depots-and-delivery" if depots else "customer-orders"],
            service=made.services["warehouse-picking" if depots else "customer-ordering"],
            goal=goals.get(goal or ""), due_on=_day(months, due), done_on=_day(months, done),
        )  # fmt: skip
    return register


def _words(made: Made, months: DemoMonths) -> dict[str, object]:
    """What the register says of days and counts, from the facts of these months."""
    lost = dict(zip(months.complete, history.LOST_PERCENT["orders"], strict=False))
    room = 100 - (made.targets["orders"].threshold or 0)
    stops = [month for month, percent in lost.items() if percent > room] + [months.reviewed]
    lists = made.targets["picking-lists"].allowed_misses or 0
    return {
        "eight_before": dates.month_name(months.complete[-9]),
        "seven_before": dates.month_name(months.complete[-8]),
        "stop": spoken(on_day(months.reviewed, 6)),
        "sign_in": spoken(on_day(months.reviewed, 22)),
        "slow": spoken(on_day(months.reviewed, 28)),
        "stops": f"{TIMES[len(stops)]}: {and_list([dates.month_name(month) for month in stops])}",
        "late_lists": sum(late > lists for late in other_units.PICKING_LATE),
        "history": HISTORY,
        "answers": history.RATING[-1][1],
    }


def _day(months: DemoMonths, when: tuple[int, int] | None) -> date | None:
    return on_day(months.reviewed + relativedelta(months=when[0]), when[1]) if when else None


def make_value(
    made: Made, months: DemoMonths, goals: dict[str, BusinessGoal], register: dict[int, ImprovementOpportunity]
) -> None:
    """The impact profile and three statements of value, one of each grade."""
    unit = made.units["customer-orders"]
    profile = ImpactProfile.objects.create(
        service=made.services["customer-ordering"], business_unit=unit, unit_words="orders",
        lost_share_low=Decimal("0.15"), lost_share_high=Decimal("0.20"), unit_value_minor=21400,
        confirmed_on=on_day(months.complete[-5], 15), confirmed_by=made.members["Ines Calder"],
    )  # fmt: skip
    ImpactHour.objects.bulk_create(
        ImpactHour(profile=profile, weekday=day, hour=hour, units=units)
        for day in range(7)
        for hour, units in enumerate(ORDERS_BY_HOUR)
    )
    baseline = months.complete[-7]
    GoalMeasure.objects.create(
        goal=goals["orders-online"], measure=made.measures["online-orders"], baseline_month=baseline
    )
    common = {"business_unit": unit}
    ValueStatement.objects.create(
        slug="online", goal=goals["orders-online"], kind="shifted_units", grade="B",
        position=0, baseline_month=baseline,
        measure=made.measures["online-orders"], unit_words="orders", cause_words="Re-order lists",
        result_words="order-desk time freed", low_rate=Decimal(4), high_rate=Decimal("5.5"),
        improvement=register[11], **common,
    )  # fmt: skip
    ValueStatement.objects.create(
        slug="prices", goal=goals["right-price"], kind="fewer_units", grade="A", position=1,
        measure=made.measures["credit-notes"], target=made.targets["prices"], unit_words="credit notes",
        cause_words="Prices checked before they go live", result_words="saved a month", low_rate=Decimal(6000),
        high_rate=Decimal(8000), improvement=register[14], confirmed_by_words="Finance", **common,
    )  # fmt: skip
    ValueStatement.objects.create(
        slug="lost-orders", goal=goals["no-customer-lost"], kind="lost_units", grade="C", position=2,
        target=made.targets["orders"], unit_words="orders", cause_words="Ordering was down",
        result_words="sales not made", **common,
    )  # fmt: skip
