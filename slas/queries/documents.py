"""The documents of an agreement: who may have them, and what they hold."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from portal.accounts.models import Membership
from slas.models import Agreement, AgreementDocument, DocumentKind
from slas.queries.agreements import get_agreement


class DocumentDamaged(AgreementDocument.DoesNotExist):
    """The file is gone or is not what was uploaded: it is not handed out."""


def list_annexes(*, agreement: Agreement) -> QuerySet[AgreementDocument]:
    """What is part of the agreement, by name."""
    return agreement.documents.filter(kind=DocumentKind.ANNEX).order_by("name")


def annex_values(*, agreement: Agreement) -> list[list[Any]]:
    """What both sides sign of the documents: name, SHA-256 and size."""
    return [[each.name, each.sha256, each.size] for each in list_annexes(agreement=agreement)]


def get_document(*, reader: Membership, slug: str, version: int, document_id: int) -> AgreementDocument:
    """One document of a visible version. Raises AgreementDocument.DoesNotExist, or Agreement.DoesNotExist."""
    agreement = get_agreement(reader=reader, slug=slug, version=version)
    return agreement.documents.get(pk=document_id)


def get_annex(*, agreement: Agreement, document_id: int) -> AgreementDocument:
    """One document that is part of a text; whoever calls knows that the text may be read.

    Raises AgreementDocument.DoesNotExist.
    """
    return list_annexes(agreement=agreement).get(pk=document_id)


def content_of(*, document: AgreementDocument) -> bytes:
    """The bytes that were uploaded. Raises DocumentDamaged when the file is gone or changed."""
    path = Path(settings.FILES_DIR) / str(document.tenant_id) / document.sha256
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != document.sha256:
        raise DocumentDamaged(document.pk)
    return content
