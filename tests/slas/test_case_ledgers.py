"""What happened to a case on its way decides when it counts: from stored rows to the figure, its proof and its page."""

from dataclasses import replace
from datetime import date

import pytest

from slas.actions.attainments import close_figures, compute_attainments, mark_stale, recompute_dirty
from slas.actions.batches import Arrival, count_rows
from slas.models import (
    AgreementState,
    Attainment,
    Case,
    CasePause,
    CasePriority,
    CaseReopening,
    DirtyTarget,
    FactKind,
    Origin,
    TargetKind,
)
from slas.queries.rows import CaseRow, PauseRow, PriorityRow, ReopeningRow
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

pytestmark = pytest.mark.usefixtures("in_tenant")
NOVEMBER = OCTOBER.next()
STANDS = (("open", "open"), ("overdue", "open"), ("overdue", "overdue"))
LATER = at("2026-12-05 09:00")


@pytest.fixture
def cases():
    return factories.make_measure(FactKind.CASES)


def promised(cases, **terms):
    """Urgent cases are solved within two hours, round the clock."""
    return factories.make_target(TargetKind.CASES, measure=cases, priorities=["Urgent"], **terms)


def bring(cases, *rows, now=AFTERWARDS, origin=Origin.PUSHED):
    fact_rows = [CaseRow(**{"priority": "Urgent"} | row) for row in rows]
    return count_rows(measure=cases, fact="cases", rows=fact_rows, arrival=Arrival(origin), now=now)[1]


def case(key, opened, solved, **more):
    return {"key": key, "opened_at": at(opened), "resolved_at": solved and at(solved)} | more


def counted(target, period=OCTOBER, now=AFTERWARDS):
    """The cases of a figure with their states, by key."""
    return {record["key"]: record["state"] for record in judged(target, period, now).records}


def shown(client, figure):
    """The page of a figure, with ordinary blanks."""
    return client.get(f"/t/larkmoor/attainments/{figure.pk}/").content.decode().replace("\u00a0", " ")


