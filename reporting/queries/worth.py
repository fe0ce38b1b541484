"""What the month was worth, statement by statement: ranges from facts, each with its grade of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Sum

from portal.accounts.models import BusinessUnit
from portal.language import dates
from portal.language.currencies import minor_of
from portal.language.numbers import NBSP, count, counted, money, percent, to, upper_first
from portal.language.sentences import Printed, figure
from reporting.models import ImpactHour, ImpactProfile, ValueKind, ValueStatement
from reporting.queries.happened import Event, list_events, pieces_of
from reporting.queries.page_parts import SumLine
from reporting.queries.review_rows import Address, address_of
from reporting.value import Fewer, Hit, Loss, Range, fewer, loss, shift, two_figures_down, two_figures_up, units_hit
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
    lines: tuple[SumLine, ...]


@dataclass(frozen=True)
class Impact:
    """What the events of one promise hit, by event id, from the unit's own profile of the month."""

    profile: ImpactProfile
    by_event: Mapping[str, int]
    note: str
    busiest: Mapping[int, int]
    when: Mapping[str, str]

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
        self.lines: list[SumLine] = []

    def __call__(self, part: str, text: str, name: str) -> str:
        anchor = f"value.{self._statement.slug}.{part}"
        self.all[anchor] = Printed(anchor, text, f"{self._statement.goal.name}: {name}")
        return figure(anchor)

    def line(self, key: str, label: str, detail: str, exact: object, value: str = "", kind: str = "") -> None:
        """The next line of the sum behind the figures of the statement."""
        self.lines.append(SumLine(key, label, detail, str(exact), value or str(exact), kind))


def list_statements(*, unit: BusinessUnit) -> list[ValueStatement]:
    """How contributions to the unit's goals are computed, in their order."""
    related = ("goal", "measure", "target__agreement", "improvement")
    rows = ValueStatement.objects.filter(business_unit=unit).select_related(*related)
    return list(rows.order_by("position", "slug"))


def list_impacts(
    *, statements: list[ValueStatement], attainments: Mapping[Address, Attainment], month: date, zone: str
) -> dict[Address, Impact]:
    """What the events of each promise with a profile hit in the month, by the promise's address.

    A statement keeps to its promise in every version of the agreement.
    """
    impacts = {}
    for statement in statements:
        address = address_of(statement.target) if statement.target else ("", "")
        attainment = attainments.get(address)
        profile = _said_for(statement, month) if statement.kind == ValueKind.LOST_UNITS else None
        if profile and attainment:
            impacts[address] = _impact(profile, attainment, month, zone)
    return impacts


def _said_for(statement: ValueStatement, month: date) -> ImpactProfile | None:
    """What the unit had said last when the month ended; what it says later counts for later months only.

    So a correction of an older month counts with the word that its first edition counted with.
    """
    service = statement.target.service_id if statement.target else None
    said = ImpactProfile.objects.filter(service=service, business_unit=statement.business_unit_id)
    return said.filter(confirmed_on__lt=add_months(month, 1)).order_by("-confirmed_on").first()


def _impact(profile: ImpactProfile, attainment: Attainment, month: date, zone: str) -> Impact:
    hours = {(row.weekday, row.hour): row.units for row in ImpactHour.objects.filter(profile=profile)}
    by_event = {event["id"]: _hit(event, hours, month, zone) for event in list_events(attainment.result)}
    busiest = {day: max((hours.get((day, hour), 0), -hour) for hour in range(24)) for day in range(7)}
    busiest_hour = {day: -hour for day, (units, hour) in busiest.items() if units}
    when = {event["id"]: _when(event, month, zone) for event in list_events(attainment.result)}
    return Impact(profile, by_event, _impact_note(profile), busiest_hour, when)


def _when(event: Event, month: date, zone: str) -> str:
    """When the event took time in the month; empty where it took none."""
    pieces = _pieces_in(event, month, zone)
    return dates.when(pieces[0][0], pieces[-1][1]) if pieces else ""


