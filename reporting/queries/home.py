"""The business's home: what needs an answer, whether IT kept its word last month, and what the unit gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language import dates
from portal.language.numbers import and_list, lower_first, of, spelled, upper_first
from portal.language.sentences import Piece, Sentence, plain
from reporting.models import PUBLISHED, ServiceReview
from reporting.queries.home_asks import Ask, Looking, list_asks
from reporting.queries.home_coming import Coming, Talk, list_coming, list_talks
from reporting.queries.home_services import EntitledServices, get_entitled
from reporting.queries.page_parts import Promise, ReviewPage, WorthRow
from reporting.queries.reviews import RELATED, latest_edition
from reporting.queries.shown import show_edition
from reporting.queries.talk_parts import ShownReview
from reporting.queries.working_days import calendar_of

WORST_FIRST = "MDGRCKTN"


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One promise of the month: name, one line of words, status letter, twelve letters."""

    name: str
    detail: str
    status: str
    history: list[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence; with the number of a figure it opens “How was this calculated?”."""

    text: str
    strong: bool
    figure_id: int | None


@dataclass(frozen=True, slots=True)
class WorthLine:
    """What something was worth: grade of its evidence, the range with its words, and where it comes from."""

    grade: str
    value: str
    words: str
    is_loss: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """The last month that was issued: its sentence with figures that can be opened, and a row for each promise."""

    month: str
    months: str
    review_month: str
    sentence: tuple[Span, ...]
    rows: tuple[GlanceRow, ...]
    worth: tuple[WorthLine, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The page of one business unit; `units` are those that the reader can choose from."""

    unit: BusinessUnit | None
    units: tuple[BusinessUnit, ...]
    day: str
    asks: tuple[Ask, ...]
    glance: Glance | None
    talks: tuple[Talk, ...]
    coming: tuple[Coming, ...]
    services: EntitledServices | None


def get_home(*, reader: Membership, unit_slug: str, now: datetime, currency: str) -> Home:
    """The home of a reader for one of their units; for an unknown or missing one, the first by name."""
    units = tuple(list_visible_units(reader=reader))
    unit = next((each for each in units if each.slug == unit_slug), units[0] if units else None)
    if unit is None:
        return Home(None, (), dates.weekday_day_long(now.date()), (), None, (), (), None)
    calendar = calendar_of(unit=unit, now=now)
    today = calendar.today(now)
    issued = ServiceReview.objects.filter(business_unit=unit, state__in=PUBLISHED).select_related(*RELATED)
    review = issued.order_by("-month").first()
    return Home(
        unit=unit,
        units=units,
        day=f"{dates.weekday_day_long(today)} {today.year}",
        asks=tuple(list_asks(looking=Looking(reader, now, calendar))),
        glance=_glance(reader, review, now) if review else None,
        talks=tuple(list_talks(reader=reader, unit=unit, calendar=calendar, now=now)),
        coming=tuple(list_coming(unit=unit, calendar=calendar, now=now)),
        services=get_entitled(
            reader=reader, unit=unit, today=today, month=review.month if review else None, currency=currency
        ),
    )


def _glance(reader: Membership, review: ServiceReview, now: datetime) -> Glance | None:
    edition = latest_edition(review=review)
    if edition is None:
        return None
    shown = show_edition(edition=edition, reader=reader, now=now)
    page = shown.page
    history = {row.anchor: [cell.letter for cell in row.cells] for row in page.chart}
    rows = [
        GlanceRow(promise.name, _detail(promise, shown), promise.letter, history.get(promise.anchor, []))
        for promise in sorted(page.promises, key=lambda promise: WORST_FIRST.find(promise.letter))
    ]
    return Glance(
        month=dates.month_name(review.month),
        months=_months(review),
        review_month=f"{review.month:%Y-%m}",
        sentence=tuple(Span(piece.text, piece.strong, shown.links.get(piece.figure)) for piece in score_sentence(page)),
        rows=tuple(rows),
        worth=tuple(_worth(row) for row in sorted(page.worth, key=lambda row: row.grade)),
    )


def _worth(row: WorthRow) -> WorthLine:
    under = f"{upper_first(row.under)}. " if row.under else ""
    return WorthLine(row.grade, plain(row.worth), f"{under}{plain(row.text)} {row.evidence}.", row.is_loss)


def _months(review: ServiceReview) -> str:
    first = review.month.replace(year=review.month.year - 1)
    first = first.replace(month=first.month + 1) if first.month < 12 else first.replace(year=first.year + 1, month=1)
    return f"{dates.month_year(first)} to {dates.month_year(review.month)}"


def _detail(promise: Promise, shown: ShownReview) -> str:
    """The line of the promise; under dispute both counts stand in it."""
    claim = next((t.dispute for t in shown.threads if t.dispute and t.dispute.promise == promise.anchor), None)
    if claim is None or not claim.claim:
        return plain(promise.short)
    ours, yours = plain(promise.halves[0].value), plain(claim.claim)
    return f"IT counts {ours}, you count {yours}. {plain(promise.short).partition('. ')[2]}".strip()


def score_sentence(page: ReviewPage) -> Sentence:
    """IT kept 5 of 8 promises. One was missed: … One is disputed, one cannot be judged yet and one is not over yet."""
    score = page.score
    if not score.judged:
        return (Piece(f"No promise {'is judged yet' if score.running else 'could be judged'}."),)
    kept = f"{of(score.kept, score.judged)} promise{'' if score.judged == 1 else 's'}"
    missed = [promise for promise in page.promises if promise.letter == "M"]
    over = [promise.letter for promise in page.promises if not promise.is_open]
    rest = [
        _some(sum(promise.letter == "D" for promise in page.promises), "is disputed", "are disputed"),
        _some(over.count("G"), "cannot be judged yet", "cannot be judged yet"),
        _some(score.running, "is not over yet", "are not over yet"),
    ]
    ending = and_list([words for words in rest if words])
    tail = (Piece(f" {upper_first(ending)}."),) if ending else ()
    return (Piece("IT kept "), Piece(kept, "", True), Piece("."), *_missed(missed), *tail)


def _missed(missed: Sequence[Promise]) -> Sentence:
    if not missed:
        return ()
    if len(missed) > 1:
        names = and_list([f"“{promise.name}”" for promise in missed])
        return (Piece(f" {upper_first(spelled(len(missed)))} were missed: {names}."),)
    promise = missed[0]
    figures = {piece.figure.rpartition(".")[2]: piece for piece in promise.short if piece.figure}
    if promise.loss_words and "result" in figures and "allowed" in figures:
        return (
            Piece(f" One was missed: {lower_first(promise.loss_words)} for "),
            figures["result"],
            Piece(", and the limit was "),
            figures["allowed"],
            Piece("."),
        )
    return (Piece(f" One was missed: “{promise.name}”. "), *promise.short)


def _some(number: int, one: str, several: str) -> str:
    return f"{spelled(number)} {one if number == 1 else several}" if number else ""
