"""The page of a review from its working rows: one frozen object that every rendering is drawn from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from portal.language import dates
from portal.language.beside import as_text
from portal.language.numbers import lower_first
from portal.language.phrases import LETTERS
from portal.language.printed import printed_in
from portal.language.sentences import NotBound, Piece, Printed, Sentence, bind
from portal.language.told_in import told_in
from portal.language.ways import Voice, variants
from reporting.layout import Interpretation, Section, Subject, Terms, subject_of
from reporting.models import ReviewParagraph, ServiceReview
from reporting.queries import agreed, promise_parts
from reporting.queries.beside import list_plans
from reporting.queries.drafting import COVER, PROMISE, WORTH, Draft, draft_sentences, score_figures, score_lines
from reporting.queries.happened import list_events
from reporting.queries.in_language import in_language, worth_in
from reporting.queries.layouts import terms_of
from reporting.queries.page_parts import (
    ChartRow,
    CoverItem,
    FigureEntry,
    FollowUpRow,
    MonthCell,
    Promise,
    ReviewPage,
    Score,
    SumLine,
    WorthRow,
    printed_figures,
)
from reporting.queries.promise_parts import NOTHING, Told, tell
from reporting.queries.review_rows import Address, PromiseRows, address_of, list_promises, twelve_months
from reporting.queries.rules import rule_sentences
from reporting.queries.worth import Impact, Worth, list_impacts, list_statements, tell_worth
from reporting.scorecard import Scorecard, score
from slas.calculation.periods import add_months
from slas.calculation.proof import RULES_VERSION
from slas.models import Attainment

# What is told first: missed, then what cannot be judged, then what was only just kept.
ORDER = {"missed": 0, "data_gap": 1, "at_risk": 2, "close": 3, "kept": 4, "trial": 5, "no_cases": 6}


@dataclass(frozen=True)
class Material:
    """Everything that is told of a month before sentences are chosen; `drafts` are the rules' own sentences."""

    review: ServiceReview
    promises: Sequence[Told]
    impacts: dict[Address, Impact]
    worths: Sequence[Worth]
    card: Scorecard
    drafts: Sequence[Draft]
    printed: Mapping[str, Printed]
    terms: Terms
    plans: Mapping[int, list[str]]

    @property
    def strings(self) -> dict[str, str]:
        """The figures that a sentence may name, printed in the form of the review's language."""
        return {anchor: printed_in(self.terms.language, figure.text) for anchor, figure in self.printed.items()}

    @property
    def names(self) -> list[str]:
        """Names of promises and goals, which may hold digits."""
        return [told.words.name for told in self.promises] + [worth.goal for worth in self.worths]

    @property
    def told(self) -> list[str]:
        """What people wrote and sentences repeat: causes of stops, and what will be done. It may hold digits too."""
        results = [told.attainment.result for told in self.promises if told.attainment]
        causes = [str(event.get("cause") or "") for result in results for event in list_events(result)]
        said = [as_text(words) for words in (*causes, *(title for titles in self.plans.values() for title in titles))]
        return [each for words in filter(None, said) for each in (words, lower_first(words))]


def gather(*, review: ServiceReview) -> Material:
    """Read what the month's review is made of: nothing that its report agreement does not show."""
    month, terms = review.month, terms_of(layout=review.report_agreement)
    rows = list_promises(unit=review.business_unit, month=month)
    statements = list_statements(unit=review.business_unit)
    found = {each.address: each.covering(month) for each in rows}
    current = {address: attainment for address, attainment in found.items() if attainment}
    impacts = list_impacts(statements=statements, attainments=current, month=month, zone=_zone(review, rows))
    voices = _voices(review, rows, current, terms)
    plans = list_plans(unit=review.business_unit, services=[each.target.service_id for each in rows])
    told = [
        tell(each, month, *_hits(impacts.get(each.address)), voice=voices[each.anchor], plans=plans) for each in rows
    ]
    promises = {each.rows.address: each for each in told}
    worths = []
    for statement in statements if Section.WORTH in terms.sections else ():
        address = address_of(statement.target) if statement.target else ("", "")
        promise = promises.get(address)
        worth = tell_worth(
            statement=statement,
            month=month,
            impact=impacts.get(address),
            line=promise.phrases.short if promise else "",
            line_figures=promise.phrases.figures if promise else (),
        )
        worths.append(worth_in(terms.language, worth))
    card = score(each.standing for each in told)
    drafts = draft_sentences(told, impacts, worths, card, terms.language)
    return Material(review, told, impacts, worths, card, drafts, _printed(told, worths, card), terms, plans)


