"""What the ambiguity check says of an agreement: clause by clause, with what both sides except."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from urllib.parse import urlencode

from slas.models import (
    Agreement,
    Obligation,
    OwnWord,
    PeriodKind,
    Schedule,
    ServiceLevelTarget,
    TargetKind,
    WordingException,
    WordKind,
)
from slas.queries.agreements import list_agreement_targets
from slas.queries.clauses import duty_key, list_duties, target_key
from slas.wording.check import check
from slas.wording.frame import About, Finding, Frame, Limit, Severity, Slot
from slas.wording.rules import OwnWords, own_words

ABOUT = {
    TargetKind.AVAILABILITY: About.ACCESS,
    TargetKind.RELIABILITY: About.ACCESS,
    TargetKind.SATISFACTION: About.OTHER,
    TargetKind.READINGS: About.ACCURACY,
}
ALWAYS = ("always", "round the clock")
PERIODS = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.YEAR: "year"}


@dataclass(frozen=True, slots=True)
class ClauseFinding:
    """A finding in a clause of an agreement, with the exception that both sides sign, if there is one."""

    clause_key: str
    title: str
    text: str
    finding: Finding
    exception: WordingException | None = None

    @property
    def is_open(self) -> bool:
        """Whether it keeps the agreement from being accepted."""
        return self.finding.severity == Severity.ERROR and self.exception is None

    @property
    def weight(self) -> str:
        """What it means for the agreement, in a word or two."""
        if self.exception:
            return "Both sides keep it"
        return {Severity.ERROR: "Unclear", Severity.HEDGE: "Weakens the promise"}.get(self.finding.severity, "Not said")

    @property
    def named(self) -> str:
        """What it is about, for a refusal: the words, or the part that is missing, and where."""
        found = self.finding
        about = f"“{found.words}”" if found.words else (found.slot or found.code).replace("_", " ")
        return f"{about} in “{self.title}”"

    @property
    def is_hedge(self) -> bool:
        """Whether it only warns."""
        return self.finding.severity == Severity.HEDGE

    @property
    def offer(self) -> str:
        """The whole text as it could read instead, where that is known and nobody keeps it as it is."""
        return "" if self.exception else self.finding.rewrite

    @property
    def asked(self) -> str:
        """What the form of its exception is opened with."""
        return urlencode({"clause_key": self.clause_key, "code": self.finding.code, "words": self.finding.words})

    @property
    def before(self) -> str:
        """The text before the words that it is about."""
        return self.text[: self.finding.start] if self.finding.words else self.text

    @property
    def after(self) -> str:
        """The text behind them."""
        return self.text[self.finding.end :] if self.finding.words else ""


def frame_of_target(target: ServiceLevelTarget) -> Frame:
    """A promise as the check reads it: its sentence, and what its form settles beside it."""
    measure = target.measure
    lacking = {slot for slot, said in ((Slot.SOURCE, measure.source), (Slot.WHO_DECIDES, measure.decider)) if not said}
    hours = target.service_hours
    return Frame(
        text=target.sentence,
        service=f"{target.name} {measure.what}",
        share=None if target.threshold is None else Fraction(target.threshold) / 100,
        about=ABOUT.get(TargetKind(target.kind), About.TIME),
        settled=frozenset(set(Slot) - lacking),
        limit=_limit(target),
        period="" if target.schedule == Schedule.MONTHLY else PERIODS[PeriodKind(target.period_kind)],
        around_the_clock=hours is None or hours.words.lower().startswith(ALWAYS),
    )


def _limit(target: ServiceLevelTarget) -> Limit | None:
    if target.kind != TargetKind.CASES:
        return None
    if target.within_working_days is not None:
        return Limit(Fraction(target.within_working_days), "day", "working")
    return Limit(Fraction(target.within_seconds), "second") if target.within_seconds else None


def frame_of_words(text: str) -> Frame:
    """Free text of an agreement, such as a duty: what is vague in it; dates and figures stand beside it."""
    return Frame(text=text, settled=frozenset(Slot))


def list_own_words() -> OwnWords:
    """What this tenant adds to the rules."""
    rows = OwnWord.objects.filter(is_active=True).order_by("words").values_list("words", "kind", "note")
    return own_words(
        vague={words: note for words, kind, note in rows if kind == WordKind.VAGUE},
        defined=[words for words, kind, _note in rows if kind == WordKind.DEFINED],
    )


def target_findings(target: ServiceLevelTarget) -> tuple[ClauseFinding, ...]:
    """What the check says of one promise, also of one that is not written yet."""
    return tuple(_findings(target_key(target.slug), target.name, frame_of_target(target), list_own_words()))


def sentence_findings(text: str) -> tuple[ClauseFinding, ...]:
    """What the check says of words of which nothing else is known yet."""
    return tuple(_findings("", "", frame_of_words(text), list_own_words()))


def agreement_findings(*, agreement: Agreement) -> tuple[ClauseFinding, ...]:
    """What the check says of a version, in the order of its clauses; errors that both sides except carry that."""
    targets, duties = list_agreement_targets(agreement=agreement), list_duties(agreement=agreement)
    return findings_of(targets=targets, duties=duties, exceptions=list_exceptions(agreement=agreement))


def findings_of(
    *, targets: Iterable[ServiceLevelTarget], duties: Iterable[Obligation], exceptions: Iterable[WordingException]
) -> tuple[ClauseFinding, ...]:
    """The same, of the promises and duties of one version that are at hand."""
    own = list_own_words()
    excepted = {(each.clause_key, each.code, each.words): each for each in exceptions}
    return tuple(
        ClauseFinding(key, title, frame.text, finding, excepted.get((key, finding.code, finding.words)))
        for key, title, frame in _frames(targets, duties)
        for finding in _checked(frame, own)
    )


def list_exceptions(*, agreement: Agreement) -> list[WordingException]:
    """What both sides except, in the order of the clauses."""
    return list(agreement.wording_exceptions.order_by("clause_key", "code", "words"))


def _frames(targets: Iterable[ServiceLevelTarget], duties: Iterable[Obligation]) -> Iterator[tuple[str, str, Frame]]:
    for target in targets:
        yield target_key(target.slug), target.short_name or target.name, frame_of_target(target)
    for duty in duties:
        yield duty_key(duty.slug), duty.short_text, frame_of_words(duty.text)


def _findings(key: str, title: str, frame: Frame, own: OwnWords) -> Iterator[ClauseFinding]:
    for finding in _checked(frame, own):
        yield ClauseFinding(key, title, frame.text, finding)


@lru_cache(maxsize=4096)
def _checked(frame: Frame, own: OwnWords) -> tuple[Finding, ...]:
    """Sentences are read again and again and seldom change."""
    return check(frame, own=own)
