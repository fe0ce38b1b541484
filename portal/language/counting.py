"""Sentences of promises about counted things: orders, cases, days, answers."""

from dataclasses import replace

from portal.language.facts import CountFacts, PromiseWords
from portal.language.numbers import count, counted, lower_first, of, singular, upper_first
from portal.language.phrases import STATUS_WORDS, Figures, Phrases


def _units(words: PromiseWords) -> str:
    return words.units or "cases"


def _bad(words: PromiseWords) -> str:
    return words.bad or "were late"


def _good(words: PromiseWords) -> str:
    return words.good or "in time"


def _late(figures: Figures, facts: CountFacts) -> str:
    return figures("result", of(facts.lost, facts.whole), "how many were not as promised")


def _met(figures: Figures, facts: CountFacts) -> str:
    return figures("result", of(facts.good, facts.whole), "how many were as promised")


def _allowed(figures: Figures, facts: CountFacts) -> str:
    return figures("allowed", count(facts.allowed or 0), "how many were allowed")


def _were(number: int | None) -> str:
    return "was" if number == 1 else "were"


def _missed_by(facts: CountFacts, figures: Figures, units: str) -> tuple[str, str]:
    """How many too many, in the sentence and beside the name."""
    said = figures("over", counted(facts.lost - (facts.allowed or 0), units), "how many beyond the promise")
    return said, f"Missed by {said}"


