"""The columns of each kind of facts."""

from collections.abc import Iterator
from typing import Any

from slas.importers.rows import explained
from slas.importers.rows.ledgers import case_adds_up, pauses, priorities, reopenings
from slas.importers.rows.schema import Column, Complaint, Schema
from slas.importers.rows.times import day, instant, planned_instant
from slas.importers.rows.values import (
    agreed,
    agreed_percent,
    count,
    milliseconds,
    one_of,
    people,
    reading,
    slug,
    words,
    yes_or_no,
)
from slas.queries import rows

A_TIME, A_LATER, A_LAST = "2026-10-02T14:05:00Z", "2026-10-02T14:35:00Z", "2026-10-02T17:20:00Z"
STATES = {word: number for number, word in enumerate(rows.CHECK_STATES)}


def _ends_after(start: str, end: str) -> Any:
    def check(row: Any) -> Iterator[Complaint]:
        first, last = getattr(row, start), getattr(row, end)
        if last is not None and last <= first:
            yield Complaint(
                end, f"{rows.plain(last)} is not after {start} {rows.plain(first)}", "Check both times, date and zone."
            )

    return check


def _survey_adds_up(row: rows.SurveyRow) -> Iterator[Complaint]:
    if row.answers > row.asked:
        yield Complaint("answers", f"{row.answers} answers from {row.asked} people asked", "Check both numbers.")
    if row.good > row.answers:
        yield Complaint("good", f"{row.good} good ones of {row.answers} answers", "Check both numbers.")


def _more_met_than_counted(row: rows.VolumeRow) -> Iterator[Complaint]:
    if row.met is not None and row.met > row.total:
        yield Complaint(
            "met", f"{row.met} in their standard of {row.total} counted", "It is kept as it came. Check both numbers."
        )


SCHEMAS: dict[str, Schema] = {
    schema.fact: schema
    for schema in (
        Schema(
            "outages",
            rows.OutageRow,
            (
                Column("started_at", "Began", instant, "when it began", A_TIME, is_required=True),
                Column("ended_at", "Ended", instant, "when it could be used again; empty while it is open", A_LATER),
                Column(
                    "is_degraded",
                    "Slow, not down",
                    yes_or_no,
                    "yes when it was slow or partly usable, no when it was down",
                    "no",
                ),
                Column("what", "What happened", words(300), "what people could not do"),
                Column("cause", "Cause", words(300), "why"),
                Column("component_slug", "Component", slug, "the component that failed, by its short name"),
                Column(
                    "affected_percent",
                    "Users affected, percent",
                    agreed_percent,
                    "how many of the agreed users it met, in percent; empty when it met all of them",
                    "25",
                    explained=explained.AFFECTED_PERCENT,
                ),
                Column(
                    "left_out_reason", "Agreed not to count", agreed, "why both sides agreed that it does not count"
                ),
            ),
            refusals=_ends_after("started_at", "ended_at"),
        ),
        Schema(
            "checks",
            rows.CheckRow,
            (
                Column("at", "Checked", instant, "when it was checked", A_TIME, is_required=True),
                Column("state", "State", one_of(STATES), "up, degraded or down", "up", is_required=True),
                Column("response_ms", "Response, ms", milliseconds, "response time in milliseconds", "180"),
            ),
        ),
        Schema(
            "readings",
            rows.ReadingRow,
            (
                Column("at", "Read", instant, "when it was read", A_TIME, is_required=True),
                Column("value", "Value", reading, "what was read, in the measure's unit", "21.5", is_required=True),
            ),
        ),
        Schema(
            "cases",
            rows.CaseRow,
            (
                Column("key", "Number", words(100), "the case's own number", "INC0012345", is_required=True),
                Column("opened_at", "Opened", instant, "when it was opened", A_TIME, is_required=True),
                Column("priority", "Priority", words(60), "its priority, as agreements name it", "2 - High"),
                Column("responded_at", "First answered", instant, "when a person first answered", A_LATER),
                Column("resolved_at", "Solved", instant, "when it was solved; empty while it is open", A_LAST),
                Column(
                    "excluded_reason",
                    "Left out because",
                    words(200),
                    "why it does not count, if it does not",
                    "Duplicate",
                ),
                Column(
                    "unknown_reason", "Unknown because", words(200), "why nobody can tell when it was solved, if so"
                ),
                Column("title", "About", words(300), "what it was about"),
                Column(
                    "pauses",
                    "Clock stood still",
                    pauses,
                    "when its clock stood still, and why",
                    "2026-10-02T15:00Z/2026-10-02T16:30Z Waiting for the supplier | for: Hartwell Parts",
                    explained=explained.PAUSES,
                ),
                Column(
                    "reopenings",
                    "Opened again",
                    reopenings,
                    "when it was solved, and when it was opened again after that",
                    "2026-10-02T14:40Z/2026-10-02T14:50Z",
                    explained=explained.REOPENINGS,
                ),
                Column(
                    "priority_changes",
                    "Priority before",
                    priorities,
                    "until when it had another priority, and which",
                    "2026-10-02T14:10Z 3 - Moderate",
                    explained=explained.PRIORITY_CHANGES,
                ),
                Column(
                    "merged_into",
                    "Merged into",
                    words(100),
                    "the number of the case that goes on in its place",
                    explained=explained.MERGED_INTO,
                ),
            ),
            refusals=case_adds_up,
        ),
        Schema(
            "occasions",
            rows.OccasionRow,
            (
                Column("on", "Date", day, "the local date of the work", "2026-10-02", is_required=True),
                Column("completed_at", "Complete", instant, "when it was complete; empty when it never was", A_TIME),
                Column("note", "Note", words(300), "what a reader should know"),
            ),
        ),
        Schema(
            "volumes",
            rows.VolumeRow,
            (
                Column(
                    "on", "Date", day, "the local date, or the first day of the period", "2026-10-02", is_required=True
                ),
                Column("total", "Counted", count, "units counted", "1284", is_required=True),
                Column(
                    "met", "In their standard", count, "units within their standard; empty when nobody knows", "1270"
                ),
            ),
            warnings=_more_met_than_counted,
        ),
        Schema(
            "surveys",
            rows.SurveyRow,
            (
                Column("on", "Date", day, "the date of the survey round", "2026-10-02", is_required=True),
                Column("asked", "Asked", people, "people asked", "120", is_required=True),
                Column("answers", "Answers", people, "answers that came", "41", is_required=True),
                Column("good", "Good answers", people, "good answers", "37", is_required=True),
            ),
            refusals=_survey_adds_up,
        ),
        Schema(
            rows.GAPS,
            rows.GapRow,
            (
                Column(
                    "started_at",
                    "Began",
                    planned_instant,
                    "when the measure goes or went silent",
                    A_TIME,
                    is_required=True,
                ),
                Column("ended_at", "Ended", planned_instant, "when it speaks again", A_LATER, is_required=True),
                Column("reason", "Reason", words(300), "why nothing is known"),
            ),
            refusals=_ends_after("started_at", "ended_at"),
        ),
        Schema(
            rows.COVERED,
            rows.CoveredRow,
            (
                Column("started_at", "From", instant, "from when on the log is complete", A_TIME, is_required=True),
                Column("ended_at", "Until", instant, "until when the log is complete", A_LATER, is_required=True),
                Column("note", "Note", words(300), "how one knows that nothing is missing"),
            ),
            refusals=_ends_after("started_at", "ended_at"),
        ),
    )
}
