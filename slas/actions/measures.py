"""Measures: what is counted, from which source, and who decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field

from catalog.queries.slugs import find_free_slug
from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.actions.attainments import mark_targets_dirty
from slas.calculation.local_time import midnight, zone_of
from slas.errors import CountingReasonMissing, KindIsFixed, UnusableMeasure
from slas.models import FALL_SILENT, FactBatch, Measure, ServiceLevelTarget
from slas.queries.evidence import moment
from slas.queries.targets import judged_targets, promised_dates


@dataclass(frozen=True)
class Told:
    """Who changes a measure, when, and why."""

    by: Membership | None
    now: datetime
    reason: str = ""


@transaction.atomic
def create_measure(*, name: str, **fields: Any) -> Measure:
    """A new measure, at an address made from its name."""
    return Measure.objects.create(slug=find_free_slug(model=Measure, name=name), name=name, **fields)


@transaction.atomic
def change_measure(*, measure: Measure, told: Told, **fields: Any) -> Measure:
    """Say anew what is counted. What changes how it is counted recomputes the figures that it touches.

    Open figures are replaced; a closed one gets a revision that waits to be issued. The kind of facts stays once facts
    were brought: refuses with KindIsFixed. Refuses with CountingReasonMissing another way of counting under a promise
    that is judged, unless there is a reason.
    """
    held = Measure.objects.select_for_update(no_key=True).get(pk=measure.pk)
    kind = fields.get("fact_kind", held.fact_kind)
    if kind != held.fact_kind and FactBatch.objects.filter(measure=held).exists():
        raise KindIsFixed(measure=held.name)
    before = _counting(held)
    for name, value in fields.items():
        setattr(measure, name, value)
    measure.save()
    after = _counting(measure)
    targets = list(judged_targets().filter(measure=measure))
    if before != after:
        if targets and not told.reason.strip():
            raise CountingReasonMissing
        _count_anew(targets, before, after, told.now)
    _record(held, measure, told)
    return measure


def _counting(measure: Measure) -> dict[str, Any]:
    """What of a measure changes figures, not only words; only checks and readings fall silent."""
    silence = measure.max_gap_seconds if measure.fact_kind in FALL_SILENT else None
    return {"starts_on": measure.starts_on, "max_gap_seconds": silence}


def _count_anew(
    targets: list[ServiceLevelTarget], before: Mapping[str, Any], after: Mapping[str, Any], now: datetime
) -> None:
    """Queue the periods that another beginning or another longest silence touches."""
    for target in targets:
        promised, _ = promised_dates(target)
        dates = [before["starts_on"] or promised, after["starts_on"] or promised]
        is_silence = before["max_gap_seconds"] != after["max_gap_seconds"]
        zone = zone_of(target.agreement.time_zone)
        until = now if is_silence else min(now, moment(midnight(max(dates), zone)))
        first = min([promised, *dates]) if is_silence else min(dates)
        from_ = moment(midnight(max(first, promised), zone))
        if from_ < until:
            mark_targets_dirty(target_ids=[target.pk], from_=from_, until=until, now=now)


def _record(held: Measure, measure: Measure, told: Told) -> None:
    """What a figure can differ by since is kept with both values, so that only this explains it."""
    before, after = (_counting(each) | {"unit_words": each.unit_words} for each in (held, measure))
    changed = {name: [_plain(before[name]), _plain(after[name])] for name in before if before[name] != after[name]}
    act = "measure.recounted" if _counting(held) != _counting(measure) else "measure.edited"
    detail = {"slug": measure.slug, "reason": told.reason.strip(), **changed}
    record(act=act, actor_id=told.by.user_id if told.by else None, at=told.now, subject=measure.name, **detail)


def _plain(value: date | int | None) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value


def keep_measure(*, slug: str, told: Told, **fields: Any) -> Measure:
    """The measure at this address with these fields, made if it is not there: an import can run again."""
    return keep_measures(wanted={slug: fields}, told=told)[slug]


@transaction.atomic
def keep_measures(*, wanted: Mapping[str, Mapping[str, Any]], told: Told) -> dict[str, Measure]:
    """The same for many, by address.

    Refuses with KindIsFixed as changing does, and with UnusableMeasure what no form would take.

    A measure begins as early as before, because the facts that came before stay: a file of later ones takes nothing
    away from what is known.
    """
    found = {measure.slug: measure for measure in Measure.objects.filter(slug__in=wanted)}
    for slug, fields in wanted.items():
        _check_fields(slug, fields)
    missing = [Measure(slug=slug, **fields) for slug, fields in wanted.items() if slug not in found]
    for slug, measure in found.items():
        fields = {**wanted[slug], "starts_on": _earlier(measure.starts_on, wanted[slug].get("starts_on"))}
        if any(getattr(measure, name) != value for name, value in fields.items()):
            change_measure(measure=measure, told=told, **fields)
    return found | {measure.slug: measure for measure in Measure.objects.bulk_create(missing)}


def _check_fields(slug: str, fields: Mapping[str, Any]) -> None:
    try:
        Measure(slug=slug, **fields).clean_fields(exclude=["tenant", "service", "component"])
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        field = cast("Field[Any, Any]", Measure._meta.get_field(name))
        raise UnusableMeasure(slug=slug, field=field.verbose_name, why=" ".join(words)) from error


def _earlier(held: date | None, brought: date | None) -> date | None:
    """A measure without a first day knows no beginning, which is the earliest."""
    return None if held is None else min(held, brought or held)
