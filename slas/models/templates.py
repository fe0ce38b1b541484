"""What new promises start from: a tenant's own templates, beside those that come with the portal."""

from django.db import models

from catalog.models import ServiceClass
from portal.audit.history import tracked
from portal.tenancy.models import SLUG, TenantModel
from slas.models.targets import TargetKind


@tracked
class TargetTemplate(TenantModel):
    """A promise without its agreement: for which class of service, of which kind, with which frame.

    `frame` holds fields of a target by name, `measure` those of a new measure (what, source, who decides, unit).
    """

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300, blank=True)
    service_class = models.CharField("class of service", max_length=12, choices=ServiceClass)
    kind = models.CharField(max_length=12, choices=TargetKind)
    frame = models.JSONField()
    measure = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="template_slug"),
            models.CheckConstraint(condition=models.Q(kind__in=TargetKind.values), name="template_kind_known"),
            models.CheckConstraint(
                condition=models.Q(service_class__in=ServiceClass.values), name="template_class_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
