"""Sentences of promises about counted things: orders, cases, days."""

from dataclasses import replace

from portal.language.facts import CountFacts, PromiseWords
from portal.language.numbers import count, counted, of, singular, upper_first
from portal.language.phrases import Figures, Phrases


def units_of(words: PromiseWords) -> str:
    """What is counted."""
    return words.units or words.say("units")


def _bad(words: PromiseWords) -> str:
    return words.bad or words.say("bad")


def _good(words: PromiseWords) -> str:
    return words.good or words.say("good")


def _late(figures: Figures, facts: CountFacts) -> str:
    return figures("result", of(facts.lost, facts.whole), "how many were not as promised")


def met(figures: Figures, facts: CountFacts) -> str:
    """How many were as promised, of all."""
    return figures("result", of(facts.good, facts.whole), "how many were as promised")


def allowed(figures: Figures, facts: CountFacts) -> str:
    """How many were allowed not to be."""
    return figures("allowed", count(facts.allowed or 0), "how many were allowed")


def _were(number: int | None) -> str:
    return "was" if number == 1 else "were"


def _missed_by(words: PromiseWords, facts: CountFacts, figures: Figures, units: str) -> tuple[str, str]:
    """How many too many, as the end of the sentence and beside the name."""
    said = figures("over", counted(facts.lost - (facts.allowed or 0), units), "how many beyond the promise")
    return words.say("so_missed.by", by=said), words.say("badge.by", by=said)


