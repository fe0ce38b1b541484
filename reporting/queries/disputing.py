"""A page under dispute: the cell shows D and both figures stand side by side, until it is settled.

The frozen figures stay as they are; what the reader counts is said beside them, and never takes their name.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from zlib import crc32

from portal.language import dates, durations
from portal.language.facts import TimeFacts, read
from portal.language.numbers import NBSP, and_list, bare_percent, lower_first, of, spelled
from portal.language.phrases import STATUS_WORDS
from portal.language.printed import printed_in
from portal.language.sentences import Piece, Sentence, plain
from portal.language.ways import VARIANTS, Voice
from reporting.models import Dispute
from reporting.queries.page_parts import ChartRow, CoverItem, Half, Head, Promise, ReviewPage
from reporting.queries.talk_parts import DisputeView
from slas.models import TargetKind

CLAIM = "claim."
KEPT = ("kept", "close")  # what the score counts as kept
MONTH = re.compile(r"\d{4}-\d{2}")


def subject_of(anchor: str, month: str) -> str:
    """What a figure is judged with, once: its promise in the month of the review (`2026-10`), the promise in another
    month (`orders.2026-03`), a statement of value (`value.online`), or the score.
    """
    part = anchor.partition(".")[2]
    return anchor if MONTH.fullmatch(part) and part != month else family_of(anchor)


def family_of(anchor: str) -> str:
    """What a figure belongs to: a promise (`orders`), a statement of value (`value.online`), the score."""
    owner, _, part = anchor.partition(".")
    return f"{owner}.{part.partition('.')[0]}" if owner == "value" else owner


def place_of(anchor: str) -> str:
    """The element of the review's page that shows a figure: its promise, its row of worth, or the count of promises."""
    owner, _, part = anchor.partition(".")
    if owner == "value":
        return f"worth.{part.partition('.')[0]}"
    return "cover.score" if owner == "score" else owner


def claim_view(
    dispute: Dispute, promise: Promise | None, *, month: str, zone: str, may_answer: bool, may_settle: bool
) -> DisputeView:
    """What the reader counts, in the same form as the printed figure; `promise` where its month is disputed."""
    answered = dispute.answered_at is not None
    subject = subject_of(dispute.figure.anchor, month)
    facts = read(TargetKind.AVAILABILITY, dispute.claimed_result) if dispute.claimed_result else None
    claim: Sentence = ()
    note, when, on, time = "", "", "", ""
    if isinstance(facts, TimeFacts) and dispute.claimed_from and dispute.claimed_until:
        start, end = (dates.local(at, zone) for at in (dispute.claimed_from, dispute.claimed_until))
        on = dates.day_long(start.date())
        when = f"{on}, {dates.from_to(start, end)}"
        time = durations.in_words(durations.lost_time(Fraction(int((end - start).total_seconds()))))
        printed = plain(_printed(promise)) if promise else dispute.figure.printed
        decimals = dispute.figure.target.decimals if dispute.figure.target else 0
        claim = (Piece(_like(printed, facts, decimals), f"{CLAIM}{subject}"),)
        note = _claim_note(facts, str((dispute.claimed_result or {}).get("status")), decimals)
    return DisputeView(
        id=dispute.pk,
        subject=subject,
        promise=promise.anchor if promise else "",
        name=promise.name if promise else dispute.figure.name,
        claim=claim,
        claim_note=note,
        claimed_when=when,
        claimed_on=on,
        claimed_time=time,
        is_answered=answered,
        is_agreed=bool(dispute.is_agreed),
        may_answer=may_answer and not answered,
        may_settle=may_settle and answered,
        may_withdraw=may_settle,
    )


def _printed(promise: Promise) -> Sentence:
    """The figure under dispute as it is printed: the first of the promise's line."""
    return tuple(piece for piece in promise.short if piece.figure)[:1] or (Piece(promise.value),)


