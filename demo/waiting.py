"""Waits for the workers, and says what is awaited when they do not come."""

import time
from collections.abc import Callable

from portal.tenancy.scope import Scope

PATIENCE_SECONDS = 300


class WorkersSilent(RuntimeError):
    """The workers did not finish in time."""


def wait_for(scope: Scope, missing: Callable[[], int], what: str) -> None:
    """Come back when nothing is missing any more; the count is asked in short transactions.

    Raises WorkersSilent with what is still missing after five minutes.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        with scope():
            left = missing()
        if left <= 0:
            return
        if time.monotonic() > end:
            raise WorkersSilent(f"Still {left} {what} missing after {PATIENCE_SECONDS} s: is the worker running?")
        time.sleep(0.25)
