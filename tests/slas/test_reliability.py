"""How often something failed and how long it took to bring back, on the page of a figure, and as a promise."""

import json

import pytest

from slas.actions.attainments import close_figures, compute_attainments, recompute_dirty
from slas.actions.facts import apply_rows
from slas.actions.planned_work import end_work
from slas.calculation.kept import check_figure
from slas.calculation.periods import Period
from slas.models import Attainment, BatchState, FactBatch, FactKind, Measurement, Outage, TargetKind
from slas.queries.attainment_page import reliability_words
from slas.queries.frames import frame_lines, promised_words
from slas.queries.phrases import say
from slas.queries.rows import OutageRow
from slas.queries.verification import verify_figure
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(2026, 9)


def said(target):
    told = reliability_words(target, judged(target, SEPTEMBER).result)
    return [value.replace("\u00a0", " ") for value in (told.words, *(value for _, value in told.numbers)) if value]


def test_failures_and_their_mean_times_stand_with_an_availability(in_tenant):
    target = factories.make_target()
    for day in range(1, 5):
        factories.add_outage(target.measure, f"2026-09-0{day} 10:00", f"2026-09-0{day} 10:30")

    assert said(target) == ["4", "30 min", "179 h 30 min", "180 h"]


@pytest.mark.parametrize(
    ("outages", "fields", "sentence"),
    [
        pytest.param([], {}, "No failure in 720 h of service time that counts. With 95 % confidence there is less than"
                     " one in 240 h.", id="none"),
        pytest.param([("2026-08-31 23:00", "2026-09-01 00:58", {})], {}, "None began; 58 min from one that began in"
                     " August 2026.", id="from the month before"),
        pytest.param([("2026-09-03 10:00", "2026-09-03 11:00", {"is_degraded": True})], {}, "No failure in 720 h of"
                     " service time that counts. With 95 % confidence there is less than one in 240 h.",
                     id="slow, which costs nothing"),
    ],
)  # fmt: skip
def test_without_a_failure_it_is_said_in_words(in_tenant, outages, fields, sentence):
    target = factories.make_target(**fields)
    for start, end, what in outages:
        factories.add_outage(target.measure, start, end, **what)

    assert said(target) == [sentence]


def test_what_has_no_data_is_no_ground_to_say_that_nothing_failed(in_tenant):
    target = factories.make_target(measure=factories.make_measure(is_covered=False))

    assert said(target) == ["No failure is known in 720 h of service time that counts."]


def test_the_page_of_a_figure_shows_them(in_tenant, member, client_of):
    target = factories.make_target()
    factories.add_outage(target.measure, "2026-10-05 10:00", "2026-10-05 10:30")

    page = client_of(member()).get(f"/t/larkmoor/attainments/{judged(target).pk}/").content.decode()

    assert "Failures that began" in page
    assert "From start to start, on average" in page


# ---------------------------------------------------------------- at most so many interruptions


DOWN = (
    ("2026-10-06 10:00", "2026-10-06 10:14"),
    ("2026-10-07 10:00", "2026-10-07 10:10"),  # ten minutes are not more than ten
    ("2026-10-08 21:50", "2026-10-09 05:00"),
    ("2026-10-12 23:00", "2026-10-12 23:40"),  # out of hours
)


@pytest.fixture
def interruptions(in_tenant):
    """At most two a month of more than ten minutes, in hours from 04:00 to 22:00."""
    hours = factories.make_hours(factories.every_day(4, 22))
    target = factories.make_target(
        TargetKind.RELIABILITY, service=factories.make_service(), service_hours=hours,
        name="Tills work", loss_words="Tills were down",
    )  # fmt: skip
    for start, end in DOWN:
        factories.add_outage(target.measure, start, end, what="Network", cause="Switch")
    return target


def test_a_number_of_interruptions_is_judged(interruptions):
    figure = judged(interruptions)

    assert (figure.status, figure.value_words, figure.value, figure.used) == ("close", "2×", None, 1.0)
    assert [record["state"] for record in figure.records] == ["counted", "too_short", "counted", "outside"]
    lines = {
        line["key"]: (line["label"], line["detail"].replace("\u00a0", " "), line["value"])
        for line in figure.proof["lines"]
    }
    assert lines["interruptions"] == ("Interruptions of more than 10 min", "6 Oct 14 min, 8 Oct 430 min", "2")
    assert (lines["too_short"][2], lines["allowed"][2], lines["result"][2]) == ("1", "2", "Close")
    assert say(attainment=figure, target=interruptions).key.replace("\u00a0", " ") == (
        "Kept, but only just: tills were down 2 times for more than 10 min, and at most 2 were allowed."
    )
    assert check_figure(told_of_row(figure), json.loads(figure.inputs)).is_equal