def _like(printed: str, facts: TimeFacts, decimals: int) -> str:
    """In the unit of the figure beside it: hours and minutes, minutes alone, or percent."""
    if f"{NBSP}h" in printed:
        return durations.lost_time(facts.lost)
    if printed.endswith(f"{NBSP}min"):
        return durations.minutes(facts.lost, lost=True)
    return _share(facts, decimals)


def _share(facts: TimeFacts, decimals: int) -> str:
    """The share of the counted time that was not lost."""
    share = (facts.counted - facts.lost) / facts.counted if facts.counted else Fraction(0)
    return f"{bare_percent(share, decimals)}{NBSP}%"


def _claim_note(facts: TimeFacts, status: str, decimals: int) -> str:
    said = f"{_share(facts, decimals)}, {STATUS_WORDS[status].lower()}"
    if status == "missed" and facts.allowed:
        said += f" by {durations.time_over(facts.lost, facts.allowed)}"
    return f"{said}."


def disputed_page(page: ReviewPage, disputes: Sequence[DisputeView]) -> ReviewPage:
    """The page with its disputed promises shown as such; without disputes the very same page."""
    if not disputes:
        return page
    by_promise = {dispute.promise: dispute for dispute in disputes if dispute.promise}
    promises = [_disputed(each, by_promise.get(each.anchor), page.head) for each in page.promises]
    told = [each for each in promises if each.needs_attention]
    rest = [each for each in promises if not each.needs_attention]
    return replace(
        page,
        score=replace(page.score, kept=page.score.kept - _kept_disputed(page, disputes)),
        cover=_disputed_cover(page, disputes),
        chart=tuple(_disputed_row(row, {dispute.subject for dispute in disputes}) for row in page.chart),
        promises=(*told, *rest),
    )


def since_issue(page: ReviewPage, disputes: Sequence[DisputeView]) -> Sentence:
    """What has changed since the edition was issued, with the figure as it was issued."""
    as_issued = next((piece for item in page.cover for piece in item.sentence if piece.figure == "score.kept"), None)
    if as_issued is None or not _kept_disputed(page, disputes):
        return ()
    said = "One figure is" if sum(bool(dispute.promise) for dispute in disputes) == 1 else "Figures are"
    return (
        Piece(
            f"{said} under dispute since this edition was issued, and counted as neither kept nor missed. As issued: "
        ),
        Piece(as_issued.text, as_issued.figure),
        Piece(" kept."),
    )


def _kept_disputed(page: ReviewPage, disputes: Sequence[DisputeView]) -> int:
    """A month of the past, a sum that no promise carries and a period that still ran count for nothing in the score."""
    disputed = {dispute.promise for dispute in disputes}
    return sum(each.anchor in disputed and each.status in KEPT and not each.is_open for each in page.promises)


def _disputed(promise: Promise, dispute: DisputeView | None, head: Head) -> Promise:
    if dispute is None:
        return promise
    badge: Sentence = (Piece("Disputed"),)
    if promise.needs_attention:  # the figure was missed as we count, and stays on the page as it was issued
        badge = (Piece("Disputed. As we count: "), *promise.badge)
    both = _both_counts(promise, dispute)
    halves = (*both, *promise.halves) if dispute.claim or not promise.halves else promise.halves
    return replace(
        promise,
        letter="D",
        badge=badge,
        key=promise.key or _key(promise, dispute, _voice(promise, head)),
        halves=halves,
        needs_attention=True,
    )


def _voice(promise: Promise, head: Head) -> Voice:
    """In which of several ways a promise under dispute is told: always the same one in one review."""
    return Voice(head.language, crc32(f"{promise.anchor} {head.unit_slug} {head.month}".encode()) % VARIANTS)


