"""The benchmark of availability at its least size: three ways to count give the same seconds."""

import shutil

import pytest

from bench import all as all_goals
from bench import availability, kernel

SAMPLE = availability.targets(availability.LEAST_TARGETS)
STILL = [target for target in SAMPLE if target.hours.zone in availability.STILL_ZONES]


@pytest.mark.parametrize("target", STILL, ids=lambda target: f"{target.hours.zone} {target.hours.weekly[0]}")
def test_a_plain_loop_counts_the_same_seconds(target):
    assert availability.plain_loop(target) == availability.reference(target)


def test_the_same_targets_are_made_each_time():
    assert availability.targets(3) == SAMPLE[:3]


def test_a_run_of_all_checks_before_it_times_and_keeps_the_goals(capfd):
    size = ["--targets", str(availability.LEAST_TARGETS), "--pairs", "1"]

    goals = all_goals.run(["availability", *size])

    told, errors = capfd.readouterr()
    has_compiler = shutil.which("cc") is not None
    assert errors == ""
    assert sum(line.strip().startswith("ratio") for line in told.splitlines()) == 3 + has_compiler
    assert [goal.split(":")[0] for goal in goals] == ["A1"] * has_compiler + ["A3", "A4"]
    assert all(f"goal {goal}" in told for goal in goals)


def test_a_benchmark_that_fails_stops_the_run_of_all():
    with pytest.raises(SystemExit, match="its goals are missing"):
        all_goals.run(["availability", "--targets", "1"])


def test_the_loop_of_alarms_counts_the_same_without_php():
    arrays = availability.as_arrays(SAMPLE)
    lost = [lost for _, lost in kernel.by_kernel(kernel.bulks(arrays))]

    assert [kernel.alarm_loop(*each) for each in kernel.told(arrays)] == lost
