"""The register of improvements: what a reader may see, how it is ordered, and how each row came to be what it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Prefetch, Q, QuerySet

from catalog.queries.goals import list_goals
from catalog.queries.services import list_visible_services
from improvement.models import ImprovementOpportunity, ImprovementState, Priority, Size
from portal.accounts.models import Membership, User
from portal.accounts.policies import can
from portal.accounts.queries import list_visible_units
from portal.language.dates import day_year, local
from portal.tenancy.scope import required_tenant_id

TONES = {
    ImprovementState.IN_PROGRESS: "accent",
    ImprovementState.MEASURING: "kept",
    ImprovementState.CONFIRMED: "kept",
}
MOVES: dict[str, tuple[ImprovementState, ...]] = {
    ImprovementState.OPPORTUNITY: (ImprovementState.ASSESSED, ImprovementState.APPROVED, ImprovementState.DROPPED),
    ImprovementState.ASSESSED: (ImprovementState.APPROVED, ImprovementState.DROPPED),
    ImprovementState.APPROVED: (ImprovementState.IN_PROGRESS, ImprovementState.DROPPED),
    ImprovementState.IN_PROGRESS: (ImprovementState.MEASURING, ImprovementState.DROPPED),
    ImprovementState.MEASURING: (ImprovementState.CONFIRMED, ImprovementState.NOT_PROVEN, ImprovementState.IN_PROGRESS),
    ImprovementState.CONFIRMED: (),
    ImprovementState.NOT_PROVEN: (),
    ImprovementState.DROPPED: (),
}
CLOSED = (ImprovementState.CONFIRMED, ImprovementState.NOT_PROVEN, ImprovementState.DROPPED)
COLUMNS = (
    ("opportunity", "Opportunity, assessed", (ImprovementState.OPPORTUNITY, ImprovementState.ASSESSED)),
    ("approved", ImprovementState.APPROVED.label, (ImprovementState.APPROVED,)),
    ("in-progress", ImprovementState.IN_PROGRESS.label, (ImprovementState.IN_PROGRESS,)),
    ("measuring", ImprovementState.MEASURING.label, (ImprovementState.MEASURING,)),
    ("closed", "Closed this year", CLOSED),
)
SHOWN = 4  # cards of a column; the rest is one link away
TOLD = ("title", "state", "owner_id", "size", "priority", "due_on", "done_on", "notice", "why")
LABELS = {"title": "name", "owner_id": "owner", "due_on": "date", "done_on": "done", "why": "comes from"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: its first cards, and how many it has."""

    key: str
    name: str
    count: int
    cards: tuple[ImprovementOpportunity, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One state on the way of an improvement; `place` is done, now, or empty for what is to come."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did on a day: each changed field in words, and the reason if one was given."""

    on: date
    who: str
    words: tuple[str, ...]
    reason: str


def list_improvements(*, reader: Membership) -> QuerySet[ImprovementOpportunity]:
    """Those of the reader's units and of the whole company, the most pressing first; all of them for everybody else.

    What is for the whole company may serve the goal of one unit: each carries its goal only if the reader may see it.
    """
    improvements = ImprovementOpportunity.objects.select_related("owner__user", "business_unit")
    improvements = improvements.prefetch_related(Prefetch("goal", list_goals(reader=reader)))
    if reader.is_business:
        own = Q(business_unit__isnull=True) | Q(business_unit__in=list_visible_units(reader=reader))
        improvements = improvements.filter(own)
    return improvements.order_by("priority", F("due_on").asc(nulls_last=True), "number")


def list_open(*, reader: Membership) -> QuerySet[ImprovementOpportunity]:
    """What is not closed."""
    return list_improvements(reader=reader).exclude(state__in=CLOSED)


def list_in(*, reader: Membership, column: str, year: int) -> QuerySet[ImprovementOpportunity]:
    """The improvements of one column of the board; an unknown column holds what is open."""
    states = {key: states for key, _name, states in COLUMNS}.get(column)
    if states is None:
        return list_open(reader=reader)
    found = list_improvements(reader=reader).filter(state__in=states)
    return found.filter(_closed_in(year)) if states == CLOSED else found


def list_columns(*, reader: Membership, year: int) -> list[Column]:
    """The board: what is open, and what was closed in that year."""
    shown = list_improvements(reader=reader).filter(~Q(state__in=CLOSED) | _closed_in(year))
    by_state: dict[str, list[ImprovementOpportunity]] = defaultdict(list)
    for improvement in shown:
        by_state[improvement.state].append(improvement)
    columns = []
    for key, name, states in COLUMNS:
        found = [improvement for state in states for improvement in by_state[state]]
        columns.append(Column(key, name, len(found), tuple(found[:SHOWN])))
    return columns


def _closed_in(year: int) -> Q:
    return Q(closed_on__year=year) | Q(closed_on__isnull=True, done_on__year=year)


def get_improvement(*, reader: Membership, number: int) -> ImprovementOpportunity:
    """One improvement by its number, with its service and goal as far as the reader may see them.

    Raises ImprovementOpportunity.DoesNotExist for one of another unit.
    """
    service = Prefetch("service", list_visible_services(reader=reader))
    return (
        list_improvements(reader=reader).select_related("raised_by__user").prefetch_related(service).get(number=number)
    )


def list_path(*, improvement: ImprovementOpportunity) -> list[PathStep]:
    """The states from opportunity to the end that it has, or hopes for."""
    end = improvement.state if improvement.state in CLOSED else ImprovementState.CONFIRMED
    way = [state for state in ImprovementState if state not in CLOSED]
    if improvement.state == ImprovementState.DROPPED:
        way = [ImprovementState.OPPORTUNITY]
    states = [*way, ImprovementState(end)]
    at = states.index(ImprovementState(improvement.state))
    places = ["done" if place < at else "now" if place == at else "" for place in range(len(states))]
    return [PathStep(str(state.label), place) for state, place in zip(states, places, strict=True)]


def list_next_states(*, improvement: ImprovementOpportunity, by: Membership) -> list[ImprovementState]:
    """The states to which this member may move it: the business confirms, IT does all the rest."""
    own = []
    for state in MOVES[improvement.state]:
        act = "improvement.confirm" if state == ImprovementState.CONFIRMED else "improvement.manage"
        if can(by, act):
            own.append(state)
    return own


def list_history(*, improvement: ImprovementOpportunity, time_zone: str) -> list[Change]:
    """How it came to be what it is, the latest change first; read from the history that the database keeps.

    Each change is of the day that it was in the time zone.
    """
    events = apps.get_model("improvement", "ImprovementOpportunityEvent")._default_manager.filter(
        tenant_id=required_tenant_id(), pgh_obj_id=improvement.pk
    )
    rows = list(events.order_by("pgh_id").values("pgh_created_at", "pgh_context", *TOLD))
    users = User.objects.in_bulk({context["user"] for row in rows if (context := row["pgh_context"] or {}).get("user")})
    owners = Membership.objects.select_related("user").in_bulk({row["owner_id"] for row in rows if row["owner_id"]})
    names = {pk: member.user.name for pk, member in owners.items()}
    changes = []
    before: dict[str, Any] = {}
    for row in rows:
        context = row["pgh_context"] or {}
        words = tuple(_told(before, row, names)) if before else ("Suggested",)
        at: datetime = row["pgh_created_at"] if before else improvement.raised_at
        who = users.get(context.get("user")) if before else improvement.raised_by.user
        changes.append(Change(local(at, time_zone).date(), who.name if who else "", words, context.get("reason", "")))
        before = row
    return [change for change in reversed(changes) if change.words]


def _told(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[int, str]) -> Iterable[str]:
    for field in TOLD:
        if before[field] != after[field]:
            was, now = (_said(field, row[field], names) for row in (before, after))
            yield f"{LABELS.get(field, field)}: {was}, now {now}"


def _said(field: str, value: Any, names: Mapping[int, str]) -> str:
    if value in (None, ""):
        return "not set"
    if field == "state":
        return f"“{ImprovementState(value).label}”"
    if field == "owner_id":
        return names.get(value, "somebody")
    if field == "size":
        return str(Size(value).label).lower()
    if field == "priority":
        return str(Priority(value).label).lower()
    return day_year(value) if isinstance(value, date) else f"“{value}”"
