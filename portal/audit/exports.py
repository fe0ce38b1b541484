"""The audit as files for spreadsheets."""

from collections.abc import Iterable

from portal.audit.queries import ActLine, ChangeLine
from portal.exports import csv_of

ACTS = ("at", "who", "act", "subject", "detail")
CHANGES = ("at", "who", "done", "thing", "name", "field", "before", "after")


def acts_csv(*, lines: Iterable[ActLine]) -> str:
    """One line for each act; instants in UTC."""
    return csv_of(ACTS, [(line.at.isoformat(), line.who, line.act, line.subject, line.detail) for line in lines])


def changes_csv(*, lines: Iterable[ChangeLine]) -> str:
    """One line for each field that became something else, one for a removed row; instants in UTC."""
    rows = []
    for line in lines:
        head = (line.at.isoformat(), line.who, line.done, line.thing, line.name)
        changed = [(*head, change.field, change.before, change.after) for change in line.fields]
        rows += changed or [(*head, "", "", "")]
    return csv_of(CHANGES, rows)