def _more_met_than_counted(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    """The source says that more were in their standard than there were; shown as it came, never clipped."""
    figures = Figures(words)
    said = words.say("count.more", met=met(figures, facts), units=units_of(words), good=_good(words))
    return Phrases(said, said, words.say(f"status.{status}"), figures.all())


def _were_late(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    return words.say("count.late", late=_late(figures, facts), units=units_of(words), bad=_bad(words))


def _none_late(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    whole = figures("result", counted(facts.whole, units_of(words)), "how many there were")
    return words.say("count.none", whole=whole, bad=_bad(words))


def _line(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    if facts.lost == 0:
        return f"{_none_late(words, facts, figures)}."
    return f"{_were_late(words, facts, figures)}. {words.say('allowed', allowed=allowed(figures, facts))}"


def _line_of_late(words: PromiseWords, facts: CountFacts, figures: Figures, said: str) -> str:
    """A line said from the good side, with how many could be late."""
    return f"{said}. {words.say('allowed.late', allowed=allowed(figures, facts))}" if facts.lost else f"{said}."


def _could(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    return words.say("count.could", allowed=allowed(figures, facts), were=_were(facts.allowed))


def _could_be_late(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    late = figures("late", count(facts.lost), "how many were late")
    could = {"allowed": allowed(figures, facts), "late": late, "were": _were(facts.lost)}
    return words.say("count.could_late_but", **could)


def kept(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    if facts.lost < 0:
        return _more_met_than_counted(words, facts, "kept")
    figures = Figures(words)
    short = _line(words, facts, figures)
    key = f"{short.removesuffix('.')} {words.when}{words.so_kept}"
    if facts.lost:
        said = f"{_were_late(words, facts, figures)} {words.when}."
        key = f"{said} {_could(words, facts, figures)}{words.so_kept}"
    return Phrases(key, short, words.say("status.kept"), figures.all())


def close(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    if facts.lost < 0:
        return _more_met_than_counted(words, facts, "close")
    figures = Figures(words)
    short = _line(words, facts, figures)
    clause = words.inside(short).removesuffix(".")
    if facts.lost:
        told = {"late": _late(figures, facts), "units": units_of(words), "bad": _bad(words)}
        clause = words.say("count.close", **told, allowed=allowed(figures, facts), were=_were(facts.allowed))
    return Phrases(f"{words.only_just}: {clause}.", short, words.say("status.close"), figures.all(), cover=clause)


def missed(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """More were late than allowed."""
    figures = Figures(words)
    short, said = _line(words, facts, figures), _were_late(words, facts, figures)
    limit = _could(words, facts, figures)
    by, badge = _missed_by(words, facts, figures, units_of(words))
    key = f"{said} {words.when}. {limit}{by}"
    return Phrases(key, short, badge, figures.all(), cover=f"**{said}.** {limit}.")


def solved(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    """Cases are said from their good side: 19 of 20 solved in time."""
    figures = Figures(words)
    said = f"{met(figures, facts)} {_good(words)}"
    short = _line_of_late(words, facts, figures, said)
    if status == "missed":
        by, badge = _missed_by(words, facts, figures, units_of(words))
        limit = upper_first(_could_be_late(words, facts, figures))
        key = f"{said} {words.when}. {limit}{by}"
        return Phrases(key, short, badge, figures.all(), cover=f"**{said}.** {limit}.")
    key = f"{said} {words.when}{words.so_kept}"
    if facts.lost:
        could = words.say("count.could_late", allowed=allowed(figures, facts))
        key = f"{said} {words.when}. {could}{words.so_kept}"
    return Phrases(key, short, words.say("status.kept"), figures.all())


def at_risk(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """The running month uses its room too fast."""
    figures = Figures(words)
    short = _line(words, facts, figures)
    key = f"{_were_late(words, facts, figures)} {words.say('when.running', period=words.period)}."
    limit = words.say("allowed", allowed=allowed(figures, facts))
    return Phrases(f"{key} {limit}", short, words.say("status.at_risk"), figures.all())


def trial(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Measured, no target yet."""
    figures = Figures(words)
    if facts.whole:
        said = words.say("count.trial", met=met(figures, facts), units=units_of(words), good=_good(words))
        return tried(words, facts, figures, f"{said}, {words.when}.", f"{said}.")
    said = words.say("count.nobody")
    if facts.lacks_data or facts.is_gap:
        said = words.say("count.no_counted", units=units_of(words))
    return tried(words, facts, figures, f"{said} {words.when}.", f"{said}.")


def tried(words: PromiseWords, facts: CountFacts, figures: Figures, key: str, short: str) -> Phrases:
    """A trial, with what has no data; below the agreed least it tells nothing."""
    gap = f" {upper_first(_gap(words, facts, figures))}" if facts.lacks_data or facts.is_gap else ""
    ending = words.say("no_target.gap" if facts.is_gap else "no_target")
    shorter = f"{short}{gap} {words.say('no_target.short')}"
    return Phrases(f"{key}{gap} {ending}", shorter, words.say("status.trial"), figures.all())


def data_gap(words: PromiseWords, facts: CountFacts, certain: str) -> Phrases:
    """Too little is known to judge."""
    figures = Figures(words)
    known = words.say("count.no_counted", units=units_of(words))
    if facts.whole:
        known = f"{met(figures, facts)} {units_of(words)} {_good(words)}"
    gap = _gap(words, facts, figures)
    key = f"{known} {words.when}. {upper_first(gap)} {_ending(words, certain)}"
    cover = words.say("gap.cover", name=words.inside(words.short_name or words.name), gap=gap)
    return Phrases(key, f"{known}. {upper_first(gap)}", words.say("status.data_gap"), figures.all(), cover=cover)


def _gap(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    if not facts.unknown:
        return words.say("gap.part")
    missing = figures("unknown", counted(facts.unknown, units_of(words)), "how many have no data")
    return words.say("gap.count", unknown=missing, have="has" if facts.unknown == 1 else "have")


def _ending(words: PromiseWords, certain: str) -> str:
    return words.say(f"gap.{certain}_count" if certain in ("kept", "missed") else "gap.open")


def no_cases(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Nothing happened that could be judged."""
    said = words.say("count.nobody_when", when=words.when)
    if facts.expected:
        said = words.say("count.none_can", unit=singular(units_of(words)), period=words.period)
    return Phrases(said, said, words.say("status.no_cases"), ())


def _days(words: PromiseWords) -> str:
    return words.units or words.say("units.days")


def _on_days(words: PromiseWords, facts: CountFacts, figures: Figures, way: str = "days.met") -> str:
    return words.say(way, good=upper_first(_good(words)), met=met(figures, facts), days=_days(words))


def occasions_kept(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    figures = Figures(words)
    short = _line_of_late(words, facts, figures, _on_days(words, facts, figures))
    said = f"{_on_days(words, facts, figures)} {words.when}"
    key = f"{said}{words.so_kept}"
    if facts.lost:
        key = f"{said}. {words.say('count.could_late', allowed=allowed(figures, facts))}{words.so_kept}"
    return Phrases(key, short, words.say("status.kept"), figures.all())


def occasions_close(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    figures = Figures(words)
    short = _line_of_late(words, facts, figures, _on_days(words, facts, figures))
    late = figures("late", of(facts.lost, facts.whole), "how many were late")
    told = {"late": late, "days": _days(words), "allowed": allowed(figures, facts), "were": _were(facts.allowed)}
    clause = words.say("days.late", **told)
    return Phrases(f"{words.only_just}: {clause}.", short, words.say("status.close"), figures.all(), cover=clause)


def occasions_missed(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Late more often than allowed."""
    figures = Figures(words)
    said = _on_days(words, facts, figures)
    short = _line_of_late(words, facts, figures, said)
    limit = _could_be_late(words, facts, figures)
    by, badge = _missed_by(words, facts, figures, _days(words))
    key = f"{said} {words.when}. {limit}{by}"
    cover = f"**{words.say('days.cover', name=words.name, said=words.inside(said))}.** {limit}."
    return Phrases(key, short, badge, figures.all(), cover=cover)


def occasions_trial(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Measured, no target yet."""
    figures = Figures(words)
    days = _days(words)
    said = words.say("count.no_measured" if facts.expected else "count.none_due", units=days)
    if facts.whole:
        said = _on_days(words, facts, figures)
    return tried(replace(words, units=days), facts, figures, f"{said} {words.when}.", f"{said}.")


def occasions_gap(words: PromiseWords, facts: CountFacts, certain: str) -> Phrases:
    """Some dates have no record."""
    figures = Figures(words)
    if facts.lost:
        known = _on_days(words, facts, figures, "days.measured")
    else:
        whole = figures("result", counted(facts.whole, _days(words)), "how many were measured")
        known = words.say("days.all_measured", good=upper_first(_good(words)), whole=whole)
    unknown = figures("unknown", counted(facts.unknown, _days(words)), "how many have no data")
    have = "has" if facts.unknown == 1 else "have"
    gap = words.say("gap.time", unknown=unknown, have=have)
    part = figures("gap", of(facts.unknown, facts.expected), "how many have no data")
    name = words.inside(words.short_name or words.name)
    ending = f". {_ending(words, certain)}" if certain else words.say("days.open")
    return Phrases(
        f"{known}. {gap}{ending}",
        f"{known}. {gap}.",
        words.say("status.data_gap"),
        figures.all(),
        cover=words.say("days.gap_cover", name=name, part=part, days=_days(words), have=have),
    )
