"""Numbers, durations and dates as people read them."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language import dates, durations, numbers
from portal.language.printed import printed_in
from portal.language.ways import Voice


def spaced(text):
    """A no-break space written as an ordinary one, so that the tables can be read."""
    return text.replace(numbers.NBSP, " ")


@pytest.mark.parametrize(
    ("seconds", "lost", "allowed"),
    [
        pytest.param(12480, "3 h 28 min", "3 h 28 min", id="whole minutes"),
        pytest.param(10026, "2 h 48 min", "2 h 47 min", id="167.1 minutes: lost goes up, allowed down"),
        pytest.param(2040, "34 min", "34 min", id="under an hour"),
        pytest.param(18300, "5 h 05 min", "5 h 05 min", id="two digits for minutes after hours"),
        pytest.param(7200, "2 h", "2 h", id="no minutes"),
        pytest.param(2682000, "745 h", "745 h", id="a whole month"),
        pytest.param(Fraction(261, 10), "27 s", "26 s", id="under a minute in seconds"),
        pytest.param(0, "0 s", "0 s", id="nothing"),
    ],
)
def test_time_is_rounded_toward_failure(seconds, lost, allowed):
    assert spaced(durations.lost_time(Fraction(seconds))) == lost
    assert spaced(durations.allowed_time(Fraction(seconds))) == allowed


@pytest.mark.parametrize(
    ("lost", "allowed", "printed"),
    [
        pytest.param(12480, 10026, ("3 h 28 min", "2 h 47 min"), id="missed"),
        pytest.param(2052, 2094, ("34 min 12 s", "34 min 54 s"), id="kept by seconds: to the second"),
        pytest.param(2040, 2040, ("34 min", "34 min"), id="equal is kept"),
        pytest.param(20, 50, ("20 s", "50 s"), id="seconds"),
        pytest.param(Fraction(342, 10), Fraction(349, 10), ("34 s", "34 s"), id="kept by parts of a second"),
    ],
)
def test_lost_and_allowed_time_stand_side_by_side(lost, allowed, printed):
    both = durations.lost_and_allowed(Fraction(lost), Fraction(allowed))

    assert tuple(map(spaced, both)) == printed


def in_seconds(printed):
    words = printed.split(numbers.NBSP)
    sizes = {"h": 3600, "min": 60, "s": 1}
    return sum(int(number.replace(",", "")) * sizes[unit] for number, unit in zip(words[::2], words[1::2], strict=True))


@given(
    st.fractions(min_value=0, max_value=10**7, max_denominator=60),
    st.fractions(min_value=0, max_value=10**7, max_denominator=60),
)
def test_print_never_contradicts_the_verdict(lost, allowed):
    printed_lost, printed_allowed = map(in_seconds, durations.lost_and_allowed(lost, allowed))

    assert (printed_lost <= printed_allowed) == (lost <= allowed)


def test_a_reader_who_subtracts_finds_the_printed_difference():
    assert spaced(durations.time_over(Fraction(208 * 60), Fraction(10026))) == "41 min"
    assert spaced(durations.time_over(Fraction(65 * 60), Fraction(2916))) == "17 min"


@pytest.mark.parametrize(
    ("printed", "said"),
    [("34 min", "34 minutes"), ("1 min", "1 minute"), ("26 s", "26 seconds"), ("3 h 28 min", "3 h 28 min")],
)
def test_short_times_are_said_in_words(printed, said):
    assert spaced(durations.in_words(printed.replace(" ", numbers.NBSP))) == said


@pytest.mark.parametrize(
    ("share", "decimals", "printed"),
    [
        pytest.param(Fraction(33212, 33420), 1, "99.3 %", id="rounded down"),
        pytest.param(Fraction(999949, 1000000), 3, "99.994 %", id="as the promise's own decimals"),
        pytest.param(Fraction(36, 41), 0, "87 %", id="no decimals"),
        pytest.param(Fraction(1), 2, "100 %", id="100 only when exact"),
        pytest.param(Fraction(99999, 100000), 1, "99.9 %", id="never rounded up to 100"),
        pytest.param(Fraction(0), 1, "0.0 %", id="zero"),
    ],
)
def test_percent_is_rounded_down(share, decimals, printed):
    assert spaced(numbers.percent(share, decimals)) == printed


@pytest.mark.parametrize(
    ("minor", "currency", "printed"),
    [
        (4100000, "GBP", "£41,000"),
        (21400, "GBP", "£214"),
        (1250, "EUR", "€12.50"),
        (100000, "CHF", "CHF 1,000"),
        (-500, "USD", "−$5"),
        (1200, "JPY", "JPY 1,200"),
        (1250, "KWD", "KWD 1.250"),
        (1000, "KWD", "KWD 1"),
        (-5, "KWD", "−KWD 0.005"),
        (12345, "CLF", "CLF 1.2345"),
    ],
)
def test_money(minor, currency, printed):
    assert spaced(numbers.money(minor, currency)) == printed


@pytest.mark.parametrize(
    ("number", "plural", "printed"),
    [
        (1, "orders", "1 order"),
        (1509, "orders", "1,509 orders"),
        (1, "enquiries", "1 enquiry"),
        (1, "boxes", "1 box"),
        (1, "people", "1 person"),
        (0, "cases", "0 cases"),
    ],
)
def test_counted_things(number, plural, printed):
    assert spaced(numbers.counted(number, plural)) == printed


@pytest.mark.parametrize(
    ("words", "joined"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_lists_say_and_once(words, joined):
    assert numbers.and_list(words) == joined


def test_exact_numbers_only():
    assert numbers.exact("199/200") == Fraction(199, 200)
    with pytest.raises(ValueError, match="no exact number"):
        numbers.exact(99.5)


START = datetime.fromisoformat("2026-10-06T04:12:00+00:00")
END = datetime.fromisoformat("2026-10-06T05:44:00+00:00")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (lambda: dates.weekday_day(date(2026, 10, 6)), "Tue 6 Oct"),
        (lambda: dates.weekday_day_long(date(2026, 10, 6)), "Tuesday 6 October"),
        (lambda: dates.day_year(date(2026, 3, 12)), "12 Mar 2026"),
        (lambda: dates.day_long_year(date(2026, 11, 6)), "6 November 2026"),
        (lambda: dates.period_words(date(2026, 10, 1), date(2026, 11, 1)), "October"),
        (lambda: dates.period_words(date(2026, 10, 1), date(2027, 1, 1)), "October to December"),
        (lambda: dates.period_words(date(2023, 4, 1), date(2024, 4, 1)), "the year from April 2023"),
        (lambda: dates.period_year(date(2026, 12, 1), date(2027, 1, 1)), "December 2026"),
        (lambda: dates.period_year(date(2026, 10, 1), date(2027, 1, 1)), "October to December 2026"),
        (lambda: dates.period_year(date(2023, 4, 1), date(2024, 4, 1)), "the year from April 2023"),
        (lambda: dates.place_of("Europe/London"), "London"),
        (lambda: dates.place_of("America/New_York"), "New York"),
        (lambda: dates.days_left(3), "3 working days left"),
        (lambda: dates.days_left(1), "1 working day left"),
        (lambda: dates.days_left(0), "last day today"),
        (lambda: dates.days_left(-2), "2 working days late"),
    ],
)
def test_dates(printed, expected):
    assert spaced(printed()) == expected


def test_times_of_day_are_those_of_the_place():
    start, end = dates.local(START, "Europe/London"), dates.local(END, "Europe/London")

    assert spaced(dates.when(start, end)) == "Tuesday 6 October, 05:12 to 06:44"
    assert spaced(dates.moment(start)) == "Tue 6 Oct, 05:12"


def test_an_end_on_another_date_says_which():
    start = datetime.fromisoformat("2026-10-06T22:00:00+00:00")
    end = datetime.fromisoformat("2026-10-07T01:30:00+00:00")

    assert spaced(dates.from_to(start, end)) == "22:00 to Wed 7 Oct, 01:30"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("October", "im Oktober"),
        ("July to September", "von Juli bis September"),
        ("the year from April 2023", "im Jahr ab April 2023"),
    ],
)
def test_months_quarters_and_years_stand_in_german_sentences(period, said):
    printed = printed_in("de", period)

    assert Voice("de").say("when", period=printed) == said
    assert "the year" not in Voice("de").say("no_figures", period=printed)


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (41_249_900, "GBP", "£412k"), (41_250_000, "GBP", "£412k"), (41_350_000, "GBP", "£414k"),
        (999_999, "GBP", "£9,999.99"), (1_000_000, "GBP", "£10k"), (-4_100_000, "GBP", "−£41k"),
        (150_000_000, "GBP", "£1,500k"), (412_000, "JPY", "JPY\u00a0412k"),
    ],
)  # fmt: skip
def test_large_amounts_are_told_in_thousands_half_to_even(minor, currency, words):
    assert numbers.in_thousands(minor, currency) == words
