"""Reading ease, and sentences that are too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.jargon.reading import long_sentences, reading_of, syllables

PLAIN = "We kept our promise. You had no loss. All shops were open on each day."
HARD = "Notwithstanding considerable infrastructural modernisation, interdependencies necessitate deliberation."


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("shop", 1),
        ("promise", 2),
        ("open", 2),
        ("table", 2),
        ("used", 1),
        ("needed", 2),
        ("service", 2),
        ("12", 2),
        ("a", 1),
    ],
)
def test_syllables_are_counted_as_they_are_heard(word, count):
    assert syllables(word) == count


def test_plain_sentences_read_more_easily_than_hard_ones():
    assert reading_of(PLAIN).level == "easy"
    assert reading_of(HARD).level == "very hard"
    assert reading_of(PLAIN).words == 15
    assert reading_of(PLAIN).sentences == 3


@pytest.mark.parametrize("text", ["", " \n", "— …"])
def test_a_text_without_words_is_easy(text):
    assert (reading_of(text).ease, reading_of(text).words) == (100, 0)


def test_a_long_sentence_is_told_and_a_short_one_is_not():
    long = f"{' '.join(['word'] * 26)}."

    assert [each.words for each in long_sentences(f"Short. {long.capitalize()} Short again.")] == [long.capitalize()]
    assert list(long_sentences(f"{' '.join(['Word'] * 25)}.")) == []


@given(st.text(max_size=300))
def test_any_text_has_an_ease(text):
    assert 0 <= reading_of(text).ease <= 100
