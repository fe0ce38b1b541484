"""Count stored availability a second time, by the kernel, and name each figure that differs."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from portal import clock
from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from slas.actions.cross_checks import cross_check_figures
from slas.calculation.errors import BadPeriod
from slas.calculation.periods import Period


class Command(TenantCommand):
    """Ends with 1 when a figure is contradicted; what changed since it was made is counted and contradicts nothing."""

    help = "Count each stored availability a second time, in another way, and compare the seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="only periods that share this month")

    def handle(self, *args: Any, **options: Any) -> None:
        self.contradicted = False
        super().handle(*args, **options)
        if self.contradicted:
            raise SystemExit(1)

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        checked = cross_check_figures(now=clock.now(), month=options["month"])
        for each in checked.contradictions:
            self.stdout.write(f"{tenant.slug}: {each}")
        equal = checked.compared - len(checked.contradictions)
        changed = f"; of {checked.changed} more the facts or terms have changed since" if checked.changed else ""
        self.stdout.write(f"{tenant.slug}: {equal} of {checked.compared} figures are confirmed{changed}.")
        self.contradicted |= bool(checked.contradictions)


def _month(text: str) -> Period:
    try:
        return Period.parse(text)
    except BadPeriod as error:
        raise ArgumentTypeError(str(error)) from error
