from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.errors import BadWindow, NeverOpen, RepeatedException, UnknownZone
from slas.calculation.intervals import Interval, clip, union
from slas.calculation.service_hours import ServiceHours, Window
from tests.slas.calculation.builders import EVERY_DAY, at, between, hours, windows

NIGHTS_OF_CHANGE = [
    ("Europe/London", "2026-03-29"),
    ("Europe/London", "2026-10-25"),
    ("Europe/Berlin", "2025-03-30"),
    ("Europe/Berlin", "2025-10-26"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("America/Havana", "2026-11-01"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-18"),
]
MINUTE = 60


class WallClock:
    """The naive truth around one date: look at the clock on the wall at each minute of three days."""

    def __init__(self, zone, on):
        noon = datetime.combine(date.fromisoformat(on), time(12), tzinfo=UTC)
        self.first = int(noon.timestamp()) - 48 * 3600
        self.minutes = range(self.first, self.first + 96 * 3600, MINUTE)
        tz = ZoneInfo(zone)
        self.shows = [datetime.fromtimestamp(minute, tz).replace(tzinfo=None) for minute in self.minutes]

    def opens(self, wall):
        """The first minute at which the clock has reached the time."""
        return next(minute for minute, shown in zip(self.minutes, self.shows, strict=True) if shown >= wall)

    def closes(self, wall):
        """After the last minute at which the clock had not reached the time; midnight is the first minute of a date."""
        if wall.time() == time.min:
            return self.opens(wall)
        return max(minute for minute, shown in zip(self.minutes, self.shows, strict=True) if shown < wall) + MINUTE

    def opening(self, on, window):
        midnight = datetime.combine(on, time.min)
        return Interval(
            self.opens(midnight + timedelta(seconds=window.opens)),
            self.closes(midnight + timedelta(seconds=window.closes)),
        )


def any_window():
    opens = st.integers(0, 1439)
    return st.builds(
        lambda start, length: Window(start * MINUTE, (start + length) * MINUTE), opens, st.integers(1, 1440)
    )


@settings(deadline=None)
@given(night=st.sampled_from(NIGHTS_OF_CHANGE), each_day=st.lists(any_window(), min_size=1, max_size=3))
def test_hours_are_what_the_clock_on_the_wall_says(night, each_day):
    zone, text = night
    on, clock = date.fromisoformat(text), WallClock(zone, text)
    service = ServiceHours(zone, (tuple(each_day),) * 7)
    day_before, day_after = on - timedelta(days=1), on + timedelta(days=1)
    day = Interval(*(clock.opens(datetime.combine(each, time.min)) for each in (on, day_after)))

    expected = union(clock.opening(each, window) for each in (day_before, on) for window in each_day)

    assert list(service.working(day)) == list(clip(expected, day))


@pytest.mark.parametrize(
    ("zone", "on", "hours_of_day"),
    [
        pytest.param("Europe/Paris", "2020-10-25", 25, id="clock goes back"),
        pytest.param("Europe/Paris", "2020-03-29", 23, id="clock goes forward"),
        pytest.param("Europe/Paris", "2020-06-01", 24, id="an ordinary day"),
        pytest.param("America/Sao_Paulo", "2018-11-04", 23, id="forward at midnight"),
        pytest.param("America/Sao_Paulo", "2018-02-17", 25, id="back at midnight"),
        pytest.param("America/Havana", "2026-10-31", 24, id="the day before midnight comes twice"),
        pytest.param("America/Havana", "2026-11-01", 25, id="the day that has midnight twice"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 24.5, id="half an hour"),
        pytest.param("Pacific/Apia", "2011-12-30", 0, id="a date that was skipped"),
    ],
)
def test_a_day_round_the_clock_has_the_hours_it_has(zone, on, hours_of_day):
    day = date.fromisoformat(on)

    assert sum(piece.seconds for piece in ServiceHours.always(zone).opening_on(day)) == hours_of_day * 3600


@pytest.mark.parametrize(
    ("text", "on", "opens", "closes"),
    [
        pytest.param("01:30-05:00", "2026-03-29", "01:00Z", "04:00Z", id="opens in the skipped hour: right after it"),
        pytest.param("00:00-01:30", "2026-03-29", "00:00Z", "01:00Z", id="closes in the skipped hour: right after it"),
        pytest.param("01:30-05:00", "2026-10-25", "00:30Z", "05:00Z", id="opens in the repeated hour: first time"),
        pytest.param("00:00-01:30", "2026-10-25", "23:00Z", "01:30Z", id="closes in the repeated hour: second time"),
    ],
)
def test_edges_on_the_nights_when_the_clock_is_moved(text, on, opens, closes):
    (piece,) = hours(text, days=EVERY_DAY).opening_on(date.fromisoformat(on))

    shown = [f"{datetime.fromtimestamp(edge, UTC):%H:%MZ}" for edge in piece]
    assert shown == [opens, closes]


def test_a_window_inside_the_skipped_hour_is_left_out():
    assert hours("01:10-01:50", days=EVERY_DAY).opening_on(date(2026, 3, 29)) == ()


OVERNIGHT = {"days": EVERY_DAY, "zone": "UTC"}


@pytest.mark.parametrize(
    ("service", "start", "end", "expected"),
    [
        pytest.param(hours(zone="UTC"), "2026-10-05 08:00", "2026-10-05 18:00", 8, id="a day"),
        pytest.param(hours(zone="UTC"), "2026-10-02 16:00", "2026-10-05 10:00", 2, id="over a weekend"),
        pytest.param(
            hours("09:00-12:00, 13:00-17:00", zone="UTC"), "2026-10-05 11:00", "2026-10-05 14:00", 2, id="lunch",
        ),
        pytest.param(hours("22:00-06:00", **OVERNIGHT), "2026-10-05 00:00", "2026-10-06 00:00", 8, id="over midnight"),
        pytest.param(hours("22:00-06:00+1", **OVERNIGHT), "2026-10-05 05:00", "2026-10-05 23:00", 2, id="both ends"),
        pytest.param(hours("00:00-24:00", **OVERNIGHT), "2026-10-05 00:00", "2026-10-07 00:00", 48, id="24:00"),
        pytest.param(
            hours("22:00-06:00", holidays=["2026-10-05"], **OVERNIGHT), "2026-10-05 00:00", "2026-10-07 00:00", 8,
            id="a holiday takes the window that opens on it, whole",
        ),
        pytest.param(
            hours(zone="UTC", holidays=["2026-10-05"], exceptions={"2026-10-05": "10:00-12:00"}),
            "2026-10-05 00:00", "2026-10-06 00:00", 2, id="an exception wins over a holiday",
        ),
        pytest.param(
            hours(zone="UTC", exceptions={"2026-10-05": ""}), "2026-10-05 00:00", "2026-10-07 00:00", 8,
            id="closed once",
        ),
        pytest.param(
            hours(zone="UTC", exceptions={"2026-10-03": "09:00-11:00"}), "2026-10-03 00:00", "2026-10-04 00:00", 2,
            id="open on one Saturday",
        ),
        pytest.param(hours("", zone="UTC"), "2026-10-01 00:00", "2026-11-01 00:00", 0, id="no hours at all"),
    ],
)  # fmt: skip
def test_elapsed_service_time(service, start, end, expected):
    first, last = between(start, end, "UTC")

    assert service.elapsed(first, last) == expected * 3600
    assert service.elapsed(last, first) == -expected * 3600


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        pytest.param("2026-10-05 09:00", 3600, "2026-10-05 10:00", id="inside"),
        pytest.param("2026-10-05 16:00", 3600, "2026-10-05 17:00", id="used up at closing: that closing"),
        pytest.param(
            "2026-10-05 16:00", 3601, "2026-10-06 09:00:01", id="one second more: next opening and one second"
        ),
        pytest.param("2026-10-02 16:30", 3600, "2026-10-05 09:30", id="over the weekend"),
        pytest.param("2026-10-03 12:00", 3600, "2026-10-05 10:00", id="starts outside: clock starts at opening"),
        pytest.param("2026-10-03 12:00", 0, "2026-10-05 09:00", id="nothing, outside: next opening"),
        pytest.param("2026-10-05 17:00", 0, "2026-10-06 09:00", id="nothing, at closing: next opening"),
        pytest.param("2026-10-05 11:00", 0, "2026-10-05 11:00", id="nothing, inside: at once"),
    ],
)
def test_due(start, seconds, due):
    assert hours().due(at(start), seconds) == at(due)


