"""How services are sorted in the tenant's own words."""

from catalog.models import Service, ServiceCategory, Taxonomy


def list_sorted(*, service: Service) -> dict[str, list[str]]:
    """Each taxonomy of the tenant with the categories that a service belongs to, both by name."""
    sorted_into: dict[str, list[str]] = {
        name: [] for name in Taxonomy.objects.order_by("name").values_list("name", flat=True)
    }
    links = ServiceCategory.objects.filter(service=service).order_by("category__name")
    for taxonomy, name in links.values_list("category__taxonomy__name", "category__name"):
        sorted_into[taxonomy].append(name)
    return sorted_into
