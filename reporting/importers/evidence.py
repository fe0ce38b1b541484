"""A file of evidence, calculated again from nothing but itself: no portal, no database."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.language.phrases import LETTERS
from reporting.queries.page_parts import hash_of
from slas.calculation.differences import Difference, differences
from slas.calculation.kept import TOLD, Checked, check_figure
from slas.calculation.proof import check_code
from slas.exports.evidence import FORMAT

AGAIN = "Download the evidence again from the figure or from the review."
OBJECTS = ("result", "proof", "target", "period")
PAGE = ("page_hash", "check_code")
NO_INPUTS = "Its inputs are not in the file, so that it cannot be calculated."


class UnreadableEvidence(ValueError):
    """A file that is no evidence, or not all of it."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what} {AGAIN}")


@dataclass(frozen=True)
class Judged:
    """One figure of a file, or its page, and what came out."""

    name: str
    checked: Checked


def judge_file(path: Path) -> list[Judged]:
    """Each figure of the file calculated again, and the page that prints them. Raises UnreadableEvidence."""
    document = _read(path)
    if "figures" not in document:
        return [_judge(document, "", path)]
    figures = _list(document, "figures", path)
    judged = [_judge(each, f"figures[{at}]", path) for at, each in enumerate(figures)]
    return [_judge_page(document, {each["attainment"]: each for each in figures}, path), *judged]


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableEvidence(path, f"it cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableEvidence(path, f"it is not JSON: {error}.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UnreadableEvidence(path, f"it does not say “format”: “{FORMAT}”, so that it is no evidence of Parley.")
    return document


def _judge(each: Any, where: str, path: Path) -> Judged:
    if isinstance(each, dict) and "figure" in each and "target" not in each:
        raise UnreadableEvidence(path, "this figure is a sum of others: take the evidence of the whole review.")
    for name in (*OBJECTS, "attainment", "revision", "inputs", *TOLD):
        if not isinstance(each, dict) or name not in each:
            raise UnreadableEvidence(path, f"“{f'{where}.{name}'.strip('.')}” is missing.")
    for name in OBJECTS:
        if not isinstance(each[name], dict):
            raise UnreadableEvidence(path, f"“{f'{where}.{name}'.strip('.')}” is not an object with named values.")
    if type(each["attainment"]) is not int:
        raise UnreadableEvidence(path, f"“{f'{where}.attainment'.strip('.')}” is not a number.")
    name = f"{each['target'].get('name')}, {each['period'].get('start')}, revision {each['revision']}"
    checked = check_figure(each, each["inputs"]) if each["inputs"] is not None else Checked(refusal=NO_INPUTS)
    return Judged(name, checked)


def _judge_page(document: Mapping[str, Any], figures: Mapping[Any, Mapping[str, Any]], path: Path) -> Judged:
    """The page and its fingerprint, and whether the figures of the file are those that the page prints."""
    edition, page = _object(document, "edition", path), _object(document, "page", path)
    kept, sums = {name: edition.get(name) for name in PAGE}, _list(document, "sums", path)
    try:
        page_hash = hash_of(page)
        found = [*differences(kept, {"page_hash": page_hash, "check_code": check_code(page_hash)}, ("edition",))]
        found += [*_printed(page, figures), *_sums(page, sums)]
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise UnreadableEvidence(path, f"its page is not as an edition is written ({error}).") from error
    name = f"The page of {edition.get('unit')}, {edition.get('month')}, edition {edition.get('number')}"
    return Judged(name, Checked(tuple(found)))


def _printed(page: Mapping[str, Any], figures: Mapping[Any, Mapping[str, Any]]) -> Iterator[Difference]:
    """Where the page prints a figure whose evidence is missing or says something else."""
    behind = {each["attainment_id"]: each["anchor"] for each in page["figures"] if each["attainment_id"] is not None}
    for pk, anchor in behind.items():
        if pk not in figures:
            yield Difference(("page", "figures", str(anchor), "evidence"), f"figure {pk}", None)
    for row in page["chart"]:
        for cell in row["cells"]:
            told = figures.get(cell["attainment_id"])
            if told is not None:
                shown = {"value": cell["value"]["text"], "letter": cell["letter"]}
                ours = {"value": told["value"], "letter": LETTERS.get(told["status"])}
                yield from differences(shown, ours, ("page", str(row["name"]), told["period"].get("start", "")))


def _sums(page: Mapping[str, Any], sums: list[Any]) -> Iterator[Difference]:
    """Figures that no promise carries: the sums are listed, and the page prints the same."""
    shown = {each["anchor"]: each["printed"] for each in page["figures"] if each["attainment_id"] is None}
    return differences(shown, {each["figure"]: each["printed"] for each in sums}, ("page", "sums"))


def _object(document: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    value = document.get(name)
    if not isinstance(value, dict):
        raise UnreadableEvidence(path, f"“{name}” is missing, or not an object with named values.")
    return value


def _list(document: Mapping[str, Any], name: str, path: Path) -> list[Any]:
    value = document.get(name)
    if not isinstance(value, list):
        raise UnreadableEvidence(path, f"“{name}” is missing, or not a list.")
    return value
