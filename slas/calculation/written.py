"""The written form read back: terms and facts become again the very values that were written.

The types say how: nothing here knows a kind of figure, so that a term that comes later is read as it is written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from slas.calculation.errors import CalculationError, NotReadable

Value = TypeVar("Value")
Reader = Callable[[Any, str], Any]  # the plain value, and where it stands
_MOST_DIGITS = 60
_FRACTION = re.compile(r"-?\d+/[1-9]\d*")


def read_as(kind: type[Value], plain: Any, where: str = "the inputs") -> Value:
    """The value of that kind that `canonical` wrote, from its JSON. Raises NotReadable, which names the place."""
    wanted: Any = kind
    return _reader(wanted)(plain, where)  # type: ignore[no-any-return]


@cache
def _reader(kind: Any) -> Reader:
    """How a value of that kind is read: found out once, because a month may hold thousands of them."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind))
    if origin in (tuple, frozenset):
        return _row(origin, get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _table(_reader(get_args(kind)[1]))
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, Enum):
        return _choice(kind)
    if issubclass(kind, tuple):
        return _named_tuple(kind)
    return _record(kind)


def _exactly(kind: type, words: str) -> Reader:
    def read(plain: Any, where: str) -> Any:
        if type(plain) is not kind:
            raise NotReadable(where, plain, words)
        return plain

    return read


def _text_as(make: Callable[[str], Any], words: str) -> Reader:
    def read(plain: Any, where: str) -> Any:
        try:
            return make(_TEXT(plain, where))
        except (ValueError, InvalidOperation) as error:
            raise NotReadable(where, plain, words) from error

    return read


def _fraction(text: str) -> Fraction:
    if not _FRACTION.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    # A few letters can stand for more digits than a machine holds: 1e999999999.
    if not number.is_finite() or max(abs(number.adjusted()), abs(int(number.as_tuple().exponent))) > _MOST_DIGITS:
        raise ValueError(text)
    return number


_TEXT = _exactly(str, "text")
_PLAIN: Mapping[Any, Reader] = {
    bool: _exactly(bool, "true or false"),
    int: _exactly(int, "a whole number"),
    str: _TEXT,
    Fraction: _text_as(_fraction, "a fraction such as 199/200"),
    Decimal: _text_as(_decimal, "a number in quotation marks such as 99.5"),
    date: _text_as(date.fromisoformat, "a date such as 2026-10-31"),
}


def _choice(kind: type[Enum]) -> Reader:
    known = {each.value: each for each in kind}

    def read(plain: Any, where: str) -> Any:
        if not isinstance(plain, str) or plain not in known:
            raise NotReadable(where, plain, " or ".join(map(str, known)))
        return known[plain]

    return read


def _list(plain: Any, where: str) -> list[Any]:
    if not isinstance(plain, list):
        raise NotReadable(where, plain, "a list")
    return plain


def _row(make: Callable[[Any], Any], kinds: tuple[Any, ...]) -> Reader:
    if make is frozenset or kinds[-1] is Ellipsis:
        each = _reader(kinds[0])
        return lambda plain, where: make(each(item, f"{where}[{at}]") for at, item in enumerate(_list(plain, where)))
    readers = [_reader(kind) for kind in kinds]

    def read(plain: Any, where: str) -> Any:
        if len(_list(plain, where)) != len(readers):
            raise NotReadable(where, plain, f"a list of {len(readers)}")
        return make(read(item, where) for read, item in zip(readers, plain, strict=True))

    return read


def _named_tuple(kind: Any) -> Reader:
    return _made(_row(tuple, tuple(get_type_hints(kind)[name] for name in kind._fields)), lambda parts: kind(*parts))


def _made(read_parts: Reader, make: Callable[[Any], Any]) -> Reader:
    return lambda plain, where: make(read_parts(plain, where))


def _object(plain: Any, where: str) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise NotReadable(where, plain, "an object with named values")
    return plain


def _table(each: Reader) -> Reader:
    return lambda plain, where: {key: each(item, f"{where}[{key}]") for key, item in _object(plain, where).items()}


@cache
def _parts(kind: Any) -> dict[str, Reader]:
    hints = get_type_hints(kind)
    return {part.name: _reader(hints[part.name]) for part in fields(kind)}


def _record(kind: Any) -> Reader:
    needed = _needed(kind)

    def read(plain: Any, where: str) -> Any:
        given, parts = _object(plain, where), _parts(kind)  # only now: a record may hold others of its own kind
        for name in given.keys() - parts.keys():
            raise NotReadable(f"{where}.{name}", given[name], f"a value of {', '.join(parts)}")
        for name in needed - given.keys():
            raise NotReadable(f"{where}.{name}", None, "there")
        values = {name: parts[name](item, f"{where}.{name}") for name, item in given.items()}
        try:
            return kind(**values)
        except NotReadable:
            raise
        except CalculationError as error:
            raise NotReadable(where, plain, f"possible ({str(error).rstrip('.')})") from error

    return read


def _needed(kind: Any) -> set[str]:
    """The fields that are always written; a term that came later is left out where it is not used."""
    return {part.name for part in fields(kind) if not _has_default(part)}


def _has_default(part: Field[Any]) -> bool:
    return part.default is not MISSING or part.default_factory is not MISSING


def _one_of(kinds: tuple[Any, ...]) -> Reader:
    """Nothing, or a value of one of the kinds; several kinds of records are told apart by their fields."""
    some = [kind for kind in kinds if kind is not NoneType]
    records: list[Any] = [kind for kind in some if is_dataclass(kind)]

    def read(plain: Any, where: str) -> Any:
        if plain is None and NoneType in kinds:
            return None
        if len(some) == 1:
            return _reader(some[0])(plain, where)
        for kind in records:
            if _needed(kind) <= _object(plain, where).keys() <= {part.name for part in fields(kind)}:
                return _reader(kind)(plain, where)
        raise NotReadable(where, plain, "one of " + ", ".join(kind.__name__ for kind in some))

    return read
