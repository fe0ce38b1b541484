"""Measures in the browser, as those who keep them, those whose promises rest on them, and strangers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.actions.batches import Arrival, count_rows
from slas.models import CasePause, FactKind, Measure
from slas.queries.measures_coverage import list_months
from slas.queries.rows import (
    CaseRow,
    CheckRow,
    GapRow,
    OccasionRow,
    OutageRow,
    PauseRow,
    PriorityRow,
    ReopeningRow,
    SurveyRow,
    VolumeRow,
)
from slas.views.facts import words_of
from tests import factories
from tests.slas.factories import make_agreement, make_measure, make_service, make_target

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)
OCTOBER = datetime(2026, 9, 30, 23, tzinfo=UTC)  # in London
MIDDLE = datetime(2026, 10, 16, 8, tzinfo=UTC)
FIELDS = {
    "name": "Orders a day",
    "fact_kind": "volumes",
    "what": "Orders that reached the warehouse.",
    "source": "Warehouse system",
    "decider": "Head of order desk",
    "unit_words": "orders",
    "longest_silence": "1.5",
}


@pytest.fixture(autouse=True)
def _frame(monkeypatch, settings):
    """The day of these tests; the menu, whose counts belong to the upper apps, is left out."""
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit(slug="order-desk")


@pytest.fixture
def measure(unit):
    """Outages behind a promise to the order desk."""
    target = make_target(unit=unit, service=make_service(name="Order entry"))
    return target.measure


@pytest.fixture
def as_role(member, client_of, unit):
    """as_role(role) is the browser of somebody of IT, or of the order desk."""

    def make(role):
        return client_of(member(role, units=[unit]))

    return make


@pytest.fixture
def outsider(member, client_of):
    """The head of another unit of the same tenant."""
    return client_of(member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()]))


@pytest.fixture
def stranger(other_tenant, client_of):
    """A manager of another tenant, with a measure there; asked for before the first tenant's scope is opened."""
    with tenant_scope(other_tenant.pk):
        make_measure()
        return client_of(factories.make_member())


def bring(measure, *rows, fact=None):
    fact = fact or measure.fact_kind
    return count_rows(measure=measure, fact=fact, rows=rows, arrival=Arrival("pushed"), now=NOW)[0]


def url(name, measure=None, **kwargs):
    slug = {"slug": measure.slug} if measure else {}
    return reverse(name, kwargs={"tenant": "larkmoor"} | slug | kwargs)


PAGES = ["measure_detail", "measure_facts", "measure_gaps", "measure_corrections", "fact_template", "gap_template"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", Role)
def test_those_who_rest_on_a_measure_read_it(as_role, measure, name, role):
    response = as_role(role).get(url(name, measure))

    assert response.status_code == 200
    assert measure.slug in response.headers.get("Content-Disposition", "") + response.text


@pytest.mark.parametrize("name", [*PAGES, "measure_edit", "fact_enter", "gap_enter", "fact_upload"])
def test_outsiders_and_strangers_do_not_find_it(stranger, outsider, measure, name):
    assert outsider.get(url(name, measure)).status_code == 404
    assert stranger.get(url(name, measure)).status_code == 404


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("fact_enter", "Enter a fact for “Order log”"),
        ("gap_enter", "Say when nothing is known of “Order log”"),
        ("covered_enter", "Say that the log of “Order log” is complete"),
    ],
)
def test_a_form_says_what_is_entered(as_role, unit, name, title):
    measure = make_measure(name="Order log")
    make_target(unit=unit, measure=measure)

    assert f"<h1>{title}</h1>" in as_role(Role.SERVICE_OWNER).get(url(name, measure)).text


def test_a_stranger_finds_no_measure_of_another_tenant_under_their_own(tenant, other_tenant, client_of):
    with tenant_scope(tenant.pk):
        slug = make_measure().slug
    with tenant_scope(other_tenant.pk):
        stranger = client_of(factories.make_member())

    response = stranger.get(reverse("measure_detail", kwargs={"tenant": other_tenant.slug, "slug": slug}))

    assert response.status_code == 404


def test_a_promise_in_a_draft_opens_nothing(outsider, measure, unit):
    other = factories.make_unit()
    draft = make_agreement(unit=other, state="draft")
    make_target(agreement=draft, measure=measure)

    assert outsider.get(url("measure_detail", measure)).status_code == 404


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.SERVICE_LEVEL_MANAGER, True),
        (Role.SERVICE_OWNER, True),
        (Role.ADMINISTRATOR, False),
        (Role.BUSINESS_UNIT_HEAD, False),
        (Role.BUSINESS_MEMBER, False),
        (Role.AUDITOR, False),
    ],
)
def test_who_keeps_measures(as_role, measure, role, may):
    client = as_role(role)

    assert client.post(url("measure_create"), FIELDS).status_code == (302 if may else 403)
    assert client.post(url("measure_edit", measure), FIELDS | {"fact_kind": "outages"}).status_code == (
        302 if may else 403
    )
    assert (url("measure_create") in client.get(url("measure_list")).text) == may
    assert (url("measure_edit", measure) in client.get(url("measure_detail", measure)).text) == may


