"""How promises did, month by month, as the pages of services and components show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units
from portal.language.phrases import LETTERS
from reporting.models import PUBLISHED, Dispute, ServiceReview
from slas.calculation.periods import add_months
from slas.calculation.status import Status, overall
from slas.models import Attainment, PeriodKind
from slas.queries.attainments import held_attainments

Address = tuple[str, str]  # of a promise: its agreement and its own; it outlives the versions of the agreement
FIELDS = (
    *("target__agreement__slug", "target__slug", "pk", "target_id", "period_start", "period_end"),
    *("status", "value_words"),
)
YEAR = 12
NOTHING = "N"
WORST_FIRST = "MGDRCKTN"
MET = frozenset({"K", "C"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One promise in one period that ended in `month`."""

    attainment_id: int
    target_id: int
    month: date
    status: str
    value: str

    @property
    def letter(self) -> str:
        """The letter of its mark."""
        return LETTERS[self.status]


@dataclass(frozen=True, slots=True)
class Mark:
    """A status in short: letter and words; no letter when nothing is promised."""

    letter: str
    words: str


def get_shown_month(*, reader: Membership, today: date) -> date | None:
    """The month whose figures a reader gets: for the business the last one that was issued to it.

    For all others the last one that ended with a figure; None while there is none.
    """
    if reader.is_business:
        reviews = ServiceReview.objects.filter(
            business_unit__in=list_visible_units(reader=reader), state__in=PUBLISHED, month__lt=today
        )
        found: date | None = reviews.aggregate(last=Max("month"))["last"]
        return found
    return get_last_month(attainments=held_attainments(reader=reader), today=today)


def get_last_month(*, attainments: QuerySet[Attainment], today: date) -> date | None:
    """The month in which the last of these periods ended; None while there is none."""
    last = attainments.filter(period_end__lte=today.replace(day=1)).aggregate(last=Max("period_end"))["last"]
    return add_months(last, -1) if last else None


def list_cells(*, attainments: QuerySet[Attainment], month: date, months: int = 1) -> dict[Address, dict[date, Cell]]:
    """By promise and month: its figure of each period that ended in the `months` up to `month`.

    A quarter or a year stands in its last month, and with `months=1` the last one within a year counts.
    """
    end = add_months(month, 1)
    monthly = Q(target__period_kind=PeriodKind.MONTH, period_end__gt=add_months(end, -months))
    longer = ~Q(target__period_kind=PeriodKind.MONTH) & Q(period_end__gt=add_months(end, -YEAR))
    rows = attainments.filter(monthly | longer, period_end__lte=end)
    disputed = list_disputed()
    chosen: dict[Address, dict[date, Cell]] = defaultdict(dict)
    for agreement, slug, pk, target_id, start, period_end, status, value in rows.order_by(
        "target__agreement__version", "target_id", "period_start"
    ).values_list(*FIELDS):
        now = Status.DISPUTED.value if (target_id, start) in disputed else status
        ended_in = add_months(period_end, -1)
        chosen[agreement, slug][ended_in] = Cell(pk, target_id, ended_in, now, value)
    return chosen


def list_disputed() -> set[tuple[int, date]]:
    """Promises and first days of their periods whose figure is disputed at present: they are shown as disputed."""
    open_ones = Dispute.objects.filter(settled_at__isnull=True, figure__attainment__isnull=False)
    return set(open_ones.values_list("figure__target_id", "figure__attainment__period_start"))


def last_cell(cells: Mapping[date, Cell]) -> Cell:
    """The latest of a promise's figures."""
    return cells[max(cells)]


def history(cells: Mapping[date, Cell], month: date) -> list[str]:
    """Twelve letters up to a month, oldest first; a month without a figure shows as nothing to judge."""
    months = [add_months(month, -back) for back in range(YEAR - 1, -1, -1)]
    return [cells[each].letter if each in cells else NOTHING for each in months]


def summarise(letters: Iterable[str]) -> Mark:
    """Several promises as one mark: 1 of 3 missed, disputed, data gap, all kept (calculation, section 13)."""
    found = list(letters)
    if not found:
        return Mark("", "No promise yet")
    by_letter = {letter: Status(status) for status, letter in LETTERS.items()}
    worst = LETTERS[overall(by_letter[letter] for letter in found).value]
    if worst == "M":
        return Mark("M", f"{found.count('M')} of {len(found)} missed")
    if worst in MET:
        return Mark("K", "All kept")
    if worst == NOTHING and "T" in found:
        return Mark("T", "Trial")
    return Mark(worst, {"D": "Disputed", "G": "Data gap", "R": "At risk"}.get(worst, "No cases"))
