"""What the parts are promised to give together, if they fail independently and whatever happens."""

from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.chain.structure import Alternatives, PartPromise, supportable
from slas.calculation.errors import BadGroup, EmptyPeriod
from slas.calculation.periods import Period
from slas.calculation.rounding import share_of
from tests.slas.calculation.builders import EVERY_DAY, LONDON, hours

ALWAYS = hours("00:00-24:00", days=EVERY_DAY)
DAYS = hours("04:00-22:00", days=EVERY_DAY)
ZONE = ZoneInfo(LONDON)
YEAR = tuple(Period(2026, 11).shifted(n).bounds(ZONE) for n in range(12))


MONTH = YEAR[:1]


def part(percent, own=DAYS, periods=YEAR, name="A part"):
    return PartPromise(name, share_of(percent), own, tuple(periods))


def test_a_chain_of_one_equals_its_promise():
    found = supportable(DAYS, YEAR, [part("99.5")])

    assert found.independent == found.guaranteed == Fraction("0.995")


def test_what_all_parts_need_is_the_product_and_at_worst_the_sum_of_the_losses():
    found = supportable(DAYS, YEAR, [part("99.9"), part("99.8"), part("99.7")])

    assert found.independent == Fraction("0.999") * Fraction("0.998") * Fraction("0.997")
    assert found.guaranteed == 1 - Fraction("0.006")


def test_one_of_two_is_as_sure_as_the_better_one_at_worst():
    both = Alternatives("Ways in", 1, (part("99.7"), part("99.8")))

    found = supportable(DAYS, YEAR, [both])

    assert found.independent == 1 - Fraction("0.003") * Fraction("0.002")
    assert found.guaranteed == Fraction("0.998")


def test_of_an_alternative_that_nobody_promises_anything_nothing_is_expected():
    found = supportable(DAYS, YEAR, [Alternatives("Ways in", 1, (None, part("99.8")))])

    assert found.independent == found.guaranteed == Fraction("0.998")


@pytest.mark.parametrize(
    ("needed", "lost", "most"),
    [
        pytest.param(3, (1, 1, 1, 1, 1), Fraction(5, 3), id="five take turns, three at once"),
        pytest.param(1, (4, 1), Fraction(1), id="the shorter one decides"),
        pytest.param(2, (9, 1, 1), Fraction(2), id="one is down all that time, two take turns"),
        pytest.param(3, (1, 2, 3), Fraction(6), id="any of them is too many"),
    ],
)
def test_the_most_that_too_few_can_be_up(needed, lost, most):
    hundred = [part(str(100 - each)) for each in lost]

    found = supportable(DAYS, YEAR, [Alternatives("Some", needed, tuple(hundred))])

    assert found.guaranteed == 1 - most / 100


def test_time_that_a_part_is_not_promised_for_counts_as_lost():
    """Round the clock is promised, and the part for 18 of 24 hours; a little more or less when the clock moves."""
    found = supportable(ALWAYS, YEAR, [part("100")])

    assert Fraction(742, 1000) < found.independent == found.guaranteed < Fraction(3, 4)


def test_losses_of_longer_hours_may_all_fall_into_the_shorter_ones():
    found = supportable(DAYS, YEAR, [part("99.7", ALWAYS)])

    assert found.independent == Fraction("0.997")
    assert found.guaranteed == 1 - Fraction("0.003") * Fraction(745, 18 * 31)


def test_losses_of_a_longer_period_may_all_fall_into_one_of_the_promise():
    year = (Period.parse("FY2026-11").bounds(ZONE),)

    found = supportable(DAYS, YEAR, [part("99.9", periods=year)])

    assert found.independent == Fraction("0.999")
    assert found.guaranteed == 1 - Fraction("0.001") * Fraction(365, 28)


def test_losses_of_shorter_periods_add_up():
    year = (Period.parse("FY2026-11").bounds(ZONE),)

    assert supportable(DAYS, year, [part("99.9")]).guaranteed == Fraction("0.999")


def test_a_month_in_which_nobody_promises_the_part_supports_nothing():
    found = supportable(DAYS, YEAR, [part("99.9", periods=YEAR[:-1])])

    assert found.independent == found.guaranteed == 0


def test_without_hours_there_is_nothing_to_support():
    with pytest.raises(EmptyPeriod):
        supportable(hours(""), YEAR, [part("99")])
    with pytest.raises(BadGroup):
        Alternatives("None", 2, (part("99"),))


@settings(max_examples=20)
@given(
    percents=st.lists(st.integers(0, 100), min_size=1, max_size=4),
    more=st.integers(0, 100),
    needed=st.integers(1, 4),
)
def test_one_more_needed_part_never_raises_what_is_supported(percents, more, needed):
    parts = [part(str(each), periods=MONTH) for each in percents]
    group = Alternatives("Some", min(needed, len(parts)), tuple(parts))
    for stands_on in (parts, [group]):
        fewer = supportable(DAYS, MONTH, stands_on)
        found = supportable(DAYS, MONTH, [*stands_on, part(str(more), periods=MONTH)])
        assert found.independent <= fewer.independent
        assert found.guaranteed <= fewer.guaranteed
        assert found.guaranteed <= found.independent
        assert supportable(DAYS, MONTH, stands_on[::-1]) == fewer


@settings(max_examples=20)
@given(data=st.data(), lost=st.lists(st.integers(0, 2), min_size=2, max_size=4))
def test_the_most_that_can_be_lost_is_reached_second_by_second(data, lost):
    """Each second takes down as many at once as it needs, those first that have most left to lose."""
    needed = data.draw(st.integers(1, len(lost)))
    left, time, at_once = list(lost), 0, len(lost) - needed + 1
    while sum(each > 0 for each in left) >= at_once:
        for taken in sorted(range(len(left)), key=lambda each: -left[each])[:at_once]:
            left[taken] -= 1
        time += 1

    group = Alternatives("Some", needed, tuple(part(str(100 - 10 * each), periods=MONTH) for each in lost))
    most = (1 - supportable(DAYS, MONTH, [group]).guaranteed) * 10

    assert time == most // 1
