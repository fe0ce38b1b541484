from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.errors import BadPeriod
from slas.calculation.periods import Period, PeriodKind, add_months


@pytest.mark.parametrize(
    ("text", "first", "end", "label", "written"),
    [
        ("2026-10", "2026-10-01", "2026-11-01", "October 2026", "2026-10"),
        ("2026-12", "2026-12-01", "2027-01-01", "December 2026", "2026-12"),
        ("2026-Q4", "2026-10-01", "2027-01-01", "October 2026 to December 2026", "Q2026-10"),
        ("Q2026-11", "2026-11-01", "2027-02-01", "November 2026 to January 2027", "Q2026-11"),
        ("FY2023-04", "2023-04-01", "2024-04-01", "April 2023 to March 2024", "FY2023-04"),
        ("FY2026-01", "2026-01-01", "2027-01-01", "January 2026 to December 2026", "FY2026-01"),
    ],
)
def test_a_period_is_read_and_written(text, first, end, label, written):
    period = Period.parse(text)

    assert (period.first_on, period.end_on) == (date.fromisoformat(first), date.fromisoformat(end))
    assert (period.label, str(period)) == (label, written)
    assert Period.parse(written) == period


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-Q5", "FY2026", "October", "2026-1", "26-10"])
def test_anything_else_is_refused_with_what_to_write(text):
    with pytest.raises(BadPeriod, match=r"2026-10, Q2026-10 or FY2026-04"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("zone", "text", "hours"),
    [
        pytest.param("Europe/Berlin", "2025-03", 743, id="spring"),
        pytest.param("Europe/Berlin", "2025-10", 745, id="autumn"),
        pytest.param("Europe/London", "2026-10", 745, id="London autumn"),
        pytest.param("UTC", "2026-10", 744, id="no change"),
        pytest.param("Australia/Lord_Howe", "2026-04", 720.5, id="half an hour back"),
        pytest.param("Asia/Kolkata", "2026-02", 672, id="February"),
        pytest.param("America/New_York", "FY2026-01", 8760, id="a year has both changes"),
        pytest.param("America/Sao_Paulo", "2018-11", 719, id="the change is at midnight"),
    ],
)
def test_a_period_runs_from_local_midnight_to_local_midnight(zone, text, hours):
    assert Period.parse(text).bounds(ZoneInfo(zone)).seconds == hours * 3600


@pytest.mark.parametrize(
    ("on", "kind", "starting", "written"),
    [
        ("2026-10-31", PeriodKind.MONTH, 1, "2026-10"),
        ("2026-10-31", PeriodKind.QUARTER, 1, "Q2026-10"),
        ("2026-10-31", PeriodKind.QUARTER, 2, "Q2026-08"),
        ("2026-01-15", PeriodKind.QUARTER, 2, "Q2025-11"),
        ("2024-03-31", PeriodKind.YEAR, 4, "FY2023-04"),
        ("2024-04-01", PeriodKind.YEAR, 4, "FY2024-04"),
    ],
)
def test_the_period_that_holds_a_date(on, kind, starting, written):
    assert str(Period.containing(date.fromisoformat(on), kind, starting)) == written


def test_quarters_and_years_know_their_months():
    assert [str(month) for month in Period.parse("Q2026-11").months()] == ["2026-11", "2026-12", "2027-01"]
    assert len(Period.parse("FY2026-04").months()) == 12


@given(
    year=st.integers(1980, 2100), month=st.integers(1, 12), kind=st.sampled_from(PeriodKind), steps=st.integers(-50, 50)
)
def test_periods_lie_side_by_side(year, month, kind, steps):
    period = Period(year, month, kind)

    assert period.next().first_on == period.end_on
    assert period.next().previous() == period
    assert period.shifted(steps).shifted(-steps) == period
    assert sum(one.bounds(ZoneInfo("Europe/London")).seconds for one in period.months()) == (
        period.bounds(ZoneInfo("Europe/London")).seconds
    )


@pytest.mark.parametrize(
    ("on", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_months_are_clipped_to_the_end_of_a_shorter_month(on, months, then):
    assert add_months(date.fromisoformat(on), months) == date.fromisoformat(then)
