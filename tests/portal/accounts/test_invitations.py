"""An invitation lets one address in, once, for a week, as what it says; nothing else lets anybody in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.actions import invitations as actions
from portal.accounts.errors import AlreadyMember, UnitNeeded
from portal.accounts.models import Invitation, Membership, Role, User
from portal.audit.models import AuditEntry
from portal.conversations.models import OutboxMessage
from portal.conversations.tasks import send_outbox
from portal.tenancy.scope import tenant_scope
from tests import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PASSWORD = "seven green lorries"


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def admin(tenant):
    with tenant_scope(tenant.pk):
        return factories.make_member(role=Role.ADMINISTRATOR)


@pytest.fixture
def orders(tenant):
    with tenant_scope(tenant.pk):
        return factories.make_unit(slug="orders", name="Orders")


@pytest.fixture
def invite(tenant, admin, orders):
    """invite(email=…) sends an invitation and gives the address in the mail."""

    def make(email="dana@larkmoor.example", role=Role.BUSINESS_UNIT_HEAD, **fields):
        with tenant_scope(tenant.pk):
            wanted = {"name": "Dana Price", "units": [orders], "by": admin, "now": NOW} | fields
            actions.invite(tenant=tenant, email=email, role=role, **wanted)
            body = OutboxMessage.objects.get(
                to=email.lower(), key__endswith=str(Invitation.objects.latest("id").pk)
            ).body
        return re.search(r"http://[^/]+(/t/larkmoor/invitation/\S+/)", body)[1]

    return make


def accept(path, client=None, **fields):
    sent = {"name": "Dana Price", "password": PASSWORD, "again": PASSWORD} | fields
    return (client or Client()).post(path, sent)


def find_member(tenant, email="dana@larkmoor.example"):
    with tenant_scope(tenant.pk):
        return Membership.objects.filter(user__email=email).first()


def test_who_accepts_has_an_account_and_is_a_member_and_is_in(tenant, invite, orders):
    client = Client()

    answer = accept(invite(), client)

    assert answer["Location"] == "/t/larkmoor/"
    member = find_member(tenant)
    assert (member.role, member.is_active, member.user.name) == (Role.BUSINESS_UNIT_HEAD, True, "Dana Price")
    with tenant_scope(tenant.pk):
        assert [link.business_unit for link in member.unit_links.all()] == [orders]
    assert member.user.check_password(PASSWORD)
    assert client.get(reverse("conversation_list", kwargs={"tenant": "larkmoor"})).status_code == 200


def test_accepting_is_an_audit_entry(tenant, invite):
    accept(invite())

    with tenant_scope(tenant.pk):
        entry = AuditEntry.objects.get(act="invitation.accepted")
        assert (entry.actor.email, entry.subject) == ("dana@larkmoor.example", "dana@larkmoor.example")


def test_it_works_once(tenant, invite):
    path = invite()
    accept(path)

    answer = accept(path, password="another long password", again="another long password")

    assert answer.status_code == 410
    assert "This invitation was used already." in answer.content.decode()
    assert find_member(tenant).user.check_password(PASSWORD)


@pytest.mark.parametrize(("days", "status"), [(6.99, 302), (7, 410), (400, 410)])
def test_it_works_for_a_week(tenant, invite, days, status):
    path = invite()

    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        assert accept(path).status_code == status
    assert (find_member(tenant) is not None) == (status == 302)


def test_a_withdrawn_one_works_no_more(tenant, admin, invite, client_of):
    path = invite()
    with tenant_scope(tenant.pk):
        invitation = Invitation.objects.get()
    withdraw = reverse("invitation_withdraw", kwargs={"tenant": "larkmoor", "invitation_id": invitation.pk})

    assert client_of(admin).post(withdraw).status_code == 302

    assert accept(path).status_code == 410


def test_a_second_invitation_ends_the_first(invite):
    first, second = invite(), invite(role=Role.BUSINESS_MEMBER)

    assert accept(first).status_code == 410
    assert accept(second).status_code == 302


@pytest.mark.parametrize("change", [lambda token: token[:-1] + "-", lambda token: "x" + token, lambda token: "x"])
def test_a_guessed_address_is_no_page(tenant, invite, change):
    head, token = invite().rstrip("/").rsplit("/", 1)

    assert accept(f"{head}/{change(token)}/").status_code == 404
    assert find_member(tenant) is None


def test_a_forged_signature_does_not_reach_the_table(invite):
    invite()

    with CaptureQueriesContext(connection) as questions:
        assert Client().get("/t/larkmoor/invitation/secret:forged/").status_code == 404

    assert len(questions) > 0
    assert [question["sql"] for question in questions if "accounts_invitation" in question["sql"]] == []


def test_it_is_of_its_tenant_only(tenant, other_tenant, invite):
    assert accept(invite().replace("larkmoor", "harbour")).status_code == 404


def test_the_database_keeps_no_secret_once_the_mail_has_left(tenant, invite):
    token = invite().rstrip("/").rsplit("/", 1)[1]
    secret = token.split(":")[0]

    send_outbox(tenant_id=tenant.pk)

    with tenant_scope(tenant.pk):
        stored = [
            *Invitation.objects.values_list("secret_hash", flat=True),
            *OutboxMessage.objects.values_list("body", flat=True),
        ]
        history = Invitation.pgh_event_model.objects.filter(tenant_id=tenant.pk).values_list("secret_hash", flat=True)
        assert not any(secret in text for text in [*stored, *history])


BAD = [
    pytest.param({"password": "short", "again": "short"}, "too short", id="short"),
    pytest.param({"password": "password1234", "again": "password1234"}, "too common", id="common"),
    pytest.param(
        {"password": "dana@larkmoor.example", "again": "dana@larkmoor.example"}, "too similar", id="own address"
    ),
    pytest.param({"again": "something else"}, "The two passwords differ. Write the same one twice.", id="differ"),
    pytest.param({"name": ""}, "This field is required", id="no name"),
]


@pytest.mark.parametrize(("fields", "words"), BAD)
def test_a_bad_password_is_refused_with_why(tenant, invite, fields, words):
    answer = accept(invite(), **fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert find_member(tenant) is None


class TestAccountThatIsThere:
    """An invitation never sets the password of an account that exists."""

    @pytest.fixture
    def dana(self, other_tenant):
        with tenant_scope(other_tenant.pk):
            user = factories.make_user(email="dana@larkmoor.example", name="Dana Price")
            user.set_password("the old one")
            user.save()
            return factories.make_member(user=user)

    def test_nobody_takes_it_over(self, tenant, dana, invite):
        answer = accept(invite())

        assert "Sign in with it, and you come back here." in answer.content.decode()
        assert find_member(tenant) is None
        assert User.objects.get(pk=dana.user_id).check_password("the old one")

    def test_its_owner_joins_by_one_button(self, tenant, dana, invite, client_of):
        answer = client_of(dana).post(invite())

        assert answer["Location"] == "/t/larkmoor/"
        assert find_member(tenant).role == Role.BUSINESS_UNIT_HEAD

    def test_another_person_does_not(self, tenant, other_tenant, dana, invite, client_of):
        with tenant_scope(other_tenant.pk):
            eve = factories.make_member()

        client_of(eve).post(invite())

        assert find_member(tenant) is None
        assert find_member(tenant, eve.user.email) is None

    def test_who_was_shut_out_is_let_in_again(self, tenant, dana, invite, client_of):
        with tenant_scope(tenant.pk):
            factories.make_member(user=dana.user, role=Role.ADMINISTRATOR, is_active=False)

        client_of(dana).post(invite())

        member = find_member(tenant)
        assert (member.role, member.is_active) == (Role.BUSINESS_UNIT_HEAD, True)


def test_who_is_here_is_not_invited(tenant, admin, invite):
    with pytest.raises(AlreadyMember, match=r"is a member here already\. Change the role"):
        invite(email=admin.user.email.upper())


def test_a_business_role_is_invited_with_a_unit(invite):
    with pytest.raises(UnitNeeded):
        invite(units=[])


def test_the_page_says_who_invites_whom_and_sends_a_mail(tenant, admin, orders, client_of, mailoutbox):
    client = client_of(admin)
    sent = {"email": "Ben@Larkmoor.example", "name": "Ben", "role": Role.BUSINESS_MEMBER, "units": [orders.pk]}

    answer = client.post(reverse("invitation_create", kwargs={"tenant": "larkmoor"}), sent, follow=True)

    page = answer.content.decode()
    assert "The invitation to ben@larkmoor.example is on its way." in page
    assert "Business member, invited by" in page
    send_outbox(tenant_id=tenant.pk)
    assert [message.to for message in mailoutbox] == [["ben@larkmoor.example"]]


def test_the_database_keeps_no_invitation_to_a_role_that_is_none(tenant, invite):
    invite()
    with (
        tenant_scope(tenant.pk),
        pytest.raises(IntegrityError, match="invitation_role_known"),
        transaction.atomic(),
    ):
        Invitation.objects.update(role="owner")
