"""Makes Larkmoor Foods: first its rows, then, when the workers have computed the figures, its reviews and talk."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from catalog.models import Entitlement
from demo.larkmoor import (
    agreements,
    buying,
    catalogue,
    entries,
    facts,
    hours,
    library,
    needs,
    other_units,
    people,
    portfolio,
    processes,
    value,
)
from demo.larkmoor.agreements import Made
from demo.larkmoor.credits import make_schemes
from demo.larkmoor.months import DemoMonths, on_day
from demo.larkmoor.standing import make_standing

TENANT = {
    "slug": "larkmoor", "name": "Larkmoor Foods", "provider_name": "Larkmoor IT", "time_zone": "Europe/London",
    "currency": "GBP",
}  # fmt: skip
SINCE_BEFORE = 3  # months between the agreements' start and the first complete month


def make_rows(today: date, now: datetime) -> None:
    """People, catalogue, agreements, facts, goals and improvements, inside the tenant's scope."""
    months = DemoMonths(today)
    since = months.complete[0] - relativedelta(months=SINCE_BEFORE)
    units, members = people.make_people()
    services = catalogue.make_services(members, since)
    entries.make_entries(services, members, now)
    made = Made(units=units, members=members, services=services, hours=hours.make_hours())
    made.offerings = catalogue.make_offerings(services, units, since)
    for unit, service, offering in catalogue.OFFERED:
        Entitlement.objects.create(
            offering=made.offerings[service, offering], business_unit=units[unit], starts_on=since,
            is_subscribed=False,
        )  # fmt: skip
    made.components = catalogue.make_composition(services["customer-ordering"])
    make_standing(services, made.components)
    goals = catalogue.make_goals(
        services, units["customer-orders"], members["Ines Calder"], months.reviewed + relativedelta(months=5, day=31)
    )
    agreements.make_agreements(made, since, months.running + relativedelta(months=3))
    agreements.make_levels(made)
    agreements.make_obligations(made, on_day(months.reviewed, 30 if months.reviewed.month != 2 else 28))
    make_schemes(made)
    agreements.accept_agreements(made, since)
    library.keep_library(made, now)
    value.make_extra_measures(made)
    facts.make_facts(made, months, now)
    other_units.make_other_facts(made, months, now)
    buying.make_buying_facts(made, months, now)
    facts.confirm_logs(months, now)
    agreements.agree_on_next_version(made, months.running + relativedelta(months=2), now)
    register = value.make_improvements(made, months, goals)
    value.make_value(made, months, goals, register)
    processes.tell_processes(made, months, now)
    portfolio.make_portfolio(made, months, since, now)
    needs.tell_needs(made, months)
    needs.measure_goals(made, months, goals)
