"""A promise as it was kept in the last twelve closed months, beside what other terms would have given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts.models import Membership
from portal.language.dates import period_year
from portal.language.numbers import counted
from portal.language.phrases import LETTERS
from slas.calculation.local_time import local, zone_of
from slas.calculation.periods import Period, PeriodKind, add_months
from slas.calculation.status import Status
from slas.models import Attainment, ServiceLevelTarget
from slas.queries.attainments import held_attainments
from slas.queries.frames import frame_lines, promised_words
from slas.queries.phrases import say, with_unit
from slas.queries.replay import MONTHS, Replay, TriedMonth, replay, with_hours_throughout
from slas.queries.targets import period_of
from slas.queries.tried_credits import stored_credits, with_credits

NOT_STORED = "Nothing is stored: it was not in force, or not issued yet."
KEPT = (Status.KEPT.value, Status.CLOSE.value)


@dataclass(frozen=True, slots=True)
class WhatIfMonth:
    """One period: the figure that is stored, where there is one, and what was tried, where something is."""

    name: str
    stored: Attainment | None
    said: str
    tried: TriedMonth | None

    @property
    def letter(self) -> str:
        """The letter of the stored status; nothing where nothing is stored."""
        return LETTERS[self.stored.status] if self.stored else ""

    @property
    def value(self) -> str:
        """The figure that was tried, with its unit: `99.8 %`, `31/31`."""
        return with_unit(self.tried.value) if self.tried else ""

    @property
    def is_other(self) -> bool:
        """Whether the other terms give another status."""
        return self.tried is not None and self.tried.letter != self.letter


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Stored and tried, period by period, the oldest first; `changes` is what would be agreed instead of what.

    `credits` is what the stored ones cost by themselves, empty where no credits are agreed.
    """

    target: ServiceLevelTarget
    months: tuple[WhatIfMonth, ...]
    changes: tuple[tuple[str, str], ...]
    tried: Replay | None
    credits: str

    @property
    def kept(self) -> str:
        """`Kept in 9 of 12 months that are stored.`"""
        stored = [month.stored for month in self.months if month.stored is not None]
        if not stored:
            return "Nothing is stored of these months."
        kept = sum(row.status in KEPT for row in stored)
        unit = PeriodKind(self.target.period_kind).value
        return (
            f"Kept in {kept} of {counted(len(stored), f'{unit}s')} that {'is' if len(stored) == 1 else 'are'} stored."
        )


def get_what_if(
    *, reader: Membership, target: ServiceLevelTarget, tried: ServiceLevelTarget | None, now: datetime
) -> WhatIf:
    """The stored periods that the reader may see, and the same ones under a changed copy of the promise.

    One promise at a time, so that a page waits for at most a year of its facts; nothing is written.
    """
    found = None
    if tried is not None:
        tries_hours = tried.service_hours_id != target.service_hours_id
        tried = with_hours_throughout(tried) if tries_hours else tried
        found = with_credits(replay(reader=reader, target=tried, now=now, tries_hours=tries_hours), tried)
    stored = _stored(reader, target, now)
    by_start = {month.period.first_on: month for month in found.months} if found else {}
    return WhatIf(
        target=target,
        months=tuple(
            _month(start, stored.get(start), by_start.get(start)) for start in sorted(stored.keys() | by_start.keys())
        ),
        changes=tuple(_changes(target, tried)) if tried is not None else (),
        tried=found,
        credits=stored_credits(stored.values(), target) if found else "",
    )


def _stored(reader: Membership, target: ServiceLevelTarget, now: datetime) -> dict[date, Attainment]:
    """By their first day, the figures of the last twelve months in all versions of the agreement."""
    today = local(int(now.timestamp()), zone_of(target.agreement.time_zone)).date()
    current = period_of(target, today)
    rows = held_attainments(reader=reader).filter(
        target__agreement__slug=target.agreement.slug,
        target__slug=target.slug,
        target__period_kind=target.period_kind,
        period_end__lte=current.first_on,
        period_start__gte=add_months(current.first_on, -max(MONTHS, current.kind.months)),
    )
    ordered = rows.defer("proof").select_related("target__measure", "target__agreement")
    # Where a version gave way inside a period, the later one has the later part of it.
    return {row.period_start: row for row in ordered.order_by("period_start", "target__agreement__version")}


def _month(start: date, stored: Attainment | None, tried: TriedMonth | None) -> WhatIfMonth:
    if tried is not None:
        name = tried.name
    else:
        end = stored.period_end if stored else Period.containing(start).end_on
        name = period_year(start, end)
    return WhatIfMonth(
        name, stored, say(attainment=stored, target=stored.target).short if stored else NOT_STORED, tried
    )


def _changes(target: ServiceLevelTarget, tried: ServiceLevelTarget) -> Iterator[tuple[str, str]]:
    """What is agreed and would not be, and what would be instead; each sentence that both have is left out."""
    before, after = _said(target), _said(tried)
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    for number in range(max(len(gone), len(new))):
        yield gone[number] if number < len(gone) else "", new[number] if number < len(new) else ""


def _said(target: ServiceLevelTarget) -> list[str]:
    return [f"Promised: {promised_words(target)}.", *frame_lines(target)]
