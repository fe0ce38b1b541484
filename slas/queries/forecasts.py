"""What was said of running months, and how good it was."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from portal.accounts.models import Membership
from portal.language.dates import day_year
from portal.language.durations import agree, allowed_time
from portal.language.facts import CountFacts, InterruptionFacts, TimeFacts, read
from portal.language.numbers import NBSP, count, of
from slas.calculation.forecast import FEWEST_MONTHS_OF_HISTORY, Band, Told, calibrate
from slas.calculation.periods import add_months
from slas.calculation.rounding import Better, shown, shown_percent
from slas.models import Attainment, Forecast, TargetKind
from slas.queries.attainments import newest_attainments
from slas.queries.forecast_inputs import FORECAST_KINDS
from slas.queries.measured_months import YEAR, measured_months

SETTLED = ("kept", "close", "missed")


@dataclass(frozen=True, slots=True)
class OutlookWords:
    """What there is to say of the rest of a running month: the room that is left, and how likely it is missed."""

    room: str
    chance: str
    how: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """Forecasts that said a chance in this range, the mean that they said, and how many of their months were missed."""

    said: str
    forecasts: str
    mean: str
    missed: str


@dataclass(frozen=True, slots=True)
class CalibrationPage:
    """How good the forecasts of the last twelve months were; no scores before one of their months has ended."""

    forecasts: int
    waiting: int
    unjudged: int
    brier: str
    constant: str
    verdict: str
    rows: tuple[BandRow, ...]


def outlook_words(*, reader: Membership, attainment: Attainment) -> OutlookWords | None:
    """Of a promised share of time or cases in a month that still runs; None for all other figures."""
    target = attainment.target
    facts = read(target.kind, attainment.result)
    promised = target.kind in FORECAST_KINDS and not target.is_trial and target.threshold is not None
    if isinstance(facts, InterruptionFacts) or not (promised and facts.is_running):
        return None
    room = _room(facts) + _burn(attainment)
    if attainment.status == "missed":
        return OutlookWords(room, "", "It is missed for certain.")
    row = Forecast.objects.filter(target=target, period_start=attainment.period_start).order_by("-said_on").first()
    if row is None:
        found = len(measured_months(reader=reader, target=target, until=attainment.period_start))
        return OutlookWords(room, "", _why_none(found, is_gap=facts.is_gap))
    drawn = f"so many of {count(row.runs)} ends of the month, drawn from {row.months} months of its own history"
    return OutlookWords(room, _chance(row), f"Said on {day_year(row.said_on)}: {drawn}.")


def get_calibration_page(*, today: date) -> CalibrationPage:
    """The forecasts of the last twelve months against what happened."""
    rows = Forecast.objects.filter(period_start__gte=add_months(today.replace(day=1), -YEAR)).annotate(
        status=Subquery(_ended(today).values("status")[:1])
    )
    groups = list(rows.values("misses", "runs", "status").annotate(number=Count("pk")).order_by("misses", "runs"))
    told = [
        Told(Fraction(row["misses"], row["runs"]), row["status"] == "missed", row["number"])
        for row in groups
        if row["status"] in SETTLED
    ]
    waiting = sum(row["number"] for row in groups if row["status"] is None)
    unjudged = sum(row["number"] for row in groups if row["status"] not in (None, *SETTLED))
    scored = calibrate(told)
    if scored is None:
        return CalibrationPage(0, waiting, unjudged, "", "", "", ())
    return CalibrationPage(
        forecasts=scored.forecasts,
        waiting=waiting,
        unjudged=unjudged,
        brier=_score(scored.brier),
        constant=_score(scored.constant),
        verdict=_verdict(scored.brier, scored.constant),
        rows=tuple(map(_band_row, scored.bands)),
    )


def _ended(today: date) -> QuerySet[Attainment]:
    """The figure of the forecast's own month, once it has ended and was computed as a whole."""
    same = newest_attainments().filter(target=OuterRef("target"), period_start=OuterRef("period_start"))
    return same.filter(~Q(result__has_key="elapsed_share"), period_end__lte=today)


def _room(facts: TimeFacts | CountFacts) -> str:
    """What may still be lost, of what is agreed; of cases, of those that were due so far."""
    allowed = Fraction(facts.allowed or 0)
    left = allowed - facts.lost
    if left <= 0:
        return "No room is left."
    if isinstance(facts, TimeFacts):
        printed = allowed_time(left)
        return f"{printed} of {allowed_time(allowed)} {agree(printed, 'is', 'are')} left."
    are = "is" if int(left) == 1 else "are"
    return f"{of(int(left), int(allowed))} that may be late {are} left, of what was due so far."


def _burn(attainment: Attainment) -> str:
    """How fast the room goes, rounded up; nothing while there is no room, none is used, or only cases are counted."""
    used, elapsed = (Fraction(attainment.result[key] or 0) for key in ("used_share", "elapsed_share"))
    if attainment.target.kind != TargetKind.AVAILABILITY or not used or not elapsed:
        return ""
    return f" The room goes {shown(used / elapsed, 1, Better.LESS)} times as fast as the month."


def _why_none(found: int, *, is_gap: bool) -> str:
    if is_gap:
        return "No forecast: too much data is missing."
    if found < FEWEST_MONTHS_OF_HISTORY:
        return f"No forecast: it needs {FEWEST_MONTHS_OF_HISTORY} months that have ended, and {found} have."
    return "A forecast is made once a day; none was made for this month yet."


def _chance(row: Forecast) -> str:
    """In whole percent, rounded up; drawn ends of a month make nothing certain."""
    if not row.misses:
        return f"less than 1{NBSP}%"
    return f"{min(99, -(-100 * row.misses // row.runs))}{NBSP}%"


def _score(score: Fraction) -> str:
    """To three decimals, rounded up: less is better."""
    return shown(score, 3, Better.LESS)


def _verdict(brier: Fraction, constant: Fraction) -> str:
    if brier < constant:
        return "The forecasts say more than always saying the share of months that were missed."
    return "The forecasts say no more than always saying the share of months that were missed: do not rely on them."


def _band_row(band: Band) -> BandRow:
    said = f"{int(band.low * 100)} to {int(band.high * 100)}{NBSP}%"
    mean = "" if band.said is None else f"{shown_percent(band.said, 0)}{NBSP}%"
    found = "" if band.found is None else f"{of(band.missed, band.forecasts)} ({shown_percent(band.found, 0)}{NBSP}%)"
    return BandRow(said, count(band.forecasts), mean, found)
