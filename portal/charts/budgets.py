"""Allowed against used: one bar, cut by event, with the promise as a line across it.

A phone gets its own narrower drawing at the same type size, never a shrunken one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from portal.charts import svg
from portal.charts.svg import paint, path, rect, text, width_of

TOP = 40
HEIGHT = 30
NARROW = 400
ROOM_FOR_TOTAL = 60


@dataclass(frozen=True)
class BudgetPart:
    """One event: the words under its piece of the bar, and what it took from the budget (minutes, orders, cases).

    `soft` marks time that counts only in part, such as slow pages; its piece is drawn hollow.
    """

    label: str
    counted: float
    soft: bool = False


@dataclass(frozen=True)
class BudgetWords:
    """What is written on the bar, in the reader's language: `over` only shows when more was used than allowed."""

    title: str
    description: str
    allowed: str
    over: str
    total: str
    unit: str


def budget(parts: Sequence[BudgetPart], *, allowed: float, words: BudgetWords, width: float = 620) -> str:
    """The bar of one period: pieces in the order given, the allowed line, and the part beyond it named."""
    narrow = width < NARROW
    used = sum(part.counted for part in parts)
    scale = (width - (0 if narrow else ROOM_FOR_TOTAL)) / max(used, allowed, 1e-9)
    limit, end = allowed * scale, used * scale
    body = rect(0, TOP, limit, HEIGHT, paint(fill="band"))
    body += _pieces(parts, scale=scale, limit=limit, unit=words.unit)
    body += _names(parts, scale=scale, width=width)
    body += path(f"M{svg.number(limit)} {TOP - 10}V{TOP + HEIGHT + 4}", paint(stroke="ink", width=2))
    body += _heading(words, limit=limit, end=end, narrow=narrow)
    return svg.plot(body, width=width, height=78, top=12, title=words.title, description=words.description)


def _pieces(parts: Sequence[BudgetPart], *, scale: float, limit: float, unit: str) -> str:
    drawn = []
    ends = accumulate(part.counted * scale for part in parts)
    for place, (part, end) in enumerate(zip(parts, ends, strict=True)):
        width = part.counted * scale
        start = end - width
        drawn.append(_piece(start, width, soft=part.soft))
        words = svg.amount(part.counted) + (f"\u00a0{unit}" if place == 0 else "")
        if width_of(words, 12) + 8 < width:
            # The number stands clear of the allowed line where that line crosses its piece.
            middle = start + (min(width, limit - start) if start < limit else width) / 2
            fill = "ink-2" if part.soft else "on-bar"
            drawn.append(text(middle, TOP + 19.5, words, fill=fill, anchor="middle", weight=600))
    return "".join(drawn)


def _piece(start: float, width: float, *, soft: bool) -> str:
    if soft:
        look = paint(fill="paper", stroke="gap", dash="3 2")
        return rect(start + 1, TOP + 0.5, max(width - 2, 1), HEIGHT - 1, look)
    return rect(start, TOP, max(width - 1.5, 1), HEIGHT, paint(fill="bar"))


def _names(parts: Sequence[BudgetPart], *, scale: float, width: float) -> str:
    """Names under the pieces; one that would run into its neighbour is left to the table beside the drawing."""
    drawn, free_from, start = [], 0.0, 0.0
    for part in parts:
        half = width_of(part.label, 11.5) / 2
        middle = min(max(start + part.counted * scale / 2, half), width - half)
        if middle - half >= free_from:
            drawn.append(text(middle, TOP + HEIGHT + 16, part.label, size=11.5, anchor="middle"))
            free_from = middle + half + 4
        start += part.counted * scale
    return "".join(drawn)


def _heading(words: BudgetWords, *, limit: float, end: float, narrow: bool) -> str:
    """The words above the bar, and the total after it."""
    over = end > limit
    room = width_of(words.allowed, 12.5)
    place = limit - (26 if narrow and over else 7)
    cramped = place < room  # too little is allowed for its words to stand left of the line
    start, anchor = (0.0, "start") if cramped else (place, "end")
    body = text(start, TOP - 10, words.allowed, size=12.5, fill="ink", anchor=anchor, weight=600)
    if over:
        body += path(f"M{svg.number(limit)} {TOP - 6}H{svg.number(end - 1)}", paint(stroke="missed", width=3))
        place, anchor = (end, "end") if narrow or cramped else (limit + 7, "start")
        body += text(place, TOP - 12, words.over, size=12.5, fill="missed", anchor=anchor, weight=700)
    if not narrow:
        body += text(end + 8, TOP + 20, words.total, size=13, fill="ink", weight=700)
    return body