def test_a_new_measure_says_what_was_filled_in(as_role):
    as_role(Role.SERVICE_OWNER).post(url("measure_create"), FIELDS)

    measure = Measure.objects.get(slug="orders-a-day")
    assert (measure.fact_kind, measure.decider, measure.max_gap_seconds) == ("volumes", "Head of order desk", 5400)


def test_the_kind_of_facts_stays_once_there_are_some(as_role, measure):
    bring(measure, OutageRow(OCTOBER))

    response = as_role(Role.SERVICE_OWNER).post(url("measure_edit", measure), FIELDS)

    assert response.status_code == 422
    assert "its kind stays" in response.text
    measure.refresh_from_db()
    assert measure.fact_kind == FactKind.OUTAGES


def test_the_page_says_what_is_counted_and_what_rests_on_it(as_role, measure):
    measure.notes = "Times without a zone are taken as UTC."
    measure.save()
    bring(measure, OutageRow(OCTOBER + HOUR, OCTOBER + 2 * HOUR, what="No orders"))
    bring(measure, GapRow(OCTOBER, OCTOBER + 75 * HOUR, "Probe was off"), fact="gaps")

    text = as_role(Role.BUSINESS_MEMBER).get(url("measure_detail", measure)).text

    promise = measure.targets.get()
    for words in (measure.what, measure.source, measure.decider, measure.notes, promise.name, "No orders"):
        assert words in text
    assert "89.9\N{NO-BREAK SPACE}%" in text  # 670 of 745 hours, rounded down
    assert "1 Oct 2026, 01:00:00" in text


@pytest.mark.parametrize(
    ("kind", "rows", "told"),
    [
        pytest.param(
            "checks",
            [CheckRow(OCTOBER, 0), CheckRow(OCTOBER + HOUR, 2), CheckRow(OCTOBER + 745 * HOUR, 0)],
            [(date(2026, 10, 1), 2, "2/745"), (date(2026, 11, 1), 1, "3600/812400")],
            id="a check speaks an hour",
        ),
        pytest.param(
            "cases",
            [CaseRow("1", OCTOBER), CaseRow("2", OCTOBER, unknown_reason="No time"), CaseRow("3", OCTOBER)],
            [(date(2026, 10, 1), 3, "2/3")],
            id="cases of which somebody can tell",
        ),
        pytest.param(
            "volumes",
            [VolumeRow(date(2026, 8, 31), 5), VolumeRow(date(2026, 10, 1), 5)],
            [(date(2026, 8, 1), 1, None), (date(2026, 9, 1), 0, None), (date(2026, 10, 1), 1, None)],
            id="counted",
        ),
        pytest.param("outages", [], [], id="nothing"),
    ],
)
@pytest.mark.usefixtures("in_tenant")
def test_how_much_of_each_month_is_known(kind, rows, told):
    measure = make_measure(kind, max_gap_seconds=3600)
    bring(measure, *rows)

    months = list_months(measure=measure, zone=ZoneInfo("Europe/London"), now=NOW)

    expected = [(month, facts, Fraction(known) if known else None) for month, facts, known in told]
    assert [(each.month, each.facts, each.known) for each in months] == expected


def known_of(measure):
    return [each.known for each in list_months(measure=measure, zone=ZoneInfo("Europe/London"), now=NOW)]


@pytest.mark.parametrize(
    ("kind", "rows", "known"),
    [
        pytest.param(
            "cases", [CaseRow("1", MIDDLE), CaseRow("2", MIDDLE, unknown_reason="No")], "596/1490", id="cases"
        ),
        pytest.param("volumes", [VolumeRow(date(2026, 10, 16), 5)], "596/745", id="counted"),
        pytest.param("surveys", [SurveyRow(date(2026, 10, 16), 9, 8, 7)], "596/745", id="survey"),
        pytest.param("occasions", [OccasionRow(date(2026, 10, 16), MIDDLE)], None, id="dates speak for themselves"),
    ],
)
@pytest.mark.parametrize("is_reported", [True, False], ids=["a gap", "measured since"])
@pytest.mark.usefixtures("in_tenant")
def test_time_without_data_is_not_known_whatever_is_counted(kind, rows, known, is_reported):
    """149 of 745 hours by a gap, 144 by six days before the measure began."""
    measure = make_measure(kind, starts_on=None if is_reported else date(2026, 10, 7))
    bring(measure, *rows)
    if is_reported:
        bring(measure, GapRow(OCTOBER, OCTOBER + 149 * HOUR), fact="gaps")
    else:
        known = known and known.replace("596", "601")

    assert known_of(measure) == [Fraction(known) if known else None]


