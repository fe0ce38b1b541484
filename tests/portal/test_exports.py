"""Tables for spreadsheets: whatever people wrote is read back as text, and no cell is a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exports import csv_of, guarded

# What LibreOffice and Excel take as the start of a formula or of a command, in its plain and its full-width form.
STARTS = "=+-@\t\r\n＝＋－＠"
TEXTS = st.text() | st.builds(
    lambda blanks, start, rest: blanks + start + rest,
    st.text(" \u00a0\u2003\v", max_size=3),
    st.sampled_from(STARTS),
    st.text(),
)


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example","x")'),
        *("  =1+1", "\u00a0=1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\v=1+1", "＝1+1", "＋1", "－1", "＠x", "-"),
    ],
)
def test_text_that_starts_like_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "Orders", "2026-10-05", "a=b", "1-2", "'=1", 3, -3, -2.5, None])
def test_everything_else_stays_as_it_is(value):
    assert guarded(value) == value


def read(table):
    return list(csv.reader(io.StringIO(table, newline="")))


@given(lines=st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_a_reader_finds_each_text_and_no_formula(lines):
    heading, *rows = read(csv_of(("a", "b"), lines))

    assert heading == ["a", "b"]
    assert [tuple(row) for row in rows] == [tuple(guarded(text) for text in line) for line in lines]
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(tuple(STARTS))
        assert not cell.lstrip().startswith(tuple(STARTS))


@given(number=st.integers() | st.floats(allow_nan=False))
def test_numbers_stay_numbers(number):
    assert type(number)(read(csv_of(("n",), [(number,)]))[1][0]) == number
