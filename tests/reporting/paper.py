"""Reads figures back from a finished PDF: its tagged links, their addresses, and the letters that they cover."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

FIGURE = re.compile(r"/figures/(\d+)/$")
CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def printed_on_paper(content: bytes) -> dict[int, str]:
    """The string that stands under the links to each figure, by the figure's number.

    A figure that is printed more than once must be printed the same each time; a link that is broken over two lines
    is read as one.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        words = {page.objgen: _marked_words(page) for page in pdf.pages}
        found: dict[int, list[str]] = defaultdict(list)
        for address, link in _links(pdf.Root.StructTreeRoot["/K"]):
            text = _text(link, words, None).strip()
            if (number := FIGURE.search(address)) and text:  # a mark beside the figure is a drawing without letters
                found[int(number[1])].append(text)
    return {number: _once(strings) for number, strings in found.items()}


def _once(strings: list[str]) -> str:
    joined = " ".join(strings)
    for times in range(len(strings), 0, -1):
        length = (len(joined) - times + 1) / times
        part = joined[: int(length)]
        if length == int(length) and " ".join([part] * times) == joined:
            return part
    raise AssertionError(f"printed in different ways: {strings}")


def _links(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _links(child)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == "/Link":
            annotation = next(
                kid["/Obj"] for kid in _kids(node) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
            )
            if "/A" in annotation:  # the contents lead to pages of the file itself
                yield str(annotation["/A"]["/URI"]), node
        elif "/K" in node and not isinstance(node["/K"], int):
            yield from _links(node["/K"])


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _text(node: Any, words: dict[Any, dict[int, str]], page: Any) -> str:
    """The letters marked by an element and by those inside it; a drawing inside has a name, no letters."""
    page = node["/Pg"].objgen if "/Pg" in node else page
    parts = []
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/OBJR":
                page = kid["/Pg"].objgen
            elif kid.get("/S") != "/Figure":
                parts.append(_text(kid, words, page))
        else:
            parts.append(words[page].get(int(kid), ""))
    return "".join(parts)


def _marked_words(page: pikepdf.Page) -> dict[int, str]:
    """The letters of each marked part of a page."""
    fonts = {name: _letters(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    words: dict[int, str] = defaultdict(str)
    marks: list[int | None] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                properties = operands[1]
                known = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                marks.append(int(properties["/MCID"]) if known else None)
            case "BMC":
                marks.append(None)
            case "EMC":
                marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                mark = next((mark for mark in reversed(marks) if mark is not None), None)
                if mark is not None:
                    words[mark] += _shown(operands[0], letters)
    return words


def _shown(shown: Any, letters: dict[int, str]) -> str:
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(string) for string in strings if isinstance(string, pikepdf.String))
    pairs = (int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2))
    return "".join(letters.get(code, "\ufffd") for code in pairs)


def _letters(font: Any) -> dict[int, str]:
    """What the glyphs of a font mean, from its own table."""
    table = font["/ToUnicode"].read_bytes()
    letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        letters |= {int(code, 16): _unicode(target) for code, target in CHARACTER.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, target in RANGE.findall(block):
            start, base = int(first, 16), int(target, 16)
            letters |= {start + n: chr(base + n) for n in range(int(last, 16) - start + 1)}
    return letters


def _unicode(target: bytes) -> str:
    return bytes.fromhex(target.decode()).decode("utf-16-be")
