"""When a term ends, until when notice is given, and when both look at an agreement together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.agreement_days import Rhythm, earliest_end, is_end_of_term, next_review, notice_day, term_end

START = date(2025, 1, 31)
OPEN = Rhythm(START)
FIXED = Rhythm(START, date(2027, 2, 1), notice_days=90)
YEARLY = Rhythm(START, notice_days=90, renews_months=12)
EASY = Rhythm(START, notice_days=30)
REVIEWED = Rhythm(START, date(2025, 9, 1), review_months=3)


@pytest.mark.parametrize(
    ("rhythm", "on", "end"),
    [
        pytest.param(OPEN, "2026-11-22", None, id="open"),
        pytest.param(FIXED, "2026-11-22", "2027-02-01", id="fixed"),
        pytest.param(YEARLY, "2024-12-01", "2026-01-31", id="before it begins: its first term"),
        pytest.param(YEARLY, "2026-01-30", "2026-01-31", id="last day of a term"),
        pytest.param(YEARLY, "2026-01-31", "2027-01-31", id="first day of the next"),
        pytest.param(Rhythm(date(2025, 8, 31), renews_months=6), "2025-10-01", "2026-02-28", id="a shorter month"),
        pytest.param(Rhythm(date(9999, 6, 1), renews_months=12), "9999-07-01", None, id="past the calendar"),
    ],
)
def test_a_term_ends(rhythm, on, end):
    assert term_end(rhythm, date.fromisoformat(on)) == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("rhythm", "on", "last"),
    [
        pytest.param(FIXED, "2026-11-02", "2026-11-03", id="a fixed end"),
        pytest.param(FIXED, "2026-11-03", "2026-11-03", id="the last day itself"),
        pytest.param(FIXED, "2026-11-04", None, id="too late"),
        pytest.param(YEARLY, "2025-11-02", "2025-11-02", id="the last day of this term"),
        pytest.param(YEARLY, "2025-11-03", "2026-11-02", id="then the next term's"),
        pytest.param(EASY, "2026-01-01", None, id="no end in sight"),
        pytest.param(OPEN, "2026-01-01", None, id="no notice agreed"),
    ],
)
def test_notice_has_a_last_day(rhythm, on, last):
    assert notice_day(rhythm, date.fromisoformat(on)) == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("rhythm", "on", "end"),
    [
        pytest.param(EASY, "2026-01-01", "2026-01-31", id="so many days later"),
        pytest.param(YEARLY, "2025-11-02", "2026-01-31", id="in time for this term"),
        pytest.param(YEARLY, "2025-11-03", "2027-01-31", id="too late for this term"),
        pytest.param(OPEN, "2024-01-01", "2025-02-01", id="never before its second day"),
    ],
)
def test_notice_leads_to_an_end(rhythm, on, end):
    assert earliest_end(rhythm, date.fromisoformat(on)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("on", "due"), [("2025-01-01", "2025-04-30"), ("2025-05-01", "2025-07-31"), ("2025-08-01", None)]
)
def test_both_look_at_it_until_it_ends(on, due):
    assert next_review(REVIEWED, date.fromisoformat(on)) == (date.fromisoformat(due) if due else None)


@given(
    start=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    months=st.integers(1, 60),
    notice=st.integers(1, 400),
    later=st.integers(0, 4000),
)
def test_notice_on_its_last_day_ends_the_coming_term_and_a_day_later_the_next(start, months, notice, later):
    rhythm = Rhythm(start, notice_days=notice, renews_months=months)
    last = notice_day(rhythm, start + timedelta(days=later))

    in_time, too_late = earliest_end(rhythm, last), earliest_end(rhythm, last + timedelta(days=1))

    assert is_end_of_term(rhythm, in_time)
    assert last + timedelta(days=notice) <= in_time < too_late
