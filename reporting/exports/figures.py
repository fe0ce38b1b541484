"""The figures of an edition as a table, and one figure with its evidence."""

import json
from typing import Any

from portal.exports import csv_of
from reporting.models import Edition, Figure
from reporting.queries.happened import list_events
from slas.exports import record_lines

COLUMNS = ("figure", "name", "printed", "status", "number", "attainment", "edition", "check_code")


def figures_csv(*, edition: Edition) -> str:
    """Every figure of the edition, in the order of the page; texts cannot be read as formulas by a spreadsheet."""
    figures = Figure.objects.filter(edition=edition).order_by("pk")
    return csv_of(COLUMNS, ((*_row(figure), edition.number, edition.check_code) for figure in figures))


def _row(figure: Figure) -> tuple[Any, ...]:
    return (figure.anchor, figure.name, figure.printed, figure.status, figure.pk, figure.attainment_id or "")


def evidence_json(*, figure: Figure) -> str:
    """What the figure was made from: its frozen proof, its exact result and each record that was judged, with the
    edition that printed it.
    """
    edition = figure.edition
    return json.dumps(
        {
            "figure": figure.anchor,
            "name": figure.name,
            "printed": figure.printed,
            "status": figure.status,
            "edition": {"number": edition.number, "check_code": edition.check_code, "page_hash": edition.page_hash},
            "proof": figure.proof,
            "result": figure.attainment.result if figure.attainment else None,
            "records": figure.attainment.records if figure.attainment else [],
        },
        indent=2,
        ensure_ascii=False,
        sort_keys=True,
    )


def evidence_csv(*, figure: Figure) -> str:
    """The sum of the figure line by line, then its events, and each record that was judged, for a spreadsheet."""
    lines: list[tuple[object, ...]] = [
        ("line", line["key"], line["label"], line["detail"], line["exact"], line["value"])
        for line in figure.proof.get("lines", [])
    ]
    events = list_events(figure.attainment.result if figure.attainment else None)
    lines += [
        ("event", event["id"], event["what"], event["cause"], event["counted_seconds"], event["started_at"])
        for event in events
    ]
    for part, name, start, end, value, unit, note in record_lines(figure.attainment) if figure.attainment else ():
        lines.append((part, name, note, " to ".join(str(at) for at in (start, end) if at), value, unit))
    return csv_of(("part", "key", "words", "detail", "exact", "shown"), lines)
