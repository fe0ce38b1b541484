"""The rules of a language are data: each list is read, and a file that cannot be used says why."""

import copy
from importlib.resources import files

import pytest
import yaml

from slas.wording.rules import BadRules, read_rules, rules_of


@pytest.fixture(scope="module")
def source():
    merged = {}
    for name in ("en.yaml", "en_acts.yaml", "en_vague.yaml", "en_built.yaml", "en_texts.yaml"):
        merged |= yaml.safe_load((files("slas.wording") / "rules" / name).read_text(encoding="utf-8"))
    return merged


def test_the_rules_have_a_version_and_a_language():
    assert (rules_of().version, rules_of().language) == (1, "en")


def changed(source, path, value):
    new = copy.deepcopy(source)
    *above, last = path
    place = new
    for step in above:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return new


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("replies",), None, "replies: is missing"),
        (("starts", "anywhere"), None, "starts.anywhere: is missing"),
        (("answers",), "answer", "answers: is no rule that is known"),
        (("replies",), "repl(y", r"replies: missing \), unterminated"),
        (("replies",), "", "replies: is no list of words"),
        (("vague", 0, "effect"), "bad", "vague, entry 1: “bad” is none of hedge, day_kind, measure"),
        (("vague", 3, "why"), None, "vague, entry 4: why is missing"),
        (("vague", 6, "opens"), "hours", "vague, entry 7: “hours” is none of subject"),
        (("built", 0, "effect"), "bad", "built, entry 1: “bad” is none of hedge, day_kind, measure"),
        (("classes", "degree"), "(very", r"vague.\w+: missing \), unterminated"),
        (("weekdays",), None, "weekdays: is missing"),
        (("texts", "share", "ask"), None, "texts.share: ask is missing"),
    ],
)
def test_rules_that_cannot_be_used_are_refused(source, path, value, message):
    with pytest.raises(BadRules, match=message):
        read_rules(changed(source, path, value))
