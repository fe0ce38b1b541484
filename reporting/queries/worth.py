"""What the month was worth, statement by statement: ranges from facts, each with its grade of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Sum

from portal.accounts.models import BusinessUnit
from portal.language import dates
from portal.language.numbers import NBSP, bare_percent, count, counted, money, percent, to, upper_first
from portal.language.sentences import Printed, figure
from reporting.models import ImpactHour, ImpactProfile, ValueKind, ValueStatement
from reporting.queries.happened import Event, list_events, pieces_of
from reporting.value import Hit, Range, fewer, loss, shift, two_figures_down, two_figures_up, units_hit
from slas.calculation.periods import add_months
from slas.models import Attainment, Volume

EVIDENCE = {"A": "Confirmed", "B": "Measured", "C": "Estimated, agreed method", "D": "Assumed"}
MONTHS_BEFORE = 6


@dataclass(frozen=True)
class Worth:
    """One statement with its sentences; `cover` is what the first page says of it (empty: nothing)."""

    slug: str
    goal: str
    grade: str
    evidence: str
    is_loss: bool
    text: str
    worth: str
    under: str
    cover: str
    figures: tuple[Printed, ...]


@dataclass(frozen=True)
class Impact:
    """What the events of one promise hit, by event id, from the unit's own profile."""

    by_event: Mapping[str, int]
    unit: str
    note: str
    busiest: Mapping[int, int]

    def is_busiest(self, start: datetime, end: datetime) -> bool:
        """Whether the time touches the busiest hour of its day."""
        hour = self.busiest.get(start.weekday())
        return hour is not None and start.hour <= hour and (end.date() > start.date() or hour * 60 < _minute(end))


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


class _Figures:
    """Collects the figures of one statement."""

    def __init__(self, statement: ValueStatement) -> None:
        self._statement = statement
        self.all: dict[str, Printed] = {}

    def __call__(self, part: str, text: str, name: str) -> str:
        anchor = f"value.{self._statement.slug}.{part}"
        self.all[anchor] = Printed(anchor, text, f"{self._statement.goal.name}: {name}")
        return figure(anchor)


def list_statements(*, unit: BusinessUnit) -> list[ValueStatement]:
    """How contributions to the unit's goals are computed, in their order."""
    related = ("goal", "measure", "target", "profile", "improvement")
    rows = ValueStatement.objects.filter(business_unit=unit).select_related(*related)
    return list(rows.order_by("position", "slug"))


def list_impacts(
    *, statements: list[ValueStatement], attainments: Mapping[int, Attainment], zone: str
) -> dict[int, Impact]:
    """What the events of each promise with a profile hit, by target; `attainments` by target."""
    impacts = {}
    for statement in statements:
        attainment = attainments.get(statement.target_id or 0)
        if statement.kind == ValueKind.LOST_UNITS and statement.profile and attainment:
            impacts[attainment.target_id] = _impact(statement.profile, attainment, zone)
    return impacts


def _impact(profile: ImpactProfile, attainment: Attainment, zone: str) -> Impact:
    hours = {(row.weekday, row.hour): row.units for row in ImpactHour.objects.filter(profile=profile)}
    by_event = {event["id"]: _hit(event, hours, zone) for event in list_events(attainment.result)}
    busiest = {day: max((hours.get((day, hour), 0), -hour) for hour in range(24)) for day in range(7)}
    busiest_hour = {day: -hour for day, (units, hour) in busiest.items() if units}
    return Impact(by_event, profile.unit_words, _impact_note(profile), busiest_hour)


def _hit(event: Event, hours: Mapping[tuple[int, int], int], zone: str) -> int:
    """What an event hit in the time that the figure counts: inside service hours, less what was taken out, so far."""
    pieces = pieces_of(event, zone)
    seconds = sum(int((end - start).total_seconds()) for start, end in pieces)
    lost = Fraction(event["counted_seconds"])
    if not lost:
        return 0
    return int(sum((units_hit(Hit(start, end, lost / seconds), hours) for start, end in pieces), Fraction(0)))


def _impact_note(profile: ImpactProfile) -> str:
    unit = profile.unit_words
    return (
        f"{upper_first(unit)} hit: your own profile of {unit} by hour and weekday, confirmed"
        f" {dates.month_year(profile.confirmed_on)}. Slow time counts as far as it was lost. Lost for good:"
        f" {_share_words(profile)} of {unit} hit, each worth {money(profile.unit_value_minor, _currency(profile))}."
    )


def _currency(row: ImpactProfile | ValueStatement) -> str:
    return row.tenant.currency


def _share_words(profile: ImpactProfile) -> str:
    low, high = (bare_percent(Fraction(share), 0) for share in (profile.lost_share_low, profile.lost_share_high))
    return f"{to(low, high)}{NBSP}%"


def tell_worth(
    *, statement: ValueStatement, month: date, impact: Impact | None, line: str, line_figures: tuple[Printed, ...]
) -> Worth:
    """One statement in the month. `line` is the short line of its promise, with the figures that it names."""
    figures = _Figures(statement)
    if statement.kind == ValueKind.LOST_UNITS:
        return _lost_units(statement, impact, figures)
    if statement.kind == ValueKind.SHIFTED_UNITS:
        return _shifted_units(statement, month, figures)
    worth = _fewer_units(statement, month, figures, line)
    return _with(worth, line_figures)


def _with(worth: Worth, more: tuple[Printed, ...]) -> Worth:
    fields = {name: getattr(worth, name) for name in worth.__dataclass_fields__}
    return Worth(**fields | {"figures": (*worth.figures, *more)})


