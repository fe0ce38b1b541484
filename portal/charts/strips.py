"""The twelve-month strip of lists and phones: height carries the status as well as colour, and a miss stands tall."""

from collections.abc import Callable, Iterable

from portal.charts import svg
from portal.charts.marks import UnknownStatus
from portal.charts.svg import paint, path, rect

CELL = 9
GAP = 3
HEIGHT = 16


def _hollow(x: float, stroke: str, *, width: float, dash: str = "") -> str:
    look = paint(stroke=stroke, width=width, dash=dash)
    return rect(x + 0.6, HEIGHT * 0.6, CELL - 1.2, HEIGHT * 0.36, look, radius=1.5)


def _column(x: float, share: float, fill: str) -> str:
    return rect(x, HEIGHT * (1 - share), CELL, HEIGHT * share, paint(fill=fill), radius=1.5)


def _disputed(x: float) -> str:
    look = paint(stroke="disputed", width=1.4)
    frame = rect(x + 0.7, 1, CELL - 1.4, HEIGHT - 1.7, look, radius=1.5)
    return frame + path(f"M{x + 1} {HEIGHT - 1.5}L{x + CELL - 1} 2", look)


CELLS: dict[str, Callable[[float], str]] = {
    "K": lambda x: _column(x, 0.32, "kept-soft"),
    "C": lambda x: _column(x, 0.6, "close"),
    "M": lambda x: _column(x, 1, "missed"),
    "R": lambda x: rect(
        x + 0.7, HEIGHT * 0.4, CELL - 1.4, HEIGHT * 0.56, paint(fill="risk", stroke="risk-edge", width=1.4), radius=1.5
    ),
    "T": lambda x: _hollow(x, "trial", width=1.2),
    "D": _disputed,
    "G": lambda x: _hollow(x, "gap", width=1.1, dash="2 1.6"),
    "N": lambda x: rect(x, HEIGHT - 2, CELL, 2, paint(fill="faint")),
}


def strip(letters: Iterable[str], *, title: str) -> str:
    """One small column per month, oldest first, by status letter. Raises UnknownStatus."""
    body = []
    for place, letter in enumerate(letters):
        if letter not in CELLS:
            raise UnknownStatus(letter)
        body.append(CELLS[letter](place * (CELL + GAP)))
    width = max(len(body) * (CELL + GAP) - GAP, CELL)
    return svg.small("".join(body), width=width, height=HEIGHT, box=f"0 0 {width} {HEIGHT}", css="p-strip", title=title)
