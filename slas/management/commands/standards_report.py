"""Recompute published service standards and compare them with what was published. No database."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from slas.calculation.rounding import shown
from slas.importers.service_standards import COLUMNS, PUBLISHED_PLACES, ServiceStandard, parse_standards
from slas.importers.tables import Parsed, UnreadableTable, read_file

# Half of the last published place: as far as rounding can move a figure.
TOLERANCE = Fraction(1, 2 * 10**PUBLISHED_PLACES)


class Command(BaseCommand):
    """Prints performances, verdicts, gaps and warnings; fails when one figure or verdict is not reproduced."""

    help = "Recompute the performance and the verdict of each published service standard of a file."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV of service standards, plain or gzip")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            parsed = parse_standards(read_file(options["file"], COLUMNS))
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        performances = [abs(ours - published) <= TOLERANCE for ours, published in _performances(parsed.items)]
        verdicts = [ours == published for ours, published in _verdicts(parsed.items)]
        for line in _report(parsed, performances, verdicts):
            self.stdout.write(line)
        figures = performances + verdicts
        self.stdout.write(f"{sum(figures)} of {len(figures)}")
        if not all(figures) or not figures or parsed.errors:
            raise SystemExit(1)


def _performances(standards: Sequence[ServiceStandard]) -> Iterator[tuple[Fraction, Fraction]]:
    """Our exact share and the published one, where both exist."""
    for standard in standards:
        if standard.share is not None and standard.performance is not None:
            yield standard.share, Fraction(standard.performance)


def _verdicts(standards: Sequence[ServiceStandard]) -> Iterator[tuple[bool | None, bool]]:
    """Our verdict on the published four decimals and the published one, where one was published."""
    for standard in standards:
        if standard.target_met in ("Y", "N"):
            yield standard.is_met_as_published, standard.target_met == "Y"


def _report(parsed: Parsed[ServiceStandard], performances: Sequence[bool], verdicts: Sequence[bool]) -> Iterator[str]:
    standards = parsed.items
    yield f"Standards read: {len(standards)}; rows refused: {len(parsed.errors)}."
    yield from (f"  {error}" for error in parsed.errors)
    tolerance = shown(TOLERANCE, PUBLISHED_PLACES + 1)
    yield f"Performances within {tolerance} of the published: {sum(performances)} of {len(performances)}."
    yield f"Verdicts equal on the published {PUBLISHED_PLACES} decimals: {sum(verdicts)} of {len(verdicts)}."
    exact = [each for each in standards if each.is_met is False and each.is_met_as_published]
    yield f"Missed on exact values although the rounded figure is met: {len(exact)}."
    yield from (f"  {each.standard_id}: {each.met} of {each.total}, target {each.target}" for each in exact)
    lacking = Counter(each.lacking.value for each in standards if each.lacking and each.target_met == "NA")
    yield f"Not judged: {lacking.total()} ({', '.join(f'{count} {why}' for why, count in sorted(lacking.items()))})."
    more = [each for each in standards if each.has_more_met_than_counted]
    yield f"Warning, more met than counted (kept as published, not clipped): {len(more)}."
    yield from (f"  {each.standard_id}: {each.met} of {each.total}" for each in more)
    yield "Published figures and verdicts reproduced:"
