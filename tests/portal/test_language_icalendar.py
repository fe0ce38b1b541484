"""An invitation as a file for calendars, held against what RFC 5545 says of lines, texts and instants."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.icalendar import Event, Person, calendar_file, folded, parameter, text

EVENT = Event(
    uid="review-2026-10-orders-larkmoor@portal.example",
    sequence=2,
    starts_at=datetime(2026, 11, 12, 10, tzinfo=ZoneInfo("Europe/Berlin")),
    minutes=45,
    summary="Meeting: October 2026, Orders",
    description="Disputes: 1\nhttps://portal.example/",
    url="https://portal.example/",
    organiser=Person("Pavel Orsin", "pavel@larkmoor.example"),
    stamped_at=datetime(2026, 11, 6, 9, 40, tzinfo=UTC),
)


def unfolded(content):
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_meeting_is_written_line_by_line():
    assert unfolded(calendar_file(EVENT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Parley//Review meeting//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:review-2026-10-orders-larkmoor@portal.example",
        "SEQUENCE:2",
        "DTSTAMP:20261106T094000Z",
        "DTSTART:20261112T090000Z",
        "DTEND:20261112T094500Z",
        'ORGANIZER;CN="Pavel Orsin":mailto:pavel@larkmoor.example',
        "SUMMARY:Meeting: October 2026\\, Orders",
        "DESCRIPTION:Disputes: 1\\nhttps://portal.example/",
        "URL:https://portal.example/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_who_is_invited_stands_alone_in_their_file():
    lines = unfolded(calendar_file(EVENT, invited=Person("Ines; Calder", 'ines"%0D\n@larkmoor.example')))

    assert lines[3] == "METHOD:REQUEST"
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        'ATTENDEE;CN="Ines; Calder";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE'
        ":mailto:ines%22%250D%0A@larkmoor.example"
    ]


def test_a_meeting_over_the_change_of_the_clocks_lasts_as_long_as_was_said():
    night = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))  # the first 02:30 of two

    lines = unfolded(calendar_file(replace(EVENT, starts_at=night, minutes=60)))

    assert lines[8:10] == ["DTSTART:20261025T003000Z", "DTEND:20261025T013000Z"]


def test_what_was_called_off_takes_itself_out_of_a_calendar():
    lines = unfolded(calendar_file(replace(EVENT, is_cancelled=True)))

    assert {"METHOD:CANCEL", "STATUS:CANCELLED"} <= set(lines)
    invited = unfolded(calendar_file(replace(EVENT, is_cancelled=True), invited=Person("Ines", "i@larkmoor.example")))
    assert "METHOD:CANCEL" in invited


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("one\r\ntwo\rthree\nfour", "one\\ntwo\\nthree\\nfour"),
        ("bell\x07 and \x1b", "bell and "),
        ("Zürich 12\u00a0%", "Zürich 12\u00a0%"),
        ("turned \u202eback", "turned back"),
    ],
)
def test_a_text_is_escaped(words, written):
    assert text(words) == written


def test_a_name_cannot_end_its_quotation():
    assert parameter('Eve":mailto:x\r\nATTENDEE:y') == '"Eve\':mailto:xATTENDEE:y"'


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(words):
    content = folded(f"SUMMARY:{words}")

    assert content.endswith(b"\r\n")
    rows = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(row) <= 75 and row.decode() is not None for row in rows)
    assert rows[0].decode() + "".join(row.decode().removeprefix(" ") for row in rows[1:]) == f"SUMMARY:{words}"


@given(st.text(max_size=200))
def test_whatever_people_write_stays_in_its_line(words):
    lines = unfolded(calendar_file(replace(EVENT, summary=words, organiser=Person(words, "p@x.example"))))

    assert len(lines) == 17
    assert [line.partition(":")[0].partition(";")[0] for line in lines[10:12]] == ["ORGANIZER", "SUMMARY"]
