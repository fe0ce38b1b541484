"""Failures over the first day of an agreement, and of a version of it, from the rows of the database."""

import json
from datetime import date

import pytest

from slas.calculation.kept import check_figure, told_of
from slas.calculation.outcomes import attain
from slas.models import AgreementState, TargetKind
from slas.queries.inputs import gather_inputs
from slas.queries.targets import list_targets, period_of, slot_of
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, judged

pytestmark = pytest.mark.django_db
FROM = date(2026, 10, 15)


@pytest.fixture
def versions(in_tenant):
    """A promise by day, whose next version is round the clock from 15 October on."""
    first = factories.make_agreement(slug="orders", state=AgreementState.SUPERSEDED, ends_on=FROM)
    sides = {"customer": first.customer, "provider": first.provider}
    second = factories.make_agreement(slug="orders", version=2, starts_on=FROM, **sides)
    service, measure = factories.make_service(), factories.make_measure()
    hours = factories.make_hours(factories.every_day(4, 22)), None

    def make(kind=TargetKind.RELIABILITY, *, by=hours, **terms):
        common = {"slug": "work", "service": service, "measure": measure, **terms}
        return [
            factories.make_target(kind, agreement=agreement, service_hours=each, **common)
            for agreement, each in zip((first, second), by, strict=True)
        ]

    make.hours = hours
    return make


def in_both(targets):
    figures = [judged(target) for target in targets]
    for figure in figures:
        told = {"status": figure.status, "value": figure.value_words, "result": figure.result} | {
            "proof": figure.proof, "records": figure.records,
        }  # fmt: skip
        assert check_figure(told, json.loads(figure.inputs)).is_equal
    return [
        figure.result["reliability"]["failures"] if "reliability" in figure.result else int(figure.value_words[:-1])
        for figure in figures
    ]


@pytest.mark.parametrize("kind", [TargetKind.RELIABILITY, TargetKind.AVAILABILITY])
@pytest.mark.parametrize(("turned", "counted"), [pytest.param(False, [0, 1]), pytest.param(True, [1, 0])])
def test_a_failure_over_the_first_day_of_a_version_counts_in_one_of_both(versions, kind, turned, counted):
    targets = versions(kind, by=versions.hours[::-1] if turned else versions.hours)
    factories.add_outage(targets[0].measure, "2026-10-14 23:00", "2026-10-15 06:00")

    assert in_both(targets) == counted


@pytest.mark.parametrize(("excluded", "counted"), [pytest.param(["planned"], [0, 1]), pytest.param([], [1, 0])])
def test_planned_work_before_a_version_is_that_of_the_version_before(versions, excluded, counted):
    """Two hours at the beginning of the month use up no more of the cap of the first version than they took."""
    targets = versions(by=(None, None), planned_cap_seconds=5 * 3600)
    targets[0].excluded_work = excluded
    targets[0].save()
    for start, end in (("2026-10-02 10:00", "2026-10-02 12:00"), ("2026-10-14 22:00", "2026-10-15 00:00")):
        factories.add_work(targets[0].service, start, end, "2026-09-01 09:00", "2026-09-02 09:00")
    factories.add_outage(targets[0].measure, "2026-10-14 23:00", "2026-10-15 06:00")
    beside = 0 if excluded else 1  # the work of the 2nd, where nothing is taken out

    assert in_both(targets) == [counted[0] + beside, counted[1]]


def test_what_began_before_the_agreement_counts_from_its_first_day(in_tenant):
    agreement = factories.make_agreement(starts_on=FROM)
    target = factories.make_target(TargetKind.RELIABILITY, agreement=agreement)
    factories.add_outage(target.measure, "2026-09-20 12:00", "2026-10-16 00:00")

    assert in_both([target]) == [1]
    assert [record["state"] for record in judged(target).records] == ["counted"]


def test_a_promise_that_the_version_before_did_not_make_begins_with_its_own_version(versions):
    first, second = versions(by=(None, None))
    first.slug = "another"
    first.save()
    factories.add_outage(second.measure, "2026-10-14 23:00", "2026-10-15 06:00")

    assert in_both([first, second]) == [1, 1]


def test_where_nothing_lasts_over_the_first_day_nothing_of_the_version_before_is_kept(versions):
    _first, second = versions()
    factories.add_outage(second.measure, "2026-10-20 10:00", "2026-10-20 12:00")
    (target,) = list_targets(ids=[second.pk])
    slot = slot_of(target, period_of(target, OCTOBER.first_on), AFTERWARDS)

    ((_slot, inputs),) = gather_inputs(slots=[slot], now=AFTERWARDS)

    assert (inputs.terms.in_force, inputs.terms.former) == (None, ())
    assert told_of(attain(inputs))["value"] == "1×"
