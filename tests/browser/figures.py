"""The figures of an edition as its list, its page and its paper show them."""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pikepdf
from playwright.sync_api import APIRequestContext, Page

NUMBER = re.compile(r"/figures/(\d+)/$")
GLYPH = re.compile(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", re.MULTILINE)
ON_PAGE = "() => [...document.querySelectorAll('[data-figure]')].map(each => [each.dataset.figure, each.textContent])"


def listed(request: APIRequestContext, edition: str) -> list[dict[str, str]]:
    """The rows of the complete list that an edition offers beside its page."""
    table = request.get(f"{edition}figures.csv").body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(table)))


def on_page(page: Page) -> set[tuple[str, str]]:
    """The name and the words of each figure on the page that is shown now."""
    return {(name, words) for name, words in page.evaluate(ON_PAGE)}


@cache
def on_paper(pdf: bytes) -> set[tuple[str, str]]:
    """The number and the words of each figure in a PDF: the links of its tagged text that lead to figures.

    Only drawings, which are named by the status beside them, are links without words.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        words = {page.objgen: _words_of(page) for page in document.pages}
        links = [_read(link, words) for link in _links(document.Root.StructTreeRoot)]
    return {(found[1], said) for target, said in links if said and (found := NUMBER.search(target))}


def read_aloud(pdf: bytes) -> str:
    """The words of a PDF in the order in which a screen reader says them, without those of drawings' names."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        words = {page.objgen: _words_of(page) for page in document.pages}
        return _read(document.Root.StructTreeRoot, words)[1]


def _links(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The links of a tagged document, in reading order."""
    if element.get("/S") == "/Link":
        yield element
        return
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary):
            yield from _links(child)


def _children(element: pikepdf.Object) -> list[Any]:
    inside = element.get("/K", [])
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def _read(link: pikepdf.Object, words: Mapping[tuple[int, int], Mapping[int, str]]) -> tuple[str, str]:
    """Where a link leads, and its words: an element holds marked text by its number on a page, and the link itself."""
    target, said = "", ""
    for child in _children(link):
        if not isinstance(child, pikepdf.Dictionary):
            said += words[link.Pg.objgen].get(int(child), "")
        elif child.get("/Type") == "/MCR":
            said += words[child.get("/Pg", link.get("/Pg")).objgen].get(int(child.MCID), "")
        elif child.get("/Type") == "/OBJR":
            target = str(child.Obj.get("/A", {}).get("/URI", ""))
        else:
            inner = _read(child, words)
            target, said = target or inner[0], said + inner[1]
    return target, said


def _words_of(page: pikepdf.Page) -> dict[int, str]:
    """The text of a page by the number under which it is marked."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    words: dict[int, str] = defaultdict(str)
    marks: list[int | None] = []
    letters: Mapping[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                about = operands[1] if len(operands) > 1 else None
                marks.append(int(about.MCID) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else None)
            case "EMC":
                marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ" if marks and marks[-1] is not None:
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                glyphs = b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
                words[marks[-1]] += "".join(letters[glyphs[at : at + 2]] for at in range(0, len(glyphs), 2))
    return words


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """What each glyph of a font stands for, as the font itself says for those who copy or read aloud."""
    pairs = GLYPH.findall(font.ToUnicode.read_bytes().decode())
    return {bytes.fromhex(glyph): bytes.fromhex(said).decode("utf-16-be") for glyph, said in pairs}


def files_in(archive: bytes) -> dict[str, bytes]:
    """The files in an archive by their names: whole PDFs, evidence with figures, and what else is there."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    for name, content in files.items():
        if name.endswith(".json"):
            assert json.loads(content)["figures"]
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as document:
                assert len(document.pages) > 1
    return files
