"""Published service standards become measures of counted volumes, one for each standard of a service."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalog.models import Service
from portal.accounts.models import Membership
from slas.actions.batches import Arrival, Brought, count_all
from slas.actions.measures import Told, keep_measures
from slas.importers.service_standards import ServiceStandard
from slas.models import FactKind, Measure, Origin
from slas.queries.rows import VolumeRow

SOURCE = "Published service standards (Open Government Licence - Canada)"
MEASURED = {
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
    standards = list(standards)
    wanted = _wanted(standards, services)
    measures = keep_measures(wanted=wanted, told=Told(by, now, "Imported again"))
    kept = [_kept(each, measures[slug_of(each)]) for each in standards]
    rows: dict[str, list[ServiceStandard]] = defaultdict(list)
    for each in standards:
        if each.total is not None:
            rows[slug_of(each)].append(each)
    brought = [Brought(measures[slug], _volumes(some), _odd(some)) for slug, some in rows.items()]
    count_all(fact="volumes", brought=brought, arrival=Arrival(Origin.IMPORTED, by, file_name), now=now)
    return kept


def _wanted(standards: Iterable[ServiceStandard], services: Mapping[str, Service]) -> dict[str, dict[str, Any]]:
    """The measures by address: the words of a standard's latest year, measured since its first."""
    wanted: dict[str, dict[str, Any]] = {}
    for each in sorted(standards, key=lambda each: first_day(each.fiscal_year)):
        slug, fields = slug_of(each), _fields(each, services.get(each.service_id))
        since = wanted.get(slug, fields)["starts_on"]
        wanted[slug] = fields | {"starts_on": since}
    return wanted


def _volumes(standards: Iterable[ServiceStandard]) -> list[VolumeRow]:
    """One row for each fiscal year of a standard."""
    return [VolumeRow(first_day(each.fiscal_year), each.total or 0, each.met) for each in standards]


def _fields(standard: ServiceStandard, service: Service | None) -> dict[str, Any]:
    return {
        "name": _cut(standard.sentence, 200),
        "fact_kind": FactKind.VOLUMES,
        "what": f"{MEASURED.get(standard.kind, MEASURED['OTH'])} {_cut(standard.sentence, 800)}",
        "source": SOURCE,
        "decider": _cut(standard.owner_title.split(" | ")[0] or standard.owner, 200),
        "unit_words": "units of work",
        "service": service,
        "starts_on": first_day(standard.fiscal_year),
        "notes": _cut(standard.comments, 1000),
    }


def _kept(standard: ServiceStandard, measure: Measure) -> StandardMeasure:
    threshold = standard.target * 100 if standard.target else None
    return StandardMeasure(standard, measure, threshold, first_day(standard.fiscal_year), standard.total is not None)


def _odd(standards: Iterable[ServiceStandard]) -> dict[str, Any]:
    warnings = [
        {
            "row": row,
            "field": "met",
            "what": f"{each.met} in their standard of {each.total} counted",
            "to_do": "It is kept as it was published.",
        }
        for row, each in enumerate(standards, start=1)
        if each.has_more_met_than_counted
    ]
    return {"warnings": warnings} if warnings else {}


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


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
