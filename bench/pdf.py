"""A document of six pages: drawn as ours are, drawn naively from the same content, and ours without tags.

Thirty promises of twelve months, five charts, two tables. The naive document draws the months as one picture with a
text in each cell, and reads the whole face; everything else is the same, the stylesheet too.
"""

import argparse
import io
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from html import escape
from itertools import count

import django
import numpy
import pikepdf
from django.template import engines
from pypdf import PdfReader

from bench import pdf_peers
from bench.pairs import Contestant, against_goal, compare, conditions, require
from portal import pdf
from portal.charts.slam import SlamCell, SlamRow
from portal.charts.trends import Limit, TrendPoint

SEED = 7
PAGES, PROMISES, CHARTS = 6, 30, 5
LINE = 28  # of the naive picture, so that it fills its page
ISSUED_AT = datetime(2026, 11, 6, 9, 40, tzinfo=UTC)
MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
TABLES = ((28, 8), (24, 6))
LETTERS = ("K", "C", "M", "D", "G")
STYLE = "pdf/pdf.css"
UA = "{http://www.aiim.org/pdfua/ns/id/}part"
FRAME = """{% extends "components/pdf_base.html" %}{% load charts %}{% block main %}
<h1>Service review {{ content.number }}</h1><p class="p-key">{{ content.words }}</p>
<section><h2>Twelve months</h2>{{ months }}</section>
<section class="p-new"><h2>Trends</h2>
{% for points in content.charts|slice:":3" %}<h3>Trend {{ forloop.counter }}</h3>
{% trend points "Share of orders on time" limit=limit unit=" %" %}{% endfor %}</section>
<section class="p-new">{% for points in content.charts|slice:"3:" %}<h3>Trend {{ forloop.counter|add:3 }}</h3>
{% trend points "Share of orders on time" limit=limit unit=" %" %}{% endfor %}</section>
{% for table in content.tables %}<section class="p-new"><h2>Table {{ forloop.counter }}</h2>
<table class="p-table p-table-dense"><thead><tr>
{% for cell in table.0 %}<th scope="col">Column {{ forloop.counter }}</th>{% endfor %}</tr></thead><tbody>
{% for row in table %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}
</tbody></table></section>{% endfor %}{% endblock %}"""
SLAM = """{% load charts %}<table class="p-slam p-slam-even"><thead><tr><td></td>
{% for month in months %}<th scope="col">{{ month }}</th>{% endfor %}</tr></thead>
{% slam_body rows 13 True %}</table>"""


@dataclass(frozen=True)
class Content:
    """What one document says."""

    number: int
    words: str
    rows: list[SlamRow]
    charts: list[list[TrendPoint]]
    tables: list[list[list[str]]]


def make_content(number: int) -> Content:
    """The same content for the same number."""
    chance = numpy.random.default_rng([SEED, number])
    letters = chance.choice(LETTERS, (PROMISES, len(MONTHS)), p=[0.8, 0.08, 0.07, 0.03, 0.02])
    values = 95 + 5 * chance.random((PROMISES + CHARTS, len(MONTHS)))
    cells = [
        [SlamCell(letter, f"{value:.1f}") for letter, value in zip(*each, strict=True)]
        for each in zip(letters, values[:PROMISES], strict=True)
    ]
    return Content(
        number=number,
        words=f"{chance.integers(10, 30)} of {PROMISES} promises were kept in October.",
        rows=[SlamRow(f"Promise {place} of {number}", "99.5 % of hours", row) for place, row in enumerate(cells)],
        charts=[
            [TrendPoint(month, round(value, 1)) for month, value in zip(MONTHS, row, strict=True)]
            for row in values[PROMISES:]
        ],
        tables=[
            [[f"{cell:,}" for cell in row] for row in chance.integers(0, 99_999, size).tolist()] for size in TABLES
        ],
    )


def html_of(content: Content, months: str) -> str:
    said = {"title": f"Service review {content.number}", "head_left": "Larkmoor Foods", "head_right": "October 2026"}
    said |= {"issued": "Draft"}
    return _template(FRAME).render(
        {
            "content": content,
            "months": months,
            "limit": Limit(97.0, "Promised: 97 %"),
            "paper": said,
        }
    )


@cache
def _template(source: str):
    return engines["django"].from_string(source)


def our_html(content: Content) -> str:
    return html_of(content, _template(SLAM).render({"months": MONTHS, "rows": content.rows}))


def ours(content: Content) -> bytes:
    """As each edition is made: small face, months as a table of words and marks, PDF/UA-1."""
    return pdf.render_pdf(html=our_html(content), created_at=ISSUED_AT)


def plain(content: Content) -> bytes:
    """The same document, drawn the same way, without tags and without a standard."""
    with pdf._font_folder() as configuration:
        written: bytes = pdf._lay_out(our_html(content), configuration, STYLE, {}).write_pdf()
        return written


def naive(content: Content) -> bytes:
    """The whole face inside the stylesheet, the months as one picture of shapes and texts; no tags."""
    html = html_of(content, engines["django"].from_string(_picture(content)).render({}))
    library = pdf.weasyprint()
    fonts = library.text.fonts.FontConfiguration()
    sheet = _whole_face() + pdf.static_file(STYLE).read_text()
    style = library.CSS(string=sheet, font_config=fonts, url_fetcher=pdf._fetcher())
    written: bytes = library.HTML(string=html).write_pdf(stylesheets=[style], font_config=fonts)
    return written


