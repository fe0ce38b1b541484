"""The portfolio: which services a reader follows there, what is said of their cost and value, and what they cost."""

from datetime import date

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from catalog.models import (
    AmountKind,
    BusinessCase,
    Entitlement,
    Need,
    Per,
    Service,
    ServiceAmount,
    ServicePurpose,
)
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units

MONTHS = 12


def list_portfolio(*, reader: Membership) -> QuerySet[Service]:
    """The whole portfolio; for the business the services that its units have, asked for, or that the reader owns."""
    services = Service.objects.select_related("line_of_service", "it_owner__user", "business_owner__user")
    if not reader.is_business:
        return services
    units = list_visible_units(reader=reader).order_by().values("pk")
    had = Entitlement.objects.filter(offering__service=OuterRef("pk"), business_unit__in=units)
    asked = Need.objects.filter(service=OuterRef("pk"), business_unit__in=units)
    return services.filter(Q(Exists(had)) | Q(Exists(asked)) | Q(business_owner=reader))


def get_portfolio_service(*, reader: Membership, slug: str) -> Service:
    """One service of the reader's portfolio. Raises Service.DoesNotExist."""
    return list_portfolio(reader=reader).get(slug=slug)


def find_case(*, service: Service) -> BusinessCase | None:
    """The business case of a service that the reader was allowed to see."""
    return BusinessCase.objects.filter(service=service).select_related("said_by__user").first()  # one at most


def find_purpose(*, service: Service) -> ServicePurpose | None:
    """What a service is for, as the business said it."""
    return ServicePurpose.objects.filter(service=service).select_related("said_by__user").first()  # one at most


def list_amounts(*, service: Service) -> QuerySet[ServiceAmount]:
    """What a service and its levels cost and are charged, the newest month first."""
    rows = ServiceAmount.objects.filter(service=service).select_related("offering", "said_by__user")
    return rows.order_by("-from_month", "kind", "offering__position", "pk")


def get_amount(*, service: Service, amount_id: int) -> ServiceAmount:
    """One amount of a service. Raises ServiceAmount.DoesNotExist."""
    return list_amounts(service=service).get(pk=amount_id)


def in_month(month: date) -> Q:
    """The condition that an amount holds in a month, given by its first day."""
    return Q(from_month__lte=month) & (Q(until_month__isnull=True) | Q(until_month__gt=month))


def a_year() -> Case:
    """What an amount comes to in a year at its rate, exactly: twelve times what it is for a month."""
    by_month = When(per=Per.MONTH, then=F("minor") * Value(MONTHS))
    return Case(by_month, default=F("minor"), output_field=BigIntegerField())


def cost_a_year(*, month: date, kind: str = AmountKind.COST) -> Subquery:
    """Of each service what it costs in a year at the rate of a month, its levels included; NULL: no cost is known."""
    rows = ServiceAmount.objects.filter(in_month(month), service=OuterRef("pk"), kind=kind)
    summed = rows.order_by().values("service").annotate(sum=Sum(a_year())).values("sum")
    return Subquery(summed, output_field=BigIntegerField())
