"""The page object survives its JSON exactly, and knows every figure that it prints."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.language.sentences import Piece
from reporting.queries.page_parts import (
    Budget,
    BudgetPiece,
    ChartRow,
    CoverItem,
    Events,
    FigureEntry,
    Half,
    Head,
    ProofPart,
    ReviewPage,
    Score,
    WorthRow,
    from_json,
    printed_figures,
    to_json,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)


def parts():
    """Each kind of part, made when they are first asked for: that takes a second, which collecting tests need not."""
    return st.one_of(
        *(
            st.from_type(kind)
            for kind in (ChartRow, CoverItem, Events, FigureEntry, Half, Head, ProofPart, Score, WorthRow)
        ),
        st.builds(
            Budget,
            pieces=st.lists(st.builds(BudgetPiece, label=st.text(), minutes=FINITE, is_soft=st.booleans())).map(tuple),
            allowed=FINITE,
            title=st.text(),
        ),
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first part of a kind is slow to make
@given(st.deferred(parts))
def test_json_gives_back_the_very_same_part(part):
    assert from_json(type(part), json.loads(json.dumps(to_json(part)))) == part


def test_json_gives_back_the_very_same_page(edition):
    page = from_json(ReviewPage, edition.page)

    assert to_json(page) == edition.page
    assert from_json(ReviewPage, json.loads(json.dumps(to_json(page)))) == page


def test_json_of_another_form_is_refused():
    with pytest.raises(KeyError):
        from_json(Score, {"judged": 1})


def test_a_figure_is_printed_in_one_way_only():
    with pytest.raises(ValueError, match=r"orders\.result is printed as '1' and as '2'"):
        printed_figures((Piece("1", "orders.result"), Piece("2", "orders.result")))


def test_the_list_of_figures_is_what_the_page_prints(edition):
    page = from_json(ReviewPage, edition.page)

    assert {figure.anchor: figure.printed for figure in page.figures} == printed_figures(page)
    assert len(page.figures) > 40
