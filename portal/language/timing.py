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
from portal.language.numbers import percent, upper_first
from portal.language.phrases import Figures, Phrases


def _loss(words: PromiseWords) -> str:
    return words.loss or words.say("loss", name=words.name)


def _short_loss(words: PromiseWords) -> str:
    return words.short_loss or words.say("loss.short")


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
    said = words.say("time.none")
    if facts.lost:
        said = f"{words.say('time.for', loss=_short_loss(words), result=_result(figures, lost))}."
    if not facts.allowed:
        return said
    return f"{said} {words.say('allowed', allowed=figures('allowed', allowed, 'time allowed'))}"


def _promised(words: PromiseWords, facts: TimeFacts, limit: str) -> str:
    return words.say("time.promised", allowed=limit) if facts.allowed else words.say("no_room")


def kept(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    figures = Figures(words)
    lost, allowed = _pair(facts)
    short = _short(words, facts, figures)
    limit = figures("allowed", allowed, "time allowed")
    said = words.say("time.none_when", when=words.when)
    if facts.lost:
        said = words.say("time.for_when", loss=_loss(words), result=_result(figures, lost), when=words.when)
    key = f"{said} {_promised(words, facts, limit)}{words.so_kept}"
    return Phrases(key, short, words.say("status.kept"), figures.all())


def close(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    figures = Figures(words)
    lost, allowed = _pair(facts)
    short = _short(words, facts, figures)
    said = words.say("time.for", loss=words.inside(_loss(words)), result=_result(figures, lost))
    limit = figures("allowed", allowed, "time allowed")
    clause = words.say("time.close", lost=said, allowed=limit, were=agree(allowed, "was", "were"))
    return Phrases(f"{words.only_just}: {clause}.", short, words.say("status.close"), figures.all(), cover=clause)


def missed(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """More was lost than allowed."""
    figures = Figures(words)
    lost, allowed = _pair(facts)
    short = _short(words, facts, figures)
    told = {"loss": _loss(words), "result": _result(figures, lost)}
    said, cover = words.say("time.for_when", **told, when=words.when), f"**{words.say('time.for', **told)}.**"
    if not facts.allowed:
        room = words.say("no_room")
        key = f"{said} {room}{words.say('so_missed')}"
        return Phrases(key, short, words.say("status.missed"), figures.all(), cover=f"{cover} {room}.")
    over = time_over(facts.lost, facts.allowed)
    promised = _promised(words, facts, figures("allowed", allowed, "time allowed"))
    beyond = _spoken(figures, "over", over, "time beyond the promise")
    key = f"{said} {promised}{words.say('so_missed.by', by=beyond)}"
    badge = words.say("badge.by", by=figures("over", over, "time beyond the promise"))
    return Phrases(key, short, badge, figures.all(), cover=f"{cover} {promised}.")


def at_risk(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """The running month uses its room too fast."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    left = allowed_time(max((facts.allowed or Fraction(0)) - facts.lost, Fraction(0)))
    spoken = _spoken(figures, "left", left, "time left")
    key = words.say("time.left", left=spoken, are=agree(left, "is", "are"), period=words.period)
    if facts.if_nothing_else is not None:
        ends = figures("end", percent(facts.if_nothing_else, words.decimals), "if nothing else happens")
        key += f" {words.say('time.end', end=ends)}"
    return Phrases(upper_first(key), short, words.say("status.at_risk"), figures.all())


def trial(words: PromiseWords, facts: TimeFacts, _certain: str) -> Phrases:
    """Measured, no target yet; time without data is neither lost nor not lost."""
    figures = Figures(words)
    if not facts.counted:
        return no_cases(words, facts, "", "trial")
    ending, badge = words.say("no_target.short"), words.say("status.trial")
    if facts.is_gap:
        known, gap = _known(words, facts, figures), _gap(words, facts, figures)
        key = words.say("time.trial_gap", known=known, gap=gap, when=words.when)
        return Phrases(key, f"{known} {gap}. {ending}", badge, figures.all())
    whole = figures("whole", allowed_time(facts.counted - facts.unknown), "time that counts")
    measured = "_measured" if facts.unknown else ""
    said = short = words.say(f"time.none_of{measured}", whole=whole)
    if facts.known_lost:
        of_whole = {"result": _result(figures, lost_time(facts.known_lost)), "whole": whole}
        said = words.say(f"time.of{measured}", loss=_loss(words), **of_whole)
        short = words.say(f"time.of{measured}", loss=_short_loss(words), **of_whole)
    gap = f" {_gap(words, facts, figures)}." if facts.unknown else ""
    key = f"{said} {words.when}.{gap} {words.say('no_target')}"
    return Phrases(key, f"{short}.{gap} {ending}", badge, figures.all())


def _known(words: PromiseWords, facts: TimeFacts, figures: Figures) -> str:
    """What was lost of the time that has data."""
    if facts.counted <= facts.unknown:
        return words.say("time.nothing_measured")
    if not facts.known_lost:
        return words.say("time.none_known")
    return words.say("time.known", loss=_short_loss(words), result=_result(figures, lost_time(facts.known_lost)))


def _gap(words: PromiseWords, facts: TimeFacts, figures: Figures) -> str:
    unknown = lost_time(facts.unknown)
    have = agree(unknown, "has", "have")
    return words.say("gap.time", unknown=figures("unknown", unknown, "time without data"), have=have)


def data_gap(words: PromiseWords, facts: TimeFacts, certain: str) -> Phrases:
    """Too little is known to judge, unless the unknown cannot change the verdict."""
    figures = Figures(words)
    known = _known(words, facts, figures)
    gap = _gap(words, facts, figures)
    ending = words.say(f"gap.{certain}" if certain in ("kept", "missed") else "gap.open")
    cover = words.say("gap.cover", name=words.inside(words.short_name or words.name), gap=f"{gap}.")
    said = f"{known} {gap}."
    return Phrases(f"{said} {ending}", said, words.say("status.data_gap"), figures.all(), cover=cover)


def no_cases(words: PromiseWords, _facts: TimeFacts, _certain: str, status: str = "no_cases") -> Phrases:
    """No second of the period counts."""
    said = words.say("nothing", period=words.period)
    return Phrases(said, said, words.say(f"status.{status}"), ())
