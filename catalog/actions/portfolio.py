"""What services cost and are worth: business cases, what a service is for, amounts month by month."""

from dataclasses import dataclass, fields
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Min, Q

from catalog.errors import NotOfService, ValueOutOfOrder
from catalog.models import AmountKind, BusinessCase, Service, ServiceAmount, ServiceOffering, ServicePurpose
from portal.accounts.models import Membership

A_MONTH = relativedelta(months=1)


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """What a service costs to build and to run, and the value promised in a year.

    Money is in minor units, hours and orders are whole ones.
    """

    summary: str
    build_minor: int
    run_minor: int
    run_per: str
    value_low: int
    value_likely: int
    value_high: int
    value_unit: str
    grade: str


@dataclass(frozen=True, slots=True)
class AmountDetails:
    """What a service, or one of its levels, costs or is charged from a month on, in minor units."""

    kind: str
    from_month: date
    minor: int
    per: str
    offering: ServiceOffering | None = None
    note: str = ""


@transaction.atomic
def write_case(*, service: Service, details: CaseDetails, by: Membership, on: date) -> BusinessCase:
    """Say, or say anew, what a service costs and promises; the words of before stay in its history.

    Refuses with ValueOutOfOrder.
    """
    if not details.value_low <= details.value_likely <= details.value_high:
        raise ValueOutOfOrder()
    said = {field.name: getattr(details, field.name) for field in fields(details)}
    case, _is_new = BusinessCase.objects.update_or_create(
        service=service, defaults=said | {"said_by": by, "said_on": on}
    )
    return case


@transaction.atomic
def say_purpose(*, service: Service, text: str, by: Membership, on: date) -> ServicePurpose:
    """Somebody in the business says what a service is for; the last word stands, those before stay in its history."""
    purpose, _is_new = ServicePurpose.objects.update_or_create(
        service=service, defaults={"text": text, "said_by": by, "said_on": on}
    )
    return purpose


@transaction.atomic
def set_amount(*, service: Service, details: AmountDetails, by: Membership) -> ServiceAmount:
    """From a month on, an amount holds until the next one of its kind and level that is already there.

    What held before ends with that month; what began in the same month is replaced. Refuses with NotOfService.
    """
    Service.objects.select_for_update().get(pk=service.pk)
    if details.offering is not None and details.offering.service_id != service.pk:
        raise NotOfService(offering=details.offering.name, service=service.name)
    month = details.from_month.replace(day=1)
    same = ServiceAmount.objects.filter(service=service, kind=details.kind, offering=details.offering)
    same.filter(from_month=month).delete()
    following = same.filter(from_month__gt=month).aggregate(first=Min("from_month"))["first"]
    same.filter(Q(until_month=None) | Q(until_month__gt=month), from_month__lt=month).update(until_month=month)
    return ServiceAmount.objects.create(
        service=service,
        offering=details.offering,
        kind=details.kind,
        from_month=month,
        until_month=following,
        minor=details.minor,
        per=details.per,
        note=details.note,
        said_by=by,
    )


@transaction.atomic
def remove_amount(*, amount: ServiceAmount) -> None:
    """Take back an amount that was wrong; what held before it holds on in its place."""
    Service.objects.select_for_update().get(pk=amount.service_id)
    same = ServiceAmount.objects.filter(service=amount.service_id, kind=amount.kind, offering=amount.offering_id)
    before = same.filter(until_month=amount.from_month)
    until = amount.until_month
    amount.delete()
    before.update(until_month=until)


def end_amounts(*, service: Service, on: date) -> None:
    """From the month after a day on, a service costs and is charged nothing; what was to begin then never does."""
    end = on.replace(day=1) + A_MONTH
    amounts = ServiceAmount.objects.filter(service=service, kind__in=AmountKind.values)
    amounts.filter(from_month__gte=end).delete()
    amounts.filter(Q(until_month=None) | Q(until_month__gt=end)).update(until_month=end)
