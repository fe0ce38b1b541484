"""Sentences of promises about interruptions: how many took longer than agreed, and how many were allowed."""

from portal.language.durations import agree, lost_time
from portal.language.facts import InterruptionFacts, PromiseWords
from portal.language.numbers import count, counted
from portal.language.phrases import Figures, Phrases


def _said(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    """`Customers could not place orders 3 times for more than 10 min`."""
    longer = figures("longer", lost_time(facts.longer_than), "how long does not count") if facts.longer_than else ""
    if not facts.number:
        return words.say("times.none_longer", longer=longer) if longer else words.say("times.none")
    times = figures("result", counted(facts.number, "times"), "how many interruptions")
    loss = words.loss or words.say("loss.interrupted", name=words.name)
    return words.say("times.said_longer" if longer else "times.said", loss=loss, result=times, longer=longer)


def _allowed(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    printed = count(facts.allowed) if facts.allowed else words.say("times.zero")
    return figures("allowed", printed, "how many were allowed")


def _promised(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    way = "times.promised_most" if facts.allowed else "times.promised"
    return words.say(way, allowed=_allowed(words, facts, figures))


def _short(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    said = _said(words, facts, figures)
    return f"{said}. {words.say('allowed', allowed=_allowed(words, facts, figures))}"


def kept(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """Met, with room left."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    said = f"{_said(words, facts, figures)} {words.when}"
    key = f"{said}. {_promised(words, facts, figures)}{words.so_kept}"
    return Phrases(key, short, words.say("status.kept"), figures.all())


def close(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """Met, with little room left."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    said, were = words.inside(_said(words, facts, figures)), agree(str(facts.allowed), "was", "were")
    clause = words.say("times.close", said=said, allowed=_allowed(words, facts, figures), were=were)
    return Phrases(f"{words.only_just}: {clause}.", short, words.say("status.close"), figures.all(), cover=clause)


def missed(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """More interruptions than allowed."""
    figures = Figures(words)
    short, said = _short(words, facts, figures), _said(words, facts, figures)
    limit = _promised(words, facts, figures)
    over = figures("over", count(facts.number - (facts.allowed or 0)), "how many beyond the promise")
    key = f"{said} {words.when}. {limit}{words.say('so_missed.by', by=over)}"
    return Phrases(key, short, words.say("badge.by", by=over), figures.all(), cover=f"**{said}.** {limit}.")


def at_risk(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """The running period uses up what is allowed too fast."""
    figures = Figures(words)
    short = _short(words, facts, figures)
    when = words.say("when.running", period=words.period)
    limit = words.say("allowed", allowed=_allowed(words, facts, figures))
    key = f"{_said(words, facts, figures)} {when}. {limit}"
    return Phrases(key, short, words.say("status.at_risk"), figures.all())


def trial(words: PromiseWords, facts: InterruptionFacts, _certain: str) -> Phrases:
    """Measured, no target yet."""
    figures = Figures(words)
    if not facts.counted:
        return no_cases(words, facts, "", "trial")
    said, gap = _said(words, facts, figures), f" {_gap(words, facts, figures)}" if facts.unknown else ""
    key = f"{said} {words.when}.{gap} {words.say('no_target')}"
    short = f"{said}.{gap} {words.say('no_target.short')}"
    return Phrases(key, short, words.say("status.trial"), figures.all())


def _gap(words: PromiseWords, facts: InterruptionFacts, figures: Figures) -> str:
    unknown = lost_time(facts.unknown)
    have = agree(unknown, "has", "have")
    return f"{words.say('gap.time', unknown=figures('unknown', unknown, 'time without data'), have=have)}."


def data_gap(words: PromiseWords, facts: InterruptionFacts, certain: str) -> Phrases:
    """Too little is known to judge, unless what is known is too much already."""
    figures = Figures(words)
    said, gap = _said(words, facts, figures), _gap(words, facts, figures)
    if not facts.number:
        said = words.say("times.known", said=said)
    ending = words.say("gap.missed" if certain == "missed" else "gap.open")
    cover = words.say("gap.cover", name=words.inside(words.short_name or words.name), gap=gap)
    return Phrases(
        f"{said} {words.when}. {gap} {ending}",
        f"{said}. {gap}",
        words.say("status.data_gap"),
        figures.all(),
        cover=cover,
    )


def no_cases(words: PromiseWords, _facts: InterruptionFacts, _certain: str, status: str = "no_cases") -> Phrases:
    """No second of the period counts."""
    said = words.say("nothing", period=words.period)
    return Phrases(said, said, words.say(f"status.{status}"), ())
