"""A credit is given back when its promise is kept in the agreed months afterwards."""

from datetime import UTC, date, datetime

import pytest

from slas.actions.agreements import revise_agreement
from slas.actions.credits import compute_credits, earn_back_credit
from slas.errors.credits import NotEarnedBack
from slas.models import CreditScheme, CreditState, CreditStatement
from tests.slas.test_credits import NOW, OCTOBER, SEPTEMBER, close, decide, make_scheme, stop


@pytest.fixture
def scheme(agreement):
    return make_scheme(agreement)


@pytest.fixture
def target(scheme):
    return scheme.agreement.targets.get()


def test_it_is_earned_back_when_the_months_after_were_kept(target, people_of):
    CreditScheme.objects.update(earn_back_months=1)
    stop(target, "2026-09-06", 5)
    close(target, SEPTEMBER)
    compute_credits(now=NOW)
    statement = decide(CreditStatement.objects.get(), people_of["manager"])
    with pytest.raises(NotEarnedBack, match="no month after it is closed yet"):
        earn_back_credit(statement=statement, by=people_of["manager"], now=NOW)
    close(target, OCTOBER)

    earned = earn_back_credit(statement=statement, by=people_of["manager"], now=NOW)

    assert earned.state == CreditState.EARNED_BACK


def test_it_is_earned_back_by_a_month_of_the_next_version_and_long_after(scheme, people_of):
    """Version 1 holds until October, version 2 from then on; it is looked at two years later."""
    CreditScheme.objects.update(earn_back_months=1)
    first, manager = scheme.agreement, people_of["manager"]
    nxt = revise_agreement(agreement=first, starts_on=date(2026, 10, 1), by=manager, now=NOW)
    for agreement, fields in ((first, {"state": "superseded", "ends_on": nxt.starts_on}), (nxt, {"state": "in_force"})):
        type(agreement).objects.filter(pk=agreement.pk).update(**fields)
    before, after = (agreement.targets.get() for agreement in (first, nxt))
    stop(before, "2026-09-06", 4)
    close(before, SEPTEMBER)
    compute_credits(now=NOW)
    statement = decide(CreditStatement.objects.get(), manager)
    close(after, OCTOBER)

    earned = earn_back_credit(statement=statement, by=manager, now=datetime(2028, 11, 10, tzinfo=UTC))

    assert (earned.state, earned.month) == (CreditState.EARNED_BACK, SEPTEMBER.first_on)
