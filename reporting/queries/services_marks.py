"""How the promises about services did in a month, one mark for each service."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from portal.accounts.models import Membership
from portal.language.phrases import LETTERS
from reporting.queries.services_months import YEAR, Mark, list_disputed, summarise
from slas.calculation.periods import add_months
from slas.calculation.status import Status
from slas.models import AgreementKind, PeriodKind
from slas.queries.attainments import visible_attainments

# Of each promise, by its address: the last period, of the newest version, as it was counted or issued last.
ADDRESS = ("target__agreement__slug", "target__slug")
LAST = ("-period_end", "-target__agreement__version", "-target_id", "-period_start", "-revision")


def list_marks(*, reader: Membership, month: date | None) -> dict[int, Mark]:
    """By service: how its promises to the reader did in that month; a quarter or a year counts until the next ends."""
    if month is None:
        return {}
    end = add_months(month, 1)
    monthly = Q(target__period_kind=PeriodKind.MONTH, period_end=end)
    longer = ~Q(target__period_kind=PeriodKind.MONTH) & Q(period_end__gt=add_months(end, -YEAR), period_end__lte=end)
    rows = (
        visible_attainments(reader=reader)
        .filter(monthly | longer, target__service__isnull=False, target__agreement__kind=AgreementKind.SLA)
        .order_by(*ADDRESS, *LAST)
        .distinct(*ADDRESS)
        .values_list("target__service_id", "target_id", "period_start", "status")
    )
    disputed = list_disputed()
    letters: dict[int, list[str]] = defaultdict(list)
    for service_id, target_id, start, status in rows:
        shown = Status.DISPUTED.value if (target_id, start) in disputed else status
        letters[service_id].append(LETTERS[shown])
    return {service_id: summarise(found) for service_id, found in letters.items()}
