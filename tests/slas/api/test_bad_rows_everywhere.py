"""What cannot be, at each place where facts come in: named by row and field with what to do; the others are kept."""

import csv
import io
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.models import Role
from slas.actions.attainments import recompute_dirty
from slas.forms.facts import FactForm
from slas.models import Attainment, FactBatch, FactKind, Measurement, MeasurementRevision
from tests import factories as people
from tests.slas.api.programs import NOW, ON
from tests.slas.factories import make_agreement, make_measure, make_target

A, B = "2026-10-05T09:00:00Z", "2026-10-05T10:00:00Z"
GOOD = {
    "outages": [{"started_at": A, "ended_at": B}, {"started_at": B, "ended_at": ""}],
    "checks": [{"at": A, "state": "up"}, {"at": B, "state": "down"}],
    "readings": [{"at": A, "value": "1"}, {"at": B, "value": "2"}],
    "cases": [{"key": "INC1", "opened_at": A}, {"key": "INC2", "opened_at": B}],
    "volumes": [{"on": "2026-10-05", "total": "10"}, {"on": "2026-10-06", "total": "11"}],
}
C, D = "2026-10-06T09:00:00Z", "2026-10-06T10:00:00Z"
CASE = {"key": "INC3", "opened_at": C}
BAD = [
    pytest.param("outages", {"started_at": D, "ended_at": C}, "ended_at", "is not after started_at", id="reversed"),
    pytest.param("outages", {"started_at": C, "ended_at": C}, "ended_at", "is not after started_at", id="no time"),
    pytest.param("outages", {"started_at": "2026-10-06T09:00 Mars/Base"}, "started_at", "is not a time", id="zone"),
    pytest.param("outages", {"started_at": "2036-10-06T09:00Z"}, "started_at", "lies in the future", id="future"),
    pytest.param("outages", {"started_at": "06/10/2026 09:00"}, "started_at", "as two dates", id="day first"),
    pytest.param("checks", {"at": "2026-11-10T09:46Z", "state": "up"}, "at", "in the future", id="clock ahead"),
    pytest.param("checks", {"at": "1970-01-01T00:00Z", "state": "up"}, "at", "before 1990", id="clock at zero"),
    pytest.param(
        "checks", {"at": C, "state": "up", "response_ms": "-5"}, "response_ms", "not a possible response time",
        id="negative duration",
    ),
    pytest.param(
        "checks", {"at": C, "state": "up", "response_ms": "NaN"}, "response_ms", "not a number of", id="NaN duration"
    ),
    pytest.param("readings", {"at": C, "value": "NaN"}, "value", "is not a number", id="NaN"),
    pytest.param("readings", {"at": C, "value": "Infinity"}, "value", "is not a number", id="infinite"),
    pytest.param("readings", {"at": C, "value": "-inf"}, "value", "is not a number", id="below all"),
    pytest.param("readings", {"at": C, "value": "1e400"}, "value", "was shortened by", id="more than a number holds"),
    pytest.param("cases", CASE | {"resolved_at": A}, "resolved_at", "is before opened_at", id="solved before opened"),
    pytest.param("cases", CASE | {"responded_at": A}, "responded_at", "is before opened_at", id="answered before"),
    pytest.param("cases", CASE | {"pauses": f"{D}/{C} Part"}, "pauses", "ends before it starts", id="reversed pause"),
    pytest.param("cases", CASE | {"pauses": f"{A}/{D} Part"}, "pauses", "starts before the case", id="early pause"),
    pytest.param("cases", CASE | {"reopenings": f"{D}/{C}"}, "reopenings", "before the solution", id="reopened before"),
    pytest.param("cases", CASE | {"merged_into": "INC3"}, "merged_into", "merged into itself", id="merged into itself"),
    pytest.param("volumes", {"on": "2026-10-07", "total": "-1"}, "total", "not a possible count", id="below zero"),
    pytest.param("volumes", {"on": "2026-10-07", "total": "inf"}, "total", "not a whole number", id="endless count"),
    pytest.param("volumes", {"on": "2026-02-30", "total": "1"}, "on", "is not a date", id="no such date"),
]  # fmt: skip
# What a form asks for apart, or cannot say: its zone, and a second row.
BAD_OF_MANY = [
    pytest.param("outages", {"started_at": "2026-10-06T09:00"}, "started_at", "names no time zone", id="naive"),
    pytest.param(
        "outages", {"started_at": A, "ended_at": C}, "started_at", "stands in row {first} with other values",
        id="the same outage with another end",
    ),
    pytest.param(
        "checks", {"at": A, "state": "down"}, "at", "stands in row {first} with other values", id="two findings"
    ),
]  # fmt: skip


def rows_of(fact, bad):
    first, last = GOOD[fact]
    return [first, bad, last]


@pytest.fixture
def measure(world, inside):
    return lambda fact: inside(lambda: make_measure(fact, slug=fact))


