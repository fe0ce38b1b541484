"""Agreements are drafted, and the next version of one begins as a draft; its states are moved in `agreement_states`."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Q

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.language.numbers import lower_first
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id
from slas.errors import AgreementNotDraft, AgreementNotOnOffer, AgreementOnOffer, DraftExists
from slas.errors.agreements import AgreementGone, NamedByAnother, PartyThere, SidesStay
from slas.models import NOT_YET_AGREED, ON_OFFER, Agreement, AgreementState, ClauseThread, Party, PartyKind
from slas.queries.documents import list_annexes

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """Who agrees with whom, about which kind of promise, from when until when, how fast questions are answered, and in
    which rhythm both look at it again.
    """

    name: str
    kind: str
    customer: Party
    provider: Party
    time_zone: str
    starts_on: date
    ends_on: date | None = None
    underpins: Agreement | None = None
    answer_working_days: int = 2
    notice_days: int | None = None
    renews_months: int | None = None
    review_months: int | None = None


@transaction.atomic
def create_party(*, kind: str, name: str, business_unit: BusinessUnit | None, by: Membership, now: datetime) -> Party:
    """Somebody who can make agreements: a unit, a provider, a team, a supplier. Refuses with PartyThere.

    Holds the tenant's row until the transaction ends, so that two at once do not both find the name free.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=required_tenant_id())
    is_unit = kind == PartyKind.BUSINESS_UNIT
    same = Q(kind=kind, name=name) | (Q(business_unit=business_unit) if is_unit else Q())
    there = Party.objects.filter(same).order_by("pk").first()
    if there is not None:
        raise PartyThere(name=there.name, kind=there.get_kind_display())
    party = Party.objects.create(kind=kind, name=name, business_unit=business_unit if is_unit else None)
    record(act="party.created", actor_id=by.user_id, at=now, subject=name)
    return party


@transaction.atomic
def create_agreement(*, details: AgreementDetails, by: Membership, now: datetime) -> Agreement:
    """Version 1, as a draft."""
    agreement = Agreement(slug=find_free_slug(model=Agreement, name=details.name))
    _write(agreement, details)
    record_step(act="agreement.drafted", agreement=agreement, by=by, now=now)
    return agreement


@transaction.atomic
def edit_agreement(*, agreement: Agreement, details: AgreementDetails, by: Membership, now: datetime) -> Agreement:
    """Change a draft. Refuses with AgreementOnOffer and AgreementNotDraft, and with SidesStay other sides of a next
    version.
    """
    draft = change_draft(agreement=agreement)
    _refuse_other_sides(draft.slug, details)
    _write(draft, details)
    record_step(act="agreement.edited", agreement=draft, by=by, now=now)
    return draft


@transaction.atomic
def remove_draft(*, agreement: Agreement, by: Membership, now: datetime) -> None:
    """Drop a draft with its promises. Refuses with AgreementOnOffer, AgreementNotDraft and NamedByAnother.

    Of an agreement that is gone, what was said beside its clauses stays a conversation, and belongs to no clause of
    another one that gets its address.
    """
    draft = change_draft(agreement=agreement)
    named_by = Agreement.objects.filter(underpins=draft).order_by("pk").first()
    if named_by is not None:
        raise NamedByAnother(agreement=str(named_by))
    record_step(act="agreement.removed", agreement=draft, by=by, now=now)
    draft.delete()
    if not Agreement.objects.filter(slug=draft.slug).exists():
        ClauseThread.objects.filter(agreement_slug=draft.slug).delete()


