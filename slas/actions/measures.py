"""Measures: what is counted, from which source, and who decides."""

from typing import Any

from django.db import transaction

from slas.errors import KindIsFixed, SlugTaken
from slas.models import FactBatch, Measure


@transaction.atomic
def create_measure(*, slug: str, **fields: Any) -> Measure:
    """A new measure; refuses with SlugTaken when the tenant has one at this address."""
    if Measure.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    return Measure.objects.create(slug=slug, **fields)


@transaction.atomic
def change_measure(*, measure: Measure, **fields: Any) -> Measure:
    """Say anew what is counted. The kind of facts stays once facts were brought: refuses with KindIsFixed."""
    kind = fields.get("fact_kind", measure.fact_kind)
    if kind != measure.fact_kind and FactBatch.objects.filter(measure=measure).exists():
        raise KindIsFixed(measure=measure.name)
    for name, value in fields.items():
        setattr(measure, name, value)
    measure.save()
    return measure


@transaction.atomic
def keep_measure(*, slug: str, **fields: Any) -> Measure:
    """The measure at this address with these fields, made if it is not there: an import can run again."""
    measure = Measure.objects.filter(slug=slug).order_by("pk").first()
    return change_measure(measure=measure, **fields) if measure else create_measure(slug=slug, **fields)
