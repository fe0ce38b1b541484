"""Addresses of new things, made from their names."""

from collections.abc import Iterable
from itertools import chain, count

from django.db import models
from django.utils.text import slugify

from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id

NOT_SLUGS = ("new", "import")  # the addresses of the forms for new ones


def find_free_slug(*, model: type[models.Model], name: str) -> str:
    """The name in small letters and hyphens; with a number at the end when another row of the tenant has it.

    Holds the tenant's row until the transaction ends, so that two at once get two addresses.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=required_tenant_id())
    base = slugify(name)[:80].strip("-") or "unnamed"
    taken = {*NOT_SLUGS, *model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)}
    if base not in taken:
        return base
    return next(slug for slug in (f"{base}-{number}" for number in range(2, len(taken) + 3)) if slug not in taken)


def find_free_slugs(*, model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The same for many rows at once, in two queries whatever their number."""
    Tenant.objects.select_for_update(no_key=True).get(pk=required_tenant_id())
    taken = {*NOT_SLUGS, *model._default_manager.values_list("slug", flat=True)}
    slugs: list[str] = []
    for name in names:
        base = slugify(name)[:80].strip("-") or "unnamed"
        numbered = (f"{base}-{number}" for number in count(2))
        slugs.append(next(slug for slug in chain([base], numbered) if slug not in taken))
        taken.add(slugs[-1])
    return slugs
