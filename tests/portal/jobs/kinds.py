"""Kinds of job that exist in tests only."""

import errno
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from django.db import connection

from portal.accounts.models import Membership, Role
from portal.jobs.actions import request_job
from portal.jobs.registry import JobResult, Part, Report, Saved, Scope
from portal.tenancy.errors import Refusal

KINDS = {
    "greeting": {"build": "tests.portal.jobs.kinds.build_greeting"},
    "shared": {
        "build": "tests.portal.jobs.kinds.build_greeting",
        "may_read": "tests.portal.jobs.kinds.is_auditor",
    },
    "refused": {"build": "tests.portal.jobs.kinds.refuse"},
    "broken": {"build": "tests.portal.jobs.kinds.break_down"},
    "patient": {"build": "tests.portal.jobs.kinds.take_time"},
    "album": {
        "ask": "tests.portal.jobs.kinds.ask_for_greetings",
        "put_together": "tests.portal.jobs.kinds.bind_greetings",
    },
    "watchful": {"build": "tests.portal.jobs.kinds.tell_transaction"},
}


class NothingToPrint(Refusal):
    """For the refusal test."""

    message = "This month has no figures yet. Ask again on the 2nd."


def build_greeting(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    report(50, "Half of it is written.")
    return JobResult(f"Hello {arguments['name']}\n".encode(), "text/plain", "greeting.txt")


def refuse(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    raise NothingToPrint


def break_down(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    raise OSError(errno.ENOSPC, "No space left on device", "/srv/parley/files")


def take_time(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    time.sleep(1.5)
    return JobResult(b"At last", "text/plain", "late.txt")


def tell_transaction(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    """The file says whether a transaction was open while it was made."""
    return JobResult(str(connection.in_atomic_block).encode(), "text/plain", "transaction.txt")


def ask_for_greetings(*, scope: Scope, arguments: dict[str, Any], report: Report) -> list[int]:
    """A greeting for each name; “Nobody” is a job that is refused."""
    report(5, "Names are read.")
    ids = []
    for name in arguments["name"].split():
        kind = "refused" if name == "Nobody" else "greeting"
        with scope():
            asked = {"key": f"of-{name}", "title": f"Greeting of {name}", "arguments": {"name": name}}
            ids.append(request_job(kind=kind, requested_by=None, now=datetime(2026, 11, 10, tzinfo=UTC), **asked).pk)
    return ids


def bind_greetings(*, arguments: dict[str, Any], parts: Sequence[Part], into: BinaryIO, report: Report) -> Saved:
    into.writelines(part.path.read_bytes() for part in parts)
    return Saved("text/plain", "album.txt")


def is_auditor(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    return reader.role == Role.AUDITOR
