"""Larkmoor can be made on each day: months of each length, and the first minutes of a month."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import BusinessGoal, Entitlement
from demo.larkmoor.make import make_rows
from demo.larkmoor.months import DemoMonths, at, on_day
from demo.larkmoor.talk import Story
from improvement.models import ImprovementOpportunity
from portal.tenancy.scope import tenant_scope
from slas.models import (
    Agreement,
    AgreementScope,
    AgreementState,
    OwnWord,
    ServiceLevelTarget,
    TargetKind,
    TargetTemplate,
    Volume,
    WordKind,
)
from slas.queries.agreement_text import changed_since_accepted
from slas.queries.agreements import list_agreement_targets
from slas.queries.signed_text import fingerprint_of
from slas.queries.trials import list_trials
from tests import factories

NOVEMBER = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
FIRST_DAYS = [date(2026 + month // 12, month % 12 + 1, 1) for month in range(12)]


@pytest.fixture(scope="module")
def november(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The rows of 10 November, made once for the tests that only look at them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with tenant_scope(factories.make_tenant(slug="larkmoor", name="Larkmoor Foods").pk):
            make_rows(NOVEMBER.date(), NOVEMBER)
            yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("today", [pytest.param(day, id=f"{day:%B}", marks=pytest.mark.long) for day in FIRST_DAYS])
def test_the_rows_can_be_made_on_the_first_day_of_each_month(in_tenant, today):
    make_rows(today, datetime.combine(today, datetime.min.time(), UTC) + timedelta(minutes=2))

    assert ImprovementOpportunity.objects.count() == 10


@pytest.mark.long
def test_two_minutes_into_another_month_the_words_are_of_that_month(in_tenant):
    make_rows(date(2027, 3, 1), datetime(2027, 3, 1, 0, 2, tzinfo=UTC))

    said = {each.number: (each.notice, each.why) for each in ImprovementOpportunity.objects.all()}
    assert said[19][0] == "No stop like 6 February"
    assert said[27][1] == "Missed twice: October and February"
    assert BusinessGoal.objects.get(slug="orders-online").name == "Take 68 % of orders online by July 2027"


@pytest.mark.parametrize(
    ("month", "day", "found"),
    [
        pytest.param(date(2027, 2, 1), 30, date(2027, 2, 28), id="30 February is its last day"),
        pytest.param(date(2028, 2, 1), 30, date(2028, 2, 29), id="leap year"),
        pytest.param(date(2026, 11, 1), 31, date(2026, 11, 30), id="31 November"),
        pytest.param(date(2026, 10, 1), 6, date(2026, 10, 6), id="a day that is there"),
    ],
)
def test_a_day_that_a_month_does_not_have_is_its_last(month, day, found):
    assert on_day(month, day) == found


@given(minutes=st.integers(1, 3 * 366 * 24 * 60))
def test_the_story_of_the_running_month_happens_in_it_in_order_and_never_later_than_now(minutes):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    story = Story(DemoMonths(now.date()), now)

    told = [story.when(day, "10:00") for day in (2, 5, 6, 7, 8, 9)]

    assert at(story.months.running, "00:00") <= told[0]
    assert told == sorted(told)
    assert told[-1] <= now


@given(minutes=st.integers(1, 3 * 366 * 24 * 60))
def test_who_negotiates_has_waited_for_three_days_at_most_however_late_in_the_month(minutes):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    story = Story(DemoMonths(now.date()), now)

    drafted, *talked = [story.when(6, "10:00"), *map(story.lately, ("09:00", "10:00", "12:00", "17:00"))]

    assert drafted <= talked[0]
    assert talked == sorted(talked)
    assert talked[-1] <= now
    assert now.date() - talked[0].date() <= timedelta(days=3)


@pytest.mark.xdist_group("november")
def test_what_is_said_of_the_months_comes_from_them_and_their_facts(november, db):
    said = {each.number: (each.notice, each.why) for each in ImprovementOpportunity.objects.all()}
    assert {number: said[number] for number in (9, 14, 19, 22, 25, 27, 28, 29)} == {
        9: ("Fewer calls given up", "Comment, February"),
        14: ("Fewer credit notes for a wrong price", "Review, March"),
        19: ("No stop like 6 October", "Missed promise"),
        22: ("Lists are there before the shift", "Missed in 3 of 12 months"),
        25: ("No sign-in failure as on 22 October", "Missed promise"),
        27: ("Orders go on when one storage stops", "Missed twice: June and October"),
        28: ("No slow afternoon at month end", "Slow afternoon, 28 October"),
        29: ("One place to look for an order", "Survey, 9 of 41 asked for it"),
    }
    assert BusinessGoal.objects.get(slug="orders-online").name == "Take 68 % of orders online by March 2027"
    analysis = Entitlement.objects.get(offering__service__slug="business-analysis")
    measure_id = analysis.offering.service.measures.get(slug="analysis-days").pk
    assert analysis.covered_words == ""
    assert [row.total for row in Volume.objects.filter(measure_id=measure_id, on=date(2026, 10, 1))] == [4]


@pytest.mark.xdist_group("november")
def test_agreements_are_counted_as_they_were_accepted_and_one_of_each_thing_is_there(november, db):
    in_force = Agreement.objects.filter(state=AgreementState.IN_FORCE)
    (waits,) = Agreement.objects.filter(state=AgreementState.AGREED)
    assert (waits.slug, waits.starts_on) == ("finance", date(2027, 1, 1))
    assert {line.holds for line in AgreementScope.objects.all()} == {True}
    assert set(ServiceLevelTarget.objects.values_list("kind", flat=True)) == set(TargetKind)  # one of each to look at
    assert in_force.count() > 10
    for agreement in in_force.exclude(slug=waits.slug):  # the next version gave that one its end
        accepted = list(agreement.acceptances.all())
        assert {each.fingerprint for each in accepted} == {fingerprint_of(agreement=agreement)}, agreement
        targets = list_agreement_targets(agreement=agreement)
        assert list(changed_since_accepted(accepted=accepted, targets=targets)) == []

    targets = ServiceLevelTarget.objects.filter(is_trial=True).select_related("agreement")
    is_over = {each.target.slug: each.is_over(NOVEMBER.date()) for each in list_trials(targets).values()}
    assert is_over == {"track": True, "stock-view": False}
    assert TargetTemplate.objects.get().kind == TargetKind.CASES
    assert set(OwnWord.objects.values_list("kind", flat=True)) == set(WordKind)
