"""A figure as others would count it, as a reader finds it beside Parley's own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from portal.language.numbers import upper_first
from portal.language.phrases import LETTERS
from slas.calculation.errors import CalculationError
from slas.calculation.kept import read_inputs
from slas.calculation.outcomes import Inputs
from slas.calculation.outcomes.others import OtherFigure, OwnFigure, as_others
from slas.calculation.proof import RULES_VERSION
from slas.calculation.status import Status
from slas.models import Attainment, ServiceLevelTarget, TargetKind
from slas.queries.phrases import with_unit

# Characters of inputs that are read whenever a page is opened: some three hundred cases. More are read when asked for.
READ_AT_ONCE = 200_000
# What of the others is counted from the facts again; all other kinds need the value alone.
FROM_INPUTS = (TargetKind.AVAILABILITY, TargetKind.CASES)


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A convention of others: its name, the rule on both sides, and the figure by it with the letter of its status."""

    name: str
    ours: str
    theirs: str
    value: str
    letter: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class AsOthers:
    """The figure by each convention that applies to its kind.

    `is_asked_for` where some of them wait until they are asked for, `refusal` where they cannot be counted.
    """

    lines: tuple[OtherLine, ...]
    waits: bool = False
    refusal: str = ""


def small_inputs(of: str = "") -> Case:
    """The inputs of a figure where a page may read them at once, else an empty text; `of` leads to the figure."""
    inputs = F(f"{of}inputs")
    small = When(LessThanOrEqual(Length(inputs), READ_AT_ONCE), then=inputs)
    return Case(small, default=Value(""), output_field=TextField())


def others_of(
    *, attainment: Attainment, target: ServiceLevelTarget, inputs: str, is_asked: bool = False
) -> AsOthers | None:
    """The figure as others would count it, from those inputs that were read with it; None where it has no value.

    Where they were too many to be read at once, they are read when somebody asks. A figure by an earlier version of
    the counting rules is compared by its value alone.
    """
    own = _own(attainment, target)
    if not own.is_comparable:
        return None
    is_needed = target.kind in FROM_INPUTS and attainment.proof.get("rules_version") == RULES_VERSION
    if is_needed and is_asked and not inputs:
        inputs = attainment.inputs
    try:
        read = _read(inputs) if is_needed and inputs else None
        lines = tuple(map(_line, as_others(own, read)))
    except (CalculationError, ArithmeticError, LookupError, ValueError, OSError) as error:
        return AsOthers(tuple(map(_line, as_others(own))), refusal=str(error))
    return AsOthers(lines, waits=is_needed and not is_asked and not inputs)


def _read(inputs: str) -> Inputs:
    return read_inputs(json.loads(inputs))


def _own(attainment: Attainment, target: ServiceLevelTarget) -> OwnFigure:
    share = _share(target, attainment.result)
    return OwnFigure(
        attainment.value_words, Fraction(share) if share else None, target.decimals, Status(attainment.status)
    )


def _share(target: ServiceLevelTarget, result: Mapping[str, Any]) -> str | None:
    """The value of the figure, exactly: of availability in a running period that at its end if nothing else happens."""
    if target.kind == TargetKind.AVAILABILITY:
        share: str | None = result.get("if_nothing_else") or result.get("agreed")
        return share
    return result.get("share")


def _line(other: OtherFigure) -> OtherLine:
    convention = other.convention
    return OtherLine(
        upper_first(convention.name),
        convention.ours,
        convention.theirs,
        with_unit(other.words),
        LETTERS[other.status.value],
        other.is_same,
    )
