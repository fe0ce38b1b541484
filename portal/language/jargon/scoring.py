"""How well the check agrees with labels made by hand: precision and recall of stretches, and each mistake."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.language.jargon.check import Finding, find_jargon
from portal.language.jargon.terms import Kind
from portal.language.jargon.text import Span

LEAST, LEAST_ON_SEED, LEAST_OUTSIDE = Fraction(85, 100), Fraction(9, 10), Fraction(7, 10)
MOST_ALARMS = Fraction(2, 40)
LABELLED_AS = {Kind.RARE: Kind.TERM, Kind.GLOSSARY: Kind.TERM}


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch that a person has marked as technical; `is_seed` when the seed glossary has the words."""

    span: Span
    kind: Kind
    is_seed: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its labels; what stands in `borderline` counts neither for nor against."""

    key: str
    text: str
    is_business: bool
    is_tricky: bool
    labels: tuple[Label, ...]
    borderline: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence with what the check tells in it, hints and borderline words left out."""

    item: Labelled
    findings: tuple[Finding, ...]

    @property
    def false_alarms(self) -> tuple[Finding, ...]:
        """What the check tells and no label shares a character with."""
        return tuple(each for each in self.findings if not _meets(each, self.item.labels))

    @property
    def overlooked(self) -> tuple[Label, ...]:
        """Labels that no finding shares a character with."""
        return tuple(label for label in self.item.labels if not any(_meets(each, (label,)) for each in self.findings))

    @property
    def kinds(self) -> Iterator[bool]:
        """For each right finding, whether a label that it meets has its kind."""
        for each in self.findings:
            met = {label.kind for label in self.item.labels if _meets(each, (label,))}
            if met:
                yield LABELLED_AS.get(each.kind, each.kind) in met

    def mistakes(self) -> Iterator[str]:
        """What differs from the labels, in words."""
        for each in self.false_alarms:
            yield f"told without a label: “{each.words}” ({each.kind})"
        for label in self.overlooked:
            words = self.item.text[label.span.start : label.span.end]
            yield f"overlooked: “{words}” ({label.kind}{', in the seed glossary' if label.is_seed else ''})"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Right ones among all that were told (precision) and found ones among all that are labelled (recall)."""

    told: int
    right: int
    labelled: int
    found: int

    @property
    def precision(self) -> Fraction:
        """Of what the check tells, the share that is labelled; all of nothing is right."""
        return Fraction(self.right, self.told) if self.told else Fraction(1)

    @property
    def recall(self) -> Fraction:
        """Of what is labelled, the share that the check tells."""
        return Fraction(self.found, self.labelled) if self.labelled else Fraction(1)

    def holds(self, least: Fraction) -> bool:
        """Whether both reach a bound."""
        return min(self.precision, self.recall) >= least


def judged(items: Iterable[Labelled]) -> tuple[Judged, ...]:
    """Each sentence with what the check tells."""
    return tuple(Judged(item, tuple(_counted(item))) for item in items)


def _counted(item: Labelled) -> Iterator[Finding]:
    for each in find_jargon(item.text):
        span = Span(each.start, each.end)
        is_dropped = any(span.overlaps(other) for other in item.borderline) and not _meets(each, item.labels)
        if not each.is_hint and not is_dropped:
            yield each


def overall(items: Sequence[Judged]) -> Agreement:
    """Over all words."""
    return _agreement(items, (True, False), tuple(Kind))


def on_seed(items: Sequence[Judged], *, is_seed: bool) -> Agreement:
    """On words that the seed glossary has, or on those that it has not."""
    return _agreement(items, (is_seed,), tuple(Kind))


def on_kind(items: Sequence[Judged], kind: Kind) -> Agreement:
    """On words of one kind: what is told as this kind, and what is labelled as it."""
    return _agreement(items, (True, False), tuple(each for each in Kind if LABELLED_AS.get(each, each) is kind))


def _agreement(items: Sequence[Judged], seed: tuple[bool, ...], kinds: tuple[Kind, ...]) -> Agreement:
    told = right = labelled = found = 0
    for each in items:
        findings = [one for one in each.findings if one.is_seed in seed and one.kind in kinds]
        labels = [one for one in each.item.labels if one.is_seed in seed and one.kind in kinds]
        told += len(findings)
        right += sum(one not in each.false_alarms for one in findings)
        labelled += len(labels)
        found += sum(one not in each.overlooked for one in labels)
    return Agreement(told, right, labelled, found)


def business(items: Sequence[Judged], *, is_tricky: bool) -> tuple[Judged, ...]:
    """The business sentences: those with a word that looks technical and is none, or the others."""
    return tuple(each for each in items if each.item.is_business and each.item.is_tricky == is_tricky)


def falsely_flagged(items: Iterable[Judged]) -> int:
    """How many sentences have a false alarm."""
    return sum(bool(each.false_alarms) for each in items)


def bounds_hold(items: Sequence[Judged]) -> bool:
    """Whether the check may be trusted; of business sentences, at most two of forty may have a false alarm."""
    quiet = all(
        falsely_flagged(group) <= MOST_ALARMS * len(group)
        for group in (business(items, is_tricky=True), business(items, is_tricky=False))
    )
    seed, outside = on_seed(items, is_seed=True), on_seed(items, is_seed=False)
    return quiet and overall(items).holds(LEAST) and seed.holds(LEAST_ON_SEED) and outside.holds(LEAST_OUTSIDE)


def _meets(finding: Finding, labels: Iterable[Label]) -> bool:
    span = Span(finding.start, finding.end)
    return any(span.overlaps(label.span) for label in labels)
