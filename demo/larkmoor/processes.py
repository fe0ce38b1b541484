"""How Larkmoor works, as its units told it: order to cash, picking, the pay run."""

from datetime import date, datetime

from catalog.actions.processes import (
    PeakDetails,
    ProcessDetails,
    add_peak,
    add_step,
    describe_process,
    rest_on,
)
from catalog.models import BusinessStep
from demo.larkmoor.agreements import Made
from demo.larkmoor.months import DemoMonths, at, on_day
from reporting.actions.standstill import CostDetails, say_standstill
from reporting.models import ImpactProfile

# name, what it is for, unit, who tells it, steps: name, what each rests on with its part
PROCESSES = (
    ("Order to cash", "Customers get what they ordered, and we are paid for it.", "customer-orders", "Ines Calder", (
        ("The order is taken", (
            ("customer-ordering", "Takes the orders that come in online"),
            ("order-desk-phones", "Brings callers to a person"),
            ("order-desk", "Takes the orders of customers who phone"),
        )),
        ("Price and stock are checked", (
            ("prices-and-promotions", "Knows what the customer pays today"),
            ("stock-check", "Knows what is there"),
        )),
        ("The order is picked and loaded", (("warehouse-picking", "Says what goes on which lorry"),)),
        ("The delivery is made", (("delivery-tracking", "Tells customer and desk where it is"),)),
        ("The bill is written", (("ledger", "Books what the customer owes"),)),
    )),
    ("Picking", "Each lorry leaves with the right goods, in time.", "depots-and-delivery", "Leona Farrow", (
        ("Lists are handed out", (("warehouse-picking", "Prints the lists before the first shift"),)),
        ("Goods are picked", (("stock-check", "Knows which shelf holds how much"),)),
        ("The lorry is loaded", (("trip-recording", "Knows which trip takes what"),)),
    )),
    ("Pay run", "Everyone is paid on the day that was promised, and every pay slip is right.", "people",
     "Mirek Sandell", (
        ("Hours are collected", (("mail-calendar-meetings", "Brings the sheets of the depots"),)),
        ("Pay is worked out", (("payroll", "Works out pay, tax and deductions"),)),
        ("The bank is told", (("payroll", "Sends the file to the bank"), ("ledger", "Books what was paid"))),
    )),
)  # fmt: skip
ORDERS, PICKING, PAY = (process[0] for process in PROCESSES)
FIVE, EIGHT = 5 * 60, 8 * 60
PEAKS = (
    (ORDERS, PeakDetails("weekly", "Before the first lorry", "0123456", start_minute=FIVE, end_minute=EIGHT)),
    (PICKING, PeakDetails("weekly", "First shift", "012345", start_minute=240, end_minute=420)),
    (PAY, PeakDetails("month_end", "Closing of the pay month", last_days=3)),
)
# process, step, pounds an hour: at least, most likely, at most; what that is made from
COSTS = (
    (ORDERS, "The bill is written", (200, 450, 900), "Four people wait, and customers pay a day later"),
    (PICKING, "Lists are handed out", (1800, 2600, 4200), "26 people wait, and late lorries are fined"),
    (PICKING, "Goods are picked", (1500, 2200, 3600), "26 people wait"),
    (PAY, "The bank is told", (0, 300, 9000), "Nothing on most days; overtime and bank fees on the 25th"),
)


def tell_processes(made: Made, months: DemoMonths, now: datetime) -> None:
    """Each unit tells its own; what an hour of taking orders costs is counted from the profile of the same unit."""
    told_at = min(at(on_day(months.complete[-2], 18), "14:00"), now)
    steps: dict[tuple[str, str], BusinessStep] = {}
    for name, purpose, unit, teller, told in PROCESSES:
        by = made.members[teller]
        process = describe_process(unit=made.units[unit], details=ProcessDetails(name, purpose, by), by=by, now=told_at)
        for step_name, supports in told:
            step = add_step(process=process, name=step_name, by=by, now=told_at)
            steps[name, step_name] = step
            for slug, role in supports:
                thing = made.services.get(slug) or made.components[slug]
                rest_on(step=step, thing=thing, role=role, by=by, now=told_at)
        for details in [peak for of, peak in PEAKS if of == name] + _seasons(name, months.reviewed):
            add_peak(process=process, details=details, by=by, now=told_at)
    for name, step_name, pounds, basis in COSTS:
        step = steps[name, step_name]
        low, likely, high = (100 * each for each in pounds)
        cost = CostDetails(low, likely, high, "GBP", basis)
        say_standstill(step=step, details=cost, by=step.told_by, on=told_at.date(), now=told_at)
    taken = steps[ORDERS, PROCESSES[0][4][0][0]]
    profiles = ImpactProfile.objects.filter(service=made.services["customer-ordering"])
    profiles.filter(business_unit=made.units["customer-orders"]).update(step=taken)


def _seasons(name: str, month: date) -> list[PeakDetails]:
    """Christmas, for whoever sells or picks."""
    if name == PAY:
        return []
    first, last = date(month.year, 11, 1), date(month.year, 12, 24)
    return [PeakDetails("yearly", "Christmas", first_on=first, last_on=last)]
