"""Documents are attached to a draft, and taken off it again; from then on they are part of what both sides sign."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.jobs.actions import keep_result
from portal.tenancy.scope import required_tenant_id
from slas.actions.agreements import change_draft, record_step
from slas.errors.signing import DocumentNameTaken
from slas.models import Agreement, AgreementDocument, DocumentKind


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be kept: its bytes, the name that its readers save it under, and its media type."""

    content: bytes
    name: str
    media_type: str


@transaction.atomic
def attach_annex(*, agreement: Agreement, document: Document, by: Membership, now: datetime) -> AgreementDocument:
    """Make a document part of a draft: its name and SHA-256 stand in the text.

    Refuses with AgreementOnOffer, AgreementNotDraft and DocumentNameTaken.
    """
    draft = change_draft(agreement=agreement)
    return keep_document(agreement=draft, document=document, kind=DocumentKind.ANNEX, by=by, now=now)


@transaction.atomic
def remove_annex(*, document: AgreementDocument, by: Membership, now: datetime) -> None:
    """Take a document off a draft. Refuses with AgreementOnOffer and AgreementNotDraft."""
    draft = change_draft(agreement=document.agreement)
    record_step(act="document.removed", agreement=draft, by=by, now=now, name=document.name, sha256=document.sha256)
    draft.documents.filter(pk=document.pk, kind=DocumentKind.ANNEX).delete()


def keep_document(
    *, agreement: Agreement, document: Document, kind: DocumentKind, by: Membership, now: datetime
) -> AgreementDocument:
    """Write the bytes into the tenant's private folder under their SHA-256, and the row that says what they are.

    Refuses with DocumentNameTaken. Raises OSError when the disk is full.
    """
    if agreement.documents.filter(kind=kind, name=document.name).exists():
        raise DocumentNameTaken(name=document.name)
    kept = agreement.documents.create(
        kind=kind,
        name=document.name,
        media_type=document.media_type,
        sha256=keep_result(tenant_id=required_tenant_id(), content=document.content),
        size=len(document.content),
        uploaded_by=by,
        uploaded_at=now,
    )
    record_step(
        act="document.attached", agreement=agreement, by=by, now=now, name=kept.name, kind=kind, sha256=kept.sha256
    )
    return kept
