"""Pushed cases beside the stored ones: circles are refused by row; what counts itself or lost its approval is told."""

import pytest

from slas.models import Case, CasePause, FactKind, Measure, MeasurementRevision, TargetKind
from tests.slas.factories import make_measure, make_target


def case(key, merged_into="", **more):
    return {"key": key, "opened_at": "2026-10-05T09:00Z", "merged_into": merged_into} | more


@pytest.fixture
def push(program, inside):
    """push(*rows) is the answer to a push of cases."""
    inside(lambda: make_measure(FactKind.CASES, slug="problems"))
    return lambda *rows: program.push("problems", *rows).json()


def told(problems):
    return [(each["row"], each["field"], each["what"]) for each in problems]


CIRCLE = "Cases would be merged in a circle"


@pytest.mark.parametrize(
    ("stored", "pushed", "refused"),
    [
        pytest.param([], [case("A", "B"), case("D"), case("B", "A")], [1, 3], id="in one push"),
        pytest.param([case("B", "A")], [case("D"), case("A", "B")], [2], id="with a stored case"),
        pytest.param([case("B", "C"), case("C", "A")], [case("A", "B"), case("D")], [1], id="over two stored cases"),
        pytest.param(
            [case("B", "A")], [case("B", "C"), case("C", "B"), case("A", "B"), case("D")], [1, 2, 3],
            id="what is refused leaves the stored one, and closes another circle",
        ),
        pytest.param([case("B", "A")], [case("B"), case("A", "B")], [], id="turned round in one push"),
    ],
)  # fmt: skip
def test_a_circle_of_merges_is_refused_by_row_and_nothing_else(push, inside, stored, pushed, refused):
    if stored:
        push(*stored)

    answer = push(*pushed)

    assert told(answer["errors"]) == [(row, "merged_into", CIRCLE) for row in refused]
    assert (answer["refused"], answer["new"] + answer["corrected"]) == (len(refused), len(pushed) - len(refused))
    assert inside(lambda: Case.objects.filter(key="D").count()) == (case("D") in pushed)


def test_a_case_merged_into_one_that_is_not_there_or_left_out_is_told(push):
    push(case("SPAM", excluded_reason="Spam"), case("REAL"))

    answer = push(case("A", "TYPO"), case("B", "SPAM"), case("C", "REAL"), case("E", "F"), case("F"))

    assert told(answer["warnings"]) == [
        (1, "merged_into", "“TYPO” is not known, or left out, so that “A” counts itself"),
        (2, "merged_into", "“SPAM” is not known, or left out, so that “B” counts itself"),
    ]


def test_a_case_that_goes_on_where_a_promise_does_not_count_it_is_told(push, inside):
    def promise(**terms):
        make_target(TargetKind.CASES, measure=Measure.objects.get(slug="problems"), **terms)

    inside(lambda: promise(name="Urgent ones", priorities=["Urgent"]))
    inside(lambda: promise(name="Both", priorities=["Urgent", "Low"]))
    inside(lambda: promise(name="All", priorities=[]))
    push(case("LOW", "MIDDLE", priority="Low"), case("MIDDLE", "LAST", priority="Urgent"), case("LAST", priority="Low"))

    answer = push(case("A", "LOW", priority="Urgent"), case("B", "LOW", priority="Low"), case("C", priority="Urgent"))

    assert told(answer["warnings"]) == [
        (1, "merged_into",
         "“A” goes on in “LAST”, whose priority is “Low”: no more is judged of it under “Urgent ones”"),
    ]  # fmt: skip
    assert (answer["refused"], answer["new"]) == (0, 3)


PAUSE = {
    "started_at": "2026-10-05T10:00Z", "ended_at": "2026-10-05T11:00Z", "reason": "Part", "party": "Hartwell",
    "entered_at": "2026-10-05T12:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"ended_at": "2026-10-15T11:00Z"},
        {"ended_at": None},
        {"party": "The caller"},
        {"entered_at": "2026-10-06T12:00Z"},
        {"note": "out of stock"},
    ],
)
def test_what_was_approved_about_a_pause_does_not_go_over_to_another(push, inside, other):
    push(case("A", pauses=[PAUSE]))
    inside(lambda: CasePause.objects.update(approved_by="Ines Duarte"))
    same = push(case("A", pauses=[PAUSE]))

    answer = push(case("A", pauses=[PAUSE | other]))

    assert (same["unchanged"], same["warnings"]) == (1, [])
    assert told(answer["warnings"]) == [
        (1, "pauses", "The pause from 2026-10-05T10:00:00Z is not the one that Ines Duarte approved")
    ]
    assert inside(lambda: CasePause.objects.get().approved_by) == ""
    assert inside(lambda: MeasurementRevision.objects.get().old["pauses"][0]["approved_by"]) == "Ines Duarte"


def test_a_pause_that_counts_from_its_start_loses_nothing_with_its_approval(push, inside):
    pause = PAUSE | {"entered_at": None}
    push(case("A", pauses=[pause]))
    inside(lambda: CasePause.objects.update(approved_by="Ines Duarte"))

    assert push(case("A", pauses=[pause | {"note": "out of stock"}]))["warnings"] == []
