"""The history of an Upptime status page becomes two measures for each service: its checks and its outages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from django.db import transaction

from catalog.models import Service
from portal.accounts.models import Membership
from slas.actions.batches import Arrival, count_rows
from slas.actions.facts import Applied
from slas.actions.measures import Told, keep_measure
from slas.calculation.checks import State
from slas.importers.upptime import ServiceCheck, ServiceOutage, by_service
from slas.models import FactKind, Measure, Origin
from slas.queries.rows import COVERED, GAPS, CheckRow, CoveredRow, GapRow, OutageRow

STATES = {State.UP: 0, State.DEGRADED: 1, State.DOWN: 2}


@dataclass(frozen=True)
class History:
    """A page's history: its checks and outages, who decides about them, and when it fell silent.

    A silence longer than `longest_silence` is time without data; `silent_until` says that nothing is known from the
    last check until then.
    """

    checks: Sequence[ServiceCheck]
    outages: Sequence[ServiceOutage]
    decider: str
    file_name: str = ""
    longest_silence: timedelta = timedelta(days=2)
    silent_until: datetime | None = None


@dataclass(frozen=True)
class UptimeMeasures:
    """The two measures of one monitored service, and what became of its facts."""

    key: str
    name: str
    checks: Measure
    outages: Measure
    applied_checks: Applied
    applied_outages: Applied


@transaction.atomic
def import_upptime(
    *,
    history: History,
    now: datetime,
    services: Mapping[str, Service] | None = None,
    only: Sequence[str] = (),
    by: Membership | None = None,
) -> list[UptimeMeasures]:
    """Keep measures `<key>-checks` and `<key>-outages` of each monitored service, or of `only` these; can run again.

    `services` says to which service of the catalogue a monitored key belongs. An outage of no time is none.
    """
    outages = by_service(history.outages)
    return [
        _import_one(history, key, seen, outages.get(key, ()), (services or {}).get(key), now, by)
        for key, seen in _checks_by_key(history.checks, only).items()
    ]


def _import_one(
    history: History,
    key: str,
    seen: Sequence[ServiceCheck],
    down: Iterable[ServiceOutage],
    service: Service | None,
    now: datetime,
    by: Membership | None,
) -> UptimeMeasures:
    name = seen[-1].service_name or key
    checks, outages = _keep_measures(history, key, name, seen, service, Told(by, now, "Imported again"))
    arrival = Arrival(Origin.IMPORTED, by, history.file_name)
    looked = [_check(each) for each in seen]
    _, applied_checks = count_rows(measure=checks, fact="checks", rows=looked, arrival=arrival, now=now)
    rows = [_outage(each) for each in down if each.end is None or each.end > each.start]
    _, applied_outages = count_rows(measure=outages, fact="outages", rows=rows, arrival=arrival, now=now)
    complete = CoveredRow(_at(seen[0].check.at), _at(seen[-1].check.at), "From the first check of the page to its last")
    if complete.started_at < complete.ended_at:
        count_rows(measure=outages, fact=COVERED, rows=[complete], arrival=arrival, now=now)
    silences = list(_silences(history, seen))
    if silences:
        count_rows(measure=outages, fact=GAPS, rows=silences, arrival=arrival, now=now)
    return UptimeMeasures(key, name, checks, outages, applied_checks, applied_outages)


def _keep_measures(
    history: History, key: str, name: str, seen: Sequence[ServiceCheck], service: Service | None, told: Told
) -> tuple[Measure, Measure]:
    silence = int(history.longest_silence.total_seconds())
    shared = {
        "source": f"Upptime status page, published history{f' ({history.file_name})' if history.file_name else ''}",
        "decider": history.decider,
        "service": service,
        "starts_on": _at(seen[0].check.at).date(),
    }
    checks = keep_measure(
        slug=f"{key}-checks",
        name=f"{name}: checks",
        fact_kind=FactKind.CHECKS,
        what="Whether it answered, from outside, at each check that the page kept.",
        max_gap_seconds=silence,
        notes="The page keeps each change and samples between them: a check speaks until the next one.",
        told=told,
        **shared,
    )
    outages = keep_measure(
        slug=f"{key}-outages",
        name=f"{name}: outages",
        fact_kind=FactKind.OUTAGES,
        what="Times in which it did not answer from outside.",
        notes=(
            "An outage runs from the first check that found it down to the next one that did not. "
            f"Nothing is known of silences longer than {silence // 3600} hours."
        ),
        told=told,
        **shared,
    )
    return checks, outages


def _checks_by_key(checks: Iterable[ServiceCheck], only: Sequence[str]) -> dict[str, list[ServiceCheck]]:
    found: dict[str, list[ServiceCheck]] = {}
    for each in sorted(checks, key=lambda each: (each.service, each.check.at)):
        if not only or each.service in only:
            found.setdefault(each.service, []).append(each)
    return found


def _check(each: ServiceCheck) -> CheckRow:
    response = float(each.response_ms) if each.response_ms is not None else None
    return CheckRow(_at(each.check.at), STATES[each.check.state], response)


def _outage(each: ServiceOutage) -> OutageRow:
    return OutageRow(_at(each.start), None if each.end is None else _at(each.end))


def _silences(history: History, seen: Sequence[ServiceCheck]) -> Iterator[GapRow]:
    times = [_at(each.check.at) for each in seen]
    for before, after in pairwise(times):
        if after - before > history.longest_silence:
            yield GapRow(before + history.longest_silence, after, "The page kept no check")
    if history.silent_until is not None and history.silent_until > times[-1]:
        yield GapRow(times[-1], history.silent_until, "The history ends here")


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
