"""The ambiguity check, rule by rule: what it finds in a sentence, and what it leaves alone."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.wording.check import check, judge
from slas.wording.frame import DECISIVE, About, Effect, Frame, Limit, Severity, Slot

CLEAR = frozenset()


def frame(text, *, service="Public enquiries", share=Fraction(9, 10), about=About.TIME, **rest):
    return Frame(text=text, service=service, share=share, about=about, **rest)


def decisive(text, **rest):
    """The parts that are missing and make it unclear."""
    return judge(frame(text, **rest)).missing & DECISIVE


def words(text, **rest):
    return {finding.words.strip(): finding.code for finding in check(frame(text, **rest)) if finding.effect}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Answer each e-mail within 2 working days.", CLEAR, id="a reply starts at arrival"),
        pytest.param(
            "Parcels are delivered within 3 working days.", {Slot.COUNTED_EVENT}, id="a delivery needs its start"
        ),
        pytest.param("Parcels are delivered within 3 working days of payment.", CLEAR, id="of an event"),
        pytest.param("Once it is paid, a parcel is delivered within 3 working days.", CLEAR, id="once"),
        pytest.param("A complete claim is paid within 3 weeks.", CLEAR, id="what is in hand"),
        pytest.param("Gold card (3 weeks)", {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION}, id="no start, no act"),
        pytest.param("Answered within 2 working days or 5 working days by post after receipt.", CLEAR, id="two limits"),
        pytest.param(
            "Paid within 3 weeks of the date of receipt or the deadline of the round.",
            {Slot.COUNTED_EVENT},
            id="two starts",
        ),
        pytest.param("Visas", {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION, Slot.THRESHOLD}, id="a topic"),
        pytest.param(
            "No service standard exists.", {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION, Slot.THRESHOLD}, id="none"
        ),
        pytest.param("We will answer every letter.", {Slot.THRESHOLD}, id="no limit"),
        pytest.param("Answer letters within 5 of receipt.", {Slot.UNIT}, id="a number without a unit"),
        pytest.param("The data are published every Thursday.", CLEAR, id="on a date"),
        pytest.param("Permits are issued within the statutory deadline.", CLEAR, id="the limit of a law"),
        pytest.param(
            "Permits are issued within the required timelines.", {Slot.THRESHOLD}, id="a limit nobody can look up"
        ),
    ],
)
def test_parts_of_a_promise_of_time(text, missing):
    assert decisive(text) == missing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Answer letters within 30 days.", True, id="bare days"),
        pytest.param("Answer letters within thirty (30) days.", True, id="in words and figures"),
        pytest.param("Answer letters within 30 calendar days.", False, id="calendar days"),
        pytest.param("Answer letters within 30 days (working).", False, id="the kind behind"),
        pytest.param("Answer letters within 30 days, excluding weekends.", False, id="said by what is left out"),
        pytest.param("Answer letters within 3 weeks.", False, id="weeks"),
        pytest.param("Answer letters within 2 months.", False, id="months"),
        pytest.param("Return the 30-day pass within 2 weeks of receipt.", False, id="days of a thing"),
        pytest.param("Answer letters within 2 weeks, over the last 365 days.", False, id="a period"),
        pytest.param("Answer within 30 days. The first 30 calendar days count.", False, id="the kind is said again"),
    ],
)
def test_days_of_no_kind_are_vague_and_leave_the_calendar_open(text, found):
    verdict = judge(frame(text))

    assert (Effect.DAY_KIND in {each.effect for each in verdict.findings}) is found
    assert (Slot.CALENDAR in verdict.missing) is found


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Answer letters within 48 hours.", {Slot.CALENDAR}, id="do they run at night"),
        pytest.param("Answer letters within 4 working hours.", {Slot.CALENDAR}, id="which hours"),
        pytest.param("Answer letters within 4 hours, 24 hours a day.", CLEAR, id="all hours"),
        pytest.param("Answer calls within 2 minutes.", CLEAR, id="waiting on the telephone"),
        pytest.param("Answer calls within 2 minutes during office hours.", {Slot.CALENDAR}, id="hours without times"),
        pytest.param("Answer calls within 2 minutes during office hours, 8:00 to 16:00.", CLEAR, id="hours with times"),
    ],
)
def test_hours_need_a_calendar(text, missing):
    assert decisive(text) == missing


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        pytest.param("Answer letters within 30min.", "minute", id="close to its number"),
        pytest.param("Answer letters within eighty (80)days.", "day", id="behind a bracket"),
        pytest.param("Answer letters within a fortnight.", "fortnight", id="two weeks"),
        pytest.param("Answer letters within oneday.", None, id="no word"),
        pytest.param("Answer letters within 8 weeks (56 days).", "week", id="the same said twice"),
        pytest.param("Answer calls within 9 weeks; calls lost within 5 days are left out.", "week", id="left out"),
    ],
)
def test_the_limit_is_read_as_it_is_written(text, unit):
    assert [each.unit for each in judge(frame(text)).limits if each] == ([unit] if unit else [])


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("An engineer reaches the site within 3 weeks of the call.", CLEAR, id="somebody does something"),
        pytest.param("Hardware: 3 weeks after approval.", {Slot.GOOD_CONDITION}, id="a start is no end"),
        pytest.param("Pages load in 3 seconds.", CLEAR, id="what takes seconds is timed by itself"),
        pytest.param(
            "When you apply, you are told within 3 weeks. Others are told within 4 weeks.", CLEAR, id="for both"
        ),
        pytest.param("Parcels arrive within 3 weeks of an order.", CLEAR, id="an order is a start"),
    ],
)
def test_where_the_clock_starts_and_stops(text, missing):
    assert decisive(text, service="Goods") == missing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The desk is staffed by helpful and polite people.", {"helpful", "polite"}, id="praise"),
        pytest.param("The Innovative Solutions Fund pays each grant in full.", set(), id="a name"),
        pytest.param("Satisfied or very satisfied is said by 90 % in the survey.", set(), id="an answer"),
        pytest.param("1 is the worst answer; 4 and 5 are good.", set(), id="which answers are good"),
        pytest.param("The answers are good.", {"good"}, id="praise of answers"),
        pytest.param("Letters are dealt with within 3 weeks of receipt.", {"dealt with"}, id="no end"),
        pytest.param("Letters are looked into and answered within 3 weeks of receipt.", set(), id="and an end"),
        pytest.param("Letters are answered in up to 3 weeks.", {"up to"}, id="up to, before a limit"),
        pytest.param("Stops of up to 4 hours a month are left out.", set(), id="up to, before something else"),
    ],
)
def test_words_are_vague_in_their_place(text, found):
    assert set(words(text, about=About.OTHER)) == found


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Every box carries a number.", CLEAR, id="a fact of each case"),
        pytest.param("No sailing leaves without its crew list.", CLEAR, id="of none"),
        pytest.param(
            "We provide support to all staff.", {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION}, id="what is offered"
        ),
        pytest.param("Boxes", {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION}, id="a topic"),
        pytest.param("Meals are tasty.", {Slot.GOOD_CONDITION}, id="praise"),
    ],
)
def test_a_promise_without_a_limit(text, missing):
    assert decisive(text, about=About.OTHER) == missing


@pytest.mark.parametrize(
    ("text", "share", "missing"),
    [
        pytest.param("Answer 80 % of letters within 3 weeks.", None, CLEAR, id="in the words"),
        pytest.param("Answer nine out of ten letters within 3 weeks.", None, CLEAR, id="in words only"),
        pytest.param("Answer letters within 3 weeks.", None, {Slot.SHARE}, id="none"),
        pytest.param("Answer 80 % of letters within 3 weeks.", Fraction(9, 10), {Slot.SHARE}, id="two that differ"),
        pytest.param("Answer 90 % of letters within 3 weeks.", Fraction(9, 10), CLEAR, id="the same twice"),
        pytest.param(
            "Answer letters within 3 weeks on average.", Fraction(9, 10), {Slot.SHARE}, id="a mean is no share"
        ),
    ],
)
def test_the_share_is_promised_once(text, share, missing):
    assert decisive(text, share=share) == missing


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("The website is available 24/7.", CLEAR, id="all hours"),
        pytest.param("The website is available from 8:00 to 17:00 on working days.", CLEAR, id="hours with times"),
        pytest.param("Availability of the website.", {Slot.CALENDAR}, id="no hours"),
        pytest.param("The website is available during business hours.", {Slot.CALENDAR}, id="hours without times"),
        pytest.param(
            "The website is available 24/7 based on the supported hours.", {Slot.CALENDAR}, id="tied to others"
        ),
    ],
)
def test_availability_needs_its_hours(text, missing):
    verdict = judge(frame(text, about=About.ACCESS))

    assert verdict.missing & DECISIVE == missing
    assert {Slot.EXCLUSIONS, Slot.SOURCE} <= verdict.missing


def test_availability_that_names_what_is_left_out_and_its_source_lacks_nothing():
    text = "The website is available 24/7, as monitored, excluding maintenance announced 5 working days before."

    assert judge(frame(text, about=About.ACCESS)).missing == CLEAR


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("An inspector attends when asked.", CLEAR, id="yes or no for each case"),
        pytest.param("Letters are answered in both official languages.", CLEAR, id="in a language"),
        pytest.param("Clients are satisfied with the service.", {Slot.GOOD_CONDITION}, id="which answer is good"),
        pytest.param(
            "Provide courteous and efficient service.", {Slot.COUNTED_EVENT, Slot.GOOD_CONDITION}, id="praise"
        ),
        pytest.param("At least 1,500 records are checked.", CLEAR, id="a size"),
    ],
)
def test_promises_that_are_not_about_time(text, missing):
    assert decisive(text, about=About.OTHER) == missing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We aim to answer letters within 3 weeks.", {"aim to": "hedge"}),
        ("Our goal is to answer letters within 3 weeks.", {"Our goal is to": "our_goal"}),
        ("We generally answer letters within 3 weeks.", {"generally": "adverb"}),
        ("Answer letters within up to 3 weeks.", {"within up to": "up_to"}),
        ("Answer letters within 2 to 4 weeks.", {"2 to 4 weeks": "range"}),
        ("Answer letters as soon as possible.", {"as soon as possible": "time_word"}),
        ("A timely answer to letters.", {"timely": "timely"}),
        ("Give accurate advice.", {"accurate": "quality"}),
        ("Answer routine requests within 2 weeks and others within 4 weeks.", {"routine": "case_class"}),
        ("Answer letters within 3 weeks. This may be extended.", {"may be extended": "extended"}),
        ("Answer letters within 3 weeks under normal circumstances.", {"under normal circumstances": "circumstances"}),
        ("Letters are actioned within 3 weeks.", {"actioned": "unclear_end"}),
        ("Answer letters from certain clients within 3 weeks.", {"certain": "selection"}),
        ("Answer letters within about 3 weeks.", {"about": "amount"}),
        ("Grants up to $50,000 are paid within 3 weeks of approval.", {}),
        ("Answer letters about fair wages within 3 weeks of the complete and accurate application.", {}),
    ],
)
def test_vague_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Guests are treated graciously.", {"graciously": "quality"}, id="an adverb of manner"),
        pytest.param("Files are stored electronically.", {}, id="an adverb of fact"),
        pytest.param("The rooms are spacious.", {"spacious": "quality"}, id="praise behind a verb"),
        pytest.param("The rooms are accessible.", {}, id="a fact behind a verb"),
        pytest.param("Guests are met in a cordial manner.", {"in a cordial manner": "quality"}, id="in some manner"),
        pytest.param("Guests are met with tact.", {"with tact": "quality"}, id="with some quality"),
        pytest.param(
            "Sheets of comparatively smooth cotton are used.", {"comparatively smooth": "quality"}, id="some degree"
        ),
        pytest.param(
            "Sheets are changed within a sensible period.", {"within a sensible period": "time_word"}, id="some time"
        ),
        pytest.param(
            "Sheets are changed without needless waiting.", {"without needless waiting": "time_word"}, id="no wait"
        ),
        pytest.param("Sheets are changed every now and then.", {"every now and then": "time_word"}, id="some rhythm"),
        pytest.param(
            "Roofs are cleared as the season demands.", {"as the season demands": "circumstances"}, id="some case"
        ),
        pytest.param("Towels, soap and so on are supplied.", {"and so on": "open_list"}, id="a list that stays open"),
        pytest.param("Plenty of towels are supplied.", {"Plenty of": "amount"}, id="some amount"),
        pytest.param("Guests are met graciously within 5 minutes of arrival.", {}, id="beside a limit"),
    ],
)
def test_words_are_vague_by_how_they_are_built_and_used(text, expected):
    assert words(text, about=About.OTHER) == expected


def test_hedges_warn_and_leave_it_clear():
    verdict = judge(frame("We aim to answer letters within 3 weeks."))

    assert [finding.severity for finding in verdict.findings] == [Severity.HEDGE]
    assert verdict.is_clear


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("The office’s goal is to answer letters within 3 weeks.", "The office will answer letters within 3 weeks."),
        ("Our goal is to answer letters within 3 weeks.", "We will answer letters within 3 weeks."),
        ("We usually answer letters within 3 weeks.", "We answer letters within 3 weeks."),
        ("Answer letters within 30 days.", "Answer letters within 30 calendar days."),
        ("Answer letters within 2 to 4 weeks.", "Answer letters within 4 weeks."),
        ("Answer letters within up to 3 weeks.", "Answer letters within 3 weeks."),
        ("Pay claims within 3 weeks.", "Pay claims within 3 weeks of receipt of the complete request."),
        ("Answer letters within 4 hours.", "Answer letters within 4 hours by the clock, day and night."),
        ("Answer 80 % of letters within 3 weeks.", "Answer 90 % of letters within 3 weeks."),
    ],
)
def test_a_rewrite_mends_its_finding(text, rewrite):
    finding, *_ = [each for each in check(frame(text)) if each.rewrite]
    assert finding.rewrite == rewrite

    assert finding.code not in {each.code for each in check(frame(rewrite))}


@pytest.mark.parametrize(
    ("held", "code"),
    [
        ({"limit": Limit(Fraction(2), "hour")}, "limit_differs"),
        ({"limit": Limit(Fraction(3), "day", "working")}, "limit_differs"),
        ({"limit": Limit(Fraction(21), "day", "calendar")}, None),
        ({"period": "quarter"}, "period_differs"),
        ({"period": "month"}, None),
        ({"around_the_clock": False}, "hours_differ"),
        ({"around_the_clock": True}, None),
    ],
)
def test_a_sentence_must_not_contradict_the_figures(held, code):
    findings = check(frame("Answer letters within 3 weeks each month, at all times.", **held))

    assert {each.code for each in findings if each.severity is Severity.ERROR} == ({code} if code else set())


@pytest.mark.parametrize(
    ("text", "rewrite"),
    [
        ("Letters are answered within 3 weeks.", "Letters are answered within 2 hours."),
        ("Letters are answered within one working day.", "Letters are answered within 2 hours."),
        ("Letters are answered on the same day.", ""),
        ("Letters are answered by the next working day.", ""),
    ],
)
def test_another_limit_is_offered_where_the_words_are_a_length(text, rewrite):
    findings = check(frame(text, limit=Limit(Fraction(2), "hour")))

    assert [each.rewrite for each in findings if each.code == "limit_differs"] == [rewrite]


def test_what_the_rows_beside_the_sentence_say_is_not_asked_for():
    assert judge(frame("99 % of orders", share=Fraction(99, 100), settled=frozenset(Slot))).findings == ()


def test_each_finding_says_why_and_what_to_write():
    text = "Our goal is a timely reply to routine requests in 5 days, if possible in office hours. Visas: 2-4 weeks."

    findings = check(frame(text, share=None))

    assert len(findings) > 5
    assert all(finding.why and finding.ask for finding in findings)


@given(text=st.text(max_size=200), share=st.none() | st.fractions(0, 1))
def test_any_text_is_judged_and_findings_stand_where_their_words_are(text, share):
    for finding in check(frame(text, share=share)):
        assert finding.words == text[finding.start : finding.end]
