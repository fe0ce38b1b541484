"""What every drawing is made of.

Attributes carry the light colours, which paper uses as they are; the classes beside them let the page's stylesheet
choose another colour in the dark theme. Numbers are written with a point whatever the reader's language, because
a comma breaks SVG. Nothing here keeps state: the same inputs give the same bytes.
"""

import hashlib
from html import escape

PALETTE = {
    "paper": "#ffffff",
    "soft": "#eef1f5",
    "grid": "#e3e7ed",
    "faint": "#c9d0da",
    "ink": "#16202e",
    "ink-2": "#4b5563",
    "accent": "#0b5cad",
    "bar": "#46556a",
    "on-bar": "#ffffff",
    "before": "#c3cbd6",
    "band": "#e6f1ef",
    "kept": "#0a7265",
    "kept-soft": "#9cc9c1",
    "close": "#f5b83d",
    "close-edge": "#8a4b00",
    "close-letter": "#3d2200",
    "missed": "#b3261e",
    "on-missed": "#ffffff",
    "missed-soft": "#fdeceb",
    "risk": "#fff6e0",
    "risk-edge": "#8a4b00",
    "risk-letter": "#5a3000",
    "trial": "#3949ab",
    "trial-soft": "#eef0fb",
    "disputed": "#3f4a5a",
    "gap": "#5b6675",
    "depth-1": "#ffffff",
    "depth-2": "#9fb0c6",
    "depth-3": "#16202e",
    "depth-edge": "#46556a",
    "on-depth-2": "#16202e",
    "on-depth-3": "#ffffff",
}
LETTER_WIDTH = 0.56  # of the type size: what an Inter letter takes on average, enough to decide whether a label fits


def number(value: float) -> str:
    """A coordinate with at most one decimal and always a point."""
    return f"{value:.1f}".removesuffix(".0")


def amount(value: float) -> str:
    """A counted figure as it is shown: thousands apart, at most one decimal."""
    return f"{value:,.1f}".removesuffix(".0")


def paint(*, fill: str | None = None, stroke: str | None = None, width: float = 1, dash: str = "") -> str:
    """Attributes that colour a shape, by names of the palette; a side that is not named stays empty."""
    classes = [f"p-fill-{fill}"] if fill else []
    attributes = [f'fill="{PALETTE[fill]}"' if fill else 'fill="none"']
    if stroke:
        classes.append(f"p-stroke-{stroke}")
        attributes.append(f'stroke="{PALETTE[stroke]}" stroke-width="{width:g}"')
    if dash:
        attributes.append(f'stroke-dasharray="{dash}"')
    return f'{" ".join(attributes)} class="{" ".join(classes)}"'


def rect(x: float, y: float, width: float, height: float, look: str, *, radius: float = 0) -> str:
    """A rectangle; `look` comes from paint()."""
    corner = f' rx="{radius:g}"' if radius else ""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f"<rect {place}{corner} {look}/>"


def path(steps: str, look: str) -> str:
    """A path; `look` comes from paint()."""
    return f'<path d="{steps}" {look}/>'


def text(
    x: float, y: float, words: str, *, size: float = 12, fill: str = "ink-2", anchor: str = "start", weight: int = 400
) -> str:
    """Words at a place, escaped."""
    place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
    face = f'font-family="Inter" font-size="{size:g}" font-weight="{weight}"'
    return f"<text {place} {face} {paint(fill=fill)}>{escape(words)}</text>"


def width_of(words: str, size: float) -> float:
    """About how wide the words are when drawn at this size."""
    return len(words) * size * LETTER_WIDTH


def plot(body: str, *, width: float, height: float, top: float = 0, title: str, description: str = "") -> str:
    """A chart as wide as the place it stands in, named by its title and explained by its description.

    The ids come from the content, so that two different charts on a page never share one.
    """
    key = hashlib.sha256(f"{width}{title}{description}{body}".encode()).hexdigest()[:10]
    named = f'<title id="t-{key}">{escape(title)}</title>'
    labels = f"t-{key}"
    if description:
        named += f'<desc id="d-{key}">{escape(description)}</desc>'
        labels += f" d-{key}"
    box = f'viewBox="0 {number(top)} {number(width)} {number(height)}" width="100%"'
    return f'<svg {box} class="p-plot" role="img" aria-labelledby="{labels}">{named}{body}</svg>'


def small(
    body: str, *, width: float, height: float, box: str, css: str, title: str = "", stretches: bool = False
) -> str:
    """A mark or a bar of fixed size. Without a title it is decoration and screen readers pass over it.

    One that `stretches` fills whatever width the stylesheet gives it.
    """
    role = 'role="img"' if title else 'aria-hidden="true" focusable="false"'
    named = f"<title>{escape(title)}</title>" if title else ""
    ratio = ' preserveAspectRatio="none"' if stretches else ""
    size = f'width="{number(width)}" height="{number(height)}" viewBox="{box}"{ratio}'
    return f'<svg class="{css}" {size} {role}>{named}{body}</svg>'