@pytest.mark.parametrize(
    ("end", "seconds", "start"),
    [
        pytest.param("2026-10-05 10:00", 3600, "2026-10-05 09:00", id="used up at opening: that opening"),
        pytest.param("2026-10-05 10:00", 7200, "2026-10-02 16:00", id="over the weekend"),
        pytest.param("2026-10-04 12:00", 0, "2026-10-02 17:00", id="nothing, outside: last closing"),
    ],
)
def test_latest_start_for_planning(end, seconds, start):
    assert hours().latest_start(at(end), seconds) == at(start)


@pytest.mark.parametrize(
    ("instant", "is_open", "next_open"),
    [
        ("2026-10-05 08:59:59", False, "2026-10-05 09:00"),
        ("2026-10-05 09:00", True, "2026-10-05 09:00"),
        ("2026-10-05 16:59:59", True, "2026-10-05 16:59:59"),
        ("2026-10-05 17:00", False, "2026-10-06 09:00"),
    ],
)
def test_opening_instants_are_inside_and_closing_instants_outside(instant, is_open, next_open):
    assert hours().is_open(at(instant)) is is_open
    assert hours().next_open(at(instant)) == at(next_open)


def test_hours_that_never_open_say_so():
    with pytest.raises(NeverOpen, match="Add opening hours"):
        hours("").due(at("2026-10-05 09:00"), 1)
    with pytest.raises(NeverOpen):
        hours("").latest_start(at("2026-10-05 09:00"), 1)


