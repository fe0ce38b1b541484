"""What stands under an agreement, in the browser: read by both sides, named and taken out by IT, told to who signs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from slas.models import AgreementState, Support
from tests.slas import factories
from tests.slas.factories import at
from tests.slas.test_chain import HOUR, stands, under

PAGE = "/t/larkmoor/agreements/orders/v1/"
CHAIN = f"{PAGE}chain/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: at("2026-11-10 09:40"))


@pytest.fixture
def urgent(agreement):
    return factories.make_target(
        "cases", agreement=agreement, slug="urgent", name="Urgent problems", within_seconds=7200
    )


@pytest.fixture
def broken(urgent):
    phones = under("Northline", of="cases", name="Phones are repaired", within_seconds=4 * HOUR)
    stands(urgent, under("Shop team", of="cases", name="The shop is repaired", within_seconds=5400), phones)
    return phones


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def test_both_sides_read_each_part_and_only_it_gets_to_the_agreements_below(broken, people_of, client_of):
    for who, is_it in (("head", False), ("business", False), ("auditor", True), ("manager", True)):
        page = text(client_of(people_of[who]).get(CHAIN))

        assert (
            "This promise is 2 h tighter than what stands under it (Northline). What stands under it supports 4 h."
            in page
        )
        assert "30 min to spare" in page
        assert (f"/agreements/{broken.agreement.slug}/v1/" in page) == is_it
        assert ("Take out" in page) == (who == "manager")


def test_the_page_of_the_agreement_says_it_in_short(broken, people_of, client_of):
    page = text(client_of(people_of["head"]).get(PAGE))

    assert "Can IT stand by it?" in page
    assert "Northline promises 4 h, this agreement 2 h." in page
    assert "Nothing is named that stands under:" in page


def test_something_is_named_and_taken_out_again(urgent, people_of, client_of):
    manager, team = client_of(people_of["manager"]), under("Team", of="cases", name="Repair", within_seconds=3600)
    add = f"{PAGE}targets/urgent/supports/new/"
    assert "Repair (Team)" in text(manager.get(add))

    refused = manager.post(add, {"under": team.pk, "step": "0"})
    manager.post(add, {"under": team.pk, "step": "2"})

    assert refused.status_code == 422
    support = Support.objects.get()
    assert (support.target, support.by, support.step) == (urgent, team, 2)
    assert "1 h to spare" in text(manager.get(CHAIN))
    assert "Repair (Team)" not in text(manager.get(add))

    manager.post(f"{PAGE}targets/urgent/supports/{support.pk}/remove/")

    assert not Support.objects.exists()


def test_a_part_of_another_promise_is_not_found(broken, people_of, client_of):
    address = f"{PAGE}targets/place-orders/supports/{Support.objects.order_by('pk')[0].pk}/remove/"

    assert client_of(people_of["manager"]).post(address).status_code == 404


def test_availability_has_no_steps(agreement, people_of, client_of):
    manager, team = client_of(people_of["manager"]), under("Team", name="Storage works")
    add = f"{PAGE}targets/place-orders/supports/new/"
    assert "step" not in manager.get(add).context["form"].fields

    manager.post(add, {"under": team.pk})

    assert agreement.targets.get().supports.get().by == team


def test_who_proposes_or_accepts_is_told_and_not_kept_from_it(broken, draft, people_of, client_of):
    manager = client_of(people_of["manager"])

    proposed = manager.post(f"{PAGE}propose/", follow=True)
    asked = manager.get(f"{PAGE}accept/{draft.provider_id}/")
    manager.post(f"{PAGE}accept/{draft.provider_id}/", {"read": asked.context["form"]["read"].value()})

    told = "Urgent problems: This promise is 2 h tighter than what stands under it (Northline)."
    assert told in text(proposed)
    assert told in text(asked)
    draft.refresh_from_db()
    assert (draft.state, draft.acceptances.count()) == (AgreementState.PROPOSED, 1)


def test_an_agreement_that_ended_has_nothing_to_check(agreement, people_of, client_of):
    agreement.targets.all().delete()
    agreement.ends_on, agreement.state = date(2026, 1, 1), AgreementState.TERMINATED
    agreement.save()

    assert "Nothing to check" in text(client_of(people_of["head"]).get(CHAIN))


def test_the_page_reads_as_often_for_many_links_as_for_one(agreement, urgent, people_of, client_of):
    client = client_of(people_of["manager"])

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(CHAIN).status_code == 200
        return len(captured)

    stands(urgent, under("First team", of="cases", within_seconds=HOUR, service_hours=factories.make_hours()))
    one = asked()
    for number in range(4):
        more = factories.make_target("cases", agreement=agreement)
        stands(more, under(f"Team {number}", of="cases", within_seconds=HOUR, service_hours=factories.make_hours()))

    assert (one, asked()) == (14, 14)
