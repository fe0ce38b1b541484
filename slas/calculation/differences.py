"""Two plain values compared: where they differ, named by the event and the field, and what each of them says there."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slas.calculation.instants import instant_words

# What tells the items of a list apart, in the order in which it is looked for.
NAMES = ("id", "key", "on", "month", "anchor")
INSTANTS = frozenset({"start", "end", "now", "as_of"})
LONGEST = 200


@dataclass(frozen=True)
class Difference:
    """One place where two values differ: the way to it, and both; None where there is nothing."""

    place: tuple[str, ...]
    said: Any
    found: Any

    @property
    def where(self) -> str:
        """The place in words: `facts, outages, 2026-10-06T04:12:00+00:00, end`."""
        return ", ".join(self.place)

    @property
    def said_words(self) -> str:
        """What was said there."""
        return _words(self.place, self.said)

    @property
    def found_words(self) -> str:
        """What is found there."""
        return _words(self.place, self.found)


def differences(said: Any, found: Any, place: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Where two plain values (of JSON) differ. Items of a list are told apart by their names where each has its own."""
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for key in sorted(said.keys() | found.keys()):
            yield from differences(said.get(key), found.get(key), (*place, key))
    elif isinstance(said, list) and isinstance(found, list) and not is_interval(said):
        yield from _of_lists(said, found, place)
    elif type(said) is not type(found) or said != found:
        yield Difference(place, said, found)


def _of_lists(said: Sequence[Any], found: Sequence[Any], place: tuple[str, ...]) -> Iterator[Difference]:
    names, others = [_name(item) for item in said], [_name(item) for item in found]
    if _are_names(names) and _are_names(others):
        mine, theirs = dict(zip(names, said, strict=True)), dict(zip(others, found, strict=True))
        each = list(differences(mine, theirs, place))
        yield from each if each or names == others else [Difference((*place, "order"), names, others)]
    elif len(said) == len(found):
        for at, (item, other) in enumerate(zip(said, found, strict=True), start=1):
            yield from differences(item, other, (*place, str(at)))
    else:
        gone, new = (Counter(json.dumps(item, sort_keys=True) for item in items) for items in (said, found))
        yield from (Difference(place, json.loads(item), None) for item in (gone - new).elements())
        yield from (Difference(place, None, json.loads(item)) for item in (new - gone).elements())


def _name(item: Any) -> str:
    if isinstance(item, Mapping):
        return next((str(item[name]) for name in NAMES if item.get(name)), "")
    if isinstance(item, list) and item and isinstance(item[0], str):
        return item[0]
    return item.partition(" ")[0] if isinstance(item, str) else ""


def _are_names(names: Sequence[str]) -> bool:
    return all(names) and len(set(names)) == len(names)


def is_instant(place: Sequence[str], value: Any) -> bool:
    """Whether what is said at this place is a UTC second."""
    name = place[-1] if place else ""
    return type(value) is int and (name in INSTANTS or name.endswith("_at"))


def is_interval(value: Any) -> bool:
    """Whether it is a time of two UTC seconds."""
    return isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)


def _words(place: tuple[str, ...], value: Any) -> str:
    """A value as people read it: an instant in UTC, everything else as it is written."""
    if value is None:
        return "nothing"
    if is_instant(place, value):
        return instant_words(value)
    if is_interval(value):
        return " to ".join(map(instant_words, value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