def test_the_page_of_a_number_of_interruptions_shows_each_of_them(interruptions, member, client_of):
    address = f"/t/larkmoor/attainments/{judged(interruptions).pk}/"
    client = client_of(member())

    page = client.get(address).content.decode().replace("\u00a0", " ")
    table = client.get(f"{address}evidence.csv").content.decode("utf-8-sig")

    for words in ("Thursday 8 October", "7 h 10 min", "Switch. Not longer than agreed to count", "Counted in whole"):
        assert words in page
    began, ended = "2026-10-06T09:00:00+00:00", "2026-10-06T09:14:00+00:00"
    assert f'"interruption","Network","{began}","{ended}","840","seconds","Switch. Counts"' in table


def told_of_row(figure):
    return {"status": figure.status, "value": figure.value_words, "result": figure.result, "proof": figure.proof} | {
        "records": figure.records
    }


def test_one_more_is_missed_also_before_the_month_is_over(interruptions):
    factories.add_outage(interruptions.measure, "2026-10-13 10:00", "2026-10-13 11:00")

    running = judged(interruptions, OCTOBER, at("2026-10-20 09:00"))

    assert (running.status, running.result["certain"], running.value_words) == ("missed", "missed", "3×")
    assert judged(interruptions).status == "missed"


def test_planned_work_of_an_agreed_kind_is_no_interruption(interruptions):
    interruptions.excluded_work = ["planned"]
    interruptions.save()
    times = ("2026-10-06 10:00", "2026-10-06 11:00", "2026-09-01 09:00", "2026-09-02 09:00")

    factories.add_work(interruptions.service, *times)

    assert judged(interruptions).value_words == "1×"


def test_the_agreement_says_how_interruptions_are_counted(interruptions):
    lines = [each.replace("\u00a0", " ") for each in frame_lines(interruptions)]

    assert promised_words(interruptions).replace("\u00a0", " ") == "At most 2 interruptions of more than 10 min"
    interruptions.allowed_misses = 0
    assert promised_words(interruptions).replace("\u00a0", " ") == "No interruption of more than 10 min"
    assert "An interruption counts when it took more than 10 min from its first second to its last." in lines
    assert "Time without data hides nothing that is counted; below 95 % of data we do not judge." in lines


# ---------------------------------------------------------------- failures over the edge of a month


def check(measure, *found):
    Measurement.objects.bulk_create(
        Measurement(measure_id=measure.pk, at=at(when), state=state) for when, state in found
    )


def both_months(target):
    """The failures that its availability, or the interruptions, tell of September and October."""
    figures = [judged(target, month) for month in (SEPTEMBER, OCTOBER)]
    assert all(check_figure(told_of_row(figure), json.loads(figure.inputs)).is_equal for figure in figures)
    told = [figure.result.get("reliability") for figure in figures]
    return [
        figure.value_words if each is None else each["failures"] for figure, each in zip(figures, told, strict=True)
    ]


def test_an_outage_that_checks_found_counts_in_the_month_in_which_it_began(in_tenant):
    target = factories.make_target(measure=factories.make_measure(FactKind.CHECKS))
    check(target.measure, ("2026-10-01 00:00", 2), ("2026-10-01 02:00", 0))
    alone = judged(target)
    assert alone.result["reliability"]["failures"] == 1

    check(target.measure, ("2026-08-20 00:00", 0), ("2026-09-20 04:00", 2), ("2026-09-30 23:00", 2))

    assert both_months(target) == [1, 0]
    known = judged(target)
    assert [event["started_at"] for event in known.result["events"]] == ["2026-09-20T03:00:00+00:00"]
    told = reliability_words(target, known.result).words.replace("\u00a0", " ")
    assert told == "None began; 2 h from one that began in September 2026."
    assert known.value_words == alone.value_words
    assert known.inputs_hash != alone.inputs_hash  # because it tells one failure less
    check(target.measure, ("2026-09-10 04:00", 0), ("2026-09-10 05:00", 2))
    assert judged(target).inputs_hash == known.inputs_hash


