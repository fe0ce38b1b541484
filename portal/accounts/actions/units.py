"""Business units: the customers of a tenant."""

from datetime import date
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from portal.accounts.errors import UnitNameTaken
from portal.accounts.models import BusinessUnit

NOT_A_SLUG = "new"  # the address of the form for a new one


@transaction.atomic
def create_unit(*, name: str) -> BusinessUnit:
    """A new business unit; its address is made from its name and stays. Refuses with UnitNameTaken."""
    _refuse_taken(name)
    base = slugify(name)[:70].strip("-") or "unit"
    taken = {NOT_A_SLUG, *BusinessUnit.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return BusinessUnit.objects.create(name=name, slug=next(slug for slug in numbered if slug not in taken))


@transaction.atomic
def edit_unit(*, unit: BusinessUnit, name: str, retired_on: date | None) -> BusinessUnit:
    """Rename a unit, or retire it from a day on: it keeps its past and gets nothing new. Refuses with UnitNameTaken."""
    _refuse_taken(name, besides=unit)
    BusinessUnit.objects.filter(pk=unit.pk).update(name=name, retired_on=retired_on)
    unit.refresh_from_db()
    return unit


def _refuse_taken(name: str, *, besides: BusinessUnit | None = None) -> None:
    same = BusinessUnit.objects.filter(name__iexact=name)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise UnitNameTaken(name=name)
