"""How well the check agrees with labels made by hand: precision and recall, and each mistake."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slas.wording.check import Verdict, judge
from slas.wording.frame import Frame, Limit, Slot
from slas.wording.reading import Span

LEAST = Fraction(9, 10)
LEAST_FOR_SLOTS = Fraction(8, 10)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person says of a sentence."""

    is_clear: bool
    is_contested: bool
    missing: frozenset[Slot]
    vague: tuple[Span, ...]
    day_kind: str
    threshold: Limit | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its labels."""

    key: str
    frame: Frame
    labels: Labels


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence with what the check says of it."""

    item: Labelled
    verdict: Verdict

    @property
    def vague(self) -> tuple[Span, ...]:
        """Where the check finds vague words."""
        return tuple(Span(each.start, each.end) for each in self.verdict.findings if each.effect)

    @property
    def false_alarms(self) -> tuple[Span, ...]:
        """Vague words of the check that no label shares a character with."""
        return tuple(each for each in self.vague if not any(each.overlaps(other) for other in self.item.labels.vague))

    @property
    def overlooked(self) -> tuple[Span, ...]:
        """Labelled vague words that no finding shares a character with."""
        return tuple(each for each in self.item.labels.vague if not any(each.overlaps(other) for other in self.vague))

    @property
    def threshold(self) -> Limit | None:
        """The first limit that the check reads."""
        return next(iter(self.verdict.limits), None)

    @property
    def has_threshold_of_label(self) -> bool:
        """Whether the first limit has the value and the unit of the label."""
        return _size(self.threshold) == _size(self.item.labels.threshold)

    @property
    def day_kind(self) -> str:
        """The kind of days of the first limit; empty where it is not counted in days."""
        return self.threshold.day_kind if self.threshold and self.threshold.unit == "day" else ""

    def mistakes(self) -> Iterator[str]:
        """What differs from the labels, in words."""
        labels, verdict = self.item.labels, self.verdict
        if verdict.is_clear != labels.is_clear:
            yield f"said {_clear(verdict.is_clear)}, labelled {_clear(labels.is_clear)}"
        for said, spans in (("vague without a label", self.false_alarms), ("vague words overlooked", self.overlooked)):
            if spans:
                yield f"{said}: {', '.join(f'“{self.item.frame.text[each.start : each.end]}”' for each in spans)}"
        if extra := verdict.missing - labels.missing:
            yield f"said missing: {', '.join(sorted(extra))}"
        if lacking := labels.missing - verdict.missing:
            yield f"missing overlooked: {', '.join(sorted(lacking))}"
        if not self.has_threshold_of_label:
            yield f"threshold {_limit(self.threshold)}, labelled {_limit(labels.threshold)}"
        if self.day_kind != labels.day_kind:
            yield f"days {self.day_kind or 'none'}, labelled {labels.day_kind or 'none'}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Right hits among all that were said (precision) and among all that are labelled (recall)."""

    said: int
    said_right: int
    labelled: int
    found: int

    @property
    def precision(self) -> Fraction:
        """Of what the check says, the share that is labelled; all of nothing is right."""
        return Fraction(self.said_right, self.said) if self.said else Fraction(1)

    @property
    def recall(self) -> Fraction:
        """Of what is labelled, the share that the check says."""
        return Fraction(self.found, self.labelled) if self.labelled else Fraction(1)

    def holds(self, least: Fraction) -> bool:
        """Whether both reach a bound."""
        return min(self.precision, self.recall) >= least


def judged(items: Iterable[Labelled]) -> tuple[Judged, ...]:
    """Each sentence with what the check says."""
    return tuple(Judged(item, judge(item.frame)) for item in items)


def on_not_clear(items: Sequence[Judged]) -> Agreement:
    """How well “not clear” is told."""
    return _on(items, lambda each: [not each.verdict.is_clear], lambda each: [not each.item.labels.is_clear])


def on_missing(items: Sequence[Judged]) -> Agreement:
    """How well missing parts are told, each part of each sentence as one (micro)."""
    return _on(items, lambda each: _flags(each.verdict.missing), lambda each: _flags(each.item.labels.missing))


def on_vague(items: Sequence[Judged]) -> Agreement:
    """How well vague words are found: a finding and a label are the same when they share a character."""
    said = sum(len(each.vague) for each in items)
    labelled = sum(len(each.item.labels.vague) for each in items)
    return Agreement(
        said=said,
        said_right=said - sum(len(each.false_alarms) for each in items),
        labelled=labelled,
        found=labelled - sum(len(each.overlooked) for each in items),
    )


def bounds_hold(items: Sequence[Judged]) -> bool:
    """Whether the check may be trusted: nine of ten verdicts and vague words, eight of ten missing parts."""
    verdicts, words = on_not_clear(items), on_vague(items)
    return verdicts.holds(LEAST) and words.holds(LEAST) and on_missing(items).holds(LEAST_FOR_SLOTS)


Flags = Callable[[Judged], Collection[bool]]


def _on(items: Sequence[Judged], says: Flags, is_so: Flags) -> Agreement:
    pairs = [pair for each in items for pair in zip(says(each), is_so(each), strict=True)]
    right = sum(said and labelled for said, labelled in pairs)
    return Agreement(sum(said for said, _ in pairs), right, sum(labelled for _, labelled in pairs), right)


def _flags(missing: frozenset[Slot]) -> list[bool]:
    return [slot in missing for slot in Slot]


def _size(limit: Limit | None) -> tuple[Fraction, str] | None:
    return (limit.value, unit_words(limit)) if limit else None


def unit_words(limit: Limit) -> str:
    """The unit as the labels write it: an hour that counts in working time only is a working hour."""
    return f"{limit.day_kind} {limit.unit}" if limit.unit == "hour" and limit.day_kind else limit.unit


def _limit(limit: Limit | None) -> str:
    return f"{float(limit.value):g} {unit_words(limit)}" if limit else "none"


def _clear(is_clear: bool) -> str:
    return "clear" if is_clear else "not clear"
