"""A stored figure is calculated again: equal, corrected through the front door, or changed behind it and named."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.audit.actions import record
from slas.actions.attainments import close_figures, compute_attainments
from slas.actions.batches import Arrival, count_rows
from slas.actions.planned_work import end_work
from slas.models import (
    Agreement,
    Attainment,
    Case,
    DataGap,
    Measurement,
    Occasion,
    Outage,
    PlannedWork,
    SurveyCount,
    TargetKind,
    Volume,
)
from slas.queries.rows import CaseRow, CheckRow, GapRow, OccasionRow, OutageRow, ReadingRow, SurveyRow, VolumeRow
from slas.queries.verification import NOT_IN_FORCE, NOT_KEPT, NOT_SHOWN, Finding, verify_figure
from tests.slas import factories
from tests.slas.factories import OCTOBER, at

NOW = datetime(2026, 11, 6, 9, 40, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 9, 40, tzinfo=UTC)
FIRST = date(2026, 10, 1)
SIXTH = "2026-10-06T04:12:00+00:00"


@pytest.fixture
def closed(in_tenant):
    """closed(target) is its October, frozen."""

    def close(target):
        compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
        attainment = Attainment.objects.get(target=target)
        close_figures(ids=[attainment.pk], now=NOW)
        return Attainment.objects.get(pk=attainment.pk)

    return close


def of(kind, *facts):
    target = factories.make_target(kind)
    count_rows(measure=target.measure, fact=target.measure.fact_kind, rows=facts, arrival=Arrival("imported"), now=NOW)
    return target


KINDS = [
    pytest.param(
        "cases", CaseRow("INC1", at("2026-10-05 09:00"), resolved_at=at("2026-10-05 12:00")),
        CaseRow("INC1", at("2026-10-05 09:00"), resolved_at=at("2026-10-05 10:00")),
        (Case, {"resolved_at": at("2026-10-05 10:00")}),
        ("cases, INC1, stopped_at", "2026-10-05 11:00:00 UTC", "2026-10-05 09:00:00 UTC"), id="cases",
    ),
    pytest.param(
        "occasions", OccasionRow(FIRST, at("2026-10-01 07:20")), OccasionRow(FIRST, at("2026-10-01 03:20")),
        (Occasion, {"completed_at": at("2026-10-01 03:20")}),
        ("records, 2026-10-01, completed_at", "2026-10-01 06:20:00 UTC", "2026-10-01 02:20:00 UTC"), id="dates",
    ),
    pytest.param(
        "volume", VolumeRow(FIRST, 100, 90), VolumeRow(FIRST, 100, 99), (Volume, {"met": 99}),
        ("records, 2026-10-01", "2026-10-01 90/100", "2026-10-01 99/100"), id="volumes",
    ),
    pytest.param(
        "satisfaction", SurveyRow(FIRST, 60, 41, 30), SurveyRow(FIRST, 60, 44, 36),
        (SurveyCount, {"answers": 44, "good": 36}), ("figure, answers", NOT_SHOWN, NOT_SHOWN), id="answers",
    ),
    pytest.param(
        "readings", ReadingRow(at("2026-10-06 08:00"), Decimal(400)), ReadingRow(at("2026-10-06 08:00"), Decimal(900)),
        (Measurement, {"value": Decimal(900)}),
        ("records, 2026-10-06", "2026-10-06 1/1", "2026-10-06 0/1"), id="readings",
    ),
    pytest.param(
        "availability", OutageRow(at("2026-10-06 05:12"), at("2026-10-06 06:44")),
        OutageRow(at("2026-10-06 05:12"), at("2026-10-06 05:14")), (Outage, {"ended_at": at("2026-10-06 05:14")}),
        (f"facts, outages, {SIXTH}, end", "2026-10-06 05:44:00 UTC", "2026-10-06 04:14:00 UTC"), id="availability",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "corrected", "tampered", "told"), KINDS)
def test_a_figure_is_equal_until_its_facts_change(closed, kind, row, corrected, tampered, told):
    attainment = closed(of(kind, row))

    assert verify_figure(attainment=attainment).finding is Finding.EQUAL

    batch, _applied = count_rows(
        measure=attainment.target.measure, fact=attainment.target.measure.fact_kind, rows=[corrected],
        arrival=Arrival("imported", reason="Clock was wrong"), now=LATER,
    )  # fmt: skip
    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.CORRECTED
    changes = {each.where: each for each in verification.changes}
    assert (changes[told[0]].then, changes[told[0]].now) == told[1:]
    assert {each.correction for each in changes.values()} == {
        f"batch {batch.pk}, 9\u00a0Nov\u00a02026: Clock was wrong"
    }


@pytest.mark.parametrize(("kind", "row", "corrected", "tampered", "told"), KINDS)
def test_what_was_changed_behind_the_portal_is_named(closed, kind, row, corrected, tampered, told):
    attainment = closed(of(kind, row))
    model, values = tampered
    model.objects.update(**values)

    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.DIFFERENT
    changes = {each.where: each for each in verification.changes}
    assert (changes[told[0]].then, changes[told[0]].now) == told[1:]
    assert {each.correction for each in changes.values()} == {""}


def test_only_the_figure_of_the_changed_event_is_different(closed, orders):
    other = closed(of("volume", VolumeRow(FIRST, 100, 90)))
    attainment = closed(orders)
    Outage.objects.filter(started_at=at("2026-10-06 05:12")).update(ended_at=at("2026-10-06 05:14"))

    (change,) = verify_figure(attainment=attainment).changes

    assert (change.where, change.correction) == (f"facts, outages, {SIXTH}, end", "")
    assert verify_figure(attainment=other).finding is Finding.EQUAL


def test_a_correction_does_not_cover_what_was_changed_after_it(closed):
    row = OutageRow(at("2026-10-06 05:12"), at("2026-10-06 06:44"))
    attainment = closed(of("availability", row))
    corrected = OutageRow(row.started_at, at("2026-10-06 06:00"))
    measure = attainment.target.measure
    count_rows(measure=measure, fact="outages", rows=[corrected], arrival=Arrival("imported"), now=LATER)
    Outage.objects.update(ended_at=at("2026-10-06 05:14"))

    assert verify_figure(attainment=attainment).finding is Finding.DIFFERENT


@pytest.mark.parametrize("came", [True, False], ids=["in a batch", "in none"])
def test_an_event_that_came_later_is_named(closed, orders, came):
    attainment = closed(orders)
    row = OutageRow(at("2026-10-09 05:00"), at("2026-10-09 06:00"))
    if came:
        count_rows(measure=orders.measure, fact="outages", rows=[row], arrival=Arrival("pushed"), now=LATER)
    else:
        factories.add_outage(orders.measure, "2026-10-09 05:00", "2026-10-09 06:00")

    verification = verify_figure(attainment=attainment)

    assert [each.where for each in verification.changes] == ["facts, outages, 2026-10-09T04:00:00+00:00"]
    assert verification.finding is (Finding.CORRECTED if came else Finding.DIFFERENT)


def test_a_time_without_data_is_explained_by_its_batch(closed, orders):
    attainment = closed(orders)
    gap = GapRow(at("2026-10-09 05:00"), at("2026-10-09 06:00"))
    count_rows(measure=orders.measure, fact="gaps", rows=[gap], arrival=Arrival("imported"), now=LATER)

    verification = verify_figure(attainment=attainment)

    assert [each.where for each in verification.changes] == ["facts, unknown"]
    assert verification.finding is Finding.CORRECTED


@pytest.mark.parametrize("said", [True, False], ids=["as said", "behind the portal"])
def test_planned_work_is_explained_by_the_audit(closed, orders, people_of, said):
    attainment = closed(orders)
    work = PlannedWork.objects.get()
    if said:
        end_work(work=work, ended_at=at("2026-10-18 07:00"), reason="It took longer", by=people_of["owner"], now=LATER)
    else:
        PlannedWork.objects.update(ended_at=at("2026-10-18 07:00"))

    (change,) = verify_figure(attainment=attainment).changes

    assert change.where == "facts, planned_works, 2026-10-18T03:00:00+00:00, ended_at"
    assert ("work.ended" in change.correction) is said


@pytest.mark.parametrize("ended_at", ["2026-10-18 04:10", "2026-10-18 06:00"])
def test_an_act_on_planned_work_explains_what_it_said_and_no_other_end(closed, orders, people_of, ended_at):
    attainment = closed(orders)
    work = PlannedWork.objects.get()
    end_work(work=work, ended_at=at("2026-10-18 07:00"), reason="It took longer", by=people_of["owner"], now=LATER)
    PlannedWork.objects.update(ended_at=at(ended_at))
    which = {"service": orders.service.slug, "work": work.starts_at.isoformat()}
    record(act="work.approved", actor_id=people_of["owner"].user_id, at=LATER, subject=work.title, **which)

    changes = {each.where: each for each in verify_figure(attainment=attainment).changes}

    assert changes["facts, planned_works, 2026-10-18T03:00:00+00:00, ended_at"].correction == ""


def test_changed_terms_are_named(closed, orders):
    attainment = closed(orders)
    orders.minimum_outage_seconds = 600
    orders.save()

    (change,) = verify_figure(attainment=Attainment.objects.get(pk=attainment.pk)).changes

    assert (change.where, change.then, change.now, change.correction) == ("terms, minimum_outage", "0", "600", "")


def test_no_other_act_excuses_changed_terms(closed, orders, people_of):
    attainment = closed(orders)
    by = people_of["owner"].user_id
    subjects = {
        "target.proposed": orders.name, "target.removed": orders.name, "hours.created": orders.service_hours.name,
        "hours.edited": orders.service_hours.name, "agreement.ended": str(orders.agreement),
        "measure.edited": orders.measure.name,
    }  # fmt: skip
    for act, subject in subjects.items():
        record(act=act, actor_id=by, at=LATER, subject=subject, slug=orders.agreement.slug)
    orders.threshold = Decimal(90)
    orders.save()

    verification = verify_figure(attainment=Attainment.objects.get(pk=attainment.pk))

    assert [(each.where, each.correction) for each in verification.changes] == [("target", "")]
    assert verification.finding is Finding.DIFFERENT


@pytest.mark.parametrize("said", [True, False], ids=["as said", "moved again behind the portal"])
def test_an_end_of_the_agreement_is_explained_by_its_own_act(closed, orders, people_of, said):
    """Notice is for days to come; an end that was told before that was so is still explained."""
    attainment, agreement, on = closed(orders), orders.agreement, date(2026, 10, 25)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=on)
    told = {"slug": agreement.slug, "version": agreement.version, "on": on.isoformat()}
    record(act="agreement.ended", actor_id=people_of["owner"].user_id, at=LATER, subject=str(agreement), **told)
    if not said:
        Agreement.objects.filter(pk=agreement.pk).update(ends_on=date(2026, 10, 22))

    changes = {each.where: each for each in verify_figure(attainment=attainment).changes}

    assert ("agreement.ended" in changes["span"].correction) is said


@pytest.mark.parametrize("name", ["On another day", "Of another service"])
def test_no_other_work_of_the_same_title_excuses_a_changed_one(closed, orders, people_of, name):
    attainment = closed(orders)
    work = PlannedWork.objects.get()
    service = orders.service if name == "On another day" else factories.make_service(name=orders.service.name)
    day = "2026-10-19" if name == "On another day" else "2026-10-18"
    other = factories.add_work(service, f"{day} 04:00", f"{day} 05:00", "2026-10-01 09:00", None, title=work.title)
    end_work(work=other, ended_at=at(f"{day} 04:30"), reason="Done", by=people_of["owner"], now=LATER)
    PlannedWork.objects.filter(pk=work.pk).update(ended_at=at("2026-10-18 07:00"))

    changes = {each.where: each for each in verify_figure(attainment=attainment).changes}

    assert changes["facts, planned_works, 2026-10-18T03:00:00+00:00, ended_at"].correction == ""


LATE = [
    pytest.param(
        "readings", ReadingRow(at("2026-10-06 08:00"), Decimal(400)), ReadingRow(at("2026-10-20 08:00"), Decimal(400)),
        (Measurement, {"value": Decimal(900)}), id="readings",
    ),
    pytest.param(
        "readings", ReadingRow(at("2026-10-06 08:00"), Decimal(400)), ReadingRow(at("2026-10-06 09:00"), Decimal(400)),
        (Measurement, {"value": Decimal(900)}), id="readings of the same day",
    ),
    pytest.param(
        "satisfaction", SurveyRow(FIRST, 60, 41, 30), SurveyRow(date(2026, 10, 15), 60, 41, 30),
        (SurveyCount, {"answers": 44, "good": 36}), id="answers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "late", "tampered"), LATE)
def test_a_late_batch_explains_what_it_brought_and_nothing_else(closed, kind, row, late, tampered):
    attainment = closed(of(kind, row))
    measure = attainment.target.measure
    arrival = Arrival("imported", reason="Came late")
    count_rows(measure=measure, fact=measure.fact_kind, rows=[late], arrival=arrival, now=LATER)

    assert verify_figure(attainment=attainment).finding is Finding.CORRECTED

    model, values = tampered
    key = {"at": row.at} if kind == "readings" else {"on": row.on}
    model.objects.filter(**key).update(**values)

    assert verify_figure(attainment=attainment).finding is Finding.DIFFERENT


def test_a_late_check_explains_the_outage_that_it_lies_in_and_no_other_of_the_day(closed):
    measure = factories.make_measure("checks")
    target = factories.make_target(measure=measure)
    states = {"08:00": 0, "09:00": 2, "10:00": 0, "15:00": 2, "16:00": 0}
    checks = [CheckRow(at(f"2026-10-06 {clock}"), state, None) for clock, state in states.items()]
    count_rows(measure=measure, fact="checks", rows=checks, arrival=Arrival("imported"), now=NOW)
    attainment = closed(target)
    late = CheckRow(at("2026-10-06 09:30"), 0, None)
    count_rows(measure=measure, fact="checks", rows=[late], arrival=Arrival("imported", reason="Late"), now=LATER)

    assert verify_figure(attainment=attainment).finding is Finding.CORRECTED

    Measurement.objects.filter(at=at("2026-10-06 16:00")).update(at=at("2026-10-06 15:10"))

    verified = verify_figure(attainment=attainment)
    assert verified.finding is Finding.DIFFERENT
    assert {each.where: bool(each.correction) for each in verified.changes if "outages" in each.where} == {
        "facts, outages, checks 2026-10-06T08:00:00+00:00, end": True,
        "facts, outages, checks 2026-10-06T14:00:00+00:00, end": False,
    }


def test_a_late_time_without_data_excuses_no_other_of_the_day(closed, orders):
    attainment = closed(orders)
    gap = GapRow(at("2026-10-06 20:00"), at("2026-10-06 21:00"), "Lost")
    count_rows(measure=orders.measure, fact="gaps", rows=[gap], arrival=Arrival("imported", reason="L"), now=LATER)
    assert verify_figure(attainment=attainment).finding is Finding.CORRECTED

    DataGap.objects.create(
        measure_id=orders.measure_id,
        started_at=at("2026-10-06 10:00"),
        ended_at=at("2026-10-06 11:00"),
        reason="Lost",
    )

    assert verify_figure(attainment=attainment).finding is Finding.DIFFERENT


def test_a_stored_figure_that_does_not_follow_from_its_inputs_is_named(closed, orders):
    attainment = closed(orders)
    attainment.value_words, attainment.proof["lines"][0]["exact"] = "99.9", "1/1"

    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.DIFFERENT
    assert [each.where for each in verification.altered] == ["proof, lines, service_hours, exact", "value"]


@pytest.mark.parametrize("inputs", ["no JSON", '{"kind":"speed","inputs":{}}'])
def test_inputs_that_cannot_be_read_are_said(closed, orders, inputs):
    attainment = closed(orders)
    attainment.inputs = inputs

    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.UNABLE
    assert verification.refusal in verification.sentences


def test_a_figure_from_before_inputs_were_kept_is_compared_by_its_fingerprint(closed, orders):
    attainment = closed(orders)
    attainment.inputs = ""

    assert verify_figure(attainment=attainment).finding is Finding.EQUAL

    Outage.objects.all().delete()
    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.DIFFERENT
    assert [each.where for each in verification.changes] == ["fingerprint of all inputs"]
    assert verification.note == NOT_KEPT


def test_a_figure_of_other_rules_is_not_called_different(closed, orders, monkeypatch):
    attainment = closed(orders)
    for module in ("slas.calculation.kept", "slas.calculation.proof"):
        monkeypatch.setattr(f"{module}.RULES_VERSION", 99)

    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.UNABLE
    assert "of the counting rules, and this is 99" in verification.refusal


def test_a_promise_that_was_ended_before_its_period_cannot_be_recomputed(closed, orders):
    attainment = closed(orders)
    attainment.target.agreement.ends_on = date(2026, 9, 1)

    verification = verify_figure(attainment=attainment)

    assert (verification.finding, verification.refusal) == (Finding.UNABLE, NOT_IN_FORCE)


def test_few_answers_are_said_to_be_looked_up(closed):
    attainment = closed(of(TargetKind.SATISFACTION, SurveyRow(FIRST, 77, 4, 3)))

    verification = verify_figure(attainment=attainment)

    assert verification.finding is Finding.EQUAL
    assert "looked up in the database alone" in verification.note
