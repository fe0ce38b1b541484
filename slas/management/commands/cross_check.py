"""Count stored availability a second time, by the kernel, and name each figure that differs."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from portal import clock
from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from slas.actions.cross_checks import cross_check_figures
from slas.calculation.errors import BadPeriod
from slas.calculation.periods import Period
from slas.queries.cross_checks import CrossCheck


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
        now = clock.now()
        portions: list[CrossCheck] = []
        while not portions or portions[-1].go_on_after is not None:
            after = portions[-1].go_on_after if portions else None
            portions.append(cross_check_figures(now=now, month=options["month"], after=after))
        found = [each for checked in portions for each in checked.contradictions]
        for each in found:
            self.stdout.write(f"{tenant.slug}: {each}")
        compared = sum(checked.compared for checked in portions)
        others = sum(checked.changed for checked in portions)
        changed = f"; of {others} more the facts or terms have changed since" if others else ""
        self.stdout.write(f"{tenant.slug}: {compared - len(found)} of {compared} figures are confirmed{changed}.")
        self.contradicted |= bool(found)


def _month(text: str) -> Period:
    try:
        return Period.parse(text)
    except BadPeriod as error:
        raise ArgumentTypeError(str(error)) from error
