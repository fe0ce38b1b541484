"""Bring the event log of a ticket system into a tenant."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import CommandError

from catalog.models import Service
from portal import clock
from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from slas.importers import tickets
from slas.importers.tables import UnreadableTable, read_file
from slas.importers.ticket_measures import import_tickets


class Command(TenantCommand):
    """Keeps a measure of the cases; running it again changes nothing."""

    help = "The event log of a ticket system (as ServiceNow writes it) becomes a measure of a tenant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("log", type=Path, help="CSV: " + ", ".join(tickets.COLUMNS))
        parser.add_argument("--measure", default="help-desk", metavar="SLUG", help="address of the measure")
        parser.add_argument("--name", default="Help desk", help="what the cases belong to")
        parser.add_argument("--service", metavar="SLUG", help="service of the catalogue that they belong to")
        parser.add_argument("--zone", default="UTC", help="time zone of the log, which names none (UTC)")
        parser.add_argument("--decider", default="The owner of the service", help="who decides about these facts")

    def handle(self, *args: Any, **options: Any) -> None:
        zone, path = _zone(options.pop("zone")), options.pop("log")
        try:
            log = tickets.parse_log(read_file(path, tickets.COLUMNS), zone)
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        for problem in log.errors:
            self.stderr.write(str(problem))
        super().handle(*args, log=log, zone=zone, file_name=path.name, **options)

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        measure, applied = import_tickets(
            log=options["log"],
            slug=options["measure"],
            name=options["name"],
            zone=options["zone"],
            decider=options["decider"],
            service=_service(options["service"]),
            file_name=options["file_name"],
            now=clock.now(),
        )
        refused = len(options["log"].errors)
        self.stdout.write(f"{tenant.slug} {measure.slug}: cases {applied}, rows refused {refused}")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CommandError(f"There is no time zone “{name}”. Write it like Europe/London or UTC.") from error


def _service(slug: str | None) -> Service | None:
    if slug is None:
        return None
    try:
        return Service.objects.get(slug=slug)
    except Service.DoesNotExist as error:
        raise CommandError(f"There is no service “{slug}” in this tenant. Create it in the catalogue first.") from error
