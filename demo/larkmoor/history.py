"""Twelve months of facts that happened at Larkmoor: random in their detail, always the same, right in their sums.

Outages come on days drawn by weekday and in lengths drawn from a log-normal distribution; the sum of a month is given,
so that its figure is the one that the company remembers.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.larkmoor.months import at, days_of

BUSY = (5, 4, 3, 3, 4, 2, 1)  # how often things break, Monday to Sunday
CAUSES = (
    ("No orders could be saved", "Order storage was full"),
    ("Sign-in failed for some customers", "A server was restarted"),
    ("Pages did not open", "Faulty change, taken back"),
    ("Orders stopped at the price check", "Price list was locked"),
)
LOST_PERCENT = {
    "orders": (0.15, 0.45, 0.05, 0.25, 0.39, 0.15, 0.06, 0.55, 0.25, 0.39, 0.25),
    "phones": (0.06, 0.05, 0.0, 0.35, 0.07, 0.05, 0.06, 0.08, 0.0, 0.05, 0.07),
    "track": (0.19, 0.28, 0.37, 0.06, 0.15, 0.39, 0.88, 0.26, 0.17, 0.08, 0.29),
}
LATE_PERCENT = (0.85, 1.25, 1.05, 0.95, 1.15, 1.05, 1.35, 1.75, 1.15, 1.05, 1.35)
ORDERS_A_MONTH = (91_240, 97_880, 88_310, 86_950, 93_470, 92_000, 94_120, 93_060, 94_810, 90_330, 93_900, 96_412)
ORDERS_LATE = 1_509  # of the month under review
ONLINE_PERCENT = (58.1, 58.4, 58.9, 59.3, 59.8, 60.2, 60.7, 61.2, 61.9, 62.6, 63.4)
ONLINE_REVIEWED = 61_801
CREDIT_NOTES = (405, 431, 418, 396, 409, 413, 371, 329, 322, 311, 310, 318)
SALES_LATE = (0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
SALES_UNKNOWN = (0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3)
PRICES_LATE = (0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0)
URGENT = ((18, 1), (17, 2), (25, 2), (20, 1), (12, 0), (9, 0), (17, 1), (20, 2), (20, 1), (8, 0), (25, 1), (20, 1))
ANALYSIS = ((2, 0), (0, 0), (4, 0), (1, 0), (3, 1), (3, 0), (2, 0), (4, 0), (2, 0), (0, 0), (5, 0), (3, 0))
ANALYSIS_DAYS = (5, 3, 6, 4, 6, 5, 2, 6, 5, 3, 6, 4)  # used of the six days a month
# asked, answers, good
RATING = (
    (60, 36, 31), (58, 38, 33), (61, 43, 35), (60, 40, 34), (62, 42, 37), (59, 37, 32), (60, 40, 35), (61, 41, 32),
    (62, 43, 35), (60, 40, 34), (61, 37, 32), (62, 41, 36),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    """A time in which something did not work."""

    started_at: datetime
    ended_at: datetime
    what: str = ""
    cause: str = ""
    is_degraded: bool = False
    component: str = ""


def rng_of(name: str, month: date) -> random.Random:
    """The same drawing for the same name and month."""
    return random.Random(f"{name} {month:%Y-%m}")  # noqa: S311  a story, no secret


def draw_days(rng: random.Random, days: Sequence[date], count: int) -> list[date]:
    """Distinct days, the busy weekdays more often."""
    left, drawn = list(days), []
    for _ in range(min(count, len(left))):
        day = rng.choices(left, [BUSY[d.weekday()] for d in left])[0]
        left.remove(day)
        drawn.append(day)
    return sorted(drawn)


def draw_outages(name: str, month: date, minutes: int, opens: int, closes: int, days: Sequence[date]) -> list[Happened]:
    """Outages inside the daily hours (minutes of the day) that last so many minutes together."""
    if minutes <= 0:
        return []
    rng = rng_of(name, month)
    longest = (closes - opens) // 2
    count = max(1, min(len(days), round(minutes / 60) + rng.randint(0, 1), minutes // 3 or 1))
    weights = [rng.lognormvariate(0, 0.7) for _ in range(count)]
    lengths = [max(1, int(minutes * weight / sum(weights))) for weight in weights]
    lengths[lengths.index(max(lengths))] += minutes - sum(lengths)
    happened = []
    for day, length in zip(draw_days(rng, days, count), lengths, strict=True):
        start = rng.randint(opens, closes - min(length, longest))
        what, cause = rng.choice(CAUSES) if name == "orders" else ("Did not answer", "Restarted by the team")
        began = at(day, f"{start // 60:02d}:{start % 60:02d}")
        happened.append(Happened(began, began + timedelta(minutes=min(length, longest)), what, cause))
    return happened


def spread_total(name: str, month: date, total: int) -> list[tuple[date, int]]:
    """A month's total spread over its days, by weekday, exact in its sum."""
    rng = rng_of(name, month)
    days = days_of(month)
    weights = [(3, 5, 5, 5, 6, 4, 2)[day.weekday()] * rng.uniform(0.9, 1.1) for day in days]
    shares = [int(total * weight / sum(weights)) for weight in weights]
    shares[-1] += total - sum(shares)
    return list(zip(days, shares, strict=True))


def weekdays_of(month: date, allowed: Sequence[int]) -> list[date]:
    """The days of a month on the given weekdays (Monday is 0)."""
    return [day for day in days_of(month) if day.weekday() in allowed]
