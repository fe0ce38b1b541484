"""Files that people upload: CSV and XLSX as spreadsheets write them, and everything else refused in words."""

import csv
import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers import files
from catalog.importers.files import UnusableFile, read_table
from portal.exports import csv_of, guarded

KNOWN = ("on", "total", "met")


def read(content, required=("on",)):
    table = read_table(content, known=KNOWN, required=required)
    return [(number, dict(values)) for number, values in table.records]


def workbook(*lines, sheets=1):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for _ in range(sheets - 1):
        book.create_sheet()
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_entry(content, name, data):
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


TWO = [(2, {"on": "2026-10-06", "total": "10", "met": "9"}), (3, {"on": "2026-10-07", "total": "11", "met": None})]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("on,total,met\n2026-10-06,10,9\n2026-10-07,11,\n", id="plain"),
        pytest.param("on;total;met\r\n2026-10-06;10;9\r\n2026-10-07;11;\r\n", id="semicolons"),
        pytest.param("on\ttotal\tmet\n2026-10-06\t10\t9\n2026-10-07\t11\t\n", id="tabs"),
        pytest.param("sep=;\r\non;total;met\r\n2026-10-06;10;9\r\n2026-10-07;11;\r\n", id="Excel names its sign"),
        pytest.param("\ufeff On , TOTAL ,met\n2026-10-06,10,9\n2026-10-07,11,\n", id="mark, blanks and capitals"),
        pytest.param("on,total,met,,\n2026-10-06,10,9,,\n2026-10-07,11,,,\n,,,,\n", id="empty columns and rows"),
        pytest.param('"on","total","met"\n"2026-10-06","10","9"\n"2026-10-07","11",""', id="quoted, no last line end"),
    ],
)
def test_csv_as_spreadsheets_write_it(content):
    assert read(content.encode()) == TWO


def test_csv_in_the_encoding_that_excel_calls_unicode():
    assert read("on\ttotal\tmet\n2026-10-06\t10\t9\n2026-10-07\t11\t\n".encode("utf-16")) == TWO


def test_rows_are_numbered_as_in_the_spreadsheet():
    assert [number for number, _ in read(b"on,total\n2026-10-06,1\n\n,\n2026-10-07,2\n")] == [2, 5]


def test_cells_beyond_the_heading_are_not_lost():
    assert read(b"on,total\n2026-10-06,1,9\n") == [(2, {"on": "2026-10-06", "total": "1", "column 3": "9"})]


def test_xlsx_keeps_types():
    almost = datetime(2026, 10, 6, 5, 11, 59, 999_600)  # noqa: DTZ001 - a spreadsheet knows no zone

    found = read(workbook(["on", "total", "met"], [date(2026, 10, 6), 10, 9.0], [almost, "11", None]))

    assert found == [
        (2, {"on": datetime(2026, 10, 6), "total": 10, "met": 9}),  # noqa: DTZ001
        (3, {"on": datetime(2026, 10, 6, 5, 12), "total": "11", "met": None}),  # noqa: DTZ001
    ]


def test_xlsx_shows_values_and_never_formulas():
    assert read(workbook(["on", "total"], ["2026-10-06", "=1+1"])) == [(2, {"on": "2026-10-06", "total": None})]


