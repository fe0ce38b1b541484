"""Writes the story's facts: outages, orders, nights, problems, answers, planned work."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import holidays

from demo.larkmoor import history, promises
from demo.larkmoor.agreements import Made
from demo.larkmoor.history import Happened
from demo.larkmoor.months import DemoMonths, at, days_of, on_day
from slas.models import Case, CasePause, CoveredTime, Measure, Occasion, Outage, PlannedWork, SurveyCount, Volume

ORDERING = (240, 1320)
PHONES = (300, 1200)
ALWAYS = (0, 1440)


def make_facts(made: Made, months: DemoMonths, now: datetime) -> None:
    """All facts of Customer Orders and of the parts that its services stand on."""
    for index, month in enumerate(months.complete):
        _availability(made, months, index, month)
        _orders(made, index, month)
        _occasions(made, index, month)
        _cases(made, index, month)
        asked, answers, good = history.RATING[index]
        SurveyCount.objects.create(
            measure_id=made.measures["rating"].pk, on=days_of(month)[-1], asked=asked, answers=answers, good=good
        )
    _planned_work(made, months)
    _running_month(made, months.running, now)


def confirm_logs(months: DemoMonths, now: datetime) -> None:
    """Each log of outages is complete up to now: what is not in it did not happen."""
    CoveredTime.objects.bulk_create(
        CoveredTime(measure_id=measure.pk, started_at=at(months.complete[0], "00:00"), ended_at=now, note="Confirmed")
        for measure in Measure.objects.filter(fact_kind="outages")
    )


def write_outages(measure: Measure, happened: Iterable[Happened]) -> None:
    """Store outages of a measure."""
    Outage.objects.bulk_create(
        Outage(
            measure_id=measure.pk, started_at=h.started_at, ended_at=h.ended_at, is_degraded=h.is_degraded,
            what=h.what, cause=h.cause, component_slug=h.component,
        )
        for h in happened
    )  # fmt: skip


def reviewed_outages(month: date) -> dict[str, list[Happened]]:
    """What happened in the month under review: a payroll of four events that everybody remembers."""
    sixth, fourteenth = on_day(month, 6), on_day(month, 14)
    twenty_second, twenty_eighth = on_day(month, 22), on_day(month, 28)
    full = Happened(
        at(sixth, "05:12"), at(sixth, "06:44"), "No orders could be saved", "Order storage was full", False,
        "order-storage",
    )  # fmt: skip
    change = Happened(
        at(fourteenth, "11:20"), at(fourteenth, "12:18"), "No orders could be saved", "Faulty change, taken back",
        False, "order-storage",
    )  # fmt: skip
    sign_in = Happened(
        at(twenty_second, "20:31"), at(twenty_second, "20:52"), "Sign-in failed for all customers",
        "Certificate ran out", False, "customer-sign-in",
    )  # fmt: skip
    slow = Happened(
        at(twenty_eighth, "16:05"), at(twenty_eighth, "17:19"), "Very slow: over 20 seconds a page",
        "Backup ran in service hours", True, "web-shop",
    )  # fmt: skip
    third, ninth = on_day(month, 3), on_day(month, 9)
    return {
        "orders": [full, change, sign_in, slow],
        "order-storage": [full, change],
        "customer-sign-in": [sign_in, Happened(at(third, "10:02"), at(third, "10:08"), "Slow to sign in", "Restart")],
        "web-shop": [Happened(at(twenty_eighth, "16:10"), at(twenty_eighth, "17:00"), "Too slow to use", "Backup")],
        "desk-screens": [Happened(at(ninth, "07:05"), at(ninth, "07:20"), "Screens froze", "Update")],
        "stock-check": [Happened(at(ninth, "14:00"), at(ninth, "14:12"), "Stock was old", "Feed stopped")],
        "phones": [
            Happened(at(third, "08:15"), at(third, "08:34"), "Lines dead", "Exchange fault"),
            Happened(at(fourteenth, "15:40"), at(fourteenth, "15:55"), "Lines dead", "Exchange fault"),
        ],
        "phone-network": [Happened(at(third, "08:15"), at(third, "08:34"), "Lines dead", "Exchange fault")],
        "card-payment": [Happened(at(ninth, "03:00"), at(ninth, "05:00"), "Cards refused", "Supplier change")],
        "mail-and-text": [Happened(at(third, "02:00"), at(third, "02:25"), "Mails waited", "Queue full")],
        "track": [
            Happened(at(ninth, "10:00"), at(ninth, "11:35"), "Map was old", "Feed stopped"),
            Happened(at(twenty_second, "19:00"), at(twenty_second, "20:15"), "Map was old", "Feed stopped"),
        ],
    }


def _availability(made: Made, months: DemoMonths, index: int, month: date) -> None:
    if month == months.reviewed:
        for slug, happened in reviewed_outages(month).items():
            write_outages(made.measures[slug], happened)
        return
    hours = {"orders": ORDERING, "phones": PHONES, "track": ALWAYS}
    for slug, (opens, closes) in hours.items():
        days = history.weekdays_of(month, range(6) if slug == "phones" else range(7))
        served = len(days) * (closes - opens)
        lost = round(history.LOST_PERCENT[slug][index] * served / 100)
        write_outages(made.measures[slug], history.draw_outages(slug, month, lost, opens, closes, days))
    for slug, percent in (("order-storage", 0.08), ("customer-sign-in", 0.04), ("web-shop", 0.12),
                          ("desk-screens", 0.06), ("stock-check", 0.05), ("phone-network", 0.05),
                          ("card-payment", 0.15), ("mail-and-text", 0.05)):  # fmt: skip
        lost = round(percent * 1080 * len(days_of(month)) / 100)
        write_outages(made.measures[slug], history.draw_outages(slug, month, lost, *ORDERING, days_of(month)))


def _orders(made: Made, index: int, month: date) -> None:
    total = history.ORDERS_A_MONTH[index]
    is_reviewed = index == len(history.LATE_PERCENT)
    late = history.ORDERS_LATE if is_reviewed else round(history.LATE_PERCENT[index] * total / 100)
    online = history.ONLINE_REVIEWED if is_reviewed else round(history.ONLINE_PERCENT[index] * total / 100)
    totals = history.spread_total("orders of a day", month, total)
    lates = history.spread_total("late orders", month, late)
    onlines = history.spread_total("online orders", month, online)
    rows = []
    for (day, count), (_, late_count), (_, online_count) in zip(totals, lates, onlines, strict=True):
        rows.append(Volume(measure_id=made.measures["confirm"].pk, on=day, total=count, met=count - late_count))
        rows.append(Volume(measure_id=made.measures["online-orders"].pk, on=day, total=count, met=online_count))
    for slug, counts in (("credit-notes", history.CREDIT_NOTES), ("analysis-days", history.ANALYSIS_DAYS)):
        rows.append(Volume(measure_id=made.measures[slug].pk, on=month, total=counts[index], met=None))
    for slug, total_calls in (("late-order-call", 400), ("customer-accounts-data", 260)):
        rows.append(Volume(measure_id=made.measures[slug].pk, on=month, total=total_calls, met=total_calls * 97 // 100))
    Volume.objects.bulk_create(rows)


def _occasions(made: Made, index: int, month: date) -> None:
    working = working_days(month, days_of(month))
    unknown = {on_day(month, day) for day in (13, 14, 15)[: history.SALES_UNKNOWN[index]]}
    if history.SALES_UNKNOWN[index] and not unknown <= set(working):
        unknown = set(working[8 : 8 + history.SALES_UNKNOWN[index]])
    write_occasions(made, "sales", working, "06:31", "08:20", late=history.SALES_LATE[index], unknown=unknown)
    write_occasions(made, "prices", days_of(month), "02:47", "05:10", late=history.PRICES_LATE[index])
    write_occasions(made, "order-desk", days_of(month), "06:00", "23:00")
    write_occasions(made, "tomorrows-prices", days_of(month), "20:15", "23:00")


def write_occasions(
    made: Made, slug: str, days: list[date], usual: str, late_at: str, *, late: int = 0, unknown: Iterable[date] = ()
) -> None:
    """One row for each day that has data; the last `late` of the drawn days are late."""
    missing = set(unknown)
    known = [day for day in days if day not in missing]
    rng = history.rng_of(slug, days[0])
    late_days = set(history.draw_days(rng, known, late))
    Occasion.objects.bulk_create(
        Occasion(
            measure_id=made.measures[slug].pk, on=day,
            completed_at=at(day, late_at if day in late_days else usual) + timedelta(minutes=rng.randint(0, 12)),
        )
        for day in known
    )  # fmt: skip


def _cases(made: Made, index: int, month: date) -> None:
    count, late = history.URGENT[index]
    write_cases(made, "urgent", "Urgent", month, count, late, timedelta(minutes=70), timedelta(hours=3))
    for slug, _name, _service, _what, minutes in promises.REPAIRS:
        write_cases(made, slug, "Urgent", month, 2, 0, timedelta(minutes=minutes // 2), timedelta(minutes=minutes))
    count, late = history.ANALYSIS[index]
    write_cases(made, "analysis", "Analysis", month, count, late, timedelta(days=6), timedelta(days=19), "09:30", 1)


def write_cases(
    made: Made, slug: str, priority: str, month: date, count: int, late: int, quick: timedelta, slow: timedelta,
    clock: str = "10:15", first_day: int = 3,
) -> None:  # fmt: skip
    """Cases of a month, `late` of them slow; some waited for the customer for half an hour."""
    measure, rng = made.measures[slug], history.rng_of(slug, month)
    days = history.weekdays_of(month, range(5))[first_day - 1 : 10] or history.weekdays_of(month, range(5))
    late_numbers = set(rng.sample(range(count), late)) if count else set()
    cases, pauses = [], []
    for number in range(count):
        opened = at(days[number % len(days)], clock) + timedelta(minutes=7 * number)
        took = slow if number in late_numbers else quick
        key = f"{slug.upper()[:3]}-{month:%y%m}-{number + 1:02d}"
        paused = number % 4 == 3 and slug == "urgent"
        pause = timedelta(minutes=30) if paused else timedelta()
        cases.append(Case(
            measure_id=measure.pk, key=key, priority=priority, opened_at=opened, resolved_at=opened + took + pause,
            title=f"{made.targets[slug].unit_words.rstrip('s').capitalize()} {number + 1}",
        ))  # fmt: skip
        if paused:
            pauses.append(CasePause(
                measure_id=measure.pk, case_key=key, started_at=opened + timedelta(minutes=20),
                ended_at=opened + timedelta(minutes=50), reason="Waiting for the customer",
            ))  # fmt: skip
    Case.objects.bulk_create(cases)
    CasePause.objects.bulk_create(pauses)


def _planned_work(made: Made, months: DemoMonths) -> None:
    """An announced hour in the month under review, and one to come."""
    sundays = [day for day in days_of(months.reviewed) if day.weekday() == 6]
    coming = [day for day in days_of(months.running) if day.weekday() == 6 and day > months.today]
    for day, clock in [(sundays[2], "20:00"), *((day, "20:00") for day in coming[:1])]:
        PlannedWork.objects.create(
            service=made.services["customer-ordering"], title="Planned work on ordering", starts_at=at(day, clock),
            ends_at=at(day, "21:00"), announced_at=at(day - timedelta(days=11), "10:00"),
            approved_at=at(day - timedelta(days=9), "15:00"), approved_by=made.members["Rowan Tessaly"],
        )  # fmt: skip


def _running_month(made: Made, month: date, now: datetime) -> None:
    """The month so far: ordering uses its room too fast."""
    events = (
        Happened(at(on_day(month, 2), "06:10"), at(on_day(month, 2), "07:05"), "No orders could be saved", "Storage"),
        Happened(at(on_day(month, 5), "10:20"), at(on_day(month, 5), "11:26"), "Pages did not open", "Faulty change"),
    )
    past = [event for event in events if event.ended_at <= now]
    write_outages(made.measures["orders"], past)
    days = [day for day in days_of(month) if at(day, "23:59") < now]
    Volume.objects.bulk_create(
        Volume(measure_id=made.measures[slug].pk, on=day, total=total, met=met)
        for day in days
        for slug, total, met in (("confirm", 3100, 3062), ("online-orders", 3100, 1999))
    )
    write_running_occasions(made, month, now)


def write_running_occasions(made: Made, month: date, now: datetime) -> None:
    """What was due so far this month, all of it on time."""
    for slug, usual, is_working_day in (
        ("sales", "06:31", True),
        ("prices", "02:47", False),
        ("order-desk", "06:00", False),
        ("tomorrows-prices", "20:15", False),
        ("supplier-orders", "14:10", True),
    ):
        due = [day for day in days_of(month) if at(day, usual) + timedelta(minutes=12) < now]
        days = working_days(month, due) if is_working_day else due
        if days:
            write_occasions(made, slug, days, usual, "23:00")


def working_days(month: date, days: Iterable[date]) -> list[date]:
    """Those of the days that are Monday to Friday and no public holiday in England."""
    closed = holidays.country_holidays("GB", subdiv="ENG", years=month.year)
    return [day for day in days if day.weekday() < 5 and day not in closed]
