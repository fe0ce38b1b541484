"""Acts that change no row but must be known: sign-in, export, refusal, reading of evidence."""

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantModel


class AuditEntry(TenantModel):
    """One act; appended only, the database refuses changes."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["tenant", "-at"], name="audit_by_time")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"
