"""Two people at once at one agreement, or at two that touch: one of them waits, and nothing is agreed by accident."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.tenancy.scope import tenant_scope
from slas.actions.agreement_states import accept_agreement, begin_due_agreements, propose_agreement
from slas.actions.agreements import create_party, remove_draft, revise_agreement
from slas.actions.targets import save_target
from slas.errors import DraftExists
from slas.errors.agreements import AgreementGone, PartyThere, ScopeTaken
from slas.models import Agreement, AgreementState, HoursWindow, Party, ServiceLevelTarget
from slas.queries.signed_text import fingerprint_of
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at
from tests.slas.test_workers_side_by_side import while_held

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2026-11-10 09:40")


@pytest.fixture
def manager(tenant):
    with tenant_scope(tenant.pk):
        return people.make_member()


def offered(manager, **fields):
    """A version on offer to a unit, and its head."""
    unit = people.make_unit()
    made = factories.make_agreement(unit=unit, state=AgreementState.DRAFT, **fields)
    factories.make_target(agreement=made, service_hours=factories.make_hours())
    propose_agreement(agreement=made, by=manager, now=NOW)
    return made, people.make_member(role="business_unit_head", units=[unit])


def accept(agreement, party, by):
    signed = {"name": by.user.name, "role": "Side", "read": fingerprint_of(agreement=agreement)}
    accept_agreement(agreement=agreement, party=party, by=by, now=NOW, **signed)


def states(tenant):
    with tenant_scope(tenant.pk):
        return list(Agreement.objects.order_by("version", "pk").values_list("state", flat=True))


def test_both_sides_accept_at_once_and_the_calendar_looks_meanwhile(tenant, manager):
    with tenant_scope(tenant.pk):
        offer, head = offered(manager, starts_on=NOW.date())
        read = fingerprint_of(agreement=offer)

    def accept_too():
        signed = {"name": "Head", "role": "Head", "read": read}
        accept_agreement(agreement=offer, party=offer.customer, by=head, now=NOW, **signed)
        begin_due_agreements(now=NOW)

    assert while_held(tenant, lambda: accept(offer, offer.provider, manager), accept_too)

    assert states(tenant) == [AgreementState.IN_FORCE]
    with tenant_scope(tenant.pk):
        assert offer.acceptances.count() == 2


def test_two_managers_draft_the_next_version_once(tenant, manager):
    with tenant_scope(tenant.pk):
        agreement = factories.make_agreement()

    def draft():
        revise_agreement(agreement=agreement, starts_on=date(2027, 1, 1), by=manager, now=NOW)

    def draft_too():
        with pytest.raises(DraftExists, match="Version 2"):
            draft()

    assert while_held(tenant, draft, draft_too)

    assert states(tenant) == [AgreementState.IN_FORCE, AgreementState.DRAFT]


def test_two_units_agree_at_once_that_the_same_is_covered(tenant, manager):
    """Each of the two says that it covers a third unit; the second one to agree is told who has it."""
    with tenant_scope(tenant.pk):
        covered, service = people.make_unit(), factories.make_service()
        (first, first_head), (second, head) = (offered(manager, slug=slug) for slug in ("first", "second"))
        for each in (first, second):
            each.scope.create(service=service, business_unit=covered)
            accept(each, each.provider, manager)

    def agree_too():
        with pytest.raises(ScopeTaken, match="promises"):
            accept(second, second.customer, head)

    assert while_held(tenant, lambda: accept(first, first.customer, first_head), agree_too)

    assert states(tenant) == [AgreementState.IN_FORCE, AgreementState.PROPOSED]


def test_hours_do_not_change_while_they_are_agreed_on(tenant, manager):
    """Not even behind the portal: whoever writes them waits for the agreement, and is then refused."""
    with tenant_scope(tenant.pk):
        offer, head = offered(manager)
        accept(offer, offer.provider, manager)

    def change():
        with pytest.raises(IntegrityError, match="Both sides agreed on these hours"), transaction.atomic():
            HoursWindow.objects.update(opens_at=1)

    assert while_held(tenant, lambda: accept(offer, offer.customer, head), change)


def test_whoever_edits_a_draft_that_is_removed_meanwhile_is_told(tenant, manager):
    with tenant_scope(tenant.pk):
        draft = factories.make_agreement(state=AgreementState.DRAFT, name="Depots")
        target = factories.make_target(agreement=draft)

    def edit():
        with pytest.raises(AgreementGone, match="was removed meanwhile"):
            save_target(target=target, by=manager, now=NOW)

    assert while_held(tenant, lambda: remove_draft(agreement=draft, by=manager, now=NOW), edit)

    with tenant_scope(tenant.pk):
        assert not ServiceLevelTarget.objects.exists()


def test_two_parties_of_one_name_made_at_once_are_one(tenant, manager):
    def make():
        create_party(kind="team", name="Network team", business_unit=None, by=manager, now=NOW)

    def make_too():
        with pytest.raises(PartyThere, match="Network team is a party of the kind “Team” already"):
            make()

    assert while_held(tenant, make, make_too)

    with tenant_scope(tenant.pk):
        assert Party.objects.filter(name="Network team").count() == 1
