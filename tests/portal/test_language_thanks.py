"""Thanks end a talk: nobody owes an answer to them."""

import pytest

from portal.language.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you very much, Maia.",
        "@Maia Lindqvar thank you for the quick answer, that is clear now.",
        "Vielen Dank für die schnelle Antwort, das passt so.",
    ],
)
def test_thanks_alone_want_no_answer(text):
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It is fine.",
        "Thanks. And when is it mended?",
        "Thanks, please send the list by Friday.",
        "Thank you, but the orders of Monday are still missing.",
        "Danke, die Liste fehlt noch.",
        "Thanks " * 200,
    ],
)
def test_a_wish_or_a_question_beside_them_is_owed_an_answer(text):
    assert not is_thanks(text)
