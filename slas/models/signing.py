"""What was signed and by whom, who may sign for a party by a one-time link, and the documents of an agreement."""

import json
from typing import Any

import pgtrigger
from django.db import models

from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from slas.models.agreements import Agreement, Party

SHA256 = {"template": "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')", "output_field": models.TextField()}


class SignedHow(models.TextChoices):
    """In which way a side said yes."""

    PORTAL = "portal", "In the portal"
    LINK = "link", "By one-time link"
    COPY = "copy", "On paper"


class DocumentKind(models.TextChoices):
    """What a document is to its agreement."""

    ANNEX = "annex", "Part of the agreement"
    SIGNED_COPY = "signed_copy", "Signed copy"


class MediaType(models.TextChoices):
    """The kinds of file that a document may be; each is handed out as what it is."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


@tracked
class PartyContact(TenantModel):
    """Somebody who may sign for a party that has no users here."""

    party = TenantForeignKey(Party, related_name="contacts")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    email = models.EmailField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "party", "email"], condition=models.Q(is_active=True), name="party_contact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


@tracked
class SignatureRequest(TenantModel):
    """A one-time link: one contact may sign one text of one version, until a day; only the token's hash is kept."""

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="signature_requests")
    contact = TenantForeignKey(PartyContact, related_name="signature_requests")
    fingerprint = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64)
    asked_by = TenantForeignKey(Membership, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="signature_request_token"),
            models.UniqueConstraint(
                fields=["tenant", "agreement", "contact"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="signature_request_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("asked_at")), name="signature_request_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None),
                name="signature_request_used_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} for {self.agreement}"


@tracked
class AgreementDocument(TenantModel):
    """A file of an agreement, in the tenant's private folder under its SHA-256: an annex that both sides sign with the
    text, or the signed copy of a party.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=11, choices=DocumentKind)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=15, choices=MediaType)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_by = TenantForeignKey(Membership, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement", "kind", "name"], name="agreement_document_name"),
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(condition=models.Q(media_type__in=MediaType.values), name="document_type_known"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Acceptance(TenantModel):
    """One side's signature under an agreement version: who, in which role, when, how, and under which text.

    `written` is the whole text as it was signed, in its one written form, and the database checks that the fingerprint
    is that of it. A signature is never changed; until both sides agreed it falls away with a change of the text.
    """

    agreement = TenantForeignKey(Agreement, models.CASCADE, related_name="acceptances")
    party = TenantForeignKey(Party, related_name="+")
    how = models.CharField(max_length=6, choices=SignedHow, default=SignedHow.PORTAL)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    member = TenantForeignKey(
        Membership, null=True, blank=True, related_name="+", help_text="Who signed here, or wrote down who did."
    )
    sent_to = models.EmailField(blank=True, help_text="Where the one-time link went.")
    document = TenantForeignKey(AgreementDocument, null=True, blank=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True, help_text="The day that stands on the signed copy.")
    accepted_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    written = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement", "party"], name="acceptance_once"),
            models.CheckConstraint(condition=models.Q(how__in=SignedHow.values), name="acceptance_how_known"),
            models.CheckConstraint(
                condition=(models.Q(how=SignedHow.LINK) & ~models.Q(sent_to=""))
                | (~models.Q(how=SignedHow.LINK) & models.Q(sent_to="")),
                name="acceptance_by_link_has_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(how=SignedHow.COPY, document__isnull=False, signed_on__isnull=False)
                | (~models.Q(how=SignedHow.COPY) & models.Q(document=None, signed_on=None)),
                name="acceptance_on_paper_has_its_copy",
            ),
            models.CheckConstraint(
                condition=models.Q(fingerprint=models.Func("written", **SHA256)), name="acceptance_names_its_text"
            ),
        ]
        triggers = [pgtrigger.Protect(name="acceptance_is_frozen", operation=pgtrigger.Update)]

    @property
    def text(self) -> dict[str, Any]:
        """The text as plain values."""
        text: dict[str, Any] = json.loads(self.written)
        return text
