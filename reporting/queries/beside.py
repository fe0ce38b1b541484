"""What is told of a missed promise besides its figure: the month before, the year before, the cause, and the plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from django.db.models import Q

from improvement.models import ImprovementOpportunity
from portal.accounts.models import BusinessUnit
from portal.language import dates
from portal.language.beside import because, compared, planned
from portal.language.facts import Facts, PromiseWords, read
from portal.language.printed import printed_in
from reporting.queries.agreed import UNDER_WAY
from reporting.queries.happened import list_events
from reporting.queries.review_rows import PromiseRows
from slas.calculation.periods import add_months
from slas.models import Attainment

YEAR = 12
PLANS = 2  # what a sentence names of them


def list_plans(*, unit: BusinessUnit, services: Iterable[int | None]) -> dict[int, list[str]]:
    """What is under way and not done yet for the unit, by service: titles, what is due first."""
    rows = ImprovementOpportunity.objects.filter(
        Q(business_unit=unit) | Q(business_unit__isnull=True),
        service__in={service for service in services if service is not None},
        state__in=UNDER_WAY,
        done_on__isnull=True,
    ).order_by("due_on", "number")
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.service_id or 0].append(row.title)
    return found


def tell_beside(
    *, rows: PromiseRows, attainment: Attainment, words: PromiseWords, facts: Facts, plans: Mapping[int, list[str]]
) -> str:
    """The sentences after that of a missed promise, with a space before them; empty for every other status."""
    if attainment.status != "missed":
        return ""
    length = dates.months_between(attainment.period_start, attainment.period_end)
    before, year = (_earlier(rows, attainment, words, months) for months in (length, YEAR))
    said = (
        compared(words, facts, before, year if length < YEAR else None),
        because(words, _cause(attainment)),
        planned(words, plans.get(rows.target.service_id or 0, [])[:PLANS]),
    )
    return "".join(f" {each}" for each in said if each)


def _earlier(rows: PromiseRows, attainment: Attainment, words: PromiseWords, months: int) -> tuple[str, Facts] | None:
    """The same promise so many months earlier, judged by as much."""
    found = rows.by_period.get(add_months(attainment.period_start, -months))
    if found is None or found.period_end != add_months(attainment.period_end, -months):
        return None
    period = printed_in(words.language, dates.period_words(found.period_start, found.period_end))
    return period, read(rows.target.kind, found.result)


def _cause(attainment: Attainment) -> str:
    """Of the event with the most time counted."""
    events = [event for event in list_events(attainment.result) if Fraction(event["counted_seconds"])]
    worst = max(events, key=lambda event: Fraction(event["counted_seconds"]), default=None)
    return str(worst.get("cause") or "") if worst else ""
