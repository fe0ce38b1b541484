"""What a promise would have given: the present one what was given, another one what it says, and nothing is kept."""

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role
from slas.actions.attainments import close_month, compute_attainments
from slas.calculation.periods import Period
from slas.models import (
    AgreementState,
    Attainment,
    CaseAttribution,
    Measurement,
    PeriodKind,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.replay import Verdict, replay
from tests.slas import factories
from tests.slas.factories import at, every_day

NOW = at("2026-11-10 09:40")
YEAR = [Period(2025, 11).shifted(n) for n in range(12)]


def facts_of_a_year(target):
    """Good and bad in each month but the fourth, which has nothing, and over the edges of months."""
    measure, kind = target.measure, target.kind
    for number, period in enumerate(YEAR):
        first = period.first_on
        if number == 3:
            continue
        day, bad = f"{first:%Y-%m}-10", number % 3 == 0
        if kind in (TargetKind.AVAILABILITY, TargetKind.RELIABILITY):
            end = "14:00" if bad else "10:20"
            factories.add_outage(measure, f"{day} 10:00", f"{day} {end}")
            factories.add_outage(measure, f"{first - timedelta(days=1)} 23:50", f"{first} 00:{20 + number}")
        elif kind == TargetKind.CASES:
            factories.add_case(measure, f"A{number}", f"{day} 09:00", f"{day} {'16:00' if bad else '10:00'}")
            factories.add_case(measure, f"B{number}", f"{first - timedelta(days=1)} 23:00", f"{first} 00:30")
        elif kind == TargetKind.OCCASIONS:
            for on in (first + timedelta(days=n) for n in range((period.end_on - first).days)):
                done = "05:00" if bad and on.day < 4 else "03:00"
                factories.add_occasion(measure, on, at(f"{on} {done}"))
        elif kind == TargetKind.VOLUME:
            factories.add_volume(measure, first, 200, 180 if bad else 199)
        elif kind == TargetKind.SATISFACTION:
            factories.add_survey(measure, first, 90, 40, 25 if bad else 38)
        else:
            Measurement.objects.bulk_create(
                Measurement(measure_id=measure.pk, at=at(f"{day} {hour:02}:30"), value=Decimal(900 if bad else 100))
                for hour in range(24)
            )


def stored(target):
    return list(Attainment.objects.defer(None).filter(target=target).order_by("period_start"))


def said(found):
    return found.sentence.replace("\u00a0", " ")


def told(outcome):
    return (outcome.status.value, outcome.value_words, outcome.value, outcome.used, outcome.digest)


def kept(row):
    return (row.status, row.value_words, row.value, row.used, row.inputs_hash)


@pytest.mark.parametrize("kind", TargetKind.values)
def test_the_present_promise_gives_the_stored_months(in_tenant, member, kind):
    hours = factories.make_hours(every_day(0, 24), words="round the clock, every day")
    fields = {"allowed_misses": 1} if kind == TargetKind.RELIABILITY else {}
    target = factories.make_target(kind, service_hours=hours, decimals=3, **fields)
    facts_of_a_year(target)
    compute_attainments(targets=[target], periods=YEAR, now=NOW)

    found = replay(reader=member(), target=ServiceLevelTarget.objects.get(pk=target.pk), now=NOW)

    rows = stored(target)
    assert [told(month.outcome) for month in found.months] == [kept(row) for row in rows]
    written = [json.loads(json.dumps([month.outcome.result, month.outcome.records])) for month in found.months]
    assert written == [[row.result, row.records] for row in rows]
    assert found.kept > 0 < found.missed
    assert (found.kept, found.missed) == (
        sum(row.status in ("kept", "close") for row in rows),
        sum(row.status == "missed" for row in rows),
    )


@pytest.mark.parametrize("kind", [PeriodKind.QUARTER, PeriodKind.YEAR])
def test_longer_periods_are_tried_as_they_are_stored(in_tenant, member, kind):
    target = factories.make_target("volume", period_kind=kind)
    facts_of_a_year(target)
    factories.add_volume(target.measure, date(2025, 3, 1), 1000, 1000)
    compute_attainments(targets=[target], periods=[Period(2025, 1).shifted(n) for n in range(21)], now=NOW)

    found = replay(reader=member(), target=target, now=NOW)

    rows = stored(target)[-4:] if kind == PeriodKind.QUARTER else stored(target)[:1]
    assert [told(month.outcome) for month in found.months] == [kept(row) for row in rows]
    of_several = f"{found.kept} of the last 4 quarters"
    assert (
        said(found) == f"This would have been kept in {of_several if kind == PeriodKind.QUARTER else 'the last year'}."
    )
    assert found.months[-1].name == (
        "July to September 2026" if kind == PeriodKind.QUARTER else "the year from January 2025"
    )


def in_two_versions(**later):
    """The same promise in a version that gave way on 12 March 2026, and in the one after it."""
    before = factories.make_agreement(slug="orders", state=AgreementState.SUPERSEDED, ends_on=date(2026, 3, 12))
    after = factories.make_agreement(
        slug="orders", version=2, customer=before.customer, provider=before.provider, starts_on=date(2026, 3, 12)
    )
    first = factories.make_target("cases", agreement=before, slug="solved", attribution=CaseAttribution.DUE)
    last = factories.make_target("cases", agreement=after, slug="solved", measure=first.measure, **later)
    facts_of_a_year(last)
    return first, last


def test_the_months_of_the_present_version_are_its_own_and_those_before_are_judged_whole_by_its_terms(
    in_tenant, member
):
    first, last = in_two_versions(within_seconds=8 * 3600)
    compute_attainments(targets=[first, last], periods=YEAR, now=NOW)

    found = replay(reader=member(), target=last, now=NOW)

    own = stored(last)
    assert [told(month.outcome) for month in found.months[-8:]] == [kept(row) for row in own]
    assert own[0].result["part"] == "from 12\u00a0Mar"
    assert [month.verdict for month in found.months[:3]] == [Verdict.KEPT] * 3
    assert [row.status for row in stored(first)][:1] == ["missed"] * 1


def test_a_promise_that_is_not_written_yet_is_tried_on_whole_months(in_tenant, member):
    service = factories.make_service()
    measure = factories.make_measure()
    for number, period in enumerate(YEAR):
        factories.add_outage(measure, f"{period.first_on} 23:00", f"{period.first_on} 23:{10 + 4 * number}")
    draft = factories.make_agreement(state=AgreementState.DRAFT, starts_on=date(2027, 1, 1))
    target = ServiceLevelTarget(
        agreement=draft, service=service, measure=measure, kind="availability", threshold=Decimal("99.93"), decimals=3
    )

    found = replay(reader=member(), target=target, now=NOW)

    assert [month.name for month in found.months][::11] == ["November 2025", "October 2026"]
    assert [month.letter for month in found.months] == list("KKKCCCMMMMMM")
    assert said(found) == "This would have been kept in 6 of the last 12 months."
    assert (found.months[-1].lost.replace("\u00a0", " "), found.months[-1].room.replace("\u00a0", " ")) == (
        "54 min",
        "31 min",
    )
    assert found.months[-1].share == 1 - Fraction(54, 745 * 60)


def test_new_hours_are_tried_as_they_will_be(in_tenant, member):
    measure = factories.make_measure()
    for period in YEAR:
        factories.add_outage(measure, f"{period.first_on} 09:00", f"{period.first_on} 17:00")
    days = factories.make_hours(every_day(8, 18), words="08:00 to 18:00, every day")
    nights = factories.make_hours(
        every_day(18, 24), name=days.name, version=2, replaces=days, starts_on=date(2027, 1, 1), words="18:00 to 24:00"
    )
    draft = factories.make_agreement(state=AgreementState.DRAFT, starts_on=date(2027, 1, 1))
    fields = {"agreement": draft, "measure": measure, "kind": "availability", "threshold": Decimal(99)}

    tried = [
        replay(reader=member(), target=ServiceLevelTarget(service_hours=hours, **fields), now=NOW)
        for hours in (days, nights)
    ]

    assert [found.kept for found in tried] == [0, 12]
    assert tried[1].months[0].outcome.proof["hours"]["words"] == "18:00 to 24:00"


def test_nothing_is_written_and_not_more_is_asked_for_more_facts(in_tenant, member):
    target, reader = factories.make_target("cases"), member()
    asked = []
    for _ in range(2):
        target.measure = factories.make_measure("cases")
        facts_of_a_year(target)
        with CaptureQueriesContext(connection) as captured:
            replay(reader=reader, target=target, now=NOW)
        asked.append(len(captured))
        assert all(query["sql"].lstrip().upper().startswith(("SELECT", "WITH")) for query in captured)

    assert asked == [6, 6]
    assert not Attainment.objects.exists()


def test_months_without_data_are_said_and_not_guessed(in_tenant, member):
    measure = factories.make_measure(starts_on=date(2026, 8, 1))
    target = factories.make_target(measure=measure)
    trial = factories.make_target(measure=measure, is_trial=True, threshold=None)
    silent = factories.make_target(is_trial=False, measure=factories.make_measure(is_covered=False))

    found, measured, nothing = (replay(reader=member(), target=each, now=NOW) for each in (target, trial, silent))

    assert said(found) == (
        "This would have been kept in 3 of 3 months that can be judged; of 9 of the last 12 months there is not enough"
        " data."
    )
    assert said(measured) == "Nothing is promised yet. There are figures of 3 of the last 12 months."
    assert said(nothing) == (
        "It cannot be said how this would have done: there is not enough data of the last 12 months."
    )


def test_a_month_of_which_no_figure_can_be_made_says_why_and_holds_up_no_other(in_tenant, member):
    hours = factories.make_hours({}, words="never")
    target = factories.make_target("cases", service_hours=hours)
    factories.add_case(target.measure, "A1", "2026-10-02 09:00", "2026-10-02 10:00")

    found = replay(reader=member(), target=target, now=NOW)

    assert len(found.months) == 12
    assert all(month.verdict is Verdict.UNKNOWN for month in found.months)
    assert "do not open again" in found.months[-1].refusal


def test_the_business_tries_the_months_that_were_issued_to_it(unit, agreement, member):
    target = agreement.targets.get()
    close_month(business_unit=unit, month=date(2026, 9, 1), by=None, now=NOW)
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])

    found = replay(reader=head, target=target, now=NOW)

    assert [month.name for month in found.months] == ["September 2026"]
