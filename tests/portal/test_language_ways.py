"""Several ways to say the same, in two languages: no figure is lost, no neighbours are alike."""

import re
from dataclasses import replace
from itertools import pairwise
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.facts import read
from portal.language.phrasing import Outcome, phrase
from portal.language.sentences import BINDING
from portal.language.ways import VARIANTS, WAYS, Voice, variants
from portal.language.ways_de import DE
from portal.language.ways_en import EN
from tests.portal.promises import said
from tests.portal.test_language_phrasing import CASES
from tests.portal.test_language_unsettled import TRIALS

VERBS = {"were", "have", "are"}  # what agrees with a number in English alone
TOLD = [*CASES, *TRIALS]


def parts(way):
    return {name for _text, name, _spec, _turn in Formatter().parse(way) if name} - VERBS


def is_told_often(case):
    """Not what a source counts beyond what there was: that is told as it came."""
    return case.values[2] in ("kept", "missed", "close") and case.id != "more in standard than counted"


def test_german_has_words_for_all_that_english_has():
    assert set(DE) == set(EN)


@pytest.mark.parametrize("way", sorted(EN))
def test_each_way_of_one_thing_names_the_same_parts(way):
    named = {frozenset(parts(said)) for language in WAYS for said in WAYS[language][way]}

    assert len(named) == 1, named


@pytest.mark.parametrize("case", [pytest.param(each.values, id=each.id) for each in TOLD])
@pytest.mark.parametrize(("language", "variant"), [(language, number) for language in WAYS for number in range(3)])
def test_every_way_prints_the_same_figures(case, language, variant):
    words, kind, status, certain, result, *_ = case
    facts, outcome = read(kind, result), Outcome(kind, status, certain)
    usual = phrase(words, facts, outcome)

    told = phrase(replace(words, language=language, variant=variant), facts, outcome)

    for each in ("key", "short", "badge", "cover"):
        assert sorted(BINDING.findall(getattr(told, each))) == sorted(BINDING.findall(getattr(usual, each))), each
        assert not re.search(r"[{}]", said(getattr(told, each), told))
    assert [figure.anchor for figure in told.figures] == [figure.anchor for figure in usual.figures]


@pytest.mark.parametrize("case", [pytest.param(each.values, id=each.id) for each in CASES if is_told_often(each)])
def test_what_readers_see_often_is_said_in_several_ways(case):
    words, kind, status, certain, result, *_ = case
    facts, outcome = read(kind, result), Outcome(kind, status, certain)
    keys = {phrase(replace(words, variant=number), facts, outcome).key for number in range(3)}

    assert len(keys) == 3


@given(st.lists(st.text("abcdef", min_size=1, max_size=3), max_size=20), st.text("xyz", max_size=3))
def test_no_neighbours_are_told_alike_and_the_same_inputs_give_the_same(anchors, unit):
    chosen = variants(unit, "2026-10", anchors)

    assert chosen == variants(unit, "2026-10", anchors)
    assert all(0 <= number < VARIANTS for number in chosen)
    for first, second in pairwise(chosen):
        assert first % 2 != second % 2
        assert first % 3 != second % 3


def test_another_month_is_told_in_another_way():
    anchors = ["orders", "phones", "prices", "sales"]

    assert len({tuple(variants("orders", f"2026-{month:02}", anchors)) for month in range(1, 13)}) > 6


def test_a_german_sentence_reads_as_one():
    words, kind, status, certain, result, *_ = CASES[0].values
    words = replace(words, language="de", period="Oktober", loss="Kunden konnten nicht bestellen")

    told = phrase(words, read(kind, result), Outcome(kind, status, certain))

    assert said(told.key, told) == (
        "Kunden konnten nicht bestellen: 3 h 28 min im Oktober. Zugesagt hatten wir höchstens 2 h 47 min,"
        " damit haben wir die Zusage um 41 minutes verfehlt."
    )


def test_small_counts_are_words():
    assert [Voice("de").spelled(number) for number in (0, 1, 9, 12)] == ["keine", "eine", "neun", "12"]
    assert Voice("de").names(["a", "b", "c"]) == "a, b und c"
