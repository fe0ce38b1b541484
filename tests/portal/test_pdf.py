"""PDF files: ours only, for everybody, closed to the world, the same again."""

import hashlib
import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pdfua
import pikepdf
import pytest
from django.template import engines
from django.template.loader import render_to_string
from fontTools.ttLib import woff2
from pypdf import PdfReader

from portal import pdf
from portal.charts import examples

pytestmark = pytest.mark.xdist_group("paper")  # one process draws all paper
ISSUED_AT = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)
PAPER = {
    "title": "Service review October 2026, Customer Orders",
    "head_left": "Larkmoor Foods, Customer Orders",
    "head_right": "Service review, October 2026, edition 1",
    "issued": "Issued 6 November 2026. Check code 7F3A-92C1",
}
SOURCE = """{% extends "components/pdf_base.html" %}{% load charts %}{% block main %}
<h1>October 2026 service review</h1>
<p>{% status_mark "M" 18 True %}{{ words }}</p>
<section class="p-new"><h2>Twelve months</h2>
<table class="p-slam p-slam-even"><thead><tr><td></td>{% for month in parts.slam.months %}
<th scope="col">{{ month }}</th>{% endfor %}</tr></thead>{% slam_body parts.slam.rows 13 True %}</table></section>
<section class="p-new"><h2>Promises</h2>{% budget_bar parts.events parts.allowed %}
{% include "components/pdf_halves.html" with halves=parts.halves only %}
{% trend parts.tracked "Deliveries could be tracked" limit=parts.tried unit=" %" %}
<h3>Proof</h3>{% include "components/proof_sum.html" with proof=parts.proof only %}</section>{% endblock %}"""


def document(words: str = "Customers could not place orders for 3 h 28 min.") -> str:
    template = engines["django"].from_string(SOURCE)
    return template.render({"parts": examples.parts(), "paper": PAPER, "words": words})


@pytest.fixture(scope="module")
def review() -> bytes:
    return pdf.render_pdf(html=document(), created_at=ISSUED_AT)


def fonts_of(content: bytes, path: Path) -> set[str]:
    """Names of the fonts as poppler reports them, without the subset's prefix."""
    path.write_bytes(content)
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    return {line.split()[0].split("+")[-1] for line in listed}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Latin only", id="latin", marks=pytest.mark.long),
        pytest.param("Kovář, Łódź", id="central"),
        pytest.param("Ωμέγα", id="greek", marks=pytest.mark.long),
        pytest.param("Привет", id="cyrillic", marks=pytest.mark.long),
        pytest.param("→ ≥ ✓", id="signs"),
    ],
)
def test_only_inter_is_embedded_and_every_letter_is_kept(words, tmp_path):
    content = pdf.render_pdf(html=document(words), created_at=ISSUED_AT)

    assert fonts_of(content, tmp_path / "review.pdf") == {"Inter", "Inter-Semi-Bold", "Inter-Bold"}
    assert words in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_the_same_inputs_give_the_same_file_in_another_process(review):
    script = (
        "import django; django.setup(); import hashlib, sys;"
        "from tests.portal.test_pdf import *;"
        "print(hashlib.sha256(pdf.render_pdf(html=document(), created_at=ISSUED_AT)).hexdigest())"
    )
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()

    assert again == hashlib.sha256(review).hexdigest()


def test_the_date_is_the_one_given_whatever_the_zone(review):
    elsewhere = ISSUED_AT.astimezone(timezone(timedelta(hours=5)))

    assert PdfReader(io.BytesIO(review)).metadata.creation_date == ISSUED_AT
    assert pdf.render_pdf(html=document(), created_at=elsewhere) == review


def test_it_is_tagged_for_everybody(review, tmp_path):
    (tmp_path / "review.pdf").write_bytes(review)
    report = pdfua.validate(str(tmp_path / "review.pdf"))
    reader = PdfReader(io.BytesIO(review))

    assert [finding.message for finding in report.findings] == []
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == PAPER["title"]


def structure(opened: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == kind]


def test_every_drawing_says_what_it_shows(review):
    with pikepdf.open(io.BytesIO(review)) as opened:
        spoken = [str(figure.get("/Alt", "")) for figure in structure(opened, "/Figure")]

    assert spoken.count("") == 0
    assert {"Missed", "Kept", "Data gap", "Used: 208 min, allowed: 167 min", "Deliveries could be tracked"} <= set(
        spoken
    )


