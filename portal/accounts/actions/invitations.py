"""Invitations: the only way in.

The address in the mail carries a random secret, signed, so that a guess is refused without asking the database; the
database keeps only its hash. It works once, and for a week.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.actions.members import refuse_missing_units, set_units
from portal.accounts.errors import AccountExists, AlreadyMember, InvitationExpired, InvitationUsed
from portal.accounts.models import BUSINESS_ROLES, BusinessUnit, Invitation, Membership, User
from portal.accounts.queries import INVITATION_SIGNER, hash_secret
from portal.audit.actions import record
from portal.conversations.actions import send_mail
from portal.tenancy.models import Tenant

VALID = timedelta(days=7)


@transaction.atomic
def invite(
    *, tenant: Tenant, email: str, name: str, role: str, units: Collection[BusinessUnit], by: Membership, now: datetime
) -> Invitation:
    """Let one address in, with one role, for a week; earlier open invitations of that address end.

    Refuses with AlreadyMember and UnitNeeded.
    """
    address = email.strip().lower()
    refuse_missing_units(role=role, units=units)
    if Membership.objects.filter(user__email=address, is_active=True).exists():
        raise AlreadyMember(email=address)
    _open(address, now).update(expires_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        name=name,
        role=role,
        unit_ids=[unit.pk for unit in units] if role in BUSINESS_ROLES else [],
        secret_hash=hash_secret(secret),
        invited_by=by,
        expires_at=now + VALID,
    )
    _send(invitation, tenant=tenant, secret=secret, now=now)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, now: datetime) -> None:
    """Let nobody in by it any more; one that was used stays used."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=now).update(expires_at=now)


@transaction.atomic
def accept_as_new(*, invitation: Invitation, name: str, password: str, now: datetime) -> Membership:
    """Make the account and the membership; the address is proven, because the mail was read there.

    Refuses with AccountExists, InvitationUsed and InvitationExpired.
    """
    current = _take(invitation, now)
    if User.objects.filter(email=current.email).exists():
        raise AccountExists(email=current.email)
    user = User.objects.create_user(current.email, password, name=name)
    EmailAddress.objects.create(user=user, email=current.email, primary=True, verified=True)
    return _join(current, user, now)


@transaction.atomic
def accept_as_member_elsewhere(*, invitation: Invitation, user: User, now: datetime) -> Membership:
    """Who is signed in with the invited address joins with the account that they have.

    Refuses with AccountExists for everybody else, InvitationUsed and InvitationExpired.
    """
    current = _take(invitation, now)
    if user.email != current.email:
        raise AccountExists(email=current.email)
    return _join(current, user, now)


def _open(address: str, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(email=address, accepted_at=None, expires_at__gt=now)


def _take(invitation: Invitation, now: datetime) -> Invitation:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    refuse_unusable(invitation=current, now=now)
    return current


def refuse_unusable(*, invitation: Invitation, now: datetime) -> None:
    """Refuses with InvitationUsed or InvitationExpired."""
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= now:
        raise InvitationExpired


def _join(invitation: Invitation, user: User, now: datetime) -> Membership:
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    member, _is_new = Membership.objects.update_or_create(
        user=user, defaults={"role": invitation.role, "is_active": True}
    )
    set_units(member=member, units=list(BusinessUnit.objects.filter(pk__in=invitation.unit_ids)))
    record(act="invitation.accepted", actor_id=user.pk, at=now, subject=invitation.email, role=invitation.role)
    return member


def _send(invitation: Invitation, *, tenant: Tenant, secret: str, now: datetime) -> None:
    path = reverse("invitation_accept", kwargs={"tenant": tenant.slug, "token": INVITATION_SIGNER.sign(secret)})
    words = {
        "by": invitation.invited_by.user.name,
        "tenant": tenant.name,
        "url": f"{settings.SITE_URL}{path}",
        "days": VALID.days,
    }
    send_mail(
        to=invitation.email,
        subject=_("%(by)s invites you to Parley of %(tenant)s") % words,
        body=_("%(by)s invites you.\n\nSet your password here, within %(days)s days: %(url)s\n") % words,
        key=f"invitation-{invitation.pk}",
        now=now,
    )
