"""The sentences that the rules draft for a review: what was missed first, then what it cost, what was kept, what is
open, and the best gain. The service level manager may edit each; the figures in them stay bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.language.numbers import count, of, upper_first
from portal.language.phrases import LETTERS
from portal.language.sentences import Printed, figure
from portal.language.ways import Voice
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
    promises: Sequence[Told], impacts: dict[Address, Impact], worths: Sequence[Worth], card: Scorecard, language: str
) -> list[Draft]:
    """All sentences of a review, in their order on the page."""
    voice = Voice(language)
    cover = [*_cover_missed(promises, impacts, voice), *_cover_losses(worths), _cover_score(promises, card, voice)]
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
    badge = told.words.say(f"status.{told.status}")
    return told.words.say("badge.so_far", badge=badge) if told.standing.is_open and told.status in KEPT else badge


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


def _cover_missed(promises: Sequence[Told], impacts: dict[Address, Impact], voice: Voice) -> list[Draft]:
    missed = _missed(promises)
    drafts = [
        Draft(f"cover.{told.rows.anchor}", COVER, "M", f"{told.phrases.cover}{_worst(told, impacts)}")
        for told in missed[:MISSED_TOLD]
    ]
    rest = missed[MISSED_TOLD:]
    if rest:
        way = "cover.more_one" if len(rest) == 1 else "cover.more"
        more = voice.say(way, number=upper_first(voice.spelled(len(rest))), names=voice.names(_names(rest)))
        drafts.append(Draft("cover.more-missed", COVER, "M", more))
    return drafts


def _worst(told: Told, impacts: dict[Address, Impact]) -> str:
    """When most of it happened, and whether that was the reader's busiest time."""
    worst = worst_event(told)
    if worst is None:
        return ""
    impact = impacts.get(told.rows.address)
    is_busiest = impact is not None and impact.is_busiest(worst.started_at, worst.ended_at)
    busiest = told.words.say("cover.busiest") if is_busiest else ""
    when = figure(f"{told.rows.anchor}.worst")
    return f" {told.words.say('cover.most' if worst.is_most else 'cover.longest', worst=when, busiest=busiest)}"


def _names(promises: Iterable[Told]) -> list[str]:
    return [told.words.say("named", name=told.words.name) for told in promises]


def _cover_losses(worths: Iterable[Worth]) -> list[Draft]:
    return [
        Draft(f"cover.value.{worth.slug}", COVER, f"ev-{worth.grade}", worth.cover)
        for worth in worths
        if worth.is_loss and worth.cover
    ]


def _cover_score(promises: Sequence[Told], card: Scorecard, voice: Voice) -> Draft:
    """How many were kept, which of them only just, and how those stand whose period is not over yet."""
    later = _cover_later(promises, voice)
    if not card.judged:
        return Draft("cover.score", COVER, "N", later.strip() or voice.say("cover.unjudged"))
    if not card.kept:
        text = f"{voice.say('cover.none', judged=figure('score.judged'))}{later}"
        return Draft("cover.score", COVER, "M", text)
    text = voice.say("cover.kept_one" if card.kept == 1 else "cover.kept", kept=figure("score.kept"))
    close = [told for told in promises if told.status == "close" and not told.standing.is_open]
    if len(close) == 1:
        text += voice.say("cover.just_one", clause=close[0].phrases.cover)
    elif close:
        text += voice.say("cover.just", number=voice.spelled(len(close)), names=voice.names(_names(close)))
    else:
        text += "."
    return Draft("cover.score", COVER, "K", f"{text}{later}")


def _cover_later(promises: Iterable[Told], voice: Voice) -> str:
    """What is not over yet counts as neither kept nor missed; said with a space before it, empty when there is none."""
    later = [told for told in promises if told.standing.is_open]
    if not later:
        return ""
    if len(later) > NAMED:
        kept = voice.spelled(sum(told.status in KEPT for told in later))
        return f" {voice.say('cover.later_many', number=upper_first(voice.spelled(len(later))), kept=kept)}"
    named = [
        voice.say("named.status", name=told.words.name, status=_status_words(told).lower()) for told in later[:NAMED]
    ]
    return f" {voice.say('cover.later', names=voice.names(named))}"


def _cover_gaps(promises: Iterable[Told]) -> list[Draft]:
    gaps = [told for told in promises if told.status == "data_gap"]
    text = " ".join(told.phrases.cover for told in gaps)
    return [Draft("cover.data-gap", COVER, LETTERS["data_gap"], text)] if text else []


def _cover_gain(worths: Iterable[Worth]) -> list[Draft]:
    """The gain with the best evidence; the others stand in their own section."""
    gains = [worth for worth in worths if worth.cover and not worth.is_loss]
    best = min(gains, key=lambda worth: worth.grade, default=None)
    return [Draft(f"cover.value.{best.slug}", COVER, f"ev-{best.grade}", best.cover)] if best else []
