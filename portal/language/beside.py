"""What follows the sentence of a missed promise: how it was before, why it happened, what will be done.

Told in words alone: the figures of other months stand in the chart, and a figure has one place.
"""

import re
from fractions import Fraction

from portal.language.facts import CountFacts, Facts, InterruptionFacts, PromiseWords, TimeFacts
from portal.language.sentences import UNSEEN

MARKS = re.compile(r"[{}*]+")  # what would name a figure, or begin bold


def share_lost(facts: Facts) -> Fraction | None:
    """How much was not as promised: smaller is better. None where it cannot be compared with another period."""
    if facts.is_running or facts.is_gap or facts.part:
        return None
    if isinstance(facts, TimeFacts):
        return facts.lost / facts.counted if facts.counted else None
    if isinstance(facts, InterruptionFacts):
        return Fraction(facts.number) if facts.counted else None
    return _of_counted(facts)


def _of_counted(facts: CountFacts) -> Fraction | None:
    hidden = facts.is_hidden or facts.hides_part or facts.lacks_data
    return None if hidden or not facts.whole or facts.lost < 0 else Fraction(facts.lost, facts.whole)


def compared(words: PromiseWords, now: Facts, before: tuple[str, Facts] | None, year: tuple[str, Facts] | None) -> str:
    """“That is worse than in September and better than in October of last year.”; each period with its words.

    Empty where neither can be compared.
    """
    said = [
        _than(words, now, facts, words.say(when, period=period))
        for when, (period, facts) in (("than.before", before or ("", None)), ("than.year", year or ("", None)))
        if facts is not None
    ]
    told = [each for each in said if each]
    if not told:
        return ""
    whole = told[0] if len(told) == 1 else words.say("than.and", first=told[0], second=told[1])
    return words.say("than.said", said=whole)


def _than(words: PromiseWords, now: Facts, then: Facts, when: str) -> str:
    lost, was = share_lost(now), share_lost(then)
    if lost is None or was is None:
        return ""
    way = "same" if lost == was else "worse" if lost > was else "better"
    return words.say(f"than.{way}", period=when)


def because(words: PromiseWords, cause: str) -> str:
    """Why most of it happened, as whoever entered the fact has said; empty where nobody has."""
    said = as_text(cause)
    return words.say("cause", cause=words.inside(said)) if said else ""


def planned(words: PromiseWords, titles: list[str]) -> str:
    """What will be done, by the titles of improvements; empty where nothing is planned."""
    said = [as_text(title) for title in titles]
    return words.say("will", what="; ".join(words.inside(each) for each in said)) if said else ""


def as_text(words: str) -> str:
    """What somebody wrote, so that it stands inside a sentence: without marks of figures or bold, without a full stop
    at its end, and without characters that nobody sees.
    """
    return " ".join(MARKS.sub(" ", UNSEEN.sub("", " ".join(words.split()))).split()).rstrip(".")
