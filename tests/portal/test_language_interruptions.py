"""Sentences about interruptions that took longer than agreed."""

import pytest

from portal.language.facts import PromiseWords, read
from portal.language.phrasing import Outcome, phrase
from portal.language.sentences import bind, plain

TILLS = PromiseWords(
    anchor="tills", name="Tills work", short_name="Tills", period="October", promised="2", value="2×",
    loss="Tills were down",
)  # fmt: skip
DOWN, NONE = "Tills were down", "No interruption of more than 10 min"
RESULT = {
    "late": 1, "allowed_late": 2, "longer_than_seconds": 600, "counted_seconds": 720_000, "unknown_seconds": 0,
    "coverage": "1/1", "minimum_coverage": "19/20",
}  # fmt: skip


def said(status, certain="", **changes):
    phrases = phrase(TILLS, read("reliability", RESULT | changes), Outcome("reliability", status, certain))
    figures = {printed.anchor: printed.text for printed in phrases.figures}
    key, short, badge, cover = (
        plain(bind(text, figures)).replace("\u00a0", " ")
        for text in (phrases.key, phrases.short, phrases.badge, phrases.cover)
    )
    return key, short, badge, cover


@pytest.mark.parametrize(
    ("status", "changes", "key"),
    [
        ("kept", {}, f"{DOWN} 1 time for more than 10 min in October. We had promised at most 2, so we kept this"
         " promise."),
        ("kept", {"late": 0}, f"{NONE} in October. We had promised at most 2, so we kept this"
         " promise."),
        ("kept", {"late": 0, "longer_than_seconds": 0}, "No interruption in October. We had promised at most 2, so we"
         " kept this promise."),
        ("close", {"late": 2}, "Kept, but only just: tills were down 2 times for more than 10 min, and at most 2 were"
         " allowed."),
        ("missed", {"late": 4}, f"{DOWN} 4 times for more than 10 min in October. We had promised at most 2, so we"
         " missed this promise by 2."),
        ("missed", {"late": 1, "allowed_late": 0}, f"{DOWN} 1 time for more than 10 min in October. We had"
         " promised none, so we missed this promise by 1."),
        ("close", {"late": 1, "allowed_late": 1}, "Kept, but only just: tills were down 1 time for more than 10 min,"
         " and at most 1 was allowed."),
        ("at_risk", {"late": 2, "elapsed_share": "1/2"}, f"{DOWN} 2 times for more than 10 min so far in October."
         " Allowed: 2."),
        ("trial", {"allowed_late": None, "unknown_seconds": 3600}, f"{DOWN} 1 time for more than 10 min in October."
         " 1 h has no data. We measure it, and there is no target yet."),
        ("data_gap", {"late": 0, "unknown_seconds": 360_000, "coverage": "1/2"}, f"{NONE} is"
         " known in October. 100 h have no data. So we cannot judge: it could be kept or missed."),
        ("no_cases", {"counted_seconds": 0}, "No time of October counts, so there is nothing to judge."),
    ],
)  # fmt: skip
def test_each_status_has_its_sentence(status, changes, key):
    assert said(status, **changes)[0] == key


def test_a_miss_is_said_on_the_cover_and_beside_the_name():
    _key, short, badge, cover = said("missed", late=4)

    assert short == "Tills were down 4 times for more than 10 min. Allowed: 2."
    assert badge == "Missed by 2"
    assert cover == "Tills were down 4 times for more than 10 min. We had promised at most 2."


def test_what_is_certain_is_said_beside_a_gap():
    assert said("data_gap", "missed", late=4, unknown_seconds=3600)[0].endswith(
        "The promise is missed whatever happened then."
    )


def test_a_period_that_runs_is_told_so_far():
    key, short, badge, _cover = said("kept", elapsed_share="1/2")

    assert key == "Tills were down 1 time for more than 10 min so far in October. We had promised at most 2."
    assert (short[:8], badge) == ("So far: ", "Kept so far")
