"""Sentences of promises about time: how long a service could not be used, and how long was allowed."""

from fractions import Fraction

from portal.language.durations import (
    agree,
    allowed_time,
    in_words,
    lost_and_allowed,
    lost_time,
    time_over,
)
from portal.language.facts import PromiseWords, TimeFacts
from portal.language.numbers import lower_first, percent
from portal.language.phrases import STATUS_WORDS, Figures, Phrases

NO_ROOM = "No room was agreed"


def _loss(words: PromiseWords) -> str:
    return words.loss or f"“{words.name}” was not possible"


def _short_loss(words: PromiseWords) -> str:
    return words.short_loss or "Not possible"


def _pair(facts: TimeFacts) -> tuple[str, str]:
    return lost_and_allowed(facts.lost, facts.allowed or Fraction(0))


def _result(figures: Figures, printed: str) -> str:
    return figures("result", printed, "time lost")


def _spoken(figures: Figures, part: str, printed: str, name: str) -> str:
    """The same figure as a sentence says it, where that differs from its short form."""
    said = in_words(printed)
    return figures(part if said == printed else f"{part}_words", said, name)


def _short(words: PromiseWords, facts: TimeFacts, figures: Figures) -> str:
    lost, allowed = _pair(facts)
    said = f"{_short_loss(words)} for {_result(figures, lost)}." if facts.lost else "No time was lost."
    if not facts.allowed:
        return said
    return f"{said} Allowed: {figures('allowed', allowed, 'time allowed')}."


def kept(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    figures = Figures(words)
    lost, allowed = _pair(facts)
    short = _short(words, facts, figures)
    limit = figures("allowed", allowed, "time allowed")
    promised = f"We had promised at most {limit}" if facts.allowed else f"{NO_ROOM}"
    if facts.lost:
        said = f"{_loss(words)} for {_result(figures, lost)} {words.when}."
    else:
        said = f"No time was lost {words.when}."
    return Phrases(f"{said} {promised}{words.so_kept}", short, STATUS_WORDS["kept"], figures.all())


def close(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    figures = Figures(words)
    lost, allowed = _pair(facts)
    short = _short(words, facts, figures)
    said = lower_first(_loss(words))
    result = _result(figures, lost)
    limit = figures("allowed", allowed, "time allowed")
    clause = f"{said} for {result}, and {limit} {agree(allowed, 'was', 'were')} allowed"
    return Phrases(f"{words.only_just}: {clause}.", short, STATUS_WORDS["close"], figures.all(), cover=clause)


def missed(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """More was lost than allowed."""
    figures = Figures(words)
    lost, allowed = _pair(facts)
    short = _short(words, facts, figures)
    result = _result(figures, lost)
    if not facts.allowed:
        key = f"{_loss(words)} for {result} {words.when}. {NO_ROOM}, so we missed this promise."
        cover = f"**{_loss(words)} for {result}.** {NO_ROOM}."
        return Phrases(key, short, STATUS_WORDS["missed"], figures.all(), cover=cover)
    over = time_over(facts.lost, facts.allowed)
    limit = figures("allowed", allowed, "time allowed")
    beyond = _spoken(figures, "over", over, "time beyond the promise")
    key = (
        f"{_loss(words)} for {result} {words.when}. We had promised at most {limit},"
        f" so we missed this promise by {beyond}."
    )
    cover = f"**{_loss(words)} for {result}.** We had promised at most {limit}."
    badge = f"Missed by {figures('over', over, 'time beyond the promise')}"
    return Phrases(key, short, badge, figures.all(), cover=cover)


def at_risk(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """The running month uses its room too fast."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    left = allowed_time(max((facts.allowed or Fraction(0)) - facts.lost, Fraction(0)))
    key = (
        f"{_spoken(figures, 'left', left, 'time left')} {agree(left, 'is', 'are')} left for the rest of {words.period}."
    )
    if facts.if_nothing_else is not None:
        ends = figures("end", percent(facts.if_nothing_else, words.decimals), "if nothing else happens")
        key += f" If nothing else happens, it ends at {ends}."
    return Phrases(key, short, STATUS_WORDS["at_risk"], figures.all())


def trial(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """Measured, no target yet; time without data is neither lost nor not lost."""
    figures = Figures(words)
    if not facts.counted:
        return no_cases(words, facts, "", "trial")
    if facts.is_gap:
        known, gap = _known(words, facts, figures), _gap(facts, figures)
        key = f"{known} {gap} {words.when}: too much to tell how it went. There is no target yet."
        return Phrases(key, f"{known} {gap}. No target yet.", STATUS_WORDS["trial"], figures.all())
    whole = figures("whole", allowed_time(facts.counted - facts.unknown), "time that counts")
    said = f"No time of {whole}{' measured was' if facts.unknown else ' was'} lost"
    short = said
    if facts.known_lost:
        of_whole = (
            f"for {_result(figures, lost_time(facts.known_lost))} of {whole}{' measured' if facts.unknown else ''}"
        )
        said, short = f"{_loss(words)} {of_whole}", f"{_short_loss(words)} {of_whole}"
    gap = f" {_gap(facts, figures)}." if facts.unknown else ""
    key = f"{said} {words.when}.{gap} We measure it, and there is no target yet."
    return Phrases(key, f"{short}.{gap} No target yet.", STATUS_WORDS["trial"], figures.all())


def _known(words: PromiseWords, facts: TimeFacts, figures: Figures) -> str:
    """What was lost of the time that has data."""
    if facts.counted <= facts.unknown:
        return "Nothing was measured."
    if not facts.known_lost:
        return "No time measured was lost."
    return f"{_short_loss(words)} for {_result(figures, lost_time(facts.known_lost))} of the time measured."


def _gap(facts: TimeFacts, figures: Figures) -> str:
    unknown = lost_time(facts.unknown)
    return f"{figures('unknown', unknown, 'time without data')} {agree(unknown, 'has', 'have')} no data"


def data_gap(words: PromiseWords, facts: TimeFacts, certain: str) -> Phrases:
    """Too little is known to judge, unless the unknown cannot change the verdict."""
    figures = Figures(words)
    known = _known(words, facts, figures)
    gap = _gap(facts, figures)
    ending = {
        "kept": "The promise would be kept even if all of that had been lost.",
        "missed": "The promise is missed whatever happened then.",
    }.get(certain, "So we cannot judge: it could be kept or missed.")
    cover = f"For the {lower_first(words.short_name or words.name)}, {gap}."
    return Phrases(
        f"{known} {gap}. {ending}",
        f"{known} {gap}.",
        STATUS_WORDS["data_gap"],
        figures.all(),
        cover=cover,
    )


def no_cases(words: PromiseWords, _facts: TimeFacts, _certain: str, status: str = "no_cases") -> Phrases:
    """No second of the period counts."""
    said = f"No time of {words.period} counts, so there is nothing to judge."
    return Phrases(said, said, STATUS_WORDS[status], ())