def _key(promise: Promise, dispute: DisputeView, voice: Voice) -> Sentence:
    """Our count and its limit, then what the reader says."""
    said = plain(promise.short)
    figures = {piece.figure.rpartition(".")[2]: piece.text for piece in promise.short if piece.figure}
    if promise.loss_words and "result" in figures and "allowed" in figures:
        ours, limit = figures["result"], figures["allowed"]
        were = durations.agree(limit, "was", "were")
        if ours.endswith(f"{NBSP}min") and NBSP not in limit.removesuffix(f"{NBSP}min"):
            limit = limit.removesuffix(f"{NBSP}min")
        ours = printed_in(voice.language, durations.in_words(ours))
        said = voice.say("dispute.lost", loss=promise.loss_words, ours=ours, limit=limit, were=were)
    if not dispute.claimed_on:
        return (Piece(voice.say("dispute.wrong", said=said)),)
    time, on = (printed_in(voice.language, words) for words in (dispute.claimed_time, dispute.claimed_on))
    return (Piece(voice.say("dispute.more", said=said, time=time, on=on)),)


def _both_counts(promise: Promise, dispute: DisputeView) -> tuple[Half, ...]:
    printed = _printed(promise)
    rest = tuple(piece for piece in promise.short if piece.figure and piece not in printed)
    status = f"{promise.value}{NBSP}%, " if "." in promise.value else ""
    note: Sentence = (Piece(f"{status}{STATUS_WORDS[promise.status].lower()}."),)
    if len(rest) == 1 and rest[0].figure.endswith(".allowed"):
        note = (*note, Piece(" Allowed: "), rest[0], Piece("."))
    elif rest:
        note = promise.short
    ours = Half("As IT counts", printed, note)
    if not dispute.claim:
        return (ours,)
    note = (Piece(f"{dispute.claim_note} Also on {dispute.claimed_when}."),)
    return (ours, Half("As you count", dispute.claim, note))


def _disputed_row(row: ChartRow, subjects: set[str]) -> ChartRow:
    cells = [replace(cell, letter="D") if cell.value.figure in subjects else cell for cell in row.cells]
    if row.anchor in subjects:
        cells[-1] = replace(cells[-1], letter="D")
    return replace(row, cells=tuple(cells))


def _disputed_cover(page: ReviewPage, disputes: Sequence[DisputeView]) -> tuple[CoverItem, ...]:
    said = _cover_sentence(page, disputes)
    lowered = _kept_disputed(page, disputes)
    items = [_recounted(item, page, lowered) for item in page.cover]
    for place, item in enumerate(items):
        if item.anchor == "cover.data-gap":
            items[place] = CoverItem(item.anchor, "D", (*said, Piece(" "), *item.sentence))
            return tuple(items)
    scored = [place for place, item in enumerate(items) if item.anchor == "cover.score"]
    items.insert(scored[0] + 1 if scored else len(items), CoverItem("cover.disputed", "D", said))
    return tuple(items)


def _recounted(item: CoverItem, page: ReviewPage, lowered: int) -> CoverItem:
    """The count of kept promises as it stands now; the issued one is said below the list."""
    if not lowered:
        return item
    now = of(page.score.kept - lowered, page.score.judged)
    pieces = [Piece(now, "", piece.strong) if piece.figure == "score.kept" else piece for piece in item.sentence]
    return replace(item, sentence=tuple(pieces))


def _cover_sentence(page: ReviewPage, disputes: Sequence[DisputeView]) -> Sentence:
    if len(disputes) > 1:
        names = and_list([f"“{dispute.name}”" for dispute in disputes])
        return (Piece(f"You dispute {spelled(len(disputes))} figures: {names}."),)
    dispute = disputes[0]
    promise = next((each for each in page.promises if each.anchor == dispute.promise), None)
    if promise is None or not dispute.claim:
        return (Piece(f"You dispute one figure: “{dispute.name}”."),)
    ours, yours = (plain(part) for part in (_printed(promise), dispute.claim))
    if ours.endswith(f"{NBSP}min") and yours.endswith(f"{NBSP}min"):
        yours = yours.removesuffix(f"{NBSP}min")
    without = f" without {lower_first(promise.short_name)}"
    return (
        Piece(f"You dispute one figure: we count {durations.in_words(ours)}{without}, you count "),
        Piece(yours, f"{CLAIM}{promise.anchor}"),
        Piece("."),
    )