def _pieces_in(event: Event, month: date, zone: str) -> list[tuple[datetime, datetime]]:
    first, last = (datetime(on.year, on.month, 1, tzinfo=ZoneInfo(zone)) for on in (month, add_months(month, 1)))
    return [
        (max(start, first), min(end, last)) for start, end in pieces_of(event, zone) if start < last and end > first
    ]


def _hit(event: Event, hours: Mapping[tuple[int, int], int], month: date, zone: str) -> int:
    """What an event hit in the time that the figure counts: inside service hours, less what was taken out, so far.

    Of a figure of a quarter or a year only the month's part: the other months' reviews tell theirs.
    """
    seconds = sum(int((end - start).total_seconds()) for start, end in pieces_of(event, zone))
    lost = Fraction(event["counted_seconds"])
    if not lost:
        return 0
    inside = _pieces_in(event, month, zone)
    return int(sum((units_hit(Hit(start, end, lost / seconds), hours) for start, end in inside), Fraction(0)))


def _impact_note(profile: ImpactProfile) -> str:
    unit = profile.unit_words
    return (
        f"{upper_first(unit)} hit: your own profile of {unit} by hour and weekday, confirmed"
        f" {dates.month_year(profile.confirmed_on)}. Slow time counts as far as it was lost. Lost for good:"
        f" {share_words(profile)} of {unit} hit, each worth {money(profile.unit_value_minor, _currency(profile))}."
    )


def _currency(row: ImpactProfile | ValueStatement) -> str:
    return row.tenant.currency


def share_words(profile: ImpactProfile) -> str:
    """The share that never comes back, with the decimals that the business said: it is what money is computed with."""
    low, high = (f"{(share * 100).normalize():f}" for share in (profile.lost_share_low, profile.lost_share_high))
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
        tuple(figures.all.values()), tuple(figures.lines),
    )  # fmt: skip


def _money_range(minor: Range, currency: str, *, outward: bool) -> str:
    one = minor_of(Decimal(1), currency)
    low = two_figures_down(minor.low / one) * one
    high = (two_figures_up if outward else two_figures_down)(minor.high / one) * one
    return to(money(low, currency), money(high, currency))


def _lost_units(statement: ValueStatement, impact: Impact | None, figures: _Figures) -> Worth:
    """Work never done because the service was down; a loss is rounded outward."""
    unit = statement.unit_words
    if impact is None:
        return _made(statement, figures, f"It is not known how many {unit} were hit.")
    if not sum(impact.by_event.values()):
        return _made(statement, figures, f"No {unit} were hit.")
    profile = impact.profile
    share = Range(Fraction(profile.lost_share_low), Fraction(profile.lost_share_high))
    lost = loss([Fraction(hit) for hit in impact.by_event.values()], share, profile.unit_value_minor)
    hit = figures("hit", counted(lost.hit, unit), "how many were hit")
    never = figures("share", share_words(profile), "how many of them are lost for good")
    low, high = two_figures_down(lost.units.low), two_figures_up(lost.units.high)
    units = figures("units", f"{to(count(low), count(high))}{NBSP}{unit}", "how many were never done")
    printed = _money_range(lost.minor, _currency(statement), outward=True)
    minor = figures("range", printed, "what they were worth")
    _lost_lines(impact, lost, figures)
    figures.line("result", "As printed", "two figures, a loss rounded outward", printed, kind="result")
    return _made(
        statement,
        figures,
        f"{hit} were hit. From your own profile, {never} never come back.",
        f"{minor} lost",
        f"We estimate that **{units}** were lost, worth {minor}.",
        is_loss=True,
    )


