"""Recompute the flag “made its SLA” of each case of a ticket log. No database."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from slas.importers.tables import Parsed, UnreadableTable, read_file
from slas.importers.ticket_flags import COLUMNS, ClosedCase, Compared, compare, parse_closed

SHOWN = 30


class Command(BaseCommand):
    """Prints how many flags of each priority are reproduced; fails when fewer are than the fitted hours explain."""

    help = "Recompute from opening and closing which cases of a ServiceNow-style log made their SLA."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV event log, plain or gzip")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            parsed = parse_closed(read_file(options["file"], COLUMNS))
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        compared = list(compare(parsed.items))
        for line in _report(parsed, compared):
            self.stdout.write(line)
        judged = [each for each in compared if each.clock]
        self.stdout.write(f"{sum(each.same for each in judged)} of {sum(each.cases for each in judged)}")
        if not judged or parsed.errors or not all(each.holds for each in judged):
            raise SystemExit(1)


def _report(parsed: Parsed[ClosedCase], compared: Sequence[Compared]) -> Iterator[str]:
    yield f"Cases read: {len(parsed.items)}; rows refused: {len(parsed.errors)}."
    yield from (f"  {error}" for error in parsed.errors)
    yield "The clock runs from opening to closing, in the service hours of the priority; equality is in time."
    for each in compared:
        if each.clock is None:
            yield f"{each.priority}: no calendar is known for it; {each.cases} cases are not judged."
            continue
        yield f"{each.priority} ({each.clock}): {each.same} of {each.cases} flags reproduced."
        if each.others:
            more = f" and {len(each.others) - SHOWN} more" if len(each.others) > SHOWN else ""
            yield f"  not reproduced: {', '.join(each.others[:SHOWN])}{more}"
    yield "Flags reproduced:"