@pytest.mark.parametrize(("fact", "bad", "field", "words"), [*BAD, *BAD_OF_MANY])
def test_a_program_is_told_and_the_other_rows_count(program, measure, fact, bad, field, words):
    measure(fact)

    answer = program.push(fact, *rows_of(fact, bad))

    told = answer.json()
    assert (answer.status_code, told["new"], told["refused"]) == (207, 2, 1)
    [problem] = told["errors"]
    assert (problem["row"], problem["field"]) == (2, field)
    assert words.format(first=1) in problem["what"]
    assert problem["to_do"]


def csv_file(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("facts.csv", text.getvalue().encode())


@pytest.mark.parametrize(("fact", "bad", "field", "words"), [*BAD, *BAD_OF_MANY])
def test_who_uploads_a_file_is_told_and_the_other_rows_are_a_draft(measure, inside, client_of, fact, bad, field, words):
    slug = measure(fact).slug
    client = client_of(inside(lambda: people.make_member(role=Role.SERVICE_OWNER)))
    sent = {"file": csv_file(rows_of(fact, bad)), "fact": fact, "zone": "", "reason": "Monthly"}

    client.post(reverse("fact_upload", kwargs={"tenant": "larkmoor", "slug": slug}), sent)

    batch = inside(FactBatch.objects.get)
    assert (batch.state, batch.row_count, batch.outcome["refused"]) == ("draft", 2, 1)
    [problem] = batch.outcome["errors"]
    assert (problem["row"], problem["field"]) == (3, field)
    assert words.format(first=2) in problem["what"]
    page = client.get(reverse("batch_detail", kwargs={"tenant": "larkmoor", "batch_id": batch.pk})).content.decode()
    assert problem["to_do"].split("“")[0][:40] in page


@pytest.mark.parametrize(("fact", "bad", "field", "words"), BAD)
def test_who_enters_one_fact_is_told_at_its_field(fact, bad, field, words):
    form = FactForm(bad | {"zone": "UTC", "why": "I was there"}, fact=fact, zone="Europe/London", now=NOW)

    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


@pytest.mark.parametrize(
    ("local", "words"), [("2026-03-29T01:30", "does not exist"), ("2026-10-25T01:30", "happened twice")]
)
def test_a_local_time_of_the_night_of_the_change_is_said_at_its_field(local, words):
    sent = {"started_at": local, "zone": "Europe/London", "why": "I was there"}
    form = FactForm(sent, fact="outages", zone="Europe/London", now=NOW)

    assert not form.is_valid()
    assert words in form.errors["started_at"][0]


def test_a_feed_whose_clock_jumps_is_put_in_order_and_what_it_says_again_is_kept(program, measure, inside):
    """Rows in any order, one of them twice; then the clock goes back and the same instants are found otherwise."""
    measure(FactKind.CHECKS)
    at = [f"2026-10-05T09:{minute:02}:00Z" for minute in (0, 10, 5, 10)]
    first = program.push("checks", *({"at": each, "state": "up"} for each in at)).json()

    again = program.push("checks", {"at": at[2], "state": "down"}, {"at": "2026-10-05T09:07:00Z", "state": "down"})

    stored = inside(lambda: list(Measurement.objects.order_by("at").values_list("at__minute", "state")))
    assert (first["new"], first["refused"]) == (3, 0)
    assert (again.json()["new"], again.json()["corrected"]) == (1, 1)
    assert stored == [(0, 0), (5, 2), (7, 2), (10, 0)]
    assert inside(lambda: MeasurementRevision.objects.get().old["state"]) == 0


def test_overlapping_equal_and_outside_outages_cost_each_second_once(program, world, inside):
    """Both logs count the same hour; what was before the agreement began, or is said twice, costs nothing more."""

    def promise():
        agreement = make_agreement(unit=world["unit"], starts_on=ON)
        return make_target(agreement=agreement, measure=make_measure(FactKind.OUTAGES, slug="tills"))

    target = inside(promise)
    spans = [
        ("2026-10-04T09:00:00Z", "2026-10-04T12:00:00Z"), ("2026-10-05T22:30:00Z", "2026-10-05T23:30:00Z"),
        ("2026-10-07T09:00:00Z", "2026-10-07T10:00:00Z"), ("2026-10-07T09:30:00Z", "2026-10-07T10:30:00Z"),
        ("2026-10-07T09:00:00Z", "2026-10-07T10:00:00Z"),
    ]  # fmt: skip

    told = program.push("tills", *({"started_at": start, "ended_at": end} for start, end in spans)).json()
    inside(lambda: recompute_dirty(limit=50, now=NOW))

    assert (told["new"], told["refused"]) == (4, 0)
    figure = inside(lambda: Attainment.objects.get(target=target, period_start=ON.replace(day=1)))
    # The sixth begins at 23:00 UTC of the fifth, on the clocks of the agreement.
    assert Fraction(figure.result["lost_seconds"]) == 30 * 60 + 90 * 60
