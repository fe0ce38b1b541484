"""The map of what a service is made of: lanes by kind of part, columns by step, hand-overs as numbered arrows.

A dashed frame is a rule among alternatives, a tinted part is the weak one. Where everything lies is computed first
(`maps_layout`), so that it can be tested as numbers; here it is drawn. Links stand inside the drawing: it is a group
of links and not one picture.
"""

import hashlib
from html import escape

from portal.charts import icons, marks, svg
from portal.charts.maps_layout import Layout, Placed, PlacedArrow, lay_out, lay_out_narrow
from portal.charts.maps_parts import ServiceMap
from portal.charts.svg import number, paint, path, rect

MARK = 0.8  # of its 20 pixels
BADGE = 8


def draw_map(drawn: ServiceMap) -> str:
    """The drawing for a page and for paper."""
    return _draw(drawn, lay_out(drawn), "wide")


def draw_narrow_map(drawn: ServiceMap) -> str:
    """The drawing for a phone: one step under the other, at the same size of type; hand-overs are said in words."""
    return _draw(drawn, lay_out_narrow(drawn), "narrow")


def _draw(drawn: ServiceMap, layout: Layout, kind: str) -> str:
    body = "".join(
        [
            *(path(f"M0 {number(y)}H{number(layout.width)}", paint(stroke="grid")) for y in layout.rules),
            *(_icon(name, x, y) for name, x, y in layout.icons),
            *(line.draw() for line in layout.lines),
            *(_frame(placed) for placed in layout.frames),
            *(_line_of(arrow) for arrow in layout.arrows),
            *(_node(placed) for placed in layout.nodes),
            *(_badge(arrow) for arrow in layout.arrows),
        ]
    )
    key = hashlib.sha256(f"{kind}{drawn.title}{body}".encode()).hexdigest()[:10]
    named = f'<title id="t-{key}">{escape(drawn.title)}</title>'
    box = f'viewBox="0 0 {number(layout.width)} {number(layout.height)}" width="100%"'
    return f'<svg {box} class="p-plot p-map-{kind}" role="group" aria-labelledby="t-{key}">{named}{body}</svg>'


def _icon(name: str, x: float, y: float) -> str:
    look = paint(stroke="ink-2", width=1.4)
    return f'<g transform="translate({number(x)} {number(y)})" {look} aria-hidden="true">{icons.ICONS[name]}</g>'


def _frame(placed: Placed) -> str:
    box = placed.box
    outline = rect(box.x, box.y, box.width, box.height, paint(stroke="faint", width=1.5, dash="4 3"), radius=9)
    return outline + "".join(line.draw() for line in placed.lines)


def _node(placed: Placed) -> str:
    node, box = placed.node, placed.box
    assert node is not None  # noqa: S101 - frames are drawn by _frame
    look = paint(fill="missed-soft", stroke="missed") if node.is_weak else paint(fill="paper", stroke="faint")
    words = "".join(line.draw() for line in placed.lines)
    if node.letter:
        x, y = placed.mark_at
        words += f'<g transform="translate({number(x)} {number(y)}) scale({MARK})">{marks.SHAPES[node.letter]}</g>'
    inside = rect(box.x, box.y, box.width, box.height, look, radius=7) + words
    drawn = f'<a href="{escape(node.url)}" class="p-map-node">{inside}</a>' if node.url else f"<g>{inside}</g>"
    if not node.fold_url:
        return drawn
    fold = placed.fold
    room = rect(fold.x, fold.y, fold.width, fold.height, paint(fill="soft"), radius=5)
    said = svg.text(fold.x + 7, fold.y + 16, node.fold_words, fill="accent")
    name = f'aria-label="{escape(f"{node.fold_words}: {node.name}")}"'
    return f'{drawn}<a href="{escape(node.fold_url)}" class="p-map-node" {name}>{room}{said}</a>'


def _line_of(arrow: PlacedArrow) -> str:
    (x, y), *rest = arrow.points
    steps = "".join(f"L{number(a)} {number(b)}" for a, b in rest)
    end_x, end_y = arrow.points[-1]
    tip = f"M{number(end_x - 5)} {number(end_y - 4)}l5 4l-5 4"
    look = paint(stroke="bar", width=1.3)
    return path(f"M{number(x)} {number(y)}{steps}", look) + path(tip, look)


def _badge(arrow: PlacedArrow) -> str:
    x, y = arrow.badge_at
    circle = f'<circle cx="{number(x)}" cy="{number(y)}" r="{BADGE}" {paint(fill="bar")}/>'
    said = svg.text(x, y + 3.8, str(arrow.number), size=10.5, fill="on-bar", anchor="middle", weight=600)
    return f"<g><title>{escape(arrow.words)}</title>{circle}{said}</g>"
