"""Sentences in which technical words are marked by hand: where they stand, of which kind, what does not count."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.language.jargon.scoring import Label, Labelled
from portal.language.jargon.terms import Kind
from portal.language.jargon.text import Span
from slas.importers.tables import FieldError, Parsed, RowError, UnreadableTable

GROUPS = ("technical", "business")
KINDS = {str(kind): kind for kind in (Kind.TERM, Kind.ACRONYM, Kind.UNIT, Kind.PRODUCT)}


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
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        raise FieldError("text", "is no text")
    labels = item.get("labels")
    if not isinstance(labels, dict):
        raise FieldError("labels", "is no object")
    group, trick = item.get("group"), item.get("trick", False)
    if group not in GROUPS:
        raise FieldError("group", f"“{group}” is none of {', '.join(GROUPS)}")
    if not isinstance(trick, bool):
        raise FieldError("trick", "is neither true nor false")
    return Labelled(
        key=str(item.get("id") or ""),
        text=text,
        is_business=group == "business",
        is_tricky=trick,
        labels=tuple(_labels(labels, text)),
        borderline=tuple(_span(each, text, "labels.borderline") for each in _list(labels, "borderline")),
    )


def _labels(labels: dict[str, Any], text: str) -> Iterator[Label]:
    for each in _list(labels, "jargon"):
        span = _span(each, text, "labels.jargon")
        kind, is_seed = each.get("kind"), each.get("in_seed_glossary")
        if not isinstance(kind, str) or kind not in KINDS:
            raise FieldError("labels.jargon", f"“{kind}” is none of {', '.join(KINDS)}")
        if not isinstance(is_seed, bool):
            raise FieldError("labels.jargon", "in_seed_glossary is neither true nor false")
        yield Label(span, KINDS[kind], is_seed)


def _list(labels: dict[str, Any], field: str) -> list[Any]:
    value = labels.get(field, [])
    if not isinstance(value, list):
        raise FieldError(f"labels.{field}", "is no list")
    return value


def _span(value: Any, text: str, field: str) -> Span:
    start, end = (value.get("start"), value.get("end")) if isinstance(value, dict) else (None, None)
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise FieldError(field, f"“{value}” is no stretch of the text")
    if "text" in value and value["text"] != text[start:end]:
        raise FieldError(field, f"“{value['text']}” does not stand at {start}")
    return Span(start, end)
