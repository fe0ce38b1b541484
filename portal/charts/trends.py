"""Twelve months of one measure: dots against a promise, or bars from zero."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from portal.charts import svg
from portal.charts.svg import paint, path, rect, text, width_of

LEFT, RIGHT, TOP, BOTTOM = 52, 12, 16, 26
LINES = 4
APART = 4  # pixels between two names of months


@dataclass(frozen=True)
class TrendPoint:
    """One month: its short name, its value (None: no data, nothing is drawn), whether it misses the promise.

    `note` is written beside a miss, for example “May: 99.1 %, would have been missed”.
    """

    label: str
    value: float | None
    missed: bool = False
    note: str = ""


@dataclass(frozen=True)
class Limit:
    """The promise as a line across the months, with its words."""

    value: float
    label: str


@dataclass(frozen=True)
class Frame:
    """Where values and months lie on the drawing, in pixels."""

    low: float
    high: float
    months: int
    width: float
    height: float

    def x(self, place: int) -> float:
        """The middle of a month."""
        return LEFT + (self.width - LEFT - RIGHT) * (place + 0.5) / max(self.months, 1)

    def y(self, value: float) -> float:
        """The height of a value."""
        return TOP + (self.high - value) / (self.high - self.low) * (self.height - TOP - BOTTOM)


def grid_lines(low: float, high: float) -> list[float]:
    """Three to five round values that enclose low and high; steps are 1, 2 or 5 times a power of ten."""
    span = max(high - low, 1e-6)
    rough = 10 ** floor(log10(span / LINES))
    step = next(rough * factor for factor in (1, 2, 5, 10, 20) if span / (rough * factor) <= LINES - 1)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(place * step, 9) for place in range(first, max(last, first + 1) + 1)]


def _axis(points: Sequence[TrendPoint], limit: Limit | None, *, zero: bool) -> list[float]:
    values = [point.value for point in points if point.value is not None]
    values += [limit.value] if limit else []
    values += [0.0] if zero or not values else []
    low, high = min(values), max(values)
    if zero:
        high = max(high, LINES - 1)  # nothing is counted in parts
    return grid_lines(low, high if high > low else low + 0.1)


def _background(
    points: Sequence[TrendPoint], lines: Sequence[float], frame: Frame, unit: str, said: Callable[[str], str] = str
) -> str:
    """Labelled lines and the months below them; `said` writes a value as its readers do."""
    step = lines[1] - lines[0]
    decimals = max(0, -floor(log10(step) + 1e-9))
    drawn = []
    for value in lines:
        y = frame.y(value)
        drawn.append(path(f"M{LEFT} {svg.number(y)}H{svg.number(frame.width - RIGHT)}", paint(stroke="grid")))
        drawn.append(text(LEFT - 8, y + 4, said(f"{value:,.{decimals}f}{unit}"), size=11.5, anchor="end"))
    drawn += [
        text(frame.x(place), frame.height - 7, points[place].label, size=11.5, anchor="middle")
        for place in _labelled(points, frame)
    ]
    return "".join(drawn)


def _labelled(points: Sequence[TrendPoint], frame: Frame) -> range:
    """The months whose names are written: all, or where they would touch each second one, the last among them."""
    widest = max((width_of(point.label, 11.5) for point in points), default=0)
    step = 1 if frame.x(1) - frame.x(0) > widest + APART else 2
    return range((len(points) - 1) % step if points else 0, len(points), step)


def _limit_line(limit: Limit, frame: Frame) -> str:
    y = frame.y(limit.value)
    line = path(
        f"M{LEFT} {svg.number(y)}H{svg.number(frame.width - RIGHT)}", paint(stroke="trial", width=1.8, dash="6 4")
    )
    above = y + 17 > frame.height - BOTTOM
    return line + text(LEFT + 6, y - 7 if above else y + 17, limit.label, fill="trial", weight=600)


@dataclass(frozen=True)
class Box:
    """What a word or a dot takes on the drawing."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two lie on each other."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def _notes(points: Sequence[TrendPoint], limit: Limit | None, frame: Frame) -> str:
    """Words beside the misses, the newest first: right of the dot, left of it or above it, wherever there is room for
    them. Of many misses those stay without words that would be written over others; one is always told.
    """
    taken = [
        _around(frame.x(place), frame.y(each.value)) for place, each in enumerate(points) if each.value is not None
    ]
    if limit:
        line = frame.y(limit.value)
        taken.append(Box(LEFT, LEFT + 6 + width_of(limit.label, 12), line - 18, line + 22))
    misses = [
        (each.note, list(_spots(frame.x(place), frame.y(each.value), width_of(each.note, 12), frame.width)))
        for place, each in enumerate(points)
        if each.value is not None and each.missed and each.note
    ]
    drawn = []
    for note, spots in reversed(misses):
        free = next((spot for spot in spots if not any(spot[1].meets(each) for each in taken)), None)
        if free is not None:
            drawn.append((note, free[0]))
            taken.append(free[1])
    if misses and not drawn:
        drawn.append((misses[-1][0], misses[-1][1][0][0]))
    return "".join(text(x, y, note, fill="missed", anchor=anchor, weight=600) for note, (x, y, anchor) in drawn)


