"""Stored figures are counted a second time, and a contradiction is kept where administrators and auditors look."""

import logging
from datetime import datetime

from django.db import transaction

from portal.audit.actions import record
from slas.calculation.periods import Period
from slas.queries.cross_checks import FIGURES_AT_ONCE, CrossCheck, Place, cross_check

logger = logging.getLogger(__name__)


@transaction.atomic
def cross_check_figures(
    *, now: datetime, month: Period | None = None, after: Place | None = None, limit: int = FIGURES_AT_ONCE
) -> CrossCheck:
    """Hold a portion of stored availability against the second calculation, the newest periods first.

    Each contradiction is an entry of the audit log.
    """
    checked = cross_check(now=now, month=month, after=after, limit=limit)
    for each in checked.contradictions:
        logger.error("a second calculation contradicts a stored figure: %s", each)
        subject = f"{each.promise}, {each.period}"
        record(act="figure.contradicted", actor_id=None, at=now, subject=subject, seconds=list(each.seconds))
    return checked
