"""A scheme of credits as one clause that is negotiated: its terms and all of its bands, written or proposed."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from slas.models import Agreement, CreditBand, CreditScheme, ServiceLevelTarget
from slas.queries.agreement_text import CREDIT
from slas.queries.credits import list_bands

BOUNDS = ("low", "high", "credit")


@dataclass(frozen=True, slots=True)
class Credits:
    """What some missed promises of a version are worth: it is negotiated as one clause."""

    agreement: Agreement
    scheme: CreditScheme
    bands: tuple[CreditBand, ...]


def get_credits(*, agreement: Agreement, slug: str) -> Credits:
    """The scheme of that address with its bands. Raises CreditScheme.DoesNotExist."""
    scheme = agreement.credit_schemes.prefetch_related("bands__target").get(slug=slug)
    return Credits(agreement, scheme, list_bands(scheme=scheme))


def begin_credits(*, agreement: Agreement, slug: str = "") -> Credits:
    """A scheme that is not written yet."""
    return Credits(agreement, CreditScheme(agreement=agreement, slug=slug, currency=agreement.tenant.currency), ())


def credit_terms(row: Credits) -> dict[str, Any]:
    """The terms and bands as they are kept in a proposal; promises are named by their address."""
    bands = sorted(row.bands, key=lambda band: (band.target.slug, band.low))
    fields = [field for field in CreditScheme._meta.concrete_fields if field.attname in CREDIT]
    terms = {field.attname: _plain(field.to_python(getattr(row.scheme, field.attname))) for field in fields}
    return terms | {"bands": [[band.target.slug, *(_plain(getattr(band, name)) for name in BOUNDS)] for band in bands]}


def with_terms(row: Credits, values: Mapping[str, Any]) -> Credits:
    """The scheme as it would be with other terms and bands, not written.

    Raises ServiceLevelTarget.DoesNotExist when one of its promises is not there any more.
    """
    scheme = copy(row.scheme)
    for field in CreditScheme._meta.concrete_fields:
        if field.attname in CREDIT and field.attname in values:
            setattr(scheme, field.attname, field.to_python(values[field.attname]))
    written = values.get("bands", credit_terms(row)["bands"])
    targets = {target.slug: target for target in row.agreement.targets.all()} if written else {}
    bands = []
    for slug, *bounds in written:
        if slug not in targets:
            raise ServiceLevelTarget.DoesNotExist(f"“{row.agreement}” holds no promise “{slug}”.")
        exact = (None if value is None else Decimal(value) for value in bounds)
        bands.append(CreditBand(scheme=scheme, target=targets[slug], **dict(zip(BOUNDS, exact, strict=True))))
    return Credits(row.agreement, scheme, tuple(bands))


def _plain(value: Any) -> Any:
    """Numbers as people write them, so that 5 and 5.00 are one."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"{Decimal(value).normalize() + 0:f}"
    return value
