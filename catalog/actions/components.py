"""Components: people, IT, suppliers, assets and information that services stand on."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from catalog.models import Component
from catalog.queries.slugs import find_free_slug


@dataclass(frozen=True, slots=True)
class ComponentDetails:
    """What a component is, and the percentage of time that its design or contract supports."""

    name: str
    kind: str
    note: str = ""
    design_availability: Decimal | None = None


@transaction.atomic
def create_component(*, details: ComponentDetails) -> Component:
    """A new component; services name it as their part later."""
    return _write(Component(slug=find_free_slug(model=Component, name=details.name)), details)


@transaction.atomic
def edit_component(*, component: Component, details: ComponentDetails) -> Component:
    """Change what is said about a component, everywhere it is used."""
    return _write(component, details)


def _write(component: Component, details: ComponentDetails) -> Component:
    component.name, component.kind, component.note = details.name, details.kind, details.note
    component.design_availability = details.design_availability
    component.save()
    return component