def test_a_mark_is_drawn_once_and_referred_to_from_all_its_places(review):
    with pikepdf.open(io.BytesIO(review)) as opened:
        spoken = [str(figure.get("/Alt", "")) for figure in structure(opened, "/Figure")]
        drawn = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream)
                 and list(thing.get("/BBox", [])) == [0, 0, pdf.SIDE, pdf.SIDE]]  # fmt: skip
    words = [
        word for word in spoken if word in {"Kept", "Close", "Missed", "Data gap", "No cases", "Disputed", "Trial"}
    ]
    months = [cell.letter for row in examples.parts().slam.rows for cell in row.cells]

    assert len(words) == 1 + len(months)
    assert len(drawn) == len({*months}) + 1  # of another size above the table
    letters = re.findall(r"\b[KCMDGTN]\b", PdfReader(io.BytesIO(review)).pages[1].extract_text())
    assert sorted(letters) == sorted(months)


def test_header_cells_say_what_they_head(review):
    with pikepdf.open(io.BytesIO(review)) as opened:
        scopes = [str(cell.A.Scope) for cell in structure(opened, "/TH")]

    assert scopes.count("/Column") == len(examples.MONTHS)
    assert scopes.count("/Row") == len(examples.PROMISES) + len(examples.parts().proof.lines)


def test_every_page_but_the_first_has_its_running_head(review):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(review)).pages]

    assert [PAPER["head_right"] in page for page in pages] == [False, True, True]
    assert [f"Page {number} of 3" in page for number, page in enumerate(pages, start=1)] == [True, True, True]
    assert all(PAPER["issued"] in page for page in pages)


def test_evidence_travels_with_the_file_and_is_said_to_be_its_source():
    evidence = pdf.Evidence("events.json", b'{"events": 4}', "The events behind the figures")
    content = pdf.render_pdf(html=document(), created_at=ISSUED_AT, evidence=[evidence])

    with pikepdf.open(io.BytesIO(content)) as opened:
        assert opened.attachments["events.json"].get_file().read_bytes() == evidence.content
        assert [str(file.AFRelationship) for file in opened.Root.AF] == ["/Source"]
    assert pdf.render_pdf(html=document(), created_at=ISSUED_AT, evidence=[evidence]) == content


HEAD = [
    '<base href="{web}/">',
    '<link rel="stylesheet" href="{web}/a.css">',
    '<link rel="attachment" href="{file}">',
    "<style>@import url({web}/b.css);</style>",
    "<style>@font-face {{ font-family: Y; src: url({web}/c.woff2), url({file}) }}</style>",
    "<style>body {{ background: url({web}/d.png); font-family: Y, Inter }}</style>",
    "<style>p {{ list-style-image: url({web}/e.png); display: list-item }}</style>",
    "<style>p::before {{ content: url({web}/f.png) }}</style>",
]
BODY = [
    '<img src="{web}/g.png" alt="g">',
    '<img src="{file}" alt="h">',
    '<a rel="attachment" href="{file}">file</a>',
    '<svg viewBox="0 0 9 9"><title>i</title><image href="{web}/i.png" width="9" height="9"/></svg>',
    '<object data="{web}/j.png"></object>',
    '<embed src="{web}/k.png">',
]
HOSTILE = f'<!doctype html><html lang="en"><title>x</title>{"".join(HEAD)}<body>{"".join(BODY)}<p>words</p>'
# The run under test lives in a process of its own, watched by Python itself: every connection, every opened file.
WATCHED = """
import json, pathlib, sys
import django
django.setup()
from datetime import UTC, datetime
from portal import pdf
html, secret, closed = pathlib.Path(sys.argv[1]).read_text(), sys.argv[2], sys.argv[3] == "closed"
pdf.render_pdf(html="<html lang=en><title>x</title>warm", created_at=datetime(2026, 1, 1, tzinfo=UTC))
if not closed:
    import weasyprint
    pdf._fetcher = lambda: weasyprint.urls.URLFetcher(timeout=2)
seen = {"connections": 0, "secret": 0}
def watch(event, arguments):
    seen["connections"] += event == "socket.connect"
    seen["secret"] += event == "open" and str(arguments[0]) == secret
sys.addaudithook(watch)
pathlib.Path(sys.argv[4]).write_bytes(pdf.render_pdf(html=html, created_at=datetime(2026, 1, 1, tzinfo=UTC)))
print(json.dumps(seen))
"""


