"""Reviews of the portfolio: votes of both sides, outcomes, minutes; closed, they stay as they are."""

from datetime import UTC, date, datetime

import pytest
from django.db import Error, transaction

from portal.accounts.models import Role
from portal.conversations.models import Notification
from portal.tenancy.scope import tenant_scope
from reporting.actions.portfolio_reviews import Outcome, cast_vote, close_portfolio_review, open_portfolio_review
from reporting.errors import OutcomeMissing, PortfolioReviewClosed, PortfolioReviewOpen, VoterNotNamed
from reporting.models import PortfolioReview, PortfolioVote
from reporting.queries.portfolio_votes import get_review_page, leading
from tests import factories
from tests.catalog import factories as catalog

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
HELD = date(2027, 1, 15)


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit()


@pytest.fixture
def manager(member):
    return member(Role.SERVICE_LEVEL_MANAGER)


@pytest.fixture
def head(member, unit):
    return member(Role.BUSINESS_UNIT_HEAD, units=[unit])


@pytest.fixture
def services(unit):
    ours, theirs = catalog.make_service(name="Ours", slug="ours"), catalog.make_service(name="Theirs", slug="theirs")
    catalog.make_entitlement(catalog.make_offering(ours), unit)
    return [ours, theirs]


@pytest.fixture
def review(services, manager, head):
    return open_portfolio_review(services=services, voters=[manager, head], held_on=HELD, by=manager, now=NOW)


def page_of(review, reader):
    return get_review_page(reader=reader, review=review, tenant="larkmoor")


def close(review, by, **outcomes):
    said = {
        each.pk: Outcome(outcomes[each.service.slug], "As voted")
        for each in review.services.select_related("service")
        if each.service.slug in outcomes
    }
    return close_portfolio_review(
        review=review, outcomes=said, minutes="All were there.", next_on=date(2027, 7, 15), by=by, now=NOW
    )


def test_voters_get_a_notice_and_one_review_is_open_at_a_time(review, services, manager, head):
    assert {notice.member for notice in Notification.objects.all()} == {manager, head}
    with pytest.raises(PortfolioReviewOpen):
        open_portfolio_review(services=services, voters=[manager], held_on=HELD, by=manager, now=NOW)


def test_both_sides_vote_from_the_page_until_it_is_closed(review, manager, head, client_of):
    it, business = client_of(manager), client_of(head)
    ours, theirs = review.services.order_by("service__name")
    url = "/t/larkmoor/portfolio/reviews/1/services/{}/vote/"

    def vote(client, reviewed, choice):
        form = {f"vote-{reviewed.pk}-choice": choice, f"vote-{reviewed.pk}-reason": f"To {choice}"}
        return client.post(url.format(reviewed.pk), form).status_code

    assert vote(it, ours, "keep") == vote(it, theirs, "retire") == vote(business, ours, "keep") == 302
    assert vote(business, ours, "invest") == 302
    assert vote(business, theirs, "keep") == 404
    assert [(each.member, each.choice) for each in PortfolioVote.objects.order_by("pk")] == [
        (manager, "keep"), (manager, "retire"), (head, "invest"),
    ]  # fmt: skip
    topics = page_of(review, manager).topics
    assert [(each.counts, each.not_voted) for each in topics] == [
        ((("invest", "Invest", 1), ("keep", "Keep", 1)), ()),
        ((("retire", "Retire", 1),), ()),
    ]

    form = {
        f"outcome_{ours.pk}": "invest", f"reason_{ours.pk}": "Orders grow", f"outcome_{theirs.pk}": "retire",
        f"reason_{theirs.pk}": "Nobody uses it", "minutes": "All were there.", "next_on": "2027-07-15",
    }  # fmt: skip
    assert it.post("/t/larkmoor/portfolio/reviews/1/close/", form | {f"outcome_{ours.pk}": ""}).status_code == 422
    assert it.post("/t/larkmoor/portfolio/reviews/1/close/", form).status_code == 302
    shown = it.get("/t/larkmoor/portfolio/reviews/1/").content.decode()
    assert "/t/larkmoor/services/theirs/move/?to=retired" in shown
    assert "/t/larkmoor/improvements/new/" in shown
    seen = business.get("/t/larkmoor/portfolio/reviews/1/").content.decode()
    assert "Ours" in seen
    assert "Theirs" not in seen


def test_who_was_not_asked_does_not_vote_and_nobody_votes_afterwards(review, manager, member):
    reviewed = review.services.order_by("pk")[0]
    said = {"reviewed": reviewed, "choice": "keep", "reason": "Good", "now": NOW}
    with pytest.raises(VoterNotNamed):
        cast_vote(by=member(Role.SERVICE_OWNER), **said)
    with pytest.raises(OutcomeMissing, match="Theirs"):
        close(review, manager, ours="keep")
    close(review, manager, ours="keep", theirs="retire")
    with pytest.raises(PortfolioReviewClosed):
        cast_vote(by=manager, **said)


def test_the_database_keeps_a_closed_review_as_it_is(transactional_db, tenant):
    with tenant_scope(tenant.pk):
        voters = [
            factories.make_member(role=Role.SERVICE_LEVEL_MANAGER),
            factories.make_member(role=Role.SERVICE_OWNER),
        ]
        services = [catalog.make_service(slug="ours"), catalog.make_service(slug="theirs")]
        review = open_portfolio_review(services=services, voters=voters, held_on=HELD, by=voters[0], now=NOW)
        reviewed = review.services.order_by("pk")[0]
        cast_vote(reviewed=reviewed, choice="keep", reason="Good", by=voters[0], now=NOW)
        close(review, voters[0], ours="keep", theirs="retire")
    late = {"reviewed": reviewed, "member": voters[1], "choice": "keep", "reason": "Late", "voted_at": NOW}
    attempts = {
        "another word in the minutes": lambda: PortfolioReview.objects.update(minutes="Other"),
        "opened again": lambda: PortfolioReview.objects.update(closed_at=None, sealed_in=None),
        "another outcome": lambda: review.services.update(outcome="change"),
        "another vote": lambda: PortfolioVote.objects.update(choice="retire"),
        "a vote more": lambda: PortfolioVote.objects.create(**late),
        "a vote less": lambda: PortfolioVote.objects.all().delete(),
        "a voter less": lambda: review.voters.all().delete(),
    }
    for attempt in attempts.values():
        with tenant_scope(tenant.pk), pytest.raises(Error, match="stays as it is"), transaction.atomic():
            attempt()


@pytest.mark.parametrize(
    ("counted", "first"),
    [({}, ""), ({"keep": 2, "invest": 1}, "keep"), ({"keep": 1, "invest": 1}, ""), ({"retire": 1}, "retire")],
)
def test_what_most_would_do_is_proposed_and_a_tie_is_not(counted, first):
    assert leading(counted) == first


@pytest.mark.parametrize("number", [1, 30])
def test_a_review_asks_as_many_questions_for_one_service_as_for_thirty(
    number, unit, manager, head, django_assert_num_queries
):
    services = [catalog.make_service() for _ in range(number)]
    for service in services:
        catalog.make_entitlement(catalog.make_offering(service), unit)
    review = open_portfolio_review(services=services, voters=[manager, head], held_on=HELD, by=manager, now=NOW)
    for each in review.services.all():
        cast_vote(reviewed=each, choice="keep", reason="Good", by=head, now=NOW)

    with django_assert_num_queries(6):
        assert len(page_of(review, head).topics) == number
