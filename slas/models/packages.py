"""Packages of promises: what belongs together and is agreed again and again."""

from django.db import models

from portal.audit.history import tracked
from portal.tenancy.models import TenantModel


@tracked
class TargetPackage(TenantModel):
    """A named set of promises that can be put into a draft in one go; `rows` are those of a table of promises."""

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="target_package_name")]

    def __str__(self) -> str:
        return self.name
