"""From rows to the frozen inputs of the core, for many targets and periods with a few queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from slas.calculation.outcomes import Inputs
from slas.models import TargetKind
from slas.queries.hours import HoursBook
from slas.queries.inputs.availability import AvailabilitySource, InterruptionsSource
from slas.queries.inputs.cases import CasesSource
from slas.queries.inputs.dated import OccasionsSource, SatisfactionSource, VolumeSource
from slas.queries.inputs.readings import ReadingsSource, SingleReadingsSource
from slas.queries.targets import Slot

Source = (
    AvailabilitySource
    | InterruptionsSource
    | CasesSource
    | OccasionsSource
    | VolumeSource
    | SatisfactionSource
    | ReadingsSource
)
SOURCES: dict[str, type[Source]] = {
    TargetKind.AVAILABILITY: AvailabilitySource,
    TargetKind.RELIABILITY: InterruptionsSource,
    TargetKind.CASES: CasesSource,
    TargetKind.OCCASIONS: OccasionsSource,
    TargetKind.VOLUME: VolumeSource,
    TargetKind.SATISFACTION: SatisfactionSource,
    TargetKind.READINGS: ReadingsSource,
}


def gather_inputs(
    *, slots: Sequence[Slot], now: datetime, anew: bool = False, book: HoursBook | None = None
) -> list[tuple[Slot, Inputs]]:
    """The inputs of each slot, in the order of the slots. The number of queries does not grow with theirs.

    `anew`: nothing is taken that was counted before, as whoever checks a figure wants it. `book` holds the hours where
    they are not read as agreed.
    """
    kinds = SOURCES | {TargetKind.READINGS: SingleReadingsSource} if anew else SOURCES
    book = book or HoursBook(ids=(slot.target.service_hours_id for slot in slots if slot.target.service_hours_id))
    by_kind: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_kind[slot.target.kind].append(slot)
    sources = {kind: kinds[kind](some, book, now) for kind, some in by_kind.items()}
    return [(slot, sources[slot.target.kind].inputs(slot)) for slot in slots]
