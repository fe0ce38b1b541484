"""The catalogue and its search, in a tenant with thousands of services and in one with fifty, as their pages.

Both stand in one database among hundreds of other tenants; their pages are asked for in turns. Each question to the
database is explained as portal_app: whatever belongs to a tenant is read by an index that leads with the tenant.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import django
import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import database
from bench.agreements import NOVEMBER, NOW, OCTOBER
from bench.pages import show
from bench.pairs import against_goal, conditions, require
from catalog.models import ContributionLink, Entitlement, LineOfService, Service, ServiceOffering
from portal.accounts.models import BusinessUnit
from portal.tenancy.scope import tenant_scope
from slas.models import Attainment, FactKind, ServiceLevelTarget, TargetKind
from tests import factories
from tests.catalog.factories import make_goal
from tests.slas.factories import make_agreement, make_measure

FEW, FEWEST = 50, 200
SHARE_PROMISED = 5  # each fifth service has a promise with a figure of last month
THINGS = ("Order", "Claim", "Payroll", "Ward", "Delivery", "Invoice", "Stock", "Travel", "Contract", "Enquiry", "Badge")
DOES = ("entry", "archive", "printing", "reporting", "planning", "approval", "scanning", "exchange", "training")
PLACES = ("harbour", "market", "depot", "laboratory", "office", "warehouse", "school", "clinic", "library", "museum")
CLASSES = ("business", "end_user", "professional", "business")
PAGES = {
    "list": "",
    "last page by cost": "?for=&sort=cost&page=999",
    "filtered": "?for=&kind=end_user&sort=status",
    "search": "?for=&q=payroll+archive",
    "search with a slip": "?for=&q=payrol+arcihve",
}
OWNED = ("catalog_", "slas_", "reporting_", "accounts_businessunit")
FULL_READS = ("Seq Scan", "Parallel Seq Scan")


@dataclass(frozen=True)
class Tenant:
    """A tenant with so many services, and a browser of its manager."""

    slug: str
    services: int
    client: Client

    def get(self, page: str) -> bytes:
        """A page of the list, as the browser gets it."""
        answer = self.client.get(f"/t/{self.slug}/services/{PAGES[page]}")
        require(answer.status_code == 200, f"{page} answers {answer.status_code}")
        return bytes(answer.content)


def make_tenant(slug: str, services: int) -> Tenant:
    """So many services under ten headings, each with a level that a unit has; goals, and promises of each fifth."""
    made = factories.make_tenant(slug=slug, name=slug.capitalize())
    with tenant_scope(made.pk):
        rows = _services(services)
        _entitle(rows)
        goal = make_goal(name="Right at once", short_name="Right at once")
        ContributionLink.objects.bulk_create(ContributionLink(goal=goal, service=row) for row in rows[::10])
        _promise(rows[::SHARE_PROMISED])
        client = Client(SERVER_NAME="localhost")
        client.force_login(factories.make_member().user)
    return Tenant(slug, services, client)


def _services(number: int) -> list[Service]:
    lines = LineOfService.objects.bulk_create(
        LineOfService(name=f"{place.capitalize()} work", position=position) for position, place in enumerate(PLACES)
    )
    return Service.objects.bulk_create(
        (
            Service(
                slug=f"service-{each}",
                name=f"{THINGS[each % 11]} {DOES[each % 9]} {each:04}",
                description=f"People of the {PLACES[each % 7]} see each {THINGS[each % 11].lower()} at once.",
                used_by=f"Staff of the {PLACES[each % 10]}",
                service_class=CLASSES[each % 4],
                stage="catalogue",
                line_of_service=lines[each % 10],
            )
            for each in range(number)
        ),
        batch_size=500,
    )


def _entitle(services: list[Service]) -> None:
    units = BusinessUnit.objects.bulk_create(BusinessUnit(slug=f"part-{n}", name=f"Part {n}") for n in range(10))
    offerings = ServiceOffering.objects.bulk_create(
        (ServiceOffering(service=row, name="Usual", price_minor=100 * place) for place, row in enumerate(services)),
        batch_size=500,
    )
    Entitlement.objects.bulk_create(
        (
            Entitlement(
                offering=offering,
                business_unit=None if place % 4 == 0 else units[place % 10],
                starts_on=date(2025, 1, 1),
            )
            for place, offering in enumerate(offerings)
        ),
        batch_size=500,
    )


def _promise(services: list[Service]) -> None:
    agreement, measure = make_agreement(), make_measure(FactKind.VOLUMES)
    promised = {"agreement": agreement, "measure": measure, "kind": TargetKind.VOLUME, "threshold": 98}
    targets = ServiceLevelTarget.objects.bulk_create(
        (
            ServiceLevelTarget(service=row, slug=f"promise-{row.pk}", name="In time", sentence="98 %", **promised)
            for row in services
        ),
        batch_size=500,
    )
    told = {"value_words": "98.5", "result": {}, "proof": {}, "inputs_hash": "", "computed_at": NOW, "changed_at": NOW}
    Attainment.objects.bulk_create(
        (
            Attainment(
                target=target,
                period_start=OCTOBER,
                period_end=NOVEMBER,
                status="missed" if target.pk % 7 == 0 else "kept",
                **told,
            )
            for target in targets
        ),
        batch_size=500,
    )


def check(tenants: tuple[Tenant, Tenant]) -> dict[str, int]:
    """How often each page asks the database: as often in either tenant, and it finds something."""
    asked: dict[str, int] = {}
    for tenant in tenants:
        for page in PAGES:
            tenant.get(page)  # the first visit is written down
            with CaptureQueriesContext(connection) as captured:
                body = tenant.get(page)
            usual = asked.setdefault(page, len(captured))
            require(len(captured) == usual, f"{page} took {len(captured)} queries, not {usual}")
            require(body.count(b'<article class="p-service">') > 0, f"{page} found nothing in {tenant.services}")
    return asked


def full_reads(tenant: Tenant, page: str) -> list[str]:
    """What a page reads of a tenant's tables without an index that leads with the tenant: nothing, as it should be."""
    with CaptureQueriesContext(connection) as captured:
        tenant.get(page)
    asked = [each["sql"] for each in captured if each["sql"].startswith("SELECT") and "catalog_" in each["sql"]]
    found = []
    with tenant_scope(_pk_of(tenant)), connection.cursor() as cursor:
        for statement in asked:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            answer = cursor.fetchone()[0]
            plan = answer if isinstance(answer, list) else json.loads(answer)
            found += [f"{page}: {words}" for words in _read_whole(plan[0]["Plan"])]
    return found


