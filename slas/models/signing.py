"""Who signs for a party, by which one-time link, and the documents that belong to an agreement."""

from django.db import models

from portal.accounts.models import Membership
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel
from slas.models.agreements import Agreement, Party


class DocumentKind(models.TextChoices):
    """What a document is to its agreement."""

    ANNEX = "annex", "Part of the agreement"
    SIGNED_COPY = "signed_copy", "Signed copy"


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
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_by = TenantForeignKey(Membership, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "agreement", "kind", "name"], name="agreement_document_name"),
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="document_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name
