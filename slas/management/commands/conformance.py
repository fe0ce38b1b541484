"""Run cases of calculation that others made against Parley's rules. No database."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from slas.importers.conformance.reading import UnreadableFile, read_cases
from slas.importers.conformance.verdicts import Outcome, Verdict, judge
from slas.importers.rows.values import one_line


class Command(BaseCommand):
    """Prints how each case ended; fails when one has a figure that no named convention explains."""

    help = "Run files of calculation cases under Parley's defaults and under each convention that Parley names."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a JSON file of cases")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            verdicts = [judge(case) for path in options["files"] for case in read_cases(path)]
        except UnreadableFile as error:
            raise CommandError(one_line(str(error))) from error
        for verdict in verdicts:
            self.stdout.writelines(f"{one_line(line)}\n" for line in _lines(verdict))
        self.stdout.writelines(f"{one_line(line)}\n" for line in _summary(verdicts))
        failed = sum(verdict.outcome is Outcome.FAILED for verdict in verdicts)
        passed = sum(verdict.outcome is Outcome.PASSED for verdict in verdicts)
        self.stdout.write(f"{passed} of {len(verdicts)}")
        if failed or not verdicts:
            raise SystemExit(1)


def _lines(verdict: Verdict) -> Iterator[str]:
    case, convention = verdict.case, verdict.convention
    name = ""
    if convention:
        name = f" {convention.name}" if convention.is_offered else f": {convention.name}"
    yield f"{case.id} ({case.kind}): {verdict.outcome.value}{name}"
    if convention:
        yield f"    Parley: {convention.ours}"
        yield f"    Source: {convention.theirs}"
        yield f"    {convention.offer[0].upper()}{convention.offer[1:]}"
    for difference in verdict.differences:
        yield f"    {difference}"


def _summary(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """A table of kinds: cases, passed by default, by convention, not offered, failed."""
    counts = Counter((verdict.case.kind, verdict.outcome) for verdict in verdicts)
    yield f"{'kind':<24}{'cases':>7}{'passed':>8}{'by convention':>15}{'not offered':>13}{'failed':>8}"
    for kind in sorted({verdict.case.kind for verdict in verdicts}):
        of_kind = [counts[kind, outcome] for outcome in Outcome]
        passed, convention, not_offered, failed = of_kind
        yield f"{kind:<24}{sum(of_kind):>7}{passed:>8}{convention:>15}{not_offered:>13}{failed:>8}"
    explained = [each.convention for each in verdicts if each.convention and each.convention.is_offered]
    agreed = sum(bool(each.offered_as) for each in explained)
    compared, not_offered = len(explained) - agreed, sum(each.outcome is Outcome.NOT_OFFERED for each in verdicts)
    yield f"By convention: {agreed} as a promise agrees or a figure tells it, {compared} for comparison only."
    untold = compared + not_offered
    yield f"No promise agrees and no figure tells {untold}: {compared} for comparison only, {not_offered} not offered."
    yield "Passed by Parley's defaults:"
