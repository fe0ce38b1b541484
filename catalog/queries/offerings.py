"""Levels of a service, and who has or may ask for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from catalog.models import Entitlement, Service, ServiceOffering
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units
from portal.language.numbers import money

USUAL_UNIT = "a month"  # lists say it once, in their heading


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its price in words, and who has or may ask for it, as far as the reader may see that."""

    offering: ServiceOffering
    price: str
    entitlements: tuple[Entitlement, ...]


def list_offerings(*, service: Service) -> QuerySet[ServiceOffering]:
    """The levels of a service in their order."""
    return service.offerings.order_by("position", "pk")


def get_offering(*, service: Service, offering_id: int) -> ServiceOffering:
    """One level of a service that the reader was allowed to see.

    Raises ServiceOffering.DoesNotExist for a level of another service.
    """
    return service.offerings.select_related("service").get(pk=offering_id)


def list_entitlements(*, service: Service) -> QuerySet[Entitlement]:
    """Who has or had a level of this service: level by level, the latest first in each."""
    entitlements = Entitlement.objects.filter(offering__service=service)
    return entitlements.select_related("offering", "business_unit").order_by("offering__position", "-starts_on", "pk")


def get_entitlement(*, service: Service, entitlement_id: int) -> Entitlement:
    """One entitlement of a service.

    Raises Entitlement.DoesNotExist for one of another service.
    """
    return list_entitlements(service=service).get(pk=entitlement_id)


def list_levels(*, reader: Membership, service: Service, currency: str) -> list[Level]:
    """The levels of a service; the business sees its own units' entitlements and those of everyone."""
    entitlements = list_entitlements(service=service)
    if reader.is_business:
        own = Q(business_unit__in=list_visible_units(reader=reader)) | Q(business_unit__isnull=True)
        entitlements = entitlements.filter(own)
    by_offering: dict[int, list[Entitlement]] = {}
    for entitlement in entitlements:
        by_offering.setdefault(entitlement.offering_id, []).append(entitlement)
    return [
        Level(offering, price_words(offering=offering, currency=currency), tuple(by_offering.get(offering.pk, ())))
        for offering in list_offerings(service=service)
    ]


def price_words(*, offering: ServiceOffering, currency: str, is_monthly_said: bool = False) -> str:
    """£640 a day, £21,400 a month, or the words in place of a price; “a month” is left out where the page says it."""
    if offering.price_minor is None:
        return offering.price_words
    amount = money(offering.price_minor, currency)
    if not offering.price_unit or (is_monthly_said and offering.price_unit == USUAL_UNIT):
        return amount
    return f"{amount} {offering.price_unit}"


def in_force(*, on: date, prefix: str = "") -> Q:
    """The condition that an entitlement holds on a date; half-open, so the end date is the first day without it."""
    started = Q(**{f"{prefix}starts_on__lte": on})
    return started & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on}))
