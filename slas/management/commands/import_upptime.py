"""Bring the history of an Upptime status page into a tenant."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from catalog.models import Service
from portal import clock
from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from slas.importers import upptime
from slas.importers.tables import UnreadableTable, read_file
from slas.importers.uptime_measures import History, import_upptime


class Command(TenantCommand):
    """Keeps measures and facts of each monitored service; running it again changes nothing."""

    help = "Checks and outages of an Upptime status page become measures of a tenant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("checks", type=Path, help="CSV: " + ", ".join(upptime.CHECK_COLUMNS))
        parser.add_argument("outages", type=Path, help="CSV: " + ", ".join(upptime.OUTAGE_COLUMNS))
        parser.add_argument("--only", nargs="+", default=[], metavar="SERVICE", help="only these services of the page")
        parser.add_argument("--decider", default="The owner of the service", help="who decides about these facts")

    def handle(self, *args: Any, **options: Any) -> None:
        checks_file, outages_file = options.pop("checks"), options.pop("outages")
        try:
            checks = upptime.parse_checks(read_file(checks_file, upptime.CHECK_COLUMNS))
            outages = upptime.parse_outages(read_file(outages_file, upptime.OUTAGE_COLUMNS))
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        for problem in (*checks.errors, *outages.errors):
            self.stderr.write(str(problem))
        history = History(checks.items, outages.items, options.pop("decider"), checks_file.name)
        super().handle(*args, history=history, **options)

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        services = {service.slug: service for service in Service.objects.all()}
        kept = import_upptime(history=options["history"], services=services, only=options["only"], now=clock.now())
        for each in kept:
            self.stdout.write(f"{tenant.slug} {each.key}: checks {each.applied_checks}, outages {each.applied_outages}")
