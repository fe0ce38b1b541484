from fractions import Fraction

import pytest

from slas.calculation.periods import Period
from slas.calculation.proposal import CautionKind, MeasuredMonth, cautions

STEADY = (95, 93, 96, 94, 92, 96, 95, 93, 94, 92, 95, 94)
SEASONAL = (90, 91, 93, 95, 97, 99, 98, 96, 94, 92, 91, 89)

LAST = Period(2026, 9)


def measured(values, volumes=None):
    """One month after the other up to September 2026."""
    return [
        MeasuredMonth(LAST.shifted(at + 1 - len(values)), Fraction(value), volumes and volumes[at])
        for at, value in enumerate(values)
    ]


def kinds(months):
    return {caution.kind for caution in cautions(months)}


def said(months, kind):
    return next(caution.words for caution in cautions(months) if caution.kind is kind)


def test_a_year_of_steady_months_needs_no_warning():
    assert cautions(measured(STEADY, [100, 110, 90] * 4)) == ()


@pytest.mark.parametrize(("values", "way"), [((90, 91, 92, 93, 94), "better"), ((94, 93, 92, 91, 90), "worse")])
def test_months_that_go_one_way_are_a_trend(values, way):
    assert said(measured(values), CautionKind.TREND).startswith(
        f"The months are getting {way}: of 10 pairs of months the later one is {way} in 10."
    )


@pytest.mark.parametrize("values", [(90, 91, 92, 93), (90,) * 12])
def test_four_months_are_too_few_for_a_trend_and_equal_months_are_none(values):
    """Four months come in one of 24 orders, so that chance alone makes two of these in more than one case of twenty."""
    assert CautionKind.TREND not in kinds(measured(values))


def test_months_in_the_order_of_the_year_before_are_a_season():
    assert said(measured(SEASONAL * 2), CautionKind.SEASON).startswith(
        "The months have a season: 65 of 66 pairs of months stand in the same order as a year before."
    )


def test_without_the_year_before_and_where_all_months_go_one_way_no_season_is_seen():
    assert CautionKind.SEASON not in kinds(measured(SEASONAL))
    assert kinds(measured(range(70, 94))) == {CautionKind.TREND}


def test_months_of_the_year_that_were_not_measured_are_named():
    assert said(measured(STEADY[:9]), CautionKind.UNSEEN).startswith(
        "Not measured yet: October, November and December."
    )


@pytest.mark.parametrize(
    ("volumes", "is_change"),
    [
        ([100] * 9 + [126] * 3, True),
        ([100] * 9 + [125] * 3, True),
        ([100] * 9 + [124] * 3, False),
        ([100] * 9 + [80] * 3, True),
        ([100] * 9 + [81] * 3, False),
        ([0] * 12, False),
        ([0] * 9 + [1] * 3, True),
        (None, False),
    ],
)
def test_a_quarter_more_or_a_fifth_less_is_a_change_of_volume(volumes, is_change):
    assert (CautionKind.VOLUME in kinds(measured(STEADY, volumes))) == is_change


def test_three_months_before_the_last_three_are_needed_to_see_a_change_of_volume():
    assert CautionKind.VOLUME not in kinds(measured(STEADY[:5], [10, 10, 90, 90, 90]))
    assert "usually 90 a month in the last three, 10 before" in said(
        measured(STEADY[:6], [10, 10, 10, 90, 90, 90]), CautionKind.VOLUME
    )
