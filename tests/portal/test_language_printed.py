"""A printed figure as German readers write it: the same figure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.numbers import NBSP, count, of, percent
from portal.language.printed import printed_in


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("1,509 of 96,412", "1.509 von 96.412"),
        ("£41,000 to £55,000", "41.000 £ bis 55.000 £"),
        ("−£1,200", "−1.200 £"),
        ("KWD 1.250", "KWD 1,250"),
        ("99.5 %", "99,5 %"),
        ("3 h 28 min", "3 h 28 min"),
        ("34 minutes", "34 Minuten"),
        ("250 to 340 hours", "250 bis 340 Stunden"),
        ("3 times", "3 Mal"),
        ("none", "keine"),
        ("Tuesday 6 October, 05:12 to 06:44", "Dienstag, 6. Oktober, 05:12 bis 06:44"),
        ("Tue 6 Oct", "Di., 6. Okt."),
        ("12 Mar 2026", "12. März 2026"),
        ("October 2026", "Oktober 2026"),
        ("May", "Mai"),
        ("1,509 Bestellungen", "1.509 Bestellungen"),
    ],
)
def test_figures_in_german(english, german):
    assert printed_in("de", english.replace(" ", NBSP)).replace(NBSP, " ") == german
    assert printed_in("en", english) == english


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.fractions(0, 1), st.integers(0, 3))
def test_digits_stay_the_same(part, whole, share, decimals):
    for printed in (count(part), of(part, whole), percent(share, decimals)):
        assert re.findall(r"\d", printed_in("de", printed)) == re.findall(r"\d", printed)
