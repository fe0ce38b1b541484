"""Who may sign for whom, which links are out, and what a link may still do."""

import hmac
import re
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.accounts.models import Membership, Role
from portal.accounts.queries import hash_secret
from portal.language.dates import day_year, local
from slas.errors.signing import (
    LinkExpired,
    LinkRefused,
    LinkTextChanged,
    LinkUsed,
    LinkWithdrawn,
    SignedOtherwise,
)
from slas.models import ON_OFFER, Agreement, Party, PartyContact, SignatureRequest

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 random bits in the letters of an address


def get_party(*, party_id: int) -> Party:
    """One party of the tenant, for those who manage agreements. Raises Party.DoesNotExist."""
    return Party.objects.select_related("business_unit").get(pk=party_id)


def get_side(*, agreement: Agreement, party_id: int) -> Party:
    """One of the two sides of an agreement. Raises Party.DoesNotExist for everybody else."""
    sides = Party.objects.filter(pk__in=[agreement.customer_id, agreement.provider_id])
    return sides.select_related("business_unit").get(pk=party_id)


def list_contacts(*, party: Party) -> QuerySet[PartyContact]:
    """Who may sign for a party today, by name."""
    return PartyContact.objects.filter(party=party, is_active=True).select_related("party").order_by("name", "pk")


def get_contact(*, party_id: int, contact_id: int) -> PartyContact:
    """One contact of a party. Raises PartyContact.DoesNotExist."""
    return PartyContact.objects.select_related("party").get(pk=contact_id, party_id=party_id)


def list_heads(*, party: Party) -> list[Membership]:
    """Who signs for a business unit in the portal; nobody for other parties and for units without users."""
    if party.business_unit_id is None:
        return []
    heads = Membership.objects.filter(
        role=Role.BUSINESS_UNIT_HEAD,
        is_active=True,
        user__is_active=True,
        unit_links__business_unit_id=party.business_unit_id,
    )
    return list(heads.select_related("user").order_by("user__name", "pk"))


def list_of_party(*, party: Party, agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Those of the agreements that a party makes, by name, the newest version first."""
    own = agreements.filter(Q(customer=party) | Q(provider=party))
    return own.order_by("name", "slug", "-version")


def list_open_requests(*, agreement: Agreement) -> list[SignatureRequest]:
    """The links of a version that are neither used nor taken back, the newest first."""
    requests = SignatureRequest.objects.filter(agreement=agreement, used_at=None, withdrawn_at=None)
    return list(requests.select_related("contact__party", "asked_by__user").order_by("-asked_at", "-pk"))


def get_request(*, agreement: Agreement, signature_id: int) -> SignatureRequest:
    """One link of a version. Raises SignatureRequest.DoesNotExist."""
    return SignatureRequest.objects.select_related("contact__party").get(pk=signature_id, agreement=agreement)


def find_request(*, token: str) -> SignatureRequest:
    """The link of a token, used and expired ones too.

    Whatever is sent, one question is asked: by the hash, which says nothing of the token, and compared in constant
    time. Raises SignatureRequest.DoesNotExist.
    """
    related = ("agreement__customer", "agreement__provider", "agreement__underpins", "contact__party", "asked_by__user")
    wanted = hash_secret(token if TOKEN.fullmatch(token) else "")
    found = SignatureRequest.objects.select_related(*related).filter(token_hash=wanted).first()  # at most one: unique
    if found is None or not hmac.compare_digest(found.token_hash, wanted):
        raise SignatureRequest.DoesNotExist
    return found


def standing(*, request: SignatureRequest, fingerprint: str, zone: str, now: datetime) -> LinkRefused | None:
    """Why a link signs nothing any more, or None while it does; `fingerprint` is that of the text as it stands."""
    by, agreement = request.asked_by.user.name, request.agreement
    if request.used_at is not None:
        return LinkUsed(on=_day(request.used_at, zone))
    if request.withdrawn_at is not None:
        return LinkWithdrawn(by=by, on=_day(request.withdrawn_at, zone))
    if request.expires_at <= now:
        return LinkExpired(by=by, on=_day(request.expires_at, zone))
    if agreement.state not in ON_OFFER or fingerprint != request.fingerprint:
        return LinkTextChanged(by=by)
    if is_in_place(request=request):
        return SignedOtherwise(party=request.contact.party.name)
    return None


def is_in_place(*, request: SignatureRequest) -> bool:
    """Whether what was signed by a link is still signed: a change of the text takes it back."""
    signed = request.agreement.acceptances.filter(party=request.contact.party, fingerprint=request.fingerprint)
    return signed.exists()


def names_of(members: Sequence[Membership]) -> str:
    """Their names in a sentence."""
    return " or ".join(member.user.name for member in members)


def _day(at: datetime, zone: str) -> str:
    return day_year(local(at, zone).date())
