"""What a promise would have cost in credits, alone and by the bands of its agreement, in periods that are tried."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from portal.accounts.models import Membership
from portal.language.numbers import counted, exact
from slas.calculation.credit_bands import BandRow, Promised, band_problems, bands_below, scale_of
from slas.calculation.credit_months import CreditMonth, MonthCredit, credits_for
from slas.calculation.periods import add_months
from slas.models import Attainment, CreditScheme, ServiceLevelTarget
from slas.queries.attainments import held_attainments
from slas.queries.clause_credits import Credits
from slas.queries.credit_lines import line_amount
from slas.queries.credit_months import COUNTED, gathered, unmet_duties
from slas.queries.credits import amount_words, list_bands, promised_of, rows_by_target, scheme_of, unit_of
from slas.queries.measured_months import YEAR
from slas.queries.replay import Replay, TriedMonth

NAME = "tried"  # of the promise in a scheme that holds it alone


@dataclass(frozen=True, slots=True)
class _Bands:
    """What a promise is tried with: its own bands, or those of another promise of its agreement, which is named."""

    scheme: CreditScheme
    rows: Sequence[BandRow]
    promised: Promised
    lender: str = ""

    def say(self, amount: Fraction) -> str:
        """An amount as people read it."""
        return amount_words(line_amount(str(amount), self.scheme.currency), self.scheme.currency)

    def value_of(self, status: str, result: Mapping[str, Any]) -> Fraction | None:
        """What is held against the bands; None where nothing was judged."""
        key = "late" if self.promised.is_number else "agreed" if "agreed" in result else "share"
        found = result.get(key)
        return None if found is None or status not in COUNTED else exact(found)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A period with its value; it is credited in its last month."""

    first: date
    end: date
    value: Fraction | None


def with_credits(tried: Replay, target: ServiceLevelTarget) -> Replay:
    """The tried periods with what each of them, and all together, would have cost; unchanged without bands to try.

    A promise that has no bands yet is tried with those of another promise of its agreement, and it is said so.
    """
    bands = _bands(target)
    if bands is None:
        return tried
    judged = [_judged(month, bands) for month in tried.months]
    credited = _credits(bands, target, judged)
    months = (
        replace(month, credit=bands.say(each.proposal.amount) if period.value is not None else "")
        for month, period, each in zip(tried.months, judged, credited, strict=True)
    )
    return replace(tried, months=tuple(months), credits=_sentence("it would have cost", bands, credited))


def stored_credits(rows: Iterable[Attainment], target: ServiceLevelTarget) -> str:
    """What stored periods, the oldest first, cost by the bands that a promise has; nothing is said without any."""
    bands = _bands(target)
    if bands is None or bands.lender:
        return ""
    judged = [_Judged(row.period_start, row.period_end, bands.value_of(row.status, row.result)) for row in rows]
    return _sentence("it costs", bands, _credits(bands, target, judged))


def credits_of_a_year(*, reader: Membership, row: Credits, today: date) -> str:
    """What a scheme, written or not, would have credited for the last twelve months as the reader has their figures.

    Nothing is said where nothing was judged, nor of bands that do not fit.
    """
    scales = {}
    for target, rows in rows_by_target(row.bands):
        promised = promised_of(target)
        if promised is None or band_problems(rows, promised, unit_of(row.scheme)):
            return ""
        scales[target.slug] = scale_of(rows, promised, unit_of(row.scheme))
    months = _year_of(reader, row, today, list(scales))
    judged = [each for each in months if each.values]
    if not judged:
        return ""
    total = sum((each.proposal.amount for each in credits_for(months, scheme_of(row.scheme, scales))), Fraction(0))
    worth = amount_words(line_amount(str(total), row.scheme.currency), row.scheme.currency)
    return f"For the {counted(len(judged), 'months')} with figures of the last year this would have credited {worth}."


def _year_of(reader: Membership, row: Credits, today: date, slugs: Sequence[str]) -> list[CreditMonth]:
    month = today.replace(day=1)
    rows = held_attainments(reader=reader).filter(
        target__agreement__slug=row.agreement.slug,
        target__slug__in=slugs,
        period_end__lte=month,
        period_end__gt=add_months(month, -YEAR),
    )
    found: dict[date, dict[str, Attainment]] = {}
    for each in rows.select_related("target__agreement").order_by("period_start", "target__agreement__version"):
        found.setdefault(add_months(each.period_end, -1), {})[each.target.slug] = each
    duties = list(row.agreement.obligations.order_by("pk")) if row.scheme.excludes_unmet else []
    return [
        gathered(month=on, figures=figures, duties=duties, is_tried=True).month for on, figures in sorted(found.items())
    ]


def _bands(target: ServiceLevelTarget) -> _Bands | None:
    promised = promised_of(target)
    if promised is None:
        return None
    schemes = target.agreement.credit_schemes.prefetch_related("bands__target").order_by("pk")
    written = [(scheme, of, rows) for scheme in schemes for of, rows in rows_by_target(list_bands(scheme=scheme))]
    own = [each for each in written if each[1].pk == target.pk]
    for scheme, of, rows in own or written:
        before, below = promised_of(of), bands_below(rows, promised)
        if before is not None and before.is_number == promised.is_number and below:
            return _Bands(scheme, below, promised, "" if own else of.name)
    return None


def _judged(month: TriedMonth, bands: _Bands) -> _Judged:
    found = month.outcome
    value = None if found is None else bands.value_of(found.status.value, found.result)
    return _Judged(month.period.first_on, month.period.end_on, value)


def _credits(bands: _Bands, target: ServiceLevelTarget, judged: Sequence[_Judged]) -> tuple[MonthCredit, ...]:
    scheme = bands.scheme
    scale = scale_of(bands.rows, bands.promised, unit_of(scheme))
    duties = list(target.agreement.obligations.order_by("pk")) if scheme.excludes_unmet else []
    months = (
        CreditMonth(
            first_on=add_months(each.end, -1),
            values={} if each.value is None else {NAME: each.value},
            unmet={NAME: unmet_duties(target=target, first=each.first, end=each.end, duties=duties)},
        )
        for each in judged
    )
    return credits_for(months, scheme_of(scheme, {NAME: scale}))


def _sentence(verb: str, bands: _Bands, credited: Sequence[MonthCredit]) -> str:
    """`On its own it would have cost £400 in credits.` Nothing is said where nothing was judged."""
    if not any(each.month.values for each in credited):
        return ""
    total = sum((each.proposal.amount for each in credited), Fraction(0))
    back = sum((each.proposal.amount for each in credited if each.is_earned_back), Fraction(0))
    lent = f"No credits are agreed for it yet. By those for “{bands.lender}” "
    said = f"{lent if bands.lender else 'On its own '}{verb} {bands.say(total)} in credits"
    return f"{said}, of which {bands.say(back)} is earned back." if back else f"{said}."