def _lost_lines(impact: Impact, lost: Loss, figures: _Figures) -> None:
    profile = impact.profile
    currency, unit = _currency(profile), profile.unit_words
    said = f"{unit} by hour and weekday, as you said in {dates.month_year(profile.confirmed_on)}"
    for event, when in impact.when.items():
        if when:  # what took nothing in the month is no part of the sum
            figures.line("event", when, said, impact.by_event[event], count(impact.by_event[event]))
    figures.line("hit", f"{upper_first(unit)} hit", "the sum, whole ones", lost.hit, count(lost.hit), "total")
    for key, share, units, minor in (
        ("low", profile.lost_share_low, lost.units.low, lost.minor.low),
        ("high", profile.lost_share_high, lost.units.high, lost.minor.high),
    ):
        label = "At least lost for good" if key == "low" else "At most lost for good"
        times = f"{count(lost.hit)} × {(share * 100).normalize():f} %, whole ones"
        figures.line(f"units_{key}", label, times, int(units), count(int(units)))
        each = f"{count(int(units))} × {money(profile.unit_value_minor, currency)}"
        figures.line(f"minor_{key}", "Worth", each, int(minor), money(int(minor), currency))


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
    for when, (done, of_all), share in ((base, then, moved.then), (month, now, moved.now)):
        told = f"{count(done)} of {count(of_all)} {statement.unit_words}"
        figures.line("share", dates.month_year(when), told, share, percent(share, 1))
    more_so = f"{count(now[1])} × the difference of the two shares, whole ones"
    figures.line("units", "More than then", more_so, moved.units, count(moved.units), "total")
    for label, rate, hours in (
        ("At least", statement.low_rate, moved.hours.low), ("At most", statement.high_rate, moved.hours.high),
    ):  # fmt: skip
        each = f"{count(moved.units)} × {rate.normalize():f} minutes"
        figures.line("hours", label, each, hours, f"{float(hours):,.1f} hours")
    figures.line("result", "As printed", "two figures, a gain rounded down", f"{to(low, high)} hours", kind="result")
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
    fell = figures("fell", count(int(saved.before - saved.after)), "how many fewer a month")
    text = f"{line} {upper_first(unit)} fell by {fell} a month.".strip()
    printed = _money_range(saved.minor, _currency(statement), outward=False)
    worth = figures("range", printed, "saved a month")
    for when, (_, total) in sums.items():
        side = "before" if when < turn else "since" if when > turn else "the month of the change, left out"
        figures.line("month", dates.month_year(when), side, total, count(total))
    _saved_lines(statement, saved, figures)
    figures.line("result", "As printed", "two figures, a gain rounded down", printed, kind="result")
    was, is_now = figures("before", old, "mean of a month before"), figures("after", new, "mean of a month since")
    who = statement.confirmed_by_words
    claim = f"{who} confirms" if statement.grade == "A" and who else "That is"
    cover = f"{upper_first(unit)} fell from {was} to {is_now} a month. {claim} {worth} {statement.result_words}."
    return _made(statement, figures, text, worth, cover)


def _saved_lines(statement: ValueStatement, saved: Fewer, figures: _Figures) -> None:
    before, after = float(saved.before), float(saved.after)
    low, high = float(saved.interval.low), float(saved.interval.high)
    figures.line("before", "Mean of a month before", "", saved.before, f"{before:,.1f}", "total")
    figures.line("after", "Mean of a month since", "", saved.after, f"{after:,.1f}", "total")
    figures.line("fewer", "Fewer a month", "the difference", saved.before - saved.after, f"{before - after:,.1f}")
    exact, shown = f"{saved.interval.low} to {saved.interval.high}", f"{low:,.1f} to {high:,.1f}"
    figures.line("interval", "Interval of the difference", "95 %, by Welch’s method", exact, shown)
    currency = _currency(statement)
    for label, fewer_by, rate, minor in (
        ("At least", low, statement.low_rate, saved.minor.low),
        ("At most", high, statement.high_rate, saved.minor.high),
    ):
        each = f"{fewer_by:,.1f} × {money(round(rate or 0), currency)}"
        figures.line("minor", label, each, minor, money(int(minor), currency))
