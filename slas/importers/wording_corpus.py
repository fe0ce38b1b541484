"""Sentences with labels made by hand: is a promise clear, what is missing, which words are vague."""

import json
from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any

from slas.importers.tables import FieldError, Parsed, RowError, UnreadableTable
from slas.wording.frame import About, Frame, Limit, Slot
from slas.wording.reading import Span
from slas.wording.scoring import Labelled, Labels

ABOUT = {"TML": About.TIME, "ACS": About.ACCESS, "ACY": About.ACCURACY, "OTH": About.OTHER}


def read_corpus(path: Path) -> Parsed[Labelled]:
    """The labelled sentences of a file; what cannot be used is named by its place and field. Raises UnreadableTable."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableTable(f"{path} cannot be opened: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableTable(f"{path} is no JSON: {error}") from error
    items = content.get("items") if isinstance(content, dict) else None
    if not isinstance(items, list):
        raise UnreadableTable(f"{path} holds no sentences: an object with a list `items` is expected")
    read: list[Labelled] = []
    errors: list[RowError] = []
    for number, item in enumerate(items, start=1):
        try:
            read.append(_labelled(item))
        except FieldError as error:
            errors.append(RowError(number, error.field, str(error)))
    return Parsed(tuple(read), tuple(errors))


def _labelled(item: Any) -> Labelled:
    if not isinstance(item, dict):
        raise FieldError("item", "is no object")
    text = _text(item, "text")
    if not text.strip():
        raise FieldError("text", "is empty")
    labels = item.get("labels")
    if not isinstance(labels, dict):
        raise FieldError("labels", "is no object")
    kind = item.get("type")
    if kind is not None and (not isinstance(kind, str) or kind not in ABOUT):
        raise FieldError("type", f"“{kind}” is none of {', '.join(ABOUT)}")
    frame = Frame(
        text=text,
        service=_text(item, "service_name") if item.get("service_name") is not None else "",
        share=_share(item.get("target")),
        about=ABOUT.get(kind) if kind else None,
    )
    return Labelled(str(item.get("id") or ""), frame, _labels(labels, text))


def _labels(labels: Mapping[str, Any], text: str) -> Labels:
    return Labels(
        is_clear=_flag(labels, "clear"),
        is_contested=_flag(labels, "contested") if "contested" in labels else False,
        missing=frozenset(_slots(labels.get("missing"))),
        vague=tuple(_spans(labels, text)),
        day_kind=_text(labels, "day_kind") if labels.get("day_kind") is not None else "",
        threshold=_limit(labels.get("threshold")),
    )


def _text(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    if not isinstance(value, str):
        raise FieldError(field, "is no text")
    return value


def _flag(labels: Mapping[str, Any], field: str) -> bool:
    value = labels.get(field)
    if not isinstance(value, bool):
        raise FieldError(f"labels.{field}", "is neither true nor false")
    return value


def _share(value: Any) -> Fraction | None:
    """A blank target and a target of 0 are none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise FieldError("target", f"“{value}” is not a share from 0 to 1")
    return Fraction(str(value)) or None


def _slots(value: Any) -> list[Slot]:
    if not isinstance(value, list):
        raise FieldError("labels.missing", "is no list")
    for each in value:
        if not isinstance(each, str) or each not in set(Slot):
            raise FieldError("labels.missing", f"“{each}” is no part of a frame: {', '.join(Slot)}")
    return [Slot(each) for each in value]


def _spans(labels: Mapping[str, Any], text: str) -> list[Span]:
    """Where the vague words stand. A file without positions names the words; each is looked for."""
    name, read = ("vague_spans", _span) if "vague_spans" in labels else ("vague", _found)
    said = labels.get(name, [])
    if not isinstance(said, list):
        raise FieldError(f"labels.{name}", "is no list")
    return [read(each, text) for each in said]


def _span(value: Any, text: str) -> Span:
    start, end = (value.get("start"), value.get("end")) if isinstance(value, dict) else (None, None)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise FieldError("labels.vague_spans", f"“{value}” is no stretch of the text")
    return Span(start, end)


def _found(words: Any, text: str) -> Span:
    if not isinstance(words, str) or not words or words not in text:
        raise FieldError("labels.vague", f"“{words}” is not in the text")
    start = text.index(words)
    return Span(start, start + len(words))


def _limit(value: Any) -> Limit | None:
    if value is None:
        return None
    number, unit = (value.get("value"), value.get("unit")) if isinstance(value, dict) else (None, None)
    is_whole = isinstance(number, int) and not isinstance(number, bool)
    is_number = is_whole or (isinstance(number, float) and isfinite(number))
    if not is_number or not isinstance(unit, str):
        raise FieldError("labels.threshold", f"“{value}” has no value and unit")
    return Limit(Fraction(str(number)), unit)
