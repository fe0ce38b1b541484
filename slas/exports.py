"""The evidence of a figure as files: the same content as its page, for people who want to check it elsewhere."""

import json
from collections.abc import Iterator
from typing import Any

from portal.exports import csv_of
from slas.models import Attainment

COLUMNS = ("part", "name", "from", "until", "value", "unit", "note")


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
    return csv_of(COLUMNS, _lines(attainment))


def evidence_name(attainment: Attainment, ending: str) -> str:
    """What the file is called when it is saved: promise, first date, revision."""
    return f"{attainment.target.slug}-{attainment.period_start}-revision-{attainment.revision}.{ending}"


def _lines(attainment: Attainment) -> Iterator[tuple[object, ...]]:
    for each in attainment.proof["lines"]:
        yield "sum", each["label"], "", "", each["exact"], each["unit"], each["detail"]
    result = attainment.result
    for event in result.get("events", ()):
        counted = event["counted_seconds"]
        note = ". ".join(part for part in (event["cause"], event["why"]) if part)
        yield "event", event["what"], event["started_at"], event["ended_at"], counted, "seconds", note
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
