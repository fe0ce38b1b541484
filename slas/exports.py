"""Files for other programs: tables for spreadsheets, whose text can never be run as a formula, and evidence."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from slas.models import Attainment

EVIDENCE = ("part", "name", "from", "until", "value", "unit", "note")

# What spreadsheets take as the start of a formula, plain and in full-width forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded(value: object) -> object:
    """Text that starts like a formula, blanks apart, gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and (value.startswith(("\t", "\r", "\n")) or value.strip().startswith(FORMULA)):
        return f"'{value}"
    return value


def csv_of(heading: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A CSV file, with each cell quoted and guarded."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(heading)
    writer.writerows([[guarded(cell) for cell in line] for line in lines])
    return text.getvalue()


def evidence_document(attainment: Attainment) -> dict[str, Any]:
    """Everything that is kept of a figure, with what it belongs to."""
    target = attainment.target
    return {
        "agreement": {"slug": target.agreement.slug, "version": target.agreement.version},
        "target": {"slug": target.slug, "name": target.name, "sentence": target.sentence, "kind": target.kind},
        "measure": {"slug": target.measure.slug, "source": target.measure.source},
        "period": {"start": attainment.period_start.isoformat(), "end": attainment.period_end.isoformat()},
        "revision": attainment.revision,
        "status": attainment.status,
        "value": attainment.value_words,
        "closed_at": attainment.closed_at.isoformat() if attainment.closed_at else None,
        "result": attainment.result,
        "proof": attainment.proof,
    }


def evidence_json(attainment: Attainment) -> str:
    """The evidence as JSON; the same figure gives the same text."""
    return json.dumps(evidence_document(attainment), indent=2, sort_keys=True, ensure_ascii=False)


def evidence_csv(attainment: Attainment) -> str:
    """The sum and the facts behind it as one table."""
    return csv_of(EVIDENCE, _sum_and_facts(attainment))


def evidence_name(attainment: Attainment, ending: str) -> str:
    """What the file is called when it is saved: promise, first date, revision."""
    return f"{attainment.target.slug}-{attainment.period_start}-revision-{attainment.revision}.{ending}"


def _sum_and_facts(attainment: Attainment) -> Iterator[tuple[object, ...]]:
    for each in attainment.proof["lines"]:
        yield "sum", each["label"], "", "", each["exact"], each["unit"], each["detail"]
    result = attainment.result
    for event in result.get("events", ()):
        counted = event["counted_seconds"]
        yield "event", event["what"], event["started_at"], event["ended_at"], counted, "seconds", event["cause"]
    for work in result.get("planned", ()):
        out = work["excluded_seconds"]
        yield "planned work", work["title"], work["starts_at"], work["ends_at"], out, "seconds", work["why"]
    for case in result.get("late_cases", ()):
        took = case["elapsed_seconds"]
        yield "late case", case["key"], case["opened_at"], case["resolved_at"], took, "seconds", case["title"]
    for occasion in result.get("late_dates", ()):
        yield "late date", occasion["on"], occasion["due_at"], occasion["completed_at"], "", "", ""
    for on in result.get("unknown_dates", ()):
        yield "date without a record", on, "", "", "", "", ""
    for month in result.get("months", ()):
        yield "month", month["month"], "", "", month["share"], "share", f"{month['met']} of {month['total']}"
