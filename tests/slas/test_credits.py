"""Credits: agreed in a draft, proposed from closed months, decided by people, stated, earned back, corrected."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.conversations.models import Notification
from portal.tenancy.scope import tenant_scope
from slas.actions.agreement_states import propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.attainments import close_month, compute_attainments
from slas.actions.credits import compute_credits, decide_credit, state_credit
from slas.calculation.periods import Period
from slas.errors import credits as refusals
from slas.models import CreditBand, CreditScheme, CreditState, CreditStatement, Obligation, TargetKind
from slas.queries.agreement_rows import rows_of
from slas.queries.agreement_text import agreement_text
from slas.queries.clauses import clauses_of
from slas.queries.credit_statements import list_visible_statements
from slas.queries.signed_text import fingerprint_of
from tests import factories as people
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"
SEPTEMBER, OCTOBER = Period.parse("2026-09"), Period.parse("2026-10")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def make_scheme(agreement, **fields):
    """5 % of 2,000 below 99.5 %, 10 % below 99 %, for each of its promises; approved by the manager."""
    common = {"slug": "ordering", "name": "Credits for ordering", "basis": "share_of_fee", "fee": 2000}
    scheme = CreditScheme.objects.create(
        agreement=agreement, **common | {"currency": "GBP", "approver_role": "service_level_manager"} | fields
    )
    for target in agreement.targets.all():
        CreditBand.objects.create(scheme=scheme, target=target, low=99, high="99.5", credit=5)
        CreditBand.objects.create(scheme=scheme, target=target, low=0, high=99, credit=10)
    return scheme


@pytest.fixture
def scheme(agreement):
    return make_scheme(agreement)


@pytest.fixture
def target(scheme):
    return scheme.agreement.targets.get()


def stop(target, day, hours):
    """4 hours of 744 in October are more than half a percent, 8 hours more than one."""
    factories.add_outage(target.measure, f"{day} 00:00", f"{day} {hours:02}:00")


def close(target, *periods):
    unit = target.agreement.customer.business_unit
    for period in periods:
        compute_attainments(targets=[target], periods=[period], now=NOW)
        close_month(business_unit=unit, month=period.first_on, by=None, now=NOW)


@pytest.fixture
def proposed(target):
    stop(target, "2026-10-06", 4)
    close(target, OCTOBER)
    compute_credits(now=NOW)
    return CreditStatement.objects.get()


def decide(statement, by, *, is_approved=True, reason=""):
    read = statement.computed_at.isoformat()
    return decide_credit(statement=statement, is_approved=is_approved, reason=reason, read=read, by=by, now=NOW)


def test_a_closed_month_is_proposed_once(proposed):
    assert (proposed.state, proposed.month, proposed.amount, proposed.change) == (
        CreditState.PROPOSED, date(2026, 10, 1), 100, 100,
    )  # fmt: skip
    (line,) = proposed.lines
    assert (line["band"], line["worth"], line["why"]) == ("from 99 % to below 99.5 %", "5 % of the fee", "Missed.")
    assert line["attainment"] == proposed.scheme.agreement.targets.get().attainments.get().pk

    assert compute_credits(now=NOW).written == 0


def test_an_open_month_and_a_kept_one_are_worth_nothing(target):
    stop(target, "2026-10-06", 4)
    compute_attainments(targets=[target], periods=[SEPTEMBER, OCTOBER], now=NOW)
    compute_credits(now=NOW)
    close(target, SEPTEMBER)
    compute_credits(now=NOW)

    assert CreditStatement.objects.count() == 0


def test_a_promise_to_it_counts_when_its_month_is_settled(in_tenant):
    """Nobody closes the months of a supplier's contract."""
    target = factories.make_target(
        agreement=factories.make_agreement(customer=factories.make_party(), kind="contract"), threshold="99.5"
    )
    make_scheme(target.agreement)
    stop(target, "2026-10-06", 8)
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)

    assert compute_credits(now=datetime(2026, 11, 3, 9, tzinfo=UTC)).written == 0
    assert compute_credits(now=NOW).written == 1
    assert CreditStatement.objects.get().amount == 200


