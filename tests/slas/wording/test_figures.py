"""A sentence against the figures of its own promise: which words contradict them, and what is left alone."""

from fractions import Fraction

import pytest

from slas.wording.check import check
from slas.wording.clock import days_of, minutes_of, said_hours
from slas.wording.frame import About, Frame, Severity, Size, Slot
from slas.wording.rules import rules_of

OFFICE = (((480, 1080),),) * 5 + ((), ())  # Monday to Friday, 08:00 to 18:00
LONG = (((420, 1140),),) * 5 + ((), ())  # Monday to Friday, 07:00 to 19:00
SATURDAY = (*OFFICE[:5], ((540, 720),), ())
NIGHT = (((1320, 1800),),) * 7  # 22:00 to 06:00 on the next day
ALWAYS = (((0, 1440),),) * 7
ZONE = "America/Toronto"
MS = Size(Fraction(500), "milliseconds")


def found(text, **figures):
    """What contradicts the figures, where everything else stands beside the sentence."""
    settled = frozenset(Slot)
    findings = check(Frame(text=text, share=Fraction(9, 10), settled=settled, **{"zone": ZONE, **figures}))
    return [each for each in findings if each.code.endswith(("_differs", "_differ"))]


@pytest.mark.parametrize(
    ("text", "held", "words", "rewrite"),
    [
        ("At most 3 reports are late.", 2, "At most 3", "At most 2 reports are late."),
        ("At most 3 reports are late.", 3, None, None),
        ("No more than three of them may be missed.", 2, "No more than three", "At most 2 of them may be missed."),
        ("Fewer than 3 reports are late.", 2, None, None),
        ("Fewer than 3 reports are late.", 3, "Fewer than 3", "At most 3 reports are late."),
        ("Up to 2 interruptions in each month.", 1, "Up to 2", "At most 1 interruptions in each month."),
        ("No report is late.", 0, None, None),
        ("No report is late.", 1, "No report is late", ""),
        ("None of the dates is missed.", 2, "None of the dates is missed", ""),
        ("At most 3 days late.", 2, None, None),
        ("At most 3 % are late.", 2, None, None),
        ("At most 3 are late in a month, at most 5 are late in a quarter.", 3, None, None),
        ("Reports are done every day.", 2, None, None),
        ("At most 3 reports are late.", None, None, None),
    ],
)
def test_the_number_that_may_be_late(text, held, words, rewrite):
    expect(found(text, allowed=held), "number_differs", words, rewrite, said=held)


@pytest.mark.parametrize(
    ("text", "due", "words", "rewrite"),
    [
        ("Prices are live by 09:00 every day.", 540, None, None),
        ("Prices are live by 09:00 every day.", 480, "09:00", "Prices are live by 08:00 every day."),
        ("Prices are live by 9 am.", 540, None, None),
        ("Prices are live by 9 a.m.", 600, "9 a.m", "Prices are live by 10:00."),
        ("Prices are live no later than 5:30 p.m. each day.", 1050, None, None),
        ("Prices are live before noon.", 720, None, None),
        ("Prices are live before noon.", 660, "noon", "Prices are live before 11:00."),
        ("Prices are live by midnight.", 1440, None, None),
        ("Prices are live by 5:00.", 1020, None, None),  # either half of the day
        ("Prices are live by 05:00.", 1020, "05:00", "Prices are live by 17:00."),
        ("Prices are live by 9.", 480, None, None),
        ("Prices are live by 09:00 on the next day.", 480, None, None),
        ("Prices are live by 09:00 on weekdays and by 10:00 on Saturdays.", 480, None, None),
        ("Prices are live by 09:00 UTC.", 480, None, None),  # another zone than the agreement's
        ("Prices are live by 09:00 Toronto time.", 480, "09:00", "Prices are live by 08:00 Toronto time."),
        ("Prices fall by 2.50 %.", 480, None, None),
        ("Prices are live in time.", 480, None, None),
        ("Prices are live by 09:00.", None, None, None),
    ],
)
def test_the_time_by_which_it_is_due(text, due, words, rewrite):
    held = None if due is None else f"{due // 60:02}:{due % 60:02}"
    expect(found(text, due=due), "due_differs", words, rewrite, said=held)


