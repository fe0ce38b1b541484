"""An outage costs the share of the agreed users whom it met, where that is agreed."""

from dataclasses import replace
from fractions import Fraction

import pytest

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.errors import NoPartOfAll
from slas.calculation.intervals import measure
from slas.calculation.outages import Outage
from tests.slas.calculation.builders import hours, month, outage

BY_USERS = AvailabilityTerms(hours("00:00-24:00", days=range(7)), by_users=True)
SHOPS = replace(outage("2026-10-05 10:00", "2026-10-05 12:00"), affected=Fraction(1, 4))
OFFICE = replace(outage("2026-10-05 11:00", "2026-10-05 13:00", Fraction(1, 2)), affected=Fraction(1, 2))
ALL = outage("2026-10-05 11:30", "2026-10-05 12:30")


@pytest.mark.parametrize(
    ("outages", "hours_lost", "by_outage"),
    [
        pytest.param([SHOPS], Fraction(1, 2), [Fraction(1, 2)], id="a quarter of the users, for two hours"),
        pytest.param([OFFICE], Fraction(1, 2), [Fraction(1, 2)], id="half of them, half able to work"),
        pytest.param([SHOPS, OFFICE], 1, [Fraction(1, 2), Fraction(1, 2)], id="both: the shares add up"),
        pytest.param([SHOPS, ALL], Fraction(11, 8), [Fraction(3, 8), 1], id="never more than everybody"),
    ],
)
def test_an_outage_costs_the_share_of_the_users_whom_it_met(outages, hours_lost, by_outage):
    figure = measure_availability(month("2026-10"), BY_USERS, AvailabilityFacts(tuple(outages)))

    assert figure.lost == hours_lost * 3600
    assert [use.lost for use in figure.outages] == [share * 3600 for share in by_outage]
    assert figure.share == 1 - Fraction(hours_lost * 3600) / figure.counted_seconds
    assert figure.experienced_lost == measure(each.interval for each in outages)


def test_without_that_agreement_an_outage_is_an_outage():
    terms = replace(BY_USERS, by_users=False)

    assert measure_availability(month("2026-10"), terms, AvailabilityFacts((SHOPS,))).lost == 7200


@pytest.mark.parametrize("share", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_share_of_users_beyond_all_is_refused(share):
    with pytest.raises(NoPartOfAll, match=f"Outage INC-1 meets {share} of the users. Give a share from 0 to 1."):
        Outage("INC-1", 0, 60, affected=share)
