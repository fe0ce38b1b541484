"""An agreement as OpenSLO objects, version 1: its promises that are shares, their services, measures and sources.

What OpenSLO has no word for stands in annotations of our own, and above each object is said which; what cannot be
written at all is said at the head of the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import yaml
from django.utils.text import slugify

from catalog.models import Service
from slas.models import Agreement, FactKind, Measure, PeriodKind, ServiceLevelTarget, TargetKind
from slas.queries.openslo_words import COUNTED, EXPRESSED, OURS, PLAIN, SOURCE_TYPE, VERSION, WINDOWS

WIDTH = 110
MOST_NAME = 63
Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A promise and what differs from the usual in the columns of its row in a table of promises."""

    target: ServiceLevelTarget
    cells: Mapping[str, str]


@dataclass
class _Sources:
    """Data sources by their words, each with a name of its own."""

    names: dict[str, str] = field(default_factory=dict)

    def name_of(self, words: str) -> str:
        if words not in self.names:
            base = slugify(words)[: MOST_NAME - 4].strip("-") or "source"
            taken = set(self.names.values())
            numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
            self.names[words] = base if base not in taken else next(each for each in numbered if each not in taken)
        return self.names[words]


def openslo_text(*, agreement: Agreement, promises: Sequence[Written], unsaid: Iterable[str]) -> str:
    """The file; the same agreement gives the same text. `unsaid` are its parts that are no promises."""
    kept = [each for each in promises if not why_not(each.target)]
    targets = [each.target for each in kept]
    services = {target.service.slug: target.service for target in targets if target.service}
    measures = {target.measure.slug: target.measure for target in targets}
    sources = _Sources()
    for slug in sorted(measures):
        sources.name_of(measures[slug].source)
    objects: list[tuple[list[str], Object]] = [
        *(([], _source(words, name)) for words, name in sources.names.items()),
        *(([], _service(services[slug])) for slug in sorted(services)),
        *((_only_ours(each), each) for slug in sorted(measures) for each in [_indicator(measures[slug], sources)]),
        *((_only_ours(each), each) for written in kept for each in [_objective(agreement, written)]),
    ]
    head = _comments(_head(agreement, promises, unsaid))
    return head + "".join(f"---\n{_comments(said)}{_yaml(each)}" for said, each in objects)


def why_not(target: ServiceLevelTarget) -> str:
    """Why a promise cannot be an SLO; empty where it can."""
    if target.is_trial:
        return "it is a trial, and an SLO has a target"
    if target.threshold is None:
        return "a number is promised, and an SLO promises a share"
    if target.threshold >= 100:
        return "all of it is promised, and the target of an SLO is less than 100 %"
    return ""


def _head(agreement: Agreement, promises: Sequence[Written], unsaid: Iterable[str]) -> Iterator[str]:
    yield f"{agreement.get_kind_display()} “{agreement.name}”, written by Parley."
    yield f"Fields that only Parley reads stand in annotations that begin with {OURS}"
    yield "Not expressed in OpenSLO: the state of the agreement and who accepted it; its end, notice, renewal, reviews;"
    yield "days for an answer; what it covers; credits; what the customer does; documents; unclear words that both"
    yield "sides keep; what stands under a promise."
    for written in promises:
        reason = why_not(written.target)
        if reason:
            yield f"Not expressed: the promise “{written.target.name}”, because {reason}."
    for part in unsaid:
        yield f"Not expressed: {part}."


def _objective(agreement: Agreement, written: Written) -> Object:
    target = written.target
    goal: Object = {}
    if target.kind == TargetKind.READINGS and target.reading_limit is not None:
        goal = {"op": "gte" if target.is_least else "lte", "value": _number(target.reading_limit)}
    ours = {name: value for name, value in written.cells.items() if name not in EXPRESSED}
    if target.kind in PLAIN:
        ours.pop("kind", None)
    if target.period_kind != PeriodKind.MONTH:
        ours.pop("period_start_month", None)
    ours |= {"agreement": agreement.name, "customer": agreement.customer.name, "provider": agreement.provider.name}
    ours["in_force_from"] = agreement.starts_on.isoformat()
    spec = {
        "description": target.sentence,
        **({"service": target.service.slug} if target.service else {}),
        "indicatorRef": target.measure.slug,
        "timeWindow": [_window(agreement, target)],
        "budgetingMethod": "Occurrences",
        "objectives": [goal | {"targetPercent": _number(target.threshold)}],
    }
    return _object("SLO", target.slug, target.name, spec, ours)


def _window(agreement: Agreement, target: ServiceLevelTarget) -> Object:
    month = 1 if target.period_kind == PeriodKind.MONTH else target.period_start_month
    start = datetime.combine(date(agreement.starts_on.year, month, 1), time())
    calendar = {"startTime": start, "timeZone": agreement.time_zone}
    return {"duration": WINDOWS[PeriodKind(target.period_kind)], "isRolling": False, "calendar": calendar}


def _indicator(measure: Measure, sources: _Sources) -> Object:
    def metric(counted: str) -> Object:
        told = {"measure": measure.slug, "counted": counted}
        ref = sources.name_of(measure.source)
        return {"metricSource": {"metricSourceRef": ref, "type": SOURCE_TYPE, "spec": told}}

    if measure.fact_kind == FactKind.READINGS:
        counted: Object = {"thresholdMetric": metric(measure.unit_words or "readings")}
    else:
        good, total = COUNTED[FactKind(measure.fact_kind)]
        counted = {"ratioMetric": {"counter": False, "good": metric(good), "total": metric(total)}}
    since, silence = measure.starts_on, measure.max_gap_seconds
    ours = {
        "facts": measure.fact_kind,
        "decider": measure.decider,
        "unit": measure.unit_words,
        "notes": measure.notes,
        "measured_since": since.isoformat() if since else "",
        "longest_silence_seconds": "" if silence is None else str(silence),
    }
    return _object("SLI", measure.slug, measure.name, {"description": measure.what, **counted}, ours)


def _service(service: Service) -> Object:
    spec = {"description": service.description[:1050]}
    return _object("Service", service.slug, service.name, spec, {"class": service.service_class})


def _source(words: str, name: str) -> Object:
    return _object("DataSource", name, words, {"type": SOURCE_TYPE, "connectionDetails": {}}, {})


def _object(kind: str, name: str, title: str, spec: Object, ours: Mapping[str, str]) -> Object:
    annotations = {f"{OURS}{key}": str(ours[key]) for key in sorted(ours) if ours[key]}
    meta: Object = {"name": name, "displayName": title}
    return {
        "apiVersion": VERSION,
        "kind": kind,
        "metadata": meta | ({"annotations": annotations} if annotations else {}),
        "spec": spec,
    }


def _only_ours(each: Object) -> list[str]:
    names = [name.removeprefix(OURS) for name in each["metadata"].get("annotations", ())]
    return [f"{each['kind']} “{each['metadata']['name']}”: only Parley reads {', '.join(names)}."] if names else []


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _comments(lines: Iterator[str] | list[str]) -> str:
    """Lines that nothing in a name can break."""
    return "".join(f"# {''.join(each if each.isprintable() else ' ' for each in line)}\n" for line in lines)


def _yaml(each: Object) -> str:
    return yaml.safe_dump(each, sort_keys=False, allow_unicode=True, width=WIDTH)
