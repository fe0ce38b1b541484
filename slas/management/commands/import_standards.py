"""Bring published service standards into a tenant."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from catalog.models import Service
from portal import clock
from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from slas.importers import service_standards
from slas.importers.standard_measures import UnknownFiscalYear, import_standards
from slas.importers.tables import UnreadableTable, read_file


class Command(TenantCommand):
    """Keeps a measure and the volume of each standard; running it again changes nothing.

    The service of a standard is the one whose own number, or short name where it has none, is its service id.
    """

    help = "Published service standards become measures of counted volumes of a tenant."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("standards", type=Path, help="CSV: " + ", ".join(service_standards.COLUMNS))

    def handle(self, *args: Any, **options: Any) -> None:
        path = options.pop("standards")
        try:
            parsed = service_standards.parse_standards(read_file(path, service_standards.COLUMNS))
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        for problem in parsed.errors:
            self.stderr.write(str(problem))
        super().handle(*args, parsed=parsed, file_name=path.name, **options)

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        try:
            kept = import_standards(
                standards=options["parsed"].items,
                services={service.reference or service.slug: service for service in Service.objects.all()},
                file_name=options["file_name"],
                now=clock.now(),
            )
        except UnknownFiscalYear as error:
            raise CommandError(str(error)) from error
        counted = sum(each.has_facts for each in kept)
        warned = sum(each.standard.has_more_met_than_counted for each in kept)
        self.stdout.write(
            f"{tenant.slug}: {len(kept)} standards, {counted} with a volume, {warned} with more met than counted,"
            f" {len(options['parsed'].errors)} rows refused"
        )
