"""A figure calculated again: from the inputs that were kept with it, and from the facts as they are today."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from portal.accounts.models import Membership
from slas.calculation.differences import Difference, differences
from slas.calculation.errors import CalculationError
from slas.calculation.kept import WORDS, Checked, check_figure
from slas.calculation.outcomes import Outcome, attain
from slas.models import Attainment, TargetKind
from slas.queries.attainments import issued_attainments
from slas.queries.corrections import SUMS, Corrections
from slas.queries.difference_words import told
from slas.queries.inputs import gather_inputs
from slas.queries.targets import period_of, slot_of

NOT_SHOWN = "not shown"
PREPARED = "Facts have changed since: a correction is being prepared."
CORRECTED_SINCE = "Facts have changed since: a correction was issued, with its reason."
NOT_KEPT = "Its inputs were not kept: it was calculated by an earlier version."
NOT_IN_FORCE = "The promise is not in force in this period any more."


class Finding(Enum):
    """What came out: the same, facts that somebody corrected since, a difference that nobody recorded, or nothing."""

    EQUAL = "Equal"
    CORRECTED = "Different: facts have changed since, see corrections"
    DIFFERENT = "Different, without a recorded correction"
    UNABLE = "Cannot be recomputed"


@dataclass(frozen=True)
class Change:
    """An input that is another today, and the correction that explains it; empty where none is recorded.

    `words` are the three as people read them, on the clock of the agreement.
    """

    where: str
    then: str
    now: str
    correction: str
    words: tuple[str, str, str]

    @property
    def sentence(self) -> str:
        """`The outage of 6 October, 05:12: end 06:44 then, 05:14 now; no correction is recorded.`"""
        where, then, now = self.words
        why = f"corrected by {self.correction}" if self.correction else "no correction is recorded"
        return f"{where}: {then} then, {now} now; {why}."


@dataclass(frozen=True)
class Verification:
    """One figure calculated again.

    `altered` is where the stored figure does not follow from its own inputs, `changes` where the facts and terms of
    today are not those inputs, `refusal` why something could not be calculated, and `note` what is not looked at.
    The business reads what was issued to it: of what changed since it hears that a correction is being prepared or,
    where it `is_corrected`, that one was issued.
    """

    attainment: Attainment
    name: str
    altered: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()
    refusal: str = ""
    note: str = ""
    is_for_business: bool = False
    is_corrected: bool = False

    @property
    def finding(self) -> Finding:
        """The verdict in one word."""
        if self.altered or any(not each.correction for each in self.changes):
            return Finding.DIFFERENT
        if self.changes:
            return Finding.CORRECTED
        return Finding.UNABLE if self.refusal else Finding.EQUAL

    @property
    def is_equal(self) -> bool:
        """Whether it is the same figure from the same facts."""
        return self.finding is Finding.EQUAL

    @property
    def verdict(self) -> str:
        """What came out, in words."""
        if self.is_for_business and self.finding is Finding.CORRECTED:
            return CORRECTED_SINCE if self.is_corrected else PREPARED
        return f"{self.finding.value}."

    @property
    def looked_at(self) -> str:
        """What was compared."""
        if not self.attainment.inputs:
            return "The facts of today give the same fingerprint."
        return "Calculated again from its own inputs and from the facts of today: status, value, each line and record."

    @property
    def sentences(self) -> tuple[str, ...]:
        """What differs and why, one sentence each."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        for each in self.altered:
            said = f"stored is {each.said_words}, its own inputs give {each.found_words}"
            yield f"The figure itself, {each.where}: {said}."
        if not self.is_for_business:
            yield from (change.sentence for change in self.changes)
        yield from (said for said in (self.refusal, self.note) if said)


def verify_figure(*, attainment: Attainment, reader: Membership | None = None) -> Verification:
    """Calculate a stored figure again; whoever calls has made sure that the reader, if there is one, may see it."""
    is_for_business = reader is not None and reader.is_business
    later = issued_attainments().filter(target_id=attainment.target_id, period_start=attainment.period_start)
    is_corrected = is_for_business and later.filter(revision__gt=attainment.revision).exists()
    return replace(_verify(attainment), is_for_business=is_for_business, is_corrected=is_corrected)


def _verify(attainment: Attainment) -> Verification:
    target = attainment.target
    name = f"{target.agreement.slug}, {target.name}, {attainment.period_start:%Y-%m}, revision {attainment.revision}"
    checked = _checked(attainment)
    altered = tuple(each for each in checked.differences if each.place[-1] not in WORDS)
    verification = Verification(attainment, name, altered, note=checked.note)
    try:
        today = _today(attainment)
    except CalculationError as error:
        return replace(verification, refusal=str(error))
    if today is None:
        return replace(verification, refusal=NOT_IN_FORCE)
    if today.digest == attainment.inputs_hash:
        return replace(verification, refusal=checked.refusal, note=checked.note if attainment.inputs else NOT_KEPT)
    if checked.refusal:
        return replace(verification, refusal=checked.refusal)
    if not attainment.inputs:
        other = Difference(("fingerprint of all inputs",), attainment.inputs_hash, today.digest)
        return replace(verification, changes=_told(attainment, [other]), note=NOT_KEPT)
    found = differences(json.loads(checked.seen), json.loads(today.seen))
    return replace(verification, changes=_told(attainment, sorted(found, key=lambda each: each.place[0] == SUMS)))


def _today(attainment: Attainment) -> Outcome | None:
    """What the facts of today give, looked at as they were then; None where the promise has no such period."""
    target, then = attainment.target, attainment.computed_at
    slot = slot_of(target, period_of(target, attainment.period_start), then)
    return attain(gather_inputs(slots=[slot], now=then, anew=True)[0][1]) if slot else None


def _checked(attainment: Attainment) -> Checked:
    """The stored figure against the inputs that were kept with it."""
    if not attainment.inputs:
        return Checked()
    told = {
        "status": attainment.status,
        "value": attainment.value_words,
        "result": attainment.result,
        "proof": attainment.proof,
        "records": attainment.records,
    }
    try:
        inputs = json.loads(attainment.inputs)
    except ValueError as error:
        return Checked(refusal=f"Its inputs cannot be read. {error}")
    return check_figure(told, inputs)


def _told(attainment: Attainment, found: Sequence[Difference]) -> tuple[Change, ...]:
    corrections = Corrections(attainment, found)
    is_survey = attainment.target.kind == TargetKind.SATISFACTION
    zone = attainment.target.agreement.time_zone
    return tuple(_change(each, corrections.told(each), zone, is_survey=is_survey) for each in found)


def _change(difference: Difference, correction: str, zone: str, *, is_survey: bool) -> Change:
    """Of surveys no numbers: what one figure has more than another may be the answers of few."""
    if is_survey and difference.place[0] == SUMS:
        where = told(difference, zone)[0]
        return Change(difference.where, NOT_SHOWN, NOT_SHOWN, correction, (where, NOT_SHOWN, NOT_SHOWN))
    said, found = difference.said_words, difference.found_words
    return Change(difference.where, said, found, correction, told(difference, zone))
