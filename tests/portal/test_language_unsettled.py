"""What is said of a promise that is not settled: a trial without all data, a period that runs, a part of a period."""

import pytest

from portal.language.facts import read
from portal.language.phrasing import Outcome, phrase
from tests.portal.promises import CONFIRM, LOST, ORDERS, PRICES, RATING, SALES, URGENT, minutes, said

TRIALS = [
    pytest.param(
        ORDERS, "availability", "trial", "", minutes(service=44700, counted=44700, lost=170, unknown=300),
        "Customers could not place orders for 2 h 50 min of 740 h measured in October. 5 h have no data."
        " We measure it, and there is no target yet.",
        "Not possible for 2 h 50 min of 740 h measured. 5 h have no data. No target yet.", "Trial",
        id="time in trial, some of it unknown",
    ),
    pytest.param(
        ORDERS, "availability", "trial", "", minutes(service=44700, counted=44700, lost=0, unknown=300),
        "No time of 740 h measured was lost in October. 5 h have no data. We measure it, and there is no target yet.",
        "No time of 740 h measured was lost. 5 h have no data. No target yet.", "Trial",
        id="time in trial, nothing known to be lost",
    ),
    pytest.param(
        ORDERS, "availability", "trial", "",
        minutes(service=44700, counted=44700, lost=300, unknown=300) | {"bounds": {"low": "740/745", "high": "1/1"}},
        "No time of 740 h measured was lost in October. 5 h have no data. We measure it, and there is no target yet.",
        "No time of 740 h measured was lost. 5 h have no data. No target yet.", "Trial",
        id="time in trial, the unknown counted as lost",
    ),
    pytest.param(
        ORDERS, "availability", "trial", "",
        minutes(service=44700, counted=44700, lost=0, unknown=41820)
        | {"coverage": "2/31", "minimum_coverage": "19/20"},
        "No time measured was lost. 697 h have no data in October: too much to tell how it went."
        " There is no target yet.",
        "No time measured was lost. 697 h have no data. No target yet.", "Trial",
        id="time in trial, too little known",
    ),
    pytest.param(
        ORDERS, "availability", "trial", "",
        minutes(service=44700, counted=44700, lost=0, unknown=44700) | {"coverage": "0/1", "minimum_coverage": "19/20"},
        "Nothing was measured. 745 h have no data in October: too much to tell how it went."
        " There is no target yet.",
        "Nothing was measured. 745 h have no data. No target yet.", "Trial",
        id="time in trial, nothing known",
    ),
    pytest.param(
        ORDERS, "availability", "trial", "", minutes(service=0, counted=0),
        "No time of October counts, so there is nothing to judge.",
        "No time of October counts, so there is nothing to judge.", "Trial",
        id="time in trial, none counts",
    ),
    pytest.param(
        URGENT, "cases", "trial", "", {"met": 0, "eligible": 0, "coverage": None, "known_time": "1/1"},
        "Nobody asked for this in October. We measure it, and there is no target yet.",
        "Nobody asked for this. No target yet.", "Trial",
        id="no cases in trial",
    ),
    pytest.param(
        URGENT, "cases", "trial", "",
        {"met": 0, "eligible": 0, "unknown": 3, "coverage": "0/1", "minimum_coverage": "19/20"},
        "No cases counted in October. 3 cases have no data."
        " That is too much to tell how it went, and there is no target yet.",
        "No cases counted. 3 cases have no data. No target yet.", "Trial",
        id="cases in trial, none known",
    ),
    pytest.param(
        CONFIRM, "volume", "trial", "",
        {"met": 95, "total": 96, "unknown": 2, "coverage": "96/98", "minimum_coverage": "19/20"},
        "95 of 96 orders: in time, in October. 2 orders have no data. We measure it, and there is no target yet.",
        "95 of 96 orders: in time. 2 orders have no data. No target yet.", "Trial",
        id="orders in trial, some unknown",
    ),
    pytest.param(
        SALES, "occasions", "trial", "",
        {"due": 22, "judged": 0, "lost": 0, "on_time": 0, "late": 0, "unknown": 22, "coverage": "0/1",
         "minimum_coverage": "19/20"},
        "No days measured in October. 22 days have no data."
        " That is too much to tell how it went, and there is no target yet.",
        "No days measured. 22 days have no data. No target yet.", "Trial",
        id="days in trial, none known",
    ),
    pytest.param(
        RATING, "satisfaction", "trial", "",
        {"met": 9, "judged": 10, "asked": 62, "known_time": "1/2", "coverage": "1/2", "minimum_coverage": "19/20"},
        "9 of 10 answers were good in October. Part of the data is missing."
        " That is too much to tell how it went, and there is no target yet.",
        "9 of 10 answers were good (62 people asked). Part of the data is missing. No target yet.", "Trial",
        id="answers in trial, too little known",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind", "status", "certain", "result", "key", "short", "badge"), TRIALS)
def test_a_trial_says_what_has_no_data(words, kind, status, certain, result, key, short, badge):
    phrases = phrase(words, read(kind, result), Outcome(kind, status, certain))

    assert (said(phrases.key, phrases), said(phrases.short, phrases)) == (key, short)
    assert said(phrases.badge, phrases) == badge


RUNNING = [
    pytest.param(
        ORDERS, "availability", "kept", LOST | minutes(lost=34),
        "Customers could not place orders for 34 min so far in October. We had promised at most 2 h 47 min.",
        "So far: not possible for 34 min. Allowed: 2 h 47 min.", "Kept so far", "",
        id="time",
    ),
    pytest.param(
        ORDERS, "availability", "close", LOST | minutes(lost=160),
        "So far in October little room is left: customers could not place orders for 2 h 40 min,"
        " and 2 h 47 min were allowed.",
        "So far: not possible for 2 h 40 min. Allowed: 2 h 47 min.", "Close so far",
        "so far customers could not place orders for 2 h 40 min, and 2 h 47 min were allowed",
        id="time, little room left",
    ),
    pytest.param(
        CONFIRM, "volume", "kept", {"met": 96, "total": 100, "late": 4, "allowed_late": 10},
        "4 of 100 orders were late so far in October. 10 were allowed.",
        "So far: 4 of 100 orders were late. Allowed: 10.", "Kept so far", "",
        id="orders",
    ),
    pytest.param(
        URGENT, "cases", "kept", {"met": 3, "eligible": 3, "late": 0, "allowed_late": 0},
        "3 of 3 solved in time so far in October.",
        "So far: 3 of 3 solved in time.", "Kept so far", "",
        id="cases",
    ),
    pytest.param(
        PRICES, "occasions", "kept", {"due": 9, "judged": 9, "lost": 1, "on_time": 8, "late": 1, "allowed_late": 4},
        "Live on time on 8 of 9 nights so far in October. 4 could be late.",
        "So far: live on time on 8 of 9 nights. Allowed late: 4.", "Kept so far", "",
        id="nights",
    ),
    pytest.param(
        PRICES, "occasions", "close", {"due": 9, "judged": 9, "lost": 1, "on_time": 8, "late": 1, "allowed_late": 1},
        "So far in October little room is left: late on 1 of 9 nights, and 1 was allowed.",
        "So far: live on time on 8 of 9 nights. Allowed late: 1.", "Close so far",
        "so far late on 1 of 9 nights, and 1 was allowed",
        id="nights, little room left",
    ),
    pytest.param(
        RATING, "satisfaction", "kept", {"met": 36, "judged": 41, "asked": 62, "allowed_bad": 8},
        "36 of 41 answers were good so far in October. 8 could be less than good.",
        "So far: 36 of 41 answers were good (62 people asked).", "Kept so far", "",
        id="answers",
    ),
    pytest.param(
        URGENT, "cases", "no_cases", {"met": 0, "eligible": 0},
        "Nobody asked for this so far in October, so there is nothing to judge.",
        "Nobody asked for this so far in October, so there is nothing to judge.", "No cases", "",
        id="nothing yet",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind", "status", "result", "key", "short", "badge", "cover"), RUNNING)
def test_a_period_that_still_runs_is_never_told_as_settled(words, kind, status, result, key, short, badge, cover):
    phrases = phrase(words, read(kind, result | {"elapsed_share": "1/3"}), Outcome(kind, status))

    assert said(phrases.key, phrases) == key
    assert said(phrases.short, phrases) == short
    assert said(phrases.badge, phrases) == badge
    assert said(phrases.cover, phrases) == cover


@pytest.mark.parametrize(
    ("words", "kind", "status", "result", "key", "short"),
    [
        pytest.param(
            ORDERS, "availability", "close", LOST | minutes(lost=160),
            "Kept, but only just: customers could not place orders for 2 h 40 min, and 2 h 47 min were allowed."
            " Counted from 12 Oct.",
            "Not possible for 2 h 40 min. Allowed: 2 h 47 min. Counted from 12 Oct.",
            id="time",
        ),
        pytest.param(
            URGENT, "cases", "kept", {"met": 3, "eligible": 3, "late": 0, "allowed_late": 0},
            "3 of 3 solved in time in October, so we kept this promise. Counted from 12 Oct.",
            "3 of 3 solved in time. Counted from 12 Oct.",
            id="cases",
        ),
        pytest.param(
            URGENT, "cases", "no_cases", {"met": 0, "eligible": 0, "elapsed_share": "1/3"},
            "Nobody asked for this so far in October, so there is nothing to judge. Counted from 12 Oct.",
            "Nobody asked for this so far in October, so there is nothing to judge. Counted from 12 Oct.",
            id="nothing yet",
        ),
    ],
)  # fmt: skip
def test_a_promise_for_a_part_of_the_period_says_for_which(words, kind, status, result, key, short):
    phrases = phrase(words, read(kind, result | {"part": "from 12 Oct"}), Outcome(kind, status))

    assert (said(phrases.key, phrases), said(phrases.short, phrases)) == (key, short)
