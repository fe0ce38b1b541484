"""Programs read what is promised, and only what their member may see."""

from decimal import Decimal

import pytest

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.models import AgreementState
from tests.slas.api.programs import Program, make_key
from tests.slas.factories import make_agreement, make_target

QUERIES = 10


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_needs_as_many_queries_for_many_as_for_one(world, program, inside, number, django_assert_num_queries):
    inside(lambda: [make_agreement() for _ in range(number)])
    program.get("api_agreements")

    with django_assert_num_queries(QUERIES):
        assert program.get("api_agreements").json()["count"] == number + 1


def test_a_version_says_what_it_promises(world, program, inside):
    agreement = world["target"].agreement
    inside(lambda: make_target("readings", agreement=agreement, slug="quick", reading_limit=Decimal("0.5"), position=2))

    told = program.get("api_agreement", slug=agreement.slug, version=1).json()

    assert (told["state"], told["customer"], told["answer_working_days"]) == ("in_force", world["unit"].name, 2)
    first, second = told["targets"]
    assert (first["kind"], first["measure"], first["threshold"]) == ("volume", "orders", "98.0000")
    assert (second["slug"], second["reading_limit"]) == ("quick", "0.500")
    assert program.get("api_agreement", slug=agreement.slug, version=2).status_code == 404


def test_a_state_narrows_the_list_and_an_unknown_one_is_refused(world, program, inside):
    inside(lambda: make_agreement(state=AgreementState.DRAFT, name="Work on one side"))

    drafts = program.get("api_agreements", {"state": "draft"}).json()["results"]

    assert [each["name"] for each in drafts] == ["Work on one side"]
    refused = program.get("api_agreements", {"state": "wished"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "state")


def test_a_key_of_the_business_reads_its_own_agreements_and_no_drafts(world, inside, other_tenant):
    unit, own = world["unit"], world["target"].agreement
    inside(lambda: [make_agreement(), make_agreement(unit=unit, state=AgreementState.DRAFT)])
    business = Program(inside(lambda: make_key(Role.BUSINESS_UNIT_HEAD, units=[unit]))[1])
    with tenant_scope(other_tenant.pk):
        stranger = Program(make_key()[1], other_tenant.slug)

    assert [each["slug"] for each in business.get("api_agreements").json()["results"]] == [own.slug]
    assert stranger.get("api_agreements").json()["count"] == 0
    assert stranger.get("api_agreement", slug=own.slug, version=1).status_code == 404
