"""The page of an issued review in a database of few tenants and of many; under the row policy and without it.

Each tenant has a unit with promises of twelve months, all made by the portal's own actions. The pages of several
tenants are read in turn, each as its own reader's browser gets it and with nothing kept from before.
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import cycle
from statistics import median

import django
import psycopg

from bench import database
from bench.pages import Issued, anew, issue, page_of, show
from bench.pairs import against_goal, conditions

READ = 10  # tenants whose pages are read; full size: 30


def add(tenants: list[Issued], number: int, promises: int) -> None:
    """So many tenants in all."""
    tenants += [issue(promises, slug=f"tenant-{place}") for place in range(len(tenants), number)]


def pages_of(tenants: Sequence[Issued], read: int) -> list[Callable[[], bytes]]:
    """The pages of tenants from all over the table, oldest and newest among them."""
    chosen = tenants[:: max(1, len(tenants) // read)][:read]
    pages = [anew(page_of(each)) for each in chosen]
    for page in pages:
        page()  # the first visit of each is written down
    return pages


def spent(pages: Sequence[Callable[[], bytes]], rounds: int) -> list[float]:
    """Milliseconds of processor time of each visit, one tenant after the other."""
    times = []
    for _, page in zip(range(rounds), cycle(pages), strict=False):
        start = database.clock()
        page()
        times.append(1000 * (database.clock() - start))
    return times


def policy(pages: Sequence[Callable[[], bytes]], rounds: int) -> float:
    """How much longer the same pages take under the row policy, in turns: the owner's session passes it by."""
    ratios = []
    for _ in range(rounds):
        bound = spent(pages, len(pages))
        with database.as_owner():
            pages[0]()  # a session of its own begins
            free = spent(pages, len(pages))
        pages[0]()
        ratios.append(median(bound) / median(free))
    return median(ratios)


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench scale", description=__doc__)
    options.add_argument("--few", type=int, default=3, help="tenants at first (full size: 10)")
    options.add_argument("--many", type=int, default=30, help="tenants at last (full size: 1000)")
    options.add_argument("--promises", type=int, default=5, help="promises of twelve months each")
    options.add_argument("--rounds", type=int, default=30, help="pages of each size (full size: 100)")
    asked = options.parse_args(arguments)
    if not 0 < asked.few < asked.many:
        options.error("--few must be at least 1, and less than --many")
    with database.thrown_away() as owner:
        print(conditions(django, psycopg))
        print(database.server_words())
        tenants: list[Issued] = []
        times = []
        for number in (asked.few, asked.many):
            add(tenants, number, asked.promises)
            owner.tidy()
            pages = pages_of(tenants, READ)
            times.append(spent(pages, asked.rounds))
            show(f"the whole page, {number} tenants", times[-1])
        few, many = map(median, times)
        against_goal(f"S1 ({asked.many} tenants by {asked.few})", many / few, most=1.5)
        against_goal("S2", policy(pages[:3], max(3, asked.rounds // 6)), most=1.5)
