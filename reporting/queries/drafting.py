"""The sentences that the rules draft for a review: what was missed first, then what it cost, what was kept, what is
open, and the best gain. The service level manager may edit each; the figures in them stay bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.language.numbers import and_list, count, of, spelled, upper_first
from portal.language.phrases import LETTERS, STATUS_WORDS
from portal.language.sentences import Printed, figure
from reporting.queries.page_parts import SumLine
from reporting.queries.promise_parts import Told, worst_event
from reporting.queries.review_rows import Address
from reporting.queries.worth import Impact, Worth
from reporting.scorecard import Scorecard

MISSED_TOLD = 3
NAMED = 3  # promises whose period still runs
KEPT = ("kept", "close")
COVER, PROMISE, WORTH = "cover", "promise", "worth"


@dataclass(frozen=True)
class Draft:
    """A drafted sentence: where it stands, the mark before it, and its text with named figures."""

    anchor: str
    section: str
    mark: str
    text: str


def draft_sentences(
    promises: Sequence[Told], impacts: dict[Address, Impact], worths: Sequence[Worth], card: Scorecard
) -> list[Draft]:
    """All sentences of a review, in their order on the page."""
    cover = [*_cover_missed(promises, impacts), *_cover_losses(worths), _cover_score(promises, card)]
    cover += [*_cover_gaps(promises), *_cover_gain(worths)]
    keys = [Draft(f"promise.{told.rows.anchor}", PROMISE, "", told.phrases.key) for told in promises]
    rows = [Draft(f"worth.{worth.slug}", WORTH, "", worth.text) for worth in worths]
    return [*cover, *keys, *rows]


def score_lines(promises: Iterable[Told], card: Scorecard) -> list[SumLine]:
    """How the count of kept promises was made: each promise with its status, then the count."""
    lines = [
        SumLine("promise", told.words.name, told.target.sentence, told.status, _status_words(told)) for told in promises
    ]
    total = "Judged are all but trials, promises without a case and what still runs; only just kept is kept."
    kept = of(card.kept, card.judged)
    return [*lines, SumLine("kept", "Kept, of those judged", total, f"{card.kept}/{card.judged}", kept, "result")]


def _status_words(told: Told) -> str:
    so_far = " so far" if told.standing.is_open and told.status in KEPT else ""
    return f"{STATUS_WORDS[told.status]}{so_far}"


def score_figures(card: Scorecard) -> list[Printed]:
    """The figures of the month as a whole."""
    return [
        Printed("score.kept", of(card.kept, card.judged), "Promises kept"),
        Printed("score.judged", count(card.judged), "Promises judged"),
    ]


def _missed(promises: Iterable[Told]) -> list[Told]:
    """Missed promises, the one that used most of its room first."""
    missed = [told for told in promises if told.status == "missed"]
    return sorted(missed, key=lambda told: -(told.attainment.used or 0) if told.attainment else 0)


def _cover_missed(promises: Sequence[Told], impacts: dict[Address, Impact]) -> list[Draft]:
    missed = _missed(promises)
    drafts = [
        Draft(f"cover.{told.rows.anchor}", COVER, "M", f"{told.phrases.cover}{_worst(told, impacts)}")
        for told in missed[:MISSED_TOLD]
    ]
    rest = missed[MISSED_TOLD:]
    if rest:
        names = and_list([f"“{told.words.name}”" for told in rest])
        more = (
            "One more promise was missed" if len(rest) == 1 else f"{upper_first(spelled(len(rest)))} more were missed"
        )
        drafts.append(Draft("cover.more-missed", COVER, "M", f"{more}: {names}."))
    return drafts


def _worst(told: Told, impacts: dict[Address, Impact]) -> str:
    """When most of it happened, and whether that was the reader's busiest time."""
    worst = worst_event(told)
    if worst is None:
        return ""
    said = "Most of it fell on" if worst.is_most else "The longest time was"
    impact = impacts.get(told.rows.address)
    busiest = ", your busiest time" if impact and impact.is_busiest(worst.started_at, worst.ended_at) else ""
    return f" {said} {figure(f'{told.rows.anchor}.worst')}{busiest}."


def _cover_losses(worths: Iterable[Worth]) -> list[Draft]:
    return [
        Draft(f"cover.value.{worth.slug}", COVER, f"ev-{worth.grade}", worth.cover)
        for worth in worths
        if worth.is_loss and worth.cover
    ]


def _cover_score(promises: Sequence[Told], card: Scorecard) -> Draft:
    """How many were kept, which of them only just, and how those stand whose period is not over yet."""
    later = _cover_later(promises)
    if not card.judged:
        text = later.strip() or "No promise could be judged this month."
        return Draft("cover.score", COVER, "N", text)
    if not card.kept:
        text = f"**None of the {figure('score.judged')} promises was kept.**{later}"
        return Draft("cover.score", COVER, "M", text)
    noun = "promise was" if card.kept == 1 else "promises were"
    text = f"**{figure('score.kept')} {noun} kept**"
    close = [told for told in promises if told.status == "close" and not told.standing.is_open]
    if len(close) == 1:
        text += f", one of them only just: {close[0].phrases.cover}."
    elif close:
        names = and_list([f"“{told.words.name}”" for told in close])
        text += f", {spelled(len(close))} of them only just: {names}."
    else:
        text += "."
    return Draft("cover.score", COVER, "K", f"{text}{later}")


def _cover_later(promises: Iterable[Told]) -> str:
    """What is not over yet counts as neither kept nor missed; said with a space before it, empty when there is none."""
    later = [told for told in promises if told.standing.is_open]
    names = and_list([f"“{told.words.name}” ({_status_words(told).lower()})" for told in later[:NAMED]])
    if not later:
        return ""
    if len(later) > NAMED:
        kept = sum(told.status in KEPT for told in later)
        number, of_them = upper_first(spelled(len(later))), spelled(kept) if kept else "none"
        return f" {number} promises are not over yet, {of_them} of them kept so far."
    return f" Not over yet: {names}."


def _cover_gaps(promises: Iterable[Told]) -> list[Draft]:
    gaps = [told for told in promises if told.status == "data_gap"]
    text = " ".join(told.phrases.cover for told in gaps)
    return [Draft("cover.data-gap", COVER, LETTERS["data_gap"], text)] if text else []


def _cover_gain(worths: Iterable[Worth]) -> list[Draft]:
    """The gain with the best evidence; the others stand in their own section."""
    gains = [worth for worth in worths if worth.cover and not worth.is_loss]
    best = min(gains, key=lambda worth: worth.grade, default=None)
    return [Draft(f"cover.value.{best.slug}", COVER, f"ev-{best.grade}", best.cover)] if best else []
