"""What is said about a promise, by kind and status: fact, limit, consequence, and never a percentage alone."""

import pytest

from portal.language.facts import read
from portal.language.phrases import LETTERS, STATUS_WORDS
from portal.language.phrasing import COUNT_RULES, TIME_RULES, Outcome, phrase
from portal.language.sentences import BINDING
from tests.portal.promises import CONFIRM, LOST, ORDERS, PRICES, RATING, SALES, URGENT, minutes, said

CASES = [
    pytest.param(
        ORDERS, "availability", "missed", "", LOST,
        "Customers could not place orders for 3 h 28 min in October. We had promised at most 2 h 47 min,"
        " so we missed this promise by 41 minutes.",
        "Not possible for 3 h 28 min. Allowed: 2 h 47 min.", "Missed by 41 min",
        id="time missed",
    ),
    pytest.param(
        ORDERS, "availability", "kept", "", LOST | minutes(lost=34),
        "Customers could not place orders for 34 min in October. We had promised at most 2 h 47 min,"
        " so we kept this promise.",
        "Not possible for 34 min. Allowed: 2 h 47 min.", "Kept",
        id="time kept",
    ),
    pytest.param(
        ORDERS, "availability", "kept", "", LOST | minutes(lost=0),
        "No time was lost in October. We had promised at most 2 h 47 min, so we kept this promise.",
        "No time was lost. Allowed: 2 h 47 min.", "Kept",
        id="nothing lost",
    ),
    pytest.param(
        ORDERS, "availability", "close", "", LOST | minutes(lost=160),
        "Kept, but only just: customers could not place orders for 2 h 40 min, and 2 h 47 min were allowed.",
        "Not possible for 2 h 40 min. Allowed: 2 h 47 min.", "Close",
        id="time close",
    ),
    pytest.param(
        ORDERS, "availability", "missed", "", LOST | {"allowed_seconds": "0", "lost_seconds": "60"},
        "Customers could not place orders for 1 min in October. No room was agreed,"
        " so we missed this promise.",
        "Not possible for 1 min.", "Missed",
        id="no room was agreed",
    ),
    pytest.param(
        ORDERS, "availability", "trial", "", minutes(service=44700, counted=44700, lost=170),
        "Customers could not place orders for 2 h 50 min of 745 h in October."
        " We measure it, and there is no target yet.",
        "Not possible for 2 h 50 min of 745 h. No target yet.", "Trial",
        id="time in trial",
    ),
    pytest.param(
        ORDERS, "availability", "data_gap", "", LOST | minutes(unknown=600),
        "Not possible for 3 h 28 min of the time measured. 10 h have no data."
        " So we cannot judge: it could be kept or missed.",
        "Not possible for 3 h 28 min of the time measured. 10 h have no data.", "Data gap",
        id="time unknown",
    ),
    pytest.param(
        ORDERS, "availability", "data_gap", "missed", LOST | minutes(unknown=600),
        "Not possible for 3 h 28 min of the time measured. 10 h have no data."
        " The promise is missed whatever happened then.",
        "Not possible for 3 h 28 min of the time measured. 10 h have no data.", "Data gap",
        id="time unknown, verdict certain",
    ),
    pytest.param(
        ORDERS, "availability", "at_risk", "", LOST | minutes(lost=121) | {"if_nothing_else": "6464/6480"},
        "46 minutes are left for the rest of October. If nothing else happens, it ends at 99.7 %.",
        "Not possible for 2 h 01 min. Allowed: 2 h 47 min.", "At risk",
        id="time at risk",
    ),
    pytest.param(
        ORDERS, "availability", "at_risk", "", LOST | minutes(lost=166),
        "1 minute is left for the rest of October.",
        "Not possible for 2 h 46 min. Allowed: 2 h 47 min.", "At risk",
        id="one minute is left",
    ),
    pytest.param(
        ORDERS, "availability", "close", "", LOST | {"lost_seconds": "50", "allowed_seconds": "60"},
        "Kept, but only just: customers could not place orders for 50 s, and 1 min was allowed.",
        "Not possible for 50 s. Allowed: 1 min.", "Close",
        id="one minute was allowed",
    ),
    pytest.param(
        ORDERS, "availability", "data_gap", "", LOST | minutes(unknown=60),
        "Not possible for 3 h 28 min of the time measured. 1 h has no data."
        " So we cannot judge: it could be kept or missed.",
        "Not possible for 3 h 28 min of the time measured. 1 h has no data.", "Data gap",
        id="one hour unknown",
    ),
    pytest.param(
        ORDERS, "availability", "no_cases", "", minutes(service=0),
        "No time of October counts, so there is nothing to judge.",
        "No time of October counts, so there is nothing to judge.", "No cases",
        id="no service hours",
    ),
    pytest.param(
        CONFIRM, "volume", "close", "", {"met": 94903, "total": 96412, "late": 1509, "allowed_late": 1928},
        "Kept, but only just: 1,509 of 96,412 orders were late, and 1,928 were allowed.",
        "1,509 of 96,412 orders were late. Allowed: 1,928.", "Close",
        id="orders close",
    ),
    pytest.param(
        CONFIRM, "volume", "missed", "", {"met": 94000, "total": 96412, "late": 2412, "allowed_late": 1928},
        "2,412 of 96,412 orders were late in October. 1,928 were allowed, so we missed this promise by 484 orders.",
        "2,412 of 96,412 orders were late. Allowed: 1,928.", "Missed by 484 orders",
        id="orders missed",
    ),
    pytest.param(
        CONFIRM, "volume", "kept", "", {"met": 412, "total": 412, "late": 0, "allowed_late": 8},
        "None of 412 orders were late in October, so we kept this promise.",
        "None of 412 orders were late.", "Kept",
        id="no order late",
    ),
    pytest.param(
        CONFIRM, "volume", "kept", "", {"met": 97, "total": 95, "late": -2, "allowed_late": 1, "warnings": ["more"]},
        "The source counts 97 of 95 orders as in time: more than there were.",
        "The source counts 97 of 95 orders as in time: more than there were.", "Kept",
        id="more in standard than counted",
    ),
    pytest.param(
        CONFIRM, "volume", "data_gap", "", {"met": 0, "total": 0, "late": 0},
        "No orders counted in October. Part of the data is missing. So we cannot judge: it could be kept or missed.",
        "No orders counted. Part of the data is missing.", "Data gap",
        id="no counts",
    ),
    pytest.param(
        URGENT, "cases", "kept", "", {"met": 19, "eligible": 20, "late": 1, "allowed_late": 2},
        "19 of 20 solved in time in October. 2 could be late, so we kept this promise.",
        "19 of 20 solved in time. Allowed late: 2.", "Kept",
        id="cases kept",
    ),
    pytest.param(
        URGENT, "cases", "kept", "", {"met": 3, "eligible": 3, "late": 0, "allowed_late": 0},
        "3 of 3 solved in time in October, so we kept this promise.",
        "3 of 3 solved in time.", "Kept",
        id="all cases in time",
    ),
    pytest.param(
        URGENT, "cases", "missed", "", {"met": 15, "eligible": 20, "late": 5, "allowed_late": "2"},
        "15 of 20 solved in time in October. 2 could be late and 5 were, so we missed this promise by 3 cases.",
        "15 of 20 solved in time. Allowed late: 2.", "Missed by 3 cases",
        id="cases missed",
    ),
    pytest.param(
        URGENT, "cases", "close", "", {"met": 18, "eligible": 20, "late": 2, "allowed_late": 2},
        "Kept, but only just: 2 of 20 cases were late, and 2 were allowed.",
        "2 of 20 cases were late. Allowed: 2.", "Close",
        id="cases close",
    ),
    pytest.param(
        URGENT, "cases", "no_cases", "", {"met": 0, "eligible": 0},
        "Nobody asked for this in October, so there is nothing to judge.",
        "Nobody asked for this in October, so there is nothing to judge.", "No cases",
        id="no cases",
    ),
    pytest.param(
        URGENT, "cases", "trial", "", {"met": 19, "eligible": 20, "late": 1},
        "19 of 20 cases: solved in time, in October. We measure it, and there is no target yet.",
        "19 of 20 cases: solved in time. No target yet.", "Trial",
        id="cases in trial",
    ),
    pytest.param(
        URGENT, "cases", "at_risk", "", {"met": 18, "eligible": 20, "late": 2, "allowed_late": 2},
        "2 of 20 cases were late so far in October. Allowed: 2.",
        "2 of 20 cases were late. Allowed: 2.", "At risk",
        id="cases at risk",
    ),
    pytest.param(
        PRICES, "occasions", "kept", "",
        {"due": 31, "judged": 31, "lost": 0, "on_time": 31, "late": 0, "allowed_late": 1},
        "Live on time on 31 of 31 nights in October, so we kept this promise.",
        "Live on time on 31 of 31 nights.", "Kept",
        id="nights kept",
    ),
    pytest.param(
        PRICES, "occasions", "close", "",
        {"due": 30, "judged": 30, "lost": 1, "on_time": 29, "late": 1, "allowed_late": 1},
        "Kept, but only just: late on 1 of 30 nights, and 1 was allowed.",
        "Live on time on 29 of 30 nights. Allowed late: 1.", "Close",
        id="nights close",
    ),
    pytest.param(
        PRICES, "occasions", "missed", "",
        {"due": 30, "judged": 30, "lost": 2, "on_time": 28, "late": 2, "allowed_late": 1},
        "Live on time on 28 of 30 nights in October. 1 could be late and 2 were, so we missed this promise by 1 night.",
        "Live on time on 28 of 30 nights. Allowed late: 1.", "Missed by 1 night",
        id="nights missed",
    ),
    pytest.param(
        SALES, "occasions", "data_gap", "",
        {"due": 22, "judged": 19, "lost": 0, "on_time": 19, "late": 0, "unknown": 3, "allowed_late": 1},
        "On time on all 19 days measured. 3 days have no data, so we cannot judge: it could be kept or missed.",
        "On time on all 19 days measured. 3 days have no data.", "Data gap",
        id="days without data",
    ),
    pytest.param(
        SALES, "occasions", "data_gap", "missed",
        {"due": 22, "judged": 21, "lost": 3, "on_time": 18, "late": 3, "unknown": 1, "allowed_late": 1},
        "On time on 18 of 21 days measured. 1 day has no data. The promise is missed whatever they hold.",
        "On time on 18 of 21 days measured. 1 day has no data.", "Data gap",
        id="one day without data, verdict certain",
    ),
    pytest.param(
        PRICES, "occasions", "missed", "",
        {"due": 31, "judged": 31, "lost": 1, "on_time": 30, "late": 0, "unknown": 1, "allowed_late": 0},
        "Live on time on 30 of 31 nights in October. 0 could be late and 1 was, so we missed this promise by 1 night.",
        "Live on time on 30 of 31 nights. Allowed late: 0.", "Missed by 1 night",
        id="a night without a record counts as late where that is agreed",
    ),
    pytest.param(
        SALES, "occasions", "trial", "", {"due": 22, "judged": 22, "lost": 0, "on_time": 22, "late": 0},
        "On time on 22 of 22 days in October. We measure it, and there is no target yet.",
        "On time on 22 of 22 days. No target yet.", "Trial",
        id="days in trial",
    ),
    pytest.param(
        RATING, "satisfaction", "kept", "", {"met": 36, "judged": 41, "asked": 62, "allowed_bad": 8},
        "36 of 41 answers were good in October. 8 could be less than good, so we kept this promise.",
        "36 of 41 answers were good (62 people asked).", "Kept",
        id="answers kept",
    ),
    pytest.param(
        RATING, "satisfaction", "missed", "", {"met": 30, "judged": 41, "asked": 62, "allowed_bad": 8},
        "30 of 41 answers were good in October (62 people asked). 8 could be less than good,"
        " so we missed this promise by 3 answers.",
        "30 of 41 answers were good (62 people asked).", "Missed by 3 answers",
        id="answers missed",
    ),
    pytest.param(
        RATING, "satisfaction", "close", "", {"met": 33, "judged": 41, "asked": 62, "allowed_bad": 8},
        "Kept, but only just: 33 of 41 answers were good, and 8 could be less than good.",
        "33 of 41 answers were good (62 people asked).", "Close",
        id="answers close",
    ),
    pytest.param(
        RATING, "satisfaction", "trial", "", {"met": 33, "judged": 41, "asked": 62},
        "33 of 41 answers were good in October. We measure it, and there is no target yet.",
        "33 of 41 answers were good (62 people asked). No target yet.", "Trial",
        id="answers in trial",
    ),
    pytest.param(
        RATING, "satisfaction", "missed", "",
        {"met": 91, "judged": 105, "late": 14, "good": 91, "answers": 100, "asked": 300, "allowed_bad": 10},
        "91 of 105 answers were good in October (300 people asked). 10 could be less than good,"
        " so we missed this promise by 4 answers.",
        "91 of 105 answers were good (300 people asked).", "Missed by 4 answers",
        id="answers of silent time counted as lost",
    ),
    pytest.param(
        RATING, "satisfaction", "data_gap", "", {"met": None, "judged": None, "asked": 62, "is_hidden": True},
        "Fewer than five people answered in October, so the answers stay hidden and we cannot judge.",
        "Fewer than five answers.", "Data gap",
        id="too few answers to show",
    ),
    pytest.param(
        RATING, "satisfaction", "data_gap", "", {"met": 9, "judged": 10, "asked": 62},
        "9 of 10 answers were good in October. Part of the data is missing."
        " So we cannot judge: it could be kept or missed.",
        "9 of 10 answers were good. Part of the data is missing.", "Data gap",
        id="answers of a month with a gap",
    ),
    pytest.param(
        RATING, "satisfaction", "no_cases", "", {"met": 0, "judged": 0, "asked": 62},
        "Nobody answered in October, so there is nothing to judge.",
        "Nobody answered in October, so there is nothing to judge.", "No cases",
        id="no answers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind", "status", "certain", "result", "key", "short", "badge"), CASES)
