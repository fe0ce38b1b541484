"""Services between cost and value: cost across, value up, a line from low to high, and risk as depth of one hue.

Above the dashed line a service is worth more than it costs. Depths of one hue cannot be read as a status, and stay
apart in print and in grey; a risk that is not known has another shape. A phone gets its own drawing, without names.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from portal.charts import svg
from portal.charts.svg import LETTER_WIDTH, paint, path, rect, text, width_of
from portal.charts.trends import grid_lines

LEFT, RIGHT, TOP, BOTTOM = 62, 16, 30, 46
RADIUS = 11.5
NARROW = 400
TYPE = 12
LABEL_HEIGHT = 14
GAP = 6
DEPTHS = {"low": ("depth-1", "ink"), "medium": ("depth-2", "on-depth-2"), "high": ("depth-3", "on-depth-3")}
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Spot:
    """One service: its number in the table, what it costs and brings a year, and its risk; dashed while planned."""

    number: int
    name: str
    cost: float
    low: float
    likely: float
    high: float
    risk: str
    planned: bool = False


@dataclass(frozen=True)
class PortfolioWords:
    """What is written on the drawing, in the reader's language; `money` tells an amount in short."""

    title: str
    description: str
    across: str
    up: str
    line: str
    money: Callable[[float], str]


@dataclass(frozen=True)
class Plane:
    """Where costs and values lie on the drawing, in pixels."""

    costs: tuple[float, ...]
    values: tuple[float, ...]
    width: float
    height: float

    def x(self, cost: float) -> float:
        """Where a cost stands."""
        span = self.costs[-1] - self.costs[0]
        return LEFT + (cost - self.costs[0]) / span * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """How high a value stands."""
        span = self.values[-1] - self.values[0]
        return TOP + (self.values[-1] - value) / span * (self.height - TOP - BOTTOM)


def portfolio(spots: Sequence[Spot], *, words: PortfolioWords, width: float = 640, height: float = 566) -> str:
    """The drawing. Both axes begin at nought, or below where a value is a loss."""
    plane = Plane(
        costs=tuple(grid_lines(0, max([spot.cost for spot in spots], default=0) or 1)),
        values=tuple(
            grid_lines(min([0, *(spot.low for spot in spots)]), max([0, *(spot.high for spot in spots)]) or 1)
        ),
        width=width,
        height=height,
    )
    body = _grid(plane, words) + _worth(plane, words) + "".join(_range(plane, spot) for spot in spots)
    body += "".join(_spot(plane, spot) for spot in spots)
    if width >= NARROW:
        body += "".join(text(x, y, words, fill="ink", weight=500) for x, y, words in place_names(spots, plane))
    return svg.plot(body, width=width, height=height, title=words.title, description=words.description)


def _grid(plane: Plane, words: PortfolioWords) -> str:
    drawn = []
    for value in plane.values:
        line = f"M{LEFT} {svg.number(plane.y(value))}H{svg.number(plane.width - RIGHT)}"
        drawn.append(path(line, paint(stroke="grid")))
        drawn.append(text(LEFT - 8, plane.y(value) + 4, words.money(value), size=11.5, anchor="end"))
    floor = plane.height - BOTTOM + 18
    shown = plane.costs[1:] if plane.width >= NARROW else plane.costs[1::2]
    drawn += [text(plane.x(cost), floor, words.money(cost), size=11.5, anchor="middle") for cost in shown[:-1]]
    last = plane.width - RIGHT
    drawn += [text(last, floor, words.money(cost), size=11.5, anchor="end") for cost in shown[-1:]]
    drawn.append(text(last, plane.height - 8, words.across, fill="ink", anchor="end", weight=600))
    drawn.append(text(LEFT - 8, 16, words.up, fill="ink", weight=600))
    return "".join(drawn)


def _worth(plane: Plane, words: PortfolioWords) -> str:
    """Where value equals cost, as far as both axes reach."""
    end = min(plane.costs[-1], plane.values[-1])
    start, stop = (f"{svg.number(plane.x(each))} {svg.number(plane.y(each))}" for each in (0, end))
    line = path(f"M{start}L{stop}", paint(stroke="depth-edge", width=1.2, dash="5 4"))
    if plane.width < NARROW:
        return line
    return line + text(plane.x(end), plane.y(end) + 18, words.line, size=11.5, anchor="end")


def _range(plane: Plane, spot: Spot) -> str:
    line = f"M{svg.number(plane.x(spot.cost))} {svg.number(plane.y(spot.high))}V{svg.number(plane.y(spot.low))}"
    return path(line, paint(stroke="depth-edge", width=1.6))


def _spot(plane: Plane, spot: Spot) -> str:
    x, y = plane.x(spot.cost), plane.y(spot.likely)
    fill, ink = DEPTHS.get(spot.risk, ("paper", "ink-2"))
    look = paint(fill=fill, stroke="depth-edge", width=1.5, dash="3 2" if spot.planned else "")
    if spot.risk in DEPTHS:
        shape = f'<circle cx="{svg.number(x)}" cy="{svg.number(y)}" r="{RADIUS:g}" {look}/>'
    else:
        side = 2 * RADIUS - 2
        shape = rect(x - side / 2, y - side / 2, side, side, look)
    return shape + text(x, y + 4, str(spot.number), size=11.5, fill=ink, anchor="middle", weight=700)


def depth_mark(risk: str) -> str:
    """The shape of a risk alone, beside its word."""
    fill = DEPTHS.get(risk, ("paper", ""))[0]
    look = paint(fill=fill, stroke="depth-edge", width=1.5)
    shape = f'<circle cx="7" cy="7" r="6" {look}/>' if risk in DEPTHS else rect(1.5, 1.5, 11, 11, look)
    return svg.small(shape, width=14, height=14, box="0 0 14 14", css="p-mark")


def place_names(spots: Sequence[Spot], plane: Plane) -> list[tuple[float, float, str]]:
    """Where names stand: beside their spot, clear of all spots and of each other; one without room is left out.

    The number in the spot leads to the name in the table in any case.
    """
    taken = [_around(plane.x(spot.cost), plane.y(spot.likely)) for spot in spots]
    placed = []
    for spot in spots:
        for left, base in _places(plane.x(spot.cost), plane.y(spot.likely), _width(spot.name)):
            box = (left, base - LABEL_HEIGHT + 3, left + _width(spot.name), base + 3)
            if _is_inside(box, plane) and not any(_touch(box, other) for other in taken):
                taken.append(box)
                placed.append((left, base, spot.name))
                break
    return placed


def _width(words: str) -> float:
    """A little more than `width_of`, so that neighbours never touch."""
    return width_of(words, TYPE) + TYPE * LETTER_WIDTH


def _around(x: float, y: float) -> Box:
    return (x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)


def _places(x: float, y: float, width: float) -> Iterator[tuple[float, float]]:
    """Right, left, above, below."""
    yield x + RADIUS + GAP, y + 4
    yield x - RADIUS - GAP - width, y + 4
    yield x - width / 2, y - RADIUS - GAP
    yield x - width / 2, y + RADIUS + LABEL_HEIGHT


def _is_inside(box: Box, plane: Plane) -> bool:
    return box[0] >= LEFT and box[2] <= plane.width and box[1] >= TOP - LABEL_HEIGHT and box[3] <= plane.height - BOTTOM


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