@pytest.mark.parametrize(
    ("text", "reading", "words", "rewrite"),
    [
        ("Pages load within 500 ms.", MS, None, None),
        ("Pages load within half a second or 0.5 seconds.", MS, None, None),
        ("Pages load in below 2 seconds.", MS, "2 seconds", "Pages load in below 500 milliseconds."),
        ("Pages load in 400 ms.", MS, "400 ms", "Pages load in 500 milliseconds."),
        ("Each 5 minutes a page loads within 500 ms.", MS, None, None),
        (
            "Each 5 minutes a page loads within 400 ms.",
            MS,
            "400 ms",
            "Each 5 minutes a page loads within 500 milliseconds.",
        ),
        ("Pages load within 1 second, reports within 5 seconds.", MS, None, None),
        ("Rooms have at least 20 °C.", Size(Fraction(20), "°C", True), None, None),
        ("Rooms have at least 21 °C.", Size(Fraction(20), "°C", True), "21 °C", "Rooms have at least 20 °C."),
        ("Rooms have at most 20 °C.", Size(Fraction(20), "°C", True), "at most", "Rooms have at least 20 °C."),
        ("Pages load in more than 500 ms.", MS, "more than", "Pages load in at most 500 ms."),
        ("No more than 500 ms for each page.", MS, None, None),
        ("Rooms have at least 21 °F.", Size(Fraction(20), "°C", True), None, None),
        ("Pages load within 400 ms.", None, None, None),
    ],
)
def test_the_limit_of_a_reading(text, reading, words, rewrite):
    code = "side_differs" if words in ("at most", "more than") else "reading_differs"
    expect(found(text, reading=reading), code, words, rewrite)


@pytest.mark.parametrize(
    ("text", "week", "words"),
    [
        ("Monday to Friday 8-18", OFFICE, None),
        ("Monday to Friday 8-18", LONG, "Monday to Friday 8-18"),
        ("Monday to Friday, 08:00 to 18:00", LONG, "Monday to Friday, 08:00 to 18:00"),
        ("08:00 to 18:00, Monday to Friday", OFFICE, None),
        ("08:00 to 18:00, every day", OFFICE, "08:00 to 18:00, every day"),
        ("Mon-Fri 8 am to 6 pm", OFFICE, None),
        ("Mon–Fri 8:00–18:00", OFFICE, None),
        ("Weekdays from 8 a.m. until 7 p.m.", OFFICE, "Weekdays from 8 a.m. until 7 p.m"),
        ("Monday to Friday 8 to 6", OFFICE, None),  # 6 can be the evening
        ("Monday to Friday 08:00 to 18:00, Saturday 9:00 to 12:00", SATURDAY, None),
        ("Mon-Fri 08:00 to 18:00, Sat 9:00 to 13:00", SATURDAY, "Mon-Fri 08:00 to 18:00, Sat 9:00 to 13:00"),
        ("Monday to Friday 08:00 to 18:00", SATURDAY, "Monday to Friday 08:00 to 18:00"),
        ("08:00 to 18:00", OFFICE, None),
        ("07:30 to 18:00", OFFICE, "07:30 to 18:00"),
        ("08:00 to 18:00", SATURDAY, None),
        ("Every day, 22:00 to 06:00", NIGHT, None),
        ("Every day, 21:00 to 06:00", NIGHT, "Every day, 21:00 to 06:00"),
        ("Monday, Wednesday and Friday 08:00 to 18:00", OFFICE, "Monday, Wednesday and Friday 08:00 to 18:00"),
        ("Mon-Fri 8:00 to 12:00 and 13:00 to 18:00", OFFICE, "Mon-Fri 8:00 to 12:00 and 13:00 to 18:00"),
        ("Monday to Friday 08:00 to 18:00 except public holidays", OFFICE, None),
        ("Monday to Friday 08:00 to 20:00, closed for lunch", OFFICE, None),  # no week that can be read off
        ("Every day, 00:00 to 24:00", ALWAYS, None),
        ("Office hours", OFFICE, None),
        ("Monday to Friday 08:00 to 19:00 UTC", OFFICE, None),
    ],
)  # fmt: skip
def test_hours_in_words(text, week, words):
    expect(found(text, week=week), "week_differs", words)