def test_sentences(words, kind, status, certain, result, key, short, badge):
    phrases = phrase(words, read(kind, result), Outcome(kind, status, certain))

    assert said(phrases.key, phrases) == key
    assert said(phrases.short, phrases) == short
    assert said(phrases.badge, phrases) == badge


@pytest.mark.parametrize(("words", "kind", "status", "certain", "result", "key", "short", "badge"), CASES)
def test_the_first_page_speaks_of_what_is_missed_close_or_without_data(
    words, kind, status, certain, result, key, short, badge
):
    phrases = phrase(words, read(kind, result), Outcome(kind, status, certain))
    cover = said(phrases.cover, phrases)

    assert bool(cover) == (status in ("missed", "close", "data_gap"))
    assert cover.endswith(".") == (bool(cover) and status != "close")


@pytest.mark.parametrize(("words", "kind", "status", "certain", "result", "key", "short", "badge"), CASES)
def test_the_short_line_of_a_missed_promise_brings_no_figure_that_its_detail_lacks(
    words, kind, status, certain, result, key, short, badge
):
    phrases = phrase(words, read(kind, result), Outcome(kind, status, certain))

    if status == "missed":
        assert set(BINDING.findall(phrases.short)) <= set(BINDING.findall(phrases.key))


def test_the_cover_of_a_data_gap_says_how_much_of_what():
    result = {"due": 22, "judged": 19, "lost": 0, "on_time": 19, "late": 0, "unknown": 3, "allowed_late": 1}

    phrases = phrase(SALES, read("occasions", result), Outcome("occasions", "data_gap"))

    assert said(phrases.cover, phrases) == "For the sales figures, 3 of 22 days have no data."


def test_every_number_of_a_promise_is_known_by_a_name_of_that_promise():
    phrases = phrase(ORDERS, read("availability", LOST), Outcome("availability", "missed"))

    assert set(BINDING.findall(phrases.key)) <= {figure.anchor for figure in phrases.figures}
    assert all(figure.anchor.startswith("orders.") for figure in phrases.figures)


def test_every_status_has_its_sentences_its_word_and_its_letter():
    undisputed = set(STATUS_WORDS) - {"disputed"}

    assert set(TIME_RULES) == set(COUNT_RULES) == undisputed
    assert set(LETTERS) == set(STATUS_WORDS)


@pytest.mark.parametrize("bad", [{"lost_seconds": 12.5}, {"lost_seconds": "many"}])
def test_a_result_without_exact_numbers_is_refused(bad):
    with pytest.raises(ValueError, match=r"exact number|Invalid literal"):
        read("availability", LOST | bad)