SHEET = workbook(["on", "total"], ["2026-10-06", 1])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "The file is empty. Upload the one that holds the rows.", id="empty"),
        pytest.param(b" \n\t ", "The file is empty", id="blank"),
        pytest.param(b"on,total\n", "The file has a heading and no rows", id="no rows"),
        pytest.param(b"on,sum\n2026-10-06,1\n", "Not known as a column: “sum”. .* Known: on, total, met", id="unknown"),
        pytest.param(b"total\n1\n", "Missing as a column: on", id="missing"),
        pytest.param(b"on,total,on\n1,2,3\n", "Named twice: on", id="twice"),
        pytest.param(b'on,total\n"2026-10-06,1\n', "Line 2 is not CSV", id="open quote"),
        pytest.param(
            b"on,total\n2026-10-06,\xe9\n",
            "Line 2 holds bytes that are not UTF-8. Save the table again as “CSV UTF-8”",
            id="Latin-1",
        ),
        pytest.param(b"on,total\n2026\0,1\n", "The file holds binary data", id="binary"),
        pytest.param(
            "on,total\n1,2".encode("utf-16") + b"\x00", "Line .* holds bytes that are not UTF-8", id="half UTF-16"
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Excel workbook", id="xls"),
        pytest.param(b"%PDF-1.7", "This is a PDF", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "This is a picture", id="PNG"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is a web page or XML", id="SVG"),
        pytest.param(b"\x1f\x8b\x08", "This is a compressed file", id="gzip"),
        pytest.param(b"MZ\x90", "This is a program", id="program"),
        pytest.param(b"PK\x05\x06" + bytes(18), "This is an empty or broken archive", id="empty archive"),
        pytest.param(b"PK\x03\x04 no archive", "The workbook is broken", id="broken archive"),
        pytest.param(SHEET[:-40], "The workbook is broken", id="cut off"),
        pytest.param(with_entry(b"", "a.txt", "a"), "This is an archive, not a workbook", id="archive"),
        pytest.param(workbook(["on", "total"], sheets=3), "The workbook has 3 sheets", id="sheets"),
        pytest.param(with_entry(SHEET, "xl/vbaProject.bin", b"x"), "holds macros or links", id="macros"),
        pytest.param(with_entry(SHEET, "xl/externalLinks/link1.xml", b"<a/>"), "holds macros or links", id="links"),
        pytest.param(
            with_entry(SHEET, "xl/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "something that workbooks do not",
            id="entities",
        ),
        pytest.param(
            with_entry(SHEET, "xl/a.xml", "<!DOCTYPE a><a/>".encode("utf-16")),
            "something that workbooks do not",
            id="entities in another encoding",
        ),
        pytest.param(with_entry(SHEET, "xl/zeros.bin", bytes(files.MOST_UNPACKED)), "unpacks to too much", id="bomb"),
        pytest.param(b"on,total\n" + b"2026-10-06,1\n" * (files.MOST_ROWS + 1), "more than 50,000 rows", id="rows"),
        pytest.param(b"on\n" + b"x" * files.MOST_BYTES, "more than 5 MB", id="bytes"),
    ],
)
def test_what_is_refused(content, told):
    with pytest.raises(UnusableFile, match=told):
        read(content)


def test_an_archive_of_many_entries_is_refused():
    packed = SHEET
    with zipfile.ZipFile(buffer := io.BytesIO(packed), "a") as archive:
        for number in range(files.MOST_ENTRIES):
            archive.writestr(f"xl/part{number}.xml", "<a/>")

    with pytest.raises(UnusableFile, match="unpacks to too much"):
        read(buffer.getvalue())


def test_an_entry_that_lies_about_its_size_is_refused():
    packed = bytearray(with_entry(SHEET, "xl/theme/zeros.xml", b"<a>" + b"0" * 5_000_000 + b"</a>"))
    at = packed.rindex(b"PK\x01\x02")  # the last entry of the directory
    packed[at + 24 : at + 28] = struct.pack("<I", 10)

    with pytest.raises(UnusableFile, match="The workbook is broken"):
        read(bytes(packed))


def test_a_password_is_refused():
    packed = bytearray(SHEET)
    at = packed.index(b"PK\x01\x02")
    packed[at + 8] |= 1

    with pytest.raises(UnusableFile, match="protected by a password"):
        read(bytes(packed))


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content):
    read_or_refuse(content)


@given(content=st.binary(max_size=200).map(lambda tail: b"on,total\n2026-10-06,1\n" + tail))
def test_any_end_of_a_table_is_read_or_refused_in_words(content):
    read_or_refuse(content)


@given(place=st.integers(0, len(SHEET) - 1), byte=st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused_in_words(place, byte):
    read_or_refuse(SHEET[:place] + bytes([byte]) + SHEET[place + 1 :])


def read_or_refuse(content):
    try:
        outcome = read(content)
    except UnusableFile as refused:
        outcome = str(refused).split(". ")[1:]
    assert outcome  # rows, or what to do


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
    ],
)
def test_text_like_a_formula_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", [-5, 1.5, None, "plain", "a=b", "2026-10-06", True, ""])
def test_other_values_stay(value):
    assert guarded(value) == value


@given(
    cells=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4)
)
def test_no_reader_of_the_file_finds_a_formula(cells):
    line = list(csv.reader(io.StringIO(csv_of(["a"] * len(cells), [cells]), newline="")))[1]

    assert len(line) == len(cells)
    assert not any(cell.strip().startswith(("=", "+", "-", "@")) for cell in line)
    assert [
        cell.removeprefix("'") if guarded(was) != was else cell for cell, was in zip(line, cells, strict=True)
    ] == cells
