"""Recompute the trailing percentages of an Upptime status page from its outages. No database."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from slas.calculation.errors import BadThreshold
from slas.calculation.rounding import share_of, shown
from slas.importers import upptime
from slas.importers.tables import Parsed, UnreadableTable, read_file
from slas.importers.upptime import Comparison, ServiceCheck, ServiceOutage, Window

POINTS = Fraction(1, 10)
WINDOWS = (Window.ALL, Window.DAY, Window.WEEK, Window.MONTH)
# Percent of the figures that the outage times of a page can reproduce, in the order of the windows: commits and the
# page's own notes differ by seconds to minutes. Pages by the name of their files; any other is held to the first.
STRICT = ("97", "99.8", "99", "97")
LEAST = {
    "cu-research-computing": STRICT,
    "espoo-public-services": ("99.7", "97", "94", "99.6"),
    "koj-demo": ("83", "99", "98", "98"),
}


@dataclass(frozen=True)
class Reach:
    """How many percentages of one window are reproduced, against the least that must be.

    The known shares are rounded, so that nobody can tell more of them than their decimals say; `is_exact` is one that
    was asked for.
    """

    window: Window
    near: int
    compared: int
    least: Decimal
    is_exact: bool

    @property
    def percent(self) -> Decimal:
        """The share with the decimals of the least one, rounded as that was."""
        if not self.compared:
            return Decimal(0)
        return (Decimal(100 * self.near) / self.compared).quantize(self.least, ROUND_HALF_UP)

    @property
    def holds(self) -> bool:
        """Whether enough percentages are reproduced; a window that nothing was published for has none to reproduce."""
        if not self.compared:
            return True
        share = Fraction(100 * self.near, self.compared) if self.is_exact else Fraction(self.percent)
        return share >= Fraction(self.least)

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "does not hold"
        exact = f"{shown(Fraction(100 * self.near, self.compared), 2)} %" if self.compared else "none published"
        share = exact if self.is_exact else f"{self.percent} % (exactly {exact})"
        return f"{self.window.value:<6}{self.near} of {self.compared}, {share}; at least {self.least} %: {verdict}"


class Command(BaseCommand):
    """Prints, for each window, how many published percentages are reproduced; fails when they are too few."""

    help = "Recompute an Upptime page's percentages (day, week, month, all) under Upptime's own convention."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("checks", "outages", "reported"):
            parser.add_argument(name, metavar=name.upper(), type=Path, help=f"CSV of {name}, plain or gzip")
        for window in WINDOWS:
            parser.add_argument(
                f"--{window.value}",
                type=_percent,
                help=f"percent of the {window.value} figures that must be reproduced (default: as known for the page)",
            )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            checks = upptime.parse_checks(read_file(options["checks"], upptime.CHECK_COLUMNS))
            outages = upptime.parse_outages(read_file(options["outages"], upptime.OUTAGE_COLUMNS))
            reported = upptime.parse_snapshots(read_file(options["reported"], upptime.REPORTED_COLUMNS))
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        for name, parsed in (("checks", checks), ("outages", outages), ("reported", reported)):
            self.stdout.writelines(f"{line}\n" for line in _reading(name, parsed))
        self.stdout.write(_confirmed(checks.items, outages.items))
        without_start = sum(snapshot.since is None for snapshot in reported.items)
        self.stdout.write(f"Reported rows skipped, because they name no start of monitoring: {without_start}.")
        compared = upptime.compare(reported.items, upptime.by_service(outages.items))
        known = LEAST.get(options["reported"].name.partition(".")[0], STRICT)
        asked = [options[window.value] for window in WINDOWS]
        least = [Decimal(usual) if own is None else own for own, usual in zip(asked, known, strict=True)]
        reaches = [
            _reach(window, compared, bound, is_exact=own is not None)
            for window, bound, own in zip(WINDOWS, least, asked, strict=True)
        ]
        self._finish(reaches, refused=bool(outages.errors or reported.errors))

    def _finish(self, reaches: Sequence[Reach], *, refused: bool) -> None:
        self.stdout.write(
            "Published percentages within 0.1 point of ours. The known shares are rounded, so that ours are rounded"
            " half up to the same decimals before they are compared; a share that was asked for is compared exactly:"
        )
        self.stdout.writelines(f"  {reach}\n" for reach in reaches)
        near, compared = sum(reach.near for reach in reaches), sum(reach.compared for reach in reaches)
        self.stdout.write(f"{near} of {compared}")
        if refused or not compared or not all(reach.holds for reach in reaches):
            raise SystemExit(1)


def _percent(text: str) -> Decimal:
    try:
        share_of(text)
    except BadThreshold as error:
        raise ArgumentTypeError(str(error)) from error
    return Decimal(text)


def _reading(name: str, parsed: Parsed[Any]) -> Iterator[str]:
    yield f"Rows of {name} read: {len(parsed.items)}; refused: {len(parsed.errors)}."
    yield from (f"  {error}" for error in parsed.errors)


def _confirmed(checks: Sequence[ServiceCheck], outages: Sequence[ServiceOutage]) -> str:
    """The checks are a second witness: no percentage is made from them."""
    found = set(upptime.outages_of(checks))
    return f"Outages that the checks show too: {sum(outage in found for outage in outages)} of {len(outages)}."


def _reach(window: Window, compared: Sequence[Comparison], least: Decimal, *, is_exact: bool) -> Reach:
    own = [each for each in compared if each.window is window]
    return Reach(window, sum(each.is_within(POINTS) for each in own), len(own), least, is_exact)
