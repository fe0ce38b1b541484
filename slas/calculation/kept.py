"""What is kept of a figure so that anybody can calculate it again: its inputs in their written form (section 12).

The fingerprint is taken of what the period can see of the inputs; they themselves hold also the words of the agreement
and of the events, so that the whole outcome can be made again from them, without a database.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slas.calculation.differences import Difference, differences
from slas.calculation.errors import CalculationError, NotReadable
from slas.calculation.outcomes import (
    AvailabilityInputs,
    CasesInputs,
    Inputs,
    InterruptionsInputs,
    OccasionsInputs,
    Outcome,
    SatisfactionInputs,
    SurveySums,
    VolumeInputs,
    attain,
)
from slas.calculation.outcomes.counts import Hides, sum_rounds
from slas.calculation.outcomes.readings import ReadingsInputs
from slas.calculation.proof import RULES_VERSION, canonical
from slas.calculation.written import read_as

KINDS: dict[str, type[Inputs]] = {
    "availability": AvailabilityInputs,
    "reliability": InterruptionsInputs,
    "cases": CasesInputs,
    "volume": VolumeInputs,
    "occasions": OccasionsInputs,
    "satisfaction": SurveySums,
    "readings": ReadingsInputs,
}
_KIND_OF = {kind: name for name, kind in KINDS.items()}
# What is told of a figure and follows from nothing but its inputs.
TOLD = ("status", "value", "result", "proof", "records")
# Words may be put better by a later version of the program; the figures stay.
WORDS = frozenset({"label", "detail", "why", "closing", "missing_policy", "rounding"})
# What is told beside a figure by a rule with a number of its own, and is not in the fingerprint: it is compared where
# the figure was told by that very rule.
BESIDE = ("reliability",)
BY_ANOTHER_RULE = "What it tells of failures was counted by an earlier rule, and is not compared."
# What is told since figures were issued that do not tell it, in the result and in the sum: it follows from the same
# inputs.
TOLD_LATER = frozenset({"bounds", "to_come"})
LINES_LATER = frozenset({"low", "high"})
WITHOUT_ANSWERS = "Its answers are few and are not kept: what they were can be looked up in the database alone."


@dataclass(frozen=True)
class Checked:
    """A figure that was calculated again from its inputs: where it differs, or why it could not be calculated.

    `seen` is what its fingerprint is taken of, and `note` says what the inputs leave out.
    """

    differences: tuple[Difference, ...] = ()
    refusal: str = ""
    note: str = ""
    seen: str = ""

    @property
    def is_equal(self) -> bool:
        """Whether everything that is told of the figure follows from its inputs."""
        return not self.differences and not self.refusal


def write_inputs(inputs: Inputs) -> str:
    """The inputs in their one written form, without answers that a reader may not see (calculation, section 8)."""
    kept = sum_rounds(inputs) if isinstance(inputs, SatisfactionInputs) else inputs
    return canonical({"kind": _KIND_OF[type(kept)], "inputs": kept})


def read_inputs(plain: Any) -> Inputs:
    """The inputs from the JSON of their written form. Raises NotReadable."""
    if not isinstance(plain, dict) or plain.keys() != {"kind", "inputs"}:
        raise NotReadable("inputs", plain, "an object with “kind” and “inputs”")
    if not isinstance(plain["kind"], str) or plain["kind"] not in KINDS:
        raise NotReadable("inputs.kind", plain["kind"], " or ".join(KINDS))
    return read_as(KINDS[plain["kind"]], plain["inputs"], "inputs")


def told_of(outcome: Outcome) -> dict[str, Any]:
    """What is told of an outcome, as JSON gives it back."""
    told: dict[str, Any] = {
        "status": outcome.status.value,
        "value": outcome.value_words,
        "result": outcome.result,
        "proof": outcome.proof,
        "records": outcome.records,
    }
    return json.loads(json.dumps(told))  # type: ignore[no-any-return]


def check_figure(told: Mapping[str, Any], inputs: Any) -> Checked:
    """Calculate a figure again from its inputs, and compare all that is told of it."""
    version = told["proof"].get("rules_version")
    if version != RULES_VERSION:
        return Checked(refusal=f"It was made by version {version} of the counting rules, and this is {RULES_VERSION}.")
    try:
        read = read_inputs(inputs)
        outcome = attain(read)
    except (CalculationError, ArithmeticError, LookupError, ValueError, OSError) as error:
        return Checked(refusal=f"It cannot be calculated. {error}")
    is_hidden = isinstance(read, SurveySums) and read.hides is not Hides.NOTHING
    then, now = {name: told[name] for name in TOLD}, told_of(outcome)
    other = [name for name in BESIDE if _rule_of(then["result"], name) != _rule_of(now["result"], name)]
    for each in (then, now):
        each["result"] = {name: part for name, part in each["result"].items() if name not in other}
    _leave_out_later(then, now)
    note = WITHOUT_ANSWERS if is_hidden else BY_ANOTHER_RULE if other else ""
    return Checked(tuple(differences(then, now)), note=note, seen=outcome.seen)


def _leave_out_later(then: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Of what is told now, without what was not told then; what is told by somebody else may be anything."""
    for name in TOLD_LATER - then["result"].keys():
        now["result"].pop(name, None)
    told, lines = then["proof"].get("lines"), now["proof"]["lines"]
    said = [each.get("key") for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    lines[:] = [each for each in lines if each["key"] not in LINES_LATER or each["key"] in said]


def _rule_of(result: Mapping[str, Any], name: str) -> Any:
    """By which rule a part of the result was told; None by none, or by one before they had a number."""
    part = result.get(name)
    return part.get("rule") if isinstance(part, dict) else None
