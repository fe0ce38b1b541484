"""Fewer than five answers are hidden wherever a reader could meet them: who answered what could be told from them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from slas.actions.attainments import compute_attainments
from slas.actions.batches import Arrival, approve_batch, count_rows, enter_fact
from slas.calculation.periods import Period
from slas.models import Attainment, TargetKind
from slas.queries.phrases import say
from slas.queries.rows import SurveyRow
from tests import factories as people
from tests.slas import factories
from tests.slas.api.programs import Program, make_key
from tests.slas.factories import OCTOBER

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
ON = date(2026, 10, 15)
FEW, MANY = SurveyRow(ON, 77, 4, 3), SurveyRow(ON - timedelta(days=31), 81, 41, 36)
BESIDE = SurveyRow(ON - timedelta(days=7), 93, 57, 52)
TOLD_BESIDE = "another round of the same period has fewer than five answers"


@pytest.fixture(autouse=True)
def _frame(monkeypatch, settings):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


@pytest.fixture
def unit(in_tenant):
    return people.make_unit()


@pytest.fixture
def target(unit):
    """A rating with four answers in October."""
    target = factories.make_target(TargetKind.SATISFACTION, unit=unit)
    arrival = Arrival("imported")
    count_rows(measure=target.measure, fact="surveys", rows=[FEW, MANY], arrival=arrival, now=NOW)
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    return target


def cells(response):
    """The words of each cell of the page's tables."""
    found = re.findall(r"<td[^>]*>(.*?)</td>", response.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def page(name, **kwargs):
    return reverse(name, kwargs={"tenant": "larkmoor"} | kwargs)


@pytest.mark.parametrize("role", [Role.BUSINESS_UNIT_HEAD, Role.SERVICE_OWNER, Role.AUDITOR])
@pytest.mark.parametrize("name", ["measure_detail", "measure_facts"])
def test_the_pages_of_the_measure(target, unit, member, client_of, role, name):
    shown = cells(client_of(member(role, units=[unit])).get(page(name, slug=target.measure.slug)))

    at = shown.index("77")
    assert shown[at + 1 : at + 3] == ["fewer than five answers", "hidden"]
    at = shown.index("81")
    assert shown[at + 1 : at + 3] == ["41", "36"]


@pytest.fixture
def beside(target):
    """A round of the same month, whose answers with the figure would tell the few."""
    count_rows(measure=target.measure, fact="surveys", rows=[BESIDE], arrival=Arrival("imported"), now=NOW)
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    return Attainment.objects.get()


@pytest.mark.parametrize("name", ["measure_detail", "measure_facts"])
def test_a_round_of_the_same_period_does_not_tell_them(beside, target, member, client_of, name):
    shown = cells(client_of(member(Role.AUDITOR)).get(page(name, slug=target.measure.slug)))

    assert beside.result["answers"] == 61
    at = shown.index("93")
    assert shown[at + 1 : at + 3] == [TOLD_BESIDE, "hidden"]
    assert {"41", "36"} < set(shown)
    assert not {"57", "52"} & set(shown)


def test_a_round_of_the_same_period_does_not_tell_them_over_the_api(beside, target, tenant):
    rows = Program(make_key()[1], tenant.slug).get("api_facts", slug=target.measure.slug).json()["results"]

    assert [(row["asked"], row["answers"], row["good"], row.get("hidden")) for row in rows] == [
        (77, None, None, "fewer than five answers"),
        (93, None, None, TOLD_BESIDE),
        (81, 41, 36, None),
    ]


def test_a_promise_by_the_year_hides_the_rounds_of_its_year(target, tenant):
    factories.make_target(
        TargetKind.SATISFACTION, measure=target.measure, agreement=target.agreement, period_kind="year"
    )

    rows = Program(make_key()[1], tenant.slug).get("api_facts", slug=target.measure.slug).json()["results"]

    assert [row["answers"] for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param([], (True, None), id="the four of one month alone"),
        pytest.param([SurveyRow(date(2026, 8, 20), 30, 3, 2)], (False, 48), id="seven of two months"),
    ],
)
def test_a_promise_by_the_year_does_not_tell_the_month_that_hides_its_answers(target, more, told):
    """September has 41 answers, October 4: what the year says less September would be October's."""
    if more:
        count_rows(measure=target.measure, fact="surveys", rows=more, arrival=Arrival("imported"), now=NOW)
    yearly = factories.make_target(
        TargetKind.SATISFACTION, measure=target.measure, agreement=target.agreement, period_kind="year",
        minimum_coverage=0,
    )  # fmt: skip

    compute_attainments(targets=[target, yearly], periods=[OCTOBER, Period(2026, 9)], now=NOW)

    year = Attainment.objects.get(target=yearly)
    assert (year.result["is_hidden"], year.result["answers"]) == told
    said = say(attainment=year, target=yearly)
    is_told = "stay hidden, because they would tell those of fewer than five people" in said.key
    assert (is_told, year.status == "data_gap") == (told[0], told[0])
    months = Attainment.objects.filter(target=target).order_by("period_start")
    assert [month.result["answers"] for month in months] == [41, None]


