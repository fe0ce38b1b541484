"""How the figures of a month were counted, in sentences: read from the terms of the promises, never typed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from portal.language import dates
from portal.language.numbers import NBSP, and_list, count
from slas.calculation.periods import Period
from slas.models import CaseAttribution, MissingPolicy, ServiceLevelTarget, TargetKind
from slas.queries.frames import attribution_words, work_words

ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def rule_sentences(targets: Sequence[ServiceLevelTarget], month: date, zone: str) -> tuple[str, ...]:
    """The rules that these promises follow in this month."""
    exact = (
        "A promise that is met exactly counts as kept. Percentages are rounded down, so a figure never looks better"
        " than it is."
    )
    rules = (*_planned_rules(targets), *_missing_rules(targets), *_case_rules(targets))
    return (*_month_rules(targets, month, zone), exact, *rules)


def _month_rules(targets: Sequence[ServiceLevelTarget], month: date, zone: str) -> list[str]:
    """One rule for each zone in which a promise is agreed; without promises that of the given zone."""
    zones: dict[str, list[str]] = {} if targets else {zone: []}
    for target in targets:
        zones.setdefault(target.agreement.time_zone, []).append(target.name)
    return [_month_rule(month, place) + (_only_for(names) if len(zones) > 1 else "") for place, names in zones.items()]


def _only_for(names: Sequence[str]) -> str:
    return f" This holds for {_quoted(names)}."


def _quoted(names: Sequence[str]) -> str:
    return and_list([f"“{name}”" for name in names])


def _month_rule(month: date, zone: str) -> str:
    said = f"A month runs from midnight to midnight, {dates.place_of(zone)} time."
    bounds = Period(month.year, month.month).bounds(ZoneInfo(zone))
    days = (Period(month.year, month.month).end_on - month).days
    hours = (bounds.end - bounds.start) // 3600
    if hours == days * 24:
        return said
    turned = "back" if hours > days * 24 else "forward"
    on = _clock_change(month, zone)
    return f"{said} {dates.month_name(month)} had {count(hours)} hours, because the clocks went {turned} on the {on}."


def _clock_change(month: date, zone: str) -> str:
    """The day of the month on which the clocks changed: 25th."""
    place = ZoneInfo(zone)
    noon = datetime(month.year, month.month, 1, 12, tzinfo=place)
    before = (noon - timedelta(days=1)).utcoffset()
    while noon.utcoffset() == before:
        noon += timedelta(days=1)
    return f"{noon.day}{ORDINALS.get(noon.day, 'th')}"


def _planned_rules(targets: Iterable[ServiceLevelTarget]) -> list[str]:
    terms: dict[tuple[str, int, int | None], list[str]] = {}
    for target in targets:
        if target.excluded_work:
            key = (work_words(target), target.planned_notice_days or 0, target.planned_cap_seconds)
            terms.setdefault(key, []).append(target.name)
    return [_planned_rule(*terms_of, names if len(terms) > 1 else []) for terms_of, names in terms.items()]


def _planned_rule(work: str, notice: int, cap: int | None, names: Sequence[str]) -> str:
    days = f"{notice}{NBSP}working {'day’s' if notice == 1 else 'days’'}"
    limit = f", and up to {count(cap // 60)}{NBSP}minutes a month" if cap else ""
    return f"Announced {work} is taken out only with {days} notice{limit}.{_only_for(names) if names else ''}"


def _case_rules(targets: Iterable[ServiceLevelTarget]) -> list[str]:
    """Where cases count, of promises that do not go by the due date."""
    rules: dict[str, list[str]] = {}
    for target in targets:
        if target.kind == TargetKind.CASES and target.attribution != CaseAttribution.DUE:
            rules.setdefault(attribution_words(target), []).append(target.name)
    return [rule + _only_for(names) for rule, names in rules.items()]


def _missing_rules(targets: Sequence[ServiceLevelTarget]) -> list[str]:
    levels: dict[Decimal, list[str]] = {}
    for target in targets:
        levels.setdefault(target.minimum_coverage, []).append(target.name)
    said = [_coverage_rule(level, names if len(levels) > 1 else []) for level, names in sorted(levels.items())]
    if said and not any(target.missing_policy == MissingPolicy.UP for target in targets):
        said[0] = f"Time without data is never counted as working. {said[0]}"
    for policy, words in ((MissingPolicy.DOWN, "lost"), (MissingPolicy.UP, "working, as both sides agreed")):
        names = [target.name for target in targets if target.missing_policy == policy]
        if names:
            said.append(f"For {_quoted(names)}, what has no data counts as {words}.")
    return said


def _coverage_rule(level: Decimal, names: Sequence[str]) -> str:
    which = f" {_quoted(names)}" if names else ""
    return f"Below {level.normalize():f}{NBSP}% of data we do not judge{which}, unless the result is certain."