def _voices(
    review: ServiceReview, rows: Sequence[PromiseRows], current: Mapping[Address, Attainment], terms: Terms
) -> dict[str, Voice]:
    """In which way each promise is told: neighbours on the page are not told in the same one."""

    def urgency(each: PromiseRows) -> tuple[int, float]:
        attainment = current.get(each.address)
        status = attainment.status if attainment else "no_cases"
        return ORDER[status], -(attainment.used or 0) if attainment and status == "missed" else 0

    anchors = [each.anchor for each in sorted(rows, key=urgency)]
    chosen = variants(review.business_unit.slug, f"{review.month:%Y-%m}", anchors)
    return {anchor: Voice(terms.language, number) for anchor, number in zip(anchors, chosen, strict=True)}


def _zone(review: ServiceReview, rows: Sequence[PromiseRows]) -> str:
    return rows[0].target.agreement.time_zone if rows else review.tenant.time_zone


def _hits(impact: Impact | None) -> tuple[Mapping[str, int], str]:
    return (impact.by_event, impact.profile.unit_words) if impact else ({}, "")


def _printed(told: Sequence[Told], worths: Sequence[Worth], card: Scorecard) -> dict[str, Printed]:
    figures = [*score_figures(card)]
    figures += [figure for each in told for figure in promise_parts.candidates(each)]
    figures += [figure for worth in worths for figure in worth.figures]
    return {figure.anchor: figure for figure in figures}


def build_page(*, review: ServiceReview, now: datetime) -> ReviewPage:
    """The page as the working rows stand, with the manager's own sentences where there are any."""
    return page_of(material=gather(review=review), now=now)


def page_of(*, material: Material, now: datetime) -> ReviewPage:
    """The same from what was gathered already."""
    review, sections, language = material.review, material.terms.sections, material.terms.language
    paragraphs = list(ReviewParagraph.objects.filter(review=review).order_by("position", "anchor"))
    sentences = _sentences(material, paragraphs)
    page = ReviewPage(
        head=agreed.head(review=review),
        sections=sections,
        score=_score(material.card),
        cover=_cover(material, paragraphs, sentences),
        months=tuple(printed_in(language, dates.month_short(month)) for month in twelve_months(review.month)),
        chart=_chart(material),
        promises=_promises(material, sentences),
        worth=tuple(_worth_row(worth, material, sentences) for worth in material.worths),
        better=agreed.better_rows(review=review) if Section.BETTER in sections else (),
        follow_ups=_follow_ups(review, sections, now),
        rules=rule_sentences([told.target for told in material.promises], review.month, _zone_of(material)),
        rules_note=agreed.rules_note(review=review, rules_version=RULES_VERSION),
        figures=(),
    )
    page = replace(page, figures=_figures(page, material))
    return in_language(replace(page, interpretations=_interpretations(page, material.terms)), language)


def shown_subjects(page: ReviewPage) -> set[str]:
    """What a reader of the page must know how to read: each figure, and each status, also where no figure stands."""
    letters = {cell.letter for row in page.chart for cell in row.cells}
    statuses = {status for status, letter in LETTERS.items() if letter in letters}
    figures = {subject_of(figure.anchor, figure.status) for figure in page.figures}
    return figures | statuses | {promise.status for promise in page.promises}


