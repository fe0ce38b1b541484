"""Check labelled sentences and compare the findings with the labels. No database."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from slas.calculation.rounding import shown
from slas.importers.tables import Parsed, UnreadableTable
from slas.importers.wording_corpus import read_corpus
from slas.wording.scoring import (
    Agreement,
    Judged,
    Labelled,
    bounds_hold,
    judged,
    on_missing,
    on_not_clear,
    on_vague,
)

PLACES = 2


class Command(BaseCommand):
    """Prints precision and recall of the check and each mistake; fails when they are under their bounds."""

    help = "Compare the ambiguity check with labels made by hand."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="JSON of labelled sentences")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            parsed = read_corpus(options["file"])
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        items = judged(parsed.items)
        agreed = [each for each in items if not each.item.labels.is_contested]
        for line in _report(parsed, items, agreed):
            self.stdout.write(line)
        self.stdout.write(f"{sum(not list(each.mistakes()) for each in agreed)} of {len(agreed)}")
        if not agreed or parsed.errors or not bounds_hold(agreed):
            raise SystemExit(1)


def _report(parsed: Parsed[Labelled], items: Sequence[Judged], agreed: Sequence[Judged]) -> Iterator[str]:
    contested = [each for each in items if each.item.labels.is_contested]
    yield from _figures("not clear", on_not_clear(agreed))
    yield from _figures("vague", on_vague(agreed))
    yield from _figures("missing parts", on_missing(agreed))
    yield f"Sentences: {len(agreed)}; contested, told apart: {len(contested)}; refused: {len(parsed.errors)}."
    yield from (f"  {error}" for error in parsed.errors)
    yield from _side_by_side("Kind of days", [each.day_kind == each.item.labels.day_kind for each in agreed])
    yield from _side_by_side("First limit", [each.has_threshold_of_label for each in agreed])
    if contested:
        yield "Contested sentences:"
        yield from (f"  {line}" for line in _figures("not clear", on_not_clear(contested)))
        yield from (f"  {line}" for line in _figures("vague", on_vague(contested)))
        yield from (f"  {line}" for line in _figures("missing parts", on_missing(contested)))
        yield from _mistakes(contested)
    yield "Mistakes:"
    yield from _mistakes(agreed)
    yield "Sentences without a mistake:"


def _figures(name: str, agreement: Agreement) -> Iterator[str]:
    yield f"{name} precision {_written(agreement.precision)}"
    yield f"{name} recall {_written(agreement.recall)}"


def _written(share: Fraction) -> str:
    return shown(share, PLACES)


def _side_by_side(name: str, equal: Sequence[bool]) -> Iterator[str]:
    yield f"{name} as labelled: {sum(equal)} of {len(equal)}."


def _mistakes(items: Sequence[Judged]) -> Iterator[str]:
    for each in items:
        for mistake in each.mistakes():
            yield f"  {each.item.key}: {mistake}"
