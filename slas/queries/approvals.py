"""Pauses of cases that somebody approved, and whether one that is sent again is still the approved one."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime

from slas.models import CasePause
from slas.queries.rows import PauseRow

COLUMNS = [field.name for field in fields(PauseRow)]
# The measure, the case, and where the pause stands in its ledger.
Place = tuple[int, str, datetime, str]


def approved_pauses(*, measure_ids: Iterable[int]) -> dict[Place, PauseRow]:
    """The pauses that were approved, each as it was then."""
    rows = CasePause.objects.filter(measure_id__in=measure_ids).exclude(approved_by="")
    found = rows.values_list("measure_id", "case_key", *COLUMNS)
    pauses = ((measure_id, key, PauseRow(*values)) for measure_id, key, *values in found)
    return {(measure_id, key, *pause.place): pause for measure_id, key, pause in pauses}


def as_approved(measure_id: int, key: str, pause: PauseRow, approved: Mapping[Place, PauseRow]) -> PauseRow:
    """The pause with who approved it; with nobody where another end, party, note or entry was approved."""
    held = approved.get((measure_id, key, *pause.place))
    sent = replace(pause, approved_by="")
    return held if held is not None and replace(held, approved_by="") == sent else sent
