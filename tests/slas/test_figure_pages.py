"""A figure with its proof and evidence, and a level proposed for a trial, in the browser."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import close_figures, close_month, compute_attainments
from slas.calculation.periods import Period
from slas.models import Agreement, AgreementState, Attainment, Case, TargetKind, TargetProposal
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def unit(in_tenant):
    return people.make_unit(name="Customer Orders")


@pytest.fixture
def head(unit, member):
    return member(Role.BUSINESS_UNIT_HEAD, units=[unit])


@pytest.fixture
def outsider(in_tenant, member):
    return member(Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        target = factories.make_target()
        compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
        return people.make_member()


def page_of(target, period=OCTOBER, *, is_issued=True):
    compute_attainments(targets=[target], periods=[period], now=NOW)
    attainment = Attainment.objects.get(target=target, period_start=period.first_on, closed_at=None)
    if is_issued:
        close_figures(ids=[attainment.pk], now=NOW)
    return f"/t/larkmoor/attainments/{attainment.pk}/"


@pytest.fixture
def orders(unit):
    target = factories.make_target(
        unit=unit, slug="orders", degraded_share=Decimal("0.5"), loss_words="Customers could not place orders",
        short_loss_words="Not possible", meaning="An order can be saved", agreed_note="Slow pages count half.",
    )  # fmt: skip
    factories.add_outage(
        target.measure, "2026-10-06 05:12", "2026-10-06 06:44", what="=cmd|' /C calc'!A0", cause="Full"
    )
    factories.add_outage(target.measure, "2026-10-28 16:05", "2026-10-28 17:19", what="Very slow", is_degraded=True)
    agreed_at = at("2026-03-12 11:00")
    factories.sign(target.agreement, target.agreement.customer, name="Ines Calder", accepted_at=agreed_at)
    return target


def test_the_page_shows_the_figure_its_sum_and_its_events(orders, head, client_of):
    page = client_of(head).get(page_of(orders)).content.decode().replace("\u00a0", " ")

    for words in (
        "Customers could not place orders for 2 h 09 min in October.",
        "31 days, round the clock, London time",
        "6 Oct 92",
        "28 Oct 74 min, counts half",
        "Tuesday 6 October, 05:12 to 06:44",
        "As agreed",
        "Promised 99.5 %. Slow pages count half.",
        "As people felt it",
        "2 h 46 min without it.",
        "Agreed 12 Mar 2026 by Ines Calder, agreement version 1",
        "2 events, data complete (100 %). Counting rules version",
        "Closed on Tue 10 Nov 2026. What comes later makes a new revision.",
    ):
        assert words in page


def test_what_is_not_issued_is_read_by_it_alone(orders, head, member, client_of):
    address = page_of(orders, is_issued=False)

    assert "Not closed yet: late facts can still change it." in client_of(member()).get(address).content.decode()
    paths = ("", "evidence.csv", "evidence.json")
    assert [client_of(head).get(address + path).status_code for path in paths] == [404, 404, 404]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param("cases", ["INC1 No tills", "3 h", "Solved Mon 5 Oct, 12:00", "Due Mon 5 Oct, 11:00"], id="cases"),
        pytest.param(
            "occasions", ["Thursday 1 October", "Done Thu 1 Oct, 07:20", "Friday 2 October", "No record"], id="dates"
        ),
        pytest.param(
            "volume",
            ["120 within the standard is more than the 100 counted", "Thursday 1 October", "120 of 100"],
            id="volume",
        ),
        pytest.param("satisfaction", ["9 of 10 good", "Thursday 1 October", "20 people asked"], id="answers"),
    ],
)
def test_each_kind_shows_what_it_rests_on(unit, head, client_of, kind, words):
    target = factories.make_target(kind, unit=unit)
    measure = target.measure
    if kind == TargetKind.CASES:
        factories.add_case(measure, "INC1", "2026-10-05 09:00", "2026-10-05 12:00", title="No tills")
    elif kind == TargetKind.OCCASIONS:
        factories.add_occasion(measure, date(2026, 10, 1), at("2026-10-01 07:20"))
    elif kind == TargetKind.VOLUME:
        factories.add_volume(measure, date(2026, 10, 1), 100, 120)
    else:
        factories.add_survey(measure, date(2026, 10, 1), 20, 10, 9)

    page = client_of(head).get(page_of(target)).content.decode().replace("\u00a0", " ")

    assert [each for each in words if each not in page] == []


def test_a_running_month_shows_three_numbers(orders, member, client_of):
    client = client_of(member())
    page = client.get(page_of(orders, NOVEMBER, is_issued=False)).content.decode()

    assert "The period still runs" in page
    assert "If nothing else happens" in page


def test_revisions_are_linked(orders, unit, head, member, client_of):
    compute_attainments(targets=[orders], periods=[OCTOBER], now=NOW)
    close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)
    factories.add_outage(orders.measure, "2026-10-09 05:00", "2026-10-09 06:00")

    address = page_of(orders, is_issued=False)
    page = client_of(member()).get(address).content.decode()

    closed = f"/t/larkmoor/attainments/{Attainment.objects.get(revision=1).pk}/"
    assert closed in page
    assert "closed Tue 10 Nov 2026" in page
    said = re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ")
    assert re.findall(r"Revision \d: ([\d.]+ \S)", said) == ["99.7 %", "99.5 %"]
    assert address not in client_of(head).get(closed).content.decode()


@pytest.mark.parametrize("path", ["", "evidence.csv", "evidence.json"])
def test_who_may_see_a_figure(stranger, orders, head, outsider, member, client_of, path):
    address = page_of(orders) + path
    readers = [head, *(member(role) for role in Role if role not in ("business_unit_head", "business_member"))]

    assert [client_of(reader).get(address).status_code for reader in readers] == [200] * 5
    assert [client_of(person).get(address).status_code for person in (outsider, stranger)] == [404, 404]


def test_the_evidence_is_a_table_that_no_spreadsheet_runs(orders, head, client_of):
    response = client_of(head).get(page_of(orders) + "evidence.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Disposition"] == 'attachment; filename="orders-2026-10-01-revision-1.csv"'
    assert rows[0] == ["part", "name", "from", "until", "value", "unit", "note"]
    events = [row for row in rows if row[0] == "event"]
    assert events[0][1:5] == ["'=cmd|' /C calc'!A0", "2026-10-06T04:12:00+00:00", "2026-10-06T05:44:00+00:00", "5520/1"]
    assert {row[1] for row in rows if row[0] == "sum"} >= {"Service hours", "Time lost", "Result"}


def test_the_evidence_holds_everything_and_its_reading_is_kept(orders, head, client_of):
    client, address = client_of(head), page_of(orders) + "evidence.json"
    first, second = client.get(address).content, client.get(address).content
    evidence = json.loads(first)

    assert first == second
    attainment = Attainment.objects.get()
    assert (evidence["result"], evidence["proof"]) == (attainment.result, attainment.proof)
    assert evidence["proof"]["inputs_hash"] == attainment.inputs_hash
    assert AuditEntry.objects.filter(act="evidence.read", actor_id=head.user_id).count() == 2


# ---------------------------------------------------------------- proposals


@pytest.fixture
def trial(unit):
    """Twelve months, each with so many tenths of a percent lost: 99.5 % would have been kept in eleven of them."""
    target = factories.make_target(unit=unit, slug="track", is_trial=True, threshold=None, name="Customers can track")
    for month, minutes in zip(range(12), (80, 120, 160, 20, 60, 160, 380, 110, 70, 30, 120, 170), strict=True):
        period = OCTOBER.shifted(month - 11)
        start = at(f"{period.first_on} 10:00")
        factories.Outage.objects.create(
            measure_id=target.measure_id, started_at=start, ended_at=start + timedelta(minutes=minutes)
        )
    compute_attainments(targets=[target], periods=[OCTOBER.shifted(-n) for n in range(12)], now=NOW)
    close_figures(ids=target.attainments.values_list("pk", flat=True), now=NOW)
    return target


def propose(client, trial, **changes):
    address = f"/t/larkmoor/agreements/{trial.agreement.slug}/v1/targets/track/propose/"
    return client.post(
        address, {"threshold": "99.5", "reason": "It can be kept", "answer_due_on": "2099-11-20"} | changes
    )


def test_a_proposal_says_how_it_would_have_done(trial, head, member, client_of):
    response = propose(client_of(member()), trial)
    page = client_of(head).get(response.url).content.decode().replace("\u00a0", " ")

    for words in (
        "If we had promised 99.5 %, we would have kept it in 11 of 12 months.",
        "with at least 84 % confidence. Expect about 2 misses a year.",
        "99.5 % of all hours",
        "Customer Orders answers by Fri 20 Nov",
        "223 min",
        "99 %",
    ):
        assert words in page


def test_levels_stand_with_how_sure_they_are_before_and_after_one_is_proposed(trial, member, client_of):
    manager = client_of(member())
    address = f"/t/larkmoor/agreements/{trial.agreement.slug}/v1/targets/track/propose/"
    before = rows_of(manager.get(address))
    after = rows_of(manager.get(propose(manager, trial, threshold="99.6").url))

    assert before == [
        "99.95 % 1 of 12 months 7 % 11.1 22 min",
        "99.9 % 2 of 12 months 15 % 10.2 44 min",
        "99.7 % 8 of 12 months 61 % 4.7 133 min",
        "99.5 % 11 of 12 months 84 % 1.9 223 min",
        "99 % 12 of 12 months 92 % 1.0 446 min",
    ]
    assert [row for row in after if row not in before] == ["99.6 % proposed 11 of 12 months 84 % 1.9 178 min"]


def rows_of(response, table=0):
    """The rows of a table as a reader sees them."""
    page = response.content.decode().replace("\u00a0", " ")
    body = re.findall(r"<tbody>(.*?)</tbody>", page, flags=re.DOTALL)[table]
    rows = re.findall(r"<tr.*?>(.*?)</tr>", body, flags=re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_months_that_get_better_and_months_that_were_not_measured_are_warned_of(unit, member, client_of):
    target = factories.make_target(unit=unit, slug="track", is_trial=True, threshold=None, starts_on=date(2026, 5, 1))
    for month in range(5, 11):
        factories.add_outage(target.measure, f"2026-{month:02}-10 06:00", f"2026-{month:02}-10 {20 - month}:00")
    compute_attainments(targets=[target], periods=[OCTOBER.shifted(-n) for n in range(6)], now=NOW)

    page = propose_page(target, client_of(member())).content.decode()

    assert "The months are getting better: of 15 pairs of months the later one is better in 15." in page
    assert "Not measured yet: January, February, March, April, November and December." in page


def propose_page(trial, client):
    return client.get(f"/t/larkmoor/agreements/{trial.agreement.slug}/v1/targets/{trial.slug}/propose/")


def test_cases_of_all_months_say_what_is_sure_and_how_long_they_take(unit, member, client_of):
    """Ten cases a month for three months, each a minute longer than the one before; the longest are still open."""
    target = factories.make_target("cases", unit=unit, is_trial=True, threshold=None, within_seconds=20 * 60)
    for n in range(30):
        opened = at(f"2026-{8 + n // 10:02}-{n % 10 + 1:02} 09:00")
        Case.objects.create(
            measure_id=target.measure_id, key=f"INC{n}", opened_at=opened, resolved_at=opened + timedelta(minutes=n + 1)
        )
    compute_attainments(targets=[target], periods=[OCTOBER.shifted(-n) for n in range(3)], now=NOW)

    response = propose_page(target, client_of(member()))

    assert "20 of 30 were kept." in response.content.decode().replace("\u00a0", " ")
    assert rows_of(response) == ["99.95 % 2 of 3 months 50 % 6.0", "0 % 3 of 3 months 75 % 3.0"]
    assert rows_of(response, 1) == [
        "95 % 50.0 % 40 % 0.6",
        "90 % 53.3 % 40 % 0.6",
        "80 % 57.3 % 50 % 1.6",
    ]
    assert rows_of(response, 2) == [
        "80 of 100 cases 30 min . The case at place 28 of 30, the longest last, took 28 min.",
        "90 of 100 cases 30 min . The case at place 30 of 30, the longest last, took 30 min.",
        "95 of 100 cases 59 cases are needed before that time can be said; 29 are missing.",
    ]


def test_too_few_months_are_refused(unit, member, client_of):
    trial = factories.make_target(unit=unit, slug="track", is_trial=True, threshold=None, starts_on=date(2026, 10, 1))
    compute_attainments(targets=[trial], periods=[OCTOBER], now=NOW)

    refused = propose(client_of(member()), trial)

    assert refused.status_code == 422
    assert "1 of the 3 months are measured that are needed" in refused.content.decode()
    assert TargetProposal.objects.count() == 0


def test_a_proposal_rests_on_issued_months_for_the_business(trial, head, member, client_of):
    factories.add_outage(trial.measure, "2026-10-20 05:00", "2026-10-20 15:00")
    compute_attainments(targets=[trial], periods=[OCTOBER], now=NOW)
    manager = client_of(member())
    address = propose(manager, trial).url

    assert "kept it in 11 of 12 months" in client_of(head).get(address).content.decode().replace("\u00a0", " ")
    assert "kept it in 10 of 12 months" in manager.get(address).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": "101"}, "less than or equal to 100"),
        ({"answer_due_on": "2026-11-10"}, "choose a day to come"),
    ],
)
def test_a_bad_proposal_is_refused(trial, member, client_of, changes, words):
    response = propose(client_of(member()), trial, **changes)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_one_proposal_at_a_time_and_only_for_trials(trial, orders, member, client_of):
    manager = client_of(member())
    propose(manager, trial)
    again = propose(manager, trial)
    orders.slug = "track"
    orders.save()
    promised = propose(manager, orders)

    assert "A level is proposed for “Customers can track” already" in again.content.decode()
    assert "is promised already" in promised.content.decode()


def test_accepting_puts_the_level_into_the_next_draft(trial, head, member, client_of):
    address = propose(client_of(member()), trial).url

    client_of(head).post(address, {"decision": "accept", "answer": "Good"})

    proposal = TargetProposal.objects.get()
    assert (proposal.is_accepted, proposal.answer, proposal.answered_by) == (True, "Good", head)
    draft = Agreement.objects.get(state=AgreementState.DRAFT)
    promised = draft.targets.get(slug="track")
    assert (draft.version, draft.starts_on) == (2, date(2026, 12, 1))
    assert (promised.is_trial, promised.threshold, promised.sentence) == (False, Decimal("99.5"), "99.5 % of all hours")
    trial.refresh_from_db()
    assert trial.is_trial  # what is in force stays as both sides accepted it
    late = client_of(head).post(address, {"decision": "decline", "answer": "No"})
    assert "This proposal was answered on 10\u00a0Nov\u00a02026" in late.content.decode()


def test_declining_needs_a_reason(trial, head, member, client_of):
    address = propose(client_of(member()), trial).url
    silent = client_of(head).post(address, {"decision": "decline", "answer": " "})
    client_of(head).post(address, {"decision": "decline", "answer": "Two misses are too many"})

    assert "Say why, so that the other side can propose something better" in silent.content.decode()
    proposal = TargetProposal.objects.get()
    assert (proposal.is_accepted, proposal.answer) == (False, "Two misses are too many")
    assert not Agreement.objects.filter(state=AgreementState.DRAFT).exists()


def test_who_may_see_and_answer_a_proposal(stranger, trial, unit, head, outsider, member, client_of):
    address = propose(client_of(member()), trial).url
    business = member(Role.BUSINESS_MEMBER, units=[unit])
    answer = {"decision": "accept"}

    seen = [
        client_of(each).get(address).status_code for each in (head, business, member(Role.AUDITOR), outsider, stranger)
    ]
    given = [
        client_of(each).post(address, answer).status_code for each in (business, member(), outsider, stranger, head)
    ]

    assert seen == [200, 200, 200, 404, 404]
    assert given == [403, 403, 404, 404, 302]
