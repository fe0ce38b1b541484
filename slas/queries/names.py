"""What a file can name: services, components, measures, hours and parties of the tenant, as people write them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.models import Component, Service
from slas.models import Measure, Party, ServiceHours


@dataclass(frozen=True)
class Names:
    """Services, components and measures by their addresses, service hours and parties by their names."""

    services: Mapping[str, Service] = field(default_factory=dict)
    components: Mapping[str, Component] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    hours: Mapping[str, ServiceHours] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)


def read_names() -> Names:
    """All names of the tenant in force; what another tenant calls so is not among them."""
    parties: dict[str, list[Party]] = {}
    for party in Party.objects.order_by("pk"):
        parties.setdefault(party.name, []).append(party)
    return Names(
        services={each.slug: each for each in Service.objects.order_by("slug")},
        components={each.slug: each for each in Component.objects.order_by("slug")},
        measures={each.slug: each for each in Measure.objects.order_by("slug")},
        hours={str(each): each for each in ServiceHours.objects.order_by("name", "version")},
        parties={name: found[0] for name, found in parties.items() if len(found) == 1},
    )
