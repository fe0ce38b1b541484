"""Free ways to sort services, beside the headings of the catalogue."""

from django.db import models

from catalog.models.services import Service
from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel


@tracked
class Taxonomy(TenantModel):
    """A way to sort services in the tenant's own words, for example by organisation or by who it is for."""

    slug = models.CharField(max_length=100, validators=[SLUG])
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="taxonomy_slug"),
            models.UniqueConstraint(fields=["tenant", "name"], name="taxonomy_name"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Category(TenantModel):
    """One value of a taxonomy."""

    taxonomy = TenantForeignKey(Taxonomy, models.CASCADE, related_name="categories")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "taxonomy", "name"], name="category_name")]

    def __str__(self) -> str:
        return self.name


@tracked
class ServiceCategory(TenantModel):
    """A service belongs to a category; it may belong to several of one taxonomy."""

    service = TenantForeignKey(Service, models.CASCADE, related_name="categories")
    category = TenantForeignKey(Category, models.CASCADE, related_name="services")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "service", "category"], name="service_category_once")]
        indexes = [models.Index(fields=["tenant", "category", "service"], name="service_by_category")]
