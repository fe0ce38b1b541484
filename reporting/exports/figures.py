"""The figures of an edition as a table, and one figure with its evidence."""

import csv
import io
import json
from typing import Any

from reporting.models import Edition, Figure
from reporting.queries.happened import list_events

COLUMNS = ("figure", "name", "printed", "status", "number", "attainment", "edition", "check_code")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def figures_csv(*, edition: Edition) -> str:
    """Every figure of the edition, in the order of the page; texts cannot be read as formulas by a spreadsheet."""
    figures = Figure.objects.filter(edition=edition).order_by("pk")
    return _table(COLUMNS, ((*_row(figure), edition.number, edition.check_code) for figure in figures))


def _row(figure: Figure) -> tuple[Any, ...]:
    return (figure.anchor, figure.name, figure.printed, figure.status, figure.pk, figure.attainment_id or "")


def evidence_json(*, figure: Figure) -> str:
    """What the figure was made from: its frozen proof and its exact result, with the edition that printed it."""
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
        },
        indent=2,
        ensure_ascii=False,
        sort_keys=True,
    )


def evidence_csv(*, figure: Figure) -> str:
    """The sum of the figure line by line, then its events, for a spreadsheet."""
    lines = [
        ("line", line["key"], line["label"], line["detail"], line["exact"], line["value"])
        for line in figure.proof.get("lines", [])
    ]
    events = list_events(figure.attainment.result if figure.attainment else None)
    lines += [
        ("event", event["id"], event["what"], event["cause"], event["counted_seconds"], event["started_at"])
        for event in events
    ]
    return _table(("part", "key", "words", "detail", "exact", "shown"), lines)


def _table(head: tuple[str, ...], rows: Any) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return written.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
