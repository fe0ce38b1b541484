"""What a map of a service shows, before anything has a place."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MapNode:
    """A part: name, note, status mark with its words, where it leads; `key` is its name among the arrows.

    A part that is itself made of parts has an address that opens or closes it.
    """

    key: str
    name: str
    note: str = ""
    letter: str = ""
    words: str = ""
    url: str = ""
    is_weak: bool = False
    fold_url: str = ""
    fold_words: str = ""


@dataclass(frozen=True)
class MapBlock:
    """One part, or several in a dashed frame under their rule; in steps `first` to `last`, counted from 1."""

    nodes: tuple[MapNode, ...]
    first: int
    last: int
    rule: str = ""


@dataclass(frozen=True)
class MapLane:
    """The parts of one kind."""

    label: str
    icon: str
    blocks: tuple[MapBlock, ...]


@dataclass(frozen=True)
class MapStep:
    """A step of the business process."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class MapArrow:
    """A hand-over from one part to another, or (None) out of the service; `short` says it at its giver on a phone."""

    giver: str
    receiver: str | None
    words: str
    short: str = ""


@dataclass(frozen=True)
class ServiceMap:
    """A whole map, with its name for who cannot see it."""

    title: str
    steps: Sequence[MapStep]
    lanes: Sequence[MapLane]
    arrows: Sequence[MapArrow] = ()
