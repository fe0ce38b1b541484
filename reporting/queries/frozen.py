"""What of an issued edition never changes, read and checked once in a process: the database lets nobody alter it.

Nothing here depends on who reads or when. Who may read is decided before, where the edition itself is fetched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from reporting.models import Edition, Figure
from reporting.queries.page_parts import ReviewPage, from_json
from slas.models import TargetKind

KEPT = 64  # pages, of about a megabyte each where forty promises are shown


@dataclass(frozen=True, slots=True)
class FrozenEdition:
    """The page as it was issued, the numbers of its figures by anchor, and the promises that count time."""

    page: ReviewPage
    links: Mapping[str, int]
    timed: frozenset[str]


def frozen_edition(*, edition: Edition) -> FrozenEdition:
    """The frozen part of an edition that was fetched for its reader."""
    return _read(edition.tenant_id, edition.pk, edition.verify_code)


@lru_cache(maxsize=KEPT)
def _read(tenant_id: int, edition_id: int, verify_code: str) -> FrozenEdition:
    """By tenant, number, and the code that no other edition of any database has; read within the tenant's scope."""
    [page] = Edition.objects.filter(tenant_id=tenant_id, verify_code=verify_code).values_list("page", flat=True)
    figures = Figure.objects.filter(edition=edition_id).order_by("pk")
    known = list(figures.values_list("anchor", "pk", "target__kind"))
    return FrozenEdition(
        page=from_json(ReviewPage, page),
        links={anchor: pk for anchor, pk, _kind in known},
        timed=frozenset(anchor.partition(".")[0] for anchor, _pk, kind in known if kind == TargetKind.AVAILABILITY),
    )
