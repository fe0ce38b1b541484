"""Line icons on a 16 pixel grid, and the logo. Icons are decoration: a word always stands beside them or names them."""

from portal.charts import svg
from portal.charts.svg import PALETTE

ICONS = {
    "alert": '<path d="M8 2 14.6 13.6H1.4zM8 6.4v3.2M8 11.6v.2"/>',
    "arrow": '<path d="M2.8 8h10M9 4.2 12.8 8 9 11.8"/>',
    "ask": '<path d="M2.4 3h11.2v8H7.4L4.6 13.4V11H2.4z"/>',
    "bell": '<path d="M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.4H2.8zM6.6 14.2h2.8"/>',
    "check": '<path d="m3 8.4 3.2 3.2L13 4.8"/>',
    "chevron": '<path d="m6 4 4 4-4 4"/>',
    "chip": '<rect x="3.5" y="3.5" width="9" height="9" rx="1.4"/>'
    '<path d="M6 1.5v2M10 1.5v2M6 12.5v2M10 12.5v2M1.5 6h2M1.5 10h2M12.5 6h2M12.5 10h2"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.3 1.5"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "down": '<path d="m4 6 4 4 4-4"/>',
    "download": '<path d="M8 2.5v8M4.8 7.6 8 10.8l3.2-3.2M3 13.5h10"/>',
    "file": '<path d="M4 1.8h5L12.4 5v9.2H4zM9 1.8V5h3.4"/>',
    "flag": '<path d="M4 14V2.6M4 3h8l-1.8 2.7L12 8.4H4"/>',
    "information": '<path d="M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3"/>',
    "leave": '<path d="M9.5 2.5h-6v11h6M6.5 8h7.5M11 5l3 3-3 3"/>',
    "lock": '<rect x="3.4" y="7" width="9.2" height="6.6" rx="1.2"/><path d="M5.4 7V5a2.6 2.6 0 0 1 5.2 0v2"/>',
    "menu": '<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>',
    "pen": '<path d="m3 13 .7-3L10.6 3l2.4 2.4-7 7z"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "search": '<circle cx="7" cy="7" r="4.6"/><path d="m10.6 10.6 3.6 3.6"/>',
    "sum": '<path d="M12 3.4H4.4L8.6 8l-4.2 4.6H12"/>',
    "theme": '<circle cx="8" cy="8" r="5.8"/><path d="M8 2.2v11.6a5.8 5.8 0 0 0 0-11.6z" fill="currentColor"/>',
    "truck": '<path d="M1.5 4h8v7.5h-8zM9.5 6.5h3l2 2.4v2.6h-5"/>'
    '<circle cx="4.6" cy="12" r="1.5"/><circle cx="11.8" cy="12" r="1.5"/>',
    "upload": '<path d="M8 10.8v-8M4.8 5.6 8 2.4l3.2 3.2M3 13.5h10"/>',
    "user": '<circle cx="8" cy="5.2" r="2.7"/><path d="M2.8 14a5.2 5.2 0 0 1 10.4 0"/>',
}
LOGO = (
    f'<path d="M3 5a2 2 0 0 1 2-2h9v13H8l-5 4z" fill="{PALETTE["accent"]}" class="p-fill-logo-a"/>'
    f'<path d="M25 10a2 2 0 0 0-2-2h-9v13h6l5 4z" fill="{PALETTE["ink"]}" class="p-fill-logo-b"/>'
)


class UnknownIcon(ValueError):
    """The name is not in the set."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no icon “{name}”. There are: {', '.join(ICONS)}.")


def icon(name: str, *, size: float = 16) -> str:
    """The icon of that name in the colour of the text around it. Raises UnknownIcon."""
    if name not in ICONS:
        raise UnknownIcon(name)
    line = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
    return svg.small(f"<g {line}>{ICONS[name]}</g>", width=size, height=size, box="0 0 16 16", css="p-icon")


def logo(*, size: float = 26, title: str = "Parley") -> str:
    """Two speech shapes that share an edge: two voices, one word."""
    return svg.small(LOGO, width=size, height=size, box="0 0 28 28", css="p-logo", title=title)
