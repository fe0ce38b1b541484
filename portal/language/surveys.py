"""Sentences of promises about survey answers; of fewer than five people nothing is told."""

from dataclasses import replace

from portal.language.counting import allowed, data_gap, met, trial, tried
from portal.language.facts import CountFacts, PromiseWords
from portal.language.numbers import counted
from portal.language.phrases import Figures, Phrases


def answers(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    """Survey answers, with how many people were asked."""
    if facts.hides_part:
        return _part_hidden(words, status)
    if facts.is_hidden:
        return _few(words, status)
    named = replace(words, units=words.units or words.say("units.answers"))
    if status == "data_gap":
        return data_gap(named, facts, "")
    if status == "trial" and facts.is_gap and not facts.whole:
        return trial(named, facts, "")
    if not facts.whole:
        said = words.say("answers.none", when=words.when)
        return Phrases(said, said, words.say(f"status.{status}"), ())
    return _told(words, facts, status)


def _told(words: PromiseWords, facts: CountFacts, status: str) -> Phrases:
    figures = Figures(words)
    good = words.say("answers.met", met=met(figures, facts), good=words.good or words.say("good.answers"))
    people = counted(facts.asked, words.say("units.people"))
    asked = words.say("answers.asked", asked=figures("asked", people, "how many were asked"))
    short, badge = f"{good} {asked}.", words.say(f"status.{status}")
    if status == "trial":
        return tried(words, facts, figures, f"{good} {words.when}.", short)
    if facts.allowed is None or status not in ("kept", "close", "missed"):
        return Phrases(f"{good} {words.when}.", short, badge, figures.all())
    room = words.say("answers.room", allowed=allowed(figures, facts))
    if status == "close":
        clause = words.say("answers.close", said=good, room=room)
        return Phrases(f"{words.only_just}: {clause}.", short, badge, figures.all(), cover=clause)
    if status == "kept":
        key = f"{good} {words.when}. {room}{words.so_kept}"
        return Phrases(key, short, badge, figures.all())
    over = counted(facts.lost - facts.allowed, words.say("units.answers"))
    by = figures("over", over, "how many beyond the promise")
    key = f"{good} {words.when} {asked}. {room}{words.say('so_missed.by', by=by)}"
    return Phrases(key, short, words.say("badge.by", by=by), figures.all(), cover=f"**{good}.** {room}.")


def _few(words: PromiseWords, status: str) -> Phrases:
    said = words.say("answers.few", when=words.when)
    cover = words.say("gap.few_cover", name=_name(words))
    return Phrases(said, words.say("answers.few_short"), words.say(f"status.{status}"), (), cover=cover)


def _part_hidden(words: PromiseWords, status: str) -> Phrases:
    """Enough answered in all, but the figure would tell the few of a shorter period, which is judged too."""
    said = words.say("answers.part", period=words.period)
    cover = words.say("gap.part_cover", name=_name(words))
    return Phrases(said, words.say("answers.part_short"), words.say(f"status.{status}"), (), cover=cover)


def _name(words: PromiseWords) -> str:
    return words.inside(words.short_name or words.name)
