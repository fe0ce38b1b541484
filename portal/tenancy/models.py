"""The tenant and the base of each row that belongs to one."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from portal.tenancy import scope

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens.")


class Tenant(models.Model):
    """One business with its IT. Global: carries no tenant data."""

    slug = models.CharField(max_length=60, unique=True, validators=[SLUG])
    name = models.CharField(max_length=200)
    provider_name = models.CharField(
        max_length=200, help_text="How the IT provider is called, for example “Larkmoor IT”."
    )
    time_zone = models.CharField(max_length=60, default="Europe/London")
    currency = models.CharField(max_length=3, default="GBP")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TenantManager(models.Manager):
    """Adds the literal tenant id to each query: a second wall beside the row policy, and what keeps plans good.

    Raises TenantMissing outside each scope.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(tenant_id=scope.required_tenant_id())


class TenantModel(models.Model):
    """The base of each row that belongs to a tenant."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, related_name="+", editable=False, default=scope.required_tenant_id
    )

    objects = TenantManager()

    class Meta:
        abstract = True
