"""What each level of a service promises, line by line, so that levels can be compared side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from catalog.models import ServiceOffering
from slas.models import OfferedLevel


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One line: a percentage, a percentage within a time, or words; with a percentage of time, its longest loss."""

    name: str
    threshold: Decimal | None = None
    within_seconds: int | None = None
    words: str = ""
    shows_allowed_time: bool = False


@transaction.atomic
def set_levels(*, offering: ServiceOffering, lines: Sequence[LevelLine]) -> ServiceOffering:
    """The lines of one level, in their order; they replace those that were there, and the history keeps these."""
    offering.levels.all().delete()
    for position, line in enumerate(lines):
        OfferedLevel.objects.create(
            offering=offering,
            name=line.name,
            position=position,
            threshold=line.threshold,
            within_seconds=line.within_seconds,
            words=line.words,
            shows_allowed_time=line.shows_allowed_time,
        )
    return offering