def test_caps_and_the_year_before(target):
    CreditScheme.objects.update(year_cap="1.25")  # 300 of 24,000
    for period in (SEPTEMBER, OCTOBER):
        stop(target, f"{period.first_on:%Y-%m}-06", 10)
    close(target, SEPTEMBER, OCTOBER)

    compute_credits(now=NOW)

    assert list(CreditStatement.objects.order_by("month").values_list("amount", flat=True)) == [200, 100]
    assert CreditStatement.objects.get(amount=100).sums == {
        "total": "200.00", "after_month_cap": "200.00", "after_year_cap": "100.00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "amount"),
    [
        pytest.param({"due_on": date(2026, 10, 5)}, 0, id="overdue"),
        pytest.param({"due_on": date(2026, 10, 5), "done_on": date(2026, 10, 4)}, 100, id="done"),
        pytest.param({"due_on": date(2026, 9, 5), "done_on": date(2026, 10, 1)}, 100, id="overdue in the month before"),
        pytest.param({"due_on": date(2026, 10, 31)}, 100, id="overdue afterwards"),
    ],
)
def test_nothing_is_credited_while_a_duty_is_overdue(target, duty, amount):
    Obligation.objects.create(agreement=target.agreement, text="Send it", short_text="Promotion calendar", **duty)
    stop(target, "2026-10-06", 4)
    close(target, OCTOBER)

    compute_credits(now=NOW)

    statement = CreditStatement.objects.get()
    assert statement.amount == amount
    if not amount:
        assert statement.lines[0]["why"] == "Missed, but overdue: Promotion calendar."


def test_of_a_number_more_than_promised_is_credited(unit):
    target = factories.make_target(TargetKind.RELIABILITY, unit=unit, allowed_misses=1)
    scheme = CreditScheme.objects.create(
        agreement=target.agreement, slug="stops", name="Stops", basis="amount", currency="JPY",
        approver_role="administrator",
    )  # fmt: skip
    CreditBand.objects.create(scheme=scheme, target=target, low=1, high=2, credit=15000)
    CreditBand.objects.create(scheme=scheme, target=target, low=2, high=None, credit=40000)
    for day in (6, 7, 8):
        stop(target, f"2026-10-{day:02}", 1)
    close(target, OCTOBER)

    compute_credits(now=NOW)

    statement = CreditStatement.objects.get()
    assert (statement.amount, statement.lines[0]["band"], statement.lines[0]["words"]) == (40000, "more than 2", "3×")


def test_only_the_agreed_role_decides_and_once(proposed, people_of):
    with pytest.raises(refusals.NotCreditApprover, match="the service level manager approves"):
        decide(proposed, people_of["owner"])

    decide(proposed, people_of["manager"])

    with pytest.raises(refusals.CreditDecided, match="decided on 10"):
        decide(proposed, people_of["manager"])
    told = Notification.objects.values_list("member", "text")
    assert list(told) == [(people_of["head"].pk, "Credits for October 2026 are approved: £100.")]


def test_it_is_stated_after_it_is_approved(proposed, people_of):
    with pytest.raises(refusals.CreditNotApproved, match="This credit is proposed"):
        state_credit(statement=proposed, reference="CN-1", by=people_of["manager"], now=NOW)
    decide(proposed, people_of["manager"])

    stated = state_credit(statement=proposed, reference="CN-1", by=people_of["manager"], now=NOW)

    assert (stated.state, stated.reference) == (CreditState.STATED, "CN-1")


def test_what_was_approved_is_corrected_by_a_statement_of_its_own(proposed, target, people_of):
    decide(proposed, people_of["manager"])
    stop(target, "2026-10-20", 6)
    close(target, OCTOBER)

    compute_credits(now=NOW)

    first, second = CreditStatement.objects.order_by("revision")
    assert (first.state, first.amount) == (CreditState.APPROVED, 100)
    assert (second.revision, second.state, second.amount, second.change) == (2, CreditState.PROPOSED, 200, 100)


def test_a_proposal_is_computed_again_until_it_is_decided_by_who_read_it(proposed, target, people_of):
    stop(target, "2026-10-20", 6)
    close(target, OCTOBER)

    compute_credits(now=NOW + timedelta(minutes=20))

    again = CreditStatement.objects.get()
    assert (again.pk, again.amount, again.revision) == (proposed.pk, 200, 1)
    with pytest.raises(refusals.CreditComputedAgain):
        decide(proposed, people_of["manager"])


def test_a_declined_credit_leaves_its_room_to_the_year(target, people_of):
    CreditScheme.objects.update(year_cap="0.5")  # 120 of 24,000
    for period in (SEPTEMBER, OCTOBER):
        stop(target, f"{period.first_on:%Y-%m}-06", 5)
    close(target, SEPTEMBER, OCTOBER)
    compute_credits(now=NOW)
    october = CreditStatement.objects.get(month=OCTOBER.first_on)
    assert october.amount == 20

    september = CreditStatement.objects.get(month=SEPTEMBER.first_on)
    decide(september, people_of["manager"], is_approved=False, reason="Agreed otherwise")
    compute_credits(now=NOW)

    october.refresh_from_db()
    assert october.amount == 100


