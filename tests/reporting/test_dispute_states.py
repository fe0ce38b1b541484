"""Each state of a dispute with each thing that can be done to it; its days over weekends, holidays and summer time."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction

from reporting.actions.answers import acknowledge_review
from reporting.actions.disputes import answer_dispute, dispute_figure, settle_dispute, withdraw_dispute
from reporting.errors import AlreadyDisputed, DisputeAnswered, DisputeNotAnswered, DisputeSettled, DisputesOpen
from reporting.models import Dispute, FollowUp, ServiceReview
from reporting.queries.agreed import follow_up_rows
from reporting.queries.shown import show_edition
from reporting.queries.working_days import calendar_of
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas
from tests.slas.factories import at

OPEN, AGREED, REJECTED = "open", "agreed", "rejected"
CORRECTED, KEPT, WITHDRAWN = "corrected", "kept", "withdrawn"
ACTS = ("agree", "reject", "accept", "not settled", "withdraw", "dispute")
# What each act makes of each state; a refusal leaves it as it was.
MOVES = {
    OPEN: (AGREED, REJECTED, DisputeNotAnswered, DisputeNotAnswered, WITHDRAWN, AlreadyDisputed),
    AGREED: (DisputeAnswered, DisputeAnswered, CORRECTED, OPEN, WITHDRAWN, AlreadyDisputed),
    REJECTED: (DisputeAnswered, DisputeAnswered, KEPT, OPEN, WITHDRAWN, AlreadyDisputed),
    **dict.fromkeys((CORRECTED, KEPT, WITHDRAWN), (*[DisputeSettled] * 5, OPEN)),  # disputed again, it is another one
}
WAYS = {
    OPEN: (),
    AGREED: ("agree",),
    REJECTED: ("reject",),
    CORRECTED: ("agree", "accept"),
    KEPT: ("reject", "accept"),
    WITHDRAWN: ("withdraw",),
}


@pytest.fixture
def act(month, figure):
    """act("agree", dispute) does it to the dispute, or raises a new one."""
    now = made.TODAY

    def do(name, dispute=None):
        match name:
            case "agree" | "reject":
                is_agreed = name == "agree"
                return answer_dispute(dispute=dispute, by=month.owner, is_agreed=is_agreed, text="So.", now=now)
            case "accept" | "not settled":
                return settle_dispute(dispute=dispute, by=month.head, is_accepted=name == "accept", text="So.", now=now)
            case "withdraw":
                return withdraw_dispute(dispute=dispute, by=month.head, now=now)
        return dispute_figure(figure=figure("phones.result"), by=month.head, reason="Calls were cut", now=now)

    return do


def state_of(dispute):
    if dispute.settled_at is not None:
        return dispute.outcome
    return OPEN if dispute.answered_at is None else AGREED if dispute.is_agreed else REJECTED


@pytest.fixture
def in_state(act):
    def make(state):
        dispute = act("dispute")
        for name in WAYS[state]:
            dispute = act(name, dispute)
        assert state_of(dispute) == state
        return dispute

    return make


@pytest.mark.parametrize(("state", "name"), list(product(MOVES, ACTS)))
def test_each_act_in_each_state(in_state, act, state, name):
    dispute, becomes = in_state(state), MOVES[state][ACTS.index(name)]

    if isinstance(becomes, str):
        after = act(name, dispute)
        assert state_of(after) == becomes
        assert (after.pk == dispute.pk) == (name != "dispute")
    else:
        with pytest.raises(becomes), transaction.atomic():
            act(name, dispute)
        assert state_of(Dispute.objects.get(pk=dispute.pk)) == state


@pytest.mark.parametrize("state", MOVES)
def test_an_open_dispute_keeps_the_review_from_being_signed_and_an_ended_one_does_not(month, edition, in_state, state):
    in_state(state)

    if state in (OPEN, AGREED, REJECTED):
        with pytest.raises(DisputesOpen), transaction.atomic():
            acknowledge_review(edition=edition, by=month.head, now=made.TODAY)
    else:
        assert acknowledge_review(edition=edition, by=month.head, now=made.TODAY).edition_id == edition.pk


@pytest.mark.parametrize("state", MOVES)
def test_the_month_is_hatched_while_a_dispute_is_open(edition, in_state, state):
    in_state(state)
    page = show_edition(edition=edition, reader=None, now=made.TODAY).page

    letter = next(row for row in page.chart if row.anchor == "phones").cells[-1].letter

    assert (letter == "D") == (state in (OPEN, AGREED, REJECTED))


def test_the_database_knows_no_other_end(in_state):
    dispute = in_state(OPEN)

    for outcome in ("corrected", "kept", "lost", ""):
        with pytest.raises(IntegrityError, match="dispute_settled_after_answer"), transaction.atomic():
            Dispute.objects.filter(pk=dispute.pk).update(settled_at=made.TODAY, outcome=outcome)


@pytest.mark.parametrize("ended", [CORRECTED, KEPT, WITHDRAWN])
def test_how_it_ended_is_printed_once_in_the_next_review(month, edition, in_state, ended):
    in_state(ended)
    ServiceReview.objects.filter(pk=edition.review_id).update(issued_at=made.ISSUED_AT)
    october = ServiceReview.objects.get(pk=edition.review_id)
    november = ServiceReview.objects.create(
        business_unit=month.unit, month=at("2026-11-01 12:00").date(), report_agreement=october.report_agreement,
        issued_at=at("2026-12-04 10:00"),
    )  # fmt: skip
    december = ServiceReview.objects.create(
        business_unit=month.unit, month=at("2026-12-01 12:00").date(), report_agreement=october.report_agreement
    )
    assert not FollowUp.objects.exists()

    told = {
        review.month.month: [(row.text, row.owner, row.state) for row in follow_up_rows(
            review=review, credited=(), today=made.TODAY.date()
        )]
        for review in (october, november, december)
    }  # fmt: skip

    words = {CORRECTED: "Corrected", KEPT: "The figure stays", WITHDRAWN: "Withdrawn"}[ended]
    figure = edition.figures.get(anchor="phones.result")
    text = f"Dispute about October, “{figure.name}”: {figure.printed}"
    assert told == {10: [], 11: [(text, "Ines Calder", words)], 12: []}


def test_the_head_withdraws_it_in_the_browser(month, edition, in_state, client_of, monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)
    dispute, review = in_state(OPEN), "/t/larkmoor/reviews/customer-orders/2026-10/"
    address = f"/t/larkmoor/disputes/{dispute.pk}/withdraw/"
    assert address in client_of(month.head).get(review).content.decode()
    assert address not in client_of(month.reader).get(review).content.decode()
    assert client_of(month.reader).post(address).status_code == 403

    page = client_of(month.head).post(address, follow=True).content.decode()

    assert "Withdrawn: the figure stays" in page
    assert address not in page
    assert "This dispute was settled" in client_of(month.head).post(address, follow=True).content.decode()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-11-04 10:00", "2026-11-06 10:00", id="in the week"),
        pytest.param("2026-11-06 16:00", "2026-11-10 16:00", id="over a weekend"),
        pytest.param("2026-11-07 11:00", "2026-11-11 00:00", id="received on a Saturday, so on Monday"),
        pytest.param("2026-12-23 10:00", "2026-12-29 10:00", id="Christmas, and Boxing Day on the Monday after"),
        pytest.param("2027-03-25 10:00", "2027-03-31 10:00", id="Easter, and summer time begins on its Sunday"),
        pytest.param("2026-10-23 16:00", "2026-10-27 16:00", id="summer time ends on the Sunday between"),
    ],
)
def test_an_answer_is_due_at_the_same_local_time_after_two_working_days(in_tenant, received, due):
    unit, now = factories.make_unit(), at(received)
    slas.make_target(unit=unit, service_hours=slas.make_hours(holiday_region="GB-ENG"))

    found = calendar_of(unit=unit, now=now).answer_due_at(now)

    assert found.isoformat() == at(due).isoformat()
