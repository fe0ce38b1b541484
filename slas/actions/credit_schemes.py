"""What is agreed about credits is written into a draft."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.agreements import change_draft
from slas.errors.credits import BandedTwice
from slas.models import Agreement, CreditBand, CreditScheme, ServiceLevelTarget


@dataclass(frozen=True, slots=True)
class SchemeDetails:
    """In what credits are written, of which fee, with which caps, and who approves them."""

    name: str
    basis: str
    fee: Decimal | None
    currency: str
    month_cap: Decimal | None
    year_cap: Decimal | None
    several: str
    earn_back_months: int | None
    excludes_unmet: bool
    approver_role: str


@dataclass(frozen=True, slots=True)
class BandDetails:
    """One band of one promise; without `high` a band of numbers has no end."""

    target: ServiceLevelTarget
    low: Decimal
    high: Decimal | None
    credit: Decimal


@transaction.atomic
def save_scheme(
    *,
    agreement: Agreement,
    scheme: CreditScheme | None,
    details: SchemeDetails,
    bands: Sequence[BandDetails],
    by: Membership,
    now: datetime,
) -> CreditScheme:
    """Write a new or changed scheme with all of its bands into a draft.

    Refuses with AgreementOnOffer and AgreementNotDraft, and with BandedTwice a promise that another scheme has.
    """
    draft = change_draft(agreement=agreement)
    held = scheme or CreditScheme(agreement=draft, slug=find_free_slug(model=CreditScheme, name=details.name))
    for name, value in asdict(details).items():
        setattr(held, name, value)
    held.save()
    held.bands.all().delete()
    for band in bands:
        other = CreditBand.objects.filter(target=band.target).exclude(scheme=held).select_related("scheme").first()
        if other is not None:
            raise BandedTwice(promise=band.target.name, scheme=other.scheme.name)
    CreditBand.objects.bulk_create(
        CreditBand(scheme=held, target=band.target, low=band.low, high=band.high, credit=band.credit) for band in bands
    )
    record(act="credit.agreed", actor_id=by.user_id, at=now, subject=held.name, agreement=draft.slug)
    return held


@transaction.atomic
def remove_scheme(*, scheme: CreditScheme, by: Membership, now: datetime) -> None:
    """Take a scheme out of its draft. Refuses with AgreementOnOffer and AgreementNotDraft."""
    change_draft(agreement=scheme.agreement)
    record(act="credit.removed", actor_id=by.user_id, at=now, subject=scheme.name, agreement=scheme.agreement.slug)
    scheme.delete()
