"""Addresses of new things, made from their names."""

from django.db import models
from django.utils.text import slugify

NOT_A_SLUG = "new"  # the address of the form for a new one


def find_free_slug(*, model: type[models.Model], name: str) -> str:
    """The name in small letters and hyphens; with a number at the end when another row of the tenant has it."""
    base = slugify(name)[:80].strip("-") or "unnamed"
    taken = {NOT_A_SLUG, *model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)}
    if base not in taken:
        return base
    return next(slug for slug in (f"{base}-{number}" for number in range(2, len(taken) + 3)) if slug not in taken)
