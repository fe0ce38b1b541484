"""Answers about percentages that a status page published over trailing windows."""

from fractions import Fraction
from typing import Any

from slas.calculation.conventions import Convention
from slas.calculation.intervals import Interval, clip, measure
from slas.importers.conformance.figures import Least
from slas.importers.conformance.reading import Case
from slas.importers.conformance.service_time import Answers
from slas.importers.upptime import Window


def trailing_percentages(case: Case, convention: Convention) -> Answers:
    """How many percent of the published figures of each window are within so many points of ours."""
    points = Fraction(case["within_points"])
    windows = [Window(name) for name in case["windows"]]
    near, compared = dict.fromkeys(windows, 0), dict.fromkeys(windows, 0)
    for service, at, since, *percents in case["published"]:
        down = [Interval(start, at if end is None else end) for start, end in case["down"].get(service, ())]
        for window, published in zip(windows, percents, strict=True):
            ours = _percent(down, at, since, window, convention)
            if published is not None and ours is not None:
                compared[window] += 1
                near[window] += abs(Fraction(round(ours, 2)) - Fraction(published)) <= points
    shares = {each.value: Fraction(100 * near[each], compared[each]) for each in windows if compared[each]}
    return {"expected_least_percent": Least(shares)}


def _percent(down: Any, at: int, since: int, window: Window, convention: Convention) -> Fraction | None:
    """What was not lost of the window, as far as it was watched; nothing before it was."""
    start = window.starts_at(at, since)
    seconds = window.seconds(at, since) if convention.month_of_fixed_length else at - max(start, since)
    if seconds <= 0:
        return None
    return max(Fraction(0), 100 - Fraction(100 * measure(clip(down, Interval(start, at))), seconds))
