"""Figures in sentences, for pages that show one of them."""

from dataclasses import dataclass

from portal.language.dates import period_words
from portal.language.facts import PromiseWords, read
from portal.language.numbers import NBSP
from portal.language.phrases import LETTERS
from portal.language.phrasing import Outcome, phrase
from portal.language.sentences import bind, plain
from slas.models import Attainment, ServiceLevelTarget
from slas.queries.inputs.terms import promise_of


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a figure: letter of its status, key sentence, line in a list."""

    letter: str
    key: str
    short: str


def say(*, attainment: Attainment, target: ServiceLevelTarget) -> Said:
    """The sentences of one figure, with their numbers printed."""
    words = words_of(target, attainment)
    outcome = Outcome(target.kind, attainment.status, attainment.result.get("certain") or "")
    phrases = phrase(words, read(target.kind, attainment.result), outcome)
    figures = {printed.anchor: printed.text for printed in phrases.figures}
    key, short = (plain(bind(text, figures)) for text in (phrases.key, phrases.short))
    return Said(LETTERS[attainment.status], key, short)


def with_unit(value: str) -> str:
    """The value of a figure where it stands alone: `99.7 %`; `31/31` and `3×` say themselves what they count."""
    return f"{value}{NBSP}%" if value.replace(".", "", 1).isdigit() else value


def words_of(target: ServiceLevelTarget, attainment: Attainment) -> PromiseWords:
    """What the promise is called in the sentences about this figure."""
    promise = promise_of(target)
    return PromiseWords(
        anchor=target.slug,
        name=target.name,
        short_name=target.short_name or target.name,
        period=period_words(attainment.period_start, attainment.period_end),
        promised=promise.percent or str(target.allowed_misses or ""),
        value=attainment.value_words,
        decimals=target.decimals,
        loss=target.loss_words,
        short_loss=target.short_loss_words,
        units=promise.unit_words,
        good=promise.good_words,
        bad=promise.bad_words,
    )
