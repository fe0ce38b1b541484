"""Levels of a service and who has them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from catalog.errors import EntitlementTwice, NameTaken, OfferingInUse
from catalog.models import Entitlement, Service, ServiceOffering
from portal.accounts.models import BusinessUnit


@dataclass(frozen=True, slots=True)
class OfferingDetails:
    """A level and its price in minor units of the tenant's currency, or words in place of a price."""

    name: str
    description: str = ""
    price_minor: int | None = None
    price_unit: str = "a month"
    price_words: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class EntitlementDetails:
    """Who may have a level (None: everyone), whether they have it, and from when until when (half-open)."""

    business_unit: BusinessUnit | None
    is_subscribed: bool
    starts_on: date
    ends_on: date | None = None
    level_words: str = ""
    covered_words: str = ""


@transaction.atomic
def create_offering(*, service: Service, details: OfferingDetails) -> ServiceOffering:
    """A new level of a service. Refuses with NameTaken."""
    return _write_offering(ServiceOffering(service=service), details)


@transaction.atomic
def edit_offering(*, offering: ServiceOffering, details: OfferingDetails) -> ServiceOffering:
    """Change a level. Refuses with NameTaken."""
    return _write_offering(offering, details)


@transaction.atomic
def remove_offering(*, offering: ServiceOffering) -> ServiceOffering:
    """Take away a level that nobody has or had. Refuses with OfferingInUse."""
    if offering.entitlements.exists():
        raise OfferingInUse(offering=offering.name)
    offering.delete()
    return offering


@transaction.atomic
def grant_entitlement(*, offering: ServiceOffering, details: EntitlementDetails) -> Entitlement:
    """Give a unit, or everyone, a level or the right to ask for it. Refuses with EntitlementTwice."""
    return _write_entitlement(Entitlement(offering=offering), details)


@transaction.atomic
def edit_entitlement(*, entitlement: Entitlement, details: EntitlementDetails) -> Entitlement:
    """Change or end what a unit has; the history keeps how it was. Refuses with EntitlementTwice."""
    return _write_entitlement(entitlement, details)


def _write_offering(offering: ServiceOffering, details: OfferingDetails) -> ServiceOffering:
    Service.objects.select_for_update(no_key=True).get(pk=offering.service_id)  # two of one name at once meet here
    others = ServiceOffering.objects.filter(service=offering.service).exclude(pk=offering.pk)
    if others.filter(name=details.name).exists():
        raise NameTaken(name=details.name)
    offering.name, offering.description, offering.position = details.name, details.description, details.position
    offering.price_minor, offering.price_unit = details.price_minor, details.price_unit
    offering.price_words = details.price_words
    offering.save()
    return offering


def _write_entitlement(entitlement: Entitlement, details: EntitlementDetails) -> Entitlement:
    Service.objects.select_for_update().get(pk=entitlement.offering.service_id)  # two grants at once meet here
    overlapping = Entitlement.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=details.starts_on),
        offering__service=entitlement.offering.service_id,
        business_unit=details.business_unit,
    ).exclude(pk=entitlement.pk)
    if details.ends_on:
        overlapping = overlapping.filter(starts_on__lt=details.ends_on)
    same_level = Q(offering=entitlement.offering)
    clash = overlapping.filter(same_level | Q(is_subscribed=True) if details.is_subscribed else same_level)
    other = clash.select_related("offering").order_by("starts_on").first()
    if other is not None:
        raise EntitlementTwice(unit=details.business_unit or "Everyone", offering=other.offering.name)
    entitlement.business_unit, entitlement.is_subscribed = details.business_unit, details.is_subscribed
    entitlement.starts_on, entitlement.ends_on = details.starts_on, details.ends_on
    entitlement.level_words, entitlement.covered_words = details.level_words, details.covered_words
    entitlement.save()
    return entitlement
