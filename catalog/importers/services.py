"""Services from any table: its bringer says what each column is, and sees first what that would write."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.imports import PlannedService
from catalog.importers.backstage import is_backstage, read_backstage
from catalog.importers.files import MOST_BYTES, STEERING, RowProblem, Table, UnusableFile, read_any_table
from catalog.models import Service, ServiceClass
from catalog.queries.imports import Said, say_all
from catalog.queries.services import list_business_members, list_it_members

MOST_SERVICES = 5_000
MOST_SORTED_BY = 10
NAMED_LIKE = re.compile(r"[\W_]+")
WHITE = re.compile(r"[\t\r\n]+")


class Use(models.TextChoices):
    """What a column of the table is."""

    NOTHING = "", gettext_lazy("Left out")
    REFERENCE = "reference", gettext_lazy("Its own number")
    NAME = "name", gettext_lazy("Name")
    DESCRIPTION = "description", gettext_lazy("Description")
    SERVICE_CLASS = "service_class", gettext_lazy("Kind of service")
    LINE = "line_name", gettext_lazy("Heading in the catalogue")
    USED_BY = "used_by", gettext_lazy("Who uses it")
    IT_OWNER = "it_owner", gettext_lazy("Service owner, by mail address")
    BUSINESS_OWNER = "business_owner", gettext_lazy("Business owner, by mail address")
    CATEGORY = "category", gettext_lazy("Sorts services: one value")
    CATEGORIES = "categories", gettext_lazy("Sorts services: values between commas")


SORTS = (Use.CATEGORY, Use.CATEGORIES)
MOST = {Use.REFERENCE: 60, Use.NAME: 200, Use.DESCRIPTION: 2000, Use.LINE: 120, Use.USED_BY: 200}
MOST_CATEGORY = 200
OWNERS: tuple[Literal["it_owner", "business_owner"], ...] = ("it_owner", "business_owner")
# How lists of services name their columns, without signs between the words.
KNOWN_AS = {
    Use.REFERENCE: ("id", "reference", "number", "service id", "service number", "own number", "key", "entity"),
    Use.NAME: ("name", "service", "service name", "service name en", "title"),
    Use.DESCRIPTION: ("description", "service description", "service description en", "what it does", "summary"),
    Use.SERVICE_CLASS: ("kind", "kind of service", "service class", "class"),
    Use.LINE: ("heading", "line", "line of service", "heading in the catalogue"),
    Use.USED_BY: ("used by", "users", "who uses it", "customers"),
    Use.IT_OWNER: ("service owner", "it owner"),
    Use.BUSINESS_OWNER: ("business owner",),
    Use.CATEGORY: (
        *("organisation", "organization", "department", "owner org title", "category"),
        *("kind of entity", "type", "lifecycle", "owner", "part of"),
    ),
    Use.CATEGORIES: ("tags", "labels"),
}


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column is; where it sorts services, `called` is the name of that way to sort."""

    use: str = ""
    called: str = ""