def _around(x: float, y: float) -> Box:
    return Box(x - 7, x + 7, y - 7, y + 7)


def _spots(x: float, y: float, room: float, width: float) -> Iterator[tuple[tuple[float, float, str], Box]]:
    """Where words of that length can stand beside a dot: the point and anchor of their text, and what they take."""
    if x + 12 + room < width:
        yield (x + 12, y + 4, "start"), Box(x + 10, x + 12 + room, y - 8, y + 8)
    if x - 12 - room > LEFT:
        yield (x - 12, y + 4, "end"), Box(x - 12 - room, x - 10, y - 8, y + 8)
    right = max(x + 6, room)
    yield (right, y - 12, "end"), Box(right - room, right, y - 24, y - 8)


def _dot(point: TrendPoint, x: float, y: float) -> str:
    """A month as a dot; a miss is a square, so that it does not depend on colour."""
    if not point.missed:
        return f'<circle cx="{svg.number(x)}" cy="{svg.number(y)}" r="4.5" {paint(fill="bar")}/>'
    return rect(x - 6, y - 6, 12, 12, paint(fill="missed"), radius=1.5)


def _joined(points: Sequence[TrendPoint], frame: Frame) -> str:
    """A thin line through the months; it breaks where a month has no data."""
    steps, pen = [], "M"
    for place, point in enumerate(points):
        if point.value is None:
            pen = "M"
            continue
        steps.append(f"{pen}{svg.number(frame.x(place))} {svg.number(frame.y(point.value))}")
        pen = "L"
    return path("".join(steps), paint(stroke="faint", width=1.6)) if steps else ""


def trend(
    points: Sequence[TrendPoint],
    *,
    title: str,
    description: str = "",
    limit: Limit | None = None,
    unit: str = "",
    joined: bool = True,
    counts: bool = False,
    said: Callable[[str], str] = str,
    width: float = 600,
    height: float = 200,
) -> str:
    """Measured months as dots, the promise as a line. The axis zooms in on the values and labels its lines.

    Set `joined` to False for trying a promise on past months, where no course is claimed, and `counts` where numbers
    are told and not shares: the axis then begins with zero, and its steps are whole. `said` writes the values of the
    axis as its readers do.
    """
    lines = _axis(points, limit, zero=counts)
    frame = Frame(low=lines[0], high=lines[-1], months=len(points), width=width, height=height)
    body = _background(points, lines, frame, unit, said)
    body += _joined(points, frame) if joined else ""
    body += _limit_line(limit, frame) if limit else ""
    for place, point in enumerate(points):
        if point.value is not None:
            body += _dot(point, frame.x(place), frame.y(point.value))
    body += _notes(points, limit, frame)
    return svg.plot(body, width=width, height=height, title=title, description=description)


def bars(
    points: Sequence[TrendPoint],
    *,
    title: str,
    description: str = "",
    limit: Limit | None = None,
    unit: str = "",
    width: float = 600,
    height: float = 200,
) -> str:
    """Counts per month as bars from zero; a month that misses the promise is solid red."""
    lines = _axis(points, limit, zero=True)
    frame = Frame(low=lines[0], high=lines[-1], months=len(points), width=width, height=height)
    body = _background(points, lines, frame, unit)
    thick = (width - LEFT - RIGHT) / max(len(points), 1) * 0.7
    for place, point in enumerate(points):
        if point.value is not None:
            top = frame.y(point.value)
            look = paint(fill="missed" if point.missed else "bar")
            body += rect(frame.x(place) - thick / 2, top, thick, frame.y(0) - top, look, radius=1.5)
    body += _limit_line(limit, frame) if limit else ""
    return svg.plot(body, width=width, height=height, title=title, description=description)
