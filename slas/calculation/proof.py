"""The proof of a figure: its inputs in one written form, their hash, and the sum read from top to bottom.

Same inputs, same bytes: facts are put in order, and no binary floating point is let in.
"""

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from slas.calculation.errors import NotCanonical

RULES_VERSION = 3

# Metadata of a term that came after figures were issued: it is written only where it is used, that is where it differs
# from its default, so that the figures of before keep their fingerprint.
LATER = MappingProxyType({"later": True})
_AS_THEY_ARE = {type(None), bool, int, str}


class Unit(Enum):
    """What a line of the sum is counted in."""

    SECONDS = "seconds"
    SHARE = "share"
    COUNT = "count"
    NUMBER = "number"
    DAYS = "days"
    MONEY = "money"
    STATUS = "status"


class Role(Enum):
    """What a line does in the sum."""

    PART = "part"
    TAKEN_OUT = "taken_out"
    TOTAL = "total"
    RESULT = "result"


@dataclass(frozen=True)
class Line:
    """One line of the sum: a key that the reader's language turns into words, an exact value, and what it is made of.

    `details` are (name, value) pairs: the events behind the line with their amounts, or the terms that were applied.
    """

    key: str
    role: Role
    unit: Unit
    value: Fraction | str
    details: tuple[tuple[str, Fraction | str], ...] = ()


@dataclass(frozen=True)
class Proof:
    """Everything needed to make the figure again and to see that it is the same."""

    kind: str
    rules_version: int
    inputs: str
    digest: str
    lines: tuple[Line, ...]
    evidence: tuple[str, ...]

    @property
    def evidence_count(self) -> int:
        """How many records the figure rests on."""
        return len(self.evidence)

    def to_json(self) -> str:
        """The whole proof in its one written form."""
        return canonical(self)


def prove(kind: str, inputs: Mapping[str, Any], lines: tuple[Line, ...], evidence: tuple[str, ...]) -> Proof:
    """A proof of one figure of that kind. Raises NotCanonical."""
    written = canonical({"kind": kind, "rules_version": RULES_VERSION, **inputs})
    return Proof(kind, RULES_VERSION, written, digest_of(written), lines, evidence)


def digest_of(written: str) -> str:
    """SHA-256 of a written form, in hexadecimal."""
    return sha256(written.encode()).hexdigest()


def check_code(digest: str) -> str:
    """The start of a fingerprint as people compare it: 7F3A-92C1."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def canonical(value: Any) -> str:
    """One value, one text: JSON with sorted keys and no spaces, fractions as `199/200`. Raises NotCanonical."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if parts := _parts_of(kind):
        return {part.name: _plain(getattr(value, part.name)) for part in parts if _is_written(part, value)}
    match value:
        case bool() | int() | str():
            return value
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case Decimal() | date():
            return str(value)
        case Enum():
            return value.value
        case frozenset() | set():
            return sorted(_plain(item) for item in value)
        case tuple() | list():
            return [_plain(item) for item in value]
        case Mapping():
            return {str(_plain(key)): _plain(item) for key, item in value.items()}
    raise NotCanonical(value)


@lru_cache
def _parts_of(kind: type) -> tuple[Field[Any], ...]:
    """The fields of a dataclass; none of anything else. A figure holds thousands of a few kinds."""
    return fields(kind) if is_dataclass(kind) else ()


def _is_written(part: Field[Any], value: Any) -> bool:
    return "later" not in part.metadata or getattr(value, part.name) != part.default
