"""Agreements are drafted, accepted by both sides, put in force, replaced by a new version, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import models, transaction

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import BusinessUnit, Membership
from portal.audit.actions import record
from portal.language.dates import day_year, month_year
from slas.actions.attainments import mark_targets_dirty
from slas.calculation.local_time import midnight, zone_of
from slas.calculation.periods import add_months
from slas.errors import (
    AcceptedAlready,
    AgreementNotDraft,
    DraftExists,
    EndsTooEarly,
    EndsTooLate,
    MonthsClosed,
    NotAcceptedByBoth,
    NothingPromised,
    NotInForce,
    NotYourSide,
    SidesDoNotFit,
    StartsTooEarly,
)
from slas.models import Acceptance, Agreement, AgreementState, Attainment, MonthClose, Party, PartyKind
from slas.queries.agreement_text import fingerprint_of, text_to_accept
from slas.queries.agreements import is_side_of, sides_fit, sides_words
from slas.queries.evidence import moment

Row = TypeVar("Row", bound=models.Model)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """Who agrees with whom, about which kind of promise, from when, and how fast questions are answered."""

    name: str
    kind: str
    customer: Party
    provider: Party
    time_zone: str
    starts_on: date
    ends_on: date | None = None
    underpins: Agreement | None = None
    answer_working_days: int = 2


@transaction.atomic
def create_party(*, kind: str, name: str, business_unit: BusinessUnit | None, by: Membership, now: datetime) -> Party:
    """Somebody who can make agreements: a unit, a provider, a team, a supplier."""
    is_unit = kind == PartyKind.BUSINESS_UNIT
    party = Party.objects.create(kind=kind, name=name, business_unit=business_unit if is_unit else None)
    record(act="party.created", actor_id=by.user_id, at=now, subject=name)
    return party


@transaction.atomic
def create_agreement(*, details: AgreementDetails, by: Membership, now: datetime) -> Agreement:
    """Version 1, as a draft."""
    agreement = Agreement(slug=find_free_slug(model=Agreement, name=details.name))
    _write(agreement, details)
    _record("agreement.drafted", agreement, by, now)
    return agreement


@transaction.atomic
def edit_agreement(*, agreement: Agreement, details: AgreementDetails, by: Membership, now: datetime) -> Agreement:
    """Change a draft; what was accepted of it is accepted no more. Refuses with AgreementNotDraft."""
    draft = change_draft(agreement=agreement)
    _write(draft, details)
    _record("agreement.edited", draft, by, now)
    return draft


@transaction.atomic
def remove_draft(*, agreement: Agreement, by: Membership, now: datetime) -> None:
    """Drop a draft with its promises. Refuses with AgreementNotDraft."""
    draft = change_draft(agreement=agreement)
    _record("agreement.removed", draft, by, now)
    draft.delete()


@transaction.atomic
def accept_agreement(
    *, agreement: Agreement, party: Party, by: Membership, name: str, role: str, now: datetime
) -> Acceptance:
    """One side says yes to the text as it stands: who, in which role, when.

    The head of a unit accepts for it; IT accepts for the provider, and writes down who did for teams and suppliers.
    Refuses with AgreementNotDraft, NothingPromised, NotYourSide and AcceptedAlready.
    """
    draft = _locked_draft(agreement)
    if not draft.targets.exists():
        raise NothingPromised
    if not is_side_of(by, party):
        raise NotYourSide(party=party.name)
    text, fingerprint = text_to_accept(agreement=draft)
    draft.acceptances.filter(party=party).exclude(fingerprint=fingerprint).delete()
    if draft.acceptances.filter(party=party).exists():
        raise AcceptedAlready(party=party.name)
    accepted = Acceptance.objects.create(
        agreement=draft,
        party=party,
        name=name,
        role=role,
        member=by,
        accepted_at=now,
        fingerprint=fingerprint,
        text=text,
    )
    record(
        act="agreement.accepted",
        actor_id=by.user_id,
        at=now,
        subject=str(draft),
        party=party.name,
        name=name,
        fingerprint=fingerprint,
    )
    return accepted


@transaction.atomic
def start_agreement(*, agreement: Agreement, by: Membership, now: datetime) -> Agreement:
    """Put an accepted draft in force; the version before ends on the day on which this one starts, if not before.

    Refuses with AgreementNotDraft, SidesDoNotFit, NotAcceptedByBoth (also when the text has changed since),
    StartsTooEarly and MonthsClosed.
    """
    draft = _locked_draft(agreement)
    if not sides_fit(draft.kind, customer=draft.customer, provider=draft.provider):
        raise SidesDoNotFit(sides=sides_words(draft.kind))
    fingerprint = fingerprint_of(agreement=draft)
    for party in (draft.customer, draft.provider):
        if not draft.acceptances.filter(party=party, fingerprint=fingerprint).exists():
            raise NotAcceptedByBoth(party=party.name)
    _refuse_closed_months(draft, draft.starts_on)
    before = _started_versions(draft.slug).first()
    if before is not None:
        if draft.starts_on <= before.starts_on:
            raise StartsTooEarly(version=before.version, starts_on=day_year(before.starts_on))
        _give_way(before, draft.starts_on)
    draft.state = AgreementState.IN_FORCE
    draft.save(update_fields=["state"])
    _recount([each for each in (before, draft) if each], draft.starts_on, now)
    _record("agreement.started", draft, by, now, starts_on=draft.starts_on.isoformat())
    return draft


@transaction.atomic
def revise_agreement(*, agreement: Agreement, starts_on: date, by: Membership, now: datetime) -> Agreement:
    """A draft of the next version with the promises and duties of the newest one. Refuses with DraftExists."""
    draft = Agreement.objects.select_for_update().filter(slug=agreement.slug, state=AgreementState.DRAFT).first()
    if draft is not None:
        raise DraftExists(version=draft.version)
    newest = _started_versions(agreement.slug)[0]
    ends_on = newest.ends_on if newest.ends_on and newest.ends_on > starts_on else None
    copy = _copy(newest, version=newest.version + 1, state=AgreementState.DRAFT, starts_on=starts_on, ends_on=ends_on)
    for target in newest.targets.order_by("pk"):
        _copy(target, agreement=copy)
    for duty in newest.obligations.order_by("pk"):
        _copy(duty, agreement=copy)
    _record("agreement.drafted", copy, by, now)
    return copy


@transaction.atomic
def end_agreement(*, agreement: Agreement, ends_on: date, reason: str, by: Membership, now: datetime) -> Agreement:
    """End an agreement in force; its figures up to that day stay.

    An end later than the agreed one needs a new version, which both sides accept. Refuses with NotInForce,
    EndsTooEarly, EndsTooLate and MonthsClosed.
    """
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.state != AgreementState.IN_FORCE:
        raise NotInForce(agreement=str(held))
    if ends_on <= held.starts_on:
        raise EndsTooEarly(starts_on=day_year(held.starts_on))
    if held.ends_on is not None and ends_on > held.ends_on:
        raise EndsTooLate(ends_on=day_year(held.ends_on))
    _refuse_closed_months(held, ends_on)
    held.state, held.ends_on = AgreementState.TERMINATED, ends_on
    held.save(update_fields=["state", "ends_on"])
    _recount([held], ends_on, now)
    _record("agreement.ended", held, by, now, on=ends_on.isoformat(), reason=reason)
    return held


def change_draft(*, agreement: Agreement) -> Agreement:
    """The draft, held for a change; acceptances of the old text fall away. Refuses with AgreementNotDraft."""
    draft = _locked_draft(agreement)
    draft.acceptances.all().delete()
    return draft


def _locked_draft(agreement: Agreement) -> Agreement:
    held = Agreement.objects.select_for_update(of=("self",)).select_related("customer", "provider").get(pk=agreement.pk)
    if held.state != AgreementState.DRAFT:
        raise AgreementNotDraft(agreement=str(held))
    return held


def _started_versions(slug: str) -> models.QuerySet[Agreement]:
    """The versions that were put in force, held, the newest first: each began after the one before."""
    return (
        Agreement.objects.select_for_update()
        .filter(slug=slug)
        .exclude(state=AgreementState.DRAFT)
        .order_by("-starts_on")
    )


def _give_way(version: Agreement, on: date) -> None:
    """It ends on that day at the latest; an earlier agreed end stays, so that no time is promised afterwards."""
    version.ends_on = min(version.ends_on or on, on)
    if version.state == AgreementState.IN_FORCE:
        version.state = AgreementState.SUPERSEDED
    version.save(update_fields=["state", "ends_on"])


def _write(agreement: Agreement, details: AgreementDetails) -> None:
    agreement.name, agreement.kind = details.name, details.kind
    agreement.customer, agreement.provider = details.customer, details.provider
    agreement.underpins, agreement.time_zone = details.underpins, details.time_zone
    agreement.starts_on, agreement.ends_on = details.starts_on, details.ends_on
    agreement.answer_working_days = details.answer_working_days
    agreement.save()


def _copy(row: Row, **changes: object) -> Row:
    """The same row once more, with what differs."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def _refuse_closed_months(agreement: Agreement, on: date) -> None:
    """Figures that are closed were judged by the promises of their day."""
    unit = agreement.customer.business_unit
    closed = MonthClose.objects.filter(business_unit=unit, month__gte=on.replace(day=1)).order_by("-month").first()
    if unit is not None and closed is not None:
        raise MonthsClosed(month=month_year(closed.month), first_on=day_year(add_months(closed.month, 1)))


def _recount(agreements: Sequence[Agreement], on: date, now: datetime) -> None:
    """Queue what the change touches, and drop open figures of time in which a version is no longer promised."""
    for agreement in agreements:
        targets = list(agreement.targets.values_list("pk", flat=True))
        start = moment(midnight(on, zone_of(agreement.time_zone)))
        if agreement.ends_on is not None:
            beyond = Attainment.objects.filter(target_id__in=targets, period_start__gte=agreement.ends_on)
            beyond.filter(closed_at__isnull=True).delete()
        mark_targets_dirty(target_ids=targets, from_=start - SECOND, until=max(now, start), now=now)


def _record(act: str, agreement: Agreement, by: Membership, now: datetime, **told: str) -> None:
    which = {"slug": agreement.slug, "version": agreement.version}
    record(act=act, actor_id=by.user_id, at=now, subject=str(agreement), **which, **told)