@transaction.atomic
def revise_agreement(*, agreement: Agreement, starts_on: date, by: Membership, now: datetime) -> Agreement:
    """A draft of the next version with the promises and duties of the newest one. Refuses with DraftExists."""
    agreed = list(agreed_versions(agreement.slug))  # held: whoever drafts at the same time waits, and finds this draft
    waiting = Agreement.objects.filter(slug=agreement.slug, state__in=NOT_YET_AGREED).order_by("version").first()
    if waiting is not None:
        raise DraftExists(version=waiting.version)
    newest = agreed[0]
    ends_on = newest.ends_on if newest.ends_on and newest.ends_on > starts_on else None
    begins_anew = {"state": AgreementState.DRAFT, "proposed_at": None, "notice_given_on": None}
    copy = _copy(newest, version=newest.version + 1, starts_on=starts_on, ends_on=ends_on, **begins_anew)
    for target in newest.targets.order_by("pk"):
        promise = _copy(target, agreement=copy)
        for support in target.supports.order_by("pk"):
            _copy(support, target=promise)
    kept = (*list_annexes(agreement=newest), *newest.wording_exceptions.order_by("pk"))
    for row in (*newest.obligations.order_by("pk"), *newest.scope.order_by("pk"), *kept):
        _copy(row, agreement=copy)
    _copy_credits(newest, copy)
    record_step(act="agreement.drafted", agreement=copy, by=by, now=now)
    return copy


def change_draft(*, agreement: Agreement) -> Agreement:
    """The draft, held for a change. Refuses with AgreementOnOffer and AgreementNotDraft."""
    draft = hold(agreement)
    if draft.state in ON_OFFER:
        raise AgreementOnOffer(agreement=str(draft))
    if draft.state != AgreementState.DRAFT:
        raise AgreementNotDraft(agreement=str(draft))
    return draft


def change_offer(*, agreement: Agreement) -> Agreement:
    """The version that both sides talk about, held for a change that both agreed on; acceptances of the old text fall
    away. Refuses with AgreementNotOnOffer.
    """
    offer = hold(agreement)
    if offer.state not in ON_OFFER:
        raise AgreementNotOnOffer(agreement=str(offer))
    offer.acceptances.all().delete()
    return offer


def hold(agreement: Agreement) -> Agreement:
    """The version with its sides, held: whoever else moves it at the same time waits. Refuses with AgreementGone."""
    held = Agreement.objects.select_for_update(of=("self",)).select_related("customer", "provider")
    try:
        return held.get(pk=agreement.pk)
    except Agreement.DoesNotExist as gone:
        raise AgreementGone(agreement=str(agreement)) from gone


def agreed_versions(slug: str) -> models.QuerySet[Agreement]:
    """The versions that both sides agreed on, held, the newest first: each begins after the one before."""
    versions = Agreement.objects.select_for_update(of=("self",)).filter(slug=slug)
    return versions.exclude(state__in=NOT_YET_AGREED).order_by("-starts_on")


def _refuse_other_sides(slug: str, details: AgreementDetails) -> None:
    before = agreed_versions(slug).select_related("customer", "provider").first()
    if before is None or (before.kind, *before.sides) == (details.kind, details.customer, details.provider):
        return
    sides = {"customer": before.customer.name, "provider": before.provider.name}
    raise SidesStay(version=before.version, kind=lower_first(before.get_kind_display()), **sides)


def _write(agreement: Agreement, details: AgreementDetails) -> None:
    for column in fields(details):
        setattr(agreement, column.name, getattr(details, column.name))
    agreement.save()


def _copy(row: Row, **changes: object) -> Row:
    """The same row once more, with what differs."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def _copy_credits(newest: Agreement, copy: Agreement) -> None:
    """Schemes of credits with their bands, which then belong to the promises of the new version."""
    targets = dict(copy.targets.values_list("slug", "pk"))
    for scheme in newest.credit_schemes.order_by("pk"):
        new = _copy(scheme, agreement=copy)
        for band in scheme.bands.select_related("target").order_by("pk"):
            _copy(band, scheme=new, target_id=targets[band.target.slug])


def record_step(*, act: str, agreement: Agreement, by: Membership | None, now: datetime, **told: str) -> None:
    """Keep that a version was moved or changed, and by whom; nobody moves what its day moves."""
    which = {"slug": agreement.slug, "version": agreement.version}
    record(act=act, actor_id=by.user_id if by else None, at=now, subject=str(agreement), **which, **told)
