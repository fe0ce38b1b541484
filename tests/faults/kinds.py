"""Jobs for the fault tests: one that takes a moment, one that kills whoever does it."""

import os
import signal
import time
from typing import Any

from portal.jobs.registry import JobResult, Report, Scope

MOMENT = 0.1  # seconds between two reports


def build_report(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    for percent in (25, 50, 75):
        time.sleep(MOMENT)
        report(percent, "Drawing.")
    return JobResult(f"Report {arguments['number']}\n".encode() * 1_000, "text/plain", "report.txt")


def kill_the_worker(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("the worker outlived its own death")
