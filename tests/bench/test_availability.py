"""The benchmark of availability at its least size: three ways to count give the same seconds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import availability, kernel

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = availability.targets(availability.LEAST_TARGETS)
STILL = [target for target in SAMPLE if target.hours.zone in availability.STILL_ZONES]


@pytest.mark.parametrize("target", STILL, ids=lambda target: f"{target.hours.zone} {target.hours.weekly[0]}")
def test_a_plain_loop_counts_the_same_seconds(target):
    assert availability.plain_loop(target) == availability.reference(target)


def test_the_same_targets_are_made_each_time():
    assert availability.targets(3) == SAMPLE[:3]


def test_the_command_checks_before_it_times_and_prints_ratios():
    command = [
        sys.executable,
        "-m",
        "bench",
        "availability",
        "--targets",
        str(availability.LEAST_TARGETS),
        "--pairs",
        "1",
    ]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert sum(line.strip().startswith("ratio") for line in done.stdout.splitlines()) == 4 - (
        shutil.which("cc") is None
    )
    assert [line.split()[1] for line in done.stdout.splitlines() if "goal" in line][-2:] == ["A3:", "A4:"]


def test_the_loop_of_alarms_counts_the_same_without_php():
    arrays = availability.as_arrays(SAMPLE)
    lost = [lost for _, lost in kernel.by_kernel(kernel.bulks(arrays))]

    assert [kernel.alarm_loop(*each) for each in kernel.told(arrays)] == lost
