"""How likely a service is to disappoint: from the promises about it that were missed in the last six months."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Count, Exists, OuterRef, Q

from portal.accounts.models import Membership
from portal.language.numbers import counted, of
from reporting.models import Dispute
from slas.calculation.periods import add_months
from slas.models import AgreementKind
from slas.queries.attainments import held_attainments

LAST = 6  # months
ONE_IN = 6  # more misses than one in so many figures are a high risk
JUDGED = ("kept", "close", "missed")


class Risk(Enum):
    """Three depths of one hue, and not known."""

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"
    UNKNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class RiskLine:
    """The risk of a service and what it was told from."""

    risk: Risk
    words: str

    @property
    def depth(self) -> str:
        """What the drawing calls it."""
        return self.risk.name.lower()


NOT_KNOWN = RiskLine(Risk.UNKNOWN, "No promise was judged in six months")


def risk_of(*, missed: int, judged: int) -> Risk:
    """None missed is low, up to one in six is medium, more is high; without a figure it is not known."""
    if not judged:
        return Risk.UNKNOWN
    if not missed:
        return Risk.LOW
    return Risk.HIGH if missed * ONE_IN > judged else Risk.MEDIUM


def list_risks(*, reader: Membership, service_ids: Collection[int], today: date) -> dict[int, RiskLine]:
    """The risk of these services, from the figures that the reader gets; one that is disputed counts in neither."""
    end = today.replace(day=1)
    disputed = Dispute.objects.filter(
        settled_at__isnull=True,
        figure__target=OuterRef("target"),
        figure__attainment__period_start=OuterRef("period_start"),
    )
    rows = held_attainments(reader=reader).filter(
        ~Exists(disputed),
        target__service_id__in=service_ids,
        target__agreement__kind=AgreementKind.SLA,
        period_end__gt=add_months(end, -LAST),
        period_end__lte=end,
        status__in=JUDGED,
    )
    missed = Count("pk", filter=Q(status="missed"))
    counts = rows.order_by().values_list("target__service_id").annotate(judged=Count("pk"), missed=missed)
    return {service: _line(misses, judged) for service, judged, misses in counts}


def _line(missed: int, judged: int) -> RiskLine:
    words = f"{of(missed, judged)} figures missed" if missed else f"None of {counted(judged, 'figures')} missed"
    return RiskLine(risk_of(missed=missed, judged=judged), words)
