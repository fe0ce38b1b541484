"""Cases that go on in one another: each month sees all of them, and a change of one reaches all their months."""

from dataclasses import replace

import pytest

from slas.actions.attainments import compute_attainments, recompute_dirty
from slas.actions.batches import Arrival, count_rows, enter_fact
from slas.actions.facts import apply_rows
from slas.calculation.outcomes import attain
from slas.calculation.periods import Period
from slas.errors import MergedInCircle
from slas.models import Attainment, Case, FactBatch, FactKind, Origin, TargetKind
from slas.queries.inputs import gather_inputs
from slas.queries.rows import CaseRow
from slas.queries.targets import slots_of
from tests.slas import factories
from tests.slas.factories import OCTOBER, at, judged

pytestmark = pytest.mark.usefixtures("in_tenant")
NOVEMBER = OCTOBER.next()
NOW = at("2026-12-05 09:00")
MONTHS = [Period(2020, 3), Period(2026, 9), OCTOBER, NOVEMBER]


@pytest.fixture
def cases():
    return factories.make_measure(FactKind.CASES)


def promised(cases, **terms):
    """Urgent cases are solved within two hours, round the clock."""
    agreement = factories.make_agreement(starts_on=at("2019-01-01 12:00").date())
    common = {"measure": cases, "agreement": agreement, "priorities": ["Urgent"]}
    return factories.make_target(TargetKind.CASES, **common | terms)


def case(key, opened, solved, **more):
    return CaseRow(key, at(opened), "Urgent", resolved_at=at(solved), **more)


def bring(cases, *rows):
    return count_rows(measure=cases, fact="cases", rows=rows, arrival=Arrival(Origin.PUSHED), now=NOW)[1]


def figures(slots):
    """The fingerprint and the states of each slot, calculated together."""
    slots = list(slots)
    made = ((slot, attain(inputs)) for slot, inputs in gather_inputs(slots=slots, now=NOW))
    return {
        (slot.target.pk, slot.period): (outcome.digest, {each["key"]: each["state"] for each in outcome.records})
        for slot, outcome in made
    }


OVER_THE_END = [
    case("A", "2026-10-30 09:00", "2026-10-30 10:00", merged_into="B"),
    case("B", "2026-11-02 09:00", "2026-11-02 10:00", merged_into="C"),
    case("C", "2026-11-03 09:00", "2026-11-03 10:00"),
]
FROM_LONG_AGO = [
    case("OLD", "2019-05-02 09:00", "2019-05-02 10:00", merged_into="LATER"),
    case("LATER", "2020-03-02 09:00", "2020-03-02 10:00", merged_into="LAST"),
    case("BESIDE", "2020-03-05 09:00", "2020-03-05 10:00", merged_into="LAST"),
    case("LAST", "2026-10-05 09:00", "2026-10-05 10:00"),
]


@pytest.mark.parametrize("order", [1, -1])
def test_each_month_alone_is_what_it_is_beside_the_others(cases, order):
    due = promised(cases)
    others = [promised(cases, attribution="stopped"), promised(cases, attribution="opened")]
    others += [promised(cases, within_seconds=None, within_working_days=250), promised(factories.make_measure("cases"))]
    bring(cases, *[*OVER_THE_END, *FROM_LONG_AGO][::order])
    slots = list(slots_of([due, *others], MONTHS, NOW))

    together = figures(slots)

    assert [together[due.pk, month][1] for month in MONTHS[2:]] == [{"A": "merged", "C": "late"}, {"B": "merged"}]
    assert together[others[0].pk, OCTOBER][1] == {"A": "merged", "LAST": "late"}
    assert {(slot.target.pk, slot.period): figures([slot])[slot.target.pk, slot.period] for slot in slots} == together
    halves = [slots[::2][::order], slots[1::2]]
    assert figures(halves[0]) | figures(halves[1]) == together


GOES_ON = {"key": "C", "opened": "2026-11-03 09:00", "solved": "2026-11-03 10:00"}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param([case(**GOES_ON, excluded_reason="Spam")], id="the one that goes on is left out"),
        pytest.param([case(**GOES_ON, unknown_reason="Lost")], id="it is unknown"),
        pytest.param([replace(case(**GOES_ON), priority="Low")], id="it has another priority"),
        pytest.param([case(**GOES_ON | {"opened": "2026-09-29 09:00"})], id="it is the earliest"),
        pytest.param([case("B", "2026-11-02 09:00", "2026-11-02 10:00")], id="the chain is broken"),
        pytest.param([case("D", "2026-11-04 09:00", "2026-11-04 10:00", merged_into="A")], id="one more is merged"),
    ],
)
def test_a_change_of_one_case_reaches_the_months_of_all(cases, changed):
    target = promised(cases)
    bring(cases, *OVER_THE_END)
    recompute_dirty(limit=50, now=NOW)
    compute_attainments(targets=[target], periods=MONTHS[1:], now=NOW)
    before = stored(target)

    bring(cases, *changed)
    recompute_dirty(limit=50, now=NOW)

    assert stored(target) != before
    assert stored(target) == figures(slots_of([target], MONTHS[1:], NOW))


