"""What a component or a service carries: all services above it with their promises, units and goals, and what happens
if it stops now.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import Component, ContributionLink, Dependency, Entitlement, Service, Stage
from catalog.queries.composition import Rule
from catalog.queries.goals import list_goals
from catalog.queries.offerings import in_force
from catalog.queries.services import list_visible_services
from catalog.queries.standing import list_needed, load_edges, path_words, reach
from portal.accounts.models import Membership
from portal.accounts.queries import list_visible_units
from portal.language.numbers import and_list
from reporting.queries.services_detail import list_visible_promises

Thing = Component | Service
Rows = Mapping[int, Sequence[Dependency]]


@dataclass(frozen=True, slots=True)
class Carried:
    """One service above: how it stands on the thing, whether it stops with it, and what hangs on that."""

    service: Service
    path: str
    stops: bool
    why: str
    promises: tuple[str, ...]
    units: tuple[str, ...]
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carries:
    """All that a thing carries, what stops first."""

    carried: tuple[Carried, ...]

    @property
    def stopping(self) -> tuple[Carried, ...]:
        """The services that stop with it."""
        return tuple(each for each in self.carried if each.stops)

    @property
    def going_on(self) -> tuple[Carried, ...]:
        """The services that go on without it."""
        return tuple(each for each in self.carried if not each.stops)

    @property
    def promises(self) -> tuple[str, ...]:
        """The promises about what stops."""
        return tuple(name for each in self.stopping for name in each.promises)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that have what stops, each once."""
        return tuple(sorted({name for each in self.stopping for name in each.units}))


def get_carries(*, reader: Membership, thing: Thing, today: date) -> Carries:
    """What stands on a component or a service, as far as the reader may see it; in as many queries however much."""
    below, above = load_edges()
    paths = reach(above, [thing.pk] if isinstance(thing, Service) else _direct(thing))
    if isinstance(thing, Service):
        paths.pop(thing.pk)
    found = list_visible_services(reader=reader).filter(pk__in=paths).order_by("name")
    shown = {service.pk: service for service in found}
    falls = _Falls(reader, thing, list_needed(service_ids=reach(below, paths)))
    names = _names(reader, paths)
    promises, units, goals = _promises(reader, shown), _units(reader, shown, today), _goals(reader, shown)
    carried = [
        Carried(
            service=service,
            path=_path(paths[pk], names, thing),
            stops=falls.stops(pk),
            why=falls.why(pk),
            promises=tuple(promises[pk]),
            units=tuple(units[pk]),
            goals=tuple(goals[pk]),
        )
        for pk, service in shown.items()
    ]
    return Carries(tuple(sorted(carried, key=lambda each: not each.stops)))


class _Falls:
    """What fails while one thing is down and all else works."""

    def __init__(self, reader: Membership, thing: Thing, rows: Rows) -> None:
        self._reader, self._thing, self._rows = reader, thing, rows
        self._known: dict[int, bool] = {}

    def fails(self, row: Dependency) -> bool:
        """Whether what the row stands on does not work."""
        return row.part == self._thing or (row.on_service_id is not None and self.stops(row.on_service_id))

    def stops(self, service_id: int) -> bool:
        """Whether the service stops: a needed part fails, or too few alternatives are left."""
        if service_id not in self._known:
            rows = self._rows.get(service_id, ())
            alone = any(self.fails(row) for row in rows if row.group_id is None)
            self._known[service_id] = alone or any(is_short for _rule, _left, is_short in self.rules(service_id))
        return self._known[service_id]

    def rules(self, service_id: int) -> list[tuple[Rule, list[str], bool]]:
        """The alternatives of a service that are touched: their rule, what is left, and whether that is too little."""
        groups: dict[int, list[Dependency]] = defaultdict(list)
        for row in self._rows.get(service_id, ()):
            if row.group_id is not None:
                groups[row.group_id].append(row)
        found = []
        for some in groups.values():
            group, left = some[0].group, [_called(row.part, self._reader) for row in some if not self.fails(row)]
            if group is not None and len(left) < len(some):
                found.append((Rule(group.pk, group.name, group.needed, len(some)), left, len(left) < group.needed))
        return found

    def why(self, service_id: int) -> str:
        """What makes the service stop, or lets it go on, in words."""
        rows, rules = self._rows.get(service_id, ()), self.rules(service_id)
        broken = [_called(row.part, self._reader) for row in rows if row.group_id is None and self.fails(row)]
        short = [_short(rule, left) for rule, left, is_short in rules if is_short]
        if broken or short:
            stopped = [_("It needs %(parts)s.") % {"parts": and_list(broken)}] if broken else []
            return " ".join([*stopped, *short])
        held = [_held(rule, left) for rule, left, _is_short in rules]
        return " ".join(held) or _("What it stands on goes on, or only helps.")


def _short(rule: Rule, left: Sequence[str]) -> str:
    if not left:
        return _("“%(rule)s”: none is left.") % {"rule": rule.name}
    words = {"rule": rule.name, "needed": rule.needed, "left": and_list(left)}
    return _("“%(rule)s” needs %(needed)s, and only %(left)s would be left.") % words


def _held(rule: Rule, left: Sequence[str]) -> str:
    return _("“%(rule)s” still holds: %(left)s would be left.") % {"rule": rule.name, "left": and_list(left)}


def _direct(component: Component) -> list[int]:
    rows = Dependency.objects.filter(component=component).order_by("service__name")
    return list(rows.values_list("service_id", flat=True))


def _names(reader: Membership, paths: Mapping[int, tuple[int, ...]]) -> dict[int, str]:
    ids = {pk for path in paths.values() for pk in path}
    return {service.pk: _called(service, reader) for service in Service.objects.filter(pk__in=ids)}


def _called(part: Thing, reader: Membership) -> str:
    """The name of a part; what is not in the catalogue has none for the business."""
    is_unseen = isinstance(part, Service) and reader.is_business and part.stage != Stage.CATALOGUE
    return _("a service that is not in the catalogue") if is_unseen else part.name


def _path(path: Sequence[int], names: Mapping[int, str], thing: Thing) -> str:
    """From the service above down to the thing; the path of a service begins with itself."""
    below = [] if isinstance(thing, Service) else [thing.name]
    return path_words([*(names[pk] for pk in reversed(path)), *below])


def _promises(reader: Membership, shown: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for target in list_visible_promises(reader=reader).filter(service_id__in=shown):
        if target.service_id is not None:
            found[target.service_id].append(f"{target.agreement.customer.name}: {target.name}")
    return found


def _units(reader: Membership, shown: Collection[int], today: date) -> dict[int, list[str]]:
    """The units that have a level of the service today, as far as the reader may know of them; or everyone."""
    found: dict[int, list[str]] = defaultdict(list)
    known = Q(business_unit__isnull=True) | Q(business_unit__in=list_visible_units(reader=reader).order_by())
    rows = Entitlement.objects.filter(in_force(on=today), known, offering__service_id__in=shown, is_subscribed=True)
    named = rows.values_list("offering__service_id", "business_unit__name").distinct()
    for service_id, unit in named.order_by("offering__service_id", "business_unit__name"):
        found[service_id].append(unit or _("Everyone"))
    return found


def _goals(reader: Membership, shown: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    visible = list_goals(reader=reader).order_by().values("pk")
    rows = ContributionLink.objects.filter(service_id__in=shown, goal__in=visible).order_by("goal__position", "pk")
    for service_id, name in rows.values_list("service_id", "goal__name"):
        found[service_id].append(name)
    return found
