"""A page's HTML becomes a PDF for people: tagged, Inter only, the same bytes for the same inputs.

It is `pdf/ua-1`, for every reader, or on demand `pdf/a-3a`, to be kept for as long as an archive likes.

This is the only importer of WeasyPrint, and it imports it late, because the libraries beneath it may be missing while
the rest of the portal works. Nothing outside the process is read: the fetcher serves the stylesheet's own fonts by name
and refuses every other address, so that a comment cannot make the server call out or embed a file (security, PDF).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

from django.contrib.staticfiles import finders

FONTS = "vendor/inter-static/"
WEIGHTS = (400, 600, 700)
SCHEME = "asset:"
PACKAGES = {"libpangoft2-1.0-0": "libpangoft2-1.0-0"}
SVG = "http://www.w3.org/2000/svg"
SIDE = 20  # of a status mark's own grid
MARK = re.compile(  # as `portal.charts.svg.small` writes a mark that has words
    r'<svg class="p-mark" width="(?P<size>[\d.]+)" height="[\d.]+" viewBox="0 0 20 20" role="img">'
    r"<title>(?P<words>[^<]*)</title>(?P<body>.*?)</svg>",
    re.DOTALL,
)
USUAL_PACKAGE = "libpango-1.0-0"  # brings every other library with it


class Variant(StrEnum):
    """Which standard a file follows; both are tagged and carry their evidence."""

    READING = "pdf/ua-1"
    ARCHIVE = "pdf/a-3a"


INTENTS = {Variant.ARCHIVE: "srgb-of-screens"}


class PdfLibrariesMissing(Exception):
    """The machine lacks a system library; `package` is what to install on Debian and Ubuntu."""

    def __init__(self, library: str) -> None:
        self.library = library
        self.package = PACKAGES.get(library, USUAL_PACKAGE)
        super().__init__(
            f"PDF files cannot be made: the system library {library} is missing. "
            f"Install it with: apt-get install {self.package}"
        )


class AssetRefused(ValueError):
    """A document asked for something other than our own fonts."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Refused: a PDF may only use Parley's own fonts, not {url[:200]}")


class AssetMissing(Exception):
    """A stylesheet or font of ours is not where static files are kept."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The static file {name} is missing. Is STATICFILES_DIRS right?")


@dataclass(frozen=True)
class Evidence:
    """A file that travels inside the PDF: what the figures were made from. The ending of its name says its kind."""

    name: str
    content: bytes
    description: str


@cache
def weasyprint() -> Any:
    """The library, loaded at first use. Raises PdfLibrariesMissing with the package to install."""
    try:
        import weasyprint
    except OSError as error:
        named = re.search(r"library '([^']+)'", str(error))
        raise PdfLibrariesMissing(named[1] if named else str(error)) from error
    return weasyprint


def missing_libraries() -> str:
    """What is missing and how to install it, in a sentence; empty when PDF files can be made."""
    try:
        weasyprint()
    except PdfLibrariesMissing as missing:
        return str(missing)
    return ""


def static_file(name: str) -> Path:
    """The path of one of our static files. Raises AssetMissing."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise AssetMissing(name)
    return Path(found)


@cache
def fonts() -> Mapping[str, bytes]:
    """The font files in memory, by the address under which a stylesheet may ask for them."""
    names = [f"{cut}-{weight}.woff2" for cut in ("latin", "full") for weight in WEIGHTS]
    return {SCHEME + name: static_file(FONTS + name).read_bytes() for name in names}


@cache
def unpacked_font(address: str) -> bytes:
    """The font as it is before it is packed for the web: what WeasyPrint would unpack for every document anew, which
    takes longer than to draw most of them.
    """
    from fontTools.ttLib import woff2  # type: ignore[import-untyped]

    unpacked = BytesIO()
    woff2.decompress(BytesIO(fonts()[address]), unpacked)
    return unpacked.getvalue()


@cache
def latin_letters() -> frozenset[int]:
    """The letters of the small cut, as code points."""
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(BytesIO(unpacked_font(f"{SCHEME}latin-400.woff2"))).getBestCmap())


def font_faces(text: str) -> str:
    """Inter in three weights, from the small cut where it has all letters of the text: the whole face takes longer to
    read than most documents take to draw.
    """
    letters = {ord(letter) for letter in set(text) - set("\n\r\t")}
    cut = "latin" if letters <= latin_letters() else "full"
    rule = "@font-face {{ font-family: Inter; font-weight: {weight}; src: url({file}) }}"
    return "\n".join(rule.format(weight=weight, file=f"{SCHEME}{cut}-{weight}.woff2") for weight in WEIGHTS)