def test_corrections_of_a_round_do_not_tell_the_few_answers_beside_it(beside, target, member, client_of):
    """Nor those that were few before they were corrected: a figure of that time stands."""
    corrected = [SurveyRow(BESIDE.on, 93, 58, 53), SurveyRow(ON, 77, 22, 21)]
    count_rows(measure=target.measure, fact="surveys", rows=corrected, arrival=Arrival("imported"), now=NOW)

    shown = client_of(member(Role.AUDITOR)).get(page("measure_corrections", slug=target.measure.slug)).text

    assert not re.search(r">\s*(?:57|58|52|53|22|21)\s*<", shown)
    assert TOLD_BESIDE in shown


def test_a_file_that_waits_does_not_tell_the_few_answers_in_it(target, unit, member, client_of):
    bringer, reader = member(Role.BUSINESS_MEMBER, units=[unit]), member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    batch = enter_fact(measure=target.measure, row=BESIDE, by=bringer, reason="Asked by hand", now=NOW)

    shown = cells(client_of(reader).get(page("batch_detail", batch_id=batch.pk)))

    assert shown[shown.index("93") + 1 :][:2] == [TOLD_BESIDE, "hidden"]


def test_what_replaced_them(target, member, client_of):
    corrected = [SurveyRow(ON, 77, 2, 1), SurveyRow(MANY.on, 81, 42, 37)]
    count_rows(measure=target.measure, fact="surveys", rows=corrected, arrival=Arrival("imported"), now=NOW)

    shown = client_of(member(Role.AUDITOR)).get(page("measure_corrections", slug=target.measure.slug)).text

    assert re.findall(r"\b(?:41|42|36|37)\b", shown) != []
    assert "Good answers" in shown
    assert not re.search(r">\s*(?:4|3|2|1)\s*<", shown)


def test_the_page_of_the_figure_and_its_evidence(target, member, client_of):
    attainment = Attainment.objects.get(target=target)
    browser = client_of(member(Role.AUDITOR))
    address = f"/t/larkmoor/attainments/{attainment.pk}/"
    shown = browser.get(address).text
    table, document = (browser.get(f"{address}evidence.{kind}").content.decode() for kind in ("csv", "json"))

    assert attainment.status == "data_gap"
    assert "Fewer than five people answered in October" in shown
    for text in (shown, table, document):
        assert "fewer than five answers" in text.lower()
    for key in ("answers", "good", "low", "high"):
        assert f'"{key}": null' in document
    # The agreed rule for close, three quarters of the room, is no answer of anybody.
    document = re.sub(r'"room_used": ?"3/4"', "", document)
    assert not re.search(r"\b[34] (?:of|/) ?4\b|3/4", shown + table + document)


def test_the_fingerprint_does_not_tell_them(target):
    """Few numbers could be tried until one fits."""
    (before,) = Attainment.objects.filter(target=target)
    count_rows(
        measure=target.measure, fact="surveys", rows=[SurveyRow(ON, 77, 2, 0)], arrival=Arrival("imported"), now=NOW
    )
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)

    assert Attainment.objects.get(target=target).inputs_hash == before.inputs_hash


def test_the_api(target, tenant):
    program = Program(make_key()[1], tenant.slug)

    rows = program.get("api_facts", slug=target.measure.slug).json()["results"]

    assert rows == [
        {"on": "2026-10-15", "asked": 77, "answers": None, "good": None, "hidden": "fewer than five answers"},
        {"on": "2026-09-14", "asked": 81, "answers": 41, "good": 36},
    ]


def test_the_second_person_sees_what_is_to_be_checked_until_it_counts(target, unit, member, client_of):
    bringer, second = member(Role.BUSINESS_MEMBER, units=[unit]), member(Role.SERVICE_OWNER)
    reader = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    row = SurveyRow(date(2026, 10, 20), 66, 4, 3)
    batch = enter_fact(measure=target.measure, row=row, by=bringer, reason="Asked by hand", now=NOW)

    def seen(who):
        shown = cells(client_of(who).get(page("batch_detail", batch_id=batch.pk)))
        at = shown.index("66")
        return shown[at + 1 : at + 3]

    hidden = ["fewer than five answers", "hidden"]
    assert (seen(bringer), seen(second), seen(reader)) == (["4", "3"], ["4", "3"], hidden)

    approve_batch(batch=batch, by=second, now=NOW)

    assert (seen(bringer), seen(second)) == (hidden, hidden)
