"""The status mark: shape, letter and colour together, so that no status is told by colour alone.

Weight grows with the need for attention: kept is an outline, missed is solid.
"""

from portal.charts import svg
from portal.charts.svg import paint, path, rect

LETTERS = "KCMRTDGN"
DIAMOND = "M10 .9 19.1 10 10 19.1 .9 10z"
TRIANGLE = "M10 .8 19.4 19H.6z"
HEXAGON = "M5.4 1.8h9.2L19.2 10l-4.6 8.2H5.4L.8 10z"
HATCH = "M1.6 5.2 5.2 1.6M1.6 10.8 10.8 1.6M1.6 16.5 16.5 1.6M5.4 18.4 18.4 5.4M11 18.4 18.4 11"


class UnknownStatus(ValueError):
    """The letter names no status of an attainment."""

    def __init__(self, letter: str) -> None:
        super().__init__(f"“{letter}” is not a status letter. Use one of {', '.join(LETTERS)}.")


def _letter(letter: str, fill: str, *, y: float = 13.6, size: float = 10.5) -> str:
    return svg.text(10, y, letter, size=size, fill=fill, anchor="middle", weight=700)


def _circle(radius: float, look: str) -> str:
    return f'<circle cx="10" cy="10" r="{radius:g}" {look}/>'


SHAPES = {
    "K": _circle(8.2, paint(fill="paper", stroke="kept", width=1.6)) + _letter("K", "kept"),
    "C": path(DIAMOND, paint(fill="close", stroke="close-edge", width=1.2)) + _letter("C", "close-letter", size=10),
    "M": rect(1.4, 1.4, 17.2, 17.2, paint(fill="missed"), radius=2) + _letter("M", "on-missed"),
    "R": path(TRIANGLE, paint(fill="risk", stroke="risk-edge", width=1.4))
    + _letter("R", "risk-letter", y=17, size=9.6),
    "T": path(HEXAGON, paint(fill="trial-soft", stroke="trial", width=1.5)) + _letter("T", "trial"),
    "D": rect(1.6, 1.6, 16.8, 16.8, paint(fill="paper", stroke="disputed", width=1.4), radius=4)
    + path(HATCH, paint(stroke="disputed", width=1.5))
    + _circle(6, paint(fill="paper"))
    + _letter("D", "disputed", y=13.3, size=9.5),
    "G": rect(1.8, 1.8, 16.4, 16.4, paint(fill="soft", stroke="gap", width=1.5, dash="3.4 2"))
    + _letter("G", "gap", size=10),
    "N": rect(1, 4, 18, 12, paint(fill="soft"), radius=6) + _letter("N", "gap", y=13.4, size=9.5),
}


def status_mark(letter: str, *, size: float = 20, title: str = "") -> str:
    """The mark of a status letter: Kept, Close, Missed, at Risk, Trial, Disputed, data Gap, No cases.

    Give a title where no word stands beside the mark; without one it is decoration.
    Raises UnknownStatus for any other letter.
    """
    if letter not in SHAPES:
        raise UnknownStatus(letter)
    return svg.small(SHAPES[letter], width=size, height=size, box="0 0 20 20", css="p-mark", title=title)
