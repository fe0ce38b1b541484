"""How Buying and Supply fares: stops that meet some of the buyers, announced work, how old stock figures are."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from demo.larkmoor import history
from demo.larkmoor.agreements import Made
from demo.larkmoor.facts import working_days
from demo.larkmoor.months import DemoMonths, at, days_of
from slas.actions.batches import Arrival, count_rows
from slas.models import Origin, Outage, PlannedWork, WorkKind
from slas.queries.rows import ReadingRow

STOPS = (1, 2, 0, 1, 2, 1, 3, 0, 1, 2, 1)  # of more than ten minutes, before the month under review
MET = (Decimal(25), Decimal(50), None)  # percent of the buyers; None: all of them
OLD_PERCENT = (2, 3, 1, 4, 2, 3, 7, 2, 3, 2, 1, 4)  # of the looks at stock figures, month by month
HOUR = timedelta(hours=1)
# working day of the month under review, from, to, percent of the buyers, what, cause
REVIEWED = (
    (4, "10:05", "10:53", Decimal(25), "Depot buyers could not send orders", "Line of one depot was cut"),
    (9, "11:30", "11:38", Decimal(50), "Orders could not be saved", "Order book was locked"),
    (14, "14:10", "14:38", None, "No order could be sent", "Faulty change, taken back"),
)


def make_buying_facts(made: Made, months: DemoMonths, now: datetime) -> None:
    """Stops, announced work and stock figures of twelve months and the running one."""
    for index, month in enumerate(months.complete[:-1]):
        _stops(made, month, STOPS[index])
    working = working_days(months.reviewed, days_of(months.reviewed))
    for number, began, ended, met, what, cause in REVIEWED:
        _stop(made, at(working[number], began), at(working[number], ended), met, what, cause)
    _work(made, working[16], "17:00", "18:00", WorkKind.SUPPLIER, "New line to suppliers, by Northline Telecom")
    _work(made, working[6], "12:00", "12:09", WorkKind.EMERGENCY, "Repair of the order book")
    _looks(made, months, now)


def _stops(made: Made, month: date, count: int) -> None:
    rng = history.rng_of("stops of buyers", month)
    for day in history.draw_days(rng, working_days(month, days_of(month)), count):
        began = at(day, "09:00") + timedelta(minutes=rng.randint(0, 420))
        ended = began + timedelta(minutes=rng.randint(12, 40))
        _stop(made, began, ended, rng.choice(MET[:2]), "Orders could not be sent", "Restarted by the team")


def _stop(made: Made, began: datetime, ended: datetime, met: Decimal | None, what: str, cause: str) -> None:
    Outage.objects.create(
        measure_id=made.measures["buyers"].pk, started_at=began, ended_at=ended, affected_percent=met, what=what,
        cause=cause,
    )  # fmt: skip


def _work(made: Made, day: date, began: str, ended: str, kind: WorkKind, title: str) -> None:
    """Work of a supplier is announced eight days before; an emergency in its hour."""
    notice = timedelta(hours=1) if kind == WorkKind.EMERGENCY else timedelta(days=8)
    announced_at = at(day, began) - notice
    PlannedWork.objects.create(
        service=made.services["supplier-orders"], kind=kind, title=title, starts_at=at(day, began),
        ends_at=at(day, ended), announced_at=announced_at, announced_by=made.members["Hanne Brook"],
        approved_at=announced_at + timedelta(minutes=20), approved_by=made.members["Oskar Winterbourne"],
    )  # fmt: skip


def _looks(made: Made, months: DemoMonths, now: datetime) -> None:
    """Each hour somebody's stock figures are the oldest; a few times they are too old."""
    rows = []
    for month, percent in zip([*months.complete, months.running], (*OLD_PERCENT, 2), strict=True):
        rng, first = history.rng_of("age of stock", month), at(month, "00:20")
        for hour in range((at(month + relativedelta(months=1), "00:20") - first) // HOUR):
            old = rng.randint(31, 55) if rng.uniform(0, 100) < percent else rng.randint(6, 28)
            rows.append(ReadingRow(first + hour * HOUR, Decimal(old)))
    arrival = Arrival(Origin.PUSHED)
    past = [row for row in rows if row.at < now]
    count_rows(measure=made.measures["fresh-stock"], fact="readings", rows=past, arrival=arrival, now=now)