def _pk_of(tenant: Tenant) -> int:
    from portal.tenancy.models import Tenant as Row

    return int(Row.objects.values_list("pk", flat=True).get(slug=tenant.slug))


def _read_whole(node: dict[str, Any]) -> Iterator[str]:
    table, kind = node.get("Relation Name", ""), node["Node Type"]
    if table.startswith(OWNED) and kind in FULL_READS:
        yield f"{kind} of {table}"
    if kind in ("Index Scan", "Index Only Scan", "Bitmap Index Scan") and not _leads(node):
        yield f"{kind} by {node['Index Name']}: {node.get('Index Cond', 'no condition')}"
    for under in node.get("Plans", ()):
        yield from _read_whole(under)


def _leads(node: dict[str, Any]) -> bool:
    """Whether the tenant is part of what the index is asked; a row that is named by its number is one row alone."""
    asked = node.get("Index Cond", "")
    return "tenant_id" in asked or node["Index Name"].endswith("_pkey")


def timed(tenants: tuple[Tenant, Tenant], page: str, rounds: int) -> Iterator[list[float]]:
    """Milliseconds of the page in each tenant, in turns."""
    spent: list[list[float]] = [[], []]
    for _ in range(rounds):
        for tenant, times in zip(tenants, spent, strict=True):
            start = database.clock()
            tenant.get(page)
            times.append(1000 * (database.clock() - start))
    yield from spent


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench services", description=__doc__)
    options.add_argument("--services", type=int, default=5_000, help=f"against {FEW}")
    options.add_argument("--tenants", type=int, default=200, help="in all")
    options.add_argument("--others", type=int, default=150, help="services of each of the other tenants")
    options.add_argument("--rounds", type=int, default=20, help="pages of each tenant, in turns")
    asked = options.parse_args(arguments)
    if asked.services < FEWEST or asked.rounds < 5:
        options.error(f"--services must be at least {FEWEST}, --rounds at least 5")
    with database.thrown_away() as owner:
        tenants = make_tenant("few", FEW), make_tenant("many", asked.services)
        for place in range(asked.tenants - len(tenants)):
            make_tenant(f"other-{place}", asked.others)
        owner.tidy()
        print(conditions(django, psycopg))
        print(database.server_words())
        queries = check(tenants)
        print(f"{asked.services} services among {asked.tenants} tenants against {FEW}; queries {queries}")
        for goal, page in zip(("C1", "C2", "C3", "C4", "C5"), PAGES, strict=True):
            few, many = timed(tenants, page, asked.rounds)
            show(f"{page}, {FEW} services", few)
            show(f"{page}, {asked.services} services", many)
            against_goal(goal, median(many) / median(few), most=3)
            whole = full_reads(tenants[1], page)
            print(f"  {page}: {'read by indexes that lead with the tenant' if not whole else '; '.join(whole)}")
