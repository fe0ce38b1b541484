"""What the clauses of an agreement say, exactly: two that differ in anything that is agreed differ in their words."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from portal.language.dates import WEEKDAYS, day_long_year, place_of
from portal.language.numbers import and_list, counted
from slas.models import (
    Agreement,
    AgreementKind,
    AgreementScope,
    DutyKind,
    Obligation,
    ServiceHours,
    ServiceLevelTarget,
    WordingException,
)
from slas.queries.agreement_text import counting_lines
from slas.queries.frames import clock_words, frame_lines, promised_words

DAY = 1440
ONE_DAY = timedelta(days=1)


def terms_words(agreement: Agreement) -> str:
    """Who promises whom, and from when until when."""
    ends = f" up to and including {day_long_year(agreement.ends_on - ONE_DAY)}" if agreement.ends_on else ""
    return (
        f"{agreement.provider} promises, {agreement.customer} is promised."
        f" It is in force from {day_long_year(agreement.starts_on)}{ends}."
    )


def terms_lines(agreement: Agreement) -> Iterator[str]:
    """What holds for each promise."""
    yield _ended(f"{AgreementKind(agreement.kind).label}: {agreement.name}")
    days = counted(agreement.answer_working_days, "working days")
    yield f"Questions, disputes and other proposals are answered within {days}."
    zone = agreement.time_zone
    yield f"Days and months run from midnight to midnight, {place_of(zone)} time ({zone})."
    yield "A promise that is met exactly counts as kept. Percentages are rounded down."
    if agreement.underpins:
        yield f"It helps to keep “{agreement.underpins.name}” ({agreement.underpins.slug})."


def target_words(target: ServiceLevelTarget) -> str:
    """The promise as one sentence."""
    return f"{target.name}: {target.sentence}"


def target_lines(target: ServiceLevelTarget) -> Iterator[str]:
    """How the promise is judged, counted and told."""
    yield f"Promised: {promised_words(target)}."
    if target.meaning:
        yield f"It means: {target.meaning}"
    yield from _subject(target)
    yield from frame_lines(target)
    if target.service_hours:
        yield from hours_lines(target.service_hours)
    yield from map(_ended, counting_lines(target.measure))
    yield from _told(target)


def _ended(words: str) -> str:
    """With a full stop; what somebody wrote as a whole sentence has its own, and that alone is no difference."""
    return words if words.rstrip().endswith((".", "!", "?")) else f"{words}."


def _subject(target: ServiceLevelTarget) -> Iterator[str]:
    for label, row in (("Service", target.service), ("Component", target.component)):
        if row:
            yield _ended(f"{label}: {row.name}")
    if target.ends_on:
        yield f"Promised up to and including {day_long_year(target.ends_on - ONE_DAY)}."
    if not target.is_mandatory:
        yield "It is shown, and does not decide how the agreement was kept as a whole."


def _told(target: ServiceLevelTarget) -> Iterator[str]:
    """How its figures are said and shown."""
    yield f"Percentages are shown with {counted(target.decimals, 'decimals')}."
    said = (
        ("In narrow places it is called", target.short_name),
        ("When it is lost, we say", target.loss_words),
        ("In short", target.short_loss_words),
        ("What is counted is called", target.unit_words),
        ("What is good is called", target.good_words),
        ("What is not is called", target.bad_words),
        ("Under the agreed figure", target.agreed_note),
        ("Under the experienced figure", target.experienced_note),
    )
    yield from (f"{label}: “{words}”." for label, words in said if words)


def hours_lines(hours: ServiceHours) -> Iterator[str]:
    """The hours day by day, with the dates that differ, and those that held before."""
    which = f" (version {hours.version})" if hours.version > 1 else ""
    yield f"Hours{which}, {hours.time_zone}: {_week(hours)}."
    if hours.holiday_region:
        yield f"Closed on public holidays of {hours.holiday_region}."
    differing = "; ".join(_exceptions(hours))
    if differing:
        yield f"Dates that differ: {differing}."
    if hours.replaces and hours.starts_on:
        yield f"These hours hold from {day_long_year(hours.starts_on)}; until then {hours.replaces.words}."
        yield from hours_lines(hours.replaces)


def _week(hours: ServiceHours) -> str:
    """Days that follow each other with the same hours are said once: `Monday to Friday 08:00 to 18:00`."""
    by_day: list[list[str]] = [[] for _day in WEEKDAYS]
    for window in sorted(hours.windows.all(), key=lambda each: (each.weekday, each.opens_at)):
        by_day[window.weekday].append(_stretch(window.opens_at, window.closes_at))
    runs: list[tuple[int, int, str]] = []
    for day, stretches in enumerate(by_day):
        words = " and ".join(stretches) or "closed"
        if runs and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], day, words)
        else:
            runs.append((day, day, words))
    return ", ".join(f"{_days(first, last)} {words}" for first, last, words in runs)


def _days(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]} to {WEEKDAYS[last]}"


def _exceptions(hours: ServiceHours) -> Iterator[str]:
    by_date: dict[date, list[str]] = {}
    for row in sorted(hours.exceptions.all(), key=lambda each: (each.on, each.opens_at or 0)):
        closed = row.opens_at is None or row.closes_at is None
        by_date.setdefault(row.on, []).append("closed" if closed else _stretch(row.opens_at or 0, row.closes_at or 0))
    yield from (f"{day_long_year(on)} {' and '.join(words)}" for on, words in by_date.items())


def _stretch(opens: int, closes: int) -> str:
    return f"{clock_words(opens)} to {'24:00' if closes == DAY else clock_words(closes)}"


def scope_words(scope: Sequence[AgreementScope]) -> Iterator[str]:
    """What is covered: a sentence, and a line for each service."""
    names = sorted({line.service.name for line in scope})
    yield f"It covers {and_list(names)}."
    for line in scope:
        level = f", {line.offering.name}" if line.offering else ", each level of it"
        unit = f", for {line.business_unit.name}" if line.business_unit else ""
        who = f": {line.covered_words}" if line.covered_words else ""
        yield f"{line.service.name}{level}{unit}{who}"


def reviews_words(agreement: Agreement) -> Iterator[str]:
    """How it goes on or ends, and how often both sides look at it."""
    said = []
    if agreement.renews_months is not None:
        said.append(f"Without notice it goes on for {counted(agreement.renews_months, 'months')}, again and again.")
    if agreement.notice_days is not None:
        said.append(f"Either side gives notice at least {counted(agreement.notice_days, 'days')} before its end.")
    if agreement.review_months is not None:
        said.append(f"Both sides look at it together every {counted(agreement.review_months, 'months')}.")
    yield from said or ["No notice, no renewal and no review together are agreed."]


def kept_lines(kept: Sequence[WordingException]) -> Iterator[str]:
    """Which words stay although two honest people could read them differently, and why."""
    for each in kept:
        what = f"the words “{each.words}”" if each.words else f"what is not said ({each.code.replace('_', ' ')})"
        yield f"Both sides keep {what}: {each.reason}"


def duty_words(duty: Obligation) -> Iterator[str]:
    """What the customer does, and by when."""
    yield duty.text
    if duty.kind == DutyKind.PREREQUISITE:
        yield "It comes before the service: until it is done, the service cannot begin."
    if duty.due_on:
        yield f"By {day_long_year(duty.due_on)}."
