"""A case that lies across two versions of an agreement counts in one of them, whatever either says of reopenings."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slas.calculation.cases import Attribution, CaseTerms, measure_cases
from slas.calculation.deadlines import WorkingTime
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case, Reopening
from slas.calculation.local_time import DAY
from slas.calculation.service_hours import ServiceHours

CHANGE, END = 10 * DAY, 40 * DAY
BEFORE, AFTER = Interval(0, CHANGE), Interval(CHANGE, END)
DAYS = st.none() | st.integers(0, 12)


def versions(before, after, attribution=Attribution.DUE):
    """One day to solve, in both; the second knows within how many days a case went on under the first."""
    first = CaseTerms(
        ServiceHours.always("UTC"), WorkingTime(DAY), attribution=attribution, reopen_days=before, until=CHANGE
    )
    earlier = ((CHANGE, before),) if before != after else ()
    return first, replace(first, reopen_days=after, since=CHANGE, until=None, earlier_reopen_days=earlier)


def counted(case, first, second):
    figures = (measure_cases(span, terms, [case], END) for span, terms in ((BEFORE, first), (AFTER, second)))
    return [[(each.id, each.state.value) for each in figure.results] for figure in figures]


BACK_AFTER_SIX_DAYS = Case("INC", 9 * DAY, 20 * DAY, reopenings=(Reopening(9 * DAY + 3600, 15 * DAY),))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            2, 30, [[("INC", "met")], [("INC (2)", "late")]], id="a new case, by the days it was opened under"
        ),
        pytest.param(30, 2, [[("INC", "late")], []], id="it went on, by the days it was opened under"),
        pytest.param(2, 2, [[("INC", "met")], [("INC (2)", "late")]], id="the same days, a new case"),
        pytest.param(None, None, [[("INC", "late")], []], id="the same rule, it went on"),
    ],
)
def test_what_is_opened_again_goes_by_the_version_in_which_it_was_opened(before, after, expected):
    assert counted(BACK_AFTER_SIX_DAYS, *versions(before, after)) == expected


@settings(max_examples=100)
@given(
    times=st.lists(st.integers(0, END - 1), min_size=2, max_size=7, unique=True).map(sorted),
    before=DAYS,
    after=DAYS,
    attribution=st.sampled_from(Attribution),
)
def test_each_case_and_each_new_one_counts_in_exactly_one_version(times, before, after, attribution):
    opened, *inner, stopped = times
    reopenings = tuple(Reopening(*pair) for pair in zip(inner[::2], inner[1::2], strict=False))
    case = Case("INC", opened, stopped, reopenings=reopenings)
    first, second = versions(before, after, attribution)

    names = [name for figure in counted(case, first, second) for name, _ in figure]

    rule = first if opened < CHANGE else second
    assert sorted(names) == sorted(clock.id for clock in rule.clocks([case]) if due_by_the_end(clock, rule))


def due_by_the_end(clock, terms):
    """All cases here are solved; what is due after the last day is still to come."""
    return terms.attribution is not Attribution.DUE or bool(
        measure_cases(Interval(0, END), replace(terms, since=None, until=None), [clock], END).results
    )