@pytest.fixture
def hostile(tmp_path):
    """Renders the hostile document in a watched process, with our fetcher or with WeasyPrint's own."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the local password file")

    def render(fetcher: str) -> tuple[dict[str, int], bytes]:
        source, result = tmp_path / "hostile.html", tmp_path / f"{fetcher}.pdf"
        source.write_text(HOSTILE.format(web="http://127.0.0.1:9", file=secret.as_uri()))
        command = [sys.executable, "-c", WATCHED, source, secret, fetcher, result]
        finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
        return json.loads(finished.stdout), result.read_bytes()

    return render


def embedded_files(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return sum(
            isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/EmbeddedFile" for thing in opened.objects
        )


def test_a_hostile_document_opens_no_connection_and_embeds_no_file(hostile):
    seen, content = hostile("closed")

    assert seen == {"connections": 0, "secret": 0}
    assert embedded_files(content) == 0
    assert "words" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_the_hostile_document_is_a_real_danger_to_an_open_fetcher(hostile):
    seen, content = hostile("open")

    assert seen["connections"] >= 9
    assert seen["secret"] >= 1
    assert embedded_files(content) >= 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "file:///etc/passwd",
        "data:text/css,a",
        "asset:../secret",
        "asset:",
        "ASSET:latin-400.woff2",
    ],
)
def test_the_fetcher_refuses_whatever_it_does_not_hold(url):
    with pytest.raises(pdf.AssetRefused, match="may only use Parley's own fonts"):
        pdf._fetcher().fetch(url)


def test_the_fetcher_serves_the_fonts_it_holds():
    """As WeasyPrint would unpack them, for every document anew."""
    packed, unpacked = pdf.static_file("vendor/inter-static/latin-400.woff2").read_bytes(), io.BytesIO()
    woff2.decompress(io.BytesIO(packed), unpacked)

    assert pdf._fetcher().fetch("asset:latin-400.woff2").read() == unpacked.getvalue()


def test_a_missing_stylesheet_is_named():
    with pytest.raises(pdf.AssetMissing, match=r"pdf/none\.css is missing"):
        pdf.render_pdf(html=document(), created_at=ISSUED_AT, stylesheet="pdf/none.css")


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libgobject-2.0-0", "libpango-1.0-0"),
        ("libpango-1.0-0", "libpango-1.0-0"),
        ("libpangoft2-1.0-0", "libpangoft2-1.0-0"),
    ],
)
def test_a_missing_library_says_what_to_install(library, package):
    """As on a bare machine: the loader of the libraries fails for this one, in a process of its own."""
    script = f"""
import cffi, django
django.setup()
usual = cffi.FFI.dlopen
def without(self, name, flags=0):
    if name and {library!r}.rsplit('-', 1)[0].removeprefix('lib') in str(name):
        raise OSError(f"cannot load library '{library}': no such file")
    return usual(self, name, flags)
cffi.FFI.dlopen = without
from portal import pdf
first, again = pdf.missing_libraries(), pdf.missing_libraries()
print(first)
print(again)
"""
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    sentence = f"PDF files cannot be made: the system library {library} is missing. "
    assert finished.stdout.splitlines()[-2:] == [f"{sentence}Install it with: apt-get install {package}"] * 2


def test_nothing_is_missing_where_pdf_files_can_be_made():
    assert pdf.missing_libraries() == ""


def test_the_running_head_cannot_be_broken_by_a_name():
    paper = {**PAPER, "head_left": 'Fish & "Chips" <Ltd>'}
    html = render_to_string("components/pdf_base.html", {"paper": paper})

    assert re.search(r'data-head-left="Fish &amp; &quot;Chips&quot; &lt;Ltd&gt;"', html)


def test_nothing_stays_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    content = pdf.render_pdf(html=document(), created_at=ISSUED_AT)

    assert content.startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == []
