"""One figure as its own page shows it: the frozen sum, the events behind it, and its months."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from portal.charts.trends import Limit, TrendPoint
from portal.language import dates
from portal.language.phrases import LETTERS
from portal.language.told_in import counted_in, told_in
from portal.language.ways import GERMAN
from reporting.layout import Subject
from reporting.layout import subject_of as read_as
from reporting.models import Figure
from reporting.queries.disputing import family_of, subject_of
from reporting.queries.in_language import OF_PEOPLE, in_language
from reporting.queries.page_parts import ChartRow, Promise
from reporting.queries.promise_parts import Told, events, promised_words, tell
from reporting.queries.review_rows import PromiseRows, twelve_months
from reporting.queries.talk_parts import ShownReview, ThreadView
from slas.models import TargetKind
from slas.queries.as_others import AsOthers, others_of
from slas.queries.figure_facts import Facts, facts_of
from slas.queries.frames import period_rules

TIMES = "×"
MONTH = r"\.\d{4}-\d{2}$"  # a cell of the chart


@dataclass(frozen=True)
class FigurePage:
    """What a reader needs to check one figure; `promise` where the figure is of its month."""

    promise: Promise | None
    row: ChartRow | None
    letter: str
    reading: str
    lines: list[dict[str, Any]]
    closing: str
    hours: str
    counted: tuple[str, ...]
    missing_policy: str
    rounding: str
    events: Any
    facts: tuple[Facts, ...]
    others: AsOthers | None
    trend: list[TrendPoint]
    limit: Limit | None
    counts: bool
    threads: list[ThreadView]
    siblings: list[Figure]

    @property
    def unit(self) -> str:
        """What stands beside the values of its months."""
        return "" if self.counts else " %"


def figure_page(*, figure: Figure, shown: ShownReview) -> FigurePage:
    """The figure with its promise, its sum as it was frozen, its events, and its months."""
    anchor = figure.anchor.partition(".")[0]
    promise = next((each for each in shown.page.promises if each.anchor == anchor), None)
    is_of_month = promise is not None and promise.attainment_id == figure.attainment_id
    is_disputed = subject_of(figure.anchor, shown.page.head.month) in shown.disputed
    proof, told, language = figure.proof, _told(figure, anchor), shown.page.head.language
    hours = proof.get("hours", {})
    return FigurePage(
        promise=promise if is_of_month else None,
        row=next((row for row in shown.page.chart if row.anchor == anchor), None),
        letter="D" if is_disputed else LETTERS.get(figure.status, ""),
        reading=_reading(figure, shown, is_disputed=is_disputed),
        lines=[_line(line, language) for line in proof.get("lines", [])],
        closing=counted_in(language, proof.get("evidence", {}).get("closing", "")),
        hours=counted_in(language, f"{hours['words']}, version {hours['version']}") if hours else "",
        counted=tuple(told_in(language, rule) for rule in period_rules(figure.target)) if figure.target else (),
        missing_policy=told_in(language, proof.get("missing_policy", "")),
        rounding=told_in(language, proof.get("rounding", "")),
        events=in_language(events(told, ""), language) if told else None,
        facts=in_language(_facts(figure), language),
        others=in_language(_others(figure), language) if is_of_month else None,
        trend=_trend(figure, shown, anchor),
        limit=in_language(_limit(figure), language),
        counts=_counts(figure),
        threads=[thread for thread in shown.threads if family_of(thread.anchor) == family_of(figure.anchor)],
        siblings=list(
            Figure.objects.filter(edition=figure.edition_id, anchor__startswith=f"{family_of(figure.anchor)}.")
            .exclude(Q(pk=figure.pk) | Q(anchor__contains=".proof.") | Q(anchor__regex=MONTH))
            .order_by("pk")
        ),
    )


def _reading(figure: Figure, shown: ShownReview, *, is_disputed: bool) -> str:
    """How the figure is read, as the report agreement of its edition says."""
    subject = Subject.DISPUTED if is_disputed else read_as(figure.anchor, figure.status)
    return next((each.sentence for each in shown.page.interpretations if each.subject == subject), "")


def _told(figure: Figure, anchor: str) -> Told | None:
    attainment = figure.attainment
    if attainment is None or figure.target is None:
        return None
    rows = PromiseRows(figure.target, anchor, {attainment.period_start: attainment})
    return tell(rows, attainment.period_start)


def _facts(figure: Figure) -> tuple[Facts, ...]:
    """The cases, dates, counts or rounds behind the figure; outages are told as events."""
    if figure.attainment is None or figure.target is None or figure.target.kind == TargetKind.AVAILABILITY:
        return ()
    return facts_of(attainment=figure.attainment, target=figure.target)


def _others(figure: Figure) -> AsOthers | None:
    """The figure of the promise as others would count it, from the inputs that were read with it."""
    if figure.attainment is None or figure.target is None:
        return None
    inputs = getattr(figure, "inputs_at_once", "")
    return others_of(attainment=figure.attainment, target=figure.target, inputs=inputs)


def _trend(figure: Figure, shown: ShownReview, anchor: str) -> list[TrendPoint]:
    """Twelve months as dots, where the value is a percentage or a number of interruptions."""
    row = next((each for each in shown.page.chart if each.anchor == anchor), None)
    if row is None or any("/" in cell.value.text for cell in row.cells):
        return []
    months, language = twelve_months(figure.edition.review.month), shown.page.head.language
    points = [
        TrendPoint(dates.month_short(month), _number(cell.value.text, language), missed=cell.letter == "M")
        for month, cell in zip(months, row.cells, strict=True)
    ]
    return [in_language(point, language) for point in points]


def _line(line: dict[str, Any], language: str) -> dict[str, Any]:
    """A line of the sum; one that repeats a promise stays in the words of those who agreed on it."""
    is_of_people = line.get("key") == OF_PEOPLE
    return {
        "label": line["label"] if is_of_people else told_in(language, line["label"]),
        "how": line["detail"] if is_of_people else counted_in(language, line["detail"]),
        "value": counted_in(language, line["value"]),
        "kind": line.get("kind", ""),
    }


def _number(value: str, language: str) -> float | None:
    """What a cell of the chart says, as it is written in that language."""
    value = value.replace(".", "").replace(",", ".") if language == GERMAN else value
    try:
        return float(value.removesuffix(TIMES))
    except ValueError:
        return None


def _counts(figure: Figure) -> bool:
    """Whether its months are numbers, of interruptions."""
    return figure.target is not None and figure.target.kind == TargetKind.RELIABILITY


def _limit(figure: Figure) -> Limit | None:
    if figure.target is None or figure.target.is_trial:
        return None
    if _counts(figure) and (allowed := figure.target.allowed_misses) is not None:
        return Limit(allowed, f"Promised: at most {allowed}" if allowed else "Promised: none")
    if not promised_words(figure.target):
        return None
    promised = promised_words(figure.target)
    return Limit(float(promised), f"Promised {promised} %")
