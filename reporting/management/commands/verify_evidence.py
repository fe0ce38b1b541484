"""Evidence that was downloaded, calculated again. No database, no settings."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.importers.evidence import Judged, UnreadableEvidence, judge_file
from slas.importers.rows.values import one_line


class Command(BaseCommand):
    """Prints each figure with equal or different, and where; fails unless all are equal."""

    help = "Calculate the figures of evidence files again, from the files alone."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="evidence of a figure or of a review")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            judged = [each for path in options["files"] for each in judge_file(path)]
        except UnreadableEvidence as error:
            raise CommandError(one_line(str(error))) from error
        for each in judged:
            self.stdout.writelines(f"{one_line(line)}\n" for line in _lines(each))
        equal = sum(each.checked.is_equal for each in judged)
        self.stdout.write(f"{equal} of {len(judged)}")
        if equal < len(judged) or not judged:
            raise SystemExit(1)


def _lines(judged: Judged) -> Iterator[str]:
    checked = judged.checked
    yield f"{judged.name}: {'equal' if checked.is_equal else 'different'}"
    for said in (checked.refusal, checked.note):
        if said:
            yield f"    {said}"
    for each in checked.differences:
        yield f"    {each.where}: the file says {each.said_words}, calculated {each.found_words}"
