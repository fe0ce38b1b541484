"""The facts of Larkmoor's other business units."""

from datetime import date, datetime, timedelta

from demo.larkmoor import history
from demo.larkmoor.agreements import Made
from demo.larkmoor.facts import working_days, write_cases, write_occasions, write_outages
from demo.larkmoor.months import DemoMonths, at, days_of, on_day
from slas.models import Occasion, Volume

WORKING_DAY = (480, 1080)
ALWAYS = (0, 1440)
PICKING_LATE = (0, 1, 0, 2, 0, 0, 2, 1, 0, 3, 1, 1)
SUPPLIER_LATE = (0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0)
TRIPS_MISSING = 3  # the last days of the month under review have no data
# measure, percent lost in a usual month, daily window
LOSSES = (
    ("ledger", 0.22, WORKING_DAY),
    ("handhelds", 0.31, ALWAYS),
    ("mail", 0.12, ALWAYS),
    ("trip-app", 0.55, ALWAYS),
    ("stock-view", 0.2, ALWAYS),
)


def make_other_facts(made: Made, months: DemoMonths, now: datetime) -> None:
    """All facts of the other five units."""
    for index, month in enumerate(months.complete):
        _losses(made, month)
        _nights(made, index, month)
        _counted(made, months, index, month)
        write_cases(made, "account-requests", "Account", month, 14, index % 2, timedelta(hours=4), timedelta(days=3))
        write_cases(made, "help", "Desk", month, 26, index % 4, timedelta(hours=3), timedelta(hours=30))
    _running(made, months, now)


def _losses(made: Made, month: date) -> None:
    for slug, percent, (opens, closes) in LOSSES:
        days = history.weekdays_of(month, range(5 if slug == "ledger" else 7))
        rng = history.rng_of(f"loss {slug}", month)
        lost = round(percent * rng.uniform(0.4, 1.4) * len(days) * (closes - opens) / 100)
        write_outages(made.measures[slug], history.draw_outages(slug, month, lost, opens, closes, days))


def _nights(made: Made, index: int, month: date) -> None:
    working = working_days(month, days_of(month))
    write_occasions(made, "picking-lists", days_of(month), "02:40", "04:30", late=PICKING_LATE[index])
    write_occasions(made, "supplier-orders", working, "14:10", "16:00", late=SUPPLIER_LATE[index])
    done_at = at(on_day(month, 25), "09:30") + timedelta(minutes=5 * index)
    Occasion.objects.create(measure_id=made.measures["pay-run"].pk, on=on_day(month, 25), completed_at=done_at)


def _counted(made: Made, months: DemoMonths, index: int, month: date) -> None:
    days = days_of(month)
    if month == months.reviewed:
        days = days[:-TRIPS_MISSING]
    rows = []
    for day in days:
        rng = history.rng_of(f"trips {day.day}", month)
        trips = rng.randint(380, 460)
        rows.append(Volume(measure_id=made.measures["trips"].pk, on=day, total=trips, met=trips - rng.randint(4, 14)))
    lines = 41_000 + 350 * index
    rows.append(
        Volume(measure_id=made.measures["right-prices"].pk, on=month, total=lines, met=lines - 90 - 8 * (index % 5))
    )
    Volume.objects.bulk_create(rows)


def _running(made: Made, months: DemoMonths, now: datetime) -> None:
    """The month so far: picking lists were late once already."""
    past = [day for day in days_of(months.running) if at(day, "04:45") < now]
    if past:
        write_occasions(made, "picking-lists", past, "02:40", "04:30", late=1)
