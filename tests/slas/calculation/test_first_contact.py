from dataclasses import replace
from fractions import Fraction

import pytest

from slas.calculation.errors import NegativeLimit, ReversedInterval, UnknownZone
from slas.calculation.first_contact import Contact, FirstContactTerms, measure_first_contact, prove_first_contact
from tests.slas.calculation.builders import LONDON, at, month

OCTOBER = month("2026-10")
TERMS = FirstContactTerms(LONDON, days=5, kinds=frozenset({"password", "how to"}))
FINAL = at("2026-11-06 00:00")


def contact(name, on, *, kind="password", solved=True, back=None):
    return Contact(name, at(f"2026-{on}"), kind, solved, None if back is None else at(f"2026-{back}"))


CASES = [
    contact("1", "10-01 09:00"),
    contact("2", "10-02 09:00", solved=False),
    contact("3", "10-31 17:00", back="11-05 23:59"),
    contact("4", "10-31 17:00", back="11-06 00:00"),
    contact("5", "10-09 09:00", kind="outage"),
    contact("6", "11-01 00:00"),
]


def test_solved_at_once_and_not_reopened_within_the_agreed_days():
    figure = measure_first_contact(OCTOBER, TERMS, CASES, FINAL)

    assert (figure.share.met, figure.share.eligible) == (2, 4)
    assert (figure.came_back, figure.not_eligible, figure.is_provisional) == (("3",), 1, False)


def test_it_is_provisional_until_the_days_are_over():
    figure = measure_first_contact(OCTOBER, TERMS, CASES, FINAL - 60)

    assert figure.is_provisional
    assert figure.share.share == Fraction(3, 4)  # nobody knows yet that the third comes back in the last minute


def test_days_are_dates_of_the_agreement_also_when_the_clock_is_moved():
    assert TERMS.final_at(OCTOBER) == FINAL
    over_autumn = contact("7", "10-24 23:30", back="10-29 23:30")

    assert measure_first_contact(OCTOBER, TERMS, [over_autumn], FINAL).came_back == ("7",)


def test_all_kinds_count_where_no_list_is_agreed():
    assert measure_first_contact(OCTOBER, replace(TERMS, kinds=None), CASES, FINAL).share.eligible == 5


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: FirstContactTerms(LONDON, -1), NegativeLimit),
        (lambda: FirstContactTerms("Mars/Base", 1), UnknownZone),
        (lambda: contact("8", "10-05 09:00", back="10-05 08:59"), ReversedInterval),
    ],
)
def test_bad_input_is_refused(make, error):
    with pytest.raises(error):
        make()


def test_the_proof_is_the_same_whatever_happens_after_it_was_final():
    later = [*CASES[:3], replace(CASES[3], reopened_at=at("2026-12-01 09:00")), *CASES[4:]]

    proofs = [
        prove_first_contact(OCTOBER, TERMS, cases, as_of, measure_first_contact(OCTOBER, TERMS, cases, as_of))
        for cases, as_of in ((CASES, FINAL), (reversed_list(later), at("2026-12-24 09:00")))
    ]

    assert proofs[0].to_json() == proofs[1].to_json()
    assert [line.value for line in proofs[0].lines if line.key == "standing"] == ["final"]


def reversed_list(cases):
    return list(reversed(cases))