def stored(target):
    """The same of the stored figures."""
    rows = Attainment.objects.filter(target=target, period_start__in=[each.first_on for each in MONTHS[1:]])
    return {
        (target.pk, Period.containing(row.period_start)): (
            row.inputs_hash,
            {each["key"]: each["state"] for each in row.records},
        )
        for row in rows
    }


def test_a_case_counts_itself_until_the_one_that_goes_on_is_known(cases, member, client_of):
    target = promised(cases)
    bring(cases, case("A", "2026-10-30 09:00", "2026-11-12 09:00", merged_into="B"))
    alone = judged(target, now=NOW)
    records = alone.records
    page = client_of(member()).get(f"/t/larkmoor/attainments/{alone.pk}/").content.decode()

    bring(cases, case("B", "2026-11-02 09:00", "2026-11-02 10:00"))
    recompute_dirty(limit=50, now=NOW)

    assert [(each["key"], each["state"], each["ledger"]) for each in records] == [
        ("A", "late", [{"what": "astray", "case": "B"}])
    ]
    assert "Merged into B, which does not go on: it counts itself" in page
    assert stored(target)[target.pk, OCTOBER][1] == {"A": "merged", "B": "late"}


def test_a_case_that_goes_on_in_another_priority_is_told_where_the_promise_does_not_count_it(cases, member, client_of):
    merged = case("A", "2026-10-05 09:00", "2026-10-12 09:00", merged_into="B")
    bring(cases, merged, *(replace(case(key, "2026-10-05 09:00", "2026-10-05 10:00", merged_into=into), priority="Low")
                           for key, into in (("B", "C"), ("C", ""))))  # fmt: skip
    urgent, both, every = (judged(promised(cases, priorities=some)) for some in (["Urgent"], ["Low", "Urgent"], []))
    page = client_of(member()).get(f"/t/larkmoor/attainments/{urgent.pk}/").content.decode()

    said = [{each["key"]: each.get("ledger") for each in figure.records}["A"] for figure in (urgent, both, every)]

    assert said == [[{"what": "elsewhere", "case": "C"}], None, None]
    assert "Goes on in another: B. C has a priority that this promise does not count" in page


def test_a_case_that_went_astray_further_on_is_no_flag_of_those_before_it(cases):
    first = case("A", "2026-10-05 09:00", "2026-10-12 09:00", merged_into="B")
    astray = replace(case("B", "2026-10-05 09:00", "2026-10-05 10:00", merged_into="GONE"), priority="Low")
    bring(cases, first, astray)

    records = judged(promised(cases)).records

    assert [(each["key"], each["state"], each["ledger"]) for each in records] == [
        ("A", "merged", [{"what": "elsewhere", "case": "B"}])
    ]


def test_stored_cases_in_a_circle_count_themselves_and_stop_no_figure(cases):
    bring(
        cases,
        *(case(key, "2026-10-05 09:00", "2026-10-05 10:00", merged_into="A") for key in "BC"),
        case("GOOD", "2026-10-05 09:00", "2026-10-05 10:00"),
    )
    Case.objects.filter(key="B").update(merged_into="C")
    Case.objects.filter(key="C").update(merged_into="B")

    figure = judged(promised(cases), now=NOW)

    assert {each["key"]: each["state"] for each in figure.records} == {"GOOD": "met", "B": "met", "C": "met"}


def test_a_circle_is_refused_whichever_way_it_comes(cases, member):
    rows = [case(key, "2026-10-05 09:00", "2026-10-05 10:00", merged_into=into) for key, into in ("AB", "BC", "CA")]
    bring(cases, *rows[:2])
    batch = FactBatch.objects.get()

    with pytest.raises(MergedInCircle, match=r"C would be merged in a circle\. Say which of them goes on"):
        bring(cases, rows[2])
    with pytest.raises(MergedInCircle):
        enter_fact(measure=cases, row=rows[2], by=member(), reason="Seen", now=NOW)
    with pytest.raises(MergedInCircle):
        apply_rows(measure=cases, rows=[rows[2]], batch=batch, now=NOW)
    bring(cases, rows[2], case("B", "2026-10-05 09:00", "2026-10-05 10:00"))  # which goes on now

    assert dict(Case.objects.values_list("key", "merged_into")) == {"A": "B", "B": "", "C": "A"}
