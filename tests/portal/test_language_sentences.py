"""Sentences whose numbers are bound to figures: a typed number is refused."""

import pytest

from portal.language.sentences import NotBound, Piece, bind, check, plain

FIGURES = {"orders.result": "3 h 28 min", "orders.allowed": "2 h 47 min", "score.kept": "5 of 8"}


def test_a_sentence_is_cut_into_words_and_figures():
    sentence = bind("**Not possible for {figure:orders.result}.** Allowed: {figure:orders.allowed}.", FIGURES)

    assert sentence == (
        Piece("Not possible for ", strong=True),
        Piece("3 h 28 min", "orders.result", strong=True),
        Piece(".", strong=True),
        Piece(" Allowed: "),
        Piece("2 h 47 min", "orders.allowed"),
        Piece("."),
    )
    assert plain(sentence) == "Not possible for 3 h 28 min. Allowed: 2 h 47 min."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Not possible for {figure:orders.result}.", (), id="bound"),
        pytest.param("One of them only just.", (), id="number as a word"),
        pytest.param("“Confirmed within 15 minutes” is new.", ("Confirmed within 15 minutes",), id="name of a promise"),
        pytest.param("", (), id="empty"),
    ],
)
def test_accepted(text, names):
    check(text, FIGURES, names)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Half: ½ of it.", "The number ½ is typed in", id="typed fraction"),
        pytest.param("\u202e{figure:score.kept} kept.", r"nobody sees \(U\+202E\)", id="figure turned round"),
        pytest.param("The po\u200bds.", r"nobody sees \(U\+200B\)", id="word hidden from the check"),
        pytest.param("Not possible for 4 h.", "The number 4 is typed in", id="typed number"),
        pytest.param("From 22:30 on.", "The number 22:30 is typed in", id="typed time"),
        pytest.param("It was 99.9 % up.", "The number 99.9 is typed in", id="typed percentage"),
        pytest.param("We kept 8 promises.", "Write {figure:score.kept} for it", id="says which figure holds it"),
        pytest.param("For {figure:nothing}.", "There is no figure “nothing”", id="unknown figure"),
        pytest.param("For {figure:orders.result", "used only to name a figure", id="broken binding"),
        pytest.param("For {orders.result}.", "used only to name a figure", id="binding without its word"),
        pytest.param("**Not possible.", "one of the two is missing", id="bold that does not end"),
    ],
)
def test_refused_with_what_to_do(text, said):
    with pytest.raises(NotBound, match=said.replace("{", r"\{").replace("}", r"\}")):
        check(text, FIGURES)
