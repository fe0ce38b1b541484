"""Stored availability is confirmed by a second calculation, or contradicted by name."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import AuditEntry
from slas import tasks
from slas.actions.cross_checks import cross_check_figures
from slas.calculation.periods import Period
from slas.models import Attainment, DataGap, FactKind, Measurement, MissingPolicy
from slas.queries.cross_checks import cross_check
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

SEPTEMBER = Period(2026, 9)
pytestmark = pytest.mark.django_db


def changed(figure, **values):
    """The figure with another stored result, as only somebody behind the portal's back could write it."""
    Attainment.objects.filter(pk=figure.pk).update(result=figure.result | values)


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param({}, id="as agreed"),
        pytest.param({"minimum_outage_seconds": 30 * 60, "merge_gap_seconds": 3600}, id="merged and long enough"),
        pytest.param({"missing_policy": MissingPolicy.DOWN}, id="what is unknown is down"),
        pytest.param({"missing_policy": MissingPolicy.UP, "planned_cap_seconds": 600}, id="a small cap"),
        pytest.param({"weighs_users": True, "degraded_share": Decimal("0.25")}, id="users are weighed"),
        pytest.param({"excluded_work": []}, id="planned work counts as down"),
    ],
)
def test_each_agreement_is_confirmed(orders, terms):
    for name, value in terms.items():
        setattr(orders, name, value)
    orders.save()
    factories.add_outage(orders.measure, "2026-10-14 11:50", "2026-10-14 13:00", affected_percent=Decimal("12.5"))
    factories.add_outage(orders.measure, "2026-10-31 20:00", None, left_out_reason="Agreed in the review")
    gap = {"started_at": at("2026-10-20 12:00"), "ended_at": at("2026-10-20 15:00")}
    DataGap.objects.create(measure_id=orders.measure_id, **gap)
    factories.make_target(measure=orders.measure)
    judged(orders)

    found = cross_check(now=AFTERWARDS)

    assert (found.compared, found.changed, found.contradictions) == (1, 0, ())


def test_checks_are_confirmed(in_tenant):
    measure = factories.make_measure(FactKind.CHECKS, max_gap_seconds=900)
    start = at("2026-10-01 00:00")
    Measurement.objects.bulk_create(
        Measurement(measure_id=measure.pk, at=start + timedelta(minutes=40 * n), state=n % 3) for n in range(1_000)
    )
    judged(factories.make_target(measure=measure, minimum_coverage=0))

    found = cross_check(now=AFTERWARDS)

    assert (found.compared, found.changed, found.contradictions) == (1, 0, ())


@pytest.mark.parametrize("closed_at", [None, AFTERWARDS])
def test_a_contradicted_figure_is_named_and_kept_in_the_audit_log(orders, closed_at):
    figure = judged(orders)
    changed(figure, lost_seconds="12481/1")
    Attainment.objects.filter(pk=figure.pk).update(closed_at=closed_at)

    found = cross_check_figures(now=AFTERWARDS)

    (told,) = found.contradictions
    assert told.seconds == (("lost seconds", "12481/1", "12480/1"),)
    entry = AuditEntry.objects.get(act="figure.contradicted")
    assert entry.subject == f"{orders.name}, October 2026"
    assert entry.detail == {"seconds": [["lost seconds", "12481/1", "12480/1"]]}


def test_facts_that_changed_since_contradict_nothing(orders):
    judged(orders)
    factories.add_outage(orders.measure, "2026-10-15 12:00", "2026-10-15 13:00")

    found = cross_check(now=AFTERWARDS)

    assert (found.compared, found.changed, found.contradictions) == (0, 1, ())


def test_a_period_that_still_runs_is_left_out(orders):
    judged(orders, now=at("2026-10-20 12:00"))

    assert cross_check(now=at("2026-10-20 12:00")).compared == 0


def test_facts_that_allow_no_figure_hold_up_no_other(orders):
    judged(orders)
    hours = factories.make_hours()
    judged(factories.make_target(service_hours=hours))
    hours.holiday_region = "XX"
    hours.save()

    found = cross_check(now=AFTERWARDS)

    assert (found.compared, found.changed, found.contradictions) == (1, 1, ())


def run(tenant, *options):
    out = StringIO()
    call_command("cross_check", "--tenant", tenant.slug, *options, stdout=out)
    return out.getvalue()


def test_workers_go_on_until_all_months_were_looked_at_the_newest_first(
    orders, monkeypatch, django_capture_on_commit_callbacks
):
    other = factories.make_target()
    for period in (SEPTEMBER, OCTOBER):
        for target in (orders, other):
            judged(target, period)
    changed(Attainment.objects.get(target=other, period_start=SEPTEMBER.first_on), lost_seconds="1/1")
    sent, told = [{"tenant_id": orders.tenant_id}], []
    monkeypatch.setattr(tasks, "CHECKED_AT_ONCE", 1)
    monkeypatch.setattr(tasks.cross_check_figures, "delay", lambda **kwargs: sent.append(kwargs))
    for portion in sent:  # each adds the next one
        with django_capture_on_commit_callbacks(execute=True):
            tasks.cross_check_figures(**portion)
        told.append(AuditEntry.objects.filter(act="figure.contradicted").count())

    assert [(each["after_period"], each["after_target"]) for each in sent[1:]] == [
        (period, target.pk) for period in ("2026-10-01", "2026-09-01") for target in (orders, other)
    ]
    assert told == [0, 0, 0, 1, 1]


def test_the_command_says_what_is_confirmed(orders, in_tenant):
    judged(orders)

    assert run(in_tenant) == f"{in_tenant.slug}: 1 of 1 figures are confirmed.\n"
    assert run(in_tenant, "--month", "2026-10") == f"{in_tenant.slug}: 1 of 1 figures are confirmed.\n"
    assert run(in_tenant, "--month", "2026-09") == f"{in_tenant.slug}: 0 of 0 figures are confirmed.\n"


def test_the_command_names_what_is_contradicted_and_fails(orders, in_tenant, capsys):
    changed(judged(orders, OCTOBER), counted_seconds=1, excluded_seconds=2)

    with pytest.raises(SystemExit) as ended:
        call_command("cross_check", "--tenant", in_tenant.slug)

    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{in_tenant.slug}: {orders.name}, October 2026: excluded seconds: 2 stored, 3600 counted, "
        "counted seconds: 1 stored, 2005200 counted",
        f"{in_tenant.slug}: 0 of 1 figures are confirmed.",
    ]


def test_a_month_that_is_none_is_refused(in_tenant):
    with pytest.raises(CommandError, match="2026-13"):
        call_command("cross_check", "--tenant", in_tenant.slug, "--month", "2026-13")
