"""A plain bar of a share: room used, progress made."""

from portal.charts import svg
from portal.charts.svg import paint, path, rect

FILLS = {"ink": "bar", "accent": "accent", "kept": "kept", "close": "close", "missed": "missed"}


def share_bar(
    used: float,
    total: float,
    *,
    title: str,
    kind: str = "ink",
    width: float = 120,
    height: float = 8,
    mark_at: float | None = None,
) -> str:
    """How much of `total` is used; more than all of it runs past the end of the track.

    `mark_at`, in the unit of `total`, draws a line, for example where the month stands today.
    """
    scale = width / max(total, used, 1e-9)
    body = rect(0, 0, total * scale, height, paint(fill="grid"), radius=2)
    body += rect(0, 0, used * scale, height, paint(fill=FILLS[kind]), radius=2)
    if mark_at is not None:
        body += path(f"M{svg.number(mark_at * scale)} -2V{height + 2:g}", paint(stroke="ink", width=1.6))
    box = f"0 -2 {svg.number(width)} {height + 4:g}"
    return svg.small(body, width=width, height=height + 4, box=box, css="p-bar", title=title, stretches=True)
