"""The ambiguity check: could two honest people, with this sentence before them, arrive at two figures?"""

from collections.abc import Iterable
from dataclasses import dataclass

from slas.wording.figures import contradictions
from slas.wording.frame import DECISIVE, Effect, Finding, Frame, Limit, Severity, Slot
from slas.wording.reading import read
from slas.wording.rewrites import completed, rewritten
from slas.wording.rules import OwnWords, Rules, rules_of
from slas.wording.slots import Promise, missing_slots, slot_code
from slas.wording.spans import Vague, vague_words

NO_WORDS = OwnWords()
SEVERITY = {Effect.HEDGE: Severity.HEDGE, Effect.DAY_KIND: Severity.ERROR, Effect.MEASURE: Severity.ERROR}
OPENED_BY = {"day_kind": Slot.CALENDAR, "working_hours": Slot.CALENDAR, "range": Slot.THRESHOLD}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of a sentence. It is clear when no finding is an error."""

    findings: tuple[Finding, ...]
    missing: frozenset[Slot]
    limits: tuple[Limit | None, ...]

    @property
    def is_clear(self) -> bool:
        """Whether two honest people would arrive at the same figure."""
        return not any(finding.severity == Severity.ERROR for finding in self.findings)


def check(frame: Frame, *, rules: Rules | None = None, own: OwnWords = NO_WORDS) -> tuple[Finding, ...]:
    """Everything in a sentence that two honest people could read differently, in the order of the text."""
    return judge(frame, rules=rules, own=own).findings


def judge(frame: Frame, *, rules: Rules | None = None, own: OwnWords = NO_WORDS) -> Verdict:
    """The findings of a sentence with what was read in it. `own` are a tenant's words."""
    rules = rules or rules_of()
    reading = read(frame.text, rules)
    vague = vague_words(reading, rules, own, frame.settled)
    promise = Promise(frame, reading, vague, rules)
    missing = missing_slots(promise)
    findings = [
        *(_of_words(promise, each) for each in vague),
        *contradictions(promise),
        *_of_slots(promise, missing),
    ]
    limits = tuple(each.limit for each in reading.limits)
    return Verdict(tuple(findings), missing, limits)


def _of_words(promise: Promise, each: Vague) -> Finding:
    text = promise.rules.texts.get(each.code)
    why, ask = (text.why, text.ask) if text else (each.rule.why, each.rule.ask) if each.rule else ("", "")
    return Finding(
        code=each.code,
        severity=SEVERITY[each.effect],
        why=why,
        ask=ask,
        slot=each.opens,
        effect=each.effect,
        words=promise.frame.text[each.span.start : each.span.end],
        start=each.span.start,
        end=each.span.end,
        rewrite=rewritten(promise, each),
    )


def _of_slots(promise: Promise, missing: frozenset[Slot]) -> Iterable[Finding]:
    """A part that is missing is told once: where vague words leave it open, they are the finding."""
    told = {each.opens for each in promise.vague} | {
        OPENED_BY[each.code] for each in promise.vague if each.code in OPENED_BY
    }
    for slot in Slot:
        if slot in missing and (slot not in told or slot not in DECISIVE):
            code = slot_code(promise, slot)
            text = promise.rules.texts[code]
            yield Finding(
                code=code,
                severity=Severity.ERROR if slot in DECISIVE else Severity.NOTE,
                why=text.why,
                ask=text.ask,
                slot=slot,
                rewrite=completed(promise, slot, text.add),
            )
