"""Packages of promises, for whoever writes agreements."""

from django.db.models import QuerySet

from slas.models import TargetPackage


def list_packages() -> QuerySet[TargetPackage]:
    """All packages of the tenant, by name."""
    return TargetPackage.objects.order_by("name")


def get_package(*, package_id: int) -> TargetPackage:
    """One package. Raises TargetPackage.DoesNotExist."""
    return TargetPackage.objects.get(pk=package_id)
