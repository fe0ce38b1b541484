"""The difference of two texts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.differences import WORD, Change, Stretch, difference, is_same

MARKS = {Change.SAME: "{}", Change.DELETED: "[-{}-]", Change.INSERTED: "[+{}+]"}
TEXTS = st.text(st.sampled_from("ab9 %.,:\n\u00a0-é—"), max_size=40)


def marked(before, after):
    return "".join(MARKS[each.change].format(each.text) for each in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param("Kept.", "Kept.", "Kept.", id="the same"),
        pytest.param("", "New.", "[+New.+]", id="all new"),
        pytest.param("Old.", "", "[-Old.-]", id="all gone"),
        pytest.param(
            "99.5\u00a0% of orders", "99.9\u00a0% of orders", "[-99.5\u00a0%-][+99.9\u00a0%+] of orders", id="number"
        ),
        pytest.param("in 31 days.", "in 31 days, at most 30.", "in 31 days[+, at most 30+].", id="added inside"),
        pytest.param(
            "The calendar is sent in good time.",
            "The calendar is sent 30 days before.",
            "The calendar is sent [-in good time-][+30 days before+].",
            id="replaced as a whole",
        ),
        pytest.param("04:00 to 22:00", "04:00 to 23:00", "04:00 to [-22:00-][+23:00+]", id="clock"),
    ],
)
def test_words_that_changed_are_marked(before, after, words):
    assert marked(before, after) == words


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_the_difference(before, after):
    found = difference(before, after)

    assert "".join(each.text for each in found if each.change is not Change.INSERTED) == before
    assert "".join(each.text for each in found if each.change is not Change.DELETED) == after
    assert all(each.text for each in found)
    assert is_same(found) == (before == after)


@given(TEXTS)
def test_no_sign_is_lost_between_words(text):
    assert "".join(WORD.findall(text)) == text


def test_a_text_against_itself_is_one_stretch():
    assert difference("As it was.", "As it was.") == (Stretch(Change.SAME, "As it was."),)


def test_words_that_should_be_mended_are_pieces_of_their_stretch():
    stretch = Stretch(Change.INSERTED, "Done promptly (where practicable).", ("promptly", "where practicable"))

    assert list(stretch.pieces) == [
        ("Done ", False), ("promptly", True), (" (", False), ("where practicable", True), (").", False)
    ]  # fmt: skip
    assert list(Stretch(Change.SAME, "Done.").pieces) == [("Done.", False)]