@cache
def _fetcher() -> Any:
    """An instance of the closed fetcher; the class is made late because its base is."""

    class ClosedFetcher(weasyprint().urls.URLFetcher):  # type: ignore[misc]
        """Serves our fonts by name, from memory; opens no connection and no file."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if url not in fonts():
                raise AssetRefused(url)
            return weasyprint().urls.URLFetcherResponse(url, unpacked_font(url), {"Content-Type": "font/ttf"})

    return ClosedFetcher()


def render_pdf(
    *,
    html: str,
    created_at: datetime,
    stylesheet: str = "pdf/pdf.css",
    evidence: Sequence[Evidence] = (),
    variant: Variant = Variant.READING,
) -> bytes:
    """The PDF of a complete HTML document with `lang` and `<title>`.

    `created_at` (aware) is written as its date, so that a PDF made again is the same file. Evidence is embedded and
    associated with the document. Raises PdfLibrariesMissing, AssetMissing.
    """
    with _font_folder() as configuration:
        document = _lay_out(html, configuration, stylesheet, _standard(variant) | _colours(variant))
        return _written(document, created_at.astimezone(UTC), evidence, variant)


@contextmanager
def _font_folder() -> Iterator[Any]:
    """WeasyPrint keeps fonts in a folder until its objects are collected, which a worker that ends never does."""
    configuration = weasyprint().text.fonts.FontConfiguration()
    try:
        yield configuration
    finally:
        configuration.__del__()


def _lay_out(html: str, configuration: Any, stylesheet: str, standard: Mapping[str, Any]) -> Any:
    library = weasyprint()
    sheet = font_faces(html) + static_file(stylesheet).read_text()
    closed = _fetcher()
    style = library.CSS(string=sheet, font_config=configuration, url_fetcher=closed)
    words, marks = _draw_once(html, configuration)
    return library.HTML(string=words, url_fetcher=closed).render(
        stylesheets=[style], font_config=configuration, cache=marks, **standard
    )


def _draw_once(html: str, configuration: Any) -> tuple[str, dict[str, Any]]:
    """The document with its marks as pictures, and each picture by its address.

    A mark is a drawing of some parts, and a review has hundreds of them: as pictures they are read, styled and drawn
    once for each status. Each keeps its own words for who does not see it.
    """
    marks: dict[str, Any] = {}

    def picture(mark: re.Match[str]) -> str:
        url = f"{SCHEME}mark-{sha256((mark['size'] + mark['body']).encode()).hexdigest()[:12]}"
        if url not in marks:
            marks[url] = _Mark(mark["body"], float(mark["size"]), configuration)
        return f'<img class="p-mark" alt="{mark["words"]}" src="{url}">'

    return MARK.sub(picture, html), marks


class _Mark:
    """A picture for the library: drawn at its first place in a file, and referred to from all others."""

    def __init__(self, body: str, size: float, configuration: Any) -> None:
        self._drawing = f'<svg xmlns="{SVG}" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">{body}</svg>'
        self._size = size
        self._names: dict[int, str] = {}
        self.font_config = configuration  # where the drawing's letters find their fonts

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, float]:
        return self._size, self._size, 1

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        place = id(stream._resources)  # of all pages together; a group within a page has its own
        if place not in self._names:
            group = stream.add_group(0, 0, SIDE, SIDE)
            drawing = fromstring(self._drawing)  # noqa: S314 - written by portal.charts
            image = weasyprint().images.SVGImage(drawing, None, _fetcher(), self)
            image.draw(group, SIDE, SIDE, None)
            self._names[place] = group.id
        stream.transform(a=width / SIDE, d=height / SIDE)
        stream.draw_x_object(self._names[place])


def _standard(variant: Variant) -> dict[str, Any]:
    return {"pdf_variant": variant.value, "pdf_tags": True, "output_intent": INTENTS.get(variant)}


def _colours(variant: Variant) -> dict[str, Any]:
    """An archive's file says what its colours are; the library would leave its own profile open."""
    if variant not in INTENTS:
        return {}
    known = BytesIO((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    profile = weasyprint().css.ColorProfile(known, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    return {"color_profiles": {INTENTS[variant]: profile}}


def _written(document: Any, when: datetime, evidence: Sequence[Evidence], variant: Variant) -> bytes:
    document.metadata.created = document.metadata.modified = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.generator = "Parley"
    document.metadata.attachments = [_attachment(item, when) for item in evidence]
    pdf: bytes = document.write_pdf(finisher=_finish, **_standard(variant))
    return pdf


def _attachment(item: Evidence, when: datetime) -> Any:
    return weasyprint().Attachment(
        string=item.content,
        url_fetcher=_fetcher(),
        name=item.name,
        description=item.description,
        created=when,
        modified=when,
    )


def _finish(_document: Any, pdf: Any) -> None:
    """What WeasyPrint leaves out: header cells say what they head, embedded files say what they are."""
    import pydyf

    things = [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)]
    _scope_headers(things)
    files = [thing for thing in things if thing.get("Type") == "/Filespec"]
    for file in files:
        file["AFRelationship"] = "/Source"
    if files:
        pdf.catalog["AF"] = pydyf.Array([file.reference for file in files])


def _scope_headers(things: Sequence[Any]) -> None:
    """A header in a table's head is for its column, any other for its row."""
    kinds = {thing.reference: thing for thing in things if thing.get("Type") == "/StructElem"}
    for cell in kinds.values():
        if cell["S"] == "/TH" and "A" in cell:
            part = kinds.get(kinds[cell["P"]]["P"])
            in_head = part is not None and part["S"] == "/THead"
            cell["A"]["Scope"] = "/Column" if in_head else "/Row"
