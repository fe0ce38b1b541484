"""Sentences of promises about interruptions: how many took longer than agreed, and how many were allowed."""

from portal.language.durations import agree, lost_time
from portal.language.facts import InterruptionFacts, PromiseWords
from portal.language.numbers import count, counted, lower_first
from portal.language.phrases import STATUS_WORDS, Figures, Phrases


def _said(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    """`Customers could not place orders 3 times for more than 10 min`."""
    longer = figures("longer", lost_time(facts.longer_than), "how long does not count") if facts.longer_than else ""
    if not facts.number:
        return f"No interruption of more than {longer}" if longer else "No interruption"
    times = figures("result", counted(facts.number, "times"), "how many interruptions")
    length = f" for more than {longer}" if longer else ""
    return f"{words.loss or f'“{words.name}” was interrupted'} {times}{length}"


def _allowed(facts: InterruptionFacts, figures: Figures) -> str:
    return figures("allowed", count(facts.allowed) if facts.allowed else "none", "how many were allowed")


def _at_most(facts: InterruptionFacts, figures: Figures) -> str:
    return f"{'at most ' if facts.allowed else ''}{_allowed(facts, figures)}"


def _short(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    return f"{_said(words, facts, figures)}. Allowed: {_allowed(facts, figures)}."


def kept(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    said = f"{_said(words, facts, figures)} {words.when}"
    key = f"{said}. We had promised {_at_most(facts, figures)}{words.so_kept}"
    return Phrases(key, short, STATUS_WORDS["kept"], figures.all())


def close(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    were = agree(str(facts.allowed), "was", "were")
    clause = f"{lower_first(_said(words, facts, figures))}, and at most {_allowed(facts, figures)} {were} allowed"
    return Phrases(f"{words.only_just}: {clause}.", short, STATUS_WORDS["close"], figures.all(), cover=clause)


def missed(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """More interruptions than allowed."""
    figures = Figures(words)
    short, said = _short(words, facts, figures), _said(words, facts, figures)
    limit = f"We had promised {_at_most(facts, figures)}"
    over = figures("over", count(facts.number - (facts.allowed or 0)), "how many beyond the promise")
    key = f"{said} {words.when}. {limit}, so we missed this promise by {over}."
    return Phrases(key, short, f"Missed by {over}", figures.all(), cover=f"**{said}.** {limit}.")


def at_risk(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """The running period uses up what is allowed too fast."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    key = f"{_said(words, facts, figures)} so far in {words.period}. Allowed: {_allowed(facts, figures)}."
    return Phrases(key, short, STATUS_WORDS["at_risk"], figures.all())


def trial(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """Measured, no target yet."""
    figures = Figures(words)
    if not facts.counted:
        return no_cases(words, facts, "", "trial")
    said, gap = _said(words, facts, figures), f" {_gap(facts, figures)}" if facts.unknown else ""
    key = f"{said} {words.when}.{gap} We measure it, and there is no target yet."
    return Phrases(key, f"{said}.{gap} No target yet.", STATUS_WORDS["trial"], figures.all())


def _gap(facts: InterruptionFacts, figures: Figures) -> str:
    unknown = lost_time(facts.unknown)
    return f"{figures('unknown', unknown, 'time without data')} {agree(unknown, 'has', 'have')} no data."


def data_gap(words: PromiseWords, facts: InterruptionFacts, certain: str) -> Phrases:
    """Too little is known to judge, unless what is known is too much already."""
    figures = Figures(words)
    said, gap = f"{_said(words, facts, figures)} is known", _gap(facts, figures)
    if facts.number:
        said = _said(words, facts, figures)
    ending = "So we cannot judge: it could be kept or missed."
    if certain == "missed":
        ending = "The promise is missed whatever happened then."
    cover = f"For the {lower_first(words.short_name or words.name)}, {gap.removesuffix('.')}."
    return Phrases(
        f"{said} {words.when}. {gap} {ending}", f"{said}. {gap}", STATUS_WORDS["data_gap"], figures.all(), cover=cover
    )


def no_cases(words: PromiseWords, _facts: InterruptionFacts, _certain: str, status: str = "no_cases") -> Phrases:
    """No second of the period counts."""
    said = f"No time of {words.period} counts, so there is nothing to judge."
    return Phrases(said, said, STATUS_WORDS[status], ())
