"""A promise that was built gives one figure, whoever counts: the reference, the second calculation, SQL, the replay."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from slas.calculation.outcomes import attain
from slas.forms.building import BuilderForm
from slas.models import FactKind, Measure, Measurement, ServiceLevelTarget
from slas.queries.cross_checks import cross_check
from slas.queries.inputs import gather_inputs
from slas.queries.replay import replay
from slas.queries.targets import slot_of
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

pytestmark = pytest.mark.django_db
WEEK = {day: [(8 * 60, 12 * 60), (13 * 60, 18 * 60)] for day in range(5)}


def built(kind, measure, **answers):
    """A promise as its questions were answered, in force."""
    given = {
        "name": "A promise", "service": factories.make_service().pk, "measure": measure.pk, "period_kind": "month",
        "period_start_month": "1", "missing_policy": "exclude", "degraded_percent": "50",
    }  # fmt: skip
    target = ServiceLevelTarget(agreement=factories.make_agreement(), kind=kind, slug="built")
    form = BuilderForm(given | answers, target=target, new=Measure())
    assert form.is_valid(), form.errors
    made = form.filled()
    made.save()
    return ServiceLevelTarget.objects.get(pk=made.pk)


def october_of_replay(target, reader):
    return next(
        month for month in replay(reader=reader, target=target, now=AFTERWARDS).months if month.period == OCTOBER
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"threshold": "99.5", "is_always": "on"},
        {"threshold": "98.25", "missing_policy": "down", "excluded_work": ["planned"], "planned_notice_days": "5"},
        {"threshold": "100", "excluded_work": ["planned", "supplier"], "planned_cap": "45"},
    ],
)
def test_time_is_counted_alike_by_the_reference_the_second_calculation_and_the_replay(in_tenant, member, answers):
    drawn, measure = Random(7), factories.make_measure()
    for day in range(1, 29):
        hour, length = drawn.randrange(6, 20), drawn.randrange(1, 300)
        start = at(f"2026-10-{day:02} {hour:02}:15")
        measure_rows = {"is_degraded": drawn.random() < 0.4, "started_at": start}
        factories.Outage.objects.create(
            measure_id=measure.pk, ended_at=start + timedelta(minutes=length), **measure_rows
        )
    hours = (
        {} if "is_always" in answers else {"service_hours": factories.make_hours(WEEK, words="Mondays to Fridays").pk}
    )
    target = built("availability", measure, **answers, **hours)
    factories.add_work(target.service, "2026-10-18 09:00", "2026-10-19 11:00", "2026-10-07 09:00", "2026-10-09 09:00")

    figure = judged(target)
    found = cross_check(now=AFTERWARDS)

    assert figure.result["lost_seconds"] != "0/1"
    assert (found.compared, found.contradictions) == (1, ())
    assert october_of_replay(target, member()).outcome.digest == figure.inputs_hash


@pytest.mark.parametrize("limit", ["250", "400"])
def test_readings_are_counted_alike_by_the_hour_one_by_one_and_in_python(in_tenant, member, limit):
    measure = factories.make_measure(FactKind.READINGS, unit_words="milliseconds")
    values = {at("2026-10-01 00:07") + timedelta(minutes=31 * n): 100 + (n * 37) % 500 for n in range(1_400)}
    Measurement.objects.bulk_create(
        Measurement(measure_id=measure.pk, at=each, value=Decimal(value)) for each, value in values.items()
    )
    target = built(
        "readings", measure, threshold="90", reading_limit=limit, unit_words="response times", is_always="on"
    )

    figure = judged(target)
    ((_slot, inputs),) = gather_inputs(slots=[slot_of(target, OCTOBER, AFTERWARDS)], now=AFTERWARDS, anew=True)
    month = [value for each, value in values.items() if at("2026-10-01 00:00") <= each < at("2026-11-01 00:00")]

    assert attain(inputs).digest == figure.inputs_hash == october_of_replay(target, member()).outcome.digest
    assert (figure.result["total"], figure.result["met"]) == (len(month), sum(value <= int(limit) for value in month))
