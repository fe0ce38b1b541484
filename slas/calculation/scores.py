"""Answers counted otherwise than as a share of good ones: mean, net promoters, weighted (calculation, section 8).

Each way is part of its figure, and figures of different ways are never put together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from slas.calculation.errors import BadShare, MixedScores, NegativeWeight
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, Evidence
from slas.calculation.periods import add_months
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.satisfaction import FEWEST_SHOWN, on_scale
from slas.calculation.status import CloseRule, Standing, Verdict, judge


class Way(Enum):
    """How answers are counted; the value is what a proof says."""

    MEAN = "mean"
    NET_PROMOTERS = "net_promoters"
    WEIGHTED = "weighted"

    @property
    def scale(self) -> tuple[int, int]:
        """The lowest and the highest figure it can give."""
        return (-1, 1) if self is Way.NET_PROMOTERS else (1, 5)


@dataclass(frozen=True)
class ScoreFigure:
    """Points over weight, from so many answers of so many who were asked (None: nobody counted them).

    Below five answers nothing is shown, so that nobody can be recognised.
    """

    way: Way
    points: Fraction
    weight: Fraction
    answers: int
    asked: int | None = None

    def __post_init__(self) -> None:
        if self.asked is not None and self.asked < self.answers:
            raise BadShare(self.answers, self.asked)

    @property
    def is_hidden(self) -> bool:
        """Too few answers to show any figure."""
        return 0 < self.answers < FEWEST_SHOWN

    @property
    def value(self) -> Fraction | None:
        """The figure; None without weight, or while it is hidden."""
        return self.points / self.weight if self.weight and not self.is_hidden else None

    @property
    def response_rate(self) -> Fraction | None:
        """Answers of those who were asked; None where nobody counted them, or the answers are hidden."""
        return Fraction(self.answers, self.asked) if self.asked and not self.is_hidden else None

    def judge(self, target: Fraction, close: CloseRule) -> Verdict:
        """Against the least value that is promised; equality is met. Hidden answers judge nothing: a data gap."""
        if not self.weight:
            return judge(None, None, close)
        minimum = DEFAULT_MINIMUM_COVERAGE
        if self.is_hidden:
            return judge(None, Evidence(Fraction(0), minimum, met_at_worst=False, met_at_best=True), close)
        lowest, highest = self.way.scale
        standing = Standing(
            lost=highest * self.weight - self.points,
            room=(highest - target) * self.weight,
            whole=(highest - lowest) * self.weight,
        )
        return judge(standing, Evidence(Fraction(1), minimum, standing.met, standing.met), close)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum; of hidden answers nothing is said."""
        if self.value is None:
            return (Line("hidden" if self.is_hidden else "no_answers", Role.RESULT, Unit.STATUS, self.way.value),)
        lines = [
            Line("points", Role.PART, Unit.NUMBER, self.points),
            Line("weight", Role.PART, Unit.NUMBER, self.weight),
            Line("answers", Role.PART, Unit.COUNT, Fraction(self.answers)),
            Line(self.way.value, Role.TOTAL, Unit.NUMBER, self.value),
        ]
        if self.response_rate is not None:
            details = (("asked", Fraction(self.asked or 0)),)
            lines.append(Line("response_rate", Role.PART, Unit.SHARE, self.response_rate, details))
        return tuple(lines)


def mean_score(scores: Iterable[int], asked: int | None = None) -> ScoreFigure:
    """The mean of scores from 1 to 5. Raises BadScore."""
    given = [on_scale(score, 1, 5) for score in scores]
    return ScoreFigure(Way.MEAN, Fraction(sum(given)), Fraction(len(given)), len(given), asked)


def promoter_score(scores: Iterable[int], asked: int | None = None) -> ScoreFigure:
    """Promoters (9, 10) less detractors (0 to 6) of answers from 0 to 10, between -1 and 1. Raises BadScore."""
    given = [on_scale(score, 0, 10) for score in scores]
    net = sum(score >= 9 for score in given) - sum(score <= 6 for score in given)
    return ScoreFigure(Way.NET_PROMOTERS, Fraction(net), Fraction(len(given)), len(given), asked)


def weighted_score(sheets: Iterable[Sequence[tuple[int | None, Fraction]]], asked: int | None = None) -> ScoreFigure:
    """Sum of weight x score over sum of weight, over all questions that were answered (None: left out).

    Each sheet is what one person answered, from 1 to 5. Raises BadScore, NegativeWeight.
    """
    points, weight, answers = Fraction(0), Fraction(0), 0
    for sheet in sheets:
        given = [(on_scale(score, 1, 5), _weight(each)) for score, each in sheet if score is not None]
        points += sum((each * score for score, each in given), Fraction(0))
        weight += sum((each for _, each in given), Fraction(0))
        answers += bool(given)
    return ScoreFigure(Way.WEIGHTED, points, weight, answers, asked)


def pooled_scores(figures: Iterable[ScoreFigure]) -> ScoreFigure:
    """Points and weights of several rounds are added; figures are never averaged. Raises MixedScores."""
    members = tuple(figures)
    ways = {figure.way for figure in members}
    if len(ways) != 1:
        raise MixedScores(sorted(way.value for way in ways))
    asked = [figure.asked for figure in members if figure.asked is not None]
    return ScoreFigure(
        way=ways.pop(),
        points=sum((figure.points for figure in members), Fraction(0)),
        weight=sum((figure.weight for figure in members), Fraction(0)),
        answers=sum(figure.answers for figure in members),
        asked=sum(asked) if len(asked) == len(members) else None,
    )


@dataclass(frozen=True)
class ScoreRound:
    """One survey round with its figure."""

    id: str
    on: date
    figure: ScoreFigure


def rounds_in_window(rounds: Iterable[ScoreRound], end_on: date, months: int = 12) -> tuple[ScoreRound, ...]:
    """The rounds of so many calendar months before the date, in order: a rolling window ends with its period."""
    first = add_months(end_on, -months)
    inside = (each for each in rounds if first <= each.on < end_on)
    return tuple(sorted(inside, key=lambda each: (each.on, each.id)))


def prove_scores(rounds: Sequence[ScoreRound], end_on: date, months: int, figure: ScoreFigure) -> Proof:
    """The proof of a score over a window; hidden answers are not counted in it."""
    used = rounds_in_window(rounds, end_on, months)
    shown = [] if figure.is_hidden else [each.figure for each in used]
    names = tuple(each.id for each in used)
    inputs = {"end_on": end_on, "months": months, "rounds": shown, "records": list(names), "way": figure.way}
    return prove("score", inputs, figure.lines, names)


def _weight(weight: Fraction) -> Fraction:
    if weight < 0:
        raise NegativeWeight("A question", weight)
    return weight