@pytest.mark.parametrize(
    ("text", "about", "is_found"),
    [
        ("Orders can be placed from 08:00 to 18:00 on weekdays.", About.ACCESS, True),
        ("Parcels are handed over between 06:00 and 09:00.", About.TIME, False),
        ("Calls are answered within 20 minutes in service hours (Monday to Friday 08:00 to 18:00).", About.TIME, True),
    ],
)
def test_a_stretch_in_a_sentence_is_its_hours_where_the_words_say_so(text, about, is_found):
    assert [each.code for each in found(text, week=LONG, about=about)] == ["week_differs"] * is_found


def test_hours_that_differ_are_offered_as_they_are_counted():
    (finding,) = found("It can be used Monday to Friday 8-18, each month.", week=SATURDAY, about=About.ACCESS)

    assert finding.rewrite == ("It can be used Monday to Friday 08:00 to 18:00, Saturday 09:00 to 12:00, each month.")
    assert "“Monday to Friday 8-18”" in finding.why
    assert "Saturday 09:00 to 12:00" in finding.why
    (always,) = found("It can be used around the clock.", week=NIGHT, about=About.ACCESS, around_the_clock=False)
    assert always.rewrite == "It can be used Monday to Sunday 22:00 to 06:00."


@pytest.mark.parametrize(
    ("text", "zone", "is_asked"),
    [
        ("Prices are live by 09:00.", "", True),
        ("Prices are live by 9 a.m.", "", True),
        ("Prices are live by noon.", "", True),
        ("Prices are live by 09:00.", ZONE, False),
        ("Prices are live by 09:00 UTC.", "", False),
        ("Prices are live by 09:00, Toronto time.", "", False),
        ("The desk is open 8:00 to 18:00 Eastern Time.", "", False),
        ("Prices are live on time, within 9 working days of the order.", "", False),
        ("The ratio is 3 to 4.", "", False),
    ],
)
def test_a_time_of_day_without_a_zone_is_asked_for_where_nothing_names_one(text, zone, is_asked):
    findings = check(Frame(text=text, share=Fraction(9, 10), settled=frozenset(Slot), zone=zone))

    assert [each.severity for each in findings if each.code == "time_zone"] == [Severity.NOTE] * is_asked


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("09:00", {540}), ("9:00", {540, 1260}), ("9 am", {540}), ("9.30 p.m.", {1290}), ("12 am", {0, 1440}),
        ("12 pm", {720}), ("18", {1080}), ("1800 h", {1080}), ("noon", {720}), ("midnight", {0, 1440}),
        ("25:00", set()), ("09:75", set()), ("soon", set()),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_with_all_that_it_can_mean(words, minutes):
    assert minutes_of(words, rules_of()) == minutes


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("monday to friday", {0, 1, 2, 3, 4}), ("saturday and sunday", {5, 6}), ("fri-mon", {4, 5, 6, 0}),
        ("mondays, wednesdays", {0, 2}), ("every day", {0, 1, 2, 3, 4, 5, 6}), ("weekdays", {0, 1, 2, 3, 4}),
    ],
)  # fmt: skip
def test_days_of_the_week_are_read(words, days):
    assert days_of(words, rules_of()) == days


def test_a_text_without_hours_says_none():
    assert said_hours("answered within 4 to 6 hours", rules_of()) is None


def expect(findings, code, words, rewrite=None, said=None):
    if words is None:
        assert findings == []
        return
    (finding,) = findings
    assert (finding.code, finding.severity, finding.words) == (code, Severity.ERROR, words)
    assert f"“{words}”" in finding.why
    if said is not None:
        assert str(said) in finding.why
    if rewrite is not None:
        assert finding.rewrite == rewrite