def test_the_database_keeps_what_was_decided(proposed, people_of):
    decided = decide(proposed, people_of["manager"])

    for change in ({"amount": 1}, {"lines": []}, {"reason": "Other"}):
        with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
            CreditStatement.objects.filter(pk=decided.pk).update(**change)
    with pytest.raises(ProgrammingError, match="Cannot delete rows"), transaction.atomic():
        decided.delete()


def test_the_database_refuses_a_share_without_a_fee_and_a_band_that_holds_nothing(scheme, target):
    with pytest.raises(IntegrityError, match="credit_share_has_a_fee"), transaction.atomic():
        CreditScheme.objects.filter(pk=scheme.pk).update(fee=None)
    with pytest.raises(IntegrityError, match="credit_band_in_order"), transaction.atomic():
        CreditBand.objects.filter(low=99).update(high=99)


def test_credits_are_part_of_the_text_and_a_clause_of_it(agreement):
    without = fingerprint_of(agreement=agreement)
    assert "credits" not in agreement_text(rows=rows_of(agreement=agreement))

    make_scheme(agreement, month_cap=10, year_cap="2.5", earn_back_months=3)

    assert fingerprint_of(agreement=agreement) != without
    (clause,) = [each for each in clauses_of(agreement=agreement) if each.key == "credits:ordering"]
    words = clause.words.replace("\u00a0", " ")
    for said in (
        "Customers can place orders, from 99 % to below 99.5 %: 5 % of the fee.",
        "Customers can place orders, below 99 %: 10 % of the fee.",
        "The monthly fee is £2,000.",
        "At most 10 % of the fee in a month.",
        "At most 2.5 % of twelve monthly fees in a calendar year.",
        "kept in each of the 3 months that follow",
        "approved by the service level manager",
    ):
        assert said in words


def test_credits_that_are_finer_than_their_currency_are_not_proposed(scheme, people_of):
    manager = people_of["manager"]
    nxt = revise_agreement(agreement=scheme.agreement, starts_on=date(2027, 1, 1), by=manager, now=NOW)
    nxt.credit_schemes.update(basis="amount", currency="JPY", month_cap="0.5")

    with pytest.raises(refusals.CreditsDoNotFit, match="at most in a month: Write a whole number"):
        propose_agreement(agreement=nxt, by=manager, now=NOW)


def test_bands_go_along_to_the_next_version_and_must_fit_it(scheme, people_of):
    manager = people_of["manager"]
    nxt = revise_agreement(agreement=scheme.agreement, starts_on=date(2027, 1, 1), by=manager, now=NOW)
    copied = nxt.credit_schemes.get()
    assert {band.target.agreement_id for band in copied.bands.all()} == {nxt.pk}
    nxt.targets.update(threshold="99.7")

    with pytest.raises(refusals.CreditsDoNotFit, match=r"ends where the promise is kept, at 99\.7 %"):
        propose_agreement(agreement=nxt, by=manager, now=NOW)


SENT = {
    "scheme-name": "Credits for ordering", "scheme-basis": "share_of_fee", "scheme-fee": "2000",
    "scheme-currency": "GBP", "scheme-several": "highest", "scheme-excludes_unmet": "on",
    "scheme-approver_role": "service_level_manager",
    "bands-TOTAL_FORMS": "3", "bands-INITIAL_FORMS": "0",
    "bands-0-target": "place-orders", "bands-0-low": "99", "bands-0-high": "99.5", "bands-0-credit": "5",
    "bands-1-target": "place-orders", "bands-1-low": "0", "bands-1-high": "99", "bands-1-credit": "10",
}  # fmt: skip


