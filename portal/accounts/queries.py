"""Who is asking, and which business units they may see."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db.models import F, Q, QuerySet

from portal.accounts.models import ApiToken, BusinessUnit, Invitation, Membership, User
from portal.tenancy.scope import user_scope

TOKEN_KEY = re.compile(r"parley_(?P<tenant>[a-z0-9-]{1,60})_(?P<key_id>[0-9a-f]{16})_(?P<secret>[0-9a-f]{64})")
INVITATION_SIGNER = signing.Signer(salt="portal.accounts.invitation")


def hash_secret(secret: str) -> str:
    """What is kept of a secret of 256 random bits; so long a secret needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_membership(*, user_id: int) -> Membership | None:
    """The active membership of an active user in the tenant in force, or None."""
    found = Membership.objects.filter(user_id=user_id, is_active=True, user__is_active=True).select_related("user")
    return found.first()  # at most one: a person is a member once


def list_own_memberships(*, user_id: int) -> list[Membership]:
    """The tenants that a signed-in person may enter; read outside each tenant by the row policy on own rows."""
    with user_scope(user_id):
        rows = Membership._base_manager.filter(user_id=user_id, is_active=True).select_related("tenant")
        return list(rows.order_by("tenant__name"))


def list_visible_units(*, reader: Membership) -> QuerySet[BusinessUnit]:
    """The business units that a member may see: their own for business roles, each for all others."""
    units = BusinessUnit.objects.order_by("name")
    if reader.is_business:
        return units.filter(member_links__membership=reader)
    return units


def units_in_use(*, on: date) -> QuerySet[BusinessUnit]:
    """The units that are not retired on a day, by name; from its day of retirement on a unit is no longer in use."""
    return BusinessUnit.objects.filter(Q(retired_on=None) | Q(retired_on__gt=on)).order_by("name")


def list_own_units_in_use(*, reader: Membership, on: date) -> QuerySet[BusinessUnit]:
    """The units for which a member may begin something new on a day: those that they see and that are in use."""
    return list_visible_units(reader=reader).filter(pk__in=units_in_use(on=on))


def belongs_to(*, member: Membership, unit: BusinessUnit) -> bool:
    """Whether a member speaks for a unit: it is one of their own, not merely one that they may read."""
    return member.is_business and member.unit_links.filter(business_unit=unit).exists()


def get_unit(*, reader: Membership, slug: str) -> BusinessUnit:
    """One visible business unit.

    Raises BusinessUnit.DoesNotExist for a unit that the reader may not see.
    """
    return list_visible_units(reader=reader).get(slug=slug)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the page of people shows them."""

    id: int
    name: str
    email: str
    title: str
    role: str
    units: str
    is_active: bool


def list_members() -> QuerySet[Membership]:
    """All members of the tenant, those with access first; for administrators."""
    members = Membership.objects.select_related("user").prefetch_related("unit_links__business_unit")
    return members.order_by("-is_active", "user__name", "id")


def list_member_lines(*, members: Iterable[Membership]) -> list[MemberLine]:
    """The lines of the page of people, from `list_members`."""
    return [
        MemberLine(
            id=member.pk,
            name=member.user.name,
            email=member.user.email,
            title=member.title,
            role=member.get_role_display(),
            units=", ".join(sorted(link.business_unit.name for link in member.unit_links.all())),
            is_active=member.is_active and member.user.is_active,
        )
        for member in members
    ]


def get_member(*, member_id: int) -> Membership:
    """One member of the tenant, for administrators.

    Raises Membership.DoesNotExist for members of other tenants.
    """
    return Membership.objects.select_related("user").get(pk=member_id)


def list_open_invitations(*, now: datetime) -> QuerySet[Invitation]:
    """Invitations that still let somebody in, for administrators."""
    found = Invitation.objects.filter(accepted_at=None, expires_at__gt=now).select_related("invited_by__user")
    return found.order_by("email", "id")


def get_invitation(*, invitation_id: int) -> Invitation:
    """One invitation of the tenant, for administrators.

    Raises Invitation.DoesNotExist for invitations of other tenants.
    """
    return Invitation.objects.get(pk=invitation_id)


def find_invitation(*, token: str) -> Invitation:
    """The invitation of a signed secret, used and expired ones too.

    Raises Invitation.DoesNotExist when the signature is not ours, without asking the database, or nothing has the hash.
    """
    try:
        secret = INVITATION_SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise Invitation.DoesNotExist(token) from error
    return Invitation.objects.select_related("invited_by__user").get(secret_hash=hash_secret(secret))


def has_account(*, email: str) -> bool:
    """Whether somebody signs in with this address."""
    return User.objects.filter(email=email).exists()


def list_units() -> QuerySet[BusinessUnit]:
    """All business units of the tenant, retired ones last; for those who manage them."""
    return BusinessUnit.objects.order_by(F("retired_on").asc(nulls_first=True), "name", "id")


def key_of(*, tenant_slug: str, key_id: str, secret: str) -> str:
    """The key of a token as a program sends it."""
    return f"parley_{tenant_slug}_{key_id}_{secret}"


def find_token(*, key: str, tenant_slug: str, now: datetime) -> ApiToken | None:
    """The token of a key that lets in now, in the tenant in force, or None.

    Wrong keys and tenants without tokens are asked the same questions, so that the time of the answer says nothing.
    """
    parts = TOKEN_KEY.fullmatch(key)
    key_id, secret = (parts["key_id"], parts["secret"]) if parts else ("", "")
    token = ApiToken.objects.select_related("membership__user").filter(key_id=key_id).first()  # at most one: unique
    is_right = hmac.compare_digest(hash_secret(secret), token.secret_hash if token else hash_secret(""))
    if token is None or parts is None or not is_right or parts["tenant"] != tenant_slug:
        return None
    member = token.membership
    lets_in = token.revoked_at is None and now < token.expires_at and member.is_active and member.user.is_active
    return token if lets_in else None


def list_tokens() -> QuerySet[ApiToken]:
    """All tokens of the tenant, those that let in first; for administrators."""
    tokens = ApiToken.objects.select_related("membership__user")
    return tokens.order_by(F("revoked_at").asc(nulls_first=True), "-expires_at", "-id")


def get_token(*, token_id: int) -> ApiToken:
    """One token of the tenant, for administrators.

    Raises ApiToken.DoesNotExist for tokens of other tenants.
    """
    return ApiToken.objects.get(pk=token_id)
