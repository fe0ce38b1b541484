"""Issued figures, calculated again from the facts as they are today."""

from argparse import ArgumentParser
from typing import Any

from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from reporting.management.commands.review import month_of, unit_of
from reporting.queries.verification import EditionPart, list_issued_figures, list_newest_editions, verify_edition
from slas.queries.verification import Verification, verify_figure


class Command(TenantCommand):
    """manage.py verify --tenant SLUG [--unit SLUG] [--month YYYY-MM]."""

    help = "Calculate issued figures again and say which are equal, which differ, and in which input."

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._equal = self._all = 0

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--unit", metavar="SLUG", help="only the figures of this business unit")
        parser.add_argument("--month", metavar="YYYY-MM", help="only the figures of this month, for example 2026-10")

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        self.stdout.write(f"{self._equal} of {self._all}")
        if self._equal < self._all or not self._all:
            raise SystemExit(1)

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        unit = unit_of(options["unit"]) if options["unit"] else None
        month = month_of(options["month"]) if options["month"] else None
        for attainment in list_issued_figures(unit=unit, month=month).iterator(chunk_size=50):
            verification = verify_figure(attainment=attainment)
            self._tell(verification.name, verification)
        for edition in list_newest_editions(unit=unit, month=month).iterator(chunk_size=10):
            for part in verify_edition(edition=edition):
                self._tell(part.name, part)

    def _tell(self, name: str, verified: Verification | EditionPart) -> None:
        self._all += 1
        self._equal += verified.is_equal
        self.stdout.write(f"{name}: {verified.verdict}")
        self.stdout.writelines(f"    {sentence}\n" for sentence in verified.sentences)
