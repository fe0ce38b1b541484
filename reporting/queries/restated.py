"""What a corrected edition says otherwise than the one before: both are frozen, so that the list never changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from portal.language.printed import printed_in
from portal.language.sentences import Sentence, figure, plain
from portal.language.told_in import told_in
from reporting.layout import IN_SHORT_NAME, SECTION_NAMES, Section
from reporting.models import Edition
from reporting.queries.frozen import frozen_edition
from reporting.queries.page_parts import EventRow, ReviewPage
from reporting.queries.talk_parts import Change, ChangeKind

NOT_SAID = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing that a page says: what it is about, its words, and what of them is compared, where that is less."""

    name: str
    words: str
    compared: str = ""


def list_changes(*, edition: Edition, page: ReviewPage) -> tuple[Change, ...]:
    """What differs from the edition before, kind by kind in the order of the page; what is gone comes last.

    `page` is that of the edition.
    """
    if edition.number == 1:
        return ()
    before = Edition.objects.defer("page").get(review=edition.review_id, number=edition.number - 1)
    return changes_between(frozen_edition(edition=before).page, page)


def changes_between(before: ReviewPage, now: ReviewPage) -> tuple[Change, ...]:
    """Each figure, status, sentence, event, meaning and rule that one page says otherwise than the other."""
    return tuple(change for kind, told in TOLD.items() for change in _differences(kind, told(before), told(now)))


def _differences(kind: ChangeKind, before: Mapping[str, _Said], now: Mapping[str, _Said]) -> Iterator[Change]:
    for key in [*now, *(key for key in before if key not in now)]:
        was, becomes = before.get(key), now.get(key)
        if was is None or becomes is None or (was.compared or was.words) != (becomes.compared or becomes.words):
            name = next(said.name for said in (becomes, was) if said)
            before_words, now_words = (said.words if said else NOT_SAID for said in (was, becomes))
            yield Change(key, name, before_words, now_words, kind)


def _figures(page: ReviewPage) -> dict[str, _Said]:
    return {entry.anchor: _Said(entry.name, entry.printed) for entry in page.figures}


def _statuses(page: ReviewPage) -> dict[str, _Said]:
    """Of the month, and of the months before it: the last of the chart is the month itself."""
    found = {promise.anchor: _Said(promise.name, promise.letter) for promise in page.promises}
    for row in page.chart:
        months = zip(page.months[:-1], row.cells[:-1], strict=True)
        found |= {f"{row.anchor}.{month}": _Said(f"{row.name}: {month}", cell.letter) for month, cell in months}
    return found


def _sentences(page: ReviewPage) -> dict[str, _Said]:
    """Compared without the figures in them, which are listed by themselves."""
    found = {item.anchor: (IN_SHORT_NAME, item.sentence) for item in page.cover}
    for promise in page.promises:
        found |= {f"{promise.anchor}.key": (promise.name, promise.key)}
        found |= {f"{promise.anchor}.short": (promise.name, promise.short)}
        for half in promise.halves:
            found |= {f"{promise.anchor}.{half.label}": (f"{promise.name}: {half.label}", half.note)}
    found |= {row.anchor: (row.goal, row.text) for row in page.worth}
    said = {key: _Said(name, plain(words), _without_figures(words)) for key, (name, words) in found.items() if words}
    return said | {f"{each.anchor}.target": _Said(each.name, each.target_words) for each in page.promises}


def _without_figures(sentence: Sentence) -> str:
    return "".join(figure(piece.figure) if piece.figure else piece.text for piece in sentence)


def _events(page: ReviewPage) -> dict[str, _Said]:
    """By the day and the time at which they began; those that began together, one after the other."""
    found: dict[str, _Said] = {}
    for promise in page.promises:
        for row in promise.events.rows if promise.events else ():
            key = f"{promise.anchor}.{row.day}.{row.start}"
            while key in found:
                key += "+"
            found[key] = _Said(f"{promise.name}: {row.day}", _event_words(row, page.head.language))
    return found


def _event_words(row: EventRow, language: str) -> str:
    times = printed_in(language, " to ".join(filter(None, (row.start, row.end))))
    counts = told_in(language, f"{row.minutes} min, {row.counted} counted")
    return ", ".join(filter(None, (times, counts, row.what)))


def _meanings(page: ReviewPage) -> dict[str, _Said]:
    found = {each.subject: _Said(each.name, each.sentence) for each in page.interpretations}
    return found | {
        f"{each.anchor}.means": _Said(each.name, each.meaning.text) for each in page.promises if each.meaning
    }


def _rules(page: ReviewPage) -> dict[str, _Said]:
    return {rule: _Said(SECTION_NAMES[Section.RULES], rule) for rule in (*page.rules, page.rules_note)}


TOLD: dict[ChangeKind, Callable[[ReviewPage], dict[str, _Said]]] = {
    ChangeKind.FIGURE: _figures,
    ChangeKind.STATUS: _statuses,
    ChangeKind.SENTENCE: _sentences,
    ChangeKind.EVENT: _events,
    ChangeKind.MEANING: _meanings,
    ChangeKind.RULE: _rules,
}