@pytest.mark.parametrize("gap", [0, 60])
def test_what_a_source_cut_at_midnight_counts_in_the_month_in_which_it_began(in_tenant, gap):
    """The parts touch at the edge of the month, or lie exactly as far apart as is merged."""
    terms = {"merge_gap_seconds": gap, "measure": factories.make_measure()}
    targets = (factories.make_target(**terms), factories.make_target(TargetKind.RELIABILITY, **terms))
    factories.add_outage(targets[0].measure, "2026-09-30 22:00", "2026-09-30 23:59" if gap else "2026-10-01 00:00")
    factories.add_outage(targets[0].measure, "2026-10-01 00:00", "2026-10-01 02:00")

    assert [both_months(each) for each in targets] == [[1, 0], ["1×", "0×"]]


def test_a_closed_availability_hears_of_work_that_moves_a_failure_into_its_month(in_tenant):
    """Nothing of October itself changed but the number of failures that it tells."""
    service = factories.make_service()
    target = factories.make_target(service=service, excluded_work=["planned"])
    factories.add_outage(target.measure, "2026-09-30 22:30", "2026-10-01 03:00")
    before = both_months(target)
    closed = judged(target)
    close_figures(ids=[closed.pk], now=AFTERWARDS)

    factories.add_work(service, "2026-09-30 22:00", "2026-10-01 00:00", "2026-08-01 09:00", "2026-08-02 09:00")

    compute_attainments(targets=[target], periods=[OCTOBER], now=AFTERWARDS)
    corrected = Attainment.objects.filter(target=target, period_start=OCTOBER.first_on).order_by("-revision")[0]
    assert (corrected.revision, corrected.value_words) == (2, closed.value_words)
    assert (before, corrected.result["reliability"]["failures"]) == ([1, 0], 1)


@pytest.mark.parametrize("fact_kind", [FactKind.OUTAGES, FactKind.CHECKS])
def test_flapping_through_the_night_counts_in_the_month_in_which_it_began(in_tenant, fact_kind):
    hours = factories.make_hours(factories.every_day(4, 22))
    terms = {"service_hours": hours, "merge_gap_seconds": 3600, "measure": factories.make_measure(fact_kind)}
    target = factories.make_target(TargetKind.RELIABILITY, **terms)
    beside = factories.make_target(**terms)
    clocks = [f"2026-09-30 {hour}:30" for hour in (21, 22, 23)] + [f"2026-10-01 0{hour}:30" for hour in range(6)]
    for began in clocks:
        if fact_kind == FactKind.OUTAGES:
            factories.add_outage(target.measure, began, f"{began[:-2]}40", what="Network")
        else:
            check(target.measure, (began, 2), (f"{began[:-2]}40", 0))

    assert [both_months(each) for each in (target, beside)] == [["1×", "0×"], [1, 0]]
    (record,) = judged(target).records
    assert (record["started_at"], record["seconds"]) == ("2026-09-30T20:30:00+00:00", 8 * 3600 + 600)
    assert record["why"] == "Began in an earlier period"


def test_an_earlier_outage_that_is_corrected_moves_the_failure_to_the_month_after(interruptions):
    interruptions.merge_gap_seconds = 3600
    interruptions.save()
    Outage.objects.all().delete()
    for times in (("2026-09-30 21:00", "2026-09-30 21:50"), ("2026-09-30 22:30", "2026-10-01 06:00")):
        factories.add_outage(interruptions.measure, *times)
    closed = judged(interruptions)
    close_figures(ids=[closed.pk], now=AFTERWARDS)
    now = at("2026-11-06 09:00")

    row = OutageRow(at("2026-09-30 21:00"), at("2026-09-30 21:20"))
    later = FactBatch.objects.create(
        measure=interruptions.measure, fact="outages", origin="pushed", brought_at=now, decided_at=now,
        state=BatchState.COUNTED, reason="Looked up",
    )  # fmt: skip
    apply_rows(measure=interruptions.measure, rows=[row], batch=later, now=now)
    (change,) = verify_figure(attainment=closed).changes
    recompute_dirty(limit=10, now=now)

    assert change.sentence.replace("\u00a0", " ") == (
        "The failure from 30 September, 22:30: began in an earlier period then, counts now; corrected by batch "
        f"{later.pk}, 6 Nov 2026: Looked up."
    )
    newest = Attainment.objects.filter(target=interruptions, period_start=OCTOBER.first_on).order_by("-revision")[0]
    assert (closed.value_words, newest.revision, newest.value_words) == ("0×", 2, "1×")


