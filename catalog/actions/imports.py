"""Services from a table: kept while it is looked at, written in one go, and taken back as a whole."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from catalog.actions.sorting import keep_categories
from catalog.errors import ImportDecided, ImportedChanged, ImportedInUse, NothingToImport
from catalog.models import (
    Category,
    ImportedService,
    ImportState,
    LineOfService,
    Service,
    ServiceCategory,
    ServiceImport,
    StageTransition,
    Taxonomy,
)
from catalog.queries.imports import Said, list_in_use, say_all
from catalog.queries.slugs import find_free_slugs
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.language.numbers import and_list

MOST_NAMED = 5
FIELDS = ("reference", "name", "description", "service_class", "used_by")


@dataclass(frozen=True, slots=True)
class PlannedService:
    """What a row of the table would have said of a service: a new one, or a `known` one of which `before` is said."""

    row: int
    said: Said
    known: Service | None = None
    before: Said | None = None


@transaction.atomic
def keep_table(*, table: ServiceImport, content: bytes, by: Membership, now: datetime) -> ServiceImport:
    """Keep a table to be looked at; nothing else is written yet."""
    table.content, table.sha256 = content, hashlib.sha256(content).hexdigest()
    table.brought_by, table.brought_at = by, now
    table.save()
    return table


@transaction.atomic
def explain_table(*, table: ServiceImport, uses: Mapping[str, Any]) -> ServiceImport:
    """Say what each column is. Refuses with ImportDecided what is not being looked at any more."""
    held = _hold(table, ImportState.CHECKED)
    held.uses = dict(uses)
    held.save(update_fields=["uses"])
    return held


@transaction.atomic
def drop_table(*, table: ServiceImport) -> None:
    """Drop a table that was only looked at. Refuses with ImportDecided."""
    _hold(table, ImportState.CHECKED).delete()


@transaction.atomic
def import_services(
    *,
    table: ServiceImport,
    planned: Sequence[PlannedService],
    left_out: Sequence[Mapping[str, Any]],
    by: Membership,
    on: date,
    now: datetime,
) -> ServiceImport:
    """Write what was looked at: new services begin in the stage of the table, known ones are changed.

    `left_out` are the rows that cannot be used, in words. Refuses with ImportDecided and NothingToImport.
    """
    held = _hold(table, ImportState.CHECKED)
    if not planned:
        raise NothingToImport
    writer = _Writer.of(planned)
    made = writer.make([each for each in planned if each.known is None], stage=held.stage)
    reason = f"Brought from the table “{held.file_name}”"
    StageTransition.objects.bulk_create(
        StageTransition(service=service, to_stage=held.stage, on=on, reason=reason[:500], decided_by=by)
        for service in made
    )
    changed = [each for each in planned if each.known is not None]
    writer.change([(each.known, each.said) for each in changed if each.known])
    written = [*zip(made, (each for each in planned if each.known is None), strict=True)]
    written += [(each.known, each) for each in changed if each.known]
    ImportedService.objects.bulk_create(
        ImportedService(service_import=held, service=service, before=each.before, after=each.said)
        for service, each in written
    )
    held.state, held.content = ImportState.DONE, b""
    held.outcome = {"new": len(made), "changed": len(changed), "left_out": list(left_out), "made": writer.made}
    held.save()
    record(
        act="services.imported",
        actor_id=by.user_id,
        at=now,
        subject=held.file_name,
        new=len(made),
        changed=len(changed),
    )
    return held


@transaction.atomic
def undo_import(*, table: ServiceImport, by: Membership, now: datetime) -> ServiceImport:
    """Take back all that a table wrote: what it made is removed, what it changed says again what it said before.

    Refuses with ImportDecided, with ImportedChanged when people changed something since, and with ImportedInUse when
    something stands on a service that it made; then nothing is taken back.
    """
    held = _hold(table, ImportState.DONE)
    rows = list(held.services.order_by("pk"))
    services = Service.objects.filter(pk__in=[row.service_id for row in rows])
    found = {
        service.pk: service for service in services.select_for_update(of=("self",)).select_related("line_of_service")
    }
    _refuse_changed(rows, found, held)
    made = services.filter(pk__in=[row.service_id for row in rows if row.before is None])
    if names := list_in_use(made):
        raise ImportedInUse(names=_few(names))
    backward = [(found[row.service_id], row.before) for row in rows if row.before is not None]
    _Writer.of_said([said for _service, said in backward]).change(backward)
    made.delete()
    _remove_unused(held.outcome["made"])
    held.state, held.undone_by, held.undone_at = ImportState.UNDONE, by, now
    held.save()
    record(act="services.import_undone", actor_id=by.user_id, at=now, subject=held.file_name)
    return held


def _hold(table: ServiceImport, state: ImportState) -> ServiceImport:
    held = ServiceImport.objects.select_for_update().filter(pk=table.pk, state=state).first()
    if held is None:
        raise ImportDecided(file=table.file_name)
    return held


def _refuse_changed(rows: Iterable[ImportedService], found: Mapping[int, Service], held: ServiceImport) -> None:
    said = say_all(found.values())
    changed = [
        found[row.service_id].name
        for row in rows
        if said[row.service_id] != row.after or (row.before is None and found[row.service_id].stage != held.stage)
    ]
    if changed:
        raise ImportedChanged(names=_few(sorted(changed)))


def _few(names: Sequence[str]) -> str:
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return and_list([*(f"“{name}”" for name in names[:MOST_NAMED]), *more])


def _remove_unused(made: Mapping[str, list[int]]) -> None:
    """Headings, categories and taxonomies that the import made, as far as nothing else uses them by now."""
    LineOfService.objects.filter(pk__in=made["lines"], services__isnull=True).delete()
    Category.objects.filter(pk__in=made["categories"], services__isnull=True).delete()
    Taxonomy.objects.filter(pk__in=made["taxonomies"], categories__isnull=True).delete()


@dataclass
class _Writer:
    """Writes many services with their headings and categories, in a number of queries that does not grow with them.

    `made` holds the ids of the headings, categories and taxonomies that were not there before.
    """

    lines: dict[str, LineOfService]
    categories: Mapping[tuple[str, str], Category]
    made: dict[str, list[int]]

    @classmethod
    def of(cls, planned: Iterable[PlannedService]) -> "_Writer":
        return cls.of_said([each.said for each in planned])

    @classmethod
    def of_said(cls, said: Sequence[Said]) -> "_Writer":
        lines, new_lines = _find_lines({each["line_name"] for each in said} - {""})
        wanted = {(taxonomy, name) for each in said for taxonomy, name in each["categories"]}
        kept = keep_categories(wanted)
        made = {"lines": new_lines, "categories": kept.new_categories, "taxonomies": kept.new_taxonomies}
        return cls(lines, kept.categories, made)

    def make(self, planned: Sequence[PlannedService], *, stage: str) -> list[Service]:
        slugs = find_free_slugs(model=Service, names=[each.said["name"] for each in planned])
        services = [Service(slug=slug, stage=stage) for slug in slugs]
        for service, each in zip(services, planned, strict=True):
            self._say(service, each.said)
        made = Service.objects.bulk_create(services)
        self._sort([(service, each.said) for service, each in zip(made, planned, strict=True)])
        return made

    def change(self, changes: Sequence[tuple[Service, Said]]) -> None:
        for service, said in changes:
            self._say(service, said)
        services = [service for service, _said in changes]
        Service.objects.bulk_update(services, [*FIELDS, "it_owner", "business_owner", "line_of_service"])
        ServiceCategory.objects.filter(service__in=services).delete()
        self._sort(changes)

    def _say(self, service: Service, said: Said) -> None:
        for name in FIELDS:
            setattr(service, name, said[name])  # type: ignore[literal-required]
        service.it_owner_id, service.business_owner_id = said["it_owner"], said["business_owner"]
        service.line_of_service = self.lines.get(said["line_name"])

    def _sort(self, said: Sequence[tuple[Service, Said]]) -> None:
        ServiceCategory.objects.bulk_create(
            ServiceCategory(service=service, category=self.categories[taxonomy, name])
            for service, each in said
            for taxonomy, name in each["categories"]
        )


def _find_lines(names: set[str]) -> tuple[dict[str, LineOfService], list[int]]:
    found = {line.name: line for line in LineOfService.objects.filter(name__in=names)}
    last = LineOfService.objects.aggregate(last=Max("position"))["last"] or 0
    missing = [LineOfService(name=name, position=last + 1) for name in sorted(names - found.keys())]
    made = LineOfService.objects.bulk_create(missing)
    return found | {line.name: line for line in made}, [line.pk for line in made]