def test_credits_are_written_in_the_draft(draft, people_of, client_of):
    manager = client_of(people_of["manager"])

    sent = manager.post(f"{PAGE}credits/new/", SENT)

    assert (sent.status_code, sent.url) == (302, PAGE)
    page = manager.get(PAGE).content.decode().replace("\u00a0", " ")
    assert "from 99 % to below 99.5 %" in page
    edited = manager.post(f"{PAGE}credits/credits-for-ordering/edit/", SENT | {"scheme-month_cap": "10"})
    assert (edited.status_code, CreditScheme.objects.get().month_cap) == (302, Decimal(10))
    assert manager.post(f"{PAGE}credits/credits-for-ordering/remove/").status_code == 302
    assert not CreditScheme.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"bands-1-high": "98"}, "Row 1, From: No band holds what lies between 98 % and 99 %.", id="gap"),
        pytest.param({"bands-1-high": "99.2"}, "Row 1, From: Two bands hold 99 %.", id="overlap"),
        pytest.param({"bands-0-high": "100.5"}, "Row 1, To: Nothing is better than 100 %.", id="over 100"),
        pytest.param({"bands-0-low": "99.6"}, "Row 1, To: A band runs from the lower value", id="order"),
        pytest.param({"bands-1-credit": ""}, "Row 2, Credit: Say what the band is worth.", id="no credit"),
        pytest.param({"scheme-fee": ""}, "Say how much the monthly fee is", id="no fee"),
        pytest.param({"scheme-currency": "pounds"}, "Write the three letters of a currency", id="currency"),
        pytest.param({"bands-0-target": "", "bands-0-low": ""}, "Row 1, Promise: Choose the promise.", id="promise"),
    ],
)
def test_a_bad_scheme_is_refused_at_its_row_and_field(draft, people_of, client_of, change, words):
    refused = client_of(people_of["manager"]).post(f"{PAGE}credits/new/", SENT | change)

    assert refused.status_code == 422
    assert words in " ".join(refused.content.decode().replace("</a>", "").split())
    assert not CreditScheme.objects.exists()


def test_who_sees_a_statement_before_and_after_it_is_approved(stranger, proposed, people_of, client_of):
    address = f"/t/larkmoor/credits/{proposed.pk}/"

    def codes():
        seen = {who: client_of(person).get(address).status_code for who, person in people_of.items()}
        return seen | {"stranger": client_of(stranger).get(address).status_code}

    it_alone = {"owner": 200, "auditor": 200, "admin": 200, "manager": 200}
    hidden = {"head": 404, "business": 404, "outsider": 404, "stranger": 404}
    assert codes() == it_alone | hidden
    manager = client_of(people_of["manager"])

    assert manager.post(f"{address}decide/", {"decision": "decline"}).status_code == 422
    sent = {"decision": "approve", "read": proposed.computed_at.isoformat()}
    assert f'name="read" value="{sent["read"]}"' in manager.get(address).content.decode()
    assert manager.post(f"{address}decide/", sent).status_code == 302

    assert codes() == it_alone | hidden | {"head": 200, "business": 200}
    assert manager.post(f"{address}state/", {"reference": "CN-2026-014"}).status_code == 302
    page = client_of(people_of["head"]).get(address).content.decode().replace("\u00a0", " ")
    for words in ("£100", "5 % of the fee", "CN-2026-014", "Fingerprint of what it was calculated from"):
        assert words in page
    table = client_of(people_of["head"]).get(f"{address}statement.csv").content.decode("utf-8-sig")
    assert '"£100"' in table
    assert 'name="decision"' not in page


@pytest.fixture
def foreign(other_tenant):
    """A statement of another tenant, in a scheme and an agreement of the same addresses, already approved."""
    with tenant_scope(other_tenant.pk):
        target = factories.make_target(agreement=factories.make_agreement(slug="orders"))
        manager = people.make_member()
        return CreditStatement.objects.create(
            scheme=make_scheme(target.agreement), month=date(2026, 10, 1), state=CreditState.APPROVED, currency="GBP",
            amount=777, change=777, computed_at=NOW, decided_by=manager, decided_at=NOW,
            sums=dict.fromkeys(("total", "after_month_cap", "after_year_cap"), "777"),
        )  # fmt: skip


def test_statements_of_another_tenant_are_neither_seen_nor_counted(foreign, proposed, people_of, client_of):
    manager = people_of["manager"]

    assert list(list_visible_statements(reader=manager)) == [proposed]
    assert client_of(manager).get(f"/t/larkmoor/credits/{foreign.pk}/").status_code == 404
    assert client_of(manager).post(f"/t/larkmoor/credits/{foreign.pk}/state/", {"reference": "X"}).status_code == 404
    assert "£777" not in client_of(manager).get(PAGE).content.decode()


def test_the_workbench_says_what_waits(proposed, people_of, client_of):
    bench = client_of(people_of["manager"]).get("/t/larkmoor/workbench/").content.decode()

    assert "Credit to approve" in bench
    assert "Credit to approve" not in client_of(people_of["owner"]).get("/t/larkmoor/workbench/").content.decode()
