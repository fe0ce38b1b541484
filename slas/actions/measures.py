"""Measures: what is counted, from which source, and who decides."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from catalog.queries.slugs import find_free_slug
from slas.errors import KindIsFixed
from slas.models import FactBatch, Measure


@transaction.atomic
def create_measure(*, name: str, **fields: Any) -> Measure:
    """A new measure, at an address made from its name."""
    return Measure.objects.create(slug=find_free_slug(model=Measure, name=name), name=name, **fields)


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


def keep_measure(*, slug: str, **fields: Any) -> Measure:
    """The measure at this address with these fields, made if it is not there: an import can run again."""
    return keep_measures(wanted={slug: fields})[slug]


@transaction.atomic
def keep_measures(*, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Measure]:
    """The same for many, by address; refuses with KindIsFixed as changing does."""
    found = {measure.slug: measure for measure in Measure.objects.filter(slug__in=wanted)}
    missing = [Measure(slug=slug, **fields) for slug, fields in wanted.items() if slug not in found]
    for slug, measure in found.items():
        if any(getattr(measure, name) != value for name, value in wanted[slug].items()):
            change_measure(measure=measure, **wanted[slug])
    return found | {measure.slug: measure for measure in Measure.objects.bulk_create(missing)}
