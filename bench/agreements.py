"""The list of agreements and its search, in a tenant with many and in one with a tenth of them, as their pages.

Each agreement has ten promises with a figure of last month, a customer of its own and one of three states. Both tenants
are in one database; their pages are asked for in turns.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median

import django
import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import database
from bench.pages import show
from bench.pairs import against_goal, conditions, require
from portal.accounts.models import BusinessUnit, Membership
from portal.tenancy.scope import tenant_scope
from slas.models import (
    Agreement,
    AgreementState,
    Attainment,
    FactKind,
    Party,
    PartyKind,
    ServiceLevelTarget,
    TargetKind,
)
from tests import factories
from tests.slas.factories import make_measure, make_party

FEWEST = 20
PROMISES = 10
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
STATES = (AgreementState.IN_FORCE, AgreementState.IN_FORCE, AgreementState.PROPOSED)
THINGS = ("Orders", "Claims", "Payroll", "Wards", "Deliveries", "Invoices", "Stock", "Travel", "Contracts", "Enquiries")
PLACES = ("North", "South", "Harbour", "Market Street", "Depot", "Laboratory", "Head office")
# Pages with their number of questions to the database, however many rows there are.
PAGES = {"list": "", "search": "?q=payroll+harbour", "search with a slip": "?q=payrol+harbor"}
QUERIES = {"list": 19, "search": 20, "search with a slip": 20}


@dataclass(frozen=True)
class Tenant:
    """A tenant with so many agreements, and a browser of its manager."""

    slug: str
    agreements: int
    client: Client

    def get(self, page: str) -> bytes:
        """A page of the list, as the browser gets it."""
        answer = self.client.get(f"/t/{self.slug}/agreements/{PAGES[page]}")
        require(answer.status_code == 200, f"{page} answers {answer.status_code}")
        return answer.content


def make_tenant(slug: str, agreements: int) -> Tenant:
    """So many agreements, ten promises each, and a figure of October for each promise that is in force."""
    made = factories.make_tenant(slug=slug, name=slug.capitalize())
    with tenant_scope(made.pk):
        targets = _promise(_agree(agreements))
        Attainment.objects.bulk_create(map(_figure, targets), batch_size=500)
        client = _browser(factories.make_member())
    return Tenant(slug, agreements, client)


def _browser(member: Membership) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(member.user)
    return client


def _agree(number: int) -> list[Agreement]:
    names = [f"{THINGS[each % 10]} {PLACES[each % 7]} {each:03}" for each in range(number)]
    units = BusinessUnit.objects.bulk_create(
        BusinessUnit(slug=f"unit-{place}", name=name) for place, name in enumerate(names)
    )
    customers = Party.objects.bulk_create(
        Party(kind=PartyKind.BUSINESS_UNIT, name=unit.name, business_unit=unit) for unit in units
    )
    provider = make_party(name="IT")
    return Agreement.objects.bulk_create(
        Agreement(
            slug=f"agreement-{place}",
            name=f"{customer.name} and IT",
            state=STATES[place % 3],
            customer=customer,
            provider=provider,
            time_zone="Europe/London",
            starts_on=date(2026, 1, 1),
        )
        for place, customer in enumerate(customers)
    )


def _promise(agreements: list[Agreement]) -> list[ServiceLevelTarget]:
    measure = make_measure(FactKind.VOLUMES)
    return ServiceLevelTarget.objects.bulk_create(
        [
            ServiceLevelTarget(
                agreement=agreement,
                measure=measure,
                slug=f"promise-{place}",
                name=f"Promise {place}",
                sentence="98 % of orders",
                kind=TargetKind.VOLUME,
                threshold=98,
            )
            for agreement in agreements
            for place in range(PROMISES)
        ],
        batch_size=500,
    )


def _figure(target: ServiceLevelTarget) -> Attainment:
    return Attainment(
        target=target,
        period_start=OCTOBER,
        period_end=NOVEMBER,
        status="missed" if target.pk % 37 == 0 else "kept",
        value_words="98.5",
        result={},
        proof={},
        inputs_hash="",
        computed_at=NOW,
        changed_at=NOW,
    )


def check(tenants: tuple[Tenant, Tenant]) -> None:
    """Each page asks the database as often in either tenant, and finds something."""
    for tenant in tenants:
        for page in PAGES:
            tenant.get(page)  # the first visit is written down
            with CaptureQueriesContext(connection) as captured:
                body = tenant.get(page)
            require(len(captured) == QUERIES[page], f"{page} took {len(captured)} queries, not {QUERIES[page]}")
            require(b"Payroll" in body, f"{page} found nothing in the tenant with {tenant.agreements}")


def timed(tenants: tuple[Tenant, Tenant], page: str, rounds: int) -> Iterator[list[float]]:
    """Milliseconds of the page in each tenant, in turns."""
    spent: list[list[float]] = [[], []]
    for _ in range(rounds):
        for tenant, times in zip(tenants, spent, strict=True):
            times.append(_milliseconds(lambda: tenant.get(page)))  # noqa: B023 - called at once
    yield from spent


def _milliseconds(call: Callable[[], object]) -> float:
    start = database.clock()
    call()
    return 1000 * (database.clock() - start)


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench agreements", description=__doc__)
    options.add_argument("--agreements", type=int, default=500, help="with ten promises each, against a tenth of them")
    options.add_argument("--rounds", type=int, default=40, help="pages of each tenant, in turns")
    asked = options.parse_args(arguments)
    if asked.agreements < 10 * FEWEST or asked.rounds < 5:
        options.error(f"--agreements must be at least {10 * FEWEST}, --rounds at least 5")
    with database.thrown_away() as owner:
        tenants = make_tenant("few", asked.agreements // 10), make_tenant("many", asked.agreements)
        owner.tidy()
        print(conditions(django, psycopg))
        print(database.server_words())
        check(tenants)
        print(f"{asked.agreements} agreements with {PROMISES} promises each against a tenth of them; queries {QUERIES}")
        for goal, page in zip(("G1", "G2", "G3"), PAGES, strict=True):
            few, many = timed(tenants, page, asked.rounds)
            show(f"{page}, {tenants[0].agreements} agreements", few)
            show(f"{page}, {tenants[1].agreements} agreements", many)
            against_goal(goal, median(many) / median(few), most=3)