def _interpretations(page: ReviewPage, terms: Terms) -> tuple[Interpretation, ...]:
    """How to read what the page shows, and what is disputed once it is issued."""
    subjects = shown_subjects(page) | {Subject.DISPUTED}
    return tuple(each for each in terms.interpretations if each.subject in subjects)


def _follow_ups(review: ServiceReview, sections: Sequence[str], now: datetime) -> tuple[FollowUpRow, ...]:
    if Section.DECISIONS not in sections:
        return ()
    credited, today = agreed.list_credits(review=review), agreed.today(review=review, now=now)
    return agreed.follow_up_rows(review=review, credited=credited, today=today)


def figure_sums(*, material: Material) -> dict[str, dict[str, Any]]:
    """How each figure that no promise carries was calculated, in the form of a proof, by what it belongs to:
    a statement of value (`value.online`) and the score.
    """
    language = material.terms.language
    sums = {
        f"value.{worth.slug}": _sum(worth.lines, told_in(language, f"Evidence: {worth.evidence}."), language)
        for worth in material.worths
    }
    return sums | {"score": _sum(score_lines(material.promises, material.card), "", language)}


def _sum(lines: Sequence[SumLine], closing: str, language: str) -> dict[str, Any]:
    return {"lines": [asdict(in_language(line, language)) for line in lines], "evidence": {"closing": closing}}


def _zone_of(material: Material) -> str:
    return _zone(material.review, [told.rows for told in material.promises])


def _sentences(material: Material, paragraphs: Iterable[ReviewParagraph]) -> dict[str, Sentence]:
    """The text of each anchor, bound: the manager's, or the rules' where a figure that it names is no longer there."""
    texts = {draft.anchor: draft.text for draft in material.drafts}
    strings = material.strings
    bound = {anchor: bind(text, strings) for anchor, text in texts.items()}
    for paragraph in paragraphs:
        try:
            bound[paragraph.anchor] = bind(paragraph.text, strings)
        except NotBound:
            bound.setdefault(paragraph.anchor, ())
    return bound


def _cover(
    material: Material, paragraphs: Sequence[ReviewParagraph], sentences: Mapping[str, Sentence]
) -> tuple[CoverItem, ...]:
    own = [(paragraph.anchor, paragraph.mark) for paragraph in paragraphs if paragraph.section == COVER]
    drafted = [(draft.anchor, draft.mark) for draft in material.drafts if draft.section == COVER]
    chosen = own if paragraphs else drafted
    return tuple(CoverItem(anchor, mark, sentences[anchor]) for anchor, mark in chosen if sentences[anchor])


def _score(card: Scorecard) -> Score:
    return Score(card.judged, card.kept, card.close, card.missed, card.data_gap, card.running, card.overall)


def _chart(material: Material) -> tuple[ChartRow, ...]:
    if Section.MONTHS not in material.terms.sections:
        return ()
    return tuple(_chart_row(told, material.review.month) for told in material.promises)


def _chart_row(told: Told, month: date) -> ChartRow:
    cells = tuple(_cell(told, each, month) for each in twelve_months(month))
    return ChartRow(told.rows.anchor, told.words.name, told.target.sentence, cells)


def _cell(told: Told, month: date, review: date) -> MonthCell:
    attainment = told.rows.standing_in(month, review)
    if attainment is None:
        return MonthCell(LETTERS["no_cases"], Piece(NOTHING), None)
    has_figure = any(letter.isdigit() for letter in attainment.value_words)
    value = told.figure(f"{month:%Y-%m}", attainment.value_words) if has_figure else Piece(attainment.value_words)
    return MonthCell(LETTERS[attainment.status], value, attainment.pk)


