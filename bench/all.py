"""Every goal of facts, readings, figures, the queue, agreements, pages and paper at large sizes, and one table.

Each runs in a process of its own; where one full run takes longer than ten seconds, three pairs are made.
"""

import argparse
import subprocess
import sys
import time

FULL = (
    "availability --targets 10000 --pairs 5",
    "attainment --targets 10000 --judged 1000 --pairs 3",
    "queue --targets 1000 --pairs 3",
    "ingest --rows 500000 --pairs 3",
    "rollup --rows 10000000 --measures 2000 --pairs 3",
    "agreements --agreements 500 --rounds 40",
    "pages --promises 40 --rounds 40",
    "scale --few 10 --many 100 --rounds 60",
    "services --services 5000 --tenants 200 --rounds 20",
    "pdf --pairs 7",
)
SMALL = ("availability", "attainment", "queue", "ingest", "rollup", "agreements", "pages", "scale", "pdf")
GOAL = "goal "


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench all", description=__doc__)
    options.add_argument("--small", action="store_true", help="the sizes that each benchmark has by itself")
    began = time.monotonic()
    goals = [goal for each in (SMALL if options.parse_args(arguments).small else FULL) for goal in run(each.split())]
    print(f"\nAll in {(time.monotonic() - began) / 60:.0f} minutes:", *goals, sep="\n")


def run(command: list[str]) -> list[str]:
    """One benchmark; what it prints is passed on, and the lines of its goals are kept."""
    print(f"\n{' '.join(command)}", flush=True)
    goals = []
    program = [sys.executable, "-u", "-m", "bench", *command]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as benchmark:
        for line in benchmark.stdout or ():
            print(line, end="", flush=True)
            goals += [line.strip().removeprefix(GOAL)] if line.strip().startswith(GOAL) else []
    if benchmark.returncode:
        sys.exit(f"{command[0]} ended with {benchmark.returncode}: its goals are missing.")
    return goals
