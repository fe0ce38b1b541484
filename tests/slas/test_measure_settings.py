"""A measure is counted in another way: figures follow, closed ones as corrections, and it is written down why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from slas.actions.attainments import close_month, compute_attainments, recompute_dirty
from slas.actions.measures import Told, change_measure
from slas.calculation.periods import Period
from slas.errors import CountingReasonMissing
from slas.models import Attainment, DirtyTarget, FactKind, Measurement
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
SEPTEMBER, OCTOBER, NOVEMBER = (Period(2026, month) for month in (9, 10, 11))
WHY = "The probe was put up on that day"


@pytest.fixture
def unit(in_tenant):
    return people.make_unit()


@pytest.fixture
def target(unit):
    agreement = factories.make_agreement(unit=unit, starts_on=date(2026, 9, 1))
    return factories.make_target(agreement=agreement)


@pytest.fixture
def by(member):
    return member(Role.SERVICE_OWNER)


def queued():
    return sorted(DirtyTarget.objects.values_list("period_start", flat=True))


@pytest.mark.parametrize(
    ("before", "after", "periods"),
    [
        pytest.param(None, date(2026, 10, 1), [SEPTEMBER], id="to the first of a month"),
        pytest.param(None, date(2026, 10, 2), [SEPTEMBER, OCTOBER], id="into a month"),
        pytest.param(date(2026, 10, 20), date(2026, 10, 5), [OCTOBER], id="earlier in the month"),
        pytest.param(date(2026, 10, 20), None, [SEPTEMBER, OCTOBER], id="from the beginning"),
        pytest.param(date(2025, 1, 1), date(2026, 8, 1), [], id="before anything was promised"),
        pytest.param(date(2026, 10, 5), date(2026, 10, 5), [], id="not at all"),
    ],
)
def test_another_beginning_touches_the_periods_between(target, by, before, after, periods):
    target.measure.starts_on = before
    target.measure.save()

    change_measure(measure=target.measure, told=Told(by, NOW, WHY), starts_on=after)

    assert queued() == [period.first_on for period in periods]


def test_another_silence_touches_all_that_was_promised(unit, by):
    measure = factories.make_measure(FactKind.CHECKS, max_gap_seconds=600)
    agreement = factories.make_agreement(unit=unit, starts_on=date(2026, 9, 1))
    factories.make_target(agreement=agreement, measure=measure)

    change_measure(measure=measure, told=Told(by, NOW, WHY), max_gap_seconds=3600)

    assert queued() == [period.first_on for period in (SEPTEMBER, OCTOBER, NOVEMBER)]


def test_open_figures_are_replaced_and_closed_ones_corrected(unit, by):
    measure = factories.make_measure(FactKind.CHECKS, max_gap_seconds=3600)
    target = factories.make_target(agreement=factories.make_agreement(unit=unit, starts_on=date(2026, 10, 1)),
                                   measure=measure)  # fmt: skip
    start = at("2026-10-01 00:00")
    Measurement.objects.bulk_create(
        Measurement(measure_id=measure.pk, at=start + timedelta(hours=n), state=0) for n in range(41 * 24)
    )
    compute_attainments(targets=[target], periods=[OCTOBER, NOVEMBER], now=NOW)
    close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)

    change_measure(measure=measure, told=Told(by, NOW, "An hour says too much"), max_gap_seconds=1800)
    recompute_dirty(limit=10, now=NOW)

    october, correction = Attainment.objects.filter(period_start=date(2026, 10, 1)).order_by("revision")
    assert (october.status, october.closed_at, correction.status, correction.closed_at) == (
        "kept",
        NOW,
        "data_gap",
        None,
    )
    assert Attainment.objects.get(period_start=date(2026, 11, 1)).status == "data_gap"


def test_it_is_written_down_what_was_changed_and_why(target, by):
    change_measure(measure=target.measure, told=Told(by, NOW, WHY), starts_on=date(2026, 10, 2), name="Another name")

    entry = AuditEntry.objects.get(act="measure.recounted")
    assert (entry.actor_id, entry.subject) == (by.user_id, "Another name")
    assert entry.detail == {"starts_on": [None, "2026-10-02"], "reason": WHY, "slug": target.measure.slug}


def test_other_words_change_no_figure(target, by):
    change_measure(measure=target.measure, told=Told(by, NOW), name="Another name")

    assert (queued(), AuditEntry.objects.get().act) == ([], "measure.edited")


def test_counting_anew_under_a_promise_needs_a_reason(target, by):
    with pytest.raises(CountingReasonMissing, match="Say why"):
        change_measure(measure=target.measure, told=Told(by, NOW, " "), starts_on=date(2026, 10, 2))

    assert queued() == []
    change_measure(measure=factories.make_measure(), told=Told(by, NOW), starts_on=date(2026, 10, 2))


def test_in_the_browser(target, by, client_of, monkeypatch, settings):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    measure, client = target.measure, client_of(by)
    fields = {name: getattr(measure, name) for name in ("name", "fact_kind", "what", "source", "decider")} | {
        "starts_on": "2026-10-02"
    }
    address = f"/t/larkmoor/measures/{measure.slug}/edit/"

    refused = client.post(address, fields)
    saved = client.post(address, fields | {"reason": WHY})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "Promises are judged by this measure" in refused.content.decode()
    assert queued() == [SEPTEMBER.first_on, OCTOBER.first_on]