def _promises(material: Material, sentences: Mapping[str, Sentence]) -> tuple[Promise, ...]:
    def urgency(told: Told) -> tuple[int, float]:
        return ORDER[told.status], -(told.attainment.used or 0) if told.attainment else 0

    def rank(told: Told) -> tuple[int, float]:
        return urgency(told) if told.status == "missed" else (urgency(told)[0], 0)

    return tuple(_promise(told, material, sentences) for told in sorted(material.promises, key=rank))


def _promise(told: Told, material: Material, sentences: Mapping[str, Sentence]) -> Promise:
    strings, agreement, terms = material.strings, material.review.report_agreement, material.terms
    detailed = told.status == "missed"
    impact = material.impacts.get(told.rows.address)
    return Promise(
        anchor=told.rows.anchor,
        name=told.words.name,
        short_name=told.words.short_name,
        target_words=told.target.sentence,
        letter=told.letter,
        status=told.status,
        is_open=told.standing.is_open,
        loss_words=told.words.loss,
        unit_words=told.words.units,
        value=told.words.value,
        target_id=told.target.pk,
        attainment_id=told.attainment.pk if told.attainment else None,
        badge=bind(told.phrases.badge, strings),
        key=sentences[f"{PROMISE}.{told.rows.anchor}"] if detailed else (),
        short=bind(told.phrases.short, strings),
        needs_attention=detailed,
        budget=promise_parts.budget(told) if detailed and terms.shows_budget else None,
        halves=promise_parts.halves(told, agreement) if detailed and terms.shows_experienced else (),
        meaning=promise_parts.meaning(told, agreement) if detailed else None,
        proof=promise_parts.proof(told) if detailed else None,
        events=promise_parts.events(told, impact.note if impact else "") if detailed and terms.shows_events else None,
    )


def _worth_row(worth: Worth, material: Material, sentences: Mapping[str, Sentence]) -> WorthRow:
    return WorthRow(
        anchor=f"{WORTH}.{worth.slug}",
        goal=worth.goal,
        text=sentences[f"{WORTH}.{worth.slug}"],
        worth=bind(worth.worth, material.strings),
        under=worth.under,
        is_loss=worth.is_loss,
        grade=worth.grade,
        evidence=worth.evidence,
    )


def _figures(page: ReviewPage, material: Material) -> tuple[FigureEntry, ...]:
    """The complete list: every figure that the page prints, once, with what it rests on."""
    owners = {told.rows.anchor: told for told in material.promises}
    cells = {cell.value.figure: (row, cell) for row in page.chart for cell in row.cells}
    entries = []
    for anchor, printed in printed_figures(page).items():
        told = owners.get(anchor.partition(".")[0])
        if anchor in cells:
            entries.append(_cell_entry(anchor, printed, *cells[anchor], material))
        elif told is None:
            entries.append(FigureEntry(anchor, printed, material.printed[anchor].name))
        else:
            named = material.printed.get(anchor)
            name = named.name if named else f"{told.words.name}: {_line_name(anchor)}"
            pk = told.attainment.pk if told.attainment else None
            entries.append(FigureEntry(anchor, printed, name, told.status, told.target.pk, pk))
    return tuple(entries)


def _cell_entry(anchor: str, printed: str, row: ChartRow, cell: MonthCell, material: Material) -> FigureEntry:
    told = next(each for each in material.promises if each.rows.anchor == row.anchor)
    month = date.fromisoformat(f"{anchor.rpartition('.')[2]}-01")
    status = next(status for status, letter in LETTERS.items() if letter == cell.letter)
    covered = told.rows.covering(month)
    first = covered.period_start if covered else month
    last = add_months(covered.period_end, -1) if covered else month
    period = dates.month_year(month) if first == last else f"{dates.month_year(first)} to {dates.month_year(last)}"
    name = f"{row.name}: {period}"
    return FigureEntry(anchor, printed, name, status, told.target.pk, cell.attainment_id)


def _line_name(anchor: str) -> str:
    """What a half or a line of the sum is called: `orders.proof.time_lost` is “time lost”."""
    return anchor.rpartition(".")[2].replace("_", " ")