def test_hours_that_open_on_one_date_only_are_found_from_both_sides():
    once = hours("", exceptions={"2026-12-24": "10:00-12:00"})

    assert once.next_open(at("2020-01-01 00:00")) == at("2026-12-24 10:00")
    assert once.latest_start(at("2030-01-01 00:00"), 3600) == at("2026-12-24 11:00")


any_instant = st.integers(at("2026-01-01 00:00"), at("2026-12-31 00:00"))
services = st.sampled_from(
    [
        hours(),
        hours("09:00-12:30, 13:00-17:30", zone="Europe/Berlin", holidays=["2026-05-01"]),
        hours("22:00-06:00", zone="Australia/Lord_Howe", days=EVERY_DAY),
        hours("00:00-24:00", zone="America/New_York", days=EVERY_DAY),
    ]
)


@settings(deadline=None)
@given(service=services, start=any_instant, seconds=st.integers(1, 400_000))
def test_due_is_the_least_instant_at_which_the_time_is_used_up(service, start, seconds):
    due = service.due(start, seconds)

    assert service.elapsed(start, due) == seconds
    assert service.elapsed(start, due - 1) < seconds


@settings(deadline=None)
@given(service=services, end=any_instant, seconds=st.integers(1, 400_000))
def test_latest_start_is_the_last_instant_that_leaves_the_time(service, end, seconds):
    start = service.latest_start(end, seconds)

    assert service.elapsed(start, end) == seconds
    assert service.elapsed(start + 1, end) < seconds


@settings(deadline=None)
@given(service=services, a=any_instant, b=any_instant, c=any_instant)
def test_elapsed_adds_up(service, a, b, c):
    assert service.elapsed(a, b) + service.elapsed(b, c) == service.elapsed(a, c)


@pytest.mark.parametrize(
    ("opens", "closes", "message"),
    [
        ("09:00", "09:00", "opens and closes at the same time"),
        ("9", "17:00", "is not a time"),
        ("09:60", "17:00", "is not a time of the day"),
        ("24:00", "06:00", "it must open between"),
        ("09:00", "25:00", "is not a time of the day"),
        ("09:00", "10:00+1", "longer than 24 hours"),
    ],
)
def test_a_window_that_cannot_be_read_is_refused(opens, closes, message):
    with pytest.raises(BadWindow, match=message):
        Window.parse(opens, closes)


def test_windows_are_written_as_they_are_read():
    assert [str(window) for window in windows("09:00-17:30, 22:00-06:00, 00:00-24:00")] == [
        "09:00 to 17:30", "22:00 to 06:00+1", "00:00 to 24:00",
    ]  # fmt: skip


def test_an_unknown_zone_is_refused_by_name():
    with pytest.raises(UnknownZone, match="Europe/Larkmoor"):
        hours(zone="Europe/Larkmoor")


def test_a_week_has_seven_days():
    with pytest.raises(BadWindow, match="a week has seven days, not 5"):
        ServiceHours("UTC", (windows("09:00-17:00"),) * 5)


def test_two_exceptions_for_one_date_are_refused():
    day = date(2026, 10, 5)
    with pytest.raises(RepeatedException, match="2026-10-05"):
        ServiceHours("UTC", ((),) * 7, ((day, ()), (day, windows("09:00-10:00"))))