Uses = Mapping[str, ColumnUse]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a known service would say otherwise."""

    label: str
    old: str
    new: str


@dataclass
class ImportPlan:
    """What the table would write: services that it makes and changes; how many it leaves as they are, and which rows
    cannot be used.
    """

    made: list[PlannedService] = field(default_factory=list)
    changed: list[PlannedService] = field(default_factory=list)
    same: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def planned(self) -> list[PlannedService]:
        """All that would be written."""
        return [*self.made, *self.changed]

    @property
    def seen_code(self) -> str:
        """By which a page says what was shown of it."""
        shown = [[each.known.pk if each.known else None, each.before, each.said] for each in self.planned]
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def read_services(content: bytes) -> Table:
    """The table, whatever its columns are called, or the entities of a Backstage catalogue as one.

    Raises UnusableFile; for too many rows as well.
    """
    table = read_backstage(content) if is_backstage(content[:MOST_BYTES]) else read_any_table(content)
    if len(table.records) > MOST_SERVICES:
        raise UnusableFile(f"The file has {len(table.records):,} rows", f"Split it: at most {MOST_SERVICES:,} at once.")
    return table


def suggest_uses(columns: Sequence[str]) -> dict[str, ColumnUse]:
    """What each column probably is, by its name; each use but those that sort is suggested once."""
    uses: dict[str, ColumnUse] = {}
    for column in columns:
        plain = NAMED_LIKE.sub(" ", column).strip().lower()
        use = next((use for use, names in KNOWN_AS.items() if plain in names), Use.NOTHING)
        is_taken = use not in SORTS and any(use == each.use for each in uses.values())
        uses[column] = ColumnUse() if is_taken else ColumnUse(use.value, named(column) if use in SORTS else "")
    return uses


def named(column: str) -> str:
    """The name of a column in words: `owner_org` is Owner org."""
    return NAMED_LIKE.sub(" ", column).strip().capitalize()[:120]


def check_uses(uses: Uses) -> list[str]:
    """What is wrong with what the columns are said to be, in sentences; nothing when they can be read."""
    said = [each.use for each in uses.values() if each.use]
    twice = [use.label for use in Use if use and use not in SORTS and said.count(use) > 1]
    wrong = [] if Use.NAME in said else [_("Say which column holds the name of the service.")]
    wrong += [_("Two columns are “%(use)s”: choose one of them.") % {"use": label} for label in twice]
    called = [each.called.casefold() for each in uses.values() if each.use in SORTS]
    if "" in called:
        wrong.append(_("Say what a column that sorts services is called, for example “Organisation”."))
    if len(set(called)) < len(called):
        wrong.append(_("Two columns that sort services are called the same: give each its own name."))
    if len(called) > MOST_SORTED_BY:
        wrong.append(_("At most %(most)s columns can sort services.") % {"most": MOST_SORTED_BY})
    return wrong


def plan_import(*, table: Table, uses: Uses, service_class: str) -> ImportPlan:
    """What the rows would write beside what is here now. A service is known by its own number where the table has
    them, and by its name where it has none yet. Two rows of one service: the first counts, and the other is named.

    `service_class` is the kind of new services whose row says none.
    """
    services = list(Service.objects.select_related("line_of_service").order_by("pk"))
    owners = {
        Use.IT_OWNER: {member.user.email.lower(): member.pk for member in list_it_members()},
        Use.BUSINESS_OWNER: {member.user.email.lower(): member.pk for member in list_business_members()},
    }
    planner = _Planner(uses, service_class, owners, services, say_all(services))
    planner.plan.problems.extend(table.problems)
    for number, record in table.records:
        planner.take(number, record)
    return planner.plan


def differences(planned: PlannedService) -> Iterator[Difference]:
    """What a known service would say otherwise, field by field."""
    if planned.before is None:
        return
    before, after = (_in_words(said) for said in (planned.before, planned.said))
    for use, old in before.items():
        if old != after[use]:
            yield Difference(str(use.label), old, after[use])
    if any(planned.before[owner] != planned.said[owner] for owner in OWNERS):
        yield Difference(_("Owners"), "", _("somebody else"))


def _in_words(said: Said) -> dict[Use, str]:
    return {
        Use.REFERENCE: said["reference"],
        Use.NAME: said["name"],
        Use.DESCRIPTION: said["description"],
        Use.SERVICE_CLASS: str(ServiceClass(said["service_class"]).label),
        Use.LINE: said["line_name"],
        Use.USED_BY: said["used_by"],
        Use.CATEGORIES: ", ".join(name for _way, name in said["categories"]),
    }


class _Unusable(Exception):
    """A row that cannot be used: its column, what is wrong, what to do."""


@dataclass
class _Planner:
    uses: Uses
    service_class: str
    owners: Mapping[Use, Mapping[str, int]]
    services: Sequence[Service]
    said: Mapping[int, Said]
    plan: ImportPlan = field(default_factory=ImportPlan)
    rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.has_references = any(each.use == Use.REFERENCE for each in self.uses.values())
        self.known: dict[str, list[Service]] = {}
        self.unnumbered: dict[str, list[Service]] = {}
        for service in self.services:
            said = self.said[service.pk]
            self.known.setdefault(self._key(said), []).append(service)
            if self.has_references and not said["reference"]:
                self.unnumbered.setdefault(said["name"].casefold(), []).append(service)

    def take(self, number: int, record: Mapping[str, object]) -> None:
        """Plan one row, or say why it cannot be used."""
        try:
            self._plan(number, {name: _text(value) for name, value in record.items()})
        except _Unusable as wrong:
            column, what, to_do = wrong.args
            self.plan.problems.append(RowProblem(number, column, what, to_do))

    def _plan(self, number: int, cells: Mapping[str, str]) -> None:
        beyond = [name for name in cells if name not in self.uses]
        if beyond:
            raise _Unusable(beyond[0], _("The row has more cells than the heading"), _("Put its quotes right."))
        for column, cell in cells.items():
            if STEERING.search(WHITE.sub(" ", cell)):
                raise _Unusable(column, _("It holds a control character"), _("Remove it."))
        read = self._read(cells)
        key = self._key(read)
        if not key:
            raise _Unusable(self._column(Use.REFERENCE), _("It has no number of its own"), _("Give it one."))
        if key in self.rows:
            what = _("Row %(row)s is the same service") % {"row": self.rows[key]}
            raise _Unusable(self._key_column(), what, _("Keep one of them. The first one counts."))
        self.rows[key] = number
        found = self.known.get(key, []) or self.unnumbered.pop(str(read[Use.NAME]).casefold(), [])
        if len(found) > 1:
            what = _("%(n)s services here have this name") % {"n": len(found)}
            raise _Unusable(self._key_column(), what, _("Give the table a column with their own numbers."))
        self._compare(PlannedService(number, self._beside(read, found), found[0] if found else None), found)

    def _compare(self, planned: PlannedService, found: Sequence[Service]) -> None:
        if not found:
            if not planned.said["description"]:
                column = self._column(Use.DESCRIPTION)
                raise _Unusable(
                    column, _("It has no description"), _("Say in one sentence what people can do with it.")
                )
            self.plan.made.append(planned)
            return
        before = self.said[found[0].pk]
        if before == planned.said:
            self.plan.same += 1
        else:
            self.plan.changed.append(PlannedService(planned.row, planned.said, planned.known, before))

    def _read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """What the row says, by field; categories by their way to sort."""
        read: dict[str, Any] = {"sorted_into": {}}
        for column, each in self.uses.items():
            cell = cells.get(column, "")
            if each.use in SORTS:
                read["sorted_into"][each.called] = _values(column, cell, is_list=each.use == Use.CATEGORIES)
            elif each.use:
                read[each.use] = self._value(column, Use(each.use), cell)
        if not read.get(Use.NAME):
            raise _Unusable(self._column(Use.NAME), _("It has no name"), _("Name the service."))
        return read

    def _value(self, column: str, use: Use, cell: str) -> str | int | None:
        if use is Use.SERVICE_CLASS:
            return _class_of(column, cell) if cell else None
        if use in self.owners:
            if cell and cell.lower() not in self.owners[use]:
                what = _("Nobody here has the address “%(cell)s”") % {"cell": cell[:60]}
                raise _Unusable(column, what, _("Invite them first, or leave it empty."))
            return self.owners[use].get(cell.lower())
        if len(cell) > MOST[use]:
            what = _("It has %(n)s characters") % {"n": len(cell)}
            raise _Unusable(column, what, _("Shorten it to %(most)s at most.") % {"most": MOST[use]})
        return cell if use is Use.DESCRIPTION else WHITE.sub(" ", cell)

    def _beside(self, read: Mapping[str, Any], found: Sequence[Service]) -> Said:
        """What would be said: what the table has no column for stays as it is."""
        said: Said = (
            {**self.said[found[0].pk]}
            if found
            else {
                "reference": "",
                "name": "",
                "description": "",
                "service_class": self.service_class,
                "line_name": "",
                "used_by": "",
                "it_owner": None,
                "business_owner": None,
                "categories": [],
            }
        )
        for use in Use:
            if use in read and not (use is Use.SERVICE_CLASS and read[use] is None):
                said[use.value] = read[use]  # type: ignore[literal-required]
        others = [pair for pair in said["categories"] if pair[0] not in read["sorted_into"]]
        own = [[called, name] for called, names in read["sorted_into"].items() for name in names]
        said["categories"] = sorted(others + own)
        return said

    def _key(self, said: Mapping[str, Any]) -> str:
        return str(said["reference"]).upper() if self.has_references else str(said["name"]).casefold()

    def _column(self, use: Use) -> str:
        return next((column for column, each in self.uses.items() if each.use == use), "")

    def _key_column(self) -> str:
        return self._column(Use.REFERENCE if self.has_references else Use.NAME)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a number of a spreadsheet
    return "" if value is None else str(value).strip()


def _values(column: str, cell: str, *, is_list: bool) -> list[str]:
    names = [WHITE.sub(" ", name).strip() for name in (cell.split(",") if is_list else [cell])]
    if any(len(name) > MOST_CATEGORY for name in names):
        raise _Unusable(
            column, _("A value is too long"), _("Shorten it to %(most)s at most.") % {"most": MOST_CATEGORY}
        )
    return sorted({name for name in names if name})


def _class_of(column: str, cell: str) -> str:
    wanted = NAMED_LIKE.sub("", cell).lower()
    for kind in ServiceClass:
        if wanted in (NAMED_LIKE.sub("", kind.value), NAMED_LIKE.sub("", kind.label).lower()):
            return kind.value
    kinds = ", ".join(kind.label for kind in ServiceClass)
    what = _("“%(cell)s” is no kind of service") % {"cell": cell[:60]}
    raise _Unusable(column, what, _("Write one of: %(kinds)s.") % {"kinds": kinds})
