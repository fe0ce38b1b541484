"""The workbench of IT: what will be missed unless somebody acts today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import Membership
from portal.language import dates
from portal.language.numbers import count, lower_first
from reporting.queries.services_detail import Kpi
from reporting.queries.talk_parts import NO_DATE
from reporting.queries.workbench_closing import ClosingMonth, get_closing
from reporting.queries.workbench_desk import get_desk
from reporting.queries.workbench_missing import Missing, list_missing
from reporting.queries.workbench_owed import Draft, Waiting, list_answers, list_drafts, list_owed_by_business
from reporting.queries.workbench_risk import Risk, list_risks
from reporting.queries.workbench_stuck import Stuck, list_stuck

SHOWN = 30  # of each list; the page is about today


@dataclass(frozen=True, slots=True)
class Workbench:
    """All parts of the page; each list is cut to what fits a day, and `cut` tells how long those are that it cut."""

    day: str
    clock: str
    is_mine: bool
    month: str
    closing_month: str
    kpis: tuple[Kpi, ...]
    risks: tuple[Risk, ...]
    closing: ClosingMonth
    missing: tuple[Missing, ...]
    stuck: tuple[Stuck, ...]
    owed: tuple[Waiting, ...]
    answers: tuple[Waiting, ...]
    drafts: tuple[Draft, ...]
    cut: Mapping[str, int]


def get_workbench(*, reader: Membership, now: datetime, is_mine: bool) -> Workbench:
    """What the reader looks after, or all of IT."""
    desk = get_desk(reader=reader, now=now, is_mine=is_mine)
    risks, closing, missing = list_risks(desk=desk), get_closing(desk=desk), list_missing(desk=desk)
    answers, drafts = list_answers(desk=desk), list_drafts(desk=desk)
    stuck, owed = list_stuck(desk=desk), list_owed_by_business(desk=desk)
    lists: dict[str, Sequence[object]] = {
        "risks": risks,
        "missing": missing,
        "stuck": stuck,
        "owed": owed,
        "answers": answers,
        "drafts": drafts,
    }
    local = now.astimezone(desk.calendar.hours.tz)
    return Workbench(
        day=f"{dates.weekday_day_long(desk.today)} {desk.today.year}",
        clock=dates.clock(local),
        is_mine=desk.is_mine,
        month=dates.month_name(desk.today),
        closing_month=dates.month_name(desk.closing),
        kpis=tuple(_kpis(risks, closing, answers, missing, drafts)),
        risks=tuple(risks[:SHOWN]),
        closing=closing,
        missing=tuple(missing[:SHOWN]),
        stuck=tuple(stuck[:SHOWN]),
        owed=tuple(owed[:SHOWN]),
        answers=tuple(answers[:SHOWN]),
        drafts=tuple(drafts[:SHOWN]),
        cut={name: len(rows) for name, rows in lists.items() if len(rows) > SHOWN},
    )


def _kpis(
    risks: list[Risk], closing: ClosingMonth, answers: list[Waiting], missing: list[Missing], drafts: list[Draft]
) -> list[Kpi]:
    has_date = bool(answers) and answers[0].clock != NO_DATE
    first = f", first {lower_first(answers[0].clock.words)}" if has_date else ""
    due = f", {closing.due_this_week} due this week" if closing.due_this_week else ""
    reviews = f"{dates.month_name(closing.month)} reviews issued{due}"
    return [
        Kpi(count(len(risks)), "promises at risk this month"),
        Kpi(count(closing.issued), reviews, aside=f"of {len(closing.rows)}"),
        Kpi(count(len(answers)), f"answers you owe{first}"),
        Kpi(count(len(missing)), "sources with missing data"),
        Kpi(count(len(drafts)), "drafts waiting for you"),
    ]