# ---------------------------------------------------------------- planned work that counts as down, and around a month


@pytest.fixture
def worked(interruptions):
    """worked(start, end, **fields): agreed planned work on the service, without other outages."""
    interruptions.excluded_work = ["planned"]
    interruptions.save()
    Outage.objects.all().delete()

    def add(*times, **fields):
        return factories.add_work(
            interruptions.service, *times, "2026-09-01 09:00", "2026-09-02 09:00", title="New tills", **fields
        )

    return add


def test_work_that_overran_is_an_interruption_with_its_title(interruptions, worked):
    worked("2026-10-06 10:00", "2026-10-06 11:00", ended_at=at("2026-10-06 12:30"))

    figure = judged(interruptions)
    (record,) = figure.records

    assert figure.value_words == "1×"
    assert (record["what"], record["cause"], record["why"], record["seconds"]) == (
        "New tills", "Planned work", "Counts", 90 * 60,
    )  # fmt: skip
    assert check_figure(told_of_row(figure), json.loads(figure.inputs)).is_equal


def test_work_that_still_runs_counts_as_long_as_it_has_taken(interruptions, worked):
    worked("2026-10-06 10:00", "2026-10-06 12:00", kind="emergency")

    known = [judged(interruptions, OCTOBER, at(f"2026-10-06 {clock}")) for clock in ("10:05", "10:30")]

    assert [each.value_words for each in known] == ["0×", "1×"]
    assert (known[1].records[0]["ended_at"], known[1].records[0]["seconds"]) == (None, 1800)


@pytest.mark.parametrize("cap", [None, 6 * 3600])
def test_a_failure_that_began_in_work_of_the_month_before_is_counted_once(interruptions, worked, cap):
    interruptions.planned_cap_seconds = cap
    interruptions.save()
    factories.add_outage(interruptions.measure, "2026-09-30 20:30", "2026-10-01 06:00", what="Network")
    assert [judged(interruptions, month).value_words for month in (SEPTEMBER, OCTOBER)] == ["1×", "0×"]

    worked("2026-09-30 20:00", "2026-09-30 22:00")
    assert [judged(interruptions, month).value_words for month in (SEPTEMBER, OCTOBER)] == ["0×", "1×"]
    assert check_figure(told_of_row(judged(interruptions)), json.loads(judged(interruptions).inputs)).is_equal

    worked("2026-09-10 10:00", "2026-09-10 15:00")  # what it leaves of the cap is one hour
    left = ["0×", "1×"] if cap is None else ["1×", "0×"]
    assert [judged(interruptions, month).value_words for month in (SEPTEMBER, OCTOBER)] == left


def test_work_said_afterwards_to_have_ended_earlier_corrects_the_month_after_it(interruptions, worked, member):
    factories.add_outage(interruptions.measure, "2026-09-30 20:30", "2026-10-01 06:00", what="Network")
    work = worked("2026-09-30 20:00", "2026-09-30 22:00")
    closed = judged(interruptions)
    close_figures(ids=[closed.pk], now=AFTERWARDS)
    now = at("2026-11-06 09:00")

    end_work(work=work, ended_at=at("2026-09-30 21:00"), reason="Looked up", by=member(), now=now)
    (change,) = verify_figure(attainment=closed).changes
    recompute_dirty(limit=10, now=now)

    assert change.sentence.replace("\u00a0", " ") == (
        "The failure from 30 September, 20:30: counts then, began in an earlier period now; corrected by New tills, "
        f"{work.service.name}: work.ended, 6 Nov 2026."
    )
    newest = Attainment.objects.filter(target=interruptions, period_start=OCTOBER.first_on).order_by("-revision")[0]
    assert (closed.value_words, newest.revision, newest.value_words) == ("1×", 2, "0×")
