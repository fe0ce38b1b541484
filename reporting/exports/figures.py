"""The figures of an edition as a table, for every spreadsheet, and one figure with its evidence."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from portal.exports import Sheet, csv_of, xlsx_of
from portal.language import dates
from reporting.models import Edition, Figure
from reporting.queries.happened import list_events
from slas.exports.evidence import as_json, evidence_document, record_lines

COLUMNS = ("figure", "name", "printed", "status", "number", "attainment", "edition", "check_code")


def figures_csv(*, edition: Edition) -> str:
    """Every figure of the edition, in the order of the page; texts cannot be read as formulas by a spreadsheet."""
    return csv_of(COLUMNS, _lines(edition))


def figures_xlsx(*, edition: Edition) -> bytes:
    """The same table as a workbook, letter by letter, with a second sheet that says of which edition it is."""
    review, site = edition.review, settings.SITE_URL
    address = reverse("edition_verify", kwargs={"tenant": review.tenant.slug, "code": edition.verify_code})
    about = (
        ("Business unit", review.business_unit.name),
        ("Month", dates.month_year(review.month)),
        ("Edition", edition.number),
        ("Issued", edition.issued_at.isoformat(timespec="seconds")),
        ("Check code", edition.check_code),
        ("SHA-256", edition.page_hash),
        ("Verify a PDF of it", f"{site}{address}"),
    )
    return xlsx_of(
        Sheet("Figures", COLUMNS, _lines(edition), widths=(34, 44, 18, 12, 10, 12, 8, 12)),
        Sheet("Edition", ("what", "value"), about, widths=(22, 70)),
    )


def _lines(edition: Edition) -> Iterator[tuple[Any, ...]]:
    figures = Figure.objects.filter(edition=edition).order_by("pk")
    return ((*_row(figure), edition.number, edition.check_code) for figure in figures)


def _row(figure: Figure) -> tuple[Any, ...]:
    return (figure.anchor, figure.name, figure.printed, figure.status, figure.pk, figure.attainment_id or "")


def evidence_json(*, figure: Figure) -> str:
    """What the figure was made from, with the edition that printed it: its proof, its exact result, each record that
    was judged, and the inputs from which it can be calculated again.
    """
    edition, attainment = figure.edition, figure.attainment
    held = {"proof": figure.proof, "result": None, "records": [], "inputs": None}
    shown = {"figure": figure.anchor, "name": figure.name, "printed": figure.printed, "shown_as": figure.status}
    kept = {"number": edition.number, "check_code": edition.check_code, "page_hash": edition.page_hash}
    return as_json((evidence_document(attainment) if attainment else held) | shown | {"edition": kept})


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
