"""A typed word is known again although it is misspelt, and is not taken for another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.likeness import alike, likeness, slips_allowed, slips_between, words_in

KNOWN = ["phones", "printer", "password", "payroll", "laptop", "calendar", "price", "hr", "orders"]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        pytest.param("phone", ["phones"], id="without its ending"),
        pytest.param("phnoes", ["phones"], id="letters changed places"),
        pytest.param("pasword", ["password"], id="a letter missing"),
        pytest.param("passsword", ["password"], id="a letter too many"),
        pytest.param("calender", ["calendar"], id="spelled by ear"),
        pytest.param("labtop", ["laptop"], id="another letter"),
        pytest.param("prntre", ["printer"], id="two slips where nothing has one"),
        pytest.param("hr", ["hr"], id="short, as it is"),
        pytest.param("word", ["password"], id="the end of a compound"),
        pytest.param("submarine", [], id="nothing like it"),
    ],
)
def test_a_typed_word_finds_what_was_meant(asked, meant):
    assert list(alike(asked, KNOWN)) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I need a new laptop", ["need", "new", "laptop"]),
        ("HR", ["hr"]),
        ("Preis-Liste, Preis!", ["preis", "liste"]),
        ("100% %_", ["100"]),
        ("% ' \x00", []),
    ],
)
def test_the_words_of_a_search(text, words):
    assert words_in(text) == words


def test_what_is_nearer_fits_better():
    fits = [likeness("orders", known, slips=2) for known in ("orders", "ordersheet", "reorders", "odrers", "ordinal")]

    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == len(fits)


LETTERS = st.text("abcd", max_size=8)


@given(asked=LETTERS, known=LETTERS)
def test_slips_lead_both_ways_and_one_slip_is_one(asked, known):
    most = 9
    found = slips_between(asked, known, most=most)

    assert found == slips_between(known, asked, most=most)
    assert (found == 0) == (asked == known)
    assert abs(len(asked) - len(known)) <= found <= max(len(asked), len(known))
    assert slips_between(asked, known, most=1) == min(found, 2)


@given(word=st.text("abcdefgh", min_size=4, max_size=10), place=st.integers(0, 9))
def test_a_letter_left_out_is_forgiven(word, place):
    asked = word[: place % len(word)] + word[place % len(word) + 1 :]

    assert slips_between(asked, word, most=2) == 1
    assert likeness(asked, word, slips=max(1, slips_allowed(word))) > 0
