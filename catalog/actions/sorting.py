"""Services are sorted in the tenant's own words, beside the headings of the catalogue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from catalog.errors import ReferenceTaken
from catalog.models import Category, Service, ServiceCategory, Taxonomy
from catalog.queries.slugs import find_free_slugs


@dataclass(frozen=True, slots=True)
class Kept:
    """Categories by taxonomy and name; the ids of the taxonomies and categories that were not there before."""

    categories: Mapping[tuple[str, str], Category]
    new_taxonomies: list[int]
    new_categories: list[int]


@transaction.atomic
def sort_service(*, service: Service, reference: str, categories: Collection[tuple[str, str]]) -> Service:
    """Say a service's own number and all that it belongs to, as pairs of taxonomy and category; new ones are added.

    A category that no service has any more goes, and so does a taxonomy without categories. Refuses with
    ReferenceTaken.
    """
    held = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    held.reference = reference
    try:
        with transaction.atomic():
            held.save(update_fields=["reference"])
    except IntegrityError as error:
        names = Service.objects.filter(reference__iexact=reference).values_list("name", flat=True)
        raise ReferenceTaken(reference=reference, name=", ".join(names)) from error
    kept = keep_categories(set(categories))
    wanted = {category.pk for pair, category in kept.categories.items() if pair in categories}
    held.categories.exclude(category__in=wanted).delete()
    has = set(held.categories.values_list("category", flat=True))
    ServiceCategory.objects.bulk_create(ServiceCategory(service=held, category_id=pk) for pk in sorted(wanted - has))
    Category.objects.filter(services__isnull=True).delete()
    Taxonomy.objects.filter(categories__isnull=True).delete()
    return held


def keep_categories(wanted: set[tuple[str, str]]) -> Kept:
    """The categories of these pairs of taxonomy and name; what is not there yet is added, in few queries."""
    taxonomies, new_taxonomies = _find_taxonomies({taxonomy for taxonomy, _name in wanted})
    categories, new_categories = _find_categories(wanted, taxonomies)
    return Kept(categories, new_taxonomies, new_categories)


def _find_taxonomies(names: set[str]) -> tuple[dict[str, Taxonomy], list[int]]:
    found = {each.name: each for each in Taxonomy.objects.filter(name__in=names)}
    missing = sorted(names - found.keys())
    slugs = find_free_slugs(model=Taxonomy, names=missing) if missing else []
    made = Taxonomy.objects.bulk_create(
        Taxonomy(slug=slug, name=name) for slug, name in zip(slugs, missing, strict=True)
    )
    return found | {each.name: each for each in made}, [each.pk for each in made]


def _find_categories(
    wanted: set[tuple[str, str]], taxonomies: Mapping[str, Taxonomy]
) -> tuple[dict[tuple[str, str], Category], list[int]]:
    known = Category.objects.filter(taxonomy__in=taxonomies.values()).select_related("taxonomy")
    found = {(each.taxonomy.name, each.name): each for each in known}
    missing = sorted(wanted - found.keys())
    made = Category.objects.bulk_create(
        Category(taxonomy=taxonomies[taxonomy], name=name) for taxonomy, name in missing
    )
    return found | dict(zip(missing, made, strict=True)), [each.pk for each in made]