REOPENED = case(
    "INC1", "2026-10-05 09:00", "2026-10-07 10:30",
    reopenings=(ReopeningRow(at("2026-10-05 10:00"), at("2026-10-07 09:45")),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("days", "states"),
    [(None, {"INC1": "met"}), (2, {"INC1": "met"}), (1, {"INC1": "met", "INC1 (2)": "met"})],
)
def test_a_case_that_was_opened_again_goes_on_or_is_a_new_one(cases, days, states):
    bring(cases, REOPENED)

    assert counted(promised(cases, reopen_days=days)) == states


def test_the_figure_says_that_a_case_was_opened_again(cases, member, client_of):
    bring(cases, REOPENED | {"title": "No tills"})
    figure = judged(promised(cases, reopen_days=5))

    page = shown(client_of(member()), figure)

    assert figure.records[0]["elapsed_seconds"] == 105 * 60
    assert "INC1 No tills" in page
    assert "Opened again Wed 7 Oct, 09:45" in page


def test_the_case_that_goes_on_starts_with_the_earliest_also_of_another_priority(cases):
    bring(
        cases,
        case("INC1", "2026-10-05 09:00", "2026-10-05 10:00", merged_into="INC2", priority="Low"),
        case("INC2", "2026-10-05 10:30", "2026-10-05 12:00"),
        case("INC3", "2026-10-05 10:30", "2026-10-05 12:00", merged_into="INC2"),
    )

    figure = judged(promised(cases))

    assert {record["key"]: record["state"] for record in figure.records} == {"INC2": "late", "INC3": "merged"}
    assert (figure.result["met"], figure.result["eligible"], figure.result["excluded"]) == (0, 1, 0)
    assert figure.records[0]["ledger"] == [{"what": "joined", "case": "INC1"}, {"what": "joined", "case": "INC3"}]
    assert "1 merged into others" in figure.proof["lines"][0]["detail"]


def test_what_was_merged_gives_the_start_however_old_it_is(cases):
    bring(
        cases,
        case("INC0", "2019-05-02 09:00", "2019-05-03 09:00", merged_into="INC1"),
        case("INC1", "2026-10-01 09:00", "2026-10-01 10:00", merged_into="INC2"),
        case("INC2", "2026-10-05 09:00", "2026-10-05 10:00"),
        case("INC3", "2026-10-05 09:00", "2026-10-05 10:00"),
    )

    by_due_date, by_stop = counted(promised(cases)), judged(promised(cases, attribution="stopped"))

    assert by_due_date == {"INC1": "merged", "INC3": "met"}
    assert {each["key"]: each["state"] for each in by_stop.records} == {"INC1": "merged", "INC2": "late", "INC3": "met"}


def test_a_case_that_was_merged_into_an_old_or_an_unknown_one(cases, member, client_of):
    bring(
        cases,
        case("OLD", "2019-05-02 09:00", "2019-05-03 09:00"),
        case("INC1", "2026-10-05 09:00", "2026-10-09 10:00", merged_into="OLD"),
        case("INC2", "2026-10-05 09:00", "2026-10-09 10:00", merged_into="OLT"),
        case("INC3", "2026-10-06 09:00", "2026-10-09 10:00", merged_into="INC4"),
        case("INC4", "2026-10-06 09:00", "2026-10-09 10:00"),
    )
    Case.objects.filter(key="INC4").update(merged_into="INC3")  # a circle, as it may be stored since before

    figure = judged(promised(cases))

    states = {record["key"]: record["state"] for record in figure.records}
    assert states == {"INC1": "merged", "INC2": "late", "INC3": "late", "INC4": "late"}
    assert "Merged into OLT, which does not go on: it counts itself" in shown(client_of(member()), figure)


def test_a_merge_moves_a_case_into_the_month_of_the_earliest(cases):
    target = promised(cases)
    bring(
        cases,
        case("INC1", "2026-10-30 09:00", "2026-10-30 09:30"),
        case("INC2", "2026-11-02 09:00", "2026-11-02 10:00"),
        now=LATER,
    )
    recompute_dirty(limit=50, now=LATER)
    before = [counted(target, period, LATER) for period in (OCTOBER, NOVEMBER)]
    bring(cases, case("INC1", "2026-10-30 09:00", "2026-10-30 09:30", merged_into="INC2"), now=LATER)

    recompute_dirty(limit=50, now=LATER)

    after = [
        {each["key"]: each["state"] for each in figure.records}
        for figure in Attainment.objects.filter(target=target).order_by("period_start")[:2]
    ]
    assert before == [{"INC1": "met"}, {"INC2": "met"}]
    assert after == [{"INC1": "merged", "INC2": "late"}, {}]


RAISED = case(
    "INC1", "2026-09-02 09:00", "2026-10-05 10:30", priority_changes=(PriorityRow(at("2026-10-05 09:00"), "Low"),)
)


@pytest.mark.parametrize(("rule", "states"), [("start", {}), ("change", {"INC1": "met"})])
def test_a_case_that_was_raised_counts_from_its_start_or_from_the_change(cases, rule, states):
    bring(cases, RAISED)

    assert counted(promised(cases, priority_rule=rule)) == states


def test_a_change_between_priorities_that_count_alike_starts_no_clock(cases):
    bring(cases, RAISED | {"priority_changes": (PriorityRow(at("2026-10-05 09:00"), "High"),)})

    assert counted(promised(cases, priority_rule="change")) == {"INC1": "met"}
    both = factories.make_target(TargetKind.CASES, measure=cases, priorities=["Urgent", "High"], priority_rule="change")
    assert counted(both) == {}


@pytest.mark.parametrize(
    ("rule", "october", "november"),
    [
        ("due", {"old": "late", "new": "met"}, {"last": "overdue"}),
        ("stopped", {"new": "met"}, {"old": "late"}),
        ("opened", {"old": "late", "new": "met", "last": "overdue"}, {}),
    ],
)
def test_a_case_counts_where_the_agreement_puts_it(cases, rule, october, november):
    target = promised(cases, attribution=rule)
    bring(
        cases,
        case("old", "2026-10-02 09:00", "2026-11-04 09:00"),
        case("new", "2026-10-05 09:00", "2026-10-05 10:00"),
        case("last", "2026-10-31 23:00", None),
    )

    assert [counted(target, period, LATER) for period in (OCTOBER, NOVEMBER)] == [october, november]


def two_versions(cases, before, after):
    """The same promise in both versions of an agreement, the second from 15 October on."""
    old = factories.make_agreement(slug="desk", state=AgreementState.SUPERSEDED, ends_on=date(2026, 10, 15))
    new = factories.make_agreement(
        slug="desk", version=2, starts_on=old.ends_on, customer=old.customer, provider=old.provider
    )
    return tuple(
        promised(cases, agreement=version, slug="in-time", **terms) for version, terms in ((old, before), (new, after))
    )


@pytest.mark.parametrize(
    ("days", "first", "second"),
    [
        pytest.param((2, 30), {"old": "met"}, {"old (2)": "late"}, id="a new case"),
        pytest.param((30, 2), {"old": "late"}, {}, id="it goes on"),
    ],
)
def test_whether_a_case_goes_on_is_said_by_the_version_in_which_it_was_opened(cases, days, first, second):
    promises = two_versions(cases, *({"reopen_days": each, "within_seconds": 86400} for each in days))
    again = ReopeningRow(at("2026-10-14 10:00"), at("2026-10-20 09:00"))
    bring(cases, case("old", "2026-10-14 09:00", "2026-10-25 09:00", reopenings=(again,)))

    assert [counted(each, now=LATER) for each in promises] == [first, second]


@pytest.mark.parametrize(
    ("rule", "limits"), [("due", (16, 4)), ("due", (4, 16)), ("stopped", (16, 4)), ("opened", (4, 16))]
)
def test_a_case_is_judged_by_the_version_in_force_when_it_was_opened(cases, rule, limits):
    before, after = two_versions(cases, *({"attribution": rule, "within_seconds": each * 3600} for each in limits))
    bring(
        cases,
        case("last", "2026-10-14 22:00", "2026-10-20 09:00"),
        case("open", "2026-10-14 23:00", None),
        case("first", "2026-10-15 09:00", "2026-10-15 09:30"),
    )

    waiting = {} if rule == "stopped" else {"open": "overdue"}
    assert counted(before, now=LATER) == {"last": "late"} | waiting
    assert [counted(after, period, LATER) for period in (OCTOBER, NOVEMBER)] == [{"first": "met"}, {}]
    said = [judged(target, OCTOBER, LATER).proof["evidence"]["closing"] for target in (before, after)]
    assert "Cases that were opened before this version of the agreement ended count by it" in said[0]
    assert "Cases that were opened before this version of the agreement count by the one before." in said[1]


def test_an_old_case_counts_where_it_stops_however_long_ago_it_was_opened(cases):
    bring(cases, case("ancient", "2019-05-02 09:00", "2026-10-05 10:00"))

    assert counted(promised(cases, attribution="stopped")) == {"ancient": "late"}
    assert counted(promised(cases)) == {}


def test_the_proof_says_where_cases_count_unless_by_their_due_date(cases):
    bring(cases, case("INC1", "2026-10-05 09:00", "2026-10-05 10:00"))

    closings = {
        rule: judged(promised(cases, attribution=rule)).proof["evidence"]["closing"] for rule in ("due", "stopped")
    }

    assert closings["due"] == "1 counted. Counting rules version 3."
    assert "Cases count where their clock stopped: what is open and late is not in it." in closings["stopped"]


def test_by_opening_a_month_is_not_final_until_each_case_is_solved_or_overdue(cases):
    target = promised(cases, attribution="opened", within_seconds=10 * 86400)
    bring(cases, case("INC1", "2026-10-30 09:00", None))
    first = judged(target)
    warned, then = first.result["warnings"], first.records[0]["state"]

    compute_attainments(targets=[target], periods=[OCTOBER], now=at("2026-11-20 09:00"))
    fingerprints = []
    for day in (21, 25):
        compute_attainments(targets=[target], periods=[OCTOBER], now=at(f"2026-11-{day} 09:00"))
        fingerprints.append(Attainment.objects.get(target=target, period_start=OCTOBER.first_on).inputs_hash)

    assert (warned, then) == (["Not final: cases that count in this period are not due yet."], "open")
    last = Attainment.objects.get(target=target, period_start=OCTOBER.first_on)
    assert (last.records[0]["state"], last.result.get("warnings")) == ("overdue", None)
    assert len(set(fingerprints)) == 1


@pytest.mark.parametrize(("is_closed", "revisions"), [(False, [1]), (True, [1, 2])])
def test_by_opening_a_month_is_looked_at_until_its_last_case_is_overdue_though_nothing_comes(
    cases, is_closed, revisions
):
    """Both have sixty days; one is overdue ten days before the other, long after the month has ended."""
    target = promised(cases, attribution="opened", within_seconds=60 * 86400)
    bring(cases, case("soon", "2026-10-20 09:00", None), case("last", "2026-10-30 09:00", None))
    found = Attainment.objects.filter(target=target, period_start=OCTOBER.first_on).order_by("revision")
    seen = []

    for day in ("2026-11-10", "2026-12-12", "2026-12-20", "2026-12-30"):
        mark_stale(now=at(f"{day} 12:00"))
        recompute_dirty(limit=10, now=at(f"{day} 12:00"))
        newest = found.last()
        seen.append({record["key"]: record["state"] for record in newest.records})
        if is_closed and len(seen) == 1:
            close_figures(ids=[newest.pk], now=at(f"{day} 12:00"))

    waiting, half, late = ({"soon": soon, "last": last} for soon, last in STANDS)
    assert seen == [waiting, waiting, half, late]
    assert [row.revision for row in found] == revisions
    assert not DirtyTarget.objects.exists()  # nothing to come


def test_a_late_entry_is_shown_and_counts_from_its_start_when_it_is_approved(cases, member, client_of):
    target = promised(cases, pause_reasons=["Waiting"], longest_pause_seconds=3600)
    waited = PauseRow(
        at("2026-10-05 10:00"), at("2026-10-05 12:00"), "Waiting", "The caller", "", at("2026-10-05 11:30")
    )
    bring(cases, case("INC1", "2026-10-05 09:00", "2026-10-05 13:00", pauses=(waited,)))
    before = judged(target)
    states = [(before.records[0]["state"], [each["what"] for each in before.records[0]["ledger"]])]
    CasePause.objects.update(approved_by="Ines Duarte")
    after = judged(target)

    page = shown(client_of(member()), after)

    states.append((after.records[0]["state"], [each["what"] for each in after.records[0]["ledger"]]))
    assert states == [("late", ["not_approved"]), ("met", ["approved", "long"])]
    said = {line["key"]: line["detail"] for line in after.proof["lines"]}
    assert said["pause_share"] == "Of the service time between start and stop, 120 min for The caller"
    assert "The pause from Mon 5 Oct, 10:00 (Waiting) was entered afterwards, approved by Ines Duarte" in page
    assert "was longer than agreed, and no note says why" in page


def test_a_program_that_sends_a_case_again_does_not_unsay_who_approved(cases):
    late = PauseRow(at("2026-10-05 10:00"), at("2026-10-05 12:00"), "Waiting", entered_at=at("2026-10-05 13:00"))
    row = case("INC1", "2026-10-05 09:00", "2026-10-05 13:00", pauses=(late,))
    bring(cases, row)
    CasePause.objects.update(approved_by="Ines Duarte")

    again = bring(cases, row)

    assert (again.unchanged, again.corrected) == (1, 0)
    assert CasePause.objects.get().approved_by == "Ines Duarte"


def test_a_corrected_case_has_only_what_happened_last(cases):
    bring(cases, REOPENED | {"priority_changes": (PriorityRow(at("2026-10-05 09:30"), "Low"),)})

    bring(cases, case("INC1", "2026-10-05 09:00", "2026-10-05 10:00"))

    assert (CaseReopening.objects.count(), CasePriority.objects.count(), Case.objects.count()) == (0, 0, 1)


def test_how_long_cases_took_stands_beside_the_share(cases, member, client_of):
    for number in range(1, 10):
        factories.add_case(
            cases, f"INC{number}", "2026-10-05 09:00", f"2026-10-05 09:{number * 5:02}", priority="Urgent"
        )
    factories.add_case(cases, "OPEN", "2026-10-06 09:00", None, priority="Urgent")
    figure = judged(promised(cases))

    page = shown(client_of(member()), figure)

    half, most = figure.result["times"]
    assert (half["seconds"], half["rank"], half["at_least"]) == ("1500/1", "5/1", False)
    assert (most["seconds"], most["rank"], most["method"]) == ("2700/1", "9/1", "nearest_rank")
    assert "Half of the cases" in page
    assert "A case belongs to the period in which it is due; open and overdue is late." in page
    assert "Place 5 of 10 in order of time. Nearest rank: a time that occurred" in page


@pytest.mark.parametrize(
    ("method", "nine_of_ten"),
    [("inclusive", [("6240/1", True)]), ("exclusive", []), ("nearest_rank", [("6900/1", True)])],
)
def test_an_open_case_at_the_rank_took_at_least_so_long(cases, method, nine_of_ten):
    factories.add_case(cases, "INC1", "2026-10-05 09:00", "2026-10-05 09:05", priority="Urgent")
    factories.add_case(cases, "OPEN", "2026-10-31 21:00", None, priority="Urgent")
    now = at("2026-10-31 22:55")
    target = promised(cases, percentile_method=method)

    times = judged(target, now=now).result["times"]

    assert [(each["seconds"], each["at_least"]) for each in times if each["percent"] == "90"] == nine_of_ten


def test_a_closed_month_is_not_corrected_by_terms_and_facts_that_say_nothing_new(cases):
    target = promised(cases, pause_reasons=["Waiting"])
    pause = PauseRow(at("2026-10-05 09:30"), at("2026-10-05 10:00"), "Waiting")
    bring(cases, case("INC1", "2026-10-05 09:00", "2026-10-05 13:00", pauses=(pause,)))
    closed = judged(target)
    close_figures(ids=[closed.pk], now=AFTERWARDS)
    row = case("INC1", "2026-10-05 09:00", "2026-10-05 13:00", pauses=(pause,))

    # A system begins to tell which priority a case had before, and more of its pauses: nothing was agreed to count.
    told = replace(pause, note="On holiday", entered_at=pause.started_at, entered_by="Sam")
    lunch = PauseRow(at("2026-10-05 12:00"), at("2026-10-05 12:30"), "Lunch")
    changes = (PriorityRow(at("2026-10-05 09:10"), "Low"),)
    said = bring(cases, row | {"pauses": (told, lunch), "priority_changes": changes}, now=LATER)
    recompute_dirty(limit=50, now=LATER)

    assert said.corrected == 1
    assert Attainment.objects.filter(target=target, period_start=OCTOBER.first_on).count() == 1