def _more_met_than_counted(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    """The source says that more were in their standard than there were; shown as it came, never clipped."""
    figures = Figures(words)
    said = f"The source counts {_met(figures, facts)} {_units(words)} as {_good(words)}: more than there were."
    return Phrases(said, said, STATUS_WORDS[status], figures.all())


def _line(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    if facts.lost == 0:
        whole = figures("result", counted(facts.whole, _units(words)), "how many there were")
        return f"None of {whole} {_bad(words)}."
    return f"{_late(figures, facts)} {_units(words)} {_bad(words)}. Allowed: {_allowed(figures, facts)}."


def kept(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    if facts.lost < 0:
        return _more_met_than_counted(words, facts, "kept")
    figures = Figures(words)
    short = _line(words, facts, figures)
    if facts.lost == 0:
        key = f"{short.removesuffix('.')} {words.when}{words.so_kept}"
        return Phrases(key, short, STATUS_WORDS["kept"], figures.all())
    key = (
        f"{_late(figures, facts)} {_units(words)} {_bad(words)} {words.when}."
        f" {_allowed(figures, facts)} {_were(facts.allowed)} allowed{words.so_kept}"
    )
    return Phrases(key, short, STATUS_WORDS["kept"], figures.all())


def close(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    if facts.lost < 0:
        return _more_met_than_counted(words, facts, "close")
    figures = Figures(words)
    short = _line(words, facts, figures)
    if facts.lost == 0:
        key = f"{words.only_just}: {lower_first(short)}"
        return Phrases(key, short, STATUS_WORDS["close"], figures.all(), cover=lower_first(short).removesuffix("."))
    clause = (
        f"{_late(figures, facts)} {_units(words)} {_bad(words)},"
        f" and {_allowed(figures, facts)} {_were(facts.allowed)} allowed"
    )
    return Phrases(f"{words.only_just}: {clause}.", short, STATUS_WORDS["close"], figures.all(), cover=clause)


def missed(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """More were late than allowed."""
    figures = Figures(words)
    short = _line(words, facts, figures)
    said = f"{_late(figures, facts)} {_units(words)} {_bad(words)}"
    limit = f"{_allowed(figures, facts)} {_were(facts.allowed)} allowed"
    by, badge = _missed_by(facts, figures, _units(words))
    key = f"{said} {words.when}. {limit}, so we missed this promise by {by}."
    return Phrases(key, short, badge, figures.all(), cover=f"**{said}.** {limit}.")


def solved(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    """Cases are said from their good side: 19 of 20 solved in time."""
    figures = Figures(words)
    said = f"{_met(figures, facts)} {_good(words)}"
    short = f"{said}."
    if facts.lost:
        short = f"{said}. Allowed late: {_allowed(figures, facts)}."
    if status == "missed":
        by, badge = _missed_by(facts, figures, _units(words))
        late = figures("late", count(facts.lost), "how many were late")
        limit = f"{_allowed(figures, facts)} could be late and {late} {_were(facts.lost)}"
        key = f"{said} {words.when}. {upper_first(limit)}, so we missed this promise by {by}."
        return Phrases(key, short, badge, figures.all(), cover=f"**{said}.** {upper_first(limit)}.")
    if not facts.lost:
        return Phrases(f"{said} {words.when}{words.so_kept}", short, "Kept", figures.all())
    key = f"{said} {words.when}. {_allowed(figures, facts)} could be late{words.so_kept}"
    return Phrases(key, short, STATUS_WORDS["kept"], figures.all())


def at_risk(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """The running month uses its room too fast."""
    figures = Figures(words)
    short = _line(words, facts, figures)
    key = f"{_late(figures, facts)} {_units(words)} {_bad(words)} so far in {words.period}."
    return Phrases(f"{key} Allowed: {_allowed(figures, facts)}.", short, STATUS_WORDS["at_risk"], figures.all())


def trial(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Measured, no target yet."""
    figures = Figures(words)
    if facts.whole:
        said = f"{_met(figures, facts)} {_units(words)}: {_good(words)}"
        return _tried(words, facts, figures, f"{said}, {words.when}.", f"{said}.")
    said = f"No {_units(words)} counted" if facts.lacks_data or facts.is_gap else "Nobody asked for this"
    return _tried(words, facts, figures, f"{said} {words.when}.", f"{said}.")


def _tried(words: PromiseWords, facts: CountFacts, figures: Figures, key: str, short: str) -> Phrases:
    """A trial, with what has no data; below the agreed least it tells nothing."""
    gap = f" {upper_first(_gap(words, facts, figures))}" if facts.lacks_data or facts.is_gap else ""
    ending = "We measure it, and there is no target yet."
    if facts.is_gap:
        ending = "That is too much to tell how it went, and there is no target yet."
    return Phrases(f"{key}{gap} {ending}", f"{short}{gap} No target yet.", STATUS_WORDS["trial"], figures.all())


def data_gap(words: PromiseWords, facts: CountFacts, certain: str) -> Phrases:
    """Too little is known to judge."""
    figures = Figures(words)
    known = f"{_met(figures, facts)} {_units(words)} {_good(words)}" if facts.whole else f"No {_units(words)} counted"
    gap = _gap(words, facts, figures)
    key = f"{known} {words.when}. {upper_first(gap)} {_ending(certain)}"
    return Phrases(
        key, f"{known}. {upper_first(gap)}", STATUS_WORDS["data_gap"], figures.all(), cover=_gap_cover(words, gap)
    )


def _gap(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    if not facts.unknown:
        return "part of the data is missing."
    missing = figures("unknown", counted(facts.unknown, _units(words)), "how many have no data")
    return f"{missing} {'has' if facts.unknown == 1 else 'have'} no data."


def _ending(certain: str) -> str:
    return {
        "kept": "The promise is kept whatever they hold.",
        "missed": "The promise is missed whatever they hold.",
    }.get(certain, "So we cannot judge: it could be kept or missed.")


def _gap_cover(words: PromiseWords, gap: str) -> str:
    return f"For the {lower_first(words.short_name or words.name)}, {gap}"


def _few_cover(words: PromiseWords) -> str:
    return f"For the {lower_first(words.short_name or words.name)}, fewer than five people answered."


def _part_hidden(words: PromiseWords, status: str) -> Phrases:
    """Enough answered in all, but the figure would tell the few of a shorter period, which is judged too."""
    said = f"The answers of {words.period} stay hidden, because they would tell those of fewer than five people."
    cover = f"For the {lower_first(words.short_name or words.name)}, the answers of fewer than five people stay hidden."
    return Phrases(
        f"{said} So we cannot judge.", "Fewer than five answers in a part of it.", STATUS_WORDS[status], (), cover=cover
    )


def no_cases(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Nothing happened that could be judged."""
    if facts.expected:
        said = f"No {singular(_units(words))} of {words.period} can be judged."
    else:
        said = f"Nobody asked for this {words.when}, so there is nothing to judge."
    return Phrases(said, said, STATUS_WORDS["no_cases"], ())


def _days(words: PromiseWords) -> str:
    return words.units or "days"


def _occasion_line(words: PromiseWords, facts: CountFacts, figures: Figures) -> str:
    said = f"{upper_first(_good(words))} on {_met(figures, facts)} {_days(words)}."
    return f"{said} Allowed late: {_allowed(figures, facts)}." if facts.lost else said


def occasions_kept(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    figures = Figures(words)
    short = _occasion_line(words, facts, figures)
    said = f"{upper_first(_good(words))} on {_met(figures, facts)} {_days(words)} {words.when}"
    key = f"{said}{words.so_kept}"
    if facts.lost:
        key = f"{said}. {_allowed(figures, facts)} could be late{words.so_kept}"
    return Phrases(key, short, STATUS_WORDS["kept"], figures.all())


def occasions_close(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    figures = Figures(words)
    short = _occasion_line(words, facts, figures)
    late = figures("late", of(facts.lost, facts.whole), "how many were late")
    clause = f"late on {late} {_days(words)}, and {_allowed(figures, facts)} {_were(facts.allowed)} allowed"
    return Phrases(f"{words.only_just}: {clause}.", short, STATUS_WORDS["close"], figures.all(), cover=clause)


def occasions_missed(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Late more often than allowed."""
    figures = Figures(words)
    short = _occasion_line(words, facts, figures)
    said = f"{upper_first(_good(words))} on {_met(figures, facts)} {_days(words)}"
    late = figures("late", count(facts.lost), "how many were late")
    limit = f"{_allowed(figures, facts)} could be late and {late} {_were(facts.lost)}"
    by, badge = _missed_by(facts, figures, _days(words))
    key = f"{said} {words.when}. {limit}, so we missed this promise by {by}."
    return Phrases(key, short, badge, figures.all(), cover=f"**{words.name}: {lower_first(said)}.** {limit}.")


def occasions_trial(words: PromiseWords, facts: CountFacts, _certain: str) -> Phrases:
    """Measured, no target yet."""
    figures = Figures(words)
    days = _days(words)
    said = f"No {days} measured" if facts.expected else f"No {days} were due"
    if facts.whole:
        said = f"{upper_first(_good(words))} on {_met(figures, facts)} {days}"
    return _tried(replace(words, units=days), facts, figures, f"{said} {words.when}.", f"{said}.")


def occasions_gap(words: PromiseWords, facts: CountFacts, certain: str) -> Phrases:
    """Some dates have no record."""
    figures = Figures(words)
    if facts.lost:
        known = f"{upper_first(_good(words))} on {_met(figures, facts)} {_days(words)} measured"
    else:
        all_known = figures("result", counted(facts.whole, _days(words)), "how many were measured")
        known = f"{upper_first(_good(words))} on all {all_known} measured"
    gap = figures("unknown", counted(facts.unknown, _days(words)), "how many have no data")
    has = "has" if facts.unknown == 1 else "have"
    part = figures("gap", of(facts.unknown, facts.expected), "how many have no data")
    short_name = lower_first(words.short_name or words.name)
    ending = f". {_ending(certain)}" if certain else ", so we cannot judge: it could be kept or missed."
    return Phrases(
        f"{known}. {gap} {has} no data{ending}",
        f"{known}. {gap} {has} no data.",
        STATUS_WORDS["data_gap"],
        figures.all(),
        cover=f"For the {short_name}, {part} {_days(words)} {has} no data.",
    )


def answers(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    """Survey answers, with how many people were asked."""
    figures = Figures(words)
    if facts.hides_part:
        return _part_hidden(words, status)
    if facts.is_hidden:
        said = f"Fewer than five people answered {words.when}, so the answers stay hidden and we cannot judge."
        return Phrases(said, "Fewer than five answers.", STATUS_WORDS[status], (), cover=_few_cover(words))
    if status == "data_gap":
        return data_gap(replace(words, units=words.units or "answers"), facts, "")
    if status == "trial" and facts.is_gap and not facts.whole:
        return trial(replace(words, units=words.units or "answers"), facts, "")
    if not facts.whole:
        said = f"Nobody answered {words.when}, so there is nothing to judge."
        return Phrases(said, said, STATUS_WORDS[status], ())
    good = f"{_met(figures, facts)} answers {words.good or 'were good'}"
    asked = figures("asked", counted(facts.asked, "people"), "how many were asked")
    short = f"{good} ({asked} asked)."
    if status == "trial":
        return _tried(words, facts, figures, f"{good} {words.when}.", short)
    if facts.allowed is None or status not in ("kept", "close", "missed"):
        return Phrases(f"{good} {words.when}.", short, STATUS_WORDS[status], figures.all())
    room = f"{_allowed(figures, facts)} could be less than good"
    if status == "close":
        clause = f"{good}, and {room}"
        return Phrases(f"{words.only_just}: {clause}.", short, STATUS_WORDS[status], figures.all(), cover=clause)
    if status == "kept":
        key = f"{good} {words.when}. {room}{words.so_kept}"
        return Phrases(key, short, STATUS_WORDS[status], figures.all())
    by = figures("over", counted(facts.lost - facts.allowed, "answers"), "how many beyond the promise")
    key = f"{good} {words.when} ({asked} asked). {room}, so we missed this promise by {by}."
    return Phrases(key, short, f"Missed by {by}", figures.all(), cover=f"**{good}.** {room}.")
