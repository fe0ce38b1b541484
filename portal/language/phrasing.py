"""From the result of a promise to its sentences: fact, limit, consequence, in this order; no blame, no adjectives.

Never a percentage without its minutes, orders or cases. Each number is bound to a figure of the promise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from portal.language import counting, interruptions, surveys, timing
from portal.language.facts import (
    CASES,
    OCCASIONS,
    SATISFACTION,
    CountFacts,
    Facts,
    InterruptionFacts,
    PromiseWords,
    TimeFacts,
)
from portal.language.phrases import Phrases
from portal.language.sentences import Printed, figure

TimeRule = Callable[[PromiseWords, TimeFacts, str], Phrases]
InterruptionRule = Callable[[PromiseWords, InterruptionFacts, str], Phrases]
CountRule = Callable[[PromiseWords, CountFacts, str], Phrases]

TIME_RULES: Mapping[str, TimeRule] = {
    "kept": timing.kept,
    "close": timing.close,
    "missed": timing.missed,
    "at_risk": timing.at_risk,
    "trial": timing.trial,
    "data_gap": timing.data_gap,
    "no_cases": timing.no_cases,
}
COUNT_RULES: Mapping[str, CountRule] = {
    "kept": counting.kept,
    "close": counting.close,
    "missed": counting.missed,
    "at_risk": counting.at_risk,
    "trial": counting.trial,
    "data_gap": counting.data_gap,
    "no_cases": counting.no_cases,
}
INTERRUPTION_RULES: Mapping[str, InterruptionRule] = {
    "kept": interruptions.kept,
    "close": interruptions.close,
    "missed": interruptions.missed,
    "at_risk": interruptions.at_risk,
    "trial": interruptions.trial,
    "data_gap": interruptions.data_gap,
    "no_cases": interruptions.no_cases,
}
OCCASION_RULES: Mapping[str, CountRule] = {
    **COUNT_RULES,
    "kept": counting.occasions_kept,
    "close": counting.occasions_close,
    "missed": counting.occasions_missed,
    "trial": counting.occasions_trial,
    "data_gap": counting.occasions_gap,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a promise stands: its kind, status, and what is certain although data is missing (“”, kept, missed)."""

    kind: str
    status: str
    certain: str = ""


def phrase(words: PromiseWords, facts: Facts, outcome: Outcome) -> Phrases:
    """The sentences of one promise. Raises KeyError for a status that no attainment has; a dispute is said on top.

    Of a period that still runs they say “so far”, and never that a promise was kept. Promised for a part of it only,
    they say for which.
    """
    phrases = _so_far(words, facts, outcome) if facts.is_running else _phrased(words, facts, outcome)
    if not facts.part:
        return phrases
    part = Printed(f"{words.anchor}.part", facts.part, f"{words.name}: the part that is promised")
    counted = words.say("part", part=figure(part.anchor))
    key, short = (f"{said} {counted}" for said in (phrases.key, phrases.short))
    return replace(phrases, key=key, short=short, figures=(*phrases.figures, part))


def _so_far(words: PromiseWords, facts: Facts, outcome: Outcome) -> Phrases:
    phrases = _phrased(replace(words, is_running=True), facts, outcome)
    if outcome.status == "no_cases":
        return phrases
    is_good = outcome.status in ("kept", "close")
    badge = words.say("badge.so_far", badge=phrases.badge) if is_good else phrases.badge
    cover = words.say("so_far.clause", said=phrases.cover) if outcome.status == "close" else phrases.cover
    short = words.say("so_far", said=words.inside(phrases.short))
    return replace(phrases, short=short, badge=badge, cover=cover)


def _phrased(words: PromiseWords, facts: Facts, outcome: Outcome) -> Phrases:
    if isinstance(facts, TimeFacts):
        return TIME_RULES[outcome.status](words, facts, outcome.certain)
    if isinstance(facts, InterruptionFacts):
        return INTERRUPTION_RULES[outcome.status](words, facts, outcome.certain)
    if outcome.kind == SATISFACTION:
        return surveys.answers(words, facts, outcome.status)
    if outcome.kind == CASES and outcome.status in ("kept", "missed"):
        return counting.solved(words, facts, outcome.status)
    rules = OCCASION_RULES if outcome.kind == OCCASIONS else COUNT_RULES
    return rules[outcome.status](words, facts, outcome.certain)
