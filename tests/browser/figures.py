"""The figures of an edition as its list, its page and its paper show them."""

import csv
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache

import pikepdf
from playwright.sync_api import APIRequestContext, Page

NUMBER = re.compile(r"/figures/(\d+)/$")
LINK, OBJECT, WORDS = re.compile(r" *Link \("), re.compile(r" *Object (\d+) "), re.compile(r' *"(.*)"$')
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
        links = [(_target(document, number), words) for number, words in _links(pdf) if words]
    return {(found[1], words) for target, words in links if (found := NUMBER.search(target))}


def _links(pdf: bytes) -> Iterator[tuple[int, str]]:
    """The object and the words of each link in reading order, as Poppler tells the structure of a PDF."""
    told = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True).stdout
    depth, number, words = -1, 0, ""
    for line in [*told.decode().splitlines(), ""]:
        inside = len(line) - len(line.lstrip())
        if depth >= 0 and inside <= depth:
            yield number, words
            depth = -1
        if LINK.match(line) and depth < 0:
            depth, number, words = inside, 0, ""
        elif depth >= 0 and (found := OBJECT.match(line)):
            number = int(found[1])
        elif depth >= 0 and (found := WORDS.match(line)):
            words += found[1]


def _target(document: pikepdf.Pdf, number: int) -> str:
    return str(document.get_object(number, 0).get("/A", {}).get("/URI", ""))


def names_in(archive: bytes) -> list[str]:
    """The names of the files in an archive, each of which is a whole PDF."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            with pikepdf.open(io.BytesIO(opened.read(name))) as document:
                assert len(document.pages) > 1
        return opened.namelist()
