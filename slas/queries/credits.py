"""What is agreed about credits, as the calculation and as readers need it, and what stands against its being agreed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portal.accounts.models import Membership, Role
from portal.language import numbers
from portal.language.numbers import counted, lower_first
from slas.calculation.credit_bands import BandRow, Promised, band_problems, band_words, scale_of
from slas.calculation.credit_months import Scheme
from slas.calculation.credit_terms import WrittenTerms, terms_problems
from slas.calculation.credits import CreditScale, CreditTerms, CreditUnit, Several
from slas.models import Agreement, CreditBand, CreditBasis, CreditScheme, ServiceLevelTarget, SeveralRule
from slas.queries.agreements import get_agreement

# What the terms of a scheme are called where something is wrong with them.
TERMS = {"fee": "monthly fee", "month_cap": "at most in a month", "year_cap": "at most in a calendar year"}


@dataclass(frozen=True, slots=True)
class BandLine:
    """A band as readers see it: which values, and what they are worth."""

    promise: str
    values: str
    credit: str


@dataclass(frozen=True, slots=True)
class AgreedCredits:
    """A scheme with its bands, as they are written and in words, and everything else that is agreed about it, one
    sentence each.
    """

    scheme: CreditScheme
    written: tuple[CreditBand, ...]
    bands: tuple[BandLine, ...]
    sentences: tuple[str, ...]


def get_scheme(*, reader: Membership, slug: str, version: int, scheme: str) -> CreditScheme:
    """A scheme of a visible version. Raises CreditScheme.DoesNotExist, or Agreement.DoesNotExist."""
    agreement = get_agreement(reader=reader, slug=slug, version=version)
    return agreement.credit_schemes.select_related("agreement").get(slug=scheme)


def promised_of(target: ServiceLevelTarget) -> Promised | None:
    """What the bands of a promise lie below; a trial has none."""
    if target.is_trial:
        return None
    if target.threshold is not None:
        return Promised(target.threshold)
    return None if target.allowed_misses is None else Promised(Decimal(target.allowed_misses), is_number=True)


def unit_of(scheme: CreditScheme) -> CreditUnit:
    """What credits and caps of a scheme are written in."""
    return CreditUnit(scheme.basis)


def agreed_scheme(scheme: CreditScheme) -> Scheme:
    """The scheme as credits are calculated by it. Raises BadBands where its bands do not fit its promises."""
    scales = {
        target.slug: scale_of(rows, promised, unit_of(scheme))
        for target, rows in rows_by_target(list_bands(scheme=scheme))
        if (promised := promised_of(target)) is not None
    }
    return scheme_of(scheme, scales)


def scheme_of(scheme: CreditScheme, scales: Mapping[str, CreditScale]) -> Scheme:
    """The terms of a scheme with these bands."""
    unit = unit_of(scheme)
    terms = CreditTerms(
        unit,
        Several(scheme.several),
        period_cap=_exact(scheme.month_cap, unit),
        year_cap=_exact(scheme.year_cap, unit),
        earn_back_periods=scheme.earn_back_months,
    )
    return Scheme(terms, Fraction(scheme.fee or 0), scales)


def list_bands(*, scheme: CreditScheme) -> tuple[CreditBand, ...]:
    """The bands of a scheme as they are written."""
    return tuple(scheme.bands.all())


def rows_by_target(bands: Iterable[CreditBand]) -> list[tuple[ServiceLevelTarget, list[BandRow]]]:
    """The bands of each promise, the promises in their order, from the lowest bound up."""
    found: dict[int, list[BandRow]] = defaultdict(list)
    targets = {}
    for band in sorted(bands, key=lambda each: (each.target.position, each.target_id, each.low)):
        targets[band.target_id] = band.target
        found[band.target_id].append(BandRow(len(found[band.target_id]), band.low, band.high, band.credit))
    return [(targets[pk], rows) for pk, rows in found.items()]


def list_credit_problems(*, schemes: Sequence[CreditScheme]) -> list[str]:
    """Why the credits of an agreement do not fit what it promises; nothing where they do."""
    return [each for scheme in schemes for each in credit_problems(scheme=scheme, bands=list_bands(scheme=scheme))]


def list_agreed_credits(*, agreement: Agreement) -> list[AgreedCredits]:
    """The schemes of a version in words."""
    return [in_words(scheme=scheme, bands=list_bands(scheme=scheme)) for scheme in list_schemes(agreement=agreement)]


def in_words(*, scheme: CreditScheme, bands: Sequence[CreditBand]) -> AgreedCredits:
    """A scheme with these bands in words; also one that is not written yet."""
    return AgreedCredits(scheme, tuple(bands), tuple(_lines(scheme, bands)), tuple(credit_sentences(scheme)))


def list_schemes(*, agreement: Agreement) -> list[CreditScheme]:
    """The schemes of a version with their bands."""
    return list(agreement.credit_schemes.prefetch_related("bands__target").order_by("pk"))


def credit_sentences(scheme: CreditScheme) -> Iterator[str]:
    """Everything that is agreed beside the bands, one sentence each."""
    if scheme.fee is not None:
        yield f"The monthly fee is {amount_words(scheme.fee, scheme.currency)}."
    if scheme.month_cap is not None:
        yield f"At most {worth_words(scheme, scheme.month_cap)} in a month."
    if scheme.year_cap is not None:
        share = scheme.basis == CreditBasis.SHARE_OF_FEE
        cap = f"{_percent(scheme.year_cap)} of twelve monthly fees" if share else worth_words(scheme, scheme.year_cap)
        yield f"At most {cap} in a calendar year."
    if scheme.several == SeveralRule.HIGHEST:
        yield "One event that hits several promises costs the highest credit of them."
    else:
        yield "One event that hits several promises costs the credits of all of them."
    if scheme.excludes_unmet:
        yield "Nothing is credited for a month in which a duty of the customer for that service is overdue."
    if scheme.earn_back_months is not None:
        months = counted(scheme.earn_back_months, "months")
        yield f"It is earned back when the promise is kept in each of the {months} that follow."
    yield f"A credit is proposed when the month is closed, and approved by the {lower_first(_role(scheme))}."


def amount_words(amount: Decimal, currency: str) -> str:
    """An amount as people read it: `£1,250.50`, `JPY 1,200`."""
    return numbers.amount(amount, currency)


def written_terms(scheme: CreditScheme) -> WrittenTerms:
    """The terms of a scheme as they are written."""
    return WrittenTerms(unit_of(scheme), scheme.currency, scheme.fee, scheme.month_cap, scheme.year_cap)


def credit_problems(*, scheme: CreditScheme, bands: Sequence[CreditBand]) -> Iterator[str]:
    """Why these terms and bands do not fit together, or not what is promised; nothing where they do."""
    terms = written_terms(scheme)
    for wrong in terms_problems(terms):
        yield f"“{scheme.name}”, {TERMS[wrong.field]}: {wrong.words}"
    written = rows_by_target(bands)
    if not written:
        yield f"“{scheme.name}” has no bands: say what a missed promise is worth, or remove it."
    for target, rows in written:
        promised = promised_of(target)
        if promised is None:
            yield f"“{target.name}” is a trial, which promises nothing: take its bands out of “{scheme.name}”."
            continue
        for problem in band_problems(rows, promised, terms.unit, terms.places):
            yield f"“{scheme.name}”, “{target.name}”: {problem.words}"


def _lines(scheme: CreditScheme, bands: Sequence[CreditBand]) -> Iterator[BandLine]:
    for target, rows in rows_by_target(bands):
        promised = promised_of(target)
        if promised is None:
            continue
        ordered: Sequence[BandRow] = rows if promised.is_number else rows[::-1]
        for row in ordered:
            yield BandLine(target.name, band_words(row.low, row.high, promised), worth_words(scheme, row.credit))


def worth_words(scheme: CreditScheme, value: Decimal) -> str:
    """A credit or a cap as people read it: `5 % of the fee`, `£200`."""
    if scheme.basis == CreditBasis.SHARE_OF_FEE:
        return f"{_percent(value)} of the fee"
    return amount_words(value, scheme.currency)


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f} %"


def _exact(value: Decimal | None, unit: CreditUnit) -> Fraction | None:
    return None if value is None else Fraction(value) / unit.divisor


def _role(scheme: CreditScheme) -> str:
    return str(Role(scheme.approver_role).label)