def _picture(content: Content) -> str:
    return f'<svg viewBox="0 0 640 {LINE * PROMISES + LINE}" width="100%">{"".join(_pieces(content))}</svg>'


def _pieces(content: Content) -> Iterator[str]:
    for place, month in enumerate(MONTHS):
        yield f'<text x="{220 + 35 * place}" y="12" font-size="9">{month}</text>'
    for line, row in enumerate(content.rows, start=1):
        yield f'<text x="0" y="{LINE * line + 13}" font-size="9">{escape(row.name)}</text>'
        for place, cell in enumerate(row.cells):
            x, y = 215 + 35 * place, LINE * line
            yield f'<rect x="{x}" y="{y}" width="33" height="{LINE - 2}" fill="{_fill(cell.letter)}"/>'
            yield f'<text x="{x + 3}" y="{y + 13}" font-size="9">{cell.letter} {cell.value}</text>'


def _fill(letter: str) -> str:
    return {"K": "#9cc9c1", "C": "#f5b83d", "M": "#b3261e", "D": "#eef0f3", "G": "#f1f3f6"}[letter]


@cache
def _whole_face() -> str:
    rules = []
    for weight in pdf.WEIGHTS:
        inside = b64encode(pdf.fonts()[f"{pdf.SCHEME}full-{weight}.woff2"]).decode()
        source = f"url(data:font/woff2;base64,{inside})"
        rules.append(f"@font-face {{ font-family: Inter; font-weight: {weight}; src: {source} }}")
    return "\n".join(rules)


def check(pairs: int) -> None:
    """Each document has its pages and words; ours is tagged, names its standard, and is the same file again."""
    for number in range(pairs):
        content = make_content(number)
        files = {"ours": ours(content), "naive": naive(content), "plain": plain(content)}
        for name, file in files.items():
            pages = [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]
            require(len(pages) == PAGES, f"Document {number}, {name}, has {len(pages)} pages, not {PAGES}")
            require(all(word in "\n".join(pages) for word in words_of(content)), f"{number}, {name}: words are missing")
        require(ours(content) == files["ours"], f"Document {number} is another file when it is made again")
        require(is_for_everybody(files["ours"]), f"Document {number} is not tagged as PDF/UA-1")
        require(not is_for_everybody(files["plain"]), f"Document {number}, plain, is tagged")


def words_of(content: Content) -> set[str]:
    """What every way of drawing must hold as text."""
    return {row.name for row in content.rows} | {cell for table in content.tables for row in table for cell in row}


def against_others(pairs: int) -> None:
    """Chromium and typst, where the machine has them; whoever is not here is named."""
    lacks = pdf_peers.missing()
    for name, what in lacks.items():
        print(f"  {name} was not run: {what}")
    content = make_content(0)
    if "Chromium" not in lacks:
        pages = pdf_peers.require_words(chromium(content), words_of(content), "Chromium")
        print(f"Against Chromium, one process a document ({pages} pages):")
        others = in_turn("Chromium", chromium)
        against_goal("P2", compare(in_turn("ours, PDF/UA-1", ours), others, pairs, pdf_peers.clock), least=2.5)
    if "typst" not in lacks:
        draw, end = pdf_peers.typst_maker()
        by_typst = partial(typst, draw)
        pages = pdf_peers.require_words(by_typst(content), words_of(content), "typst")
        print(f"How far from typst, another content each time ({pages} pages):")
        against_goal("P3", compare(in_turn("typst", by_typst), in_turn("ours, PDF/UA-1", ours), pairs), most=20)
        end()


def chromium(content: Content) -> bytes:
    return pdf_peers.by_chromium(our_html(content))


def typst(draw: Callable[[str], bytes], content: Content) -> bytes:
    return draw(pdf_peers.typst_source(content, MONTHS, Limit(97.0, "Promised: 97 %")))


def is_for_everybody(file: bytes) -> bool:
    with pikepdf.open(io.BytesIO(file)) as opened:
        tagged = "/StructTreeRoot" in opened.Root and bool(opened.Root.get("/MarkInfo", {}).get("/Marked", False))
        return tagged and opened.open_metadata().get(UA) == "1"


def in_turn(name: str, way: Callable[[Content], bytes]) -> Contestant:
    """Another document each time; both sides of a pair draw the same one."""
    numbers = count()
    return Contestant(name, lambda: way(make_content(next(numbers))))


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench pdf", description=__doc__)
    options.add_argument("--pairs", type=int, default=7, help="turns A B A B, each with a document of its own")
    asked = options.parse_args(arguments)
    if missing := pdf.missing_libraries():
        raise SystemExit(missing)
    print(conditions(django, numpy, pdf.weasyprint()))
    check(asked.pairs)
    sizes = [len(way(make_content(0))) for way in (ours, naive, plain)]
    print(f"{PAGES} pages, seed {SEED}; bytes: ours {sizes[0]:,}, naive {sizes[1]:,}, ours without tags {sizes[2]:,}")
    print("Against the naive document:")
    first = in_turn("ours, PDF/UA-1", ours)
    against_goal("P1", compare(first, in_turn("naive, no tags", naive), asked.pairs), least=1.5)
    print("What tags cost (time of PDF/UA-1 by time without):")
    untagged = in_turn("ours without tags", plain)
    against_goal("P4", compare(untagged, in_turn("ours, PDF/UA-1", ours), asked.pairs), most=1.25)
    against_others(asked.pairs)
