"""The same document by others: Chromium, a process for each, and typst, which draws it with its own means.

Neither is a part of the portal. Chromium is the one of the browser tests; typst is `pip install typst`, for whoever
runs this benchmark. A document that is not told which of the two is missing is not made.
"""

import importlib.util
import io
import json
import resource
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.template import engines
from pypdf import PdfReader

from bench.pairs import require
from portal import pdf
from tests.browser import chromium

PATIENCE = 120  # seconds for one document of Chromium
TREND = '{% load charts %}{% trend points "Share of orders on time" limit=limit unit=" %" %}'
MARKS = {
    "K": 'circle(radius: 4.1pt, stroke: 0.8pt + rgb("#0a7265"))',
    "C": 'rotate(45deg, square(size: 6.6pt, fill: rgb("#f5b83d")))',
    "M": 'square(size: 8.6pt, fill: rgb("#b3261e"))',
    "D": 'square(size: 8.4pt, radius: 2pt, stroke: 0.7pt + rgb("#3f4a5a"))',
    "G": 'square(size: 8.2pt, stroke: (paint: rgb("#5b6675"), dash: "dashed"))',
}
FRAME = """#set page("a4", margin: (x: 20mm, top: 24mm, bottom: 20mm), header: [{head}], footer: context [Draft #h(1fr)
Page #counter(page).display() of #counter(page).final().first()])
#set text(font: "Inter", size: 10pt, lang: "en", region: "GB")
#set document(title: {head_words})
#let mark(letter, shape) = box(width: 9pt, height: 9pt, {{
  place(center + horizon, shape); place(center + horizon, text(5pt, weight: 700, letter)) }})
= {head}
{words}
== Twelve months
#text(7.5pt, table(columns: (58mm, ..(1fr,) * 12), stroke: none, align: center + horizon, inset: 1.25mm,
table.header([], {months}), {cells}))
{charts}
{tables}"""


def clock() -> float:
    """Seconds of processor time of this process and of those that it started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def missing() -> dict[str, str]:
    """Who cannot be measured here, and what they lack."""
    lacks = {"Chromium": "" if chromium.executable() else "no Chromium on this machine (CHROMIUM names one)"}
    lacks["typst"] = "" if importlib.util.find_spec("typst") else "pip install typst"
    return {name: what for name, what in lacks.items() if what}


def by_chromium(html: str) -> bytes:
    """Chromium prints the page and ends, as an application calls it that keeps no browser running."""
    rules = [
        f"@font-face {{ font-family: Inter; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{b64encode(pdf.fonts()[f'{pdf.SCHEME}latin-{weight}.woff2']).decode()}) }}"
        for weight in pdf.WEIGHTS
    ]
    style = "\n".join([*rules, pdf.static_file("pdf/pdf.css").read_text()])
    with TemporaryDirectory() as folder:
        page, file = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html.replace("</head>", f"<style>{style}</style></head>"))
        program = [str(chromium.executable()), "--headless", *chromium.FLAGS, f"--user-data-dir={folder}/profile"]
        program += ["--no-pdf-header-footer", f"--print-to-pdf={file}", page.as_uri()]
        subprocess.run(program, check=True, capture_output=True, timeout=PATIENCE)
        return file.read_bytes()


def typst_maker() -> tuple[Callable[[str], bytes], Callable[[], None]]:
    """What draws a document by typst with our face, and what removes its folder of fonts."""
    import typst  # type: ignore[import-not-found]

    folder = TemporaryDirectory()
    for weight in pdf.WEIGHTS:
        (Path(folder.name) / f"{weight}.ttf").write_bytes(pdf.unpacked_font(f"{pdf.SCHEME}latin-{weight}.woff2"))

    def draw(source: str) -> bytes:
        written: bytes = typst.compile(source.encode(), font_paths=[folder.name], ignore_system_fonts=True)
        return written

    return draw, folder.cleanup


def typst_source(content: Any, months: tuple[str, ...], limit: Any) -> str:
    """The same content for typst: its own marks, our charts as pictures, its own tables."""
    cells = ", ".join(_cells(content))
    points = [
        engines["django"].from_string(TREND).render({"points": each, "limit": limit}).strip() for each in content.charts
    ]
    charts = [f"=== Trend {place}\n{_picture(drawing)}" for place, drawing in enumerate(points, start=1)]
    broken = ["#pagebreak()\n== Trends", *charts[:3], "#pagebreak()", *charts[3:]]
    return FRAME.format(
        head=f"Service review {content.number}",
        head_words=_text(f"Service review {content.number}"),
        words=content.words.replace("%", "\\%"),
        months=", ".join(f"[{month}]" for month in months),
        cells=cells,
        charts="\n".join(broken),
        tables="\n".join(_table(place, each) for place, each in enumerate(content.tables, start=1)),
    )


def _cells(content: Any) -> Iterator[str]:
    for row in content.rows:
        yield f"align(left)[*{row.name}* \\ {row.target.replace('%', chr(92) + '%')}]"
        for cell in row.cells:
            yield f"[#mark({_text(cell.letter)}, {MARKS[cell.letter]}) \\ {cell.value}]"


def _picture(drawing: str) -> str:
    named = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace('width="100%"', "", 1)
    return f'#image(bytes({_text(named)}), format: "svg", width: 100%, alt: "Share of orders on time")'


def _table(place: int, rows: list[list[str]]) -> str:
    heads = ", ".join(f"[Column {number}]" for number in range(1, len(rows[0]) + 1))
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    columns = len(rows[0])
    return f"#pagebreak()\n== Table {place}\n#text(9pt, table(columns: {columns}, table.header({heads}), {cells}))"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def require_words(file: bytes, wanted: set[str], name: str) -> int:
    """How many pages a file has; it must hold every word that ours holds."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]
    said = "\n".join(pages)
    lost = sorted(word for word in wanted if word not in said)
    require(not lost, f"{name}: words are missing, {lost[:3]}")
    return len(pages)