@pytest.mark.usefixtures("in_tenant")
def test_without_a_longest_silence_a_check_speaks_into_the_months_that_are_shown():
    measure = make_measure("checks", max_gap_seconds=None)
    bring(measure, CheckRow(datetime(2025, 1, 10, tzinfo=UTC), 0), CheckRow(MIDDLE, 0))

    assert known_of(measure) == [Fraction(1)] * 12


def test_facts_and_their_corrections_can_be_read(as_role):
    measure = make_measure(FactKind.CASES)
    pause = PauseRow(OCTOBER + HOUR, OCTOBER + 2 * HOUR, "Supplier")
    bring(measure, CaseRow("INC1", OCTOBER, "2 - High"))
    bring(measure, CaseRow("INC1", OCTOBER, "1 - Critical", pauses=(pause,)))
    auditor = as_role(Role.AUDITOR)

    facts = auditor.get(url("measure_facts", measure)).text
    corrections = auditor.get(url("measure_corrections", measure)).text

    assert "INC1" in facts
    assert "1 Oct 2026, 01:00:00 to 1 Oct 2026, 02:00:00: Supplier" in facts
    assert "<del>2 - High</del> <ins>1 - Critical</ins>" in corrections


def test_what_happened_to_a_case_can_be_read(as_role):
    measure = make_measure(FactKind.CASES)
    pause = PauseRow(OCTOBER, None, "Part", "Hartwell Parts", "out of stock", OCTOBER + HOUR, "J. Cole")
    again, before = ReopeningRow(OCTOBER + HOUR, OCTOBER + 2 * HOUR), PriorityRow(OCTOBER + HOUR, "3 - Moderate")
    bring(
        measure,
        CaseRow("INC1", OCTOBER, pauses=(pause,), reopenings=(again,), priority_changes=(before,), merged_into="INC2"),
    )

    CasePause.objects.update(approved_by="A. Reyes")

    facts = as_role(Role.AUDITOR).get(url("measure_facts", measure)).text

    told = "for Hartwell Parts, because out of stock, entered 1 Oct 2026, 01:00:00, by J. Cole, approved by A. Reyes"
    assert f"1 Oct 2026, 00:00:00 to now: Part, {told}" in facts
    assert "solved 1 Oct 2026, 01:00:00, opened again 1 Oct 2026, 02:00:00" in facts
    assert "3 - Moderate until 1 Oct 2026, 01:00:00" in facts
    assert "INC2" in facts


def test_a_corrected_fact_is_named_by_its_instant_where_the_tenant_is(as_role):
    measure = make_measure(FactKind.OUTAGES)
    bring(measure, OutageRow(OCTOBER, OCTOBER + HOUR))
    bring(measure, OutageRow(OCTOBER, OCTOBER + 2 * HOUR))

    corrections = as_role(Role.AUDITOR).get(url("measure_corrections", measure)).text

    assert '<td data-label="Fact">1 Oct 2026, 00:00:00</td>' in corrections
    assert "Times are those of Europe/London." in corrections
    assert "2026-09-30T23:00:00Z" not in corrections


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_needs_as_many_queries_for_many_as_for_one(as_role, unit, number, django_assert_num_queries):
    for _ in range(number):
        make_target(agreement=make_agreement(unit=unit), service=make_service())
    client = as_role(Role.BUSINESS_UNIT_HEAD)
    client.get(url("measure_list"))

    with django_assert_num_queries(QUERIES["list"]):
        page = client.get(url("measure_list")).context["page"]

    assert len(page) == number


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_needs_as_many_queries_for_many_facts_as_for_one(as_role, number, django_assert_num_queries):
    measure = make_measure(FactKind.CASES)
    for each in range(number):
        bring(measure, CaseRow(str(each), OCTOBER, pauses=(PauseRow(OCTOBER, None, "User"),)))
        make_target("cases", measure=measure)
    client = as_role(Role.SERVICE_OWNER)
    client.get(url("measure_list"))

    with django_assert_num_queries(QUERIES["page"]):
        client.get(url("measure_detail", measure))


QUERIES = {"list": 9, "page": 19}


def test_the_list_is_narrowed(as_role, measure):
    other = make_measure(FactKind.CASES, name="Help desk", service=make_service(slug="help-desk"))
    client = as_role(Role.AUDITOR)

    def names(**filters):
        return {each.name for each in client.get(url("measure_list"), filters).context["page"]}

    assert names() == {measure.name, other.name}
    assert names(words="help") == names(kind="cases") == names(service="help-desk") == {"Help desk"}
    assert names(kind="'; DROP TABLE") == {measure.name, other.name}
    assert names(words="nothing like it") == set()


@pytest.mark.parametrize(("number", "words"), [("13.000", "13"), ("20", "20"), ("0.500", "0.5"), ("-3.250", "-3.25")])
def test_numbers_are_told_without_needless_zeros(number, words):
    assert words_of("value", Decimal(number)) == words
