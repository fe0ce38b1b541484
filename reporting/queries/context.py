"""What IT asked of the business: what is poorer until it knows, what it was told, and who is asked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import BusinessProcess, Service
from portal.accounts.models import BUSINESS_ROLES, BusinessUnit, Membership
from portal.accounts.queries import list_visible_units
from portal.language import dates
from reporting.models import ContextKind, ContextRequest

POORER = {
    ContextKind.PEAKS: gettext_lazy("Until then what is ordered for the peak is a guess."),
    ContextKind.HOUR: gettext_lazy("Until then nobody can tell in money what an outage costs."),
    ContextKind.OWNERS: gettext_lazy("Until then questions about it go to nobody in particular."),
    ContextKind.PROCESS: gettext_lazy("Until then nobody can tell which work stops with it."),
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that IT asked and does not know yet, where it is missing."""

    title: str
    poorer: str
    words: str
    url: str


def list_people(*, unit: BusinessUnit) -> QuerySet[Membership]:
    """The people of a unit, who are told what concerns it."""
    of_unit = Membership.objects.filter(role__in=BUSINESS_ROLES, unit_links__business_unit=unit)
    return of_unit.select_related("user").order_by("pk").distinct()


def poorer_words(*, request: ContextRequest) -> str:
    """What is poorer until it is answered: in the words of whoever asks, otherwise what follows from its kind."""
    return request.poorer or str(POORER.get(ContextKind(request.kind), ""))


def list_unknown(*, reader: Membership, service: Service, now: datetime) -> list[Unknown]:
    """What IT asked the reader's units about a service and does not know yet, the oldest first."""
    rests = BusinessProcess.objects.filter(steps__supports__service=service)
    rows = ContextRequest.objects.filter(
        Q(service=service) | Q(process__in=rests),
        business_unit__in=list_visible_units(reader=reader).order_by(),
        answered_at=None,
    )
    found = []
    for row in rows.select_related("business_unit__tenant").order_by("due_on", "pk"):
        tenant = row.business_unit.tenant
        today = dates.local(now, tenant.time_zone).date()
        said = {"unit": row.business_unit.name, "on": dates.day(row.due_on)}
        words = _("%(unit)s, due since %(on)s") if row.due_on < today else _("%(unit)s, by %(on)s")
        url = reverse("context_request_detail", kwargs={"tenant": tenant.slug, "request_id": row.pk})
        found.append(Unknown(row.title, poorer_words(request=row), words % said, url))
    return found


def list_answered(*, reader: Membership) -> QuerySet[ContextRequest]:
    """What the reader's units told IT, the latest first: records with a date and a name."""
    rows = ContextRequest.objects.filter(
        ~Q(answered_at=None), business_unit__in=list_visible_units(reader=reader).order_by()
    )
    return rows.select_related("business_unit", "answered_by__user").order_by("-answered_at", "-pk")
