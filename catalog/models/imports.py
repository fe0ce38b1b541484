"""Services that came from a table: the file while it is looked at, and what it wrote, so that it can be taken back."""

from django.db import models

from catalog.models.services import Service, ServiceClass, Stage
from portal.accounts.models import Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class ImportState(models.TextChoices):
    """How far a table of services has come."""

    CHECKED = "checked", "Being looked at"
    DONE = "done", "Written"
    UNDONE = "undone", "Taken back"


class ServiceImport(TenantModel):
    """A table of services. `uses` says what each of its columns is; `outcome` what was written, and what was not.

    The file itself is kept only while it is looked at; its fingerprint stays.
    """

    file_name = models.CharField(max_length=200)
    content = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64)
    uses = models.JSONField(default=dict)
    service_class = models.CharField(max_length=12, choices=ServiceClass)
    stage = models.CharField(max_length=10, choices=Stage)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.CHECKED)
    brought_by = TenantForeignKey(Membership, related_name="+")
    brought_at = models.DateTimeField()
    outcome = models.JSONField(default=dict)
    undone_by = TenantForeignKey(Membership, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="service_import_state_known"),
            models.CheckConstraint(
                condition=models.Q(stage__in=[Stage.PIPELINE, Stage.CATALOGUE]), name="service_import_stage_alive"
            ),
            models.CheckConstraint(
                condition=models.Q(state="undone", undone_at__isnull=False)
                | (~models.Q(state="undone") & models.Q(undone_at__isnull=True)),
                name="service_import_undone_when",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-brought_at"], name="service_import_by_time")]

    def __str__(self) -> str:
        return self.file_name


class ImportedService(TenantModel):
    """A service that an import made or changed. `before` is what was said of it, empty where it was made; `after` what
    the import wrote: taken back only as long as that still stands.
    """

    service_import = TenantForeignKey(ServiceImport, models.CASCADE, related_name="services")
    service = TenantForeignKey(Service, models.CASCADE, related_name="+")
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service_import", "service"], name="imported_service_once")
        ]
