"""A party without users signs: a contact by a one-time link, or on paper that IT brings.

The address in the mail carries a random secret; the database keeps only its hash. It signs once, one text, until a day.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.accounts.queries import hash_secret
from portal.audit.actions import record
from portal.conversations.actions import notify, send_mail
from portal.conversations.models import NoticeKind
from portal.language.dates import day_long_year, local
from portal.tenancy.models import Tenant
from slas.actions.agreement_states import Signer, refuse_unsettled, sign_text
from slas.actions.agreements import hold
from slas.actions.documents import Document, keep_document
from slas.calculation.proof import check_code
from slas.errors import AcceptedAlready, AgreementNotOnOffer
from slas.errors.signing import (
    CodeDiffers,
    ContactGone,
    ContactKnown,
    NoSide,
    SignedInFuture,
    SignsInPortal,
)
from slas.models import (
    ON_OFFER,
    Acceptance,
    Agreement,
    DocumentKind,
    Party,
    PartyContact,
    SignatureRequest,
    SignedHow,
)
from slas.queries.signed_text import StandingText, standing_text
from slas.queries.signing import list_heads, names_of, standing

MOST_DAYS = 60


@transaction.atomic
def add_contact(*, party: Party, name: str, role: str, email: str, by: Membership, now: datetime) -> PartyContact:
    """Somebody who may sign for a party. Refuses with ContactKnown and, where the party has users, SignsInPortal."""
    _refuse_users(party)
    address = email.strip().lower()
    if party.contacts.filter(email=address, is_active=True).exists():
        raise ContactKnown(email=address, party=party.name)
    contact = party.contacts.create(name=name, role=role, email=address)
    record(act="contact.added", actor_id=by.user_id, at=now, subject=str(contact), party=party.name)
    return contact


@transaction.atomic
def remove_contact(*, contact: PartyContact, by: Membership, now: datetime) -> None:
    """They speak for the party no longer; the links that they have sign nothing any more. What they signed stays."""
    PartyContact.objects.filter(pk=contact.pk).update(is_active=False)
    _open(contact.signature_requests.all()).update(withdrawn_at=now)
    record(act="contact.removed", actor_id=by.user_id, at=now, subject=str(contact), party=contact.party.name)


@dataclass(frozen=True, slots=True)
class Asked:
    """A link that went out: its row, and the address that is shown once and kept nowhere."""

    request: SignatureRequest
    url: str


@transaction.atomic
def ask_for_signature(
    *, agreement: Agreement, contact: PartyContact, days: int, tenant: Tenant, by: Membership, now: datetime
) -> Asked:
    """Send a contact the one-time link to the text as it stands; earlier links of that party to it end.

    Refuses with AgreementNotOnOffer, NoSide, ContactGone, SignsInPortal and AcceptedAlready, and as
    `refuse_unsettled` what nobody can sign as it stands, so that nobody outside is asked for it.
    """
    held, party = hold(agreement), contact.party
    text = standing_text(agreement=held)
    _refuse_signed(held, text, party)
    refuse_unsettled(held=held, rows=text.rows)
    if not PartyContact.objects.filter(pk=contact.pk, is_active=True).exists():
        raise ContactGone(name=contact.name, party=party.name)
    _withdraw_links(held, party, now)
    token = secrets.token_urlsafe(32)
    request = SignatureRequest.objects.create(
        agreement=held,
        contact=contact,
        fingerprint=text.fingerprint,
        token_hash=hash_secret(token),
        asked_by=by,
        asked_at=now,
        expires_at=now + timedelta(days=days),
    )
    path = reverse("sign_agreement", kwargs={"tenant": tenant.slug, "token": token})
    asked = Asked(request, f"{settings.SITE_URL}{path}")
    _send_link(asked, tenant=tenant, now=now)
    told = {"party": party.name, "contact": str(contact), "fingerprint": text.fingerprint}
    record(act="signature.asked", actor_id=by.user_id, at=now, subject=str(held), **told)
    return asked


@transaction.atomic
def withdraw_request(*, request: SignatureRequest, by: Membership, now: datetime) -> None:
    """The link signs nothing any more; one that was used stays used."""
    if _open(SignatureRequest.objects.filter(pk=request.pk)).update(withdrawn_at=now):
        record(act="signature.withdrawn", actor_id=by.user_id, at=now, subject=str(request))


@transaction.atomic
def sign_by_link(*, request: SignatureRequest, name: str, role: str, zone: str, now: datetime) -> Acceptance:
    """Whoever has the link signs the text that it was made for, once; who asked is told, the signer has a mail of it.

    Two that sign at the same time wait for each other, and the second is refused. Refuses with LinkUsed, LinkWithdrawn,
    LinkExpired, LinkTextChanged, SignedOtherwise, and with what stands against its being agreed.
    """
    held = hold(request.agreement)
    current = SignatureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    current.agreement = held
    text = standing_text(agreement=held)
    refusal = standing(request=current, fingerprint=text.fingerprint, zone=zone, now=now)
    if refusal is not None:
        raise refusal
    contact = current.contact
    signer = Signer(name, role, how=SignedHow.LINK, sent_to=contact.email)
    accepted = sign_text(held=held, text=text, party=contact.party, signer=signer, read=current.fingerprint, now=now)
    current.used_at = now
    current.save(update_fields=["used_at"])
    _tell_signed(current, accepted, now=now)
    return accepted


@transaction.atomic
def record_signed_copy(
    *,
    agreement: Agreement,
    party: Party,
    name: str,
    role: str,
    signed_on: date,
    code: str,
    copy: Document,
    today: date,
    by: Membership,
    now: datetime,
) -> Acceptance:
    """Keep the signed copy of a party without users as its yes: who signed, in which role, on which day.

    `code` is the check code as it stands on the copy, so that a copy of another text is refused. Refuses with
    AgreementNotOnOffer, NoSide, SignsInPortal, AcceptedAlready, CodeDiffers, SignedInFuture and DocumentNameTaken.
    """
    held = hold(agreement)
    text = standing_text(agreement=held)
    _refuse_signed(held, text, party)
    right = check_code(text.fingerprint)
    if code.replace(" ", "").replace("-", "").upper() != right.replace("-", ""):
        raise CodeDiffers(code=right, given=code)
    if signed_on > today:
        raise SignedInFuture
    document = keep_document(agreement=held, document=copy, kind=DocumentKind.SIGNED_COPY, by=by, now=now)
    _withdraw_links(held, party, now)
    signer = Signer(name, role, by, how=SignedHow.COPY, document=document, signed_on=signed_on)
    return sign_text(held=held, text=text, party=party, signer=signer, read=text.fingerprint, now=now)


def _refuse_users(party: Party) -> None:
    if heads := list_heads(party=party):
        raise SignsInPortal(party=party.name, names=names_of(heads))


def _refuse_signed(held: Agreement, text: StandingText, party: Party) -> None:
    """Refuses unless this party may sign the text as it stands, and has not signed it yet."""
    if held.state not in ON_OFFER:
        raise AgreementNotOnOffer(agreement=str(held))
    if party.pk not in (held.customer_id, held.provider_id):
        raise NoSide(party=party.name)
    _refuse_users(party)
    if held.acceptances.filter(party=party, fingerprint=text.fingerprint).exists():
        raise AcceptedAlready(party=party.name)


def _withdraw_links(held: Agreement, party: Party, now: datetime) -> None:
    _open(held.signature_requests.filter(contact__party=party)).update(withdrawn_at=now)


def _open(requests: QuerySet[SignatureRequest]) -> QuerySet[SignatureRequest]:
    return requests.filter(used_at=None, withdrawn_at=None)


def _send_link(asked: Asked, *, tenant: Tenant, now: datetime) -> None:
    request = asked.request
    words = {
        "name": request.contact.name,
        "by": request.asked_by.user.name,
        "tenant": tenant.name,
        "agreement": request.agreement,
        "party": request.contact.party.name,
        "url": asked.url,
        "until": day_long_year(local(request.expires_at, tenant.time_zone).date()),
        "code": check_code(request.fingerprint),
    }
    body = _(
        "Dear %(name)s,\n\n%(by)s of %(tenant)s asks you to sign “%(agreement)s” for %(party)s.\n\n"
        "Read and sign it here, without an account: %(url)s\n\n"
        "The address is for you alone: whoever has it can sign. It works once, until %(until)s. The check code of the"
        " text is %(code)s; the same code stands on the page.\n"
    )
    send_mail(
        to=request.contact.email,
        subject=_("%(tenant)s: please sign “%(agreement)s”") % words,
        body=body % words,
        key=f"signature-{request.pk}",
        now=now,
    )


def _tell_signed(request: SignatureRequest, accepted: Acceptance, *, now: datetime) -> None:
    agreement, party = request.agreement, request.contact.party
    words = {
        "name": accepted.name,
        "agreement": agreement,
        "party": party.name,
        "code": check_code(accepted.fingerprint),
        "fingerprint": accepted.fingerprint,
    }
    address = {"tenant": agreement.tenant.slug, "slug": agreement.slug, "version": agreement.version}
    notify(
        members=[request.asked_by],
        text=_("%(name)s signed “%(agreement)s” for %(party)s by one-time link") % words,
        url=reverse("agreement_version", kwargs=address),
        key=f"signed-{request.pk}",
        now=now,
        kind=NoticeKind.AGREEMENTS,
    )
    body = _(
        "“%(agreement)s” was signed for %(party)s by %(name)s with the link that we sent to this address.\n\n"
        "Check code of the text: %(code)s\nFingerprint (SHA-256): %(fingerprint)s\n\n"
        "If that was not you, tell whoever asked you to sign.\n"
    )
    send_mail(
        to=request.contact.email,
        subject=_("You signed “%(agreement)s”") % words,
        body=body % words,
        key=f"signed-copy-{request.pk}",
        now=now,
    )
