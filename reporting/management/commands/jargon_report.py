"""Look for technical words in labelled sentences and compare what is found with the labels. No database."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.language.jargon.scoring import (
    Agreement,
    Judged,
    Labelled,
    bounds_hold,
    business,
    falsely_flagged,
    judged,
    on_kind,
    on_seed,
    overall,
)
from reporting.importers.jargon_corpus import KINDS, read_corpus
from slas.calculation.rounding import shown
from slas.importers.tables import Parsed, UnreadableTable

PLACES = 2


class Command(BaseCommand):
    """Prints precision and recall of the check and each mistake; fails when they are under their bounds."""

    help = "Compare the search for technical words with labels made by hand."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="JSON of labelled sentences")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            parsed = read_corpus(options["file"])
        except UnreadableTable as error:
            raise CommandError(str(error)) from error
        items = judged(parsed.items)
        for line in _report(parsed, items):
            self.stdout.write(line)
        self.stdout.write(f"{sum(not list(each.mistakes()) for each in items)} of {len(items)}")
        if not items or parsed.errors or not bounds_hold(items):
            raise SystemExit(1)


def _report(parsed: Parsed[Labelled], items: Sequence[Judged]) -> Iterator[str]:
    yield from _figures("overall", overall(items))
    yield from _figures("seed glossary", on_seed(items, is_seed=True))
    yield from _figures("outside it", on_seed(items, is_seed=False))
    for name, kind in KINDS.items():
        yield from _figures(name, on_kind(items, kind))
    yield f"Sentences: {len(items)}; refused: {len(parsed.errors)}."
    yield from (f"  {error}" for error in parsed.errors)
    for name, is_tricky in (("Tricky", True), ("Other", False)):
        group = business(items, is_tricky=is_tricky)
        yield f"{name} business sentences falsely flagged: {falsely_flagged(group)} of {len(group)}."
    kinds = [is_same for each in items for is_same in each.kinds]
    yield f"Right findings of the labelled kind: {sum(kinds)} of {len(kinds)}."
    yield "Mistakes:"
    for each in items:
        yield from (f"  {each.item.key}: {mistake}" for mistake in each.mistakes())
    yield "Sentences without a mistake:"


def _figures(name: str, agreement: Agreement) -> Iterator[str]:
    yield f"{name} precision {shown(agreement.precision, PLACES)}"
    yield f"{name} recall {shown(agreement.recall, PLACES)}"
