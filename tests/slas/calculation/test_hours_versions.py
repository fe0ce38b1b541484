"""Service hours that change from a date on: each date by the version that holds then."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.errors import BadVersion
from slas.calculation.intervals import Interval, measure
from slas.calculation.proof import canonical
from slas.calculation.seen import seen_hours
from slas.calculation.service_hours import ServiceHours, Window
from tests.slas.calculation.builders import EVERY_DAY, at, between, hours, month

HOUR = 3600
FIRST = date(2026, 10, 20)
DAYS = 14
SPAN = between("2026-10-20 00:00", "2026-11-03 00:00", "UTC")


def versioned(before, *later, **common):
    made = hours(before, **common)
    versions = tuple((date.fromisoformat(on), hours(text, **common)) for on, text in later)
    return ServiceHours(made.zone, made.weekly, made.exceptions, made.holidays, versions)


@st.composite
def windows(draw):
    opens = draw(st.integers(0, 23))
    return Window(opens * HOUR, draw(st.integers(opens + 1, opens + 24)) * HOUR)


@st.composite
def plain_hours(draw):
    closed = st.sets(st.integers(0, DAYS), max_size=3)
    return ServiceHours(
        "UTC",
        tuple(tuple(draw(st.lists(windows(), max_size=2))) for _ in range(7)),
        holidays=frozenset(FIRST + timedelta(day) for day in draw(closed)),
    )


@st.composite
def changing_hours(draw):
    days = sorted(draw(st.sets(st.integers(1, DAYS - 1), max_size=3)))
    made = draw(plain_hours())
    versions = tuple((FIRST + timedelta(day), draw(plain_hours())) for day in days)
    return ServiceHours("UTC", made.weekly, holidays=made.holidays, versions=versions)


def open_in_hour(service, number):
    """Whether that hour after the first midnight is open: by a window of its date, or one of the date before."""
    day, hour = divmod(number, 24)
    for back in (0, 1):
        on = FIRST + timedelta(day - back)
        held = service
        for since, version in service.versions:
            held = version if since <= on else held
        found = () if on in held.holidays else held.weekly[on.weekday()]
        if any(window.opens <= (hour + 24 * back) * HOUR < window.closes for window in found):
            return True
    return False


@settings(deadline=None, max_examples=25)
@given(service=changing_hours())
def test_each_hour_is_open_by_the_version_of_its_date(service):
    working = list(service.working(SPAN))
    known = [number for number in range(DAYS * 24) if open_in_hour(service, number)]

    assert working == sorted(working)
    assert measure(working) == sum(piece.seconds for piece in working) == len(known) * HOUR
    assert all(service.is_open(SPAN.start + number * HOUR) for number in known)


@settings(deadline=None, max_examples=25)
@given(service=changing_hours(), start=st.integers(0, DAYS * 24), wanted=st.integers(1, 60))
def test_a_deadline_is_counted_by_the_version_of_each_date(service, start, wanted):
    opened = SPAN.start + start * HOUR
    within = service.elapsed(opened, SPAN.end)

    if within >= wanted * HOUR:
        due = service.due(opened, wanted * HOUR)
        assert service.elapsed(opened, due) == wanted * HOUR
        assert service.due(service.latest_start(due, wanted * HOUR), wanted * HOUR) == due


@settings(deadline=None, max_examples=25)
@given(service=changing_hours(), edges=st.tuples(st.integers(24, DAYS * 24), st.integers(24, DAYS * 24)))
def test_what_is_seen_of_the_versions_gives_the_same_time(service, edges):
    start, end = sorted(edges)
    time = Interval(SPAN.start + start * HOUR, SPAN.start + (end + 1) * HOUR)

    assert list(seen_hours(service, time).working(time)) == list(service.working(time))


def test_a_version_counts_from_its_date_on_inside_a_month():
    service = versioned("09:00-17:00", ("2026-10-15", "08:00-20:00"), days=EVERY_DAY)

    assert service.elapsed(*month("2026-10")) == (14 * 8 + 17 * 12) * HOUR
    assert service.due(at("2026-10-14 16:00"), 2 * HOUR) == at("2026-10-15 09:00")
    assert service.latest_start(at("2026-10-15 09:00"), 2 * HOUR) == at("2026-10-14 16:00")


def test_a_version_that_comes_later_leaves_the_months_before_as_they_were():
    before = hours("09:00-17:00", holidays=["2026-10-12"])
    after = ServiceHours(before.zone, before.weekly, (), before.holidays, ((date(2026, 11, 1), hours("08:00-20:00")),))

    assert canonical(seen_hours(after, month("2026-10"))) == canonical(seen_hours(before, month("2026-10")))
    assert canonical(seen_hours(after, month("2026-12"))) == canonical(hours("08:00-20:00"))
    assert "versions" not in canonical(before)
    assert '"versions":[["2026-11-01",{' in canonical(seen_hours(after, month("2026-11")))


def test_hours_that_end_with_a_version_never_open_again():
    service = versioned("09:00-17:00", ("2026-10-15", ""))

    assert service.elapsed(*month("2026-10")) == 10 * 8 * HOUR
    assert service.latest_start(at("2026-10-20 12:00"), HOUR) == at("2026-10-14 16:00")
    assert list(service.openings_from(at("2026-10-15 00:00"))) == []


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        pytest.param(((date(2026, 10, 1), hours(zone="Europe/Paris")),), "the zone Europe/London", id="another zone"),
        pytest.param(((date(2026, 10, 1), hours()), (date(2026, 10, 1), hours("08:00-09:00"))), "a date of its own",
                     id="two on one date"),
        pytest.param(((date(2026, 10, 1), versioned("09:00-17:00", ("2026-11-01", ""))),), "cannot follow",
                     id="a version with versions"),
    ],
)  # fmt: skip
def test_versions_that_do_not_fit_are_refused(versions, words):
    with pytest.raises(BadVersion, match=words):
        ServiceHours("Europe/London", hours().weekly, versions=versions)
