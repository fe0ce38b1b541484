"""Published service standards become measures of counted volumes, one for each standard of a service."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from catalog.models import Service
from portal.accounts.models import Membership
from slas.actions.batches import Arrival, count_rows
from slas.actions.measures import keep_measure
from slas.actions.rows import VolumeRow
from slas.importers.service_standards import ServiceStandard
from slas.models import FactKind, Measure

SOURCE = "Published service standards (Open Government Licence - Canada)"
KINDS = {"TML": "timeliness", "ACS": "access", "ACY": "accuracy", "OTH": "other"}
MEASURED_BY_KIND = {
    "TML": "Units of work done within the time of the standard.",
    "ACS": "Units of work that could be reached as the standard says.",
    "ACY": "Units of work that were right as the standard says.",
    "OTH": "Units of work that met the standard.",
}


class UnknownFiscalYear(ValueError):
    """A fiscal year that is not written as two years in a row."""


@dataclass(frozen=True)
class StandardMeasure:
    """A standard with its measure, and what an agreement needs to promise it.

    `threshold` is in percent, None where no target was published; the promise is judged over the year from `starts_on`.
    """

    standard: ServiceStandard
    measure: Measure
    threshold: Decimal | None
    starts_on: date
    has_facts: bool


@transaction.atomic
def import_standards(
    *,
    standards: Iterable[ServiceStandard],
    services: Mapping[str, Service],
    now: datetime,
    file_name: str = "",
    by: Membership | None = None,
) -> list[StandardMeasure]:
    """Keep one measure and the published volume of each standard; can run again.

    `services` gives the service of the catalogue by the published service id. More met than counted is kept as it was
    published, with a warning in its batch. A standard without a published volume gets its measure and no fact.
    """
    arrival = Arrival("imported", by, file_name)
    return [_import_one(each, services.get(each.service_id), arrival, now) for each in standards]


def _import_one(standard: ServiceStandard, service: Service | None, arrival: Arrival, now: datetime) -> StandardMeasure:
    starts_on = first_day(standard.fiscal_year)
    measure = keep_measure(
        slug=slug_of(standard),
        name=_cut(standard.sentence, 200),
        fact_kind=FactKind.VOLUMES,
        what=f"{MEASURED_BY_KIND.get(standard.kind, MEASURED_BY_KIND['OTH'])} {_cut(standard.sentence, 800)}",
        source=SOURCE,
        decider=_cut(standard.owner_title.split(" | ")[0] or standard.owner, 200),
        unit_words="units of work",
        service=service,
        starts_on=starts_on,
        notes=_cut(standard.comments, 1000),
    )
    rows = _volumes(standard, starts_on)
    if rows:
        count_rows(
            measure=measure,
            fact="volumes",
            rows=rows,
            arrival=arrival,
            now=now,
            outcome={"warnings": _warnings(standard)},
        )
    threshold = standard.target * 100 if standard.target else None
    return StandardMeasure(standard, measure, threshold, starts_on, bool(rows))


def first_day(fiscal_year: str) -> date:
    """The first of April of a fiscal year such as 2023-2024. Raises UnknownFiscalYear."""
    match = re.fullmatch(r"(\d{4})-(\d{4})", fiscal_year)
    if match is None or int(match[2]) != int(match[1]) + 1:
        raise UnknownFiscalYear(f"“{fiscal_year}” is not a fiscal year such as 2023-2024")
    return date(int(match[1]), 4, 1)


def slug_of(standard: ServiceStandard) -> str:
    """The address of a standard's measure; standards are numbered within their service."""
    parts = f"standard-{standard.service_id}-{standard.standard_id}".lower()
    return re.sub(r"[^a-z0-9]+", "-", parts).strip("-")


def _volumes(standard: ServiceStandard, starts_on: date) -> Sequence[VolumeRow]:
    return [] if standard.total is None else [VolumeRow(starts_on, standard.total, standard.met)]


def _warnings(standard: ServiceStandard) -> list[dict[str, str]]:
    if not standard.has_more_met_than_counted:
        return []
    what = f"{standard.met} in their standard of {standard.total} counted"
    return [{"field": "met", "what": what, "to_do": "It is kept as it was published."}]


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
