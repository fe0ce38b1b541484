"""Agreements: which versions a reader may see, and which one holds on a day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import BUSINESS_ROLES, IT_ROLES, Membership
from slas.models import (
    NOT_YET_AGREED,
    ON_OFFER,
    Acceptance,
    Agreement,
    AgreementKind,
    AgreementState,
    ClauseProposal,
    ClauseProposalState,
    Party,
    PartyKind,
    ServiceLevelTarget,
)

SIDES = {
    AgreementKind.SLA: (
        {PartyKind.BUSINESS_UNIT},
        {PartyKind.PROVIDER},
        "A service level agreement is between a business unit and the provider.",
    ),
    AgreementKind.OLA: (
        {PartyKind.PROVIDER, PartyKind.TEAM},
        {PartyKind.TEAM},
        "An operational level agreement is between the provider and a team, or between two teams.",
    ),
    AgreementKind.CONTRACT: (
        {PartyKind.PROVIDER, PartyKind.TEAM},
        {PartyKind.SUPPLIER},
        "An underpinning contract is between the provider, or a team of it, and a supplier.",
    ),
}


def list_visible_agreements(*, reader: Membership) -> QuerySet[Agreement]:
    """All versions for IT, administrator and auditor; for the business those of its own units.

    A draft is work on one side: the business sees it once it is proposed.
    """
    rows = Agreement.objects.select_related("customer__business_unit", "provider")
    if not reader.is_business:
        return rows
    return rows.exclude(state=AgreementState.DRAFT).filter(customer__business_unit__member_links__membership=reader)


def list_waiting_agreements(*, reader: Membership) -> QuerySet[Agreement]:
    """The versions that wait for the reader's side: drafts to be proposed, and proposed ones with clauses to answer;
    where no clause waits for anybody, those that the side has not accepted.
    """
    rows = list_visible_agreements(reader=reader).annotate(
        customer_accepted=_accepted_by("customer"),
        provider_accepted=_accepted_by("provider"),
        is_countered=Exists(_open_counters()),
        asks_customer=Exists(_open_counters().exclude(party=OuterRef("customer"))),
        asks_provider=Exists(_open_counters().exclude(party=OuterRef("provider"))),
    )
    by_customer = Q(asks_customer=True) | Q(is_countered=False, customer_accepted=False)
    if reader.is_business:
        return rows.filter(by_customer, state__in=ON_OFFER)
    by_it = Q(asks_provider=True) | Q(is_countered=False, provider_accepted=False)
    by_it |= by_customer & Q(customer__business_unit__isnull=True)
    return rows.filter(Q(state=AgreementState.DRAFT) | Q(by_it, state__in=ON_OFFER))


def _open_counters() -> QuerySet[ClauseProposal]:
    return ClauseProposal.objects.filter(agreement=OuterRef("pk"), state=ClauseProposalState.OPEN)


def _accepted_by(side: str) -> Exists:
    return Exists(Acceptance.objects.filter(agreement=OuterRef("pk"), party=OuterRef(side)))


def get_agreement(*, reader: Membership, slug: str, version: int) -> Agreement:
    """One visible version. Raises Agreement.DoesNotExist."""
    return list_visible_agreements(reader=reader).get(slug=slug, version=version)


def get_current_agreement(*, reader: Membership, slug: str, on: date) -> Agreement:
    """The version that holds on the day; where none does, the newest that the reader may see.

    Raises Agreement.DoesNotExist.
    """
    versions = list_visible_agreements(reader=reader).filter(slug=slug).order_by("-version")
    current = next((each for each in versions if holds(each, on)), None) or versions.first()
    if current is None:
        raise Agreement.DoesNotExist(f"There is no agreement “{slug}” that you may see.")
    return current


def holds(agreement: Agreement, on: date) -> bool:
    """Whether this version is what was agreed for the day."""
    if agreement.state in NOT_YET_AGREED:
        return False
    return agreement.starts_on <= on and (agreement.ends_on is None or on < agreement.ends_on)


def list_versions(*, reader: Membership, slug: str) -> QuerySet[Agreement]:
    """All visible versions, newest first."""
    return list_visible_agreements(reader=reader).filter(slug=slug).order_by("-version")


def list_parties() -> QuerySet[Party]:
    """Everybody who can make an agreement, by kind and name."""
    return Party.objects.select_related("business_unit").order_by("kind", "name")


def list_agreement_targets(*, agreement: Agreement) -> QuerySet[ServiceLevelTarget]:
    """The promises of a version in their order, with what their pages need."""
    related = ("agreement", "measure", "service", "component", "service_hours__replaces")
    return agreement.targets.select_related(*related).order_by("position", "pk")


def list_whole_targets(*, agreement: Agreement) -> QuerySet[ServiceLevelTarget]:
    """The same with the days and dates of their hours, for what says all of it: as many queries for many as for one."""
    hours = ("service_hours", "service_hours__replaces")
    return list_agreement_targets(agreement=agreement).prefetch_related(
        *(f"{each}__{what}" for each in hours for what in ("windows", "exceptions"))
    )


def get_target(*, reader: Membership, slug: str, version: int, target: str) -> ServiceLevelTarget:
    """One promise of a visible version. Raises ServiceLevelTarget.DoesNotExist, or Agreement.DoesNotExist."""
    agreement = get_agreement(reader=reader, slug=slug, version=version)
    return list_agreement_targets(agreement=agreement).get(slug=target)


def is_side_of(reader: Membership, party: Party) -> bool:
    """Whether a member speaks for a party: the head for their unit, IT for everybody who is not a business unit."""
    if party.business_unit_id is None:
        return reader.is_it
    return reader.unit_links.filter(business_unit_id=party.business_unit_id).exists()


def list_duty_owners(*, customer: Party) -> QuerySet[Membership]:
    """Who may answer for a duty of a customer: its own business members, or IT where IT is the customer."""
    members = Membership.objects.filter(is_active=True, user__is_active=True).select_related("user")
    if customer.business_unit_id is None:
        return members.filter(role__in=IT_ROLES).order_by("user__name", "pk")
    own = members.filter(role__in=BUSINESS_ROLES, unit_links__business_unit_id=customer.business_unit_id)
    return own.order_by("user__name", "pk")


def proposing_side(agreement: Agreement) -> Party:
    """Who lays a version before the other side: IT as the provider of a unit, or as the customer of a team or
    supplier. What it proposed, it has said yes to.
    """
    return agreement.provider if agreement.kind == AgreementKind.SLA else agreement.customer


def sides_fit(kind: str, *, customer: Party, provider: Party) -> bool:
    """Whether an agreement of that kind is made between such parties."""
    customers, providers, _words = SIDES[AgreementKind(kind)]
    return customer.kind in customers and provider.kind in providers


def sides_words(kind: str) -> str:
    """Between whom an agreement of that kind is made."""
    return SIDES[AgreementKind(kind)][2]
