"""From hostile bytes to the documents of a YAML file, or a sentence about what to do.

Only plain values are read. The limits come before anything is built: size, number of values, depth, and no aliases,
because a few of them can stand for very many values.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent
from yaml.nodes import MappingNode, ScalarNode

from catalog.importers.files import CONTROL, MOST_BYTES, UnusableFile, shown

MOST_VALUES = 50_000
MOST_DEPTH = 30
MOST_DOCUMENTS = 2_000
MOST_NUMBER = 40  # signs of a number; YAML reads longer ones in other bases, and times of day, without a limit
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WHOLE_NUMBER = "tag:yaml.org,2002:int"
UNREADABLE = (yaml.YAMLError, ValueError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Document:
    """One object of the file, by its number from the top."""

    number: int
    body: dict[str, Any]


class _Loader(_Base):
    """Plain values only, and no key twice: the last of two would win in silence."""

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping. Raises MarkedYAMLError for a key that stands twice."""
        seen: set[str] = set()
        for key, _value in node.value:
            if str(key.value) in seen:
                words = f"{shown(key.value)} stands twice"
                raise yaml.constructor.ConstructorError(None, None, words, key.start_mark)
            seen.add(str(key.value))
        return dict(super().construct_mapping(node, deep=deep))

    def construct_number(self, node: ScalarNode) -> int | float:
        """A number of a length that people write. Raises MarkedYAMLError for a longer one."""
        if len(node.value) > MOST_NUMBER:
            words = f"{shown(node.value)} is too long for a number"
            raise yaml.constructor.ConstructorError(None, None, words, node.start_mark)
        is_whole = node.tag == WHOLE_NUMBER
        number: int | float = self.construct_yaml_int(node) if is_whole else self.construct_yaml_float(node)
        return number


for tag in (WHOLE_NUMBER, "tag:yaml.org,2002:float"):
    _Loader.add_constructor(tag, _Loader.construct_number)


def read_documents(content: bytes) -> list[Document]:
    """The objects of a YAML file, one a document or in a list. Raises UnusableFile."""
    if len(content) > MOST_BYTES:
        raise UnusableFile(f"The file has more than {MOST_BYTES // 1_000_000} MB", "Split it into parts.")
    text = _decode(content)
    try:
        _check_limits(text)
        loaded = [each for each in yaml.load_all(text, Loader=_Loader) if each is not None]
    except UnusableFile:
        raise
    except UNREADABLE as error:
        raise UnusableFile(*_told(error)) from error
    bodies = [body for each in loaded for body in (each if isinstance(each, list) else [each])]
    if not bodies:
        raise UnusableFile("The file holds no object", "Choose the one that holds them.")
    if len(bodies) > MOST_DOCUMENTS:
        raise UnusableFile(f"The file has more than {MOST_DOCUMENTS:,} objects", "Split it into parts.")
    for number, body in enumerate(bodies, start=1):
        if not isinstance(body, dict):
            raise UnusableFile(f"Document {number} is no object with fields", "Each begins with “apiVersion:”.")
    return [Document(number, body) for number, body in enumerate(bodies, start=1)]


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnusableFile(f"Line {line} holds bytes that are not UTF-8", "Save the file again as UTF-8.") from error
    if CONTROL.search(text):
        line = text[: CONTROL.search(text).start()].count("\n") + 1  # type: ignore[union-attr]
        raise UnusableFile(f"Line {line} holds a control character", "Remove it; this should be a text of YAML.")
    return text


def _check_limits(text: str) -> None:
    """Raises UnusableFile at the first value that is too many, too deep, or stands for others."""
    depth = 0
    for number, event in enumerate(_values(text), start=1):
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            raise UnusableFile(f"Line {line} uses an alias (*{event.anchor})", "Write out what it stands for.")
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent) - (not isinstance(event, NodeEvent))
        if depth > MOST_DEPTH:
            raise UnusableFile(f"Line {line} is nested more than {MOST_DEPTH} levels deep", "About ten are enough.")
        if number > MOST_VALUES:
            raise UnusableFile(f"The file has more than {MOST_VALUES:,} values", "Split it into parts.")


def _values(text: str) -> Iterator[Any]:
    ends = (yaml.events.MappingEndEvent, yaml.events.SequenceEndEvent)
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent, *ends)):
            yield event


def _told(error: Exception) -> tuple[str, str]:
    mark = getattr(error, "problem_mark", None)
    where = f"Line {mark.line + 1}" if mark else "The file"
    what = getattr(error, "problem", None) or str(error)
    return f"{where} is not plain YAML ({str(what)[:120]})", "Put it right, or write the file again with the tool."
