"""Where everything on a map of a service lies. Sizes are pixels of the drawing; type is 11 to 13.

Blocks of one step come first, each under the one before it in its column; a block over several steps comes below them.
So nothing overlaps. Arrows run in the gutters between columns and along the top of lanes, under the parts.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from portal.charts import svg
from portal.charts.maps_parts import MapArrow, MapBlock, MapLane, MapNode, ServiceMap

WIDE, NARROW = 1136, 326
LANE_LABEL = 112
GUTTER, ARROW_GUTTER = 14, 32
PAD, GAP, LANE_PAD = 9, 8, 16
FRAME_PAD = 8
NAME, NOTE, RULE = 13, 12, 11
LEADING = {NAME: 17, NOTE: 15.5, RULE: 14}
MARK_ROOM = 22
NODE_LEAST = 96
FOLD = 24
PORT = 18
WITHOUT_STEPS = 4  # columns of a map whose service names no steps


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether they share room."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True)
class Line:
    """One line of words at its baseline."""

    x: float
    y: float
    words: str
    size: float
    fill: str = "ink-2"
    weight: int = 400

    def draw(self) -> str:
        """As SVG."""
        return svg.text(self.x, self.y, self.words, size=self.size, fill=self.fill, weight=self.weight)

    @property
    def room(self) -> Box:
        """The room that it takes."""
        return Box(self.x, self.y - self.size, svg.width_of(self.words, self.size), self.size * 1.2)


@dataclass(frozen=True)
class Placed:
    """A part, or (without a node) the frame of a rule, with its words."""

    node: MapNode | None
    box: Box
    lines: tuple[Line, ...]
    mark_at: tuple[float, float] = (0, 0)
    fold: Box = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class PlacedArrow:
    """A hand-over: its number, its way, and where the number stands."""

    number: int
    words: str
    points: tuple[tuple[float, float], ...]
    badge_at: tuple[float, float]


@dataclass
class Layout:
    """A map with all its places."""

    width: float
    height: float = 0
    nodes: list[Placed] = field(default_factory=list)
    frames: list[Placed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    icons: list[tuple[str, float, float]] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    arrows: list[PlacedArrow] = field(default_factory=list)


def wrap(words: str, width: float, size: float) -> list[str]:
    """The words in lines that fit the width; a word that is too long alone is broken."""
    most = max(1, int(width / (size * svg.LETTER_WIDTH)))
    lines: list[str] = []
    for word in words.replace("\n", " ").split(" "):
        left = word
        if lines and len(lines[-1]) + 1 + len(left) <= most:
            lines[-1] = f"{lines[-1]} {left}"
            continue
        while len(left) > most:
            lines.append(left[:most])
            left = left[most:]
        lines.append(left)
    return [line for line in lines if line]


def _stack(x: float, y: float, width: float, texts: Sequence[tuple[str, float, str, int]]) -> tuple[list[Line], float]:
    """Texts under each other, each words, size, colour and weight; and where the next would begin."""
    lines = []
    for words, size, fill, weight in texts:
        for line in wrap(words, width, size):
            y += LEADING[int(size)]
            lines.append(Line(x, y - 4, line, size, fill, weight))
    return lines, y


def place_node(node: MapNode, x: float, y: float, width: float, least: float = 0, extra: Sequence[str] = ()) -> Placed:
    """A part in that width, as high as its words need, and at least so high."""
    inner, fill = width - 2 * PAD, "ink"
    texts = [(node.name, NAME, fill, 600 if node.is_weak else 500), (node.note, NOTE, "ink-2", 400)]
    texts += [(words, NOTE, "ink-2", 400) for words in extra]
    lines, below = _stack(x + PAD, y + PAD - 2, inner, texts)
    mark_at = (x + PAD, below + 4)
    if node.letter:
        status, ended = _stack(x + PAD + MARK_ROOM, below + 3, inner - MARK_ROOM, [(node.words, NOTE, fill, 600)])
        lines += status
        below = max(ended, below + 3 + LEADING[NOTE]) + 2
    fold = Box(x + PAD, below + 4, inner, FOLD) if node.fold_url else Box(0, 0, 0, 0)
    below += FOLD + 4 if node.fold_url else 0
    return Placed(node, Box(x, y, width, max(below + PAD - y, least)), tuple(lines), mark_at, fold)


class _Ports:
    """How many arrows leave and reach each part, so that it is high enough for them."""

    def __init__(self, arrows: Sequence[MapArrow]) -> None:
        self.out = Counter(arrow.giver for arrow in arrows)
        self.into = Counter(arrow.receiver for arrow in arrows if arrow.receiver is not None)

    def least(self, node: MapNode) -> float:
        """How high the part must be."""
        most = max(self.out[node.key], self.into[node.key])
        return most * PORT + PAD if most else 0

    def has(self, node: MapNode) -> bool:
        """Whether arrows meet it."""
        return self.least(node) > 0


def place_block(
    block: MapBlock, x: float, y: float, width: float, ports: _Ports, said: Mapping[str, Sequence[str]]
) -> tuple[list[Placed], Placed | None, float]:
    """The parts of a block, its frame if it has a rule, and where it ends."""
    if not block.rule:
        (node,) = block.nodes
        placed = place_node(node, x, y, width, ports.least(node), said.get(node.key, ()))
        return [placed], None, placed.box.bottom
    inner = width - 2 * FRAME_PAD
    lines, below = _stack(x + FRAME_PAD, y + 5, inner, [(block.rule, RULE, "ink-2", 600)])
    is_single = any(ports.has(node) for node in block.nodes)
    columns = 1 if is_single else max(1, min(len(block.nodes), int((inner + GAP) / (NODE_LEAST + GAP))))
    each = (inner - GAP * (columns - 1)) / columns
    nodes: list[Placed] = []
    for start in range(0, len(block.nodes), columns):
        row = block.nodes[start : start + columns]
        top = below + 5
        sized = [place_node(node, x, top, each, ports.least(node), said.get(node.key, ())).box.height for node in row]
        for place, node in enumerate(row):
            at = x + FRAME_PAD + place * (each + GAP)
            nodes.append(place_node(node, at, top, each, max(sized), said.get(node.key, ())))
        below = top + max(sized)
    return nodes, Placed(None, Box(x, y, width, below + FRAME_PAD - y), tuple(lines)), below + FRAME_PAD


class _Wide:
    """The drawing for a page."""

    def __init__(self, drawn: ServiceMap) -> None:
        self.drawn, self.ports = drawn, _Ports(drawn.arrows)
        self.count = len(drawn.steps) or WITHOUT_STEPS
        self.gutter = ARROW_GUTTER if drawn.arrows else GUTTER
        self.pitch = (WIDE - LANE_LABEL - self.gutter) / self.count
        self.layout = Layout(WIDE)
        self.outer: dict[str, tuple[Box, int, int, float]] = {}  # by part: outer box, first and last column, lane's top
        self.boxes: dict[str, Box] = {}

    def lay_out(self) -> Layout:
        y = self._head()
        for lane in self.drawn.lanes:
            y = self._lane(lane, y)
        self.layout.height = y
        self.layout.arrows = _Arrows(self.outer, self.boxes, self.gutter).place(self.drawn.arrows)
        return self.layout

    def _head(self) -> float:
        below = 0.0
        for place, step in enumerate(self.drawn.steps, start=1):
            texts = [(f"{place} {step.name}", NAME, "ink", 600), (step.note, RULE, "ink-2", 400)]
            lines, end = _stack(self._x(place), 10, self.pitch - self.gutter, texts)
            self.layout.lines += lines
            below = max(below, end + 10)
        return below

    def _x(self, column: int) -> float:
        return LANE_LABEL + self.pitch * (column - 1) + self.gutter

    def _lane(self, lane: MapLane, top: float) -> float:
        self.layout.rules.append(top)
        self.layout.icons.append((lane.icon, 20, top + 14))
        lines, below = _stack(20, top + 34, LANE_LABEL - 24, [(lane.label, NAME, "ink-2", 600)])
        self.layout.lines += lines
        free = [top + LANE_PAD] * (self.count + 1)
        for first, last, block in self._columns(lane):
            y = max(free[first : last + 1])
            width = self.pitch * (last - first + 1) - self.gutter
            nodes, frame, end = place_block(block, self._x(first), y, width, self.ports, {})
            self.layout.nodes += nodes
            self.layout.frames += [frame] if frame else []
            for placed in nodes:
                assert placed.node is not None  # noqa: S101 - blocks hold parts
                self.boxes[placed.node.key] = placed.box
                self.outer[placed.node.key] = (frame.box if frame else placed.box, first, last, top)
            free[first : last + 1] = [end + GAP] * (last - first + 1)
        return max(below, *free) - GAP + LANE_PAD

    def _columns(self, lane: MapLane) -> list[tuple[int, int, MapBlock]]:
        """The blocks with their columns: those of one step first."""
        if not self.drawn.steps:
            return [(place % self.count + 1, place % self.count + 1, block) for place, block in enumerate(lane.blocks)]
        placed = [(min(block.first, self.count), min(block.last, self.count), block) for block in lane.blocks]
        return sorted(placed, key=lambda each: each[0] != each[1])


class _Arrows:
    """The ways of hand-overs: out of the giver at its right, along a gutter, into the receiver at its left."""

    def __init__(self, outer: Mapping[str, tuple[Box, int, int, float]], boxes: Mapping[str, Box], gutter: int) -> None:
        self.outer, self.boxes, self.gutter = outer, boxes, gutter
        self.used: dict[int, list[float]] = defaultdict(list)
        self.left: Counter[str] = Counter()
        self.reached: Counter[str] = Counter()
        self.into: Counter[str] = Counter()

    def place(self, arrows: Sequence[MapArrow]) -> list[PlacedArrow]:
        out = Counter(arrow.giver for arrow in arrows)
        self.into = Counter(arrow.receiver for arrow in arrows if arrow.receiver is not None)
        return [self._one(at, arrow, out[arrow.giver]) for at, arrow in enumerate(arrows, start=1)]

    def _one(self, at: int, arrow: MapArrow, count: int) -> PlacedArrow:
        giver, (outer, _first, last, _top) = self.boxes[arrow.giver], self.outer[arrow.giver]
        self.left[arrow.giver] += 1
        y = giver.y + giver.height * self.left[arrow.giver] / (count + 1)
        if arrow.receiver is None:
            y = self._free(last + 1, giver, giver.y + giver.height / 2)
            points = ((giver.right, y), (outer.right + self.gutter - 3, y))
            return PlacedArrow(at, arrow.words, points, (outer.right + 12, y))
        receiver, (into, first, _last, top) = self.boxes[arrow.receiver], self.outer[arrow.receiver]
        self.reached[arrow.receiver] += 1
        place = (self.reached[arrow.receiver] - 0.5) / self.into[arrow.receiver]
        end = self._free(first, receiver, receiver.y + receiver.height * place)
        lane = at % 3 * 2.5
        ways = [(giver.right, y), (outer.right + 2.5 + lane, y)]
        if first != last + 1:
            ways += [(outer.right + 2.5 + lane, top + 4 + lane), (into.x - self.gutter + 2.5 + lane, top + 4 + lane)]
        ways += [(ways[-1][0], end), (receiver.x - 1, end)]
        return PlacedArrow(at, arrow.words, tuple(ways), (into.x - 14, end))

    def _free(self, gutter: int, box: Box, wanted: float) -> float:
        """The height at the box nearest to the one that is wanted where no other number stands in that gutter."""
        least, most = box.y + PORT / 2, box.bottom - PORT / 2
        steps = range(1, int(most - least) + 1)
        tried = [wanted, *(wanted + sign * step for step in steps for sign in (1, -1))]
        free = (y for y in tried if least <= y <= most and all(abs(y - other) >= PORT for other in self.used[gutter]))
        y = next(free, wanted)
        self.used[gutter].append(y)
        return y


def lay_out(drawn: ServiceMap) -> Layout:
    """For a page."""
    return _Wide(drawn).lay_out()


def lay_out_narrow(drawn: ServiceMap) -> Layout:
    """For a phone: step after step, in each the parts that begin there, lane by lane."""
    layout, y, nobody = Layout(NARROW), 0.0, _Ports(())
    said: dict[str, list[str]] = defaultdict(list)
    for arrow in drawn.arrows:
        said[arrow.giver].append(arrow.short or arrow.words)
    starts = range(1, max(1, len(drawn.steps)) + 1)
    for place in starts:
        if drawn.steps:
            step = drawn.steps[place - 1]
            layout.rules.append(y)
            texts = [(f"{place} {step.name}", NAME, "ink", 600), (step.note, RULE, "ink-2", 400)]
            lines, y = _stack(0, y + 8, NARROW, texts)
            layout.lines += lines
            y += 6
        for lane in drawn.lanes:
            here = [block for block in lane.blocks if min(block.first, len(starts)) == place]
            if here:
                lines, y = _stack(0, y + 4, NARROW, [(lane.label, NOTE, "ink-2", 600)])
                layout.lines += lines
            for block in here:
                nodes, frame, end = place_block(block, 0.5, y + 4, NARROW - 1, nobody, said)
                layout.nodes += nodes
                layout.frames += [frame] if frame else []
                y = end + GAP - 4
        y += 8
    layout.height = y
    return layout


def bends(arrow: PlacedArrow) -> list[tuple[float, float, float, float]]:
    """The pieces of an arrow's way, each from where to where."""
    return [(*start, *end) for start, end in pairwise(arrow.points)]
