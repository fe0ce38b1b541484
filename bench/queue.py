"""Figures of March 2026 by a worker behind the broker, in chunks, against as many messages that ask for nothing.

What a message without targets takes is what the queue takes of one with them: it is written, waits in the broker, is
taken, connects to the database, opens the scope of its tenant, is acknowledged, and its end is told. The worker is a
process of the portal's own with one hand.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import celery
import django
from celery.result import ResultSet
from django.conf import settings
from django.db import connection

from bench import attainment, database
from bench.availability import LEAST_TARGETS, MARCH, SEED, targets
from bench.pairs import Contestant, against_goal, compare, conditions, require
from portal.celery import app
from portal.tenancy.scope import tenant_scope
from slas.models import Attainment
from slas.tasks import TARGETS_AT_ONCE, compute_attainments

CHUNKS = (1, 50, TARGETS_AT_ONCE)
MOST_MESSAGES = 20  # of one run, as ten thousand targets have: more cost as much each
NO_WORK = 2_000
QUEUE = "attainment"
PATIENCE = 600  # seconds for all messages of a run
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR")
CHECKOUT = Path(__file__).resolve().parents[1]
Calls = Sequence[dict[str, Any]]


@contextmanager
def working() -> Iterator[None]:
    """A worker of the queue of figures, in the database of the benchmark, that tells when a task is done."""
    where = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    results = app.conf.result_backend = settings.CELERY_BROKER_URL
    app._backend = app._get_backend()  # in this process, one that keeps no results may have been asked before
    program = [sys.executable, "-m", "celery", "--app", "portal.celery", "--quiet", "--result-backend", results]
    command = [*program, "worker", "--concurrency", "1", "--queues", QUEUE, *QUIET]
    given = os.environ | {"DATABASE_URL": where}
    with subprocess.Popen(command, cwd=CHECKOUT, env=given, stdout=subprocess.DEVNULL) as worker:
        try:
            yield
        finally:
            worker.terminate()


def through(calls: Calls, task: Any = compute_attainments) -> None:
    """Queue one task a call, and wait until all are done; what a task raises is raised here."""
    sent = [task.apply_async(kwargs=each, queue=QUEUE, ignore_result=False) for each in calls]
    ResultSet(sent).join(timeout=PATIENCE)


def calls_of(stored: attainment.Stored, chunk: int) -> list[dict[str, Any]]:
    """What each task is told."""
    told = {"tenant_id": stored.tenant.pk, "periods": [str(MARCH)]}
    starts = range(0, len(stored.ids), chunk)[:MOST_MESSAGES]
    return [told | {"target_ids": stored.ids[at : at + chunk]} for at in starts]


def without_targets(calls: Calls) -> list[dict[str, Any]]:
    return [each | {"target_ids": []} for each in calls]


def check(stored: attainment.Stored) -> None:
    """Each chunk through the broker gives the figures that the action gives, of each target."""
    attainment.ours(stored)
    known = attainment.kept(stored)
    require(len(known) == len(stored.ids), "Not every target has a figure")
    for chunk in CHUNKS:
        calls = calls_of(stored, chunk)
        forget(stored)
        through(calls)
        asked = {pk for each in calls for pk in each["target_ids"]}
        wanted = {pk: seconds for pk, seconds in known.items() if pk in asked}
        require(attainment.kept(stored) == wanted, f"Chunks of {chunk} give other figures")


def forget(stored: attainment.Stored) -> None:
    """No figure is stored any more."""
    with tenant_scope(stored.tenant.pk):
        Attainment.objects.all().delete()


def time_all(stored: attainment.Stored, pairs: int) -> None:
    """By the clock on the wall: this process, the broker, the worker and the database all have a part in it."""
    start, clock = time.perf_counter(), time.perf_counter
    through([{}] * NO_WORK, app.tasks["celery.accumulate"])
    print(f"{NO_WORK} messages to a task that does nothing at all: {NO_WORK / (clock() - start):,.0f} a second")
    for chunk in CHUNKS:
        calls = calls_of(stored, chunk)
        print(f"Chunks of {chunk}, in runs a second; the ratio is the share of the queue:")
        figures = Contestant(f"{len(calls)} messages, figures made and stored", partial(through, calls))
        nothing = Contestant("as many messages without targets", partial(through, without_targets(calls)))
        share = compare(figures, nothing, pairs, clock)
        if chunk == TARGETS_AT_ONCE:
            against_goal("C1", share, most=0.05)


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench queue", description=__doc__)
    options.add_argument("--targets", type=int, default=500, help="targets (full size: 10000)")
    options.add_argument("--pairs", type=int, default=5, help="turns A B A B (at least 5)")
    asked = options.parse_args(arguments)
    if asked.targets < LEAST_TARGETS:
        options.error(f"--targets must be at least {LEAST_TARGETS}, so that each calendar has its turn")
    with database.thrown_away() as owner:
        stored = attainment.store(targets(asked.targets))
        owner.tidy()
        print(conditions(django, celery))
        print(database.server_words())
        print(f"{asked.targets} targets, March 2026, seed {SEED}")
        with working():
            check(stored)
            time_all(stored, asked.pairs)
