"""Percentages that three status pages published, recomputed from their outages."""

from datetime import UTC, datetime
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from slas.calculation.intervals import Interval
from slas.importers import upptime
from slas.importers.tables import read_file
from slas.importers.upptime import Window, outages_of, parse_checks, parse_outages, trailing_percent

DATA = Path(__file__).resolve().parents[1] / "data" / "uptime"
CHECKS = "checked_at,service,service_name,status,http_code,response_ms"
OUTAGES = "service,down_at,up_at,down_checks,seconds"
REPORTED = (
    "snapshot_at,service,service_name,status,monitoring_since,"
    "uptime_all_pct,uptime_day_pct,uptime_week_pct,uptime_month_pct"
)
DAY = 86_400


def run(*files):
    out = StringIO()
    try:
        call_command("uptime_report", *map(str, files), stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def files_of(page):
    return [DATA / f"{page}.{part}" for part in ("checks.csv.gz", "outages.csv", "reported.csv")]


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def small(tmp_path):
    """One service, watched from 1 October, down for 36 minutes on the 10th; the figures of the 11th."""

    def write(
        *,
        checks=("2026-10-10T00:00:00Z,shop,Shop,up,200,30",),
        outages=("shop,2026-10-10T12:00:00Z,2026-10-10T12:36:00Z,1,2160",),
        reported=("2026-10-11T00:00:00Z,shop,Shop,up,2026-10-01T00:00:00Z,99.75,97.5,99.64,99.75",),
    ):
        paths = []
        for name, header, rows in (
            ("checks", CHECKS, checks), ("outages", OUTAGES, outages), ("reported", REPORTED, reported)
        ):  # fmt: skip
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text("\n".join([header, *rows]) + "\n")
        return paths

    return write


@pytest.mark.parametrize(
    ("page", "shares", "skipped", "last"),
    [
        ("cu-research-computing", {"all": "97", "day": "99.8", "week": "99", "month": "97"}, 0, "3794 of 3868"),
        ("espoo-public-services", {"all": "99.7", "day": "97", "week": "94", "month": "99.7"}, 0, "2981 of 3052"),
        ("koj-demo", {"all": "84", "day": "99", "week": "99", "month": "98"}, 586, "4741 of 4980"),
    ],
)
def test_published_percentages_are_reproduced(page, shares, skipped, last):
    text, status = run(*files_of(page))
    lines = text.splitlines()

    assert status == 0
    for window, share in shares.items():
        (line,) = [line for line in lines if line.startswith(f"  {window} ")]
        assert f", {share} % (exactly" in line
    assert f"because they name no start of monitoring: {skipped}." in text
    assert lines[-1] == last


@pytest.mark.parametrize("page", ["cu-research-computing", "espoo-public-services", "koj-demo"])
def test_the_checks_show_the_very_outages(page):
    checks, outages, _ = files_of(page)
    shown = outages_of(parse_checks(read_file(checks, upptime.CHECK_COLUMNS)).items)

    assert set(shown) == set(parse_outages(read_file(outages, upptime.OUTAGE_COLUMNS)).items)


@pytest.mark.parametrize(
    ("window", "since", "expected"),
    [
        pytest.param(Window.DAY, "2026-09-01", 100 - Fraction(100, 24), id="a day"),
        pytest.param(Window.WEEK, "2026-09-01", 100 - Fraction(100, 24 * 7), id="a week"),
        pytest.param(
            Window.MONTH, "2026-01-01", 100 - Fraction(2 * 3600 * 100, 2_628_288), id="a fixed month, its loss by date"
        ),
        pytest.param(Window.ALL, "2026-10-01", 100 - Fraction(200, 24 * 10), id="since monitoring began"),
        pytest.param(Window.WEEK, "2026-10-10", 100 - Fraction(100, 24), id="no longer than monitored"),
        pytest.param(Window.ALL, "2026-10-11", None, id="not monitored yet"),
    ],
)
def test_trailing_windows_as_upptime_counts_them(window, since, expected):
    # One hour in the last day, one in the month but before the week.
    outages = [Interval(at(f"2026-10-{day}T12:00"), at(f"2026-10-{day}T13:00")) for day in ("02", "10")]

    assert trailing_percent(outages, at("2026-10-11"), at(since), window) == expected


def test_overlapping_outages_count_once_and_never_below_nothing():
    outages = [Interval(0, 10 * DAY), Interval(DAY, 20 * DAY)]

    assert trailing_percent(outages, 8 * DAY, 0, Window.WEEK) == 0


def test_a_small_page_is_reproduced_whole(small):
    text, status = run(*small())

    assert status == 0
    assert text.splitlines()[-1] == "4 of 4"


@pytest.mark.parametrize(
    ("reported", "status", "last"),
    [
        pytest.param("2026-10-01T00:00:00Z,99.75,97.7,99.64,99.75", 1, "3 of 4", id="0.2 points off"),
        pytest.param("2026-10-01T00:00:00Z,99.75,97.6,99.64,99.75", 0, "4 of 4", id="exactly 0.1 point off"),
        pytest.param("2026-10-01T00:00:00Z,,97.5,,", 0, "1 of 1", id="not all published"),
        pytest.param(",99.75,97.5,99.64,99.75", 1, "0 of 0", id="skipped: no start of monitoring"),
    ],
)
def test_one_reported_row(small, reported, status, last):
    text, code = run(*small(reported=(f"2026-10-11T00:00:00Z,shop,Shop,up,{reported}",)))

    assert (code, text.splitlines()[-1]) == (status, last)


def test_the_least_share_can_be_given(small):
    rows = ("2026-10-11T00:00:00Z,shop,Shop,up,2026-10-01T00:00:00Z,99.75,50,99.64,99.75",)

    assert run(*small(reported=rows))[1] == 1
    assert run(*small(reported=rows), "--day=0")[1] == 0
    assert "day   0 of 1, 0.00 %; at least 0.1 %: does not hold" in run(*small(reported=rows), "--day=0.1")[0]


def test_a_share_that_was_asked_for_is_compared_exactly_and_a_known_one_as_it_was_rounded():
    files = files_of("cu-research-computing")

    known, asked = run(*files), run(*files, "--all=97")

    assert (known[1], asked[1]) == (0, 1)
    assert "97 % (exactly 96.79 %); at least 97 %: holds" in known[0]
    assert "936 of 967, 96.79 %; at least 97 %: does not hold" in asked[0]


@pytest.mark.parametrize("least", ["most", "101", "-1", "NaN"])
def test_a_least_share_that_is_no_percentage_is_refused(small, least):
    with pytest.raises(CommandError, match="is not a percentage from 0 to 100"):
        run(*small(), f"--day={least}")


def test_an_open_outage_runs_to_the_snapshot(small):
    outages = ("shop,2026-10-10T12:00:00Z,,1,",)
    reported = ("2026-10-11T00:00:00Z,shop,Shop,down,2026-10-01T00:00:00Z,95.0,50.0,92.86,95.0",)

    assert run(*small(outages=outages, reported=reported))[1] == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"outages": ("shop,2026-10-10T12:00:00Z,2026-10-10T11:00:00Z,1,",)}, "row 2, up_at: is before down_at"),
        ({"outages": ("shop,noon,,1,",)}, "row 2, down_at: “noon” is not a time"),
        ({"outages": ("shop,0001-01-01T00:00:00+14:00,,1,",)}, "is before 1990 or far ahead; check the year"),
        (
            {"outages": ("shop,2026-10-10T12:00:00Z,,1,", "shop,2026-10-10T12:00:00Z,2026-10-10T12:36:00Z,1,")},
            "row 3, down_at: row 2 says something else about the same",
        ),
        (
            {"reported": ("2026-10-11T00:00:00Z,shop,Shop,up,2026-10-12T00:00:00Z,1,1,1,1",)},
            "row 2, monitoring_since: is after snapshot_at",
        ),
        (
            {"reported": ("2026-10-11T00:00:00Z,shop,Shop,up,2026-10-01T00:00:00Z,101,1,1,1",)},
            "row 2, uptime_all_pct: “101” is not a percentage",
        ),
    ],
)
def test_a_bad_row_is_refused_by_row_and_field(small, rows, message):
    text, status = run(*small(**rows))

    assert status == 1
    assert message in text


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ([",shop,Shop,up,200,30"], "row 2, checked_at: is empty"),
        (["2026-10-10T00:00:00,shop,Shop,up,200,30"], "row 2, checked_at: “2026-10-10T00:00:00” names no zone"),
        (["2026-10-10T00:00:00Z,shop,Shop,sleepy,200,30"], "row 2, status: “sleepy” is neither"),
        (
            ["2026-10-10T00:00:00Z,shop,Shop,up,200,30", "2026-10-10T00:00:00Z,shop,Shop,down,0,0"],
            "row 3, checked_at: row 2 says something else about the same; keep the right one",
        ),
    ],
)
def test_bad_checks_are_told_and_no_percentage_rests_on_them(small, checks, message):
    text, status = run(*small(checks=checks))

    assert status == 0
    assert message in text
    assert text.splitlines()[-1] == "4 of 4"


def test_a_missing_file_is_refused_by_name(small):
    checks, outages, reported = small()
    outages.unlink()

    with pytest.raises(CommandError, match=r"outages\.csv cannot be opened"):
        run(checks, outages, reported)
