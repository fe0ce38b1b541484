"""What was done: acts that changed no row, and each change of a row, from the history that the database keeps.

Only administrators and auditors ask (`audit.read`); they see all of their tenant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, User
from portal.audit.models import AuditEntry
from portal.tenancy.scope import required_tenant_id

SECRET = {"secret_hash", "password"}
OWN_WORDS = ("name", "title", "subject", "text", "email", "slug", "key", "number")
LONGEST = 200
LABELS = {"insert": "made", "update": "changed", "delete": "removed"}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the audit is asked for: [since, until), by one person, of one kind; None and "" mean all."""

    since: datetime | None = None
    until: datetime | None = None
    actor_id: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: when, who, what, of what, with which details."""

    at: datetime
    who: str
    act: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a changed row, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of a row: when, who, what was done to which thing, and which fields became what."""

    at: datetime
    who: str
    done: str
    thing: str
    name: str
    fields: list[FieldChange]


def list_acts(*, wanted: Narrowing) -> QuerySet[AuditEntry]:
    """Acts, the latest first."""
    found = AuditEntry.objects.select_related("actor").order_by("-at", "-id")
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    if wanted.actor_id:
        found = found.filter(actor_id=wanted.actor_id)
    return found.filter(act=wanted.kind) if wanted.kind else found


def list_act_lines(*, entries: Iterable[AuditEntry]) -> list[ActLine]:
    """Acts as they are shown."""
    return [
        ActLine(
            at=entry.at,
            who=entry.actor.name if entry.actor else _("The portal"),
            act=entry.act,
            subject=entry.subject,
            detail=", ".join(f"{name}: {_short(value)}" for name, value in sorted(entry.detail.items())),
        )
        for entry in entries
    ]


def list_kinds_of_act() -> list[str]:
    """The acts that were ever done here."""
    return list(AuditEntry.objects.order_by("act").values_list("act", flat=True).distinct())


def list_people() -> list[tuple[int, str]]:
    """User id and name of everybody who is or was a member."""
    return list(Membership.objects.order_by("user__name", "user_id").values_list("user_id", "user__name"))


@cache
def list_things() -> dict[str, type[models.Model]]:
    """The kinds of row whose history is kept: name of the kind -> its event table."""
    tables = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    named = {model.pgh_tracked_model._meta.label_lower: model for model in tables}
    return dict(sorted(named.items(), key=lambda pair: name_of(pair[1])))


def name_of(table: type[models.Model]) -> str:
    """What the rows of an event table are called."""
    return str(table.pgh_tracked_model._meta.verbose_name)  # type: ignore[attr-defined]


def list_changes(*, wanted: Narrowing) -> QuerySet[Any, tuple[datetime, str, int]]:
    """Changes of rows as (instant, kind of thing, id of the event), the latest first."""
    things = list_things()
    chosen = {wanted.kind: things[wanted.kind]} if wanted.kind else things
    first, *others = [_narrowed(table, kind, wanted) for kind, table in chosen.items()]
    found: QuerySet[Any, tuple[datetime, str, int]] = first.union(*others, all=True)
    return found.order_by("-pgh_created_at", "thing", "-pgh_id")


def list_change_lines(*, changes: Iterable[tuple[datetime, str, int]]) -> list[ChangeLine]:
    """Changes as they are shown, with the fields that became something else."""
    page = list(changes)
    details: dict[tuple[str, int], dict[str, Any]] = {}
    for thing in {thing for _at, thing, _id in page}:
        ids = [event_id for _at, kind, event_id in page if kind == thing]
        details |= {(thing, row["pgh_id"]): row for row in _snapshots(list_things()[thing], ids)}
    users = {_user_of(row) for row in details.values()}
    names = dict(User.objects.filter(pk__in=users).values_list("id", "name"))
    return [_change_line(at, thing, details[thing, event_id], names) for at, thing, event_id in page]


def _narrowed(table: Any, kind: str, wanted: Narrowing) -> Any:
    """The events of one table; the literal tenant is the second wall beside its row policy."""
    found = table.objects.filter(tenant_id=required_tenant_id())
    if wanted.since:
        found = found.filter(pgh_created_at__gte=wanted.since)
    if wanted.until:
        found = found.filter(pgh_created_at__lt=wanted.until)
    if wanted.actor_id:
        found = found.filter(pgh_context__user=wanted.actor_id)
    return found.annotate(thing=Value(kind)).order_by().values_list("pgh_created_at", "thing", "pgh_id")


def _snapshots(table: Any, ids: list[int]) -> Any:
    """The row after each event, and the row that stood before it."""
    hidden = {"id", "tenant"} | SECRET
    fields = [
        field.attname
        for field in table._meta.local_fields
        if not field.name.startswith("pgh_") and field.name not in hidden
    ]
    row = JSONObject(**{name: F(name) for name in fields})
    own = table.objects.filter(tenant_id=required_tenant_id())
    before = own.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    return (
        own.filter(pgh_id__in=ids)
        .annotate(after=row, before=Subquery(before.annotate(row=row).values("row")[:1]))
        .values("pgh_id", "pgh_label", "pgh_obj_id", "pgh_context", "after", "before")
    )


def _user_of(row: dict[str, Any]) -> int:
    """The user who did it, 0 where no request was at work."""
    return int((row["pgh_context"] or {}).get("user") or 0)


def _change_line(at: datetime, thing: str, row: dict[str, Any], names: dict[int, str]) -> ChangeLine:
    after, before = row["after"], row["before"] or {}
    own_words = next((str(after[field]) for field in OWN_WORDS if after.get(field)), "")
    return ChangeLine(
        at=at,
        who=names.get(_user_of(row), _("The portal")),
        done=LABELS.get(row["pgh_label"], row["pgh_label"]),
        thing=name_of(list_things()[thing]),
        name=_short(own_words) or f"#{row['pgh_obj_id']}",
        fields=[] if row["pgh_label"] == "delete" else _differences(before, after),
    )


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(name.removesuffix("_id").replace("_", " "), _short(before.get(name)), _short(value))
        for name, value in after.items()
        if value != before.get(name)
    ]


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
