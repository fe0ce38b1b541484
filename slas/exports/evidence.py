"""The evidence of a figure as files: the same content as its page, for people who want to check it elsewhere."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.exports import csv_file, csv_of
from portal.jobs.registry import JobResult, Report
from portal.tenancy.scope import Scope
from slas.calculation.occasions import OccasionState
from slas.models import Attainment, TargetKind
from slas.queries.attainments import visible_attainments
from slas.queries.case_words import state_words
from slas.queries.figure_facts import DATE_STATES, HIDDEN_ROUNDS

COLUMNS = ("part", "name", "from", "until", "value", "unit", "note")
FORMAT = "parley-evidence-1"
JSON = "application/json"


def evidence_document(attainment: Attainment) -> dict[str, Any]:
    """Everything that is kept of a figure, with what it belongs to and what it can be calculated again from."""
    target = attainment.target
    return {
        "attainment": attainment.pk,
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
        "records": attainment.records,
        "inputs": json.loads(attainment.inputs) if attainment.inputs else None,
    }


def evidence_json(attainment: Attainment) -> str:
    """The evidence as JSON; the same figure gives the same text."""
    return as_json(evidence_document(attainment))


def as_json(document: Mapping[str, Any]) -> str:
    """A file of evidence, which says in which format it is written."""
    return json.dumps({"format": FORMAT} | dict(document), indent=1, sort_keys=True, ensure_ascii=False)


def evidence_csv(attainment: Attainment) -> str:
    """The sum and the facts behind it as one table."""
    return csv_of(COLUMNS, _lines(attainment))


def evidence_name(attainment: Attainment, ending: str) -> str:
    """What the file is called when it is saved: promise, first date, revision."""
    return f"{attainment.target.slug}-{attainment.period_start}-revision-{attainment.revision}.{ending}"


def build_figure_evidence(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    """A job: the evidence of a figure of very many records, as a table or as JSON."""
    ending = arguments["ending"]
    write, media_type = WRITERS[ending]
    with scope():
        related = ("target__agreement", "target__measure")
        rows = Attainment.objects.defer(None).select_related(*related)
        attainment = rows.get(pk=arguments["attainment_id"])
    report(30, "The records are written.")
    return JobResult(evidence_file(write(attainment), ending), media_type, evidence_name(attainment, ending))


def evidence_file(text: str, ending: str) -> bytes:
    """What is written, as the file that is kept."""
    return csv_file(text) if ending == "csv" else text.encode()


def may_read_evidence(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    """Whoever may open the figure, and read evidence."""
    is_visible = visible_attainments(reader=reader).filter(pk=arguments["attainment_id"]).exists()
    return can(reader, "evidence.read") and is_visible


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
    for month in result.get("months", ()):
        yield "month", month["month"], "", "", month["share"], "share", f"{month['met']} of {month['total']}"
    yield from record_lines(attainment)


def record_lines(attainment: Attainment) -> Iterator[tuple[object, ...]]:
    """Each case, date, count or survey round that was judged, in the columns of the table; outages are its events."""
    for record in attainment.records:
        yield RECORDS[TargetKind(attainment.target.kind)](record)


def _case(case: Mapping[str, Any]) -> tuple[object, ...]:
    note = ". ".join(part for part in (state_words(case, "UTC"), case["title"]) if part)
    return "case", case["key"], case["opened_at"], case["resolved_at"], case["elapsed_seconds"], "seconds", note


def _date(occasion: Mapping[str, Any]) -> tuple[object, ...]:
    state = DATE_STATES[occasion["state"]] if occasion["state"] != OccasionState.UNKNOWN.value else "No record"
    return "date", occasion["on"], occasion["due_at"], occasion["completed_at"], "", "", state


def _count(count: Mapping[str, Any]) -> tuple[object, ...]:
    met = "unknown how many" if count["met"] is None else count["met"]
    return "count", count["on"], "", "", count["total"], "counted", f"{met} within the standard"


def _readings(count: Mapping[str, Any]) -> tuple[object, ...]:
    return "count", count["on"], "", "", count["total"], "readings", f"{count['met']} within the limit"


def _round(survey: Mapping[str, Any]) -> tuple[object, ...]:
    note = HIDDEN_ROUNDS if survey["good"] is None else f"{survey['good']} good, {survey['asked']} people asked"
    return "survey round", survey["on"], "", "", survey["answers"], "answers", note


def _interruption(each: Mapping[str, Any]) -> tuple[object, ...]:
    note = ". ".join(part for part in (each["cause"], each["why"]) if part)
    return "interruption", each["what"], each["started_at"], each["ended_at"], each["seconds"], "seconds", note


RECORDS = {
    TargetKind.RELIABILITY: _interruption,
    TargetKind.CASES: _case,
    TargetKind.OCCASIONS: _date,
    TargetKind.VOLUME: _count,
    TargetKind.SATISFACTION: _round,
    TargetKind.READINGS: _readings,
}
# How evidence is written, by the ending of its file, and of which media type that is.
WRITERS: dict[str, tuple[Callable[[Attainment], str], str]] = {
    "csv": (evidence_csv, "text/csv; charset=utf-8"),
    "json": (evidence_json, JSON),
}