def _made(
    statement: ValueStatement,
    figures: _Figures,
    text: str,
    worth: str = "",
    cover: str = "",
    *,
    is_loss: bool = False,
) -> Worth:
    evidence = EVIDENCE[statement.grade]
    if statement.grade == "A" and statement.confirmed_by_words:
        evidence = f"Confirmed by {statement.confirmed_by_words}"
    under = statement.result_words if worth else ""
    shown = worth or "Nothing to state"
    return Worth(
        statement.slug, statement.goal.name, statement.grade, evidence, is_loss, text, shown, under, cover,
        tuple(figures.all.values()),
    )  # fmt: skip


def _money_range(minor: Range, currency: str, *, outward: bool) -> str:
    low = two_figures_down(minor.low / 100) * 100
    high = (two_figures_up if outward else two_figures_down)(minor.high / 100) * 100
    return to(money(low, currency), money(high, currency))


def _lost_units(statement: ValueStatement, impact: Impact | None, figures: _Figures) -> Worth:
    """Work never done because the service was down; a loss is rounded outward."""
    profile, unit = statement.profile, statement.unit_words
    if profile is None or impact is None or not sum(impact.by_event.values()):
        return _made(statement, figures, f"No {unit} were hit.")
    share = Range(Fraction(profile.lost_share_low), Fraction(profile.lost_share_high))
    lost = loss([Fraction(hit) for hit in impact.by_event.values()], share, profile.unit_value_minor)
    hit = figures("hit", counted(lost.hit, unit), "how many were hit")
    never = figures("share", _share_words(profile), "how many of them are lost for good")
    low, high = two_figures_down(lost.units.low), two_figures_up(lost.units.high)
    units = figures("units", f"{to(count(low), count(high))}{NBSP}{unit}", "how many were never done")
    minor = figures("range", _money_range(lost.minor, _currency(statement), outward=True), "what they were worth")
    return _made(
        statement,
        figures,
        f"{hit} were hit. From your own profile, {never} never come back.",
        f"{minor} lost",
        f"We estimate that **{units}** were lost, worth {minor}.",
        is_loss=True,
    )


def _month_sums(statement: ValueStatement, first: date, end: date) -> dict[date, tuple[int, int]]:
    """Units as wanted and in all, by month; months without a count are left out."""
    if statement.measure_id is None:
        return {}
    rows = (
        Volume.objects.filter(measure_id=statement.measure_id, on__gte=first, on__lt=end)
        .values_list("on__year", "on__month")
        .annotate(Sum("met"), Sum("total"))
        .order_by("on__year", "on__month")
    )
    return {date(year, month, 1): (met or 0, total) for year, month, met, total in rows}


def _shifted_units(statement: ValueStatement, month: date, figures: _Figures) -> Worth:
    """Work saved because a larger share is done the cheaper way; a gain is rounded down."""
    base, name = statement.baseline_month, dates.month_name(month)
    sums = _month_sums(statement, base, add_months(month, 1)) if base else {}
    now, then = sums.get(month, (0, 0)), sums.get(base, (0, 0)) if base else (0, 0)
    if base is None or not now[1] or not then[1] or statement.low_rate is None or statement.high_rate is None:
        return _made(statement, figures, f"There is no count for {name} yet.")
    moved = shift(now, then, Range(Fraction(statement.low_rate), Fraction(statement.high_rate)))
    share_now = figures("now", percent(moved.now, 1), f"share in {name}")
    share_then = figures("then", percent(moved.then, 1), f"share in {dates.month_name(base)}")
    text = f"{name}: {share_now}, from {share_then} in {dates.month_name(base)}."
    if not moved.units:
        return _made(statement, figures, f"{text} No {statement.unit_words} more than then.")
    more = figures("units", count(moved.units), "how many more")
    text = f"{text} {statement.cause_words} brought {more} more {statement.unit_words}."
    low, high = (count(two_figures_down(value)) for value in (moved.hours.low, moved.hours.high))
    worth = figures("range", f"{to(low, high)}{NBSP}hours", "time freed")
    return _made(statement, figures, text, worth, f"{text} That freed {worth}.")


def _fewer_units(statement: ValueStatement, month: date, figures: _Figures, line: str) -> Worth:
    """Fewer unwanted units a month since an improvement; a gain is rounded down."""
    unit = statement.unit_words
    changed = statement.improvement.done_on if statement.improvement else None
    if changed is None or statement.low_rate is None or statement.high_rate is None:
        return _made(statement, figures, f"{line} {upper_first(unit)} are counted; nothing was changed yet.".strip())
    turn = changed.replace(day=1)
    sums = _month_sums(statement, add_months(turn, -MONTHS_BEFORE), add_months(month, 1))
    before = [total for when, (_, total) in sums.items() if when < turn]
    after = [total for when, (_, total) in sums.items() if when > turn]
    saved = fewer(before, after, Range(Fraction(statement.low_rate), Fraction(statement.high_rate)))
    if saved is None:
        return _made(statement, figures, f"{line} {upper_first(unit)} have not fallen for certain yet.".strip())
    old, new = (count(round(value)) for value in (saved.before, saved.after))
    fell = figures("fell", count(round(saved.before) - round(saved.after)), "how many fewer a month")
    text = f"{line} {upper_first(unit)} fell by {fell} a month.".strip()
    worth = figures("range", _money_range(saved.minor, _currency(statement), outward=False), "saved a month")
    was, is_now = figures("before", old, "mean of a month before"), figures("after", new, "mean of a month since")
    who = statement.confirmed_by_words
    claim = f"{who} confirms" if statement.grade == "A" and who else "That is"
    cover = f"{upper_first(unit)} fell from {was} to {is_now} a month. {claim} {worth} {statement.result_words}."
    return _made(statement, figures, text, worth, cover)
