"""How far the month that ended is closed: six steps of each review, who takes the next, and what it leads to."""

import re
from datetime import date, timedelta

import pytest

from portal.accounts.models import Role
from portal.language.numbers import NBSP
from reporting.actions.editions import issue_review
from reporting.models import ReviewParagraph, ServiceReview
from reporting.queries.editing import editing_page
from reporting.queries.workbench import get_workbench
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas

REVIEWS = "/t/larkmoor/reviews/"
MORNING = slas.at("2026-11-10 09:40")


def bench_of(reader, now=MORNING, is_mine=True):
    return get_workbench(reader=reader, now=now, is_mine=is_mine)


def said(words):
    return words.replace(NBSP, " ")


def steps_of(row):
    return "".join({"done": "d", "now": "n", "stuck": "x", "": "-"}[step] for step in row.steps)


def closing_of(reader):
    return [(row.unit, steps_of(row), said(row.words), row.who, row.action) for row in bench_of(reader).closing.rows]


def test_a_review_goes_through_its_six_steps(simple):
    manager = simple.manager
    assert closing_of(manager) == [("Customer Orders", "dn----", "Draft the review", "You", "Draft")]
    auditor = factories.make_member(role=Role.AUDITOR)
    assert closing_of(auditor) == [("Customer Orders", "dn----", "Draft the review", "Nobody yet", "Draft")]

    review = made.make_draft(simple)
    assert closing_of(manager) == [("Customer Orders", "ddn---", "Write the summary, was due 6 Nov", "You", "Write")]

    ReviewParagraph.objects.filter(review=review).update(edited_by=manager)
    assert closing_of(manager) == [("Customer Orders", "dddn--", "Read it and issue it, was due 6 Nov", "You", "Read")]

    issue_review(review=review, by=manager, now=made.ISSUED_AT)
    assert closing_of(manager) == [("Customer Orders", "dddddn", "Answer due 13 Nov", "Ines Calder", "")]

    ServiceReview.objects.update(state="signed")
    assert closing_of(manager) == [("Customer Orders", "dddddd", "Acknowledged", "Ines Calder", "")]


def test_a_draft_is_behind_a_link_for_those_who_may_read_it(simple, client_of):
    review = made.make_draft(simple)
    manager, auditor = simple.manager, factories.make_member(role=Role.AUDITOR)
    owner, administrator = (factories.make_member(role=role) for role in (Role.SERVICE_OWNER, Role.ADMINISTRATOR))

    def follow(reader):
        page = client_of(reader).get("/t/larkmoor/workbench/?whose=all").content.decode()
        links = set(re.findall(rf'href="({REVIEWS}customer-orders/2026-10/)"', page))
        assert "Customer Orders" in page
        return [client_of(reader).get(link).status_code for link in links]

    assert [follow(each) for each in (manager, owner, administrator, auditor)] == [[200], [], [], []]
    issue_review(review=review, by=manager, now=made.ISSUED_AT)
    assert [follow(each) for each in (manager, owner, administrator, auditor)] == [[200]] * 4


def compute_again(simple, hours):
    later = made.ISSUED_AT + timedelta(hours=hours)
    compute_attainments(targets=simple.targets.values(), periods=[Period(2026, 10)], now=later)


def test_figures_that_changed_since_the_draft_are_checked_again(simple):
    made.make_draft(simple)
    compute_again(simple, hours=1)
    assert [row[-1] for row in closing_of(simple.manager)] == ["Write"]  # the same as before: nothing to check

    slas.add_outage(simple.targets["orders"].measure, "2026-10-05 08:00", "2026-10-05 18:00")
    compute_again(simple, hours=2)

    assert closing_of(simple.manager) == [
        ("Customer Orders", "dn----", "Check 1 figure, was due 6 Nov", "You", "Check")
    ]


def test_what_still_runs_need_not_be_checked_again(simple):
    """A promise by the quarter is counted anew each hour until the year ends."""
    quarter = slas.make_target(agreement=simple.agreement, period_kind="quarter", name="By the quarter")
    for hours in (0, 1):
        now = made.ISSUED_AT + timedelta(hours=hours)
        compute_attainments(targets=[quarter], periods=[Period(2026, 10)], now=now)
        review = made.make_draft(simple) if hours == 0 else ServiceReview.objects.get()

    assert quarter.attainments.get().changed_at > review.drafted_at
    assert editing_page(review=review).changed == []


def test_missing_data_holds_a_review_up(simple):
    sales = slas.make_target("occasions", agreement=simple.agreement, due_minute=420, name="Sales figures")
    compute_attainments(targets=[sales], periods=[Period(2026, 10)], now=made.ISSUED_AT)
    made.make_draft(simple)

    assert closing_of(simple.manager) == [
        ("Customer Orders", "x-----", "1 promise without enough data", "Source owner", "Look")
    ]


def test_an_answer_that_is_late_is_stuck(simple):
    issue_review(review=made.make_draft(simple), by=simple.manager, now=made.ISSUED_AT)

    (row,) = bench_of(simple.manager, now=slas.at("2026-11-16 09:00")).closing.rows
    assert steps_of(row) == "dddddx"


def test_units_of_another_manager_are_theirs(simple, member):
    made.make_draft(simple)
    other = member(Role.SERVICE_LEVEL_MANAGER)

    assert bench_of(other).closing.rows == ()
    (row,) = bench_of(other, is_mine=False).closing.rows
    assert row.who == "Pavel Orsin"


def test_issued_reviews_are_counted_and_those_due_this_week(simple):
    review = made.make_draft(simple)
    assert [(kpi.value, kpi.aside, kpi.label) for kpi in bench_of(simple.manager).kpis][1] == (
        "0", "of 1", "October reviews issued, 1 due this week",
    )  # fmt: skip
    issue_review(review=review, by=simple.manager, now=made.ISSUED_AT)
    assert [(kpi.value, kpi.aside, kpi.label) for kpi in bench_of(simple.manager).kpis][1] == (
        "1", "of 1", "October reviews issued",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("nothing", "1 of 6 done, figures is next"),
        ("drafted", "2 of 6 done, text is next"),
        ("issued", "5 of 6 done, answered is next"),
        ("late", "5 of 6 done, answered is stuck"),
        ("acknowledged", "6 of 6 done"),
    ],
)
def test_the_steps_are_told_to_whoever_does_not_see_their_colours(simple, client_of, step, words):
    if step != "nothing":
        review = made.make_draft(simple)
    if step in ("issued", "late", "acknowledged"):
        issue_review(review=review, by=simple.manager, now=made.ISSUED_AT)
    if step == "late":
        ServiceReview.objects.update(answer_due_on=date(2026, 11, 9))
    if step == "acknowledged":
        ServiceReview.objects.update(state="signed")

    (row,) = bench_of(simple.manager).closing.rows

    assert row.progress == words
    if step == "drafted":
        page = client_of(simple.manager).get("/t/larkmoor/workbench/?whose=all").content.decode()
        assert f'role="img" aria-label="{words}"' in page


def test_figures_that_changed_are_named_where_they_are_checked(simple, client_of, django_capture_on_commit_callbacks):
    """The button of the workbench leads to the sentences; drafting again there ends the step."""
    made.make_draft(simple)
    client, edit = client_of(simple.manager), f"{REVIEWS}customer-orders/2026-10/edit/"
    assert "Draft again" not in client.get(edit).content.decode()
    slas.add_outage(simple.targets["orders"].measure, "2026-10-05 08:00", "2026-10-05 18:00")
    later = made.ISSUED_AT + timedelta(hours=1)
    compute_attainments(targets=simple.targets.values(), periods=[Period(2026, 10)], now=later)
    assert closing_of(simple.manager)[0][-1] == "Check"

    page = client.get(edit).content.decode()
    sections = editing_page(review=ServiceReview.objects.get()).sections
    marked = [row.has_changed for _title, rows in sections for row in rows]

    name = simple.targets["orders"].name
    assert f"1 figure has changed since the review was drafted: {name}." in page
    assert any(marked)
    assert page.count("Its figures have changed.") == sum(marked)
    fields = dict(re.findall(r'name="(draft-\w+)" value="([^"]+)"', page))
    with django_capture_on_commit_callbacks() as queued:
        assert client.post(f"{REVIEWS}draft/", fields).status_code == 302
    assert len(queued) == 1
    made.make_draft(simple, now=later + timedelta(hours=1))
    assert closing_of(simple.manager)[0][-1] == "Write"
    assert "Draft again" not in client.get(edit).content.decode()
